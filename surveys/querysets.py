"""Query sets of surveys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from permits.domain.lifecycle import Event, Status
from reports.domain.periods import Period
from standards.domain.steps import StepKind


class InstrumentVersionQuerySet(models.QuerySet[Any]):
    """Versions of questionnaires."""

    def published(self) -> Self:
        """Versions that can be answered."""
        return self.filter(state=self.model.State.PUBLISHED)

    def in_use(self, office: Any) -> Self:
        """The latest published versions an office asks with: its own before the built-in one."""
        rows = self.published().filter(Q(instrument__office=office) | Q(instrument__office=None))
        return rows.select_related("instrument").order_by(
            models.F("instrument__office").desc(nulls_last=True), "-number"
        )


class InvitationQuerySet(models.QuerySet[Any]):
    """Invitations."""

    def of(self, user: Any) -> Self:
        """The invitations about one's own files."""
        return self.filter(application__applicant=user, application__deleted_at=None)

    def sent_to(self, offices: Iterable[Any]) -> Self:
        """Those about files of these offices: an officer's tablet and paper."""
        return self.filter(application__office__in=offices, application__deleted_at=None)

    def with_file(self) -> Self:
        """Invitations with what the pages say of the file."""
        return self.select_related("application__office", "application__service")

    def to_answer(self) -> Self:
        """Invitations with what an answer needs, and no personal data of the file."""
        rows = self.filter(application__deleted_at=None).select_related(
            "application__office__survey_rules", "application__service"
        )
        return rows.only(
            "answered",
            "ends_on",
            "application__status",
            "application__current_step",
            "application__office__code",
            "application__office__name",
            "application__office__short_name",
            "application__office__time_zone",
            "application__office__survey_rules",
            "application__service__name",
        )

    def to_remind(self, today: date) -> Self:
        """Those never reminded, not answered and not over; the rule of days is asked after."""
        waiting = self.filter(answered=False, reminded_on=None, ends_on__gte=today)
        return waiting.filter(sent_on__lt=today)

    def at_survey_step(self) -> Self:
        """Answered ones whose file still waits at the questionnaire of its SOP."""
        return self.filter(answered=True, application__current_step__step__kind=StepKind.SURVEY)


class ResponseQuerySet(models.QuerySet[Any]):
    """Filled questionnaires."""

    def counted(self) -> Self:
        """Those by invitation: the open survey is apart and never mixed in."""
        return self.exclude(source=self.model.Source.OPEN)

    def openly(self) -> Self:
        """Those to the open survey."""
        return self.filter(source=self.model.Source.OPEN)

    def in_period(self, office: Any, period: Period) -> Self:
        """The answers of an office whose month is in ``period``."""
        return self.filter(office=office, month__gte=period.begins, month__lt=period.ends_before)


class SuggestionQuerySet(models.QuerySet[Any]):
    """What respondents wrote."""

    def in_period(self, office: Any, period: Period) -> Self:
        """The suggestions of an office whose month is in ``period``."""
        return self.filter(office=office, month__gte=period.begins, month__lt=period.ends_before)


class FollowUpQuerySet(models.QuerySet[Any]):
    """Follow-ups of low elements."""

    def sent_to(self, offices: Iterable[Any]) -> Self:
        """Those of these offices."""
        return self.filter(office__in=offices)

    def counted(self) -> Self:
        """Those that papers count: owed by the grade, planned, or done. The others are offers."""
        return self.filter(Q(owed=True) | ~Q(programme="") | Q(done_on__isnull=False))

    def open(self) -> Self:
        """Those not done yet."""
        return self.filter(done_on=None)

    def waiting_for(self, user: Any) -> Self:
        """Those that ``user`` is in charge of."""
        return self.open().filter(owner=user)


def permits_given() -> models.QuerySet[Any]:
    """Return the records by which files got their permit: one for each file.

    A refusal is none, and a permit that is replaced or voided later stays given when it was.
    """
    return apps.get_model("permits", "ApplicationRecord")._default_manager.filter(
        event=Event.ISSUE, to=Status.ISSUED
    )


def to_invite(since: date) -> models.QuerySet[Any]:
    """Return the files to ask about: the permit is out, or the SOP asks before it is handed over.

    ``since``: whose permit was given before is not asked about any more. Each file once.
    """
    files = apps.get_model("permits", "Application")._default_manager
    given = permits_given().filter(at__date__gte=since - timedelta(days=1))
    out = Q(status__in=(Status.ISSUED, Status.COMPLETED), pk__in=given.order_by().values("subject"))
    asked = Q(current_step__step__kind=StepKind.SURVEY)
    return files.filter(out | asked, survey_invitation=None, deleted_at=None)
