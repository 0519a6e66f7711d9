"""The administration of messages: what failed is sent again, words are tried before use."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from notices import outbox
from notices.models import MessageHours, MessageTemplate, Notice
from notices.services import deliver_due, enqueue_again, report_failures
from tests.factories.accounts import make_admin, make_office, make_user
from tests.factories.admin import problems, typed
from tests.notices.conftest import FACTS
from workflow.models import JobStatus

pytestmark = pytest.mark.django_db
NOTICES = reverse("admin:notices_notice_changelist")
WORDS_ADD = reverse("admin:notices_messagetemplate_add")


@pytest.fixture
def clerk(client: Client) -> User:
    user = make_admin(full_name="Admin Uji")
    client.force_login(user)
    return user


@pytest.fixture
def failed(monday: datetime) -> Notice:
    outbox.post("gagal", "permits/received", to=make_user(), at=monday, **FACTS)
    Notice.objects.update(job_status=JobStatus.FAILED, attempts=12, last_error="550 tidak ada")
    return Notice.objects.get()


def resend(client: Client, *notices: Notice) -> str:
    keys = [str(one.pk) for one in notices]
    answer = client.post(NOTICES, {"action": "resend", "_selected_action": keys}, follow=True)
    return answer.content.decode()


# --- what failed --------------------------------------------------------------------------------


def test_what_failed_shows_its_reason_and_is_sent_again(
    client: Client, clerk: User, failed: Notice
) -> None:
    shown = client.get(f"{NOTICES}?job_status__exact=gagal").content.decode()
    assert "550 tidak ada" in shown
    assert "1 pesan dikirim ulang." in resend(client, failed)
    failed.refresh_from_db()
    assert (failed.job_status, failed.attempts, failed.resent_by) == (JobStatus.QUEUED, 0, clerk)
    assert failed.resent_at is not None
    assert LogEntry.objects.get().user == clerk
    assert deliver_due(failed.resent_at).done == 1
    assert len(mail.outbox) == 1


def test_what_was_sent_is_not_sent_again(client: Client, clerk: User, failed: Notice) -> None:
    Notice.objects.update(job_status=JobStatus.DONE)
    assert "0 pesan dikirim ulang." in resend(client, failed)
    failed.refresh_from_db()
    assert (failed.job_status, failed.resent_by) == (JobStatus.DONE, None)
    assert not LogEntry.objects.exists()


def test_administrators_hear_of_failures_once_a_day(
    clerk: User, failed: Notice, monday: datetime
) -> None:
    make_user(is_staff=True)  # who may not see messages is not told of them
    assert report_failures(monday) == 1
    assert report_failures(monday + timedelta(hours=1)) == 1
    deliver_due(monday)
    (one,) = mail.outbox
    assert (one.to, one.subject) == ([clerk.email], "Pesan yang gagal dikirim: 1")
    assert "- Permohonan diterima: 1\n" in one.body
    assert f"http://127.0.0.1:8000{NOTICES}?job_status__exact=gagal" in one.body
    report_failures(monday + timedelta(days=1))
    assert Notice.objects.filter(template="notices/failed").count() == 2


def test_nobody_is_told_that_nothing_failed(clerk: User, monday: datetime) -> None:
    assert report_failures(monday) == 0
    assert not Notice.objects.exists()


def test_two_administrators_resend_once(clerk: User, failed: Notice, monday: datetime) -> None:
    later = monday + timedelta(days=1)
    assert enqueue_again(failed, actor=clerk, at=later)
    assert not enqueue_again(failed, actor=make_admin(), at=later)
    failed.refresh_from_db()
    assert failed.resent_by == clerk


def test_somebody_who_may_only_look_resends_nothing(client: Client, failed: Notice) -> None:
    looker = make_user(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_notice"))
    client.force_login(looker)
    assert client.get(NOTICES).status_code == 200
    resend(client, failed)
    failed.refresh_from_db()
    assert failed.job_status == JobStatus.FAILED


def test_the_words_of_an_account_mail_are_nowhere_in_the_administration(
    client: Client, clerk: User, monday: datetime
) -> None:
    notice = outbox.post_rendered(
        address="a@contoh.test", subject="x", body="tautan-rahasia", at=monday
    )
    page = reverse("admin:notices_notice_change", args=[notice.pk])
    for url in (NOTICES, page):
        assert "tautan-rahasia" not in client.get(url).content.decode()


# --- words --------------------------------------------------------------------------------------


def test_an_administrator_starts_from_our_words(client: Client, clerk: User) -> None:
    start = client.get(WORDS_ADD).content.decode()
    assert "?kind=permits%2Freturned&amp;language=en" in start
    page = client.get(WORDS_ADD, {"kind": "permits/returned", "language": "id"})
    form = page.context["adminform"].form
    assert form["subject"].value() == "Permohonan {nomor} perlu dilengkapi"
    assert "\n{kekurangan}\n" in form["body"].value()
    assert "<code>&#123;kekurangan&#125;</code>" in page.content.decode()


def test_words_are_tried_with_a_sample_before_they_are_used(
    client: Client, clerk: User, monday: datetime
) -> None:
    page = client.get(WORDS_ADD, {"kind": "permits/returned", "language": "id"})
    sent = typed(page, subject="Lengkapi {nomor}", body="<b>Halo</b> {nama}\n{kekurangan}")
    answer = client.post(WORDS_ADD, sent)
    assert problems(answer) == []
    row = MessageTemplate.objects.get()
    assert not row.in_use
    preview = reverse("admin:notices_messagetemplate_preview", args=[row.pk])
    assert (
        preview
        in client.get(
            reverse("admin:notices_messagetemplate_change", args=[row.pk])
        ).content.decode()
    )
    shown = client.get(preview)
    words = shown.content.decode()
    assert "Lengkapi PKU/2026/000123" in words
    assert "Halo&lt;/b&gt; Siti Aminah" in words
    assert 'sandbox=""' in words
    assert "<b>Halo" not in words
    assert "&amp;lt;b&amp;gt;Halo" in words  # escaped in the mail, and once more in srcdoc
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    "body", ["{0.__class__}", "{nama.__class__}", "{{ settings.SECRET_KEY }}", "{password}"]
)
def test_an_attack_is_refused_at_its_field(client: Client, clerk: User, body: str) -> None:
    page = client.get(WORDS_ADD, {"kind": "permits/received", "language": "id"})
    said = problems(client.post(WORDS_ADD, typed(page, body=body)))
    assert len(said) == 1
    assert said[0].startswith(("Isian tidak dikenal", "Kurung kurawal hanya untuk isian"))
    assert not MessageTemplate.objects.exists()


def test_a_subject_brings_no_second_header(client: Client, clerk: User) -> None:
    page = client.get(WORDS_ADD, {"kind": "permits/received", "language": "id"})
    client.post(WORDS_ADD, typed(page, subject="a\r\nBcc: x@y.test"))
    kept = MessageTemplate.objects.get()
    assert kept.subject == "a Bcc: x@y.test"
    kept.subject = "a\r\nBcc: x@y.test"
    with pytest.raises(ValidationError):
        kept.full_clean()


def test_an_unknown_kind_is_refused(client: Client, clerk: User) -> None:
    page = client.get(WORDS_ADD, {"kind": "permits/received", "language": "id"})
    assert problems(client.post(WORDS_ADD, typed(page, kind="account/password")))
    assert client.get(WORDS_ADD, {"kind": "../../etc/passwd"}).status_code == 200


def test_a_preview_is_for_those_who_may_see_the_words(client: Client, failed: Notice) -> None:
    row = MessageTemplate.objects.create(kind="permits/received", subject="x", body="y")
    looker = make_user(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_notice"))
    client.force_login(looker)
    preview = reverse("admin:notices_messagetemplate_preview", args=[row.pk])
    assert client.get(preview).status_code == 403


# --- hours --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "kept"),
    [("20:00", "06:00", True), ("", "", True), ("20:00", "", False), ("20:00", "20:00", False)],
)
def test_quiet_hours_have_two_ends(
    client: Client, clerk: User, begins: str, ends: str, kept: bool
) -> None:
    office = make_office()
    url = reverse("admin:notices_messagehours_add")
    answer = client.post(
        url,
        typed(client.get(url), office=str(office.pk), quiet_from=begins, quiet_until=ends),
    )
    assert bool(problems(answer)) is not kept
    assert MessageHours.objects.filter(office=office).exists() is kept
