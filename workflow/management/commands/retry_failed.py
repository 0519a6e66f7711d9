"""Give work that has failed for good another chance, once its cause is mended."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.models import Job, JobStatus


class Command(BaseCommand):
    """``manage.py retry_failed``: the next sweep takes it up again."""

    help = "Mengulang pekerjaan yang gagal: surat, cetakan, penandatanganan."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for model in apps.get_models():
            if not issubclass(model, Job):
                continue
            failed = model._default_manager.filter(job_status=JobStatus.FAILED)
            count = failed.update(
                job_status=JobStatus.QUEUED, attempts=0, next_try_at=now, lease_until=None
            )
            self.stdout.write(
                _("%(work)s: %(count)s diulang.")
                % {"work": str(model._meta.verbose_name_plural).capitalize(), "count": count}
            )
