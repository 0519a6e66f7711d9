"""An administrator is asked once, and the question goes away with its cause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from portal import admin, health
from tests.factories.accounts import make_admin
from workflow import admin_tasks
from workflow.models import AdminTask

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
LATER = AT + timedelta(days=1)
KEY = "superior:7"


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(admin_tasks.SENTENCES, "uji", "Lengkapi jabatan %(name)s.")


def ask(at: datetime = AT, name: str = "Kepala") -> bool:
    return admin_tasks.open_task(KEY, "uji", at=at, path="/admin/", name=name)


def test_it_is_asked_once_and_the_facts_are_renewed():
    assert ask()
    assert not ask(LATER, "Sekretaris")
    admin_task = AdminTask.objects.get()
    assert (admin_task.opened_at, admin_tasks.sentence(admin_task)) == (
        AT,
        "Lengkapi jabatan Sekretaris.",
    )


def test_an_admin_task_closed_by_the_portal_comes_back_with_its_cause():
    ask()
    assert admin_tasks.close_task(KEY, at=AT)
    assert not admin_tasks.close_task(KEY, at=AT)
    assert ask(LATER)
    assert admin_tasks.waiting().get().opened_at == LATER


def test_an_admin_task_closed_by_a_person_stays_closed():
    ask()
    admin_tasks.close_task(KEY, at=AT, actor=make_admin())
    assert not ask(LATER)
    assert not admin_tasks.waiting().exists()


def test_a_kind_without_a_sentence_is_refused():
    with pytest.raises(ValueError, match="no sentence"):
        admin_tasks.open_task("a", "tanpa_kalimat", at=AT)


def test_admin_index_and_health_show_it_and_the_list_closes_it(client: Client):
    ask()
    assert {"text": "Lengkapi jabatan Kepala.", "url": "/admin/"} in [
        item for concern in admin.concerns(make_admin()) for item in concern["items"]
    ]
    assert health.examine(AT).admin_tasks == 1
    person = make_admin()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("admin:workflow_admintask_changelist")
    assert "Lengkapi jabatan Kepala." in client.get(page).content.decode()
    client.post(page, {"action": "close", "_selected_action": [AdminTask.objects.get().pk]})
    assert AdminTask.objects.get().closed_by == person
    assert health.examine(AT).admin_tasks == 0
