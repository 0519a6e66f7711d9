"""Query sets of complaints with their visibility filters."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Appointment, User
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

    def for_complaint_page(self) -> Self:
        """Load related rows for the page of one complaint."""
        rows = self.select_related(
            "office",
            "service__office",
            "owner",
            "application__office",
            "desk",
            "printed_channel",
            "version__service__office",
        )
        return rows.prefetch_related(
            "subjects", "deadlines", "answers__written_by", "study__officer"
        )

    def owned_by(self, user: User) -> Self:
        """Complaints whose owner is ``user``."""
        return self.filter(owner=user)

    def answered(self) -> Self:
        """Closed with an answer to the complainant."""
        return self.filter(status="dijawab")


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
