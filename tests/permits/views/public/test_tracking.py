"""Tracking by code, without an account: where it is, and nothing about anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from demo import samples
from permits.models import Application
from permits.services import applications, checking
from standards.domain.steps import StepKind
from tests.factories.filing import requirement, signed_in
from tests.factories.permits import (
    Cast,
    at_step,
    make_accepted,
    make_draft_application,
    make_issued,
    make_submitted,
)
from workflow import throttling

pytestmark = pytest.mark.django_db
UNKNOWN = "7KQM-X4TD-9RWB-2HLP"


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    cache.clear()
    with time_machine.travel(monday, tick=False):
        yield
    cache.clear()


def tracked(code: str) -> str:
    return reverse("permits:tracked", args=[code])


def test_the_code_leads_to_the_file_however_it_is_typed(
    cast: Cast, client: Client, monday: datetime
) -> None:
    code = make_submitted(cast, monday).tracking_code
    for typed in (code, code.lower(), code.replace("-", ""), f"  {code.replace('-', ' ')} "):
        answer = client.post(reverse("permits:track"), {"kode": typed})
        assert answer["Location"] == tracked(code), typed
        assert client.get(reverse("permits:track"), {"kode": typed})["Location"] == tracked(code)
    assert client.get(tracked(code.lower()))["Location"] == tracked(code)


def test_signs_that_look_alike_are_forgiven(cast: Cast, client: Client, monday: datetime) -> None:
    file = make_submitted(cast, monday)
    Application.objects.filter(pk=file.pk).update(tracking_code="5S2K-X4TD-8RWB-2HLP")
    answer = client.post(reverse("permits:track"), {"kode": "SSZK-X4TD-BRW8-2H1P"})
    assert answer["Location"] == tracked("5S2K-X4TD-8RWB-2HLP")


def test_other_printed_numbers_lead_to_their_pages(
    cast: Cast, client: Client, monday: datetime
) -> None:
    issued = make_issued(cast, monday)
    number = str(issued.certificate.number)
    answer = client.post(reverse("permits:track"), {"kode": number.lower().replace("/", " ")})
    assert answer["Location"].startswith(reverse("permits:verify"))
    answer = client.post(reverse("permits:track"), {"kode": "pgd kantor 1 2026 00012"})
    assert answer["Location"].startswith(reverse("complaints:track"))
    page = client.get(answer["Location"]).content.decode()
    assert 'value="pgd kantor 1 2026 00012"' in page


def test_the_number_of_an_application_opens_ones_own_file_alone(
    cast: Cast, client: Client, monday: datetime
) -> None:
    file = make_submitted(cast, monday)
    typed = str(file.number).lower().replace("-", " ")
    for anybody, number in ((client, typed), (client, "KANTOR-9-2026-000999")):
        answer = anybody.post(reverse("permits:track"), {"kode": number})
        assert answer.status_code == 404
        assert "Ini nomor permohonan" in answer.content.decode()
        assert f"next={quote(reverse('permits:track') + '?')}" in answer.content.decode()
    own = signed_in(cast.applicant).post(reverse("permits:track"), {"kode": typed})
    assert own["Location"] == file.get_absolute_url()


def test_an_empty_code_is_asked_for(client: Client) -> None:
    assert client.get(reverse("permits:track")).status_code == 200
    page = client.post(reverse("permits:track"), {"kode": " "}).content.decode()
    assert "Kode belum ditulis" in page


@pytest.mark.parametrize("typed", [UNKNOWN, "abc", "0000-0000-0000-0000", "<script>", "x" * 500])
def test_an_unknown_code_and_a_wrong_one_get_the_same_answer(client: Client, typed: str) -> None:
    answer = client.post(reverse("permits:track"), {"kode": typed})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Kode ini tidak ditemukan" in page
    assert "<script>" not in page.split("</head>")[1]


def test_an_unknown_address_is_the_same_page(client: Client) -> None:
    for code in (UNKNOWN, "abc", "\x00", "é"):
        answer = client.get(tracked(code))
        assert answer.status_code == 404
        assert "Kode ini tidak ditemukan" in answer.content.decode()


def test_a_draft_cannot_be_tracked(cast: Cast, client: Client, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    assert client.get(tracked(draft.tracking_code)).status_code == 404


def test_it_says_where_the_file_is_and_when_it_is_promised(
    cast: Cast, client: Client, monday: datetime
) -> None:
    accepted = make_accepted(cast, monday)
    page = client.get(tracked(accepted.tracking_code)).content.decode()
    for words in (str(accepted.number), cast.service.name, "Tim teknis", "Selasa, 24 November 2026",
                  "6 hari kerja lagi", "Tidak. Kantor sedang bekerja",
                  "Hari kerja ke-6"):  # fmt: skip
        assert words in page


def test_nothing_personal_is_shown(cast: Cast, client: Client, monday: datetime) -> None:
    accepted = make_accepted(cast, monday)
    page = client.get(tracked(accepted.tracking_code)).content.decode()
    assert "B*** S*** C***" in page
    for secret in (accepted.holder_name, accepted.responsible_name, accepted.national_id,
                   accepted.address, accepted.phone, cast.applicant.email, "berkas.pdf",
                   "Contoh isian", "Petugas tim-teknis", "Petugas front-office"):  # fmt: skip
        assert secret not in page, secret


def test_what_an_officer_wrote_stays_inside(cast: Cast, client: Client, monday: datetime) -> None:
    back = samples.reload(_returned(cast, monday))
    with time_machine.travel(monday + timedelta(days=2), tick=False):
        page = client.get(tracked(back.tracking_code)).content.decode()
        own = signed_in(cast.applicant).get(reverse("permits:deadline", args=[back.public_id]))
    assert "Nama ibu kandung" not in page
    assert "menunggu pemohon melengkapi berkas" in page
    assert "Ya. Pemohon masuk ke akunnya" in page
    assert f"{reverse('account_login')}?next={back.get_absolute_url()}" in page
    assert "Nama ibu kandung" in own.content.decode(), "the applicant reads the reason"


def _returned(cast: Cast, at: datetime) -> Application:
    """A file that runs, was sent back by the technical team and returned to its applicant."""
    from permits.services import visits

    running = make_accepted(cast, at)
    visits.send_back(running, actor=cast.at("tim-teknis"), at=at, note="Denah tidak cocok")
    running = samples.reload(running)
    officer = cast.at("front-office")
    checking.give_verdict(
        running, requirement(running, 2).pk, "tidak_sesuai", actor=officer, at=at,
        reason="Nama ibu kandung tidak terbaca",
    )  # fmt: skip
    return applications.return_application(running, actor=officer, at=at)


def test_a_late_file_says_so(cast: Cast, client: Client, monday: datetime) -> None:
    accepted = make_accepted(cast, monday)
    with time_machine.travel(monday + timedelta(days=9), tick=False):
        page = client.get(tracked(accepted.tracking_code)).content.decode()
    assert "kantor terlambat" in page
    assert "terlambat 1 hari kerja" in page


def test_a_withdrawn_file_tells_no_reason(cast: Cast, client: Client, monday: datetime) -> None:
    sent = make_submitted(cast, monday)
    applications.withdraw_application(sent, actor=cast.applicant, at=monday, note="Rahasia saya")
    page = client.get(tracked(sent.tracking_code)).content.decode()
    assert "Rahasia saya" not in page
    assert "Ditarik" in page


def test_an_issued_file_says_to_fetch_it(cast: Cast, client: Client, monday: datetime) -> None:
    issued = at_step(cast, StepKind.HAND_OVER, monday)
    page = client.get(tracked(issued.tracking_code)).content.decode()
    assert "mengunduh dokumen" in page


def test_the_page_stays_out_of_caches_and_search_engines(
    cast: Cast, client: Client, monday: datetime
) -> None:
    answer = client.get(tracked(make_submitted(cast, monday).tracking_code))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "private, no-store"
    assert client.head(tracked(UNKNOWN)).status_code == 404
    assert client.delete(tracked(UNKNOWN)).status_code == 405


def test_somebody_who_guesses_must_wait(cast: Cast, client: Client, monday: datetime) -> None:
    right = make_submitted(cast, monday).tracking_code
    for _miss in range(throttling.FAILURES):
        assert client.post(reverse("permits:track"), {"kode": UNKNOWN}).status_code == 404
    for answer in (client.get(tracked(UNKNOWN)), client.get(tracked(right))):
        assert answer.status_code == 429, "a right guess must not be told from a wrong one"
        assert answer["Retry-After"] == "600"
        assert "Tunggu beberapa menit" in answer.content.decode()
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert elsewhere.get(tracked(right)).status_code == 200
    with time_machine.travel(monday + timedelta(minutes=11), tick=False):
        assert client.get(tracked(right)).status_code == 200


def test_right_codes_do_not_count_as_guesses(cast: Cast, client: Client, monday: datetime) -> None:
    right = make_submitted(cast, monday).tracking_code
    for _look in range(throttling.FAILURES + 5):
        assert client.get(tracked(right)).status_code == 200
