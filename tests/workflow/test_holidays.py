"""The decreed years in the calendar."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import Office
from workflow import holidays
from workflow.calendars import calendar_of
from workflow.domain.workdays import confirmed_by
from workflow.models import CalendarYear, Holiday, HolidayKind
from workflow.tomlfile import FileFault

pytestmark = pytest.mark.django_db
FIXTURES = Path(settings.BASE_DIR) / "fixtures"


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        Holiday.objects.all().delete()
        CalendarYear.objects.all().delete()
        call_command("load_holidays", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def office() -> Office:
    return Office.objects.create(
        code="kota",
        number_code="KOT",
        name="Dinas",
        short_name="Dinas",
        government="Kota",
        address="-",
        city="Kota",
    )


@pytest.mark.parametrize(
    ("year", "national", "joint"), [(2025, 17, 11), (2026, 17, 8), (2027, 18, 8)]
)
def test_national_holidays_and_joint_leave_are_loaded(year, national, joint):
    found = Holiday.objects.filter(on__year=year)
    assert found.filter(kind=HolidayKind.NATIONAL).count() == national
    assert found.filter(kind=HolidayKind.JOINT_LEAVE).count() == joint
    assert found.count() == national + joint


@pytest.mark.parametrize(("year", "days"), [(2025, 237), (2026, 240), (2027, 242)])
def test_working_days_of_a_year(office, year, days):
    calendar = calendar_of(office)
    assert calendar.count(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_joint_leave_is_no_working_day(office):
    assert calendar_of(office).why_not(date(2026, 3, 18)) == "Cuti Bersama Hari Suci Nyepi"
    assert calendar_of(office).why_not(date(2025, 8, 18)) is not None


def test_counting_goes_on_after_the_last_decreed_year_and_says_so(office):
    assert list(CalendarYear.objects.values_list("year", flat=True)) == [2025, 2026, 2027]
    calendar = calendar_of(office)
    assert calendar.confirmed_until == date(2027, 12, 31)
    assert calendar.add(date(2027, 12, 30), 5) == date(2028, 1, 6)
    assert confirmed_by(calendar.version) == date(2027, 12, 31)


def test_a_gap_ends_what_is_confirmed(office):
    CalendarYear.objects.create(year=2029, decree="Uji")
    assert calendar_of(office).confirmed_until == date(2027, 12, 31)


def test_without_any_decree_every_date_is_provisional_but_counted(office):
    CalendarYear.objects.all().delete()
    calendar = calendar_of(office)
    assert not calendar.is_confirmed(date(2026, 11, 23))
    assert calendar.add(date(2026, 11, 23), 1) == date(2026, 11, 24)


def test_every_day_names_the_decree_of_its_year():
    for year in CalendarYear.objects.all():
        assert year.decree.startswith("SKB 3 Menteri"), year
        found = Holiday.objects.filter(on__year=year.year)
        assert set(found.values_list("decree", flat=True)) == {year.decree}


def test_estimated_days_are_marked_and_their_name_is_clean():
    found = Holiday.objects.filter(estimated=True, on__year__lt=2028)
    assert list(found.values_list("on", flat=True)) == [
        date(2027, 3, 10),
        date(2027, 3, 11),
        date(2027, 5, 17),
    ]
    assert not Holiday.objects.filter(name__contains="perkiraan").exists()


def test_every_row_passes_its_full_validation():
    for row in [*Holiday.objects.all(), *CalendarYear.objects.all()]:
        row.full_clean()


def test_loading_again_leaves_edited_and_deleted_rows_alone():
    Holiday.objects.filter(on=date(2026, 12, 24)).update(name="Diubah", kind=HolidayKind.REGIONAL)
    Holiday.objects.filter(on=date(2026, 8, 25)).delete()
    before = list(Holiday.objects.values_list())
    call_command("load_holidays", stdout=StringIO())
    assert list(Holiday.objects.values_list()) == before


def test_again_adds_what_is_missing_and_changes_nothing():
    Holiday.objects.filter(on=date(2026, 12, 25)).update(name="Natal", decree="Perbaikan")
    Holiday.objects.filter(on=date(2026, 8, 25)).delete()
    before = Holiday.objects.count()
    out = StringIO()
    call_command("load_holidays", "--years", "2026", "--again", stdout=out)
    assert "Kalender 2026: 1 hari ditambahkan." in out.getvalue()
    assert Holiday.objects.count() == before + 1
    row = Holiday.objects.get(on=date(2026, 12, 25))
    assert (row.name, row.decree) == ("Natal", "Perbaikan")


def test_a_year_without_decree_is_refused():
    with pytest.raises(CommandError, match="tahun 2028 belum ditetapkan menurut holidays.toml"):
        call_command("load_holidays", "--years", "2027", "2028")
    assert not CalendarYear.objects.filter(year=2028).exists()


def test_the_coming_year_is_loaded_as_estimates_and_its_decree_replaces_them(office, tmp_path):
    expected = Holiday.objects.filter(on__year=2028)
    assert expected.count() >= 15
    assert set(expected.values_list("estimated", "decree")) == {(True, "")}
    assert not calendar_of(office).is_confirmed(date(2028, 8, 17))
    assert not calendar_of(office).is_workday(date(2028, 8, 17))
    wrong = Holiday.objects.create(
        on="2028-02-02", name="Salah", kind="libur_nasional", estimated=True
    )
    own = Holiday.objects.create(on="2028-02-03", name="Kantor", kind="cuti_bersama", decree="SK")
    holidays.load_year(holidays.DecreedYear(2028, "SKB 2028"))
    assert Holiday.objects.get(on=date(2028, 8, 17)).decree == "SKB 2028"
    assert not Holiday.objects.filter(pk=wrong.pk).exists()
    assert Holiday.objects.filter(pk=own.pk).exists()


def test_loading_estimates_twice_adds_nothing():
    assert holidays.estimate_year(2028) == 0
    assert holidays.estimate_year(2027) == 0


def test_a_wrong_file_is_said(tmp_path):
    (tmp_path / "holidays.toml").write_text("[[years]]\nyear = 2028\n")
    with pytest.raises(FileFault, match=r"holidays\.toml: years\[1\]\.decree: wajib diisi"):
        holidays.read_years(tmp_path)
    with pytest.raises(CommandError, match=r"years\[1\]\.decree"):
        call_command("load_holidays", folder=tmp_path)


def test_a_year_that_is_decreed_later_is_added(tmp_path):
    shutil.copy(FIXTURES / "holidays.toml", tmp_path)
    with (tmp_path / "holidays.toml").open("a") as file:
        file.write('\n[[years]]\nyear = 2028\ndecree = "SKB 2028"\n')
    call_command("load_holidays", folder=tmp_path, stdout=StringIO())
    assert CalendarYear.objects.filter(year=2028, decree="SKB 2028").exists()
    assert Holiday.objects.get(on=date(2028, 8, 17)).decree == "SKB 2028"
