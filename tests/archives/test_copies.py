"""Copies as PDF: made by the worker, told by a message, there for a day, for the person alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse

from archives.models import DataCopy
from archives.services import copies
from notices.models import Notice
from tests.archives.test_own_data import asked_again, stale
from tests.factories.canaries import found_in
from tests.factories.permits import NOON, Cast, make_submitted
from workflow.models import JobStatus

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOON, tick=False)


def made(cast: Cast) -> DataCopy:
    copies.order(cast.applicant, at=NOON)
    copies.print_due(NOON)
    return DataCopy.objects.get()


def test_a_copy_is_ordered_once_and_told_when_it_is_ready(cast: Cast):
    first = copies.order(cast.applicant, at=NOON)
    assert copies.order(cast.applicant, at=NOON) == first
    assert not Notice.objects.filter(template="archives/copy_ready").exists()
    copies.print_due(NOON)
    copies.print_due(NOON)
    notice = Notice.objects.get(template="archives/copy_ready")
    assert notice.recipient == cast.applicant
    assert str(first.public_id) in notice.context["path"]


def test_the_database_holds_one_order_at_a_time(cast: Cast):
    row = copies.order(cast.applicant, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataCopy.objects.create(
            person=cast.applicant, asked_at=NOON, next_try_at=NOON, expires_at=row.expires_at
        )


def test_the_paper_holds_what_is_kept(cast: Cast):
    application = make_submitted(cast)
    copy = made(cast)
    words = {
        "name": application.holder_name.lower(), "number": application.number.lower(),
        "national id": application.national_id,
    }  # fmt: skip
    with default_storage.open(str(copy.file.name)) as file:
        assert found_in(file.read(), words=words) == set(words)


def test_a_worker_that_died_is_followed_by_the_next(cast: Cast, monkeypatch):
    copies.order(cast.applicant, at=NOON)
    monkeypatch.setattr(copies.outbox, "post", lambda *a, **k: 1 / 0)
    copies.print_due(NOON)
    assert DataCopy.objects.get().job_status == JobStatus.QUEUED
    monkeypatch.undo()
    copies.print_due(NOON + timedelta(minutes=5))
    assert DataCopy.objects.get().job_status == JobStatus.DONE


def test_the_link_lives_a_day_and_is_the_persons_own(cast: Cast, time_machine):
    copy = made(cast)
    address = reverse("archives:copy_pdf", args=[copy.public_id])
    assert stale(cast.applicant).get(address).status_code == 302  # the password first
    assert asked_again(cast.applicant).get(address)["Content-Type"] == "application/pdf"
    assert asked_again(cast.stranger).get(address).status_code == 404
    time_machine.move_to(NOON + timedelta(hours=24), tick=False)
    late = asked_again(cast.applicant).get(address)
    assert late.status_code == 404
    assert "Salinan hanya disimpan 24 jam" in late.content.decode()


def test_after_a_day_file_and_row_are_gone(cast: Cast, django_capture_on_commit_callbacks):
    copy = made(cast)
    copies.forget_old(NOON + timedelta(hours=23, minutes=59))
    assert default_storage.exists(str(copy.file.name))
    with django_capture_on_commit_callbacks(execute=True):
        copies.forget_old(NOON + timedelta(hours=24))
    assert not default_storage.exists(str(copy.file.name))
    assert not DataCopy.objects.exists()


def test_the_page_orders_and_shows_it(cast: Cast):
    client = asked_again(cast.applicant)
    client.post(reverse("archives:order_copy"))
    assert "PDF sedang dibuat" in client.get(reverse("archives:own")).content.decode()
    copies.print_due(NOON)
    assert "Unduh PDF" in client.get(reverse("archives:own")).content.decode()
