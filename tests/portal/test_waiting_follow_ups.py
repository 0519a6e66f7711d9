"""Follow-ups of surveys wait for whoever is in charge, and stand in their digest."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.officers import officer_of
from boards.services.digests import KIND, send_digests
from notices.models import Notice, Preference
from portal.waiting_counts import counts
from surveys.models import FollowUp, FollowUpDeadline
from surveys.services import follow_ups
from surveys.services.due_work import of_follow_ups
from tests.factories.filing import signed_in
from tests.factories.permits import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def seven(monday: datetime) -> datetime:
    return monday.replace(hour=7, minute=0)


def make_follow_up(cast: Cast, owner: User, due_at: datetime, **facts: Any) -> FollowUp:
    row = FollowUp.objects.create(
        office=cast.office, period="2026-T3", element=f"unsur-{due_at:%d%H}", name="Waktu",
        grade="C", owed=True, opened_at=due_at - timedelta(days=40), programme="Tambah loket",
        owner=owner, **facts,
    )  # fmt: skip
    FollowUpDeadline.objects.create(
        follow_up=row, term_amount=40, term_unit="hari_kalender", started_at=row.opened_at,
        due_on=cast.office.local_date(due_at), due_at=due_at,
    )  # fmt: skip
    return row


def test_it_waits_for_who_is_in_charge_until_it_is_done(
    cast: Cast, monday: datetime, time_machine: Any
) -> None:
    time_machine.move_to(monday, tick=False)
    owner, other = cast.at("front-office"), cast.at("back-office")
    row = make_follow_up(cast, owner, monday - timedelta(hours=2))
    assert counts(officer_of(owner, monday)).follow_ups == 1
    assert counts(officer_of(other, monday)).total == 0
    page = signed_in(owner).get(reverse("portal:waiting")).content.decode()
    assert "Tindak lanjut survei" in page
    assert "Tambah loket" in page
    assert reverse("surveys:finish", args=[row.pk]) in page
    assert "state--late" in page or "late" in page
    follow_ups.finish(
        row, done_on=date(2026, 11, 16), evidence="Foto loket", actor=owner, at=monday
    )
    assert counts(officer_of(owner, monday)).total == 0
    assert Client().get(reverse("portal:waiting")).status_code == 302


def test_it_stands_in_the_digest_due_late_and_reported_to_the_superior(
    cast: Cast, seven: datetime
) -> None:
    owner = cast.at("front-office")
    head = cast.at("kepala-dinas")
    desk = owner.appointments.get().position
    desk.superior = head.appointments.get().position
    desk.save()
    make_follow_up(cast, owner, seven + timedelta(hours=9))
    make_follow_up(cast, owner, seven - timedelta(days=8))
    make_follow_up(cast, owner, seven + timedelta(days=3))
    for person in (owner, head):
        Preference.objects.create(user=person, kind=KIND, mail=Preference.Mail.MORNING)
    send_digests(seven)
    mine = Notice.objects.get(recipient=owner, template=KIND)
    assert [len(mine.context[name]) for name in ("due", "late", "reported")] == [1, 1, 0]
    assert "Tindak lanjut survei Waktu" in mine.context["late"][0]
    above = Notice.objects.get(recipient=head, template=KIND)
    assert above.context["reported"] == ["Tindak lanjut survei Waktu"]
    nobody = of_follow_ups(officer_of(cast.at("back-office"), seven), seven)
    assert not nobody.reported
