"""Proposals over HTTP: the attack of one administrator, and the way of two."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import Appointment, User
from authority.domain.lifecycle import Status
from authority.models import KindOf, Proposal, SoleAdministrator
from complaints.models import IdentityOpening
from notices.models import Notice
from permits.models import Certificate
from standards.domain.steps import StepKind
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.admin import typed
from tests.factories.authority import head_of, propose_account, propose_rights, propose_stand_in
from tests.factories.complaints import make_complaint, make_complaint_desk
from tests.factories.filing import signed_in
from tests.factories.permits import Cast, at_step
from workflow.audit import extend_chains, verify
from workflow.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
HEAD = "kepala-dinas"


@pytest.fixture
def now(time_machine: TimeMachineFixture, monday: datetime) -> None:
    time_machine.move_to(monday, tick=False)


def term(cast: Cast, person: User, **more: str) -> dict[str, Any]:
    """Return the form that makes ``person`` Plh. head."""
    return {
        "person": person.email, "position": str(head_of(cast.office).pk), "capacity": "plh",
        "started_on": "2026-11-16", "ended_on": "2026-11-30", "decree_number": "800/12/2026",
        "decree_date": "2026-11-13", "reason": "", **more,
    }  # fmt: skip


def send(user: User, name: str, proposal: Proposal, **facts: str) -> Any:
    address = reverse(f"authority:{name}", args=[proposal.public_id])
    return signed_in(user).post(address, facts, follow=True)


def test_one_administrator_alone_gets_nowhere(cast: Cast, ani: User, monday: datetime) -> None:
    """The attack: Plh. head by one hand, sign, open a confidential name, remove the traces."""
    make_complaint_desk(cast)
    secret = make_complaint(cast, confidential=True)
    application = at_step(cast, StepKind.SIGN)
    helper = make_user(full_name="Kaki Tangan")
    browser = signed_in(ani)
    chair = head_of(cast.office)

    # 1. the pages of the administration
    inline = {
        "appointments-TOTAL_FORMS": "1", "appointments-INITIAL_FORMS": "0",
        "appointments-0-user": ani.pk, "appointments-0-capacity": "plh",
        "appointments-0-started_on": "2026-11-16",
    }  # fmt: skip
    page = reverse("admin:accounts_position_change", args=[chair.pk])
    browser.post(page, typed(browser.get(page)) | inline)
    browser.post(reverse("admin:accounts_appointment_add"), {
        "user": ani.pk, "position": chair.pk, "capacity": "plh", "started_on": "2026-11-16",
    })  # fmt: skip
    # 2. the new one: proposed, and confirmed by nobody else
    assert browser.post(reverse("authority:appoint"), term(cast, ani)).status_code == 302
    own = Proposal.objects.get()
    for person in (ani, helper, cast.at("front-office")):
        answer = send(person, "confirm", own, password=PASSWORD)
        assert answer.status_code in (403, 404)
    # 3. a second administrator of one's own making, the way of the statement, the other's account
    browser.post(reverse("authority:say_alone", args=[cast.office.code]))
    browser.post(reverse("authority:account", args=[helper.pk, "wewenang"]), {
        "is_active": "on", "is_staff": "on", "is_superuser": "on", "reason": "Bantuan",
        "office": cast.office.pk,
    })  # fmt: skip
    rights = Proposal.objects.get(kind=KindOf.RIGHTS)
    assert send(ani, "confirm", rights, password=PASSWORD).status_code == 403
    assert send(helper, "confirm", rights, password=PASSWORD).status_code == 403
    reset = reverse("admin:auth_user_password_change", args=[cast.at(HEAD).pk])
    assert browser.post(reset, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 403
    # 4. signing and opening
    sign = reverse("permits:sign", args=[application.public_id])
    assert browser.post(sign, {"password": PASSWORD}).status_code == 404
    opening = reverse("complaints:identity", args=[secret.public_id])
    assert browser.post(opening, {"reason": "Ingin tahu"}).status_code == 404
    # 5. the traces
    for row in Appointment.objects.filter(position=chair):
        gone = reverse("admin:accounts_appointment_delete", args=[row.pk])
        assert browser.post(gone, {"post": "yes"}).status_code == 403
    send(ani, "withdraw", own)

    assert not ani.appointments.exists()
    assert not Certificate.objects.filter(application=application).exists()
    assert not IdentityOpening.objects.exists()
    assert User.objects.filter(is_superuser=True).count() == 1
    assert Proposal.objects.filter(kind=KindOf.APPOINT, status=Status.WITHDRAWN).exists()
    told = Notice.objects.filter(recipient=cast.at(HEAD), template__startswith="authority/")
    assert set(told.values_list("template", flat=True)) == {
        "authority/proposed", "authority/settled", "authority/alone",
    }  # fmt: skip


def test_the_next_appointment_begins_with_the_decree_of_the_one_before(
    cast: Cast, ani: User, budi: User, time_machine: TimeMachineFixture, monday: datetime
) -> None:
    address = reverse("authority:appoint")
    said = "sudah diisi seperti usulan Anda sebelumnya"
    assert said not in signed_in(ani).get(address).content.decode()
    signed_in(ani).post(address, term(cast, make_user()))
    page = signed_in(ani).get(address)
    assert said in page.content.decode()
    form = page.context["form"]
    shown = {name: form[name].value() for name in ("capacity", "started_on", "ended_on")}
    assert shown == {"capacity": "plh", "started_on": "2026-11-16", "ended_on": "2026-11-30"}
    assert form["decree_number"].value() == "800/12/2026"
    assert form["decree_date"].value() == date(2026, 11, 13)
    assert form["person"].value() is None
    assert said not in signed_in(budi).get(address).content.decode()  # another person's decree
    time_machine.move_to(monday + timedelta(hours=3), tick=False)
    assert said not in signed_in(ani).get(address).content.decode()


def test_the_way_of_two(cast: Cast, ani: User, budi: User) -> None:
    rina = make_user(full_name="Rina Pengganti")
    made = signed_in(ani).post(reverse("authority:appoint"), term(cast, rina), follow=True)
    proposal = Proposal.objects.get()
    assert "Rina Pengganti menjadi Plh. Kepala dinas mulai Senin, 16 November 2026" in (
        made.content.decode()
    )
    assert "Setujui dan jalankan" not in made.content.decode()
    page = signed_in(budi).get(proposal.get_absolute_url()).content.decode()
    for words in ("800/12/2026 tanggal 13 November 2026", rina.email, "Petugas kepala-dinas"):
        assert words in page
    wrong = send(budi, "confirm", proposal, password="salah")
    assert "Kata sandi salah. Usulan belum disetujui." in wrong.content.decode()
    assert not rina.appointments.exists()
    done = send(budi, "confirm", proposal, password=PASSWORD)
    assert "Disetujui dan dijalankan." in done.content.decode()
    assert rina.appointments.exists()
    again = send(budi, "confirm", proposal, password=PASSWORD)
    assert "Usulan ini sudah selesai." in again.content.decode()
    assert rina.appointments.count() == 1


def test_whom_it_concerns_reads_it_and_no_stranger(cast: Cast, ani: User) -> None:
    rina = make_user()
    proposal = propose_stand_in(rina, cast.office, actor=ani, at=timezone.now())
    address = proposal.get_absolute_url()
    for person, status in (
        (rina, 200), (cast.at(HEAD), 200), (ani, 200), (cast.stranger, 404),
        (cast.at("front-office"), 404),
    ):  # fmt: skip
        assert signed_in(person).get(address).status_code == status
    assert Client().get(address).status_code == 302


def test_the_head_finds_it_at_the_desk(cast: Cast, ani: User) -> None:
    said = reverse("authority:say_alone", args=[cast.office.code])
    page = signed_in(ani).post(said, follow=True).content.decode()
    assert "menyatakan pada" in page
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=timezone.now())
    desk = signed_in(cast.at(HEAD))
    waiting = desk.get(reverse("portal:waiting")).content.decode()
    assert proposal.get_absolute_url() in waiting
    assert desk.get(reverse("portal:after_login"))["Location"] == reverse("authority:list")
    send(cast.at(HEAD), "confirm", proposal, password=PASSWORD)
    assert proposal.person.appointments.exists()
    assert proposal.get_absolute_url() not in desk.get(reverse("portal:waiting")).content.decode()


def test_the_head_refuses_with_a_reason(cast: Cast, ani: User, budi: User) -> None:
    proposal = propose_stand_in(ani, cast.office, actor=ani, at=timezone.now())
    head = cast.at(HEAD)
    page = signed_in(head).get(proposal.get_absolute_url()).content.decode()
    assert "Sebagai kepala unit Anda dapat menolaknya." in page
    assert "Tulis alasannya." in send(head, "refuse", proposal, note="").content.decode()
    send(head, "refuse", proposal, note="Tidak ada surat keputusan.")
    proposal.refresh_from_db()
    assert proposal.status == Status.REFUSED


def test_the_statement_is_for_the_only_administrator(cast: Cast, ani: User, budi: User) -> None:
    address = reverse("authority:say_alone", args=[cast.office.code])
    page = signed_in(ani).post(address, follow=True).content.decode()
    assert "Unit ini punya lebih dari satu administrator." in page
    assert not SoleAdministrator.objects.exists()


def test_a_premise_that_changed_is_said_on_the_page(cast: Cast, ani: User, budi: User) -> None:
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=timezone.now())
    assert proposal.person
    User.objects.filter(pk=proposal.person.pk).update(is_active=False)
    page = signed_in(budi).get(proposal.get_absolute_url()).content.decode()
    assert "Akun orang ini tidak aktif lagi. Usulan ini tidak dapat disetujui." in page
    assert "Setujui dan jalankan" not in page
    send(budi, "confirm", proposal, password=PASSWORD)
    assert not proposal.person.appointments.exists()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"ended_on": "2026-11-01"}, "ended_on"),
        ({"ended_on": ""}, "ended_on"),
        ({"decree_number": ""}, "decree_number"),
        ({"decree_date": ""}, "decree_date"),
        ({"person": "tidak.ada@contoh.test"}, "person"),
        ({"ended_on": "2026-11-15", "started_on": "2026-11-01"}, "ended_on"),
    ],
)
def test_a_fault_is_said_at_its_field(cast: Cast, ani: User, changes, fault) -> None:
    sent = term(cast, make_user()) | changes
    page = signed_in(ani).post(reverse("authority:appoint"), sent)
    assert list(page.context["form"].errors) == [fault]
    assert not Proposal.objects.exists()


def test_the_end_of_a_term_is_proposed_from_its_page(cast: Cast, ani: User) -> None:
    row = cast.at("sekretaris").appointments.get()
    shown = signed_in(ani).get(reverse("admin:accounts_appointment_change", args=[row.pk]))
    address = reverse("authority:amend", args=[row.pk])
    assert address in shown.content.decode()
    sent = {
        "capacity": "definitif", "started_on": "2020-01-01", "ended_on": "2026-11-30",
        "decree_number": "9", "decree_date": "2026-11-01",
    }  # fmt: skip
    page = signed_in(ani).post(address, sent, follow=True).content.decode()
    assert "Senin, 30 November 2026 (sekarang: Tidak dibatasi)" in page
    assert Proposal.objects.get().facts["after"]["ended_on"] == "2026-11-30"
    same = sent | {"ended_on": ""}
    Proposal.objects.get()
    assert "tidak mengubah apa pun" in signed_in(ani).post(address, same).content.decode()


@pytest.mark.parametrize("kind", ["wewenang", "email", "kata_sandi", "langkah_kedua"])
def test_every_proposal_about_an_account_is_reached_from_its_page(
    cast: Cast, ani: User, kind: str
) -> None:
    clerk = cast.at("front-office")
    shown = signed_in(ani).get(reverse("admin:accounts_user_change", args=[clerk.pk]))
    address = reverse("authority:account", args=[clerk.pk, kind])
    assert address in shown.content.decode()
    page = signed_in(ani).get(address)
    assert page.status_code == 200
    assert page.context["form"]["office"].value() == cast.office.pk


def test_every_kind_has_a_page_that_reads_well(
    cast: Cast, ani: User, budi: User, monday: datetime
) -> None:
    clerk = cast.at("front-office")
    rows = [
        propose_account(KindOf.PASSWORD, clerk, cast.office, actor=ani, at=monday),
        propose_account(
            KindOf.EMAIL, clerk, cast.office, actor=ani, at=monday,
            before=clerk.email, after="baru@contoh.test",
        ),
        propose_rights(clerk, cast.office, actor=ani, at=monday, is_staff=True),
    ]  # fmt: skip
    for row in rows:
        page = signed_in(budi).get(row.get_absolute_url()).content.decode()
        assert "Setujui dan jalankan" in page
        assert clerk.full_name in page
    listed = signed_in(budi).get(reverse("authority:list")).content.decode()
    assert all(row.get_absolute_url() in listed for row in rows)
    admin_list = signed_in(budi).get(reverse("admin:authority_proposal_changelist"))
    assert admin_list.status_code == 200
    change = reverse("admin:authority_proposal_change", args=[rows[0].pk])
    assert signed_in(budi).get(change)["Location"] == rows[0].get_absolute_url()


def test_what_happened_is_evidence(cast: Cast, ani: User, budi: User, monday: datetime) -> None:
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=monday)
    send(budi, "confirm", proposal, password=PASSWORD)
    extend_chains(monday)
    chained = AuditEntry.objects.filter(chain__name=cast.office.code)
    sources = set(chained.values_list("source", flat=True))
    assert {"authority.Proposal", "authority.ProposalRecord", "accounts.Appointment"} <= sources
    assert list(verify()) == []
    assert date(2026, 11, 13) == Proposal.objects.get().decree_date


def test_a_confirmation_needs_a_fresh_second_factor(
    cast: Cast, ani: User, budi: User, settings: Any
) -> None:
    proposal = propose_stand_in(make_user(), cast.office, actor=ani, at=timezone.now())
    settings.SECOND_FACTOR_REQUIRED = True
    factor = Authenticator.objects.create(user=budi, type="totp", data={"secret": "x"})
    browser = signed_in(budi)
    session = browser.session
    session["second_factor_set_up"] = [[factor.pk, time.time() - 3600]]
    session.save()
    page = browser.get(proposal.get_absolute_url()).content.decode()
    assert "Tunjukkan dulu verifikasi dua langkah" in page
    assert "Kata sandi Anda" not in page
    address = reverse("authority:confirm", args=[proposal.public_id])
    answer = browser.post(address, {"password": PASSWORD}).content.decode()
    assert "Belum disetujui." in answer
    assert not proposal.person.appointments.exists()
