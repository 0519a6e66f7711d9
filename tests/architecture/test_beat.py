"""The schedule names real tasks, and every task has a time limit and a name of its own."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from celery import current_app
from django.conf import settings

from tests.architecture.source import modules

OURS = (
    "archives.",
    "authority.",
    "documents.",
    "notices.",
    "permits.",
    "standards.",
    "workflow.",
    "complaints.",
    "surveys.",
    "boards.",
    "reports.",
    "portal.",
)


def strange(schedule: dict[str, dict[str, object]]) -> list[str]:
    """Return the entries whose task is unknown or wants arguments."""
    tasks = current_app.tasks
    found = []
    for name, entry in schedule.items():
        task = tasks.get(str(entry["task"]))
        if task is None or task.run.__code__.co_argcount:
            found.append(name)
    return found


@pytest.fixture(autouse=True)
def _loaded() -> None:
    current_app.loader.import_default_modules()


def test_every_entry_names_a_task_without_arguments():
    assert strange(settings.CELERY_BEAT_SCHEDULE) == []


def test_every_task_is_bounded_and_keeps_no_result():
    ours = [task for name, task in current_app.tasks.items() if name.startswith(OURS)]
    assert ours
    for task in ours:
        assert task.ignore_result, task.name
        assert task.time_limit or settings.CELERY_TASK_TIME_LIMIT, task.name


def test_every_task_of_ours_is_rung_by_beat():
    names = {name for name in current_app.tasks if name.startswith(OURS)}
    scheduled = {str(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert names == scheduled


_ASKED = re.compile(r'notify_on_commit\(("[a-z_.]+"|[A-Z_]+)\)')


def asked_after_commits() -> set[str]:
    """Return the tasks that our apps ask for when a transaction is committed."""
    found: set[str] = set()
    for path, source in modules():
        for word in _ASKED.findall(source):
            module = import_module(path.removesuffix(".py").replace("/", "."))
            found.add(word.strip('"') if word.startswith('"') else getattr(module, word))
    return found


def test_beat_repeats_within_a_minute_what_is_asked_for_after_a_commit():
    """Such a message may be lost, and expires when no worker takes it."""
    asked = asked_after_commits()
    assert {"notices.deliver_due", "permits.print_due", "archives.sign_reports"} <= asked
    schedules = {
        entry["task"]: entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()
    }
    assert [name for name in sorted(asked) if schedules[name] not in (15.0, 20.0, 30.0, 60.0)] == []


def test_the_rule_bites():
    assert strange({"lost": {"task": "permits.no_such_task"}}) == ["lost"]
