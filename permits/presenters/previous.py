"""The permit that an application extends, changes or closes, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.domain.text import fold
from permits import selectors
from permits.domain.certificates import Validity
from permits.models import Application, Certificate
from permits.presenters.validity import validity_text


@dataclass(frozen=True, slots=True)
class PreviousPermit:
    """``meaning`` is one of good and attention; ``paper`` is ``None`` if the portal has none."""

    number: str
    paper: Certificate | None
    meaning: str
    sentence: str


def previous_permit(
    application: Application, at: datetime, *, officer: bool = False
) -> PreviousPermit | None:
    """Return the permit that ``application`` names, as it stands now; ``None`` if it names none.

    Only an officer is told who holds a permit that the applicant did not apply for.
    """
    number = selectors.previous_number(application)
    if not number:
        return None
    paper, reason = selectors.previous_certificate(application.service, number)
    if paper is None:
        words = _(
            "Nomor ini tidak ada di daftar izin portal, misalnya karena izinnya lebih lama dari "
            "portal ini. Kantor mencocokkannya dengan buku register."
        )
        return PreviousPermit(number, None, "attention", words)
    found = validity_text(paper, application.office.local_date(at))
    holder = paper.application.holder_name
    words = f"{found.title}."
    if officer or paper.application.applicant_id == application.applicant_id:
        words += " " + _("Pemegang: %(holder)s.") % {"holder": holder}
    same = fold(holder) == fold(application.holder_name)
    if officer and not same:
        words += " " + _("Berbeda dengan pemegang pada permohonan ini.")
    good = (same or not officer) and not reason and found.code == Validity.VALID
    return PreviousPermit(number, paper, "good" if good else "attention", words)
