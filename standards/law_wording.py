"""Whether a cited regulation still holds, in words: one wording of pages, papers and open data."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from standards.domain.regulations import RegulationStatus, short_title
from standards.models import Regulation


def change_of(regulation: Regulation | None) -> str:
    """Return "dicabut sejak 5 Juni 2025, diganti oleh Peraturan ..."; "" of one that holds."""
    if regulation is None or regulation.stands:
        return ""
    since = date_format(regulation.since, "j F Y") if regulation.since else ""
    return _words(regulation, since, regulation.successor.title if regulation.successor else "")


def short_change(regulation: Regulation) -> str:
    """Return the same without the day and with the short title of the successor, for a paper."""
    by = short_title(regulation.successor.title) if regulation.successor else ""
    return "" if regulation.stands else _words(regulation, "", by)


def _words(regulation: Regulation, since: str, by: str) -> str:
    named = {"since": since, "by": by}
    if regulation.status == RegulationStatus.AMENDED:
        verb = _("diubah sejak %(since)s") if since else _("diubah")
        return (f"{verb} " + _("dengan %(by)s") if by else verb) % named
    verb = _("dicabut sejak %(since)s") if since else _("dicabut")
    return (f"{verb}, " + _("diganti oleh %(by)s") if by else verb) % named
