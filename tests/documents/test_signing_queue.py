"""Whatever is signed is signed by the worker of one queue, the only process that has keys."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from celery import current_app
from django.conf import settings

from portal.celery import check_signing_worker, look_at_keys_first
from tests.architecture.source import ROOT

SIGNERS = {  # the modules that open a key, and the tasks that call them
    "archives/services/disposals.py": "archives.sign_reports",
    "complaints/services/letters.py": "complaints.print_letters",
    "documents/evidence.py": "documents.publish_heads",
    "documents/key_requests.py": "documents.work_key_requests",
    "documents/keys.py": "documents.look_at_keys",
    "documents/samples.py": "documents.sign_samples",
    "permits/services/certificates.py": "permits.sign_due",
    "reports/services/signing.py": "reports.sign_papers",
}


def queue_of(task: str) -> str:
    """Return the queue that a message for this task goes to."""
    return str(current_app.amqp.router.route({}, task)["queue"].name)


def worker(*queues: str) -> Any:
    """Return as much of a worker as the signals look at."""
    return SimpleNamespace(
        app=SimpleNamespace(amqp=SimpleNamespace(queues=SimpleNamespace(consume_from=queues)))
    )


def test_every_module_that_opens_a_key_is_called_by_a_task_of_that_queue() -> None:
    current_app.loader.import_default_modules()
    opening = {
        str(path.relative_to(ROOT))
        for app in (
            "accounts",
            "archives",
            "authority",
            "complaints",
            "demo",
            "documents",
            "notices",
            "permits",
            "portal",
            "reports",
            "surveys",
        )
        for path in (ROOT / app).rglob("*.py")
        if "management" not in path.parts  # commands are for whoever has the keys
        and re.search(r"\bsigner_for\(", path.read_text(encoding="utf-8"))
    } - {"documents/signing.py"}
    assert opening == SIGNERS.keys()
    assert {queue_of(task) for task in SIGNERS.values()} == {"signing"}
    beside_the_heads = "documents.stamp_heads"  # their folder is the signing worker's
    assert queue_of(beside_the_heads) == "signing"
    others = settings.CELERY_BEAT_SCHEDULE.keys() - {*SIGNERS.values(), beside_the_heads}
    assert {queue_of(name) for name in others} == {"portal"}


def test_a_worker_that_takes_signatures_without_keys_does_not_start(settings: Any) -> None:
    settings.SIGNING_DIR = None
    check_signing_worker("portal@here", worker("portal"))
    with pytest.raises(SystemExit, match="needs SIGNING_DIR"):
        check_signing_worker("signing@here", worker("signing"))


def test_a_signing_worker_looks_at_its_keys_when_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr("portal.celery.app.send_task", lambda name, **_options: sent.append(name))
    look_at_keys_first(worker("portal"))
    assert sent == []
    look_at_keys_first(worker("signing"))
    assert sent == ["documents.look_at_keys"]
