"""The pages on which a paper lets its holder judge the service; the app of surveys names them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from django.conf import settings

from permits.models import Application


class Paper(StrEnum):
    """The papers with a QR code of the survey."""

    RECEIPT = "tanda-terima"
    CERTIFICATE = "izin"


PageOf = Callable[[Application], str]
_pages: dict[Paper, PageOf] = {}


def register(paper: Paper, page_of: PageOf) -> None:
    """Have ``paper`` lead to the path that ``page_of`` returns; "" where nothing is asked."""
    _pages[paper] = page_of


def survey_link(paper: Paper, application: Application) -> dict[str, str]:
    """Return what a paper prints of the survey: its address, or nothing."""
    path = _pages[paper](application) if paper in _pages else ""
    return {"url": settings.SITE_URL + path} if path else {}
