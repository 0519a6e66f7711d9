"""Query sets of complaints with their visibility filters."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from accounts.models import Appointment, User
from complaints.domain.lifecycle import OWNERS_TURN, UNCLOSED, Status
from permits.models import ApplicationDeadline, ApplicationStep
from reports.domain.lifecycle import AUTHORED, ReportStatus
from standards.models import StandardComponent
from workflow.models import DeadlineQuerySet, JobQuerySet

_OFFICER, _SECRETARY = "petugas_pengaduan", "sekretaris"  # complaints.models.Role
_READERS = (_OFFICER, _SECRETARY)


def _seats(user: User) -> list[Any]:
    """Return the positions ``user`` holds now."""
    return [row.position for row in Appointment.objects.of(user, timezone.now())]


def _rows(model: str) -> models.QuerySet[Any]:
    """Return the rows of a model of this app by its name: models import this module."""
    return apps.get_model("complaints", model)._default_manager.all()


def _offices_with(seats: list[Any], *roles: str) -> models.QuerySet[Any]:
    """Return the offices in which one of ``seats`` has one of ``roles`` in complaints."""
    mine = [seat.pk for seat in seats]
    return _rows("ComplaintRole").filter(position__in=mine, role__in=roles).values("office")


class ComplaintQuerySet(models.QuerySet[Any]):
    """Complaints and suggestions."""

    def visible_to(self, user: User) -> Self:
        """Complaints of daily work that ``user`` may see (``in_book_of``)."""
        return self.in_book_of(user).filter(deleted_at=None)

    def archived(self, office: Any) -> Self:
        """The closed complaints of ``office`` that still have their content."""
        return self.filter(office=office, closed_at__isnull=False, destroyed_at=None)

    def in_book_of(self, user: User) -> Self:
        """Complaints that ``user`` may see, deleted ones too; never those about ``user``.

        The head, complaint officers and the secretary see complaints that are not confidential.
        Confidential ones are visible to the owner, the head and the current approver. Users with
        another role see complaints that are or were assigned or escalated to them.
        Administrators see none.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        seats = _seats(user)
        if not seats:
            return self.none()
        mine = [seat.pk for seat in seats]
        headed = [seat.office_id for seat in seats if seat.is_head]
        readers = _offices_with(seats, *_READERS)
        allowed = (
            Q(office__in=headed)
            | Q(office__in=readers, confidential=False)
            | Q(office__in={seat.office_id for seat in seats}, owner=user)
            | Q(desk__in=mine)
            | Q(confidential=False, pk__in=self._agreed_by(user))
            | Q(confidential=False, pk__in=self._brought_before(mine))
        )
        return self.filter(allowed).exclude(pk__in=self._against(user))

    def waiting_for(self, user: User) -> Self:
        """Visible complaints that cannot go on until ``user`` acts (``turn_of``)."""
        return self.visible_to(user).filter(self.turn_of(user))

    def turn_of(self, user: User) -> Q:
        """Return the condition under which a complaint waits for ``user``.

        It lies at a desk of the user; or at none and the user is the owner; or its owner
        has left and the user may name another; or the head is asked for consent to involve APIP.
        """
        seats = _seats(user)
        headed = [seat.office_id for seat in seats if seat.is_head]
        officers = _offices_with(seats, _OFFICER)
        asked = _rows("ApipRequest").filter(agreed=None).values("complaint")
        unowned = self.owner_gone(timezone.now())
        turn = (
            Q(desk__in=[seat.pk for seat in seats])
            | Q(owner=user, desk=None, status__in=OWNERS_TURN)
            | unowned & (Q(office__in=headed) | Q(office__in=officers))
            | Q(office__in=headed, pk__in=asked)
        )
        return Q(status__in=UNCLOSED) & turn

    def _agreed_by(self, user: User) -> models.QuerySet[Any]:
        return _rows("Approval").filter(officer=user).values("answer__complaint")

    def _brought_before(self, positions: list[int]) -> models.QuerySet[Any]:
        return _rows("Escalation").filter(to_position__in=positions).values("complaint")

    def _against(self, user: User) -> models.QuerySet[Any]:
        return self.model.subjects.through.objects.filter(user=user).values("complaint")

    def for_page(self) -> Self:
        """Load what the page of one complaint shows."""
        answers = _rows("Answer").select_related("written_by", "letter")
        stated = StandardComponent.objects.filter(
            version=OuterRef("version"), key=OuterRef("problem")
        )
        rows = self.annotate(
            component_title=Subquery(stated.values("title")[:1]),
            component_body=Subquery(stated.values("body")[:1]),
        ).select_related(
            "office__complaint_rules",
            "service__office",
            "owner",
            "application__office",
            "desk",
            "printed_channel",
            "version__service__office",
        )
        return rows.prefetch_related(
            "subjects",
            "deadlines",
            "apip_requests",
            "files",
            Prefetch("study", _rows("StudyStep").select_related("officer")),
            Prefetch("answers", answers),
            Prefetch("answers__approvals", _rows("Approval").select_related("officer")),
            Prefetch("application__steps", self._visits()),
        )

    def _visits(self) -> models.QuerySet[Any]:
        """Return visits with ``standard_due_at``: when the standard time of each ends."""
        of_visit = ApplicationDeadline.objects.filter(
            visit=OuterRef("pk"), kind=ApplicationDeadline.Kind.STEP
        ).order_by("-pk")
        visits = ApplicationStep.objects.for_routing_card()
        return visits.annotate(standard_due_at=Subquery(of_visit.values("due_at")[:1]))

    def owner_gone(self, at: datetime) -> Q:
        """Return the condition of a complaint whose owner does not serve at ``at`` any more.

        Only a complaint officer or the head of its office is an owner.
        """
        handles = Q(position__is_head=True) | Q(position__complaint_roles__role=_OFFICER)
        serving = Appointment.objects.in_force(timezone.localdate(at)).filter(
            handles, user=OuterRef("owner"), position__office=OuterRef("office")
        )
        return ~Q(Exists(serving))

    def unowned(self, at: datetime) -> Self:
        """Complaints not yet closed whose owner has left, or that have none."""
        return self.filter(self.owner_gone(at), status__in=UNCLOSED)

    def with_apip_asked(self) -> Self:
        """Annotate ``apip_asked``: whether the head is asked for consent to involve APIP."""
        asked = _rows("ApipRequest").filter(agreed=None, complaint=OuterRef("pk"))
        return self.annotate(apip_asked=Exists(asked))

    def owned_by(self, user: User) -> Self:
        """Complaints whose owner is ``user``."""
        return self.filter(owner=user)

    def answered(self) -> Self:
        """Closed with an answer to the complainant."""
        return self.filter(status=Status.ANSWERED)


class OfComplaintQuerySet(models.QuerySet[Any]):
    """Rows that belong to a complaint and have its visibility."""

    def visible_to(self, user: User) -> Self:
        """Rows of the complaints that ``user`` may see."""
        complaints = self.model._meta.get_field("complaint").related_model
        return self.filter(complaint__in=complaints._default_manager.visible_to(user))


class BookPaperQuerySet(JobQuerySet):
    """Printed books and reports."""

    def visible_to(self, user: User) -> Self:
        """Documents that ``user`` requested."""
        return self.filter(asked_by=user) if user.is_authenticated else self.none()


class MonthlyReportQuerySet(models.QuerySet[Any]):
    """Monthly reports."""

    def visible_to(self, user: User) -> Self:
        """Reports of offices where ``user`` is the head or has a role in complaints."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        seats = _seats(user)
        headed = [seat.office_id for seat in seats if seat.is_head]
        rows = _rows("ComplaintRole").filter(position__in=[seat.pk for seat in seats])
        return self.filter(Q(office__in=headed) | Q(office__in=rows.values("office")))

    def waiting_for(self, user: User) -> Self:
        """Reports that cannot go on until ``user`` acts.

        Complaint officers submit and hand over; the secretary, unless they wrote any version of it,
        checks, and may hand over.
        """
        records = _rows("MonthlyReportRecord").filter(subject=OuterRef("pk"), event__in=AUTHORED)
        seats = _seats(user)
        compiles = Q(office__in=_offices_with(seats, _OFFICER))
        checks = Q(office__in=_offices_with(seats, _SECRETARY))
        turn = (
            compiles & Q(status__in=(ReportStatus.COMPILED, ReportStatus.RETURNED))
            | checks & Q(status=ReportStatus.CHECKED) & ~Exists(records.filter(actor=user))
            | (compiles | checks) & Q(status=ReportStatus.APPROVED)
        )
        return self.visible_to(user).filter(turn)


class ReportDeadlineQuerySet(DeadlineQuerySet):
    """Terms of monthly reports."""

    def waiting_for(self, user: User, at: datetime) -> Self:
        """Months that are over and that ``user``, a complaint officer, has to compile."""
        same = _rows("MonthlyReport").filter(office=OuterRef("office"), month=OuterRef("month"))
        offices = _offices_with(_seats(user), _OFFICER)
        rows = self.running().filter(office__in=offices, started_at__lte=at)
        return rows.exclude(Exists(same))
