"""Erasure of an account: what can go goes, what the law keeps is refused with its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessLog
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import User
from archives.services import erasure
from notices.models import Notice
from permits.models import Application, Document
from tests.archives.test_own_data import asked_again, signed_in, stale
from tests.archives.test_requests import asked
from tests.archives.world import found_in_database
from tests.factories.accounts import make_user
from tests.factories.permits import NOON, Cast, make_draft_application, make_submitted
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db


def link(user: User) -> str:
    """Return the address that was mailed."""
    return Notice.objects.get(template="archives/confirm_erasure", recipient=user).context["path"]


def test_a_sent_file_keeps_the_account_and_the_page_says_why(cast: Cast):
    make_submitted(cast)
    client = signed_in(cast.applicant)
    page = client.get(reverse("archives:erase")).content.decode()
    assert "wajib disimpan sebagai arsip (UU 43/2009)" in page
    client.post(reverse("archives:erase"))
    assert not Notice.objects.filter(template="archives/confirm_erasure").exists()


def test_officers_and_open_requests_keep_it(cast: Cast):
    for person, code in (
        (cast.at("front-office"), "account_serves"),
        (asked(cast).person, "account_has_requests"),
    ):
        with pytest.raises(DomainError) as raised:
            erasure.erase_account(person)
        assert raised.value.code == code


def test_the_account_goes_with_everything_in_it(cast: Cast, django_capture_on_commit_callbacks):
    person = make_user("kenarisurel@contoh.test", full_name="Kenarinama")
    draft = make_draft_application(cast, applicant=person)
    Application.objects.filter(pk=draft.pk).update(holder_name="Kenaripemegang")
    names = list(Document.objects.filter(application=draft).values_list("file", flat=True))
    AccessLog.objects.create(username=person.email, ip_address="192.0.2.7")
    client = asked_again(person)
    client.post(reverse("archives:erase"))
    address = link(person)
    assert User.objects.filter(pk=person.pk).exists()
    assert "Hapus akun ini sekarang?" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        gone = client.post(address)
    assert gone["Location"] == "/"
    assert names
    assert not any(default_storage.exists(name) for name in names)
    assert found_in_database("kenari") == []
    assert client.get(reverse("archives:own")).status_code == 302  # signed out


def test_the_link_is_the_persons_own_and_lives_a_day(cast: Cast, time_machine):
    time_machine.move_to(NOON, tick=False)
    erasure.ask_to_erase(cast.applicant, at=NOON)
    assert asked_again(cast.stranger).get(link(cast.applicant)).status_code == 404
    assert stale(cast.applicant).get(link(cast.applicant)).status_code == 302  # the password
    time_machine.move_to(NOON + timedelta(hours=24, seconds=1), tick=False)
    assert asked_again(cast.applicant).post(link(cast.applicant)).status_code == 404
    assert User.objects.filter(pk=cast.applicant.pk).exists()


def test_a_file_sent_meanwhile_keeps_the_account(cast: Cast):
    erasure.ask_to_erase(cast.applicant, at=NOON)
    make_submitted(cast)
    asked_again(cast.applicant).post(link(cast.applicant))
    assert User.objects.filter(pk=cast.applicant.pk).exists()
