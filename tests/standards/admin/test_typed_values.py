"""What a clerk types in the administration is read as it is meant, or refused with advice."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from standards.models import StandardVersion
from tests.factories.accounts import make_admin, make_user
from tests.factories.admin import added, problems, typed
from tests.factories.standards import make_draft, make_fact, make_fee
from workflow.models import CalendarYear, Holiday

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADVICE = "Tulis jumlah dalam rupiah penuh"


@pytest.fixture
def clerk(client: Client) -> User:
    user = make_admin()
    client.force_login(user)
    return user


def page(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def enter_fee(client: Client, version: StandardVersion, amount: str) -> Any:
    url = page(version)
    shown = client.get(url)
    row = {"label": "Retribusi", "amount": amount}
    return client.post(url, typed(shown, **added(shown, "fees", row)))


@pytest.mark.parametrize("amount", ["150.000", "Rp 150.000,00"])
def test_one_amount_in_all_ways(client: Client, clerk: User, amount: str) -> None:
    version = make_draft()
    assert problems(enter_fee(client, version, amount)) == []
    assert version.fees.get(label="Retribusi").amount == 150_000
    assert 'value="150.000"' in client.get(page(version)).content.decode()


def test_a_fee_that_an_officer_enters_names_limit_and_step(client: Client, clerk: User) -> None:
    version = make_draft()
    shown = client.get(page(version))
    row = {"label": "Retribusi", "kind": "ditetapkan", "minimum": "100.000", "amount": ""}
    rows = added(shown, "fees", row)
    said = problems(client.post(page(version), typed(shown, **rows)))
    assert any("paling banyak" in each for each in said)
    assert any("langkah SOP" in each for each in said)
    rows = added(shown, "fees", {**row, "maximum": "2.000.000", "step": "3"})
    assert problems(client.post(page(version), typed(shown, **rows))) == []
    fee = version.fees.get(label="Retribusi")
    assert (fee.minimum, fee.maximum, fee.step, fee.amount) == (100_000, 2_000_000, "3", 0)
    assert "Ditetapkan petugas, dari Rp\u00a0100.000" in client.get(page(version)).content.decode()


def test_markup_of_a_clerk_in_the_words_of_a_tariff_is_text(client: Client, clerk: User) -> None:
    version = make_draft()
    mark = "<script>alert(1)</script>"
    make_fact(version, "luas", label=mark, kind="luas")
    make_fee(version, kind="per_satuan", amount=1000, units="luas")
    shown = client.get(page(version)).content.decode()
    assert mark not in shown
    assert "untuk setiap m² “&lt;script&gt;" in shown


@pytest.mark.parametrize("amount", ["150,000", "1.5"])
def test_an_amount_that_can_be_read_in_two_ways_is_refused(
    client: Client, clerk: User, amount: str
) -> None:
    version = make_draft()
    assert any(ADVICE in said for said in problems(enter_fee(client, version, amount)))
    assert not version.fees.filter(label="Retribusi").exists()


@pytest.mark.parametrize(("days", "kept"), [("1.4", None), ("1.400", 1400)])
def test_every_number_is_read_like_that(
    client: Client, clerk: User, days: str, kept: int | None
) -> None:
    version = make_draft()
    before = version.term_amount
    url = page(version)
    answer = client.post(url, typed(client.get(url), term_amount=days))
    assert bool(problems(answer)) is (kept is None)
    version.refresh_from_db()
    assert version.term_amount == (kept or before)


@pytest.mark.parametrize("day", ["01-01-0025", "31-12-9999", "17-08-98", "2062-01-01"])
def test_a_holiday_lies_in_these_years(client: Client, clerk: User, day: str) -> None:
    url = reverse("admin:workflow_holiday_add")
    answer = client.post(url, typed(client.get(url), on=day, name="Libur contoh"))
    assert problems(answer)
    assert not Holiday.objects.filter(name="Libur contoh").exists()


@pytest.mark.parametrize("year", ["25", "9999"])
def test_a_year_of_the_calendar_has_four_digits(client: Client, clerk: User, year: str) -> None:
    url = reverse("admin:workflow_calendaryear_add")
    assert problems(client.post(url, typed(client.get(url), year=year, decree="SKB")))
    assert not CalendarYear.objects.filter(year=year).exists()


def test_hidden_signs_never_reach_an_account(client: Client, clerk: User) -> None:
    url = reverse("admin:accounts_user_add")
    client.post(url, typed(
        client.get(url), full_name="Rina\u200b Lo\u00adket", email="Rina@conto\u200bh.test",
        password1="kata-sandi-9981", password2="kata-sandi-9981", usable_password="true",
    ))  # fmt: skip
    rina = User.objects.get(email="rina@contoh.test")
    assert rina.full_name == "Rina Loket"
    url = page(rina)
    sent = typed(client.get(url), email="\ufeffRina@contoh.test", phone="0062 812 3456 7890\u202c")
    assert problems(client.post(url, sent)) == []
    rina.refresh_from_db()
    assert rina.email == "rina@contoh.test"
    assert (rina.phone, rina.phone_e164) == ("0062 812 3456 7890", "+6281234567890")


def test_a_telephone_number_of_an_account_exists(client: Client, clerk: User) -> None:
    url = page(make_user())
    assert problems(client.post(url, typed(client.get(url), phone="12")))


@pytest.mark.parametrize("place", ["change/", "susun/prosedur/"])
@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        ("6", "6", "Jangka waktu paling cepat harus kurang dari yang paling lama."),
        ("3", "", "Tulis juga jangka waktu paling lamanya."),
        ("0", "6", "Pastikan nilai ini lebih besar dari atau sama dengan 1."),
        ("3", "6", ""),
    ],
)
def test_a_promised_range_has_its_shorter_end_first(
    client: Client, clerk: User, place: str, least: str, most: str, said: str
) -> None:
    version = make_draft()
    url = page(version).replace("change/", place)
    answer = client.post(url, typed(client.get(url), term_minimum=least, term_amount=most))
    assert problems(answer) == ([said] if said else [])
    version.refresh_from_db()
    assert version.term_minimum == (None if said else 3)


@pytest.mark.parametrize(("least", "kept"), [("10", "10-14"), ("14", ""), ("15", "")])
def test_another_promised_range_has_its_shorter_end_first(
    client: Client, clerk: User, least: str, kept: str
) -> None:
    version = make_draft()
    shown = client.get(page(version))
    row = {"minimum": least, "amount": "14", "when": "tenaga_asing = ya"}
    said = problems(client.post(page(version), typed(shown, **added(shown, "terms", row))))
    wrong = ["Jangka waktu paling cepat harus kurang dari yang paling lama."]
    assert said == ([] if kept else wrong)
    assert list(map(str, version.terms.all())) == ([kept] if kept else [])
