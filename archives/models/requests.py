"""What people ask an office about their data."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from permits.models import Application


class DataRequestQuerySet(models.QuerySet[Any]):
    """Requests."""

    def of(self, user: Any) -> Self:
        """What ``user`` asked."""
        return self.filter(person=user)

    def sent_to(self, offices: Any) -> Self:
        """Requests to these offices."""
        return self.filter(office__in=offices)

    def open(self) -> Self:
        """Not answered yet, the most urgent first."""
        return self.filter(answered_at=None).order_by("due_at", "pk")

    def overdue(self, at: datetime) -> Self:
        """Not answered in time, and the head not told yet."""
        return self.open().filter(due_at__lte=at, told_head_at=None)


class DataRequest(models.Model):
    """One request: correction of what a sent file says, erasure, or a question.

    Answered once, within 3 x 24 hours. A correction that is granted is noted here: signed papers
    stay as they are.
    """

    class Kind(models.TextChoices):
        CORRECTION = "pembetulan", _("Membetulkan data pada berkas yang sudah dikirim")
        ERASURE = "penghapusan", _("Menghapus data")
        QUESTION = "pertanyaan", _("Bertanya atau berkeberatan tentang data saya")

    class Outcome(models.TextChoices):
        GRANTED = "dipenuhi", _("Dipenuhi")
        REFUSED = "ditolak", _("Ditolak")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_requests"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="data_requests")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="data_requests"
    )
    kind = models.CharField(_("permintaan"), max_length=15, choices=Kind.choices)
    text = models.TextField(_("isi permintaan"))
    asked_at = models.DateTimeField(_("diajukan"))
    due_at = models.DateTimeField(_("dijawab paling lambat"))
    told_head_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("jawaban"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_capacity = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan tentang data pribadi")
        verbose_name_plural = _("permintaan tentang data pribadi")
        ordering = ("-asked_at", "-pk")
        indexes: ClassVar = [
            models.Index(
                fields=["office", "due_at"],
                condition=Q(answered_at=None),
                name="archives_requests_open",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="", answer="")
                | (Q(answered_at__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
                name="archives_request_answered_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.asked_at:%d-%m-%Y})"

    def get_absolute_url(self) -> str:
        return reverse("archives:request", args=[self.public_id])
