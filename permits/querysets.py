"""Query sets of permits: filters by permission and the related rows of pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, When
from django.utils import timezone

from accounts.domain.phones import e164
from accounts.domain.text import fold
from accounts.models import Appointment, Office, User
from permits.domain import lifecycle
from permits.domain.lifecycle import Event, Status
from permits.domain.printed import folded, tracking_readings
from workflow.models import JobQuerySet

_SHORTEST_IDENTIFIER = 13  # a NIB; a NIK has 16 digits
_BEING_SIGNED = 2  # the rank of an application whose signature is being made
_SHORTEST_KEY = 4  # of a number that is looked for by its letters and digits alone


class ApplicationQuerySet(models.QuerySet[Any]):
    """Applications."""

    def visible_to(self, user: User) -> Self:
        """The user's own applications, and for officers those that ``sent_to`` names."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        appointments = Appointment.objects.of(user, timezone.now())
        offices = {appointment.position.office for appointment in appointments}
        if not offices:
            return self.of(user)
        sent = _in_sight(offices) & ~Q(status=Status.DRAFT)
        return self.filter(Q(applicant=user) | sent, deleted_at=None)

    def sent_to(self, offices: Iterable[Office]) -> Self:
        """The sent applications that officers of these offices may see.

        They see those of their office; those of a partner body only what lies at its desks.
        """
        return self.exclude(status=Status.DRAFT).filter(_in_sight(offices), deleted_at=None)

    def public(self) -> Self:
        """Applications that may be tracked by their code without an account."""
        return self.exclude(status=Status.DRAFT).filter(deleted_at=None)

    def of(self, user: User) -> Self:
        """The applications of ``user`` as applicant, without those deleted from daily work."""
        return self.filter(applicant=user, deleted_at=None)

    def archived(self, office: Any) -> Self:
        """The closed applications of ``office`` that still have their content.

        While a step after the hand-over is open, the office still works with the file.
        """
        closed = self.filter(office=office, closed_at__isnull=False, current_step=None)
        return closed.filter(destroyed_at=None)

    def untouched(self) -> Self:
        """Drafts in which nothing is filled in."""
        empty = {"holder_name": "", "national_id": "", "answers": {}}
        return self.filter(status=Status.DRAFT, documents=None, **empty)

    def open(self) -> Self:
        """Sent and not yet ended."""
        return self.filter(status__in=lifecycle.OPEN)

    def waiting_on(self, positions: Iterable[Any]) -> Self:
        """Applications at the desk of one of these positions, or that wait for its part.

        A union, so that each half is found by its own index.
        """
        desks = list(positions)
        own = _rows("Application").filter(desk__in=desks).order_by().values("pk")
        owed = _rows("StepPart").open().filter(position__in=desks).order_by().values("application")
        return self.filter(pk__in=own.union(owed), status__in=lifecycle.AT_A_DESK)

    def search(self, text: str) -> Self:
        """Applications by number, name, number of a certificate, identifier, or telephone."""
        key = folded(text) if any(sign.isdigit() for sign in text) else ""
        numbers = _rows("CertificateNumber").filter(text__alike=text)
        if len(key) >= _SHORTEST_KEY:
            numbers |= _rows("CertificateNumber").filter(key__contains=key)
        named = (
            Q(number__alike=text)
            | Q(holder_name__alike=text)
            | Q(responsible_name__alike=text)
            | Q(service__name__alike=text)
            | Q(pk__in=numbers.values("application"))
        )
        if codes := tracking_readings(text):
            named |= Q(tracking_code__in=codes)
        if len(key) >= _SHORTEST_KEY:
            certificates = _rows("Certificate").filter(code=key)
            named |= Q(number_key__contains=key) | Q(pk__in=certificates.values("application"))
        if (digits := fold(text)).isdigit() and len(digits) >= _SHORTEST_IDENTIFIER:
            named |= Q(business_number=digits) | Q(national_id=digits)
        if number := e164(text):
            named |= Q(phone_e164=number)
        return self.filter(named)

    def with_rank(self) -> Self:
        """Applications with ``rank``; lower ones can be acted on first.

        1 waits for collection or was handed over, 2 waits for the electronic signature, else 0.
        """
        requested = _rows("Certificate").model.State.REQUESTED
        return self.annotate(
            rank=Case(
                When(status__in=(Status.ISSUED, Status.COMPLETED), then=1),
                When(certificate__state=requested, then=_BEING_SIGNED),
                default=0,
                output_field=IntegerField(),
            )
        )

    def ranked_to_take(self) -> Self:
        """Applications with ``rank``, without those whose electronic signature is being made."""
        return self.with_rank().filter(rank__lt=_BEING_SIGNED)

    def for_worklist(self) -> Self:
        """Applications as rows of the worklist, with deadlines of the whole and of open steps."""
        needed = Q(visit=None) | Q(met_at=None)
        return (
            self.select_related("service", "desk", "current_step__step", "certificate")
            .only(
                "public_id",
                "applicant",
                "office",
                "status",
                "number",
                "holder_name",
                "submitted_at",
                "accepted_at",
                "closed_at",
                "due_on",
                "due_at",
                "service__name",
                "desk__name",
                "desk__office",
                "current_step__asked",
                "current_step__handed_over_at",
                "current_step__began_at",
                "current_step__received_at",
                "current_step__step__kind",
                "current_step__step__printed_number",
                "current_step__step__standard_minimum",
                "current_step__step__standard_amount",
                "current_step__step__standard_text",
                "current_step__step__standard_unit",
                "current_step__step__clock",
                "certificate",
                "certificate__state",
                "certificate__is_closure",
                "certificate__title",
            )
            .prefetch_related(
                Prefetch("deadlines", _rows("ApplicationDeadline").filter(needed)),
                "current_step__refusal_to_decide",
            )
        )

    def with_running_terms(self) -> Self:
        """Applications with their running deadlines, for the last days in a list."""
        running = _rows("ApplicationDeadline").filter(met_at=None)
        return self.prefetch_related(Prefetch("deadlines", running))

    def with_related(self) -> Self:
        """Applications with their foreign keys loaded: for a page or an action about one.

        Certificate and refusal are read in queries of their own, where there is one: PostgreSQL
        plans twenty joins for longer than it runs the query (33 and 1 ms).
        """
        return self.select_related(
            "service",
            "office",
            "applicant",
            "version",
            "procedure",
            "desk",
            "current_step__step__role",
            "current_step__received_by",
            "current_step__refusal_to_decide",
            "hand_over",
        ).prefetch_related(
            _certificate("number", "signer", "refusal", "replaces"),
            "current_step__refusal_to_decide__visit__step",
            "current_step__refusal_to_decide__proposed_by",
        )

    def for_application_page(self) -> Self:
        """One application with everything the officers' page of it shows.

        The present visit is one of ``steps``. Minutes are written by who finished their visit: one
        join more, and PostgreSQL plans the visits for four times as long.
        """
        visits = _rows("ApplicationStep").for_routing_card()
        rows = self.defer("office__emblem")
        return rows.select_related(
            "service",
            "office__signing_key",
            "applicant",
            "version",
            "procedure",
            "desk",
        ).prefetch_related(
            _certificate("number", "signer"),
            "clock_events",
            "deadlines",
            "documents",
            Prefetch("verdicts", _rows("RequirementVerdict").select_related("officer")),
            Prefetch("answer_verdicts", _rows("AnswerVerdict").select_related("officer")),
            Prefetch("records", _rows("ApplicationRecord").select_related("actor")),
            Prefetch("drafts", _rows("CertificateDraft").select_related("written_by")),
            "printouts",
            Prefetch("steps", visits.select_related("inspection", "refusal_to_decide")),
            "steps__inspection__photos",
            "steps__refusal_to_decide__decided_by",
        )


def _in_sight(offices: Iterable[Office]) -> Q:
    bodies = [office for office in offices if office.partner_of_id]
    seen = Q(office__in=[office for office in offices if not office.partner_of_id])
    if not bodies:
        return seen
    asked = _rows("StepPart").open().filter(position__office__in=bodies)
    return seen | Q(desk__office__in=bodies) | Q(pk__in=asked.values("application"))


def _rows(model: str) -> Any:
    """Return the rows of a model of this app by its name: models import this module."""
    return apps.get_model("permits", model)._default_manager.all()


def _certificate(*related: str) -> Prefetch[Any]:
    """Return the certificates with these rows of theirs, in one query."""
    return Prefetch("certificate", _rows("Certificate").select_related(*related))


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

    def replaced_unsent(self, before: datetime) -> Self:
        """Those replaced or removed ``before`` an instant that were part of no sending."""
        sent = _rows("ApplicationRecord").filter(
            subject=OuterRef("application"),
            event__in=(Event.SUBMIT, Event.RESUBMIT),
            at__gte=OuterRef("uploaded_at"),
            at__lte=OuterRef("superseded_at"),
        )
        judged = _rows("RequirementVerdict").filter(document=OuterRef("pk"))
        replaced = self.filter(superseded_at__lte=before, erased_at=None)
        return replaced.filter(~Exists(sent), ~Exists(judged))


class InspectionPhotoQuerySet(models.QuerySet[Any]):
    """Photos of inspections."""

    def visible_to(self, user: User) -> Self:
        """Photos in the applications a person may see."""
        return self.filter(inspection__application__in=_rows("Application").visible_to(user))


class PaymentQuerySet(models.QuerySet[Any]):
    """Recorded payments with their proofs."""

    def visible_to(self, user: User) -> Self:
        """Payments for the applications a person may see."""
        return self.filter(application__in=_applications(self).visible_to(user))


class StepPartQuerySet(models.QuerySet[Any]):
    """Parts that others than the desk of a step give."""

    def sent_to(self, offices: Iterable[Office]) -> Self:
        """Those of the sent applications that officers of these offices may see."""
        return self.filter(application__in=_rows("Application").sent_to(offices))

    def open(self) -> Self:
        """Those still owed."""
        return self.filter(finished_at=None)

    def with_givers(self) -> Self:
        """Parts with column, row, position, officer, the file they added and their deadline."""
        related = ("role", "step", "position__office", "finished_by", "document")
        return self.select_related(*related).prefetch_related("deadlines")


class ApplicationStepQuerySet(models.QuerySet[Any]):
    """Visits of applications to SOP steps."""

    def open(self) -> Self:
        """The present visit."""
        return self.filter(finished_at=None)

    def for_routing_card(self) -> Self:
        """Visits with their step, the officers of hand-over and receipt, initials, papers."""
        return self.select_related(
            "step__role__position",
            "step__recorded_by__position",
            "handed_over_by",
            "received_by",
            "finished_by",
            "initial__officer",
        ).annotate(has_papers=Exists(_rows("StepFile").filter(visit=OuterRef("pk"))))


class CertificateQuerySet(JobQuerySet):
    """Certificates; each is a job until it is signed."""

    def visible_to(self, user: User) -> Self:
        """Certificates of the applications a person may see."""
        return self.filter(application__in=_applications(self).visible_to(user))

    def with_validity(self) -> Self:
        """Certificates with what they are worth today, and the papers they replace."""
        return self.select_related(
            "number",
            "application__office",
            "application__service",
            "application__version",
            "ended_by__replacement__number",
            "replaces__certificate__number",
        )

    def public(self) -> Self:
        """Certificates shown on the verification page: all that were ever signed."""
        return self.exclude(signed_at=None)

    def permits_issued(self) -> Self:
        """Permits that were issued, whatever became of them; letters and closures are none."""
        return self.filter(refusal=None, paper=None, is_closure=False, issued_at__isnull=False)

    def further(self) -> Self:
        """Papers beside the permit and the letter of refusal."""
        return self.exclude(paper=None)

    def requested(self) -> Self:
        """Those whose electronic signature is still to be made."""
        return self.filter(state=self.model.State.REQUESTED)


class CertificateOrderQuerySet(models.QuerySet[Any]):
    """Orders that revoke, void or replace certificates."""

    def sent_to(self, offices: Iterable[Any]) -> Self:
        """Orders about certificates of these offices: what their officers may see."""
        return self.filter(certificate__application__office__in=offices)

    def open(self) -> Self:
        """Those that wait for the decision."""
        return self.filter(decision="")

    def unfinished(self) -> Self:
        """Those that wait for the decision, or were confirmed and are not in force yet."""
        return self.filter(decision__in=["", self.model.Decision.CONFIRMED], effective_at=None)

    def waiting_on(self, user: User, headed: Iterable[int]) -> Self:
        """Those that ``user`` may decide: as head of one of these offices, not their own."""
        open_orders = self.open().filter(certificate__application__office__in=list(headed))
        return open_orders.exclude(proposed_by=user).exclude(
            certificate__application__applicant=user
        )

    def with_papers(self) -> Self:
        """Orders with the rows that lists and pages show."""
        return self.select_related(
            "certificate__number",
            "certificate__application__office",
            "certificate__application__service",
            "replacement__number",
            "draft",
            "proposed_by",
            "decided_by",
        )
