"""The page of one application for officers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from accounts.officers import Officer
from permits.domain.lifecycle import CLOSED
from permits.domain.openings import masked
from permits.models import Application
from permits.presenters import facts, wording
from permits.presenters.previous import PreviousPermit, previous_permit
from permits.presenters.step_time import StepTime, part_time
from permits.presenters.submissions import Change, masked_changes, rounds
from permits.selectors import AnswerLine, part_calendars, promise_calendar
from permits.views.desk.act_panel import ActPanel
from permits.views.desk.bases_panel import BasesPanel
from permits.views.desk.certificate_panel import CertificatePanel
from permits.views.desk.clock_panel import ClockPanel
from permits.views.desk.history_panel import HistoryPanel
from permits.views.desk.requirements_panel import RequirementsPanel, VerdictError
from permits.views.desk.worklist_page import next_application
from workflow.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer as ``{% facts %}`` shows it (label, value), with its verdict.

    ``masked`` says that an identity number in the value is hidden.
    """

    fact: dict[str, object]
    line: AnswerLine
    error: VerdictError | None
    masked: bool


@dataclass
class ApplicationPage:
    """The panels of the page of an application, which comes from ``for_application_page``.

    ``error`` is a verdict with an error, ``shown`` the key of the answer whose identity number is
    shown this once, ``asks_reason`` whether a reason must be given before the data are opened.

    Why so many: one property for each panel of the page.
    """

    application: Application
    officer: Officer
    error: VerdictError | None = None
    shown: str = ""
    asks_reason: bool = False

    @cached_property
    def act(self) -> ActPanel:
        """The action of the open step."""
        return ActPanel(self.application, self.officer)

    @cached_property
    def requirements(self) -> RequirementsPanel:
        """The requirements with their documents."""
        return RequirementsPanel(self.application, self.act.judging, self.error, self.officer.user)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working calendar of the promise, read once for the page."""
        return promise_calendar(self.application)

    @cached_property
    def clock(self) -> ClockPanel:
        """The service clock."""
        return ClockPanel(self.application, self.officer.at, self.calendar)

    @cached_property
    def history(self) -> HistoryPanel:
        """The history, with the messages sent."""
        return HistoryPanel(self.application, self.officer.at, self.calendar)

    @cached_property
    def bases(self) -> BasesPanel:
        """The legal bases of the standard."""
        return BasesPanel(self.application)

    @cached_property
    def certificate(self) -> CertificatePanel:
        """The certificate, its draft and its initials."""
        return CertificatePanel(
            self.application, self.officer, self.bases, self.clock, self.history
        )

    @property
    def unchecked(self) -> int:
        """How many requirements have no verdict."""
        return len(self.requirements.checklist.unchecked())

    @cached_property
    def badge(self) -> tuple[str, str]:
        """Meaning and sentence of the status."""
        return wording.at_the_desk(
            self.application,
            self.officer.at,
            mine=self.application.desk_id in self.officer.seats,
            paper=self.act.paper,
            part=self.act.part is not None,
        )

    @property
    def step_time(self) -> StepTime | None:
        """The time left of the step, or of the part that the officer owes, if it has its own."""
        part = self.act.part
        if part is None or self.act.verdict or part.deadline is None:
            return self.clock.step_time
        calendar = part_calendars([part]).get(part.pk, self.calendar)
        return part_time(part, self.officer.at, calendar)

    @property
    def closed(self) -> bool:
        """Whether the application is closed."""
        return self.application.status in CLOSED

    @cached_property
    def next_application(self) -> Application | None:
        """The next application on the officer's desks."""
        return next_application(self.officer, besides=self.application.pk)

    @property
    def changes(self) -> list[Change]:
        """What the applicant changed in the latest round."""
        sent = rounds(self.application.printouts.all())
        return masked_changes(sent[0].changes) if sent else []

    @property
    def previous(self) -> PreviousPermit | None:
        """The permit that the application extends, changes or closes."""
        return previous_permit(self.application, self.officer.at, officer=True)

    @property
    def identity(self) -> list[AnswerRow]:
        """The holder."""
        return self._judged(facts.identity_facts(self.application))

    @property
    def form(self) -> list[AnswerRow]:
        """The answers of the service's form."""
        return self._judged(facts.form_facts(self.application, self.requirements.checklist.asked))

    @property
    def answers(self) -> list[AnswerRow]:
        """The answers on which requirements depend."""
        asked = self.requirements.checklist.asked
        return self._judged(facts.answer_facts(self.application, asked))

    def _judged(self, rows: list[dict[str, object]]) -> list[AnswerRow]:
        return [self._row(row) for row in rows]

    def _row(self, fact: dict[str, object]) -> AnswerRow:
        key, value, error = str(fact["key"]), fact["value"], self.error
        hidden = masked(str(fact["label"]), value) if isinstance(value, str) else value
        if key == self.shown:
            hidden = value
        return AnswerRow(
            {**fact, "value": hidden},
            self._lines[key],
            error if error and error.requirement == key else None,
            hidden != value,
        )

    @cached_property
    def _lines(self) -> dict[str, AnswerLine]:
        return {line.key: line for line in self.requirements.checklist.answers}
