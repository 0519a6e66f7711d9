"""The stored content of a certificate that replaces another because of an error in the paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from documents.content import in_indonesian, letterhead
from permits.content.certificates import on_behalf
from permits.models import Certificate
from workflow.domain.dates import long_date

Rows = list[list[str]]


@in_indonesian
def corrected(
    paper: Certificate,
    *,
    statement: str,
    holder: Rows,
    data: Rows,
    decree_number: str,
    decree_date: date,
) -> dict[str, Any]:
    """Return the corrected text of ``paper`` as a draft that names the paper it replaces.

    Grounds, conditions, validity and for whom it is signed stay: the decision is the same, its
    paper is mended.
    """
    sentence = _(
        "Menggantikan dokumen Nomor %(number)s tanggal %(day)s berdasarkan Keputusan Nomor "
        "%(decree)s tanggal %(decreed)s. Dokumen yang digantikan tidak berlaku lagi."
    ) % {
        "number": paper.number.text,
        "day": paper.content.get("date", ""),
        "decree": decree_number,
        "decreed": long_date(decree_date),
    }
    return {
        **paper.content,
        "office": letterhead(paper.application.office),
        "statement": statement,
        "holder": [row for row in holder if row[1]],
        "data": [row for row in data if row[1]],
        "replaces": sentence,
        "number": "",
        "date": "",
        "signer": on_behalf(paper.content.get("signer", {}).get("on_behalf_of", "")),
        "verification": {},
        "draft": True,
    }


def differs(paper: Certificate, text: dict[str, Any]) -> bool:
    """Whether ``text`` corrects anything that ``paper`` says."""
    return any(text[key] != paper.content.get(key) for key in ("statement", "holder", "data"))
