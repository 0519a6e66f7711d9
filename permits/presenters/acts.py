"""Every act on an application, from all that was recorded about it: its full history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices.selectors import Delivery
from permits.domain.lifecycle import Event
from permits.models import (
    AnswerVerdict,
    Application,
    ApplicationRecord,
    ApplicationStep,
    Certificate,
    Charge,
    ChargeCorrection,
    Refusal,
    RequirementVerdict,
    StepPart,
)
from permits.presenters.clock import changes_of_clock
from permits.selectors import (
    certificate_of,
    charges_of,
    checklist,
    further_papers,
    orders_of,
    parts_of,
    payments_of,
)
from permits.selectors.answers import answer_lines
from standards.domain.steps import StepKind
from workflow.formats import money

Outcome = ApplicationStep.Outcome
_EVENTS: dict[str, tuple[str, str | LazyText]] = {
    Event.SUBMIT: ("neutral", gettext_lazy("Permohonan dikirim")),
    Event.REFUSE_INTAKE: ("attention", gettext_lazy("Dikembalikan: belum lengkap")),
    Event.RESUBMIT: ("neutral", gettext_lazy("Perbaikan dikirim pemohon")),
    Event.ACCEPT: ("good", gettext_lazy("Dinyatakan lengkap dan benar; waktu mulai dihitung")),
    Event.RETURN: ("attention", gettext_lazy("Dikembalikan untuk dilengkapi; waktu berhenti")),
    Event.ISSUE: ("good", gettext_lazy("Nomor dicatat dan dokumen terbit")),
    Event.COMPLETE: ("good", gettext_lazy("Dokumen diserahkan")),
    Event.REJECT: ("late", gettext_lazy("Permohonan ditolak")),
    Event.WITHDRAW: ("neutral", gettext_lazy("Permohonan ditarik pemohon")),
    Event.LAPSE: ("late", gettext_lazy("Permohonan gugur: tidak dilengkapi")),
}


class ActKind(StrEnum):
    """What a row of the history is about; the values stand in addresses."""

    STATUS = "keadaan"
    DESK = "meja"
    CHECK = "periksa"
    PAPER = "dokumen"
    CLOCK = "waktu"
    MESSAGE = "pesan"


ACT_KINDS: dict[ActKind, LazyText] = {
    ActKind.STATUS: gettext_lazy("Keadaan permohonan"),
    ActKind.DESK: gettext_lazy("Terima dan serah di meja"),
    ActKind.CHECK: gettext_lazy("Hasil periksa berkas"),
    ActKind.PAPER: gettext_lazy("Berkas dan dokumen"),
    ActKind.CLOCK: gettext_lazy("Jam layanan"),
    ActKind.MESSAGE: gettext_lazy("Pesan"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One act, as a row of ``{% timeline %}``."""

    kind: ActKind
    when: datetime
    title: str
    actor: str = ""
    text: str = ""
    meaning: str = "neutral"


def status_acts(application: Application) -> list[Act]:
    """Return the changes of status, the latest first."""
    rows = sorted(application.records.all(), key=lambda row: (row.at, row.pk), reverse=True)
    return [_status(row) for row in rows]


def all_acts(application: Application, messages: list[Delivery]) -> list[Act]:
    """Return every act on an application from ``for_application_page``, the latest first."""
    acts = [
        *(Act(ActKind.MESSAGE, m.when, m.title, m.actor, m.text, m.meaning) for m in messages),
        *status_acts(application),
        *_desk_acts(application),
        *_verdicts(application),
        *_paper_acts(application),
        *_clock_acts(application),
    ]
    return sorted(acts, key=lambda act: act.when, reverse=True)


def _status(record: ApplicationRecord) -> Act:
    meaning, title = _EVENTS[record.event]
    actor = str(record.actor) if record.actor else _("Sistem")
    return Act(ActKind.STATUS, record.at, str(title), actor, record.note, meaning)


def _desk_acts(application: Application) -> Iterator[Act]:
    recorded = {record.at for record in application.records.all()}
    for visit in application.steps.all():
        if visit.step.kind == StepKind.FILE:
            continue
        place = {"number": visit.step.printed_number, "role": visit.step.role.label}
        if visit.received_at is not None:
            title = _("Berkas diterima di langkah %(number)s (%(role)s)") % place
            yield Act(ActKind.DESK, visit.received_at, title, str(visit.received_by or ""))
        yield from _parts(visit)
        told = visit.finished_at in recorded and _changes_status(visit)
        if visit.finished_at is not None and not told:
            meaning, title = _finished(visit)
            actor = ", ".join(filter(None, [str(visit.finished_by or ""), visit.capacity]))
            yield Act(ActKind.DESK, visit.finished_at, title % place, actor, visit.note, meaning)
            for paper in visit.papers:
                title = _("Berkas di langkah %(number)s (%(role)s): %(name)s") % {
                    **place,
                    "name": paper.original_name,
                }
                yield Act(ActKind.PAPER, visit.finished_at, title, actor, paper.title)
        refusal: Refusal | None = getattr(visit, "refusal_to_decide", None)
        if refusal is not None and refusal.decision == Refusal.Decision.CONFIRMED:
            title = _("Penolakan diputuskan; surat menunggu tanda tangan elektronik")
            decided_at = refusal.decided_at or refusal.proposed_at
            yield Act(ActKind.DESK, decided_at, title, str(refusal.decided_by or ""))


def _parts(visit: ApplicationStep) -> Iterator[Act]:
    """Yield what further performers gave at a visit, and the files they added."""
    for part in parts_of(visit):
        if part.outcome == StepPart.Outcome.SKIPPED and part.finished_at is not None:
            words = _("Langkah %(name)s dilewati") % {"name": part.name}
            actor = ", ".join(filter(None, [str(part.finished_by or ""), part.capacity]))
            yield Act(ActKind.DESK, part.finished_at, words, actor, part.note)
        if not part.is_given or part.finished_at is None:
            continue
        number = (part.step or visit.step).printed_number
        facts = {"role": part.role.label, "number": number}
        actor = ", ".join(filter(None, [str(part.finished_by or ""), part.capacity]))
        title = _("Bagian %(role)s pada langkah %(number)s: %(opinion)s") % {
            **facts,
            "opinion": part.get_opinion_display(),
        }
        yield Act(ActKind.DESK, part.finished_at, title, actor, part.note, "good")
        if part.file_name:
            title = _("Berkas dari %(role)s pada langkah %(number)s: %(name)s") % {
                **facts,
                "name": part.file_name,
            }
            yield Act(ActKind.PAPER, part.finished_at, title, actor)


def _changes_status(visit: ApplicationStep) -> bool:
    """Whether the end of such a visit changes the status, which has a row of its own."""
    if visit.outcome in (Outcome.ENDED, Outcome.REFUSED):
        return True
    return visit.step.kind in (StepKind.CHECK, StepKind.NUMBER, StepKind.HAND_OVER)


def _finished(visit: ApplicationStep) -> tuple[str, str]:
    """Return the meaning and the title of the end of a visit."""
    if visit.outcome == Outcome.RETURNED:
        return "attention", _("Dikembalikan dari langkah %(number)s (%(role)s)")
    if visit.outcome == Outcome.SKIPPED:
        return "neutral", _("Langkah %(number)s (%(role)s) dilewati")
    if visit.outcome == Outcome.PROPOSED:
        return "attention", _("Diusulkan ditolak dari langkah %(number)s (%(role)s)")
    if visit.outcome in (Outcome.ENDED, Outcome.REFUSED):
        return "neutral", _("Langkah %(number)s (%(role)s) dihentikan")
    if hasattr(visit, "initial"):
        return "good", _("Konsep diparaf di langkah %(number)s (%(role)s)")
    return "good", _("Langkah %(number)s (%(role)s) selesai")


def _verdicts(application: Application) -> Iterator[Act]:
    texts = {row.pk: row.text for row in application.version.requirements.all()}
    lines = answer_lines(application, checklist(application).asked)
    labels = {line.key: line.label for line in lines}
    for paper in application.verdicts.all():
        yield _verdict(paper, texts.get(paper.requirement_id, ""))
    accepted = []
    for answer in application.answer_verdicts.all():
        if answer.result == AnswerVerdict.Result.REFUSED:
            yield _verdict(answer, labels.get(answer.key, answer.key))
        else:
            accepted.append(answer)
    for (at, officer), rows in groupby(accepted, lambda row: (row.at, row.officer)):
        named = "; ".join(labels.get(row.key, row.key) for row in rows)
        title = _("Isian dinyatakan sesuai")
        yield Act(ActKind.CHECK, at, title, str(officer), named, "good")


def _verdict(verdict: RequirementVerdict | AnswerVerdict, about: str) -> Act:
    accepted = verdict.result == RequirementVerdict.Result.ACCEPTED
    return Act(
        ActKind.CHECK,
        verdict.at,
        f"{verdict.get_result_display()}: {about}",
        str(verdict.officer),
        verdict.reason,
        "good" if accepted else "attention",
    )


def _paper_acts(application: Application) -> Iterator[Act]:
    for document in application.documents.all():
        title = _("Berkas diunggah: %(name)s") % {"name": document.original_name}
        yield Act(ActKind.PAPER, document.uploaded_at, title, str(application.applicant))
    for visit in application.steps.all():
        if hasattr(visit, "inspection"):
            minutes = visit.inspection
            title = _("Berita acara ditulis: %(result)s") % {
                "result": minutes.get_recommendation_display()
            }
            yield Act(ActKind.PAPER, minutes.written_at, title, str(visit.finished_by))
    yield from _money(application)
    for draft in application.drafts.all():
        title = _("Konsep ke-%(n)s ditulis") % {"n": draft.revision}
        if draft.paper_id is not None:
            title = f"{title}: {draft.content.get('title', '')}"
        yield Act(ActKind.PAPER, draft.written_at, title, str(draft.written_by))
    beside = further_papers(application)
    for paper in beside:
        yield from _signature(paper)
    certificate = certificate_of(application)
    if certificate is not None:
        yield from _signature(certificate)
    if beside or (certificate is not None and certificate.issued_at is not None):
        yield from _orders(application)


def _money(application: Application) -> Iterator[Act]:
    """Yield what was charged and paid."""
    for row in charges_of(application):
        if row.set_at is not None:
            changes = list(row.corrections.select_related("corrected_by"))
            first = changes[0].before if changes else row.amount
            named = {"item": row.label, "amount": money(first)}
            title = _("Tagihan ditetapkan: %(item)s, %(amount)s") % named
            yield Act(ActKind.PAPER, row.set_at, title, str(row.set_by or ""), row.number)
            yield from _corrections(row, changes)
    for payment in payments_of(application):
        named = {"amount": money(payment.amount), "day": date_format(payment.paid_on, "j F Y")}
        title = _("Pembayaran %(amount)s tercatat, dibayar pada %(day)s") % named
        yield Act(ActKind.PAPER, payment.recorded_at, title, str(payment.recorded_by), "", "good")


def _corrections(charge: Charge, changes: Iterable[ChargeCorrection]) -> Iterator[Act]:
    for row in changes:
        named = {"item": charge.label, "before": money(row.before), "after": money(row.after)}
        title = _("Tagihan diralat: %(item)s, dari %(before)s menjadi %(after)s") % named
        officer = str(row.corrected_by)
        yield Act(ActKind.PAPER, row.corrected_at, title, officer, row.reason, "attention")


def _orders(application: Application) -> Iterator[Act]:
    """Yield what was proposed and decided about issued papers."""
    for order in orders_of(application):
        facts = {"kind": order.get_kind_display(), "number": order.certificate.number}
        title = _("%(kind)s nomor %(number)s diusulkan") % facts
        proposer = f"{order.proposed_by}, {order.proposed_capacity}"
        yield Act(ActKind.PAPER, order.proposed_at, title, proposer, order.reason, "attention")
        if order.decided_at is not None:
            title = f"{order.get_kind_display()}: {order.get_decision_display()}"
            decider = f"{order.decided_by}, {order.decided_capacity}"
            yield Act(ActKind.PAPER, order.decided_at, title, decider, order.decision_note)


def _signature(certificate: Certificate) -> Iterator[Act]:
    signer = f"{certificate.signer}, {certificate.signer_capacity}"
    title = _("Tanda tangan diminta untuk nomor %(number)s") % {"number": certificate.number}
    yield Act(ActKind.PAPER, certificate.requested_at, title, signer)
    if certificate.signed_at is not None:
        title = _("Ditandatangani secara elektronik: %(title)s") % {
            "title": certificate.content["title"]
        }
        yield Act(ActKind.PAPER, certificate.signed_at, title, signer, meaning="good")


def _clock_acts(application: Application) -> Iterator[Act]:
    for row, change in changes_of_clock(application):
        title = _("Jam layanan %(change)s") % {"change": change}
        text = f"{row.reason} ({row.ground})"
        yield Act(ActKind.CLOCK, row.recorded_at, title, str(row.actor or ""), text, "attention")
