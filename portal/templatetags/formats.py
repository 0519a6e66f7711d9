"""Dates, instants, money and sizes in templates, as ``workflow.formats`` writes them."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr

from workflow.formats import day, day_short, filesize_id, moment, money, when

register = template.Library()
register.filter(day)
register.filter(day_short)
register.filter(filesize_id)
register.filter(moment)
register.filter(when)
register.simple_tag(money)


@register.filter(is_safe=True, needs_autoescape=True)
def lines(value: Any, autoescape: bool = True) -> Any:
    """``{{ note|lines }}``: a text that people type, with its line breaks; other values as is."""
    return linebreaksbr(value, autoescape=autoescape) if isinstance(value, str) else value
