"""What waits for whom: one set of numbers for the side bar, the page and the way after login."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

from accounts.models import Position, User
from accounts.officers import officer_of
from complaints.models import Complaint, MonthlyReport
from complaints.services import handling, reports
from demo import paper_samples
from portal.waiting import SHOWN
from portal.waiting_counts import Counts, counts
from tests.factories.accounts import appoint, make_admin, make_officer, make_user
from tests.factories.complaints import OFFICER, make_complaint, make_complaint_desk, make_studied
from tests.factories.filing import signed_in
from tests.factories.permits import Cast, make_completed, make_submitted
from tests.factories.standards import position_of
from workflow import admin_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
HEAD, SECRETARY = "kepala-dinas", "sekretaris"


@pytest.fixture
def now(time_machine: TimeMachineFixture, monday: datetime) -> None:
    time_machine.move_to(monday, tick=False)


@pytest.fixture
def desk(cast: Cast) -> Cast:
    make_complaint_desk(cast)
    return cast


def found(user: User, at: datetime) -> Counts:
    return counts(officer_of(User.objects.get(pk=user.pk), at))


def page_of(user: User, page: str = "portal:waiting") -> str:
    return signed_in(user).get(reverse(page)).content.decode()


def landing(user: User) -> str:
    return signed_in(user).get(reverse("portal:after_login"))["Location"]


def test_a_consent_asked_for_waits_for_the_head(desk: Cast, monday: datetime) -> None:
    complaint = make_studied(desk, monday)
    assert found(desk.at(HEAD), monday).total == 0
    handling.request_apip(complaint, actor=desk.at(OFFICER), at=monday, note="Ada pungutan")
    assert found(desk.at(HEAD), monday).complaints == 1
    page = signed_in(desk.at(HEAD)).get(reverse("complaints:list")).content.decode()
    assert "1 laporan menunggu Anda" in page
    assert "Permintaan pelibatan APIP: beri keputusan" in page
    assert "Permintaan pelibatan APIP: beri keputusan" in page_of(desk.at(HEAD))
    handling.decide_apip(complaint, actor=desk.at(HEAD), at=monday, agreed=True)
    assert found(desk.at(HEAD), monday).complaints == 0


def test_a_complaint_without_an_active_owner_waits_for_who_may_name_one(
    desk: Cast, monday: datetime
) -> None:
    complaint = make_complaint(desk, monday)
    assert found(desk.at(HEAD), monday).complaints == 0
    User.objects.filter(owned_complaints=complaint).update(is_active=False)
    assert found(desk.at(HEAD), monday).complaints == 1


def test_an_order_waits_for_the_head_who_did_not_propose_it(desk: Cast, monday: datetime) -> None:
    done = make_completed(desk, monday)
    order = paper_samples.propose_ending(done, monday)
    assert found(order.proposed_by, monday).orders == 0
    assert found(desk.at(HEAD), monday).orders == 1
    assert landing(desk.at(HEAD)) == reverse("permits:orders")
    page = page_of(desk.at(HEAD))
    assert "Pencabutan dan penggantian dokumen izin" in page
    assert f"Pencabutan {done.certificate}" in page
    paper_samples.confirm(order, monday)
    assert found(desk.at(HEAD), monday).orders == 0


def test_a_report_waits_for_whose_turn_it_is(desk: Cast, monday: datetime) -> None:
    officer, secretary = desk.at(OFFICER), desk.at(SECRETARY)
    month = datetime(2026, 10, 1, tzinfo=monday.tzinfo).date()
    report = reports.compile_report(desk.office, month, actor=officer, at=monday)
    assert found(officer, monday).reports == 1
    assert found(secretary, monday).reports == 0
    reports.submit_report(report, actor=officer, at=monday, seen=report.digest)
    assert found(officer, monday).reports == 0
    assert found(secretary, monday).reports == 1
    assert "Laporan Oktober 2026" in page_of(secretary)
    report = MonthlyReport.objects.get()
    reports.approve_report(report, actor=secretary, at=monday, seen=report.digest)
    assert found(officer, monday).reports == 1
    reports.hand_over(MonthlyReport.objects.get(), actor=officer, at=monday)
    assert found(officer, monday).reports == found(secretary, monday).reports == 0


def test_a_month_without_a_report_waits_once_it_is_over(desk: Cast, monday: datetime) -> None:
    officer = desk.at(OFFICER)
    month = datetime(2026, 10, 1, tzinfo=monday.tzinfo).date()
    reports.compile_report(desk.office, month, actor=officer, at=monday)
    assert found(officer, monday).months == 0
    assert found(officer, monday + timedelta(days=16)).months == 1


def test_the_side_bar_counts_what_the_lists_count(desk: Cast, monday: datetime) -> None:
    make_submitted(desk, monday)
    make_submitted(desk, monday)
    page = page_of(desk.at("front-office"))
    assert "2 hal menunggu Anda" in page
    numbers = page_of(desk.at("front-office"), "portal:waiting_counts")
    assert re.findall(r'id="(menunggu-[a-z-]+)" hx-swap-oob="true">(\d+)<', numbers) == [
        ("menunggu-semua", "2"),
        ("menunggu-antrean", "2"),
    ]
    side = page[page.index('class="desk-nav"') : page.index("</nav>")]
    assert f'hx-get="{reverse("portal:waiting_counts")}"' in side
    for place in ("semua", "antrean"):
        assert f'<span class="nav-count" id="menunggu-{place}" hidden></span>' in side


def test_the_side_bar_leads_where_a_person_has_a_part_and_has_a_place_for_each_number(
    desk: Cast,
) -> None:
    head, officer = page_of(desk.at(HEAD)), page_of(desk.at("front-office"))
    for address in ("reports:list", "boards:now", "archives:desk"):
        assert f'href="{reverse(address)}"' in head
        assert f'href="{reverse(address)}"' not in officer
    for place in ("semua", "antrean", "survei", "laporan-kantor", "arsip"):
        assert f'id="menunggu-{place}"' in head


def test_the_head_of_an_office_without_other_positions_is_led_to_its_reports(desk: Cast) -> None:
    Position.objects.filter(office=desk.office).update(superior=None)
    head = page_of(desk.at(HEAD))
    assert f'href="{reverse("reports:list")}"' in head
    assert f'href="{reverse("archives:desk")}"' not in head  # it asks for people below


def test_login_lands_where_the_work_lies(desk: Cast, monday: datetime) -> None:
    make_submitted(desk, monday)
    make_complaint(desk, monday)
    assert landing(desk.at("front-office")) == reverse("permits:worklist")
    assert landing(desk.at(OFFICER)) == reverse("complaints:list")
    assert landing(desk.at("tim-teknis")) == reverse("portal:waiting")
    appoint(desk.at(OFFICER), position_of(desk.office, "front-office"))
    assert landing(desk.at(OFFICER)) == reverse("portal:waiting")


def test_tasks_of_administrators_wait_for_administrators(desk: Cast, monday: datetime) -> None:
    admin_tasks.open_task("uji", "no_complaint_officer", at=monday, office=desk.office)
    clerk = make_admin()
    appoint(clerk, position_of(desk.office, "back-office"))
    assert found(clerk, monday).tasks == 1
    assert found(desk.at("back-office"), monday).tasks == 0
    assert "belum mempunyai petugas pengaduan" in page_of(clerk)


@pytest.mark.parametrize(
    "name", ["notices:messages", "notices:preferences", "account_email", "mfa_index"]
)
def test_messages_and_account_pages_keep_the_navigation_of_the_desk(desk: Cast, name: str) -> None:
    page = signed_in(desk.at(HEAD)).get(reverse(name)).content.decode()
    assert 'class="desk-nav"' in page
    assert 'class="desk-nav"' not in signed_in(make_user()).get(reverse(name)).content.decode()


def test_a_missing_page_keeps_the_navigation_of_the_desk(desk: Cast) -> None:
    answer = signed_in(desk.at(HEAD)).get("/tidak-ada/")
    assert answer.status_code == 404
    assert 'class="desk-nav"' in answer.content.decode()


def test_the_page_costs_the_same_for_much_as_for_little(desk: Cast, monday: datetime) -> None:
    clerk = make_officer(position_of(desk.office, "front-office"), is_staff=True)
    appoint(clerk, position_of(desk.office, OFFICER))
    browser = signed_in(clerk)

    def asked() -> int:
        browser.get(reverse("portal:waiting"))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse("portal:waiting")).status_code == 200
        return len(queries)

    month = datetime(2026, 10, 1, tzinfo=monday.tzinfo).date()
    reports.compile_report(desk.office, month, actor=desk.at(OFFICER), at=monday)
    make_submitted(desk, monday)
    make_complaint(desk, monday)
    Complaint.objects.update(owner=clerk)
    few = asked()
    for _one in range(3):
        make_submitted(desk, monday)
        make_complaint(desk, monday)
    Complaint.objects.update(owner=clerk)
    assert asked() == few <= 20


def test_the_page_says_how_many_of_how_many_it_shows(desk: Cast, monday: datetime) -> None:
    for _one in range(SHOWN):
        make_submitted(desk, monday)
    browser = signed_in(desk.at("front-office"))
    address = reverse("portal:waiting")
    assert "yang paling mendesak dari" not in browser.get(address).content.decode()
    make_submitted(desk, monday)
    assert "5 yang paling mendesak dari 6." in browser.get(address).content.decode()


def test_only_who_can_act_is_told_what_to_do(desk: Cast, monday: datetime) -> None:
    application = make_submitted(desk, monday)
    everything = reverse("permits:worklist") + "?tampil=semua"
    pages = {code: signed_in(desk.at(code)) for code in ("front-office", "kepala-dinas")}
    for address in (everything, application.get_desk_url()):
        words = {code: one.get(address).content.decode() for code, one in pages.items()}
        assert "Berkas masuk - periksa kelengkapan" in words["front-office"]
        assert "Berkas masuk - periksa kelengkapan" not in words["kepala-dinas"]
        assert "Kelengkapan berkas diperiksa" in words["kepala-dinas"]
