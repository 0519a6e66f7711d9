"""The stored content of one sending by the applicant: every answer, file and declaration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from documents.content import in_indonesian, letterhead
from permits import selectors
from permits.models import Application
from permits.presenters import charges, facts, wording
from permits.presenters.conditions import requirement_conditions
from standards.domain.requirements import Need
from workflow.domain.dates import long_date, moment
from workflow.formats import filesize_id


@in_indonesian
def submission(application: Application, nth: int, at: datetime) -> dict[str, Any]:
    """Return what the applicant sends ``at`` this instant, for the ``nth`` time."""
    office = application.office
    checklist = selectors.checklist(application)
    lines = [line for line in checklist.lines() if line.applies]
    when = requirement_conditions(application.version)
    return {
        "office": letterhead(office),
        "number": application.number,
        "code": application.tracking_code,
        "service": application.service.name,
        "sender": application.applicant.full_name,
        "round": nth,
        "sent": moment(at, office.zone),
        "holder": _rows(facts.identity_facts(application)),
        "answers": _rows(facts.form_facts(application, checklist.asked)),
        "questions": _rows(facts.answer_facts(application, checklist.asked)),
        "documents": [
            {
                "number": line.requirement.printed_number,
                "requirement": line.requirement.text,
                "condition": when.get(line.requirement.pk, ""),
                "file": document.original_name,
                "size": filesize_id(document.size),
                "key": str(document.public_id),
            }
            for line in lines
            if line.need is Need.UPLOAD
            for document in line.documents
        ],
        "declared": [
            " ".join(
                filter(
                    None,
                    [
                        line.requirement.printed_number,
                        line.requirement.text,
                        _bracketed(when.get(line.requirement.pk, "")),
                    ],
                )
            )
            for line in lines
            if line.need is Need.DECLARE and line.declared
        ],
        "declaration": str(wording.DECLARATION),
        "fees": charges.fee_rows(application) or [[_("Biaya"), _("Tidak ada yang harus dibayar")]],
    }


def _bracketed(words: str) -> str:
    return f"({words})" if words else ""


def _rows(rows: Iterable[dict[str, object]]) -> list[list[str]]:
    return [[str(row["label"]), _text(row["value"])] for row in rows]


def _text(value: object) -> str:
    return long_date(value) if isinstance(value, date) else str(value or "")
