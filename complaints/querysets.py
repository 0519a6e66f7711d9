"""Query sets of complaints with their visibility filters."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from accounts.models import Appointment, User
from complaints.domain.lifecycle import Status
from workflow.models import JobQuerySet

_READERS = ("petugas_pengaduan", "sekretaris")  # complaints.models.Role


class ComplaintQuerySet(models.QuerySet[Any]):
    """Complaints and suggestions."""

    def visible_to(self, user: User) -> Self:
        """Complaints that ``user`` may see; never those about ``user``.

        The head, complaint officers and the secretary see complaints that are not confidential.
        Confidential ones are visible to the owner, the head and the current approver. Users with
        another role see complaints that are or were assigned or escalated to them.
        Administrators see none.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        seats = [row.position for row in Appointment.objects.of(user, timezone.now())]
        if not seats:
            return self.none()
        mine = [seat.pk for seat in seats]
        headed = [seat.office_id for seat in seats if seat.is_head]
        readers = self._offices_read_by(mine)
        allowed = (
            Q(office__in=headed)
            | Q(office__in=readers, confidential=False)
            | Q(office__in={seat.office_id for seat in seats}, owner=user)
            | Q(desk__in=mine)
            | Q(confidential=False, pk__in=self._agreed_by(user))
            | Q(confidential=False, pk__in=self._brought_before(mine))
        )
        return self.filter(allowed).exclude(pk__in=self._against(user))

    def _offices_read_by(self, positions: list[int]) -> models.QuerySet[Any]:
        parts = self.model._meta.apps.get_model("complaints", "ComplaintRole")
        rows = parts._default_manager.filter(position__in=positions, role__in=_READERS)
        return rows.values("office")

    def _agreed_by(self, user: User) -> models.QuerySet[Any]:
        approvals = self.model._meta.apps.get_model("complaints", "Approval")
        return approvals._default_manager.filter(officer=user).values("answer__complaint")

    def _brought_before(self, positions: list[int]) -> models.QuerySet[Any]:
        escalations = self.model._meta.apps.get_model("complaints", "Escalation")
        return escalations._default_manager.filter(to_position__in=positions).values("complaint")

    def _against(self, user: User) -> models.QuerySet[Any]:
        return self.model.subjects.through.objects.filter(user=user).values("complaint")

    def for_page(self) -> Self:
        """Load what the page of one complaint shows."""
        answers = self._rows_of("answers").select_related("written_by", "letter")
        approvals = self._model_of("answers", "approvals")._default_manager
        stated = self._model_of("version", "components")._default_manager.filter(
            version=OuterRef("version"), key=OuterRef("problem")
        )
        rows = self.annotate(
            component_title=Subquery(stated.values("title")[:1]),
            component_body=Subquery(stated.values("body")[:1]),
        ).select_related(
            "office__complaint_rules", "service__office", "owner", "application__office", "desk",
            "printed_channel", "version__service__office",
        )  # fmt: skip
        return rows.prefetch_related(
            "subjects",
            "deadlines",
            "apip_requests",
            "files",
            Prefetch("study", self._rows_of("study").select_related("officer")),
            Prefetch("answers", answers),
            Prefetch("answers__approvals", approvals.select_related("officer")),
            Prefetch("application__steps", self._visits()),
        )

    def _visits(self) -> models.QuerySet[Any]:
        """Return visits with ``standard_due_at``: when the standard time of each ends."""
        deadlines = self._model_of("application", "deadlines")
        of_visit = deadlines._default_manager.filter(
            visit=OuterRef("pk"), kind=deadlines.Kind.STEP
        ).order_by("-pk")
        visits = self._model_of("application", "steps")._default_manager.for_routing_card()
        rows: models.QuerySet[Any] = visits.annotate(
            standard_due_at=Subquery(of_visit.values("due_at")[:1])
        )
        return rows

    def _model_of(self, *path: str) -> Any:
        model: Any = self.model
        for name in path:
            model = model._meta.get_field(name).related_model
        return model

    def _rows_of(self, name: str) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = self._model_of(name)._default_manager.all()
        return rows

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
        seats = [row.position for row in Appointment.objects.of(user, timezone.now())]
        headed = [seat.office_id for seat in seats if seat.is_head]
        parts = self.model._meta.apps.get_model("complaints", "ComplaintRole")
        rows = parts._default_manager.filter(position__in=[seat.pk for seat in seats])
        return self.filter(Q(office__in=headed) | Q(office__in=rows.values("office")))
