"""The last day of a draft, a check, a returned application and a permit: page, list, mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from demo import samples
from notices.services import deliver_due
from permits.models import Application
from permits.services import deadlines
from tests.factories.filing import signed_in, url
from tests.factories.permits import (
    Cast,
    make_accepted,
    make_draft_application,
    make_issued,
    make_submitted,
)
from workflow.alarms import watch_terms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    with time_machine.travel(monday, tick=False):
        yield


def returned(cast: Cast, monday: datetime) -> Application:
    return samples.return_for_completion(make_submitted(cast, monday), monday)


def read(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


CASES = [
    (make_draft_application, "Minggu, 14 Februari 2027", "90 hari lagi", "berkasnya dihapus"),
    (make_submitted, "Rabu, 18 November 2026", "2 hari kerja lagi", "memberitahukan semua"),
    (returned, "Rabu, 16 Desember 2026", "30 hari lagi", "permohonan gugur"),
    (make_issued, "Rabu, 16 Desember 2026", "30 hari lagi", "kantor mengirim surat"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "day", "left", "then"), CASES)
def test_the_page_names_the_last_day_and_what_happens_then(
    cast: Cast,
    monday: datetime,
    make: Callable[[Cast, datetime], Application],
    day: str,
    left: str,
    then: str,
) -> None:
    page = read(signed_in(cast.applicant), make(cast, monday).get_absolute_url())
    for words in (day, left, then):
        assert words in page


@pytest.mark.parametrize(("make", "day", "left", "then"), CASES)
def test_the_list_names_it_too(
    cast: Cast,
    monday: datetime,
    make: Callable[[Cast, datetime], Application],
    day: str,
    left: str,
    then: str,
) -> None:
    make(cast, monday)
    page = read(signed_in(cast.applicant), reverse("permits:my_applications"))
    assert left.capitalize() in page


@pytest.mark.parametrize(("make", "day", "left", "then"), CASES[1:])
def test_tracking_names_it_and_the_desk_sees_the_same_day(
    cast: Cast,
    monday: datetime,
    make: Callable[[Cast, datetime], Application],
    day: str,
    left: str,
    then: str,
) -> None:
    application = make(cast, monday)
    page = read(Client(), reverse("permits:tracked", args=[application.tracking_code]))
    for words in (day, left, then):
        assert words in page
    desk = read(signed_in(cast.at("front-office")), application.get_desk_url())
    assert day in desk
    assert left in desk


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_submitted, "Kelengkapan berkas kami periksa paling lambat Rabu, 18 November 2026."),
        (returned, "Kirim kembali paling lambat Rabu, 16 Desember 2026. Bila tidak,"),
        (make_issued, "Bila belum diambil sampai Rabu, 16 Desember 2026, kami mengirim surat"),
    ],
)  # fmt: skip
def test_the_mail_names_it(
    cast: Cast, monday: datetime, make: Callable[[Cast, datetime], Application], words: str
) -> None:
    make(cast, monday)
    deliver_due(monday)
    one = mail.outbox[-1]
    assert words in str(one.body).replace("\n", " ")
    assert words in " ".join(str(one.alternatives[0][0]).split())


def test_a_reminder_does_not_call_its_day_the_promised_one(cast: Cast, monday: datetime) -> None:
    returned(cast, monday)
    later = monday + timedelta(days=24)
    watch_terms(later)
    deliver_due(later)
    body = str(mail.outbox[-1].body)
    assert "Melengkapi berkas: sampai Rabu, 16 Desember 2026" in body
    assert "Selesai paling lambat" not in body


def test_a_term_without_a_date_is_not_shown(cast: Cast, monday: datetime) -> None:
    application = make_accepted(cast, monday)
    page = read(signed_in(cast.applicant), application.get_absolute_url())
    assert "Dilengkapi paling lambat" not in page
    assert "Kelengkapan diperiksa" not in page.split("Perjalanan berkas")[0]


def test_working_on_a_draft_moves_its_last_day(cast: Cast, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    deadlines.touch_draft(draft, monday + timedelta(days=2))
    page = read(signed_in(cast.applicant), url("application", draft))
    assert "Selasa, 16 Februari 2027" in page


def test_nothing_is_promised_for_ever() -> None:
    """A term runs in every open state: no page and no mail says "at any time"."""
    roots = [Path(settings.BASE_DIR, name) for name in ("templates", "permits", "portal")]
    files = [f for root in roots for f in root.rglob("*") if f.suffix in (".html", ".txt", ".py")]
    assert len(files) > 200
    assert [str(f) for f in files if "kapan saja" in " ".join(f.read_text().split())] == []
