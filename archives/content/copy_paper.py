"""The copy of "Data saya" as paper: every value of it, so that PDF and JSON hold the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from accounts.models import User
from archives.content.person import copy_of
from documents.content import in_indonesian
from workflow.domain.dates import long_date
from workflow.formats import moment

_LABELS = {"nip": "NIP", "sha256": "SHA-256", "email": "E-mail", "sms": "SMS", "isi": "Isi"}
_UNSAID = {"format", "versi"}  # of the shape, not of the person


@dataclass(slots=True)
class Part:
    """A heading with rows of label and text, and the parts below it."""

    title: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def paper_of(copy: dict[str, Any]) -> list[Part]:
    """Return the copy (``person.copy_of``) as parts; what is empty is left out."""
    whole = _part("Salinan", {key: value for key, value in copy.items() if key not in _UNSAID})
    parts = [Part("Salinan ini", whole.rows)] if whole.rows else []
    return parts + whole.parts


@in_indonesian
def paper_context(user: User, at: datetime) -> dict[str, Any]:
    """Return what the template of the paper shows: everything about ``user``."""
    return {
        "name": user.full_name,
        "made": moment(at),
        "parts": paper_of(copy_of(user, at)),
    }


def _part(title: str, values: dict[str, Any]) -> Part:
    part = Part(title)
    for key, value in values.items():
        label = _LABELS.get(key, key.replace("_", " ").capitalize())
        if isinstance(value, dict):
            part.parts.append(_part(label, value))
        elif isinstance(value, list) and value:
            part.parts.append(_listed(label, value))
        elif value not in (None, "", []):
            part.rows.append((label, _text(value)))
    part.parts = [one for one in part.parts if one.rows or one.parts]
    return part


def _listed(label: str, values: list[Any]) -> Part:
    """A list: of facts (name and content) as rows, of words as rows, of others as parts."""
    part = Part(label)
    for number, value in enumerate(values, 1):
        if not isinstance(value, dict):
            part.rows.append((str(number), _text(value)))
        elif set(value) == {"nama", "isi"}:
            part.rows.append((value["nama"], _text(value["isi"] or "-")))
        else:
            part.parts.append(_part(f"{label} {number}", value))
    return part


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    text = str(value)
    try:  # instants and days are written for people
        if "T" in text[10:11]:
            return moment(datetime.fromisoformat(text))
        return long_date(date.fromisoformat(text)) if len(text) == len("2026-11-19") else text
    except ValueError:
        return text
