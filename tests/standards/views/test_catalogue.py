"""Facts about the list of services and the pages of offices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import ChannelKind, OfficeChannel, OfficeHours, Weekday
from standards.channels import reach
from standards.views import catalogue
from standards.views.catalogue import opening_hours
from tests.factories.accounts import make_office, make_officer, make_user
from tests.factories.base import remove_base_world
from tests.factories.standards import make_draft, make_service, make_standard, position_of

pytestmark = pytest.mark.django_db


def test_list_shows_the_promise_beside_each_service(client: Client) -> None:
    service = make_standard(make_service(name="Tanda Daftar BKK")).service
    page = client.get(reverse("standards:service_list")).content.decode()
    assert "Tanda Daftar BKK" in page
    assert service.get_absolute_url() in page
    assert "6 hari kerja" in page
    assert "Gratis" in page


def test_an_officer_keeps_the_navigation_of_the_desk(client: Client) -> None:
    service = make_standard().service
    pages = [reverse("standards:service_list"), service.get_absolute_url()]
    pages.append(reverse("standards:office", args=[service.office.code]))
    for page in pages:
        assert 'class="desk-nav"' not in client.get(page).content.decode()
    client.force_login(make_officer(position_of(service.office, "front-office")))
    for page in pages:
        shown = client.get(page).content.decode()
        assert 'class="desk-nav"' in shown
        assert 'class="site-nav"' not in shown


def test_draft_is_not_in_the_list(client: Client) -> None:
    make_draft(make_service(name="Izin Masih Konsep"))
    assert "Izin Masih Konsep" not in client.get(reverse("standards:service_list")).content.decode()


def test_standard_that_is_not_yet_in_force_is_not_in_the_list(client: Client) -> None:
    tomorrow = timezone.localdate() + timedelta(days=2)
    make_standard(make_service(name="Izin Besok"), effective_on=tomorrow)
    assert "Izin Besok" not in client.get(reverse("standards:service_list")).content.decode()


def test_list_of_one_office(client: Client) -> None:
    here, there = make_office(code="sini"), make_office(code="sana")
    make_standard(make_service(here, name="Izin Sini"))
    make_standard(make_service(there, name="Izin Sana"))
    page = client.get(reverse("standards:service_list"), {"kantor": "sini"}).content.decode()
    assert "Izin Sini" in page
    assert "Izin Sana" not in page


@pytest.mark.parametrize(
    "asked", [{"kantor": "tidak-ada"}, {"hal": "0"}, {"hal": "x"}, {"hal": "9" * 30}, {"hal": "2"}]
)
def test_a_list_that_does_not_exist_is_not_found(client: Client, asked: dict[str, str]) -> None:
    assert client.get(reverse("standards:service_list"), asked).status_code == 404


def test_empty_list_says_why(client: Client) -> None:
    remove_base_world()
    assert "Belum ada layanan" in client.get(reverse("standards:service_list")).content.decode()


def test_long_list_has_pages_and_keeps_the_office(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "PAGE", 2)
    office = make_office(code="sini")
    for name in ("Izin A", "Izin B", "Izin C"):
        make_standard(make_service(office, name=name))
    first = client.get(reverse("standards:service_list"), {"kantor": "sini"}).content.decode()
    assert "Izin B" in first
    assert "Izin C" not in first
    assert "?kantor=sini&amp;hal=2" in first
    second = client.get(reverse("standards:service_list"), {"kantor": "sini", "hal": "2"})
    assert "Izin C" in second.content.decode()
    assert 'href="?kantor=sini"' in second.content.decode()


def test_list_asks_few_questions_of_the_database(
    client: Client, django_assert_max_num_queries
) -> None:
    office = make_office()
    for _number in range(5):
        make_standard(make_service(office))
    client.force_login(make_user())
    for asked in ({}, {"q": "layanan contoh"}):
        with django_assert_max_num_queries(11):
            client.get(reverse("standards:service_list"), asked)


def test_office_page_shows_address_hours_channels_and_services(client: Client) -> None:
    office = make_office(code="kota", address="Jalan Sudirman 464", phone="(0761) 28262")
    OfficeHours.objects.create(office=office, weekday=Weekday.MONDAY)
    OfficeChannel.objects.create(
        office=office, order=1, kind=ChannelKind.EMAIL, label="E-mail", value="lapor@contoh.test"
    )
    make_standard(make_service(office, name="Tanda Daftar BKK"))
    page = client.get(reverse("standards:office", args=["kota"])).content.decode()
    assert "Jalan Sudirman 464" in page
    assert "(0761) 28262" in page
    assert "Senin" in page
    assert "07.30" in page
    assert 'href="mailto:lapor@contoh.test"' in page
    assert "Tanda Daftar BKK" in page


def test_office_page_asks_few_questions_of_the_database(
    client: Client, django_assert_max_num_queries
) -> None:
    office = make_office(code="kota")
    make_standard(make_service(office))
    make_standard(make_service(office))
    client.force_login(make_user())
    with django_assert_max_num_queries(12):
        client.get(reverse("standards:office", args=["kota"]))


def test_office_without_services_says_why(client: Client) -> None:
    make_office(code="kota")
    page = client.get(reverse("standards:office", args=["kota"])).content.decode()
    assert "belum menetapkan layanan" in page


def test_unknown_office_is_not_found(client: Client) -> None:
    assert client.get(reverse("standards:office", args=["tidak-ada"])).status_code == 404


def test_season_replaces_the_ordinary_hours_on_its_days() -> None:
    office = make_office()
    ordinary = OfficeHours.objects.create(office=office, weekday=Weekday.MONDAY)
    fasting = OfficeHours.objects.create(
        office=office, weekday=Weekday.MONDAY, season="Ramadan", opens_at="08:00",
        closes_at="15:00", first_on=date(2026, 2, 18), last_on=date(2026, 3, 19),
    )  # fmt: skip
    rows = [ordinary, fasting]
    assert [d.opens_at for d in opening_hours(rows, date(2026, 2, 18))] == [fasting.opens_at]
    assert [d.opens_at for d in opening_hours(rows, date(2026, 3, 20))] == [ordinary.opens_at]


@pytest.mark.parametrize(
    ("kind", "value", "href"),
    [
        (ChannelKind.EMAIL, "pengaduan@contoh.go.id", "mailto:pengaduan@contoh.go.id"),
        (ChannelKind.TELEPHONE, "(0264) 8224794 ext.103", "tel:02648224794"),
        (ChannelKind.WHATSAPP, "0812-7646-0487", "tel:081276460487"),
        (ChannelKind.SMS, "081809898222", "sms:081809898222"),
        (ChannelKind.WEB, "www.dpmptsp.contoh.go.id", "https://www.dpmptsp.contoh.go.id"),
        (ChannelKind.LAPOR, "www.lapor.go.id/", "https://www.lapor.go.id/"),
        (ChannelKind.BOX, "di loket pelayanan", ""),
        (ChannelKind.EMAIL, "belum ada", ""),
        (ChannelKind.WEB, "javascript:alert(1)", ""),
        (ChannelKind.WEB, "data:text/html,x", ""),
    ],
)
def test_only_a_real_address_becomes_a_link(kind: str, value: str, href: str) -> None:
    assert reach(kind, value) == href
