"""The readiness list of an office on its administration page."""

from __future__ import annotations

from django import template
from django.utils import timezone

from accounts.models import Office
from portal import readiness

register = template.Library()


@register.inclusion_tag("admin/accounts/office/_readiness.html")
def office_readiness(office: Office) -> dict[str, object]:
    """``{% office_readiness office %}``: what is set, what is missing, and where it is mended."""
    lines = readiness.readiness(office, timezone.now())
    return {"lines": lines, "missing": readiness.missing(lines)}
