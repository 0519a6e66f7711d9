"""The world of the demo and who logs in as whom."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import Appointment, Position, User
from demo import people, publicity_samples
from reports.domain.lifecycle import ReportStatus
from reports.models import Report
from standards.models import Evaluation, PublicConsultation, ServicePledge, StandardVersion
from tests.factories.base import remove_base_world
from workflow.models import CalendarYear
from workflow.tomlfile import FileFault

pytestmark = pytest.mark.django_db
FIXTURES = Path(settings.BASE_DIR) / "fixtures"


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        remove_base_world()
        call_command("load_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def test_the_whole_world_is_there():
    assert StandardVersion.objects.published().count() == 5
    assert CalendarYear.objects.count() == 3
    for code in ("purwakarta", "pekanbaru", "kampar"):
        assert (Path(settings.SIGNING_DIR) / f"{code}.p12").exists()


def test_every_position_is_held_by_one_demo_account():
    held = Appointment.objects.values_list("position", flat=True)
    assert sorted(held) == sorted(Position.objects.values_list("pk", flat=True))


def test_everybody_can_sign_in_and_is_marked_as_demo():
    password = people.password()
    for user in User.objects.filter(is_active=True):
        user.full_clean()
        assert user.is_demo
        assert user.email.endswith("demo.invalid")
        assert user.check_password(password)
        address = EmailAddress.objects.get(user=user)
        assert (address.email, address.verified, address.primary) == (user.email, True, True)


def test_only_the_applicant_of_past_files_cannot_sign_in():
    user = User.objects.get(is_active=False)
    user.full_clean()
    assert user.email == "pemohon-lampau@demo.invalid"
    assert user.is_demo
    assert not user.has_usable_password()


def test_the_common_password_is_long_enough_for_the_portal_itself():
    validate_password(people.password())


def test_only_administrators_may_enter_the_administration():
    staff = User.objects.filter(is_staff=True).order_by("pk")
    assert [
        (user.email, user.is_superuser, [office.code for office in user.administers.all()])
        for user in staff
    ] == [
        ("admin@demo.invalid", True, []),
        ("admin@purwakarta.demo.invalid", False, ["purwakarta"]),
    ]


def test_the_administrator_of_an_office_sees_its_pages(client):
    client.force_login(
        User.objects.get(email="admin@purwakarta.demo.invalid"),
        "django.contrib.auth.backends.ModelBackend",
    )
    shown = client.get("/admin/accounts/position/").content.decode()
    assert "Kepala" in shown
    assert "Pekanbaru" not in shown


def test_kampars_head_is_the_one_its_standard_names():
    head = Appointment.objects.get(position__is_head=True, position__office__code="kampar").user
    version = StandardVersion.objects.get(service__office__code="kampar")
    assert (head.full_name, head.rank, head.employee_number) == (
        version.decreed_by,
        version.decreed_by_rank,
        version.decreed_by_number,
    )


def test_nobody_else_is_an_invented_person():
    others = User.objects.exclude(email="kepala@kampar.demo.invalid")
    assert all("(akun demo)" in user.full_name for user in others)


def test_loading_twice_changes_nothing_and_is_quick(django_assert_max_num_queries):
    before = list(User.objects.order_by("pk").values_list())
    keys = {path: path.stat().st_mtime_ns for path in Path(settings.SIGNING_DIR).iterdir()}
    with django_assert_max_num_queries(90):
        call_command("load_demo", stdout=StringIO())
    assert list(User.objects.order_by("pk").values_list()) == before
    assert {path: path.stat().st_mtime_ns for path in Path(settings.SIGNING_DIR).iterdir()} == keys


def test_a_demo_account_with_a_new_password_keeps_it():
    user = User.objects.get(email="pemohon1@demo.invalid")
    user.set_password("sandi-lain-yang-panjang")
    user.save()
    call_command("load_demo", stdout=StringIO())
    user.refresh_from_db()
    assert user.check_password("sandi-lain-yang-panjang")


@pytest.mark.parametrize("command", ["load_demo", "demo_accounts"])
def test_production_refuses(settings, command):
    settings.DEMO = False
    with pytest.raises(CommandError, match="produksi"):
        call_command(command)


def test_the_table_names_position_address_and_password():
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    text = out.getvalue()
    assert re.search(r"DPMPTSP Kota Pekanbaru +Front Office +fo@pekanbaru\.demo\.invalid", text)
    assert re.search(r"Pemohon +pemohon2@demo\.invalid", text)
    assert re.search(r"Administrator portal +admin@demo\.invalid", text)
    assert f"Kata sandi semua akun demo: {people.password()}" in text
    signs_in = User.objects.filter(is_active=True).count()
    assert text.count(".invalid") == signs_in == len(people.accounts())


def test_without_accounts_the_table_says_what_to_do():
    User.objects.update(is_demo=False)
    with pytest.raises(CommandError, match="manage.py load_demo"):
        call_command("demo_accounts")


def test_an_unknown_position_is_said(tmp_path):
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "demo_people.toml"
    file.write_text(
        file.read_text()
        .replace("fo@kampar", "fo2@kampar")
        .replace('position = "front-office", email = "fo2', 'position = "juru-tulis", email = "fo2')
    )
    with pytest.raises(FileFault, match="fo2@kampar.demo.invalid: jabatan juru-tulis tidak ada"):
        people.load_people(people.read_people(tmp_path))
    assert not User.objects.filter(email__startswith="fo2").exists()
    with pytest.raises(CommandError, match="juru-tulis"):
        call_command("load_demo", folder=tmp_path, stdout=StringIO())


def test_what_is_recorded_of_publicity_says_that_it_is_a_sample():
    pledges = {row.office.code: row for row in ServicePledge.objects.select_related("office")}
    assert set(pledges) == {"pekanbaru", "kampar"}
    assert all("Contoh peragaan" in row.text for row in pledges.values())
    assert pledges["pekanbaru"].document is not None
    assert pledges["kampar"].document is None, "a gap to be named"
    forums = PublicConsultation.objects.filter(office__code="pekanbaru")
    assert all("Contoh peragaan" in row.outcome and row.minutes for row in forums)
    assert [row.versions.count() for row in forums.order_by("held_on")] == [1, 0]
    assert "Contoh peragaan" in Evaluation.objects.get(evaluated_on__isnull=False).result
    publicity_samples.publish(timezone.now())
    assert ServicePledge.objects.count() == 2


def test_there_is_a_report_in_every_state():
    found = set(Report.objects.values_list("status", flat=True))
    assert found == set(ReportStatus) - {ReportStatus.HANDED_OVER}  # of complaint reports
