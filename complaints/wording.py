"""What the public pages of complaints say: to whoever complains, in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.domain.admissibility import Assessment, Ground, Kind

OMBUDSMAN = gettext_lazy(
    "Bila Anda tidak puas, atau tidak ingin kantor ini yang menyelesaikannya, Anda dapat mengadu "
    "kepada Ombudsman Republik Indonesia (telepon 137, www.ombudsman.go.id). Tidak dipungut biaya."
)

_COMPONENT = gettext_lazy("Standar pelayanan, komponen penanganan pengaduan, saran, dan masukan")
_LIMIT = gettext_lazy("Perpres 76/2013 dan standar pelayanan, komponen penanganan pengaduan")


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that was looked at: what it found and where it stands."""

    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class TakenAs:
    """As what a report would be taken, said before it is sent."""

    meaning: str
    title: str
    sentence: str
    reasons: tuple[Reason, ...]


def taken_as(assessment: Assessment, limit_days: int) -> TakenAs:
    """Return as what a report is taken and by which rules."""
    if assessment.kind is Kind.COMPLAINT:
        return TakenAs(
            "good", _("Pengaduan"),
            _("Laporan ini kami terima sebagai pengaduan dan dijawab dalam jangka waktunya."),
            _in_order(assessment, limit_days),
        )  # fmt: skip
    if assessment.kind is Kind.OFFICER_DECIDES:
        return TakenAs(
            "attention", _("Ditimbang petugas"),
            _("Petugas memutuskan dengan alasan tertulis: tetap pengaduan, atau saran. Laporan "
              "Anda tidak dibuang."),
            _grounds(assessment, limit_days),
        )  # fmt: skip
    return TakenAs(
        "neutral", _("Saran"),
        _("Laporan ini kami terima sebagai saran atau masukan. Saran juga dibaca dan dijawab."),
        _grounds(assessment, limit_days),
    )  # fmt: skip


def _in_order(assessment: Assessment, limit_days: int) -> tuple[Reason, ...]:
    found = [Reason(_("Identitas pengadu dan materi pengaduan ada."), str(_COMPONENT))]
    if assessment.days_after is None:
        words = _("Tanggal menerima pelayanan tidak diisi, jadi batas waktunya tidak berlaku.")
    else:
        words = _("Disampaikan %(days)s hari sejak pelayanan diterima; batasnya %(limit)s hari "
                  "kalender.") % {"days": assessment.days_after, "limit": limit_days}  # fmt: skip
    return (*found, Reason(words, str(_LIMIT)))


def _grounds(assessment: Assessment, limit_days: int) -> tuple[Reason, ...]:
    facts = {"days": assessment.days_after, "limit": limit_days}
    return tuple(
        Reason(str(_GROUNDS[ground][0]) % facts, str(_GROUNDS[ground][1]))
        for ground in assessment.grounds
    )


_GROUNDS: Mapping[Ground, tuple[Promise, Promise]] = {
    Ground.NO_IDENTITY: (
        gettext_lazy(
            "Tidak disertai identitas pengadu (nama dan satu cara menghubungi), sehingga "
            "diperlakukan sebagai saran atau masukan."
        ),
        _COMPONENT,
    ),
    Ground.NO_MATTER: (
        gettext_lazy(
            "Tidak disertai objek atau materi yang dapat ditelaah, sehingga diperlakukan sebagai "
            "saran atau masukan."
        ),
        _COMPONENT,
    ),
    Ground.TOO_LATE: (
        gettext_lazy(
            "Disampaikan %(days)s hari sejak pelayanan diterima, lewat batas %(limit)s hari "
            "kalender, sehingga dapat diperlakukan sebagai saran."
        ),
        _LIMIT,
    ),
}
