"""What people read about an order that revokes, voids or replaces a certificate."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from documents.content import in_indonesian, promised_day
from permits.models import CertificateOrder
from permits.presenters.remedies import remedies
from workflow.calendars import calendar_of
from workflow.formats import moment

_TEXTS: dict[str, tuple[str | LazyText, str | LazyText]] = {
    CertificateOrder.Kind.REVOKE: (
        _("Izin Anda dicabut"),
        _("Dokumen nomor %(number)s tidak berlaku lagi sejak %(since)s."),
    ),
    CertificateOrder.Kind.VOID: (
        _("Izin Anda dibatalkan"),
        _("Dokumen nomor %(number)s dibatalkan pada %(since)s dan dianggap tidak pernah berlaku."),
    ),
    CertificateOrder.Kind.REPLACE: (
        _("Dokumen Anda diganti"),
        _(
            "Dokumen nomor %(number)s diganti dengan nomor %(replacement)s sejak %(since)s. "
            "Pakailah dokumen yang baru."
        ),
    ),
}


# a decision that ended a permit
_OF_CLOSURES: dict[str, tuple[str | LazyText, str | LazyText]] = {
    CertificateOrder.Kind.REVOKE: (
        _("%(title)s dicabut"),
        _("Keputusan nomor %(number)s tidak berlaku lagi sejak %(since)s."),
    ),
    CertificateOrder.Kind.VOID: (
        _("%(title)s dibatalkan"),
        _(
            "Keputusan nomor %(number)s dibatalkan pada %(since)s dan dianggap tidak pernah "
            "berlaku."
        ),
    ),
}
# a letter of refusal: what it refused is open again, by another application
_OF_REFUSALS: dict[str, tuple[str | LazyText, str | LazyText]] = {
    CertificateOrder.Kind.REVOKE: (
        _("Penolakan dicabut"),
        _(
            "Surat penolakan nomor %(number)s tidak berlaku lagi sejak %(since)s. Anda dapat "
            "mengajukan lagi dari data permohonan ini."
        ),
    ),
    CertificateOrder.Kind.VOID: (
        _("Penolakan dibatalkan"),
        _(
            "Surat penolakan nomor %(number)s dibatalkan pada %(since)s dan dianggap tidak pernah "
            "ada. Anda dapat mengajukan lagi dari data permohonan ini."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class OrderText:
    """An order in force, for the holder."""

    row: CertificateOrder
    title: str
    sentence: str
    remedies: list[str]


def order_text(order: CertificateOrder | None) -> OrderText | None:
    """Return the words for the holder; ``None`` without an order in force."""
    if order is None or order.effective_at is None:
        return None
    texts = _TEXTS
    if order.certificate.is_refusal:
        texts = _OF_REFUSALS
    elif order.certificate.is_closure:
        texts = _OF_CLOSURES
    title, sentence = texts[order.kind]
    facts = {
        "title": order.certificate.title,
        "number": order.certificate.number,
        "replacement": order.replacement.number if order.replacement else "",
        "since": moment(order.effective_at, order.certificate.application.office.time_zone),
    }
    return OrderText(order, str(title) % facts, str(sentence) % facts, order_remedies(order))


@in_indonesian
def order_remedies(order: CertificateOrder) -> list[str]:
    """Return what the holder can do against an order in force, with the last day."""
    until = order.objection_until
    calendar = calendar_of(order.certificate.application.office)
    provisional = until is not None and not calendar.is_confirmed(until)
    last = promised_day(until, provisional=provisional)
    return remedies(order.decided_capacity, last, refusal=False)
