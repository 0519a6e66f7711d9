"""The Celery application. The database holds the queue; Celery runs the tasks (ADR 0006)."""

import os
import sys
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_after_setup, worker_init, worker_ready
from django.conf import settings
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


def _signs(worker: Any) -> bool:
    """Whether a worker takes what needs a signing key."""
    return bool(settings.SIGNING_QUEUE in worker.app.amqp.queues.consume_from)


@celeryd_after_setup.connect
def check_signing_worker(sender: object, instance: Any, **kwargs: object) -> None:
    """A worker that takes signatures but has no keys would let them wait: it does not start."""
    if _signs(instance) and settings.SIGNING_DIR is None:
        sys.exit("A worker of the queue 'signing' needs SIGNING_DIR, the folder of the keys")


@worker_ready.connect
def look_at_keys_first(sender: Any, **kwargs: object) -> None:
    """A signing worker that starts reports on its keys at once, not after a minute."""
    if _signs(sender):
        app.send_task("documents.look_at_keys", ignore_result=True)
