"""The state of the signing key of an office on its administration page."""

from __future__ import annotations

from django import template
from django.utils import timezone

from accounts.models import Office
from documents.keys import key_state

register = template.Library()


@register.inclusion_tag("admin/accounts/office/_signing_key.html")
def signing_key(office: Office) -> dict[str, object]:
    """``{% signing_key office %}``: whether the office can sign, and if not, what to do."""
    return {"office": office, "key": key_state(office, timezone.now())}
