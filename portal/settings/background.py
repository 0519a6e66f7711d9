"""Celery: runs the jobs whose queue is in the database (ADR 0006)."""

from celery.schedules import crontab

from portal.settings import env

REDIS_URL = env.text("REDIS_URL", "")

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_PUBLISH_RETRY = False  # a lost message costs a minute; a request must not wait for it
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Jakarta"

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 600,
        "unacked_restore_interval": 1,
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        "max_retries": 0,
    }

# Every sweep may run twice, late or in parallel: the rows are the queue.
_EXPIRES = {"expires": 55}  # a message not taken within a minute is followed by the next one
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "notices.deliver_due": {"task": "notices.deliver_due", "schedule": 20.0, "options": _EXPIRES},
    "notices.gather_digests": {
        "task": "notices.gather_digests", "schedule": 60.0, "options": _EXPIRES,
    },
    "notices.report_failures": {
        "task": "notices.report_failures", "schedule": crontab(hour=7, minute=0),
    },
    "permits.print_due": {"task": "permits.print_due", "schedule": 15.0, "options": _EXPIRES},
    "permits.sign_due": {"task": "permits.sign_due", "schedule": 15.0, "options": _EXPIRES},
    "workflow.watch_terms": {
        "task": "workflow.watch_terms", "schedule": 60.0, "options": _EXPIRES,
    },
    "workflow.watch_desks": {
        "task": "workflow.watch_desks", "schedule": 60.0, "options": _EXPIRES,
    },
    "complaints.watch_owners": {
        "task": "complaints.watch_owners", "schedule": 60.0, "options": _EXPIRES,
    },
    "notices.report_tasks": {
        "task": "notices.report_tasks", "schedule": 60.0, "options": _EXPIRES,
    },
    "workflow.extend_chains": {
        "task": "workflow.extend_chains", "schedule": 60.0, "options": _EXPIRES,
    },
    "documents.publish_heads": {
        "task": "documents.publish_heads", "schedule": crontab(hour=23, minute=50),
    },
    "workflow.watch_calendar": {"task": "workflow.watch_calendar", "schedule": crontab(minute=2)},
    "permits.recount_due": {"task": "permits.recount_due", "schedule": 30.0, "options": _EXPIRES},
    "permits.watch_registers": {
        "task": "permits.watch_registers", "schedule": 60.0, "options": _EXPIRES,
    },
    "permits.settle_calendar": {"task": "permits.settle_calendar", "schedule": crontab(minute=7)},
    "complaints.forget_waiting_files": {
        "task": "complaints.forget_waiting_files", "schedule": crontab(minute=42),
    },
    "complaints.print_books": {
        "task": "complaints.print_books", "schedule": 30.0, "options": _EXPIRES,
    },
    "permits.clear_orphans": {
        "task": "permits.clear_orphans", "schedule": crontab(hour=2, minute=30),
    },
    "complaints.print_letters": {
        "task": "complaints.print_letters", "schedule": 15.0, "options": _EXPIRES,
    },
    "complaints.confirm_deliveries": {
        "task": "complaints.confirm_deliveries", "schedule": 20.0, "options": _EXPIRES,
    },
}  # fmt: skip
