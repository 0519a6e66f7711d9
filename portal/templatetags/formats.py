"""Dates, instants, money and sizes in templates, as ``workflow.formats`` writes them."""

from __future__ import annotations

from django import template

from workflow.formats import day, day_short, filesize_id, moment, money, when

register = template.Library()
register.filter(day)
register.filter(day_short)
register.filter(filesize_id)
register.filter(moment)
register.filter(when)
register.simple_tag(money)
