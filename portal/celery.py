"""The Celery application. The database holds the queue; Celery runs the tasks (ADR 0006)."""

import os
import sys

from celery import Celery
from celery.signals import beat_init, worker_init
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
TRANSPORT_ALIASES["filesystem"] = "workflow.filesystem_broker:Transport"

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def check_before_work(**kwargs: object) -> None:
    """Worker and beat refuse to start where the web would refuse; Celery logs mere exceptions."""
    from django.core.exceptions import ImproperlyConfigured

    from portal.checks import refuse_unsafe_start

    try:
        refuse_unsafe_start()
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
