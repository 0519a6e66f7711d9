"""A short code for each office, so that numbers can be read out."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Office
from complaints.models import Complaint
from permits.services import numbers
from tests.factories.accounts import make_admin, make_office
from tests.factories.admin import problems, typed
from tests.factories.complaints import make_complaint, make_complaint_desk
from tests.factories.permits import Cast, make_submitted

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kabupaten Hulu Sungai Tengah",
    "short_name": "DPMPTSP Hulu Sungai Tengah", "code": "dpmptsp-hulu-sungai-tengah",
    "government": "Pemerintah Kabupaten Hulu Sungai Tengah", "address": "Jalan Ganesya 1",
    "city": "Barabai",
}  # fmt: skip


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make_admin(), "django.contrib.auth.backends.ModelBackend")
    return client


def add(clerk: Client, code: str) -> list[str]:
    """Add the office with this code; return what the page says against it."""
    url = reverse("admin:accounts_office_add")
    return problems(clerk.post(url, typed(clerk.get(url), **NEW, number_code=code)))


def test_numbers_begin_with_the_short_code(cast: Cast) -> None:
    office = make_office(code="dpmptsp-hulu-sungai-tengah", number_code="HST")
    day = office.local_date(make_submitted(cast).created_at)
    assert numbers.application_number(office, day) == f"HST-{day.year}-000001"
    make_complaint_desk(cast)
    complaint = make_complaint(cast)
    number = Complaint.objects.get(pk=complaint.pk).number
    assert number.startswith(f"PGD-{cast.office.number_code}-")


def test_a_code_is_chosen_with_the_office_and_stays(clerk: Client) -> None:
    assert add(clerk, "HST") == []
    office = Office.objects.get(number_code="HST")
    url = reverse("admin:accounts_office_change", args=[office.pk])
    page = clerk.get(url)
    assert "number_code" not in page.context["adminform"].form.fields
    clerk.post(url, typed(page, number_code="XYZ"))
    office.refresh_from_db()
    assert office.number_code == "HST"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "wajib"),
        ("H", "huruf besar"),
        ("hst", "huruf besar"),
        ("HST1", "huruf besar"),
        ("HULUSUNGAI", "6"),
        ("PGD", "nomor pengaduan"),
        ("KIL", "Terlalu mirip dengan kode KLL"),
    ],
)
def test_what_cannot_be_read_out_or_told_apart_is_refused(
    clerk: Client, code: str, said: str
) -> None:
    make_office(number_code="KLL")
    assert said in " ".join(add(clerk, code))
    assert not Office.objects.filter(code=NEW["code"]).exists()


def test_no_two_offices_share_a_code() -> None:
    make_office(number_code="HST")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_office(number_code="HST")
    with pytest.raises(ValidationError):
        make_office(number_code="hst").full_clean()


def test_offices_of_an_earlier_version_get_different_codes() -> None:
    short_code = import_module("accounts.migrations.0003_number_code").short_code
    taken: set[str] = set()
    for code in ("pekanbaru", "pekalongan", "kota-1", "kota-2", "kota-3", "pgd", "7"):
        taken.add(short_code(code, taken))
    assert taken == {"PEK", "PEKA", "KOT", "KOTA", "AAA", "AAB", "AAC"}
