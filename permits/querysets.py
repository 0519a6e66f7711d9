"""Named filters of applications and the door through which people come to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Appointment
from permits.domain import lifecycle
from permits.domain.lifecycle import Status
from workflow.models import OwedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class ApplicationQuerySet(models.QuerySet[Any]):
    """Applications."""

    def visible_to(self, user: User) -> Self:
        """The applicant's own files, and for officers the sent files of their offices."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        offices = {held.position.office_id for held in Appointment.objects.of(user, timezone.now())}
        if not offices:
            return self.filter(applicant=user)
        return self.filter(Q(applicant=user) | (Q(office__in=offices) & ~Q(status=Status.DRAFT)))

    def sent_to(self, offices: Iterable[Any]) -> Self:
        """The sent files of these offices: what those who serve in them may see."""
        return self.exclude(status=Status.DRAFT).filter(_any_of("office", offices))

    def public(self) -> Self:
        """Files that may be tracked by their code without an account."""
        return self.exclude(status=Status.DRAFT)

    def of(self, user: User) -> Self:
        """The files ``user`` filed."""
        return self.filter(applicant=user)

    def open(self) -> Self:
        """Sent and not yet ended."""
        return self.filter(status__in=lifecycle.OPEN)

    def waiting_on(self, positions: Iterable[Any]) -> Self:
        """Files whose open step lies on the desk of one of these positions."""
        return self.filter(_any_of("desk", positions), status__in=lifecycle.WITH_OFFICE)

    def for_worklist(self) -> Self:
        """What a row of the list shows, and nothing of what it does not.

        Service, desk, visit and step are single values: four objects for each of thirty rows cost
        more than the rows.
        """
        rows = self.only(
            "public_id", "applicant", "office", "status", "number", "holder_name", "submitted_at",
            "closed_at", "due_on", "due_at", "desk",
        )  # fmt: skip
        return rows.annotate(
            service_name=F("service__name"),
            desk_name=F("desk__name"),
            handed_over_at=F("current_step__handed_over_at"),
            received_at=F("current_step__received_at"),
            step_kind=F("current_step__step__kind"),
            step_number=F("current_step__step__printed_number"),
            step_unit=F("current_step__step__standard_unit"),
        )

    def for_reading(self) -> Self:
        """One file for a page; ``selectors.complete`` adds its standard and procedure."""
        return self.for_desk().select_related("office").defer("office__emblem")

    def for_desk(self) -> Self:
        """The same for somebody whose office is known: one join less to plan."""
        return (
            self.select_related(
                "service", "version", "procedure", "applicant", "desk",
                "current_step__received_by",
                "certificate__number", "certificate__signer", "hand_over",
            )
            .defer(
                "service__summary", "service__keywords",
                *beside_name(self.model, "applicant", "current_step__received_by",
                             "certificate__signer"),
            )
        )  # fmt: skip

    def for_dossier(self) -> Self:
        """One file with everything its page shows."""
        return self.select_related(
            "service__kbli", "office", "applicant", "version", "procedure", "desk",
            "current_step__step__role", "current_step__received_by",
        )  # fmt: skip


def _any_of(name: str, values: Iterable[Any]) -> Q:
    """One of these rows; said so that a prepared question may have blanks among them."""
    found = Q(pk__in=[])
    for value in values:
        found |= Q(**{name: value})
    return found


def beside_name(model: type[models.Model], *paths: str) -> list[str]:
    """Return the columns of the people at ``paths`` that no page of a file shows: all but names."""
    found = []
    for path in paths:
        person: Any = model
        for name in path.split("__"):
            person = person._meta.get_field(name).related_model
        columns = [column.name for column in person._meta.concrete_fields]
        found += [f"{path}__{name}" for name in columns if name not in ("id", "full_name", "email")]
    return found


def _applications(rows: models.QuerySet[Any]) -> Any:
    """Return the applications that ``rows`` belong to, by the model's own foreign key."""
    return rows.model._meta.get_field("application").related_model._default_manager


class DocumentQuerySet(models.QuerySet[Any]):
    """Uploaded files."""

    def visible_to(self, user: User) -> Self:
        """Documents of the applications a person may see."""
        return self.filter(application__in=_applications(self).visible_to(user))

    def current(self) -> Self:
        """Those not replaced by a newer file."""
        return self.filter(superseded_at=None)


class ApplicationStepQuerySet(models.QuerySet[Any]):
    """Visits of a file to SOP steps."""

    def open(self) -> Self:
        """The visit on which the file lies now."""
        return self.filter(finished_at=None)


class CertificateQuerySet(OwedQuerySet):
    """Certificates: owed work until they are signed."""

    def visible_to(self, user: User) -> Self:
        """Certificates of the applications a person may see."""
        return self.filter(application__in=_applications(self).visible_to(user))

    def public(self) -> Self:
        """What the verification page may speak of: everything that was ever signed."""
        return self.exclude(signed_at=None)

    def expired(self, day: date) -> Self:
        """Issued and past their last day."""
        return self.filter(valid_until__lt=day)
