"""Officers: one digest a working day, by desk, at the hour they chose; only their own kinds."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from accounts.models import User
from notices import kinds, outbox
from notices.models import Addressee, Channel, Notice, Preference
from notices.selectors import kinds_for
from notices.services import deliver_due, gather_digests
from permits.models import ApplicationDeadline
from tests.factories.accounts import make_admin, make_user
from tests.factories.complaints import OFFICER, make_complaint_desk
from tests.factories.permits import Cast, make_accepted, make_submitted
from tests.notices.conftest import FACTS
from workflow import alarms

pytestmark = pytest.mark.django_db
LATE = {**FACTS, "holder": "SMK Uji", "term": "Layanan", "place": "", "position": "Sekretaris"}


def late(to: User, at: datetime, key: str, desk: str = "Tim Teknis", **more: Any) -> Notice:
    """Post the message to a superior about a late file."""
    outbox.post(key, "permits/escalated", to=to, at=at, **{**LATE, "desk": desk, **more})
    return Notice.objects.get(dedupe_key=key)


def codes(user: User, at: datetime) -> set[str]:
    return {kind.code for kind in kinds_for(user, at)}


def test_ten_late_files_are_one_mail_by_desk(cast: Cast, monday: datetime) -> None:
    head = cast.at("kepala-dinas")
    for number in range(10):
        desk = "Tim Teknis" if number % 2 else "Back Office"
        late(head, monday, f"k{number}", desk, sender=cast.office)
    deliver_due(monday)
    assert mail.outbox == []
    evening = monday.replace(hour=16)
    gather_digests(evening)
    deliver_due(evening)
    (one,) = mail.outbox
    assert one.subject == "Rangkuman: 10 kabar untuk Anda"
    assert one.body.index("Back Office\n") < one.body.index("Tim Teknis\n")
    assert one.body.count("Laporan keterlambatan: berkas PKU/1 di Tim Teknis") == 5


def test_the_files_of_a_digest_are_attached_under_names_of_their_own(
    cast: Cast, monday: datetime
) -> None:
    head = cast.at("kepala-dinas")
    for number in (1, 2):
        path = default_storage.save("cards/uji.pdf", ContentFile(b"%PDF"))
        card = (path, "kartu-kendali.pdf", "application/pdf")
        late(head, monday, f"k{number}", attachments=[card])
    gather_digests(monday.replace(hour=16))
    deliver_due(monday.replace(hour=16))
    names = [part.filename for part in mail.outbox[0].attachments]
    assert names == ["1-kartu-kendali.pdf", "2-kartu-kendali.pdf"]


def test_a_person_chooses_the_hour(cast: Cast, monday: datetime) -> None:
    head, other = cast.at("kepala-dinas"), cast.at("sekretaris")
    Addressee.objects.create(user=head, digest_at=time(7, 30))
    assert late(head, monday, "a", sender=cast.office).next_try_at == (
        monday.replace(hour=7, minute=30) + timedelta(days=1)
    )
    assert late(other, monday, "b", sender=cast.office).next_try_at == monday.replace(hour=16)


@pytest.mark.parametrize("with_office", [True, False])
def test_no_digest_leaves_on_a_day_without_work(
    cast: Cast, monday: datetime, calendar: None, with_office: bool
) -> None:
    saturday = monday + timedelta(days=5)
    office = cast.office if with_office else None
    waiting = late(cast.at("kepala-dinas"), saturday, "a", sender=office)
    assert waiting.next_try_at == (monday + timedelta(days=7)).replace(hour=16)


def test_what_cannot_wait_is_sent_at_once_and_what_a_person_wants_at_once_too(
    cast: Cast, monday: datetime
) -> None:
    head = cast.at("kepala-dinas")
    assert kinds.get("complaints/undelivered").urgent
    officers = (kinds.Audience.OFFICER, kinds.Audience.SUPERIOR, kinds.Audience.COMPLAINTS)
    urgent = {kind.code for kind in kinds.every(officers) if kind.urgent}
    assert urgent == {
        "complaints/undelivered",
        "authority/proposed", "authority/settled", "authority/alone", "authority/operator",
        "archives/request_arrived", "archives/request_overdue",
    }  # fmt: skip
    Preference.objects.create(user=head, kind="permits/escalated", mail="segera")
    assert late(head, monday, "a").channel == Channel.EMAIL


def test_steps_counted_in_minutes_tell_nobody(cast: Cast, monday: datetime) -> None:
    application = make_accepted(cast, monday)
    application.deadlines.exclude(kind="langkah").delete()
    row = application.deadlines.filter(met_at=None).get()
    assert row.term_unit == "hari_kerja"
    ApplicationDeadline.objects.filter(pk=row.pk).update(term_unit="menit_kerja")
    for day in range(1, 6):
        alarms.watch_terms(monday + timedelta(days=day))
    row.refresh_from_db()
    assert row.breached_at is not None
    about = Notice.objects.filter(about=f"application:{application.pk}")
    assert not about.exclude(recipient=cast.applicant).exists()


def test_everybody_is_offered_the_kinds_of_their_role(cast: Cast, monday: datetime) -> None:
    make_complaint_desk(cast)
    applicant = codes(make_user(), monday)
    clerk, officer = codes(cast.at("front-office"), monday), codes(cast.at(OFFICER), monday)
    assert "permits/ready" in applicant
    assert not applicant & {"permits/overdue", "complaints/new", "notices/failed"}
    assert {"permits/overdue", "permits/arrived"} <= clerk
    assert not clerk & {"permits/ready", "complaints/new", "notices/failed"}
    late_reports = {"permits/escalated", "complaints/escalated"}
    assert not clerk & late_reports
    assert late_reports <= codes(cast.at("kepala-dinas"), monday)
    assert {"permits/overdue", "complaints/new"} <= officer
    assert {"notices/failed", "notices/admin_task"} <= codes(make_admin(), monday)
    make_submitted(cast, monday, applicant=cast.at("back-office"))
    assert "permits/ready" in codes(cast.at("back-office"), monday)


def test_an_officer_may_ask_to_be_told_of_each_new_file(cast: Cast, monday: datetime) -> None:
    front = cast.at("front-office")
    make_submitted(cast, monday)
    told = Notice.objects.filter(template="permits/arrived")
    assert not told.exists()
    Preference.objects.create(user=front, kind="permits/arrived", mail="segera")
    Preference.objects.create(user=cast.at("back-office"), kind="permits/arrived", mail="segera")
    application = make_submitted(cast, monday)
    assert [row.recipient for row in told] == [front]
    deliver_due(monday)
    assert str(application.number) in mail.outbox[-1].body
    Preference.objects.update(mail="tidak")
    make_submitted(cast, monday)
    assert told.count() == 1


def test_the_hour_is_chosen_on_the_page_of_messages(client: Client, cast: Cast) -> None:
    head = cast.at("kepala-dinas")
    client.force_login(head)
    address = reverse("notices:preferences")
    page = client.get(address)
    form = page.context["form"]
    fields = {
        name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()
    }
    client.post(address, {**fields, "digest_at": "07:15"})
    assert Addressee.objects.get(user=head).digest_at == time(7, 15)
    assert 'value="07:15"' in client.get(address).content.decode()
