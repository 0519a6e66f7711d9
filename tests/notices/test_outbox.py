"""The outbox: once per key, in the way each person chose, at an hour that disturbs nobody."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone, translation

from accounts.domain.phones import mobile
from accounts.models import Office, User
from notices import outbox
from notices.domain.hours import quiet_until
from notices.models import Addressee, Channel, MessageHours, Notice, Preference
from notices.outbox import Post, post_many
from notices.services import deliver_due, gather_digests
from tests.architecture.source import modules
from tests.factories.accounts import make_office, make_user
from tests.notices.conftest import FACTS
from workflow.domain.dates import weekday_date
from workflow.formats import day_lazy
from workflow.models import JobStatus

pytestmark = pytest.mark.django_db
WIT = timezone.get_fixed_timezone(9 * 60)


@pytest.fixture
def office(db: None) -> Office:
    """An office in Jayapura that is quiet from eight in the evening to six."""
    office = make_office(time_zone="Asia/Jayapura")
    MessageHours.objects.create(office=office, quiet_from=time(20), quiet_until=time(6))
    return office


def post(to: User, at: datetime, key: str = "satu", kind: str = "accepted", **more: object) -> None:
    outbox.post(key, f"permits/{kind}", to=to, at=at, **{**FACTS, **more})


def wish(user: User, mail: str, kind: str = "accepted") -> None:
    Preference.objects.create(user=user, kind=f"permits/{kind}", mail=mail)


def test_the_same_key_is_one_message(monday: datetime) -> None:
    user = make_user()
    post(user, monday)
    post(user, monday + timedelta(hours=1))
    assert Notice.objects.get().created_at == monday


def test_many_are_owed_in_few_questions(
    monday: datetime, django_assert_max_num_queries: object
) -> None:
    people = [make_user() for _ in range(40)]
    posts = [Post(f"banyak:{one.pk}", "permits/moved", one, context=FACTS) for one in people]
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        post_many(posts, at=monday)
    post_many(posts, at=monday)
    assert Notice.objects.count() == 40


def test_a_kind_nobody_registered_is_a_mistake(monday: datetime) -> None:
    with pytest.raises(LookupError, match="permits/unknown"):
        outbox.post("x", "permits/unknown", to=make_user(), at=monday)


# --- the mail server -----------------------------------------------------------------------------


class Refusing(EmailBackend):
    """A mail server that answers with ``error``."""

    error: Exception

    def send_messages(self, messages: object) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SMTPRecipientsRefused({"a": (550, b"no such user")}), JobStatus.FAILED),
        (SMTPRecipientsRefused({"a": (450, b"greylisted")}), JobStatus.QUEUED),
        (SMTPDataError(554, b"refused"), JobStatus.FAILED),
        (SMTPDataError(451, b"later"), JobStatus.QUEUED),
        (TimeoutError("slow"), JobStatus.QUEUED),
    ],
)
def test_only_a_lasting_no_is_final(
    monday: datetime, settings: object, error: Exception, state: str
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"  # type: ignore[attr-defined]
    Refusing.error = error
    post(make_user(), monday)
    deliver_due(monday)
    notice = Notice.objects.get()
    assert (notice.job_status, notice.attempts) == (state, 1)


def test_after_twelve_tries_it_is_visible(monday: datetime, settings: object) -> None:
    settings.EMAIL_BACKEND = "tests.factories.mail.DownBackend"  # type: ignore[attr-defined]
    post(make_user(), monday)
    for day in range(12):
        assert Notice.objects.get().job_status == JobStatus.QUEUED
        deliver_due(monday + timedelta(days=day))
    assert Notice.objects.get().job_status == JobStatus.FAILED


def test_a_line_break_cannot_become_a_header(monday: datetime) -> None:
    post(make_user(), monday, number="1\r\nBcc: jahat@contoh.test\u2028x")
    assert deliver_due(monday).done == 1
    one = mail.outbox[0]
    assert "\r" not in one.subject
    assert one.recipients() == one.to
    assert "Bcc" not in one.message()


def test_an_account_mail_is_forgotten_once_sent_and_knows_no_quiet_hours(monday: datetime) -> None:
    notice = outbox.post_rendered(address="a@contoh.test", subject="x", body="rahasia", at=monday)
    assert notice.urgent
    deliver_due(monday)
    notice.refresh_from_db()
    assert (notice.context, notice.body) == ({}, "")


def test_what_was_said_is_kept(monday: datetime) -> None:
    post(make_user(), monday, promised="Senin")
    deliver_due(monday)
    assert "paling lambat Senin" in Notice.objects.get().body


def test_a_message_is_written_in_the_language_of_its_reader(monday: datetime) -> None:
    user = make_user()
    Addressee.objects.create(user=user, language="en")
    post(user, monday, promised="Senin")
    deliver_due(monday)
    assert mail.outbox[0].subject == "Application PKU/1 is complete and correct: promised by Senin"


def test_facts_are_written_in_the_language_of_each_recipient(monday: datetime) -> None:
    reader, other = make_user(), make_user()
    Addressee.objects.create(user=reader, language="en")
    day = day_lazy(monday.date())
    with translation.override("en"):  # of whoever presses the button
        for user in (reader, other):
            post(user, monday, f"bahasa:{user.pk}", promised=day, moved=[day, "PKU/1"])
    found = {row.recipient_id: row.context for row in Notice.objects.all()}
    english, indonesian = f"{monday:%A, %-d %B %Y}", weekday_date(monday.date())
    assert (found[reader.pk]["promised"], found[reader.pk]["moved"][0]) == (english, english)
    assert (found[other.pk]["promised"], found[other.pk]["moved"]) == (
        indonesian,
        [indonesian, "PKU/1"],
    )


def test_what_posts_messages_writes_no_date_before_the_recipient_is_known() -> None:
    early = [
        (path, line)
        for path, text in modules()
        if re.search(r"^from notices import outbox|^from notices.outbox import", text, re.M)
        for line in re.findall(r"^from workflow\.(?:domain\.dates|formats) import .*", text, re.M)
        if any(not name.endswith("_lazy") for name in line.split(" import ")[1].split(", "))
    ]
    assert early == []


# --- ways ---------------------------------------------------------------------------------------


def test_whoever_wants_no_mail_finds_it_in_the_account(monday: datetime) -> None:
    user = make_user()
    wish(user, "tidak")
    post(user, monday)
    assert deliver_due(monday).done == 1
    notice = Notice.objects.visible_to(user).get()
    assert (notice.channel, notice.sent_at is None) == (Channel.ACCOUNT, False)
    assert mail.outbox == []


@pytest.mark.parametrize("chosen", ["tidak", "harian"])
def test_what_is_urgent_always_goes_by_mail_at_once(monday: datetime, chosen: str) -> None:
    user = make_user()
    wish(user, chosen, "returned")
    post(user, monday, kind="returned", faults=["KTP"], note="")
    deliver_due(monday)
    assert len(mail.outbox) == 1


def test_a_message_with_a_file_waits_for_no_digest(monday: datetime) -> None:
    user = make_user()
    wish(user, "harian")
    post(user, monday, attachments=[("x.pdf", "x.pdf", "application/pdf")])
    assert Notice.objects.get().channel == Channel.EMAIL


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0812 3456 7890", "+6281234567890"), ("+62 812-3456-7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"), ("(0812) 34567890", "+6281234567890"),
        ("0761 28262", ""), ("", ""), ("bukan nomor", ""), ("+1 202 555", ""),
    ],
)  # fmt: skip
def test_numbers_are_written_as_gateways_want_them(written: str, number: str) -> None:
    assert mobile(written) == number


# --- the digest ---------------------------------------------------------------------------------


def test_the_day_is_one_mail(monday: datetime) -> None:
    user = make_user(full_name="Siti")
    wish(user, "harian")
    wish(user, "harian", "received")
    post(user, monday, "a", "received")
    post(user, monday + timedelta(hours=1), "b")
    evening = monday.replace(hour=16)
    assert deliver_due(evening - timedelta(minutes=1)).done == 0
    assert gather_digests(evening - timedelta(minutes=1)).done == 0
    assert gather_digests(evening).done == 1
    assert gather_digests(evening).done == 0
    deliver_due(evening)
    (one,) = mail.outbox
    assert one.subject == "Rangkuman: 2 kabar untuk Anda"
    assert "- Permohonan PKU/1 sudah kami terima" in one.body
    assert "http://127.0.0.1:8000/permohonan/1/" in one.body
    lines = Notice.objects.visible_to(user)
    assert {line.gathered_in.sent_at for line in lines} == {
        Notice.objects.get(template="digest").sent_at
    }
    assert lines.count() == 2  # the digest itself is no message of its own


def test_what_comes_after_the_digest_goes_with_the_next(monday: datetime) -> None:
    user = make_user()
    wish(user, "harian")
    evening = monday.replace(hour=16)
    post(user, monday, "a")
    gather_digests(evening)
    Notice.objects.filter(dedupe_key="a").update(urgent=False)
    post(user, monday, "terlambat-masuk")  # its transaction ended after the digest was gathered
    assert gather_digests(evening + timedelta(minutes=1)).done == 0
    assert gather_digests(evening + timedelta(days=1, minutes=1)).done == 1
    assert Notice.objects.filter(template="digest").count() == 2
    assert Notice.objects.filter(channel="rangkuman", gathered_in=None).count() == 0


def test_a_digest_missed_for_three_days_is_sent_once(monday: datetime) -> None:
    user = make_user()
    wish(user, "harian")
    for day in range(3):
        post(user, monday + timedelta(days=day), f"hari-{day}")
    later = monday + timedelta(days=3, hours=12)
    gather_digests(later)
    deliver_due(later)
    assert [one.subject for one in mail.outbox] == ["Rangkuman: 3 kabar untuk Anda"]


# --- quiet hours --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "end"),
    [
        (19, None), (20, 6), (23, 6), (5, 6), (6, None), (12, None),
    ],
)  # fmt: skip
def test_quiet_hours_go_over_midnight(hour: int, end: int | None) -> None:
    at = datetime(2026, 11, 16, hour, 0, tzinfo=WIT)
    found = quiet_until(at, time(20), time(6), WIT)
    assert (found and found.hour) == end
    assert found is None or timedelta(0) < found - at <= timedelta(hours=10)


def test_what_can_wait_waits_for_the_morning_of_the_office(office: Office) -> None:
    night = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)  # nine in the evening in Jayapura
    user = make_user()
    post(user, night, "biasa", sender=office)
    post(user, night, "mendesak", "rejected", sender=office, note="")
    post(user, night, "tanpa-kantor")
    assert deliver_due(night).done == 2
    waiting = Notice.objects.get(dedupe_key="biasa")
    assert waiting.sent_at is None
    assert waiting.next_try_at == datetime(2026, 11, 16, 21, 0, tzinfo=UTC)
    assert waiting.attempts == 0
    assert deliver_due(datetime(2026, 11, 16, 20, 59, tzinfo=UTC)).done == 0
    assert deliver_due(datetime(2026, 11, 16, 21, 0, tzinfo=UTC)).done == 1


def test_a_retry_keeps_to_the_quiet_hours_too(office: Office, settings: object) -> None:
    before = datetime(2026, 11, 16, 10, 59, 58, tzinfo=UTC)  # two seconds before they begin
    working = settings.EMAIL_BACKEND  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "tests.factories.mail.DownBackend"  # type: ignore[attr-defined]
    post(make_user(), before, sender=office)
    deliver_due(before)
    settings.EMAIL_BACKEND = working  # type: ignore[attr-defined]
    assert deliver_due(before + timedelta(minutes=1)).done == 0
    assert Notice.objects.get().attempts == 1


def test_nobody_who_left_is_written_to(monday: datetime) -> None:
    user = make_user(phone="081234567890")
    post(user, monday)
    post(user, monday, "dua", "returned")
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    post(user, monday, "tiga", "returned")
    deliver_due(monday)
    assert mail.outbox == []
    assert {row.channel for row in Notice.objects.all()} == {Channel.ACCOUNT}
    assert {row.job_status for row in Notice.objects.all()} == {JobStatus.DONE}
