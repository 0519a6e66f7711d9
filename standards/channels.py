"""Where a printed channel of an office can be reached by one touch."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accounts.models import ChannelKind, OfficeChannel

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,}(?:/[\w./-]*)?)", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d[\d\s().-]{5,}\d")
_CALLED = {ChannelKind.TELEPHONE, ChannelKind.WHATSAPP, ChannelKind.OFFICER}
_WRITTEN = {ChannelKind.WEB, ChannelKind.LAPOR, ChannelKind.FORM, ChannelKind.SURVEY}


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel as printed, with the address a browser understands ("" if there is none)."""

    label: str
    value: str
    href: str
    icon: str


def reach(kind: str, value: str) -> str:
    """Return ``mailto:``, ``tel:``, ``sms:`` or a web address made from the printed ``value``.

    Only what matches strictly becomes a link: the value is typed by people.
    """
    if kind == ChannelKind.EMAIL and (found := _MAIL.search(value)):
        return f"mailto:{found[0]}"
    if kind in _CALLED and (found := _NUMBER.search(re.sub(r"\s+ext.*$", "", value))):
        return f"tel:{_digits(found[0])}"
    if kind == ChannelKind.SMS and (found := _NUMBER.search(value)):
        return f"sms:{_digits(found[0])}"
    if kind in _WRITTEN and (found := _SITE.search(value)):
        return f"https://{found[1].rstrip('.')}"
    return ""


def _digits(number: str) -> str:
    return re.sub(r"[^\d+]", "", number)


_ICONS = {
    ChannelKind.EMAIL: "envelope",
    ChannelKind.LETTER: "envelope",
    ChannelKind.TELEPHONE: "telephone",
    ChannelKind.WHATSAPP: "telephone",
    ChannelKind.SMS: "telephone",
    ChannelKind.FAX: "printer",
    ChannelKind.WEB: "globe2",
    ChannelKind.SOCIAL: "globe2",
    ChannelKind.LAPOR: "globe2",
    ChannelKind.OFFICER: "people",
    ChannelKind.COUNTER: "building",
    ChannelKind.BOX: "inbox",
}


def readable(rows: list[OfficeChannel]) -> list[Channel]:
    """Return the channels in their printed order, ready for a page."""
    return [
        Channel(
            label=row.label,
            value=row.value,
            href=reach(row.kind, row.value),
            icon=_ICONS.get(ChannelKind(row.kind), "file-earmark-text"),
        )
        for row in rows
    ]
