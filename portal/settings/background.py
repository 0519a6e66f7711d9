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

# What needs a signing key has its own queue: one worker, under its own user, can read the keys.
CELERY_TASK_DEFAULT_QUEUE = "portal"
SIGNING_QUEUE = "signing"
CELERY_TASK_ROUTES = {
    name: {"queue": SIGNING_QUEUE}
    for name in (
        "archives.sign_reports",
        "complaints.print_letters",
        "documents.look_at_keys",
        "documents.publish_heads",
        "documents.sign_samples",
        "documents.work_key_requests",
        "documents.stamp_heads",  # opens no key, but writes beside the heads
        "permits.sign_due",
        "reports.sign_papers",
    )
}

CELERY_BROKER_URL = REDIS_URL
if REDIS_URL.startswith("rediss://"):  # kombu by itself would believe every certificate
    CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": "required", "ssl_check_hostname": True}
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
TASK_EXPIRES = 55  # seconds; a message not taken within a minute is followed by the next one
_EXPIRES = {"expires": TASK_EXPIRES}
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
    "authority.lapse_proposals": {
        "task": "authority.lapse_proposals", "schedule": crontab(minute=17),
    },
    "documents.look_at_keys": {
        "task": "documents.look_at_keys", "schedule": 60.0, "options": _EXPIRES,
    },
    "documents.work_key_requests": {
        "task": "documents.work_key_requests", "schedule": 15.0, "options": _EXPIRES,
    },
    "documents.sign_samples": {
        "task": "documents.sign_samples", "schedule": 60.0, "options": _EXPIRES,
    },
    "documents.watch_signing_worker": {
        "task": "documents.watch_signing_worker", "schedule": 60.0, "options": _EXPIRES,
    },
    "documents.scan_waiting": {
        "task": "documents.scan_waiting", "schedule": 60.0, "options": _EXPIRES,
    },
    "documents.publish_heads": {
        "task": "documents.publish_heads", "schedule": crontab(hour=23, minute=50),
    },
    "documents.stamp_heads": {"task": "documents.stamp_heads", "schedule": crontab(minute=20)},
    "workflow.watch_calendar": {"task": "workflow.watch_calendar", "schedule": crontab(minute=2)},
    "permits.recount_due": {"task": "permits.recount_due", "schedule": 30.0, "options": _EXPIRES},
    "permits.move_drafts": {"task": "permits.move_drafts", "schedule": 60.0, "options": _EXPIRES},
    "permits.charge_waiting_files": {
        "task": "permits.charge_waiting_files", "schedule": crontab(minute=27),
    },
    "permits.watch_registers": {
        "task": "permits.watch_registers", "schedule": 60.0, "options": _EXPIRES,
    },
    "standards.refresh_search": {
        "task": "standards.refresh_search", "schedule": crontab(minute=1),
    },
    "standards.index_services": {
        "task": "standards.index_services", "schedule": crontab(hour=1, minute=40),
    },
    # what was not counted by the first run of the night is tried again by the others
    "boards.count_new": {"task": "boards.count_new", "schedule": crontab(hour="1-6", minute=10)},
    "boards.print_papers": {
        "task": "boards.print_papers", "schedule": 30.0, "options": _EXPIRES,
    },
    "boards.make_evidence": {
        "task": "boards.make_evidence", "schedule": 30.0, "options": _EXPIRES,
    },
    "boards.send_digests": {"task": "boards.send_digests", "schedule": crontab(minute="*/10")},
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
    "archives.print_copies": {
        "task": "archives.print_copies", "schedule": 15.0, "options": _EXPIRES,
    },
    "archives.forget_copies": {"task": "archives.forget_copies", "schedule": crontab(minute=22)},
    "archives.do_disposals": {
        "task": "archives.do_disposals", "schedule": 30.0, "options": _EXPIRES,
    },
    "archives.sign_reports": {
        "task": "archives.sign_reports", "schedule": 30.0, "options": _EXPIRES,
    },
    "archives.notify_due": {"task": "archives.notify_due", "schedule": crontab(hour=3, minute=10)},
    "archives.watch_requests": {
        "task": "archives.watch_requests", "schedule": 60.0, "options": _EXPIRES,
    },
    "reports.expect_due": {"task": "reports.expect_due", "schedule": crontab(hour=0, minute=50)},
    "reports.sign_papers": {"task": "reports.sign_papers", "schedule": 15.0, "options": _EXPIRES},
    "surveys.invite_due": {"task": "surveys.invite_due", "schedule": 60.0, "options": _EXPIRES},
    "surveys.remind_due": {
        "task": "surveys.remind_due", "schedule": crontab(hour=8, minute=10),
    },
    "surveys.close_steps": {"task": "surveys.close_steps", "schedule": 60.0, "options": _EXPIRES},
    "surveys.settle": {"task": "surveys.settle", "schedule": crontab(minute=40)},
    "complaints.confirm_deliveries": {
        "task": "complaints.confirm_deliveries", "schedule": 20.0, "options": _EXPIRES,
    },
}  # fmt: skip
