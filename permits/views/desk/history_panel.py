"""The history of an application: routing card, changes of status, inspections, messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from notices.selectors import Delivery, deliveries_about
from permits.models import Application, ApplicationStep, Inspection, StepPart
from permits.presenters import mails
from permits.presenters.acts import Act, status_acts
from permits.presenters.recorded import RecordedRow, recorded_rows
from permits.presenters.routing_card import SheetLine, sheet_line
from permits.selectors import CardLine, collection_letter, parts_of, routing_card
from permits.selectors.corrections import Correction, corrections_of
from standards.domain.steps import StepKind
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar


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
        if len(self.visits) < 2 or visit is None or visit.step.kind == StepKind.FILE:
            return None
        before = self.visits[-2]
        return before if before.outcome == ApplicationStep.Outcome.RETURNED else None

    @property
    def recorded(self) -> list[RecordedRow]:
        """What officers recorded at their steps."""
        return recorded_rows(self.application)

    @cached_property
    def inspections(self) -> list[Inspection]:
        """The minutes of inspections, the latest first."""
        inspections = [visit.inspection for visit in self.visits if hasattr(visit, "inspection")]
        return sorted(inspections, key=lambda row: -row.pk)

    @property
    def parts(self) -> list[StepPart]:
        """What further performers gave at steps that are over, the latest first."""
        here = self.application.current_step_id
        over = (visit for visit in self.visits if visit.pk != here)
        given = (part for visit in over for part in parts_of(visit) if part.is_given)
        return sorted(given, key=lambda row: -row.pk)

    @property
    def papers(self) -> list[ApplicationStep]:
        """The visits to which papers were attached, the latest first."""
        return [visit for visit in reversed(self.visits) if visit.papers]

    @property
    def records(self) -> list[Act]:
        """The changes of status, the latest first."""
        return status_acts(self.application)

    @cached_property
    def corrections(self) -> list[Correction]:
        """What the office corrected since it was sent: papers and answers stay as they are."""
        return corrections_of(self.application)

    @cached_property
    def messages(self) -> list[Delivery]:
        """All messages about the application with their delivery, the latest first."""
        return deliveries_about(mails.about(self.application))

    @property
    def has_letter(self) -> bool:
        """Whether the letter to a holder who has not collected the product is printed."""
        return collection_letter(self.application) is not None
