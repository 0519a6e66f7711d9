"""The history of an application: routing card, changes of status, inspections, messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices.selectors import Delivery, deliveries_about
from permits.domain.lifecycle import Event
from permits.models import Application, ApplicationRecord, ApplicationStep, Inspection
from permits.presenters import mails
from permits.presenters.routing_card import SheetLine, sheet_line
from permits.selectors import CardLine, collection_letter, routing_card
from standards.domain.steps import StepKind
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar

_EVENTS: dict[str, tuple[str, str | LazyText]] = {
    Event.SUBMIT: ("neutral", gettext_lazy("Permohonan dikirim")),
    Event.REFUSE_INTAKE: ("attention", gettext_lazy("Dikembalikan: belum lengkap")),
    Event.RESUBMIT: ("neutral", gettext_lazy("Perbaikan dikirim pemohon")),
    Event.ACCEPT: ("good", gettext_lazy("Dinyatakan lengkap dan benar; waktu mulai dihitung")),
    Event.RETURN: ("attention", gettext_lazy("Dikembalikan untuk dilengkapi; waktu berhenti")),
    Event.ISSUE: ("good", gettext_lazy("Nomor dicatat dan izin terbit")),
    Event.COMPLETE: ("good", gettext_lazy("Dokumen diserahkan")),
    Event.REJECT: ("late", gettext_lazy("Permohonan ditolak")),
    Event.WITHDRAW: ("neutral", gettext_lazy("Permohonan ditarik pemohon")),
    Event.LAPSE: ("late", gettext_lazy("Permohonan gugur: tidak dilengkapi")),
}


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A row of ``{% timeline %}``."""

    when: datetime
    title: str
    actor: str
    text: str
    meaning: str


@dataclass
class HistoryPanel:
    """The history of an application from ``for_application_page``, at the instant ``at``."""

    application: Application
    at: datetime
    calendar: WorkCalendar

    @cached_property
    def visits(self) -> list[ApplicationStep]:
        """Every visit in order, with its inspection and its initials."""
        return list(self.application.steps.all())

    @cached_property
    def card(self) -> list[CardLine]:
        """The routing card; empty while the calendar is not decreed."""
        try:
            return routing_card(self.application, self.at, self.visits, self.calendar)
        except DomainError:
            return []

    @property
    def card_lines(self) -> list[SheetLine]:
        """The routing card as text."""
        return [sheet_line(line) for line in self.card]

    @property
    def sent_back(self) -> ApplicationStep | None:
        """The visit with which another desk sent the application back to this one."""
        visit = self.application.current_step
        if len(self.card) < 2 or visit is None or visit.step.kind == StepKind.FILE:
            return None
        before = self.card[-2].visit
        return before if before.outcome == ApplicationStep.Outcome.RETURNED else None

    @cached_property
    def inspections(self) -> list[Inspection]:
        """The minutes of inspections, the latest first."""
        inspections = [visit.inspection for visit in self.visits if hasattr(visit, "inspection")]
        return sorted(inspections, key=lambda row: -row.pk)

    @property
    def records(self) -> list[TimelineRow]:
        """The changes of status, the latest first."""
        rows = sorted(
            self.application.records.all(), key=lambda row: (row.at, row.pk), reverse=True
        )
        return [_timeline_row(row) for row in rows]

    @cached_property
    def messages(self) -> list[Delivery]:
        """All messages about the application with their delivery, the latest first."""
        return deliveries_about(mails.about(self.application))

    @property
    def has_letter(self) -> bool:
        """Whether the letter to a holder who has not collected the product is printed."""
        return collection_letter(self.application) is not None


def _timeline_row(record: ApplicationRecord) -> TimelineRow:
    meaning, title = _EVENTS[record.event]
    actor = str(record.actor) if record.actor else _("Sistem")
    return TimelineRow(record.at, str(title), actor, record.note, meaning)
