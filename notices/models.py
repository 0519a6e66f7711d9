"""The outbox: one row per message that must leave once."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models import OwedQuerySet, OwedState, OwedWork


class Notice(OwedWork):
    """A message owed to one address; ``template`` names files under ``templates/notices/``."""

    dedupe_key = models.CharField(max_length=200, unique=True)
    template = models.CharField(_("jenis pesan"), max_length=80)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    address = models.CharField(_("alamat"), max_length=254)
    context = models.JSONField(default=dict)
    attachments = models.JSONField(default=list, blank=True)
    about = models.CharField(_("tentang"), max_length=80, blank=True, db_index=True)
    language = models.CharField(max_length=5, default="id")
    created_at = models.DateTimeField(_("dibuat"))
    sent_at = models.DateTimeField(_("dikirim"), null=True, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    subject = models.CharField(_("perihal"), max_length=200, blank=True)

    objects = OwedQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemberitahuan")
        verbose_name_plural = _("pemberitahuan")
        ordering = ("-created_at",)
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(owed_state=OwedState.OWED),
                name="notices_owed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.dedupe_key}"
