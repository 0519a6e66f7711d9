"""The messages in the account: one's own, read when opened, told in the way one chose."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from notices import outbox
from notices.models import Addressee, Notice, Preference
from notices.selectors import PAGE, deliveries_about, unread_count
from notices.services import deliver_due
from tests.factories.accounts import make_office, make_officer, make_position, make_user
from tests.notices.conftest import FACTS
from tests.notices.gateway import FakeGateway

pytestmark = pytest.mark.django_db
INBOX = reverse("notices:messages")
CHOICES = reverse("notices:preferences")


@pytest.fixture
def user(client: Client) -> User:
    user = make_user(full_name="Siti")
    client.force_login(user)
    return user


def post(to: User, at: datetime, key: str = "satu", kind: str = "received") -> Notice:
    outbox.post(key, f"permits/{kind}", to=to, at=at, about="application:1", **FACTS)
    return Notice.objects.get(dedupe_key=key)


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_message_is_there_before_it_left_and_is_read_when_opened(
    client: Client, user: User, monday: datetime
) -> None:
    notice = post(user, monday)
    assert "1 belum dibaca" in page(client, INBOX)
    words = page(client, reverse("notices:message", args=[notice.pk]))
    assert "Permohonan PKU/1 sudah kami terima" in words
    assert "Siti &amp; &lt;Ani&gt;" in words
    assert 'href="/permohonan/1/"' in words
    assert unread_count(user) == 0
    assert "belum dibaca" not in page(client, INBOX)


def test_a_file_is_named_beside_the_words(client: Client, user: User, monday: datetime) -> None:
    card = ("cards/1.pdf", "kartu-kendali.pdf", "application/pdf")
    outbox.post("a", "permits/received", to=user, at=monday, attachments=[card], **FACTS)
    words = page(client, reverse("notices:message", args=[Notice.objects.get().pk]))
    assert "Lampiran dikirim lewat e-mail: kartu-kendali.pdf" in words
    assert "cards/1.pdf" not in words


def test_what_was_sent_is_shown_as_it_was_sent(
    client: Client, user: User, monday: datetime
) -> None:
    notice = post(user, monday)
    deliver_due(monday)
    Notice.objects.filter(pk=notice.pk).update(subject="Dahulu begini", body="Isi waktu itu.")
    words = page(client, reverse("notices:message", args=[notice.pk]))
    assert "Dahulu begini" in words
    assert "Isi waktu itu." in words


def test_nobody_reads_the_messages_of_another(client: Client, user: User, monday: datetime) -> None:
    theirs = post(make_user(), monday)
    account = outbox.post_rendered(address=user.email, subject="x", body="rahasia", at=monday)
    Notice.objects.filter(pk=account.pk).update(recipient=user)
    for notice in (theirs, account):
        assert client.get(reverse("notices:message", args=[notice.pk])).status_code == 404
    assert "Belum ada pesan" in page(client, INBOX)
    client.post(reverse("notices:read_all"))
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_a_copy_to_the_telephone_is_no_second_message(
    client: Client, gateway: FakeGateway, person: User, monday: datetime
) -> None:
    post(person, monday)
    assert Notice.objects.count() == 2
    assert unread_count(person) == 1


def test_older_messages_are_a_page_away(client: Client, user: User, monday: datetime) -> None:
    for number in range(PAGE + 1):
        post(user, monday, f"ke-{number}")
    first = page(client, INBOX)
    assert first.count('class="file-link"') == PAGE
    oldest = Notice.objects.order_by("-pk")[PAGE - 1].pk
    assert f'href="?sebelum={oldest}"' in first
    assert page(client, f"{INBOX}?sebelum={oldest}").count('class="file-link"') == 1
    for spoiled in ("x", "-1", "9" * 30, "\u0664"):
        assert page(client, f"{INBOX}?sebelum={spoiled}").count('class="file-link"') == PAGE


def test_counting_is_one_question_and_none_for_strangers(
    client: Client, monday: datetime, django_assert_max_num_queries: object
) -> None:
    user = make_user()
    for number in range(5):
        post(user, monday, f"ke-{number}")
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        assert unread_count(user) == 5
    assert "belum dibaca" not in page(client, reverse("portal:home"))


def test_everything_can_be_marked_as_read(client: Client, user: User, monday: datetime) -> None:
    post(user, monday, "a")
    post(user, monday, "b")
    assert client.get(reverse("notices:read_all"))["Location"] == INBOX
    assert client.post(reverse("notices:read_all"))["Location"] == INBOX
    assert unread_count(user) == 0


# --- choices ------------------------------------------------------------------------------------


def form(client: Client) -> dict[str, str]:
    """Return the form of choices as a browser would send it back unchanged."""
    shown = client.get(CHOICES).context["form"]
    return {bound.html_name: bound.value() for bound in shown if bound.value() not in (None, False)}


def number_of(client: Client, code: str) -> int:
    kinds = client.get(CHOICES).context["form"].kinds
    return [kind.code for kind in kinds].index(code)


def test_choices_are_kept_and_followed(client: Client, user: User, monday: datetime) -> None:
    sent = form(client)
    accepted = number_of(client, "permits/accepted")
    assert client.post(CHOICES, {**sent, "language": "en", f"mail-{accepted}": "tidak"}).url == (  # type: ignore[attr-defined]
        CHOICES
    )
    assert Addressee.objects.get(user=user).language == "en"
    assert post(user, monday, kind="accepted").channel == "akun"
    assert form(client)[f"mail-{accepted}"] == "tidak"
    assert Preference.objects.get(user=user, kind="permits/received").mail == "segera"


def test_what_is_urgent_cannot_be_refused(client: Client, user: User) -> None:
    returned = number_of(client, "permits/returned")
    sent = form(client)
    assert f"mail-{returned}" not in sent
    client.post(CHOICES, {**sent, f"mail-{returned}": "tidak"})
    assert Preference.objects.get(user=user, kind="permits/returned").mail == "segera"


def test_telephones_are_offered_only_with_a_gateway(client: Client, user: User) -> None:
    assert "SMS" not in page(client, CHOICES)


def test_an_sms_needs_a_mobile_number(client: Client, user: User, gateway: FakeGateway) -> None:
    accepted = number_of(client, "permits/accepted")
    wanted = {**form(client), f"sms-{accepted}": "on"}
    for phone in ("", "0761 28262"):
        answer = client.post(CHOICES, {**wanted, "phone": phone})
        assert "isi nomor telepon seluler" in answer.content.decode()
    assert client.post(CHOICES, {**wanted, "phone": "0812 3456 7890"}).status_code == 302
    user.refresh_from_db()
    assert user.phone == "0812 3456 7890"
    assert Preference.objects.get(user=user, kind="permits/accepted").sms


def test_only_superiors_choose_for_reports_of_delay(client: Client, user: User) -> None:
    head = make_position(make_office())
    desk = make_position(head.office, superior=head)
    assert "Laporan keterlambatan" not in page(client, CHOICES)
    client.force_login(make_officer(desk))
    assert "Laporan keterlambatan" not in page(client, CHOICES)
    client.force_login(make_officer(head))
    assert "Laporan keterlambatan" in page(client, CHOICES)


# --- the file -----------------------------------------------------------------------------------


def test_the_file_knows_what_became_of_each_message(
    gateway: FakeGateway, person: User, monday: datetime
) -> None:
    gateway.mode = 400
    post(person, monday)
    waiting = deliveries_about("application:1")
    assert {row.state for row in waiting} == {"waiting"}
    deliver_due(monday)
    states = {row.text.split(" ")[0]: row for row in deliveries_about("application:1")}
    assert states["Dikirim"].text == f"Dikirim lewat e-mail {person.email}."
    failed = states["Gagal"]
    assert (failed.meaning, failed.actor) == ("late", "Siti")
    assert failed.text.startswith("Gagal dikirim lewat SMS +6281234567890. HTTP 400")


def test_a_person_sees_only_what_went_to_them(person: User, monday: datetime) -> None:
    officer = make_user(full_name="Petugas")
    post(person, monday)
    post(officer, monday, "dua")
    assert len(deliveries_about("application:1")) == 2
    (row,) = deliveries_about("application:1", to=person)
    assert (row.title, row.actor) == ("Permohonan diterima", "")
