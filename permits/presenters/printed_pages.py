"""Which page takes a printed code or number, by its form."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from permits.domain import printed

LONGEST = 150


def page_for(text: str) -> str:
    """Return the address of the page that takes ``text`` by its form; "" for anything else.

    No query: the page that looks it up counts failures, the search box does not.
    """
    if printed.has_form_of_tracking_code(text):
        return reverse("permits:tracked", args=[printed.tracking_readings(text)[0]])
    if printed.is_complaint_number(text):
        return with_query("complaints:track", nomor=text)
    if printed.has_form_of_number(text) and printed.is_application_number(text):
        return with_query("permits:track", kode=text)
    if printed.has_form_of_document_code(text) or printed.has_form_of_number(text):
        return with_query("permits:verify", nomor=text)
    return ""


def with_query(name: str, **typed: str) -> str:
    """Return the address of the page ``name`` with what was typed."""
    return f"{reverse(name)}?{urlencode({key: text[:LONGEST] for key, text in typed.items()})}"
