"""What a document is worth today, in words: for verification, the register, and all other pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permits.domain import certificates
from permits.domain.certificates import Validity
from permits.models import Certificate

_WORDS: dict[Validity, tuple[str, str | LazyText, str | LazyText]] = {
    Validity.REVOKED: (
        "late",
        gettext_lazy("Dicabut"),
        gettext_lazy("Kantor mencabut dokumen ini. Jangan dipakai sebagai dasar apa pun."),
    ),
    Validity.VOIDED: (
        "late",
        gettext_lazy("Dibatalkan"),
        gettext_lazy(
            "Kantor membatalkan dokumen ini: dokumen dianggap tidak pernah berlaku. Jangan dipakai "
            "sebagai dasar apa pun."
        ),
    ),
    Validity.REPLACED: (
        "attention",
        gettext_lazy("Diganti, tidak berlaku lagi"),
        gettext_lazy(
            "Kantor mengganti dokumen ini karena ada kesalahan di dalamnya. Yang berlaku adalah "
            "dokumen penggantinya; mintalah itu."
        ),
    ),
    Validity.PENDING: (
        "attention",
        gettext_lazy("Belum terbit"),
        gettext_lazy(
            "Dokumen ini sudah ditandatangani, tetapi belum diterbitkan kantor. "
            "Sampai terbit, dokumen belum berlaku."
        ),
    ),
    Validity.EXPIRED: (
        "attention",
        gettext_lazy("Asli, tetapi tidak berlaku lagi"),
        gettext_lazy("Dokumen ini diterbitkan kantor, tetapi masa berlakunya sudah habis."),
    ),
    Validity.VALID: (
        "good",
        gettext_lazy("Asli dan berlaku"),
        gettext_lazy("Dokumen ini diterbitkan kantor dan berlaku hari ini."),
    ),
}
_REFUSAL = (
    "neutral",
    gettext_lazy("Asli: surat penolakan"),
    gettext_lazy("Kantor menerbitkan surat ini. Isinya menolak permohonan; surat ini bukan izin."),
)

_CLOSURE = (
    "neutral",
    gettext_lazy("Asli: mengakhiri izin"),
    gettext_lazy(
        "Kantor menerbitkan keputusan ini. Isinya mengakhiri izin; keputusan ini bukan izin."
    ),
)
_FURTHER = (
    "good",
    gettext_lazy("Asli"),
    gettext_lazy("Kantor menerbitkan dokumen ini dalam proses permohonan; dokumen ini bukan izin."),
)


@dataclass(frozen=True, slots=True)
class Ended:
    """The order that ended a document: since when, by which decree, and what replaces it."""

    kind: str
    word: str
    decided_at: datetime
    since: datetime | None  # from its issue if it was voided
    decree_number: str
    decree_date: date
    ground: str
    replacement: Certificate | None


@dataclass(frozen=True, slots=True)
class ValidityText:
    """``code`` is a ``Validity``, ``meaning`` one of good, neutral, attention, late."""

    code: str
    meaning: str
    title: str
    sentence: str
    ended: Ended | None = None


def validity_text(certificate: Certificate, today: date) -> ValidityText:
    """Return what ``certificate`` is worth ``today``; it comes from ``with_validity``."""
    code = certificates.validity(certificate.state, certificate.valid_until, today)
    meaning, title, sentence = _WORDS[code]
    if certificate.is_refusal and code is Validity.VALID:
        meaning, title, sentence = _REFUSAL
    if certificate.is_closure and code is Validity.VALID:
        meaning, title, sentence = _CLOSURE
    if certificate.paper_id is not None and code is Validity.VALID:
        meaning, title, sentence = _FURTHER
    return ValidityText(code, meaning, str(title), str(sentence), _ended(certificate))


def _ended(certificate: Certificate) -> Ended | None:
    order = certificate.ended_by
    if order is None or order.effective_at is None:
        return None
    voided = order.kind == order.Kind.VOID
    return Ended(
        kind=order.kind,
        word=str(certificate.get_state_display()),
        decided_at=order.effective_at,
        since=certificate.issued_at if voided else order.effective_at,
        decree_number=order.decree_number,
        decree_date=order.decree_date,
        ground=order.ground,
        replacement=order.replacement or _made_anew(certificate),
    )


def _made_anew(certificate: Certificate) -> Certificate | None:
    """Return the paper beside the permit that was written again after this one was ended."""
    if certificate.paper_id is None:
        return None
    rows = Certificate.objects.filter(
        application=certificate.application_id,
        paper=certificate.paper_id,
        pk__gt=certificate.pk,
        state=Certificate.State.ISSUED,
    )
    return rows.select_related("number").first()


def genuine_but(found: ValidityText) -> str:
    """Return what is added to a genuine file whose document is not valid; "" if it is."""
    if found.code == Validity.VALID:
        return ""
    return _("Berkasnya asli, tetapi dokumennya tidak berlaku: lihat keterangan di bawah.")
