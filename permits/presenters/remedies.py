"""What an applicant can do against a refusal, in sentences: for the letter, the page, the mail."""

from __future__ import annotations

from django.utils.translation import gettext as _

from permits.domain.objection import (
    APPEAL_WORKDAYS,
    OBJECTION_ANSWER_WORKDAYS,
    OBJECTION_WORKDAYS,
)


def remedies(official: str, until: str, *, refusal: bool = True) -> list[str]:
    """Return the sentences; ``official`` decides on an objection, ``until`` is its last day.

    ``until`` is "" while it is not known. ``refusal``: against a refusal, after which one may apply
    again; else against an order that ends a permit.
    """
    objection = _(
        "Bila berkeberatan atas keputusan ini, pemohon dapat mengajukan keberatan secara tertulis "
        "kepada %(official)s paling lama %(days)s hari kerja sejak keputusan ini diberitahukan "
        "(Pasal 75 sampai dengan Pasal 77 Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi "
        "Pemerintahan). Keberatan diselesaikan paling lama %(answer)s hari kerja."
    ) % {
        "official": official or _("pejabat yang menandatangani"),
        "days": OBJECTION_WORKDAYS,
        "answer": OBJECTION_ANSWER_WORKDAYS,
    }
    if until:
        objection += " " + _("Hari terakhir mengajukan keberatan: %(day)s.") % {"day": until}
    sentences = [
        objection,
        _(
            "Bila tidak menerima penyelesaian keberatan, pemohon dapat mengajukan banding kepada "
            "atasan pejabat itu paling lama %(days)s hari kerja sejak keputusan atas keberatan "
            "diterima (Pasal 78 undang-undang yang sama)."
        )
        % {"days": APPEAL_WORKDAYS},
        _(
            "Pelayanan yang tidak sesuai ketentuan dapat diadukan kepada kantor ini atau kepada "
            "Ombudsman Republik Indonesia (Undang-Undang Nomor 37 Tahun 2008)."
        ),
    ]
    again = _("Penolakan ini tidak menghalangi permohonan baru setelah sebabnya diperbaiki.")
    return [*sentences, again] if refusal else sentences
