"""The way to the open survey, on the page of a service: no app below the surveys knows of it."""

from __future__ import annotations

from django import template

from standards.models import Service
from surveys.selectors import asks_openly

register = template.Library()


@register.inclusion_tag("surveys/_open_link.html")
def open_survey(service: Service) -> dict[str, object]:
    """``{% open_survey service %}``: the link, where the office wants one and asks something."""
    return {"service": service, "is_open": asks_openly(service.office)}
