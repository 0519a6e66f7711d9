"""Every setting of an office has a field, and what cannot be used is refused there."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.admin.utils import flatten_fieldsets
from django.test import Client
from django.urls import reverse

from accounts.admin.offices import OfficeAdmin
from accounts.models import Office
from standards.services.offices import load_offices
from tests.factories.accounts import make_admin, make_office
from tests.factories.admin import problems, typed
from workflow.tomlfile import FileFault

pytestmark = pytest.mark.django_db
_BY_UPLOAD = {"emblem": "emblem_picture"}  # the column that another field writes


def test_every_column_of_an_office_is_a_field_of_its_page() -> None:
    shown = set(flatten_fieldsets(OfficeAdmin.fieldsets))
    columns = {field.name for field in Office._meta.concrete_fields if not field.primary_key}
    assert {_BY_UPLOAD.get(name, name) for name in columns} <= shown


def test_terms_and_letter_book_are_set_on_the_page(client: Client) -> None:
    office = make_office()
    client.force_login(make_admin())
    url = reverse("admin:accounts_office_change", args=[office.pk])
    wanted = {
        "check_workdays": "3", "completion_days": "14", "draft_days": "60",
        "letter_pattern": "100/{nomor:04}/DISHUB/{tahun}",
    }  # fmt: skip
    answer = client.post(url, typed(client.get(url), **wanted))
    assert problems(answer) == []
    office.refresh_from_db()
    assert {name: str(getattr(office, name)) for name in wanted} == wanted

    wrong = {
        "check_workdays": "31", "completion_days": "6", "draft_days": "7.5",
        "letter_pattern": "100/{nomor:04}/DISHUB",
    }  # fmt: skip
    errors = client.post(url, typed(client.get(url), **wrong)).context["adminform"].form.errors
    assert set(errors) == set(wrong)
    assert "tidak memuat {tahun}" in errors["letter_pattern"][0]
    answer = client.post(url, typed(client.get(url), letter_pattern="100/{urut}/{tahun}"))
    assert "Pola harus memuat {nomor}" in " ".join(problems(answer))


_FILE = """
[hours.monday_to_thursday]
opens = 08:00:00
closes = 16:00:00
break_starts = 12:00:00
break_ends = 13:00:00
[hours.friday]
opens = 08:00:00
closes = 16:30:00
break_starts = 11:30:00
break_ends = 13:00:00
[[offices]]
code = "dpmptsp-baru"
number_code = "BRU"
government = "Pemerintah Kabupaten Baru"
name = "DPMPTSP Kabupaten Baru"
short_name = "DPMPTSP Baru"
address = "Jalan Merdeka 1"
city = "Baru"
check_workdays = 1
letter_pattern = "{pattern}"
"""


def test_the_file_of_offices_holds_them_too(tmp_path: Path) -> None:
    path = tmp_path / "offices.toml"
    path.write_text(_FILE.replace("{pattern}", "100/{nomor}/BARU"))
    with pytest.raises(FileFault, match="tidak memuat {tahun}"):
        load_offices(path)
    path.write_text(_FILE.replace("{pattern}", "100/{nomor}/BARU/{tahun}"))
    load_offices(path)
    office = Office.objects.get(code="dpmptsp-baru")
    assert (office.check_workdays, office.completion_days) == (1, Office().completion_days)
    assert office.letter_pattern == "100/{nomor}/BARU/{tahun}"
