"""What every stored upload of a stranger knows of its virus scan."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents import clamd


class ScanStatus(models.TextChoices):
    """The state of an upload: received -> waiting -> clean, infected or not scannable."""

    RECEIVED = "diterima", _("Belum diperiksa dari virus")
    WAITING = "menunggu", _("Menunggu pemeriksaan virus")
    CLEAN = "bersih", _("Bebas virus")
    INFECTED = "terinfeksi", _("Mengandung virus, tidak dapat dibuka")
    UNSCANNABLE = "gagal", _("Tidak dapat diperiksa dari virus, tidak dapat dibuka")


PENDING = (ScanStatus.RECEIVED, ScanStatus.WAITING)


class ScannedUpload(models.Model):
    """A file with the state of its scan; written by ``documents.scanning`` only."""

    scan = models.CharField(max_length=12, choices=ScanStatus, default=ScanStatus.RECEIVED)
    scan_tries = models.PositiveSmallIntegerField(default=0)
    scanned_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether an officer may open it: it is clean, or this portal has no scanner."""
        if self.scan == ScanStatus.RECEIVED:
            return not clamd.is_installed()
        return self.scan == ScanStatus.CLEAN

    @property
    def closed_because(self) -> str:
        """Why an officer may not open it, for a person; "" if it may be opened."""
        if self.is_open:
            return ""
        pending = self.scan in PENDING
        return str(ScanStatus.WAITING.label if pending else ScanStatus(self.scan).label)


def scan_index(name: str) -> models.Index:
    """Return the index over the uploads that wait for their scan, for a subclass."""
    waiting = models.Q(scan__in=[str(status) for status in PENDING])
    return models.Index(fields=["scan_tries", "id"], condition=waiting, name=name)
