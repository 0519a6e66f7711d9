"""The papers of a rehearsal: marked, and leading to a page that says what they are."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

MARK: Final = "UJI"  # begins every number of a rehearsal and stands across its papers
TOKEN: Final = "uji-coba"  # noqa: S105  of the page behind their QR code; no paper has it


def marked(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a paper with the mark; its codes lead to no document and no file."""
    own = {**content, "mark": MARK}
    what_it_is = settings.SITE_URL + reverse("permits:verified", args=[TOKEN])
    if content.get("survey"):
        own["survey"] = {"url": what_it_is}
    if content.get("verification"):
        own["verification"] = {
            "url": what_it_is,
            "code": MARK,
            "page": urlsplit(settings.SITE_URL).netloc + reverse("permits:verify"),
        }
    if content.get("tracking"):
        own["tracking"] = {"url": settings.SITE_URL + reverse("permits:track"), "code": MARK}
    return own


def is_marked(number: str) -> bool:
    """Whether ``number``, as somebody typed it, begins like the numbers of rehearsals."""
    return re.split(r"[^0-9A-Za-z]+", number.strip().upper())[0] == MARK
