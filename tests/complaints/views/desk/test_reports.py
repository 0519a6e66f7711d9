"""The pages of the monthly report."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import User
from complaints.models import BookPaper, ComplaintRole, MonthlyReport, Role
from reports.domain.lifecycle import ReportStatus
from tests.factories.base import base_cast
from tests.factories.complaints import OFFICER, make_complaint_desk
from tests.factories.permits import Cast, make_cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
LIST = "/meja/pengaduan/laporan/"


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(NOW, tick=False)
    cast = base_cast()
    make_complaint_desk(cast)
    return cast


def browser(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def press(cast: Cast, person: str, act: str, **given: str) -> str:
    report = MonthlyReport.objects.get()
    address = f"{LIST}{report.public_id}/{act}/"
    return browser(cast.at(person)).post(address, given, follow=True).content.decode()


def seen(cast: Cast, person: str) -> str:
    report = MonthlyReport.objects.get()
    return browser(cast.at(person)).get(report.get_absolute_url()).content.decode()


def compiled(cast: Cast) -> MonthlyReport:
    browser(cast.at(OFFICER)).post(LIST, {"month": "2026-10-01"})
    return MonthlyReport.objects.get()


def test_the_whole_chain_by_its_buttons(cast):
    report = compiled(cast)
    assert report.month == date(2026, 10, 1)
    assert "Paraf dan ajukan" in seen(cast, OFFICER)
    press(cast, OFFICER, "ajukan", digest=report.digest)
    assert "Kembalikan untuk diperbaiki" in seen(cast, "sekretaris")
    assert "Kembalikan untuk diperbaiki" not in seen(cast, OFFICER)
    assert "Catatan ini wajib" not in press(cast, "sekretaris", "kembalikan", note="Perbaiki")
    assert "Perbaiki" in seen(cast, OFFICER)
    press(cast, OFFICER, "susun-ulang")
    press(cast, OFFICER, "ajukan", digest=report.digest)
    press(cast, "sekretaris", "setujui", digest=report.digest)
    press(cast, "sekretaris", "serahkan")

    report.refresh_from_db()
    assert report.status == ReportStatus.HANDED_OVER
    assert "Diserahkan kepada kepala" in seen(cast, "kepala-dinas")


def test_an_old_page_puts_no_initials_under_a_new_content(cast):
    compiled(cast)

    assert "disusun ulang sejak" in press(cast, OFFICER, "ajukan", digest="lama")


def test_remarks_are_asked_for(cast):
    report = compiled(cast)
    press(cast, OFFICER, "ajukan", digest=report.digest)

    assert 'aria-invalid="true"' in press(cast, "sekretaris", "kembalikan", note="")
    report.refresh_from_db()
    assert report.status == ReportStatus.CHECKED


def test_the_month_that_runs_is_not_offered(cast):
    page = browser(cast.at(OFFICER)).get(LIST).content.decode()

    assert 'value="2026-10-01"' in page
    assert 'value="2026-11-01"' not in page
    browser(cast.at(OFFICER)).post(LIST, {"month": "2026-11-01"})
    assert not MonthlyReport.objects.exists()


def test_without_a_secretary_the_page_says_so(cast):
    ComplaintRole.objects.filter(role=Role.SECRETARY).delete()
    compiled(cast)

    assert "langsung diserahkan kepada kepala" in seen(cast, OFFICER)


def test_other_offices_and_other_desks_see_no_report(cast):
    report = compiled(cast)
    elsewhere = make_cast()
    make_complaint_desk(elsewhere)

    for person in (cast.at("back-office"), elsewhere.at(OFFICER), elsewhere.at("kepala-dinas")):
        assert browser(person).get(report.get_absolute_url()).status_code == 404
    assert browser(cast.at("back-office")).get(LIST).status_code == 404


def test_the_report_is_ordered_on_paper(cast):
    report = compiled(cast)

    browser(cast.at("kepala-dinas")).post(f"{LIST}{report.public_id}/pdf/")

    assert BookPaper.objects.get().asked_by == cast.at("kepala-dinas")
