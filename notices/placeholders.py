"""Values of the placeholders of a message, as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from notices.domain import words
from notices.kinds import Kind, Placeholder


def fact_words(kind: Kind, context: Mapping[str, Any]) -> dict[str, str]:
    """Return the value of each placeholder of ``kind``, as plain text."""
    return {
        placeholder.word: _value(placeholder, context.get(placeholder.key))
        for placeholder in kind.placeholders
    }


def link(path: Any) -> str:
    """Return the full address of a page of the portal; "" without a path."""
    return f"{settings.SITE_URL}{path}" if path else ""


def sample(kind: Kind) -> dict[str, Any]:
    """Return sample facts."""
    return {
        placeholder.key: list(placeholder.sample)
        if isinstance(placeholder.sample, tuple)
        else placeholder.sample
        for placeholder in kind.placeholders
    }


def short_sample(kind: Kind, template: str) -> str:
    """Return a short message with sample values, without truncation."""
    return words.one_line(words.fill(template, fact_words(kind, sample(kind))))


def _value(placeholder: Placeholder, value: Any) -> str:
    if placeholder.link:
        return link(value)
    if isinstance(value, list | tuple):
        return "\n".join(f"- {line}" for line in value)
    return "" if value is None else str(value)
