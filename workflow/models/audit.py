"""The hash chain of evidence: one chain for each office, one for what belongs to none."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.guards import Guard, register

register(
    Guard(
        "guard_auditentry",
        "workflow_auditentry",
        ("UPDATE", "DELETE"),
        "rantai bukti tidak dapat diubah",
    ),
    Guard(
        "guard_destroyedrow",
        "workflow_destroyedrow",
        ("UPDATE",),
        "catatan pemusnahan tidak dapat diubah",
        when="{row}.finished_at IS NOT NULL",
        old_only=True,
    ),
    Guard(
        "guard_destroyedrow_stays",
        "workflow_destroyedrow",
        ("DELETE",),
        "catatan pemusnahan tidak dapat diubah",
    ),
)


class AuditChain(models.Model):
    """The head of a chain: its row is locked while entries are added."""

    name = models.CharField(max_length=60, unique=True)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("rantai bukti")
        verbose_name_plural = _("rantai bukti")

    def __str__(self) -> str:
        return self.name


class AuditEntry(models.Model):
    """One link: the digest of a row as it was when it was added. Never changed."""

    chain = models.ForeignKey(AuditChain, models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    source = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    form = models.PositiveSmallIntegerField()
    hash = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mata rantai bukti")
        verbose_name_plural = _("mata rantai bukti")
        ordering = ("chain", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "number"], name="workflow_audit_number_once")
        ]
        indexes: ClassVar = [models.Index(fields=["source", "row"], name="workflow_audit_rows")]

    def __str__(self) -> str:
        return f"{self.chain_id}/{self.number}"


class DestroyedRow(models.Model):
    """A row of evidence whose content was destroyed by rule: which, by which report, what is left.

    While ``finished_at`` is empty the guards of the row let its content go
    (``guards.unless_destroyed``); then row and this entry are closed for good. ``left`` is the
    digest of the row afterwards, empty if the row itself went.
    """

    source = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    act = models.PositiveBigIntegerField()  # the act of destruction that two people decided
    report = models.CharField(max_length=80)  # number of its report
    left = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("catatan pemusnahan")
        verbose_name_plural = _("catatan pemusnahan")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "row"], name="workflow_destroyed_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.row}: {self.report}"
