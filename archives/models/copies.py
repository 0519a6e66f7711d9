"""Copies of one's own data as PDF."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow.models import Job, JobQuerySet, JobStatus, job_index


class DataCopyQuerySet(JobQuerySet):
    """Copies: jobs until they are rendered."""

    def of(self, user: Any) -> Self:
        """The copies that ``user`` asked for, the latest first."""
        return self.filter(person=user).order_by("-pk")

    def over(self, at: datetime) -> Self:
        """Copies whose time is over at ``at``."""
        return self.filter(expires_at__lte=at)


class DataCopy(Job):
    """A copy of everything kept about a person, rendered by the worker, deleted after a day.

    Its content is read when it is rendered: the row holds none.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    file = models.FileField(max_length=200, blank=True)

    objects = DataCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("salinan data")
        verbose_name_plural = _("salinan data")
        indexes: ClassVar = [job_index("archives_copies_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(job_status=JobStatus.QUEUED),
                name="archives_one_copy_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)
