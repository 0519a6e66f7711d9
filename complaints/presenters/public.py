"""Texts of the public pages of complaints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from complaints.domain.admissibility import Assessment, Ground, Kind
from complaints.models import ComplaintRules

OMBUDSMAN = gettext_lazy(
    "Bila Anda tidak puas, atau tidak ingin kantor ini yang menyelesaikannya, Anda dapat mengadu "
    "kepada Ombudsman Republik Indonesia (telepon 137, www.ombudsman.go.id). Tidak dipungut biaya."
)


@dataclass(frozen=True, slots=True)
class Reason:
    """The result of one rule, and the source of the rule."""

    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class TakenAs:
    """The classification of a report, shown before it is submitted."""

    meaning: str
    title: str
    sentence: str
    reasons: tuple[Reason, ...]


def taken_as(assessment: Assessment, rules: ComplaintRules) -> TakenAs:
    """Return the classification of a report with the rules of the office that led to it."""
    if assessment.kind is Kind.COMPLAINT:
        return TakenAs(
            "good",
            pgettext("one", "Pengaduan"),
            _("Laporan ini kami terima sebagai pengaduan dan dijawab dalam jangka waktunya."),
            _in_order(assessment, rules),
        )
    if assessment.kind is Kind.OFFICER_DECIDES:
        return TakenAs(
            "attention",
            _("Ditimbang petugas"),
            _(
                "Petugas memutuskan dengan alasan tertulis: tetap pengaduan, atau saran. Laporan "
                "Anda tidak dibuang."
            ),
            _grounds(assessment, rules),
        )
    return TakenAs(
        "neutral",
        pgettext("one", "Saran"),
        _("Laporan ini kami terima sebagai saran atau masukan. Saran juga dibaca dan dijawab."),
        _grounds(assessment, rules),
    )


def _in_order(assessment: Assessment, rules: ComplaintRules) -> tuple[Reason, ...]:
    identity = [Reason(_("Identitas pengadu dan materi pengaduan ada."), _ground_source(rules))]
    if assessment.days_after is None:
        sentence = _("Tanggal menerima pelayanan tidak diisi, jadi batas waktunya tidak berlaku.")
    else:
        facts = {"days": assessment.days_after, "limit": rules.limit_days}
        sentence = (
            _(
                "Disampaikan %(days)s hari sejak pelayanan diterima; batasnya %(limit)s hari "
                "kalender."
            )
            % facts
        )
    return (*identity, Reason(sentence, rules.limit_source))


def _grounds(assessment: Assessment, rules: ComplaintRules) -> tuple[Reason, ...]:
    facts = {"days": assessment.days_after, "limit": rules.limit_days}
    return tuple(
        Reason(
            str(_GROUNDS[ground]) % facts,
            rules.limit_source if ground is Ground.TOO_LATE else _ground_source(rules),
        )
        for ground in assessment.grounds
    )


def _ground_source(rules: ComplaintRules) -> str:
    """Return where the rule stands; without a place it is the portal's own and says so."""
    return rules.ground_source or _(
        "Aturan portal ini; standar pelayanan kantor tidak mengaturnya."
    )


_GROUNDS: Mapping[Ground, Promise] = {
    Ground.NO_IDENTITY: gettext_lazy(
        "Tidak disertai identitas pengadu (nama dan satu cara menghubungi), sehingga diperlakukan "
        "sebagai saran atau masukan."
    ),
    Ground.NO_MATTER: gettext_lazy(
        "Tidak disertai objek atau materi yang dapat ditelaah, sehingga diperlakukan sebagai saran "
        "atau masukan."
    ),
    Ground.TOO_LATE: gettext_lazy(
        "Disampaikan %(days)s hari sejak pelayanan diterima, lewat batas %(limit)s hari kalender, "
        "sehingga dapat diperlakukan sebagai saran."
    ),
}
