"""The page of one application for officers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from accounts.officers import Officer
from permits.domain.lifecycle import CLOSED
from permits.models import Application
from permits.presenters import facts, wording
from permits.presenters.submissions import Change, rounds
from permits.selectors import AnswerLine, promise_calendar
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
    """One answer as ``{% facts %}`` shows it (label, value), with its verdict."""

    fact: dict[str, object]
    line: AnswerLine
    error: VerdictError | None


@dataclass
class ApplicationPage:
    """The panels of the page of an application, which comes from ``for_application_page``.

    ``error`` is a verdict with an error.
    """

    application: Application
    officer: Officer
    error: VerdictError | None = None

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
            self.application, self.officer.at, mine=self.application.desk_id in self.officer.seats
        )

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
        return sent[0].changes if sent else []

    @property
    def identity(self) -> list[AnswerRow]:
        """The holder."""
        return self._judged(facts.identity_facts(self.application))

    @property
    def form(self) -> list[AnswerRow]:
        """The answers of the service's form."""
        return self._judged(facts.form_facts(self.application))

    @property
    def answers(self) -> list[AnswerRow]:
        """The answers on which requirements depend."""
        questions = self.requirements.checklist.questions
        return self._judged(facts.answer_facts(self.application, questions))

    def _judged(self, rows: list[dict[str, object]]) -> list[AnswerRow]:
        error = self.error
        return [
            AnswerRow(
                row,
                self._lines[str(row["key"])],
                error if error and error.requirement == row["key"] else None,
            )
            for row in rows
        ]

    @cached_property
    def _lines(self) -> dict[str, AnswerLine]:
        return {line.key: line for line in self.requirements.checklist.answers}
