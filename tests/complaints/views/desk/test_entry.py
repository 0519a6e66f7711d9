"""An officer writes into the register what came by another channel."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import ChannelKind, OfficeChannel
from complaints.domain.lifecycle import Status
from complaints.models import Complaint
from complaints.services import complainant
from tests.complaints.views.public.test_sending import carried, words
from tests.factories.complaints import BUDI, OFFICER, TEXT, make_complaint
from tests.factories.permits import Cast, make_accepted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
# the thirteen of Purwakarta, in the order in which its standard prints them
THIRTEEN = (
    "petugas", "loket", "surat", "telepon", "sms", "whatsapp", "email", "media_sosial",
    "media_sosial", "web", "web", "formulir", "kotak",
)  # fmt: skip


@pytest.fixture
def officer(desk: Cast, client: Client) -> Client:
    client.force_login(desk.at(OFFICER), "django.contrib.auth.backends.ModelBackend")
    for number, kind in enumerate(THIRTEEN):
        OfficeChannel.objects.create(
            office=desk.office, order=number, marker=f"{chr(97 + number)}.", kind=kind,
            label=f"Saluran {number}",
        )  # fmt: skip
    return client


def filled(cast: Cast, **changes: str) -> dict[str, str]:
    letter = OfficeChannel.objects.get(office=cast.office, kind="surat")
    return {
        "langkah": "periksa", "channel": f"tercetak:{letter.pk}", "received_on": "2026-11-13",
        "received_time": "14.05", "outside_reference": "", "name": BUDI.name, "phone": BUDI.phone,
        "address": BUDI.address, "service": str(cast.service.pk), "reference": "", "holder": "",
        "served_on": "2026-11-09", "text": TEXT, **changes,
    }  # fmt: skip


def post(officer: Client, fields: dict[str, Any]) -> Any:
    return officer.post(reverse("complaints:enter"), fields)


def entered(officer: Client, cast: Cast, **changes: str) -> Complaint:
    looked = post(officer, filled(cast, **changes))
    assert "Periksa sebelum mencatat" in words(looked), words(looked)
    page = words(post(officer, carried(looked) | {"langkah": "kirim"}))
    secret = page.split('id="kode">')[1].split("<")[0]
    number = page.split('id="nomor">')[1].split("<")[0]
    found = complainant.find_own(number, secret)
    assert found
    return found


@pytest.mark.parametrize("place", range(13))
def test_each_printed_channel_is_entered(officer: Client, desk: Cast, place: int) -> None:
    channel = OfficeChannel.objects.get(office=desk.office, order=place)
    complaint = entered(officer, desk, channel=f"tercetak:{channel.pk}")
    assert complaint.channel == channel.kind == THIRTEEN[place]
    assert complaint.printed_channel == channel


def test_lapor_is_entered_with_its_number_though_the_standard_leaves_it_out(
    officer: Client, desk: Cast
) -> None:
    complaint = entered(officer, desk, channel="lain:lapor", outside_reference="LAPOR 7731")
    assert complaint.channel == ChannelKind.LAPOR
    assert complaint.printed_channel is None
    assert complaint.outside_reference == "LAPOR 7731"


def test_it_counts_from_when_it_truly_came(officer: Client, desk: Cast, now: datetime) -> None:
    complaint = entered(officer, desk)
    came = now.replace(day=13, hour=14, minute=5)
    assert (complaint.received_at, complaint.entered_at) == (came, now)
    assert complaint.due_on == datetime(2026, 12, 3).date()
    assert (complaint.entered_by, complaint.owner) == (desk.at(OFFICER), desk.at(OFFICER))


def test_the_assessment_is_shown_before_it_is_kept(officer: Client, desk: Cast) -> None:
    page = words(post(officer, filled(desk, name="")))
    assert "Tidak disertai identitas pengadu" in page
    assert "Catat saran" in page
    assert not Complaint.objects.exists()
    assert entered(officer, desk, name="").status == Status.SUGGESTION


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"channel": ""}, "Pilih salurannya."),
        ({"received_on": "2026-11-16", "received_time": "23:00"}, "tidak boleh sesudah hari ini"),
        ({"received_on": "2025-06-02"}, "lebih dari setahun yang lalu"),
        ({"received_on": "0001-01-01"}, "Tanggal di sini paling awal"),
        ({"received_on": "16/11/26"}, "Tulis tahunnya dengan empat angka"),
        ({"received_time": "26.00"}, "Tulis jam yang ada"),
        ({"received_on": "2026-11-08"}, "tidak boleh sesudah tanggal pengaduan diterima"),
        ({"text": ""}, "Tulis apa yang ingin disampaikan."),
    ],
)
def test_a_fault_is_said_and_nothing_is_lost(
    officer: Client, desk: Cast, changes: dict[str, str], sentence: str
) -> None:
    page = words(post(officer, filled(desk, **changes)))
    assert sentence in page
    assert BUDI.address in page


def test_the_file_is_found_by_name_and_chosen(
    officer: Client, desk: Cast, monday: datetime
) -> None:
    file = make_accepted(desk, monday)
    looked = post(officer, filled(desk, holder=file.holder_name[:8].upper()))
    page = words(looked)
    assert str(file.number) in page
    assert "Bukan salah satu dari berkas ini" in page
    sent = carried(looked) | {"langkah": "kirim", "application": str(file.public_id)}
    post(officer, sent)
    complaint = Complaint.objects.get()
    assert (complaint.application, complaint.version) == (file, file.version)


def test_a_name_that_nobody_has_is_said(officer: Client, desk: Cast) -> None:
    assert "Tidak ada berkas dengan nama itu" in words(post(officer, filled(desk, holder="Zzz")))


@pytest.mark.parametrize("typed", ["bukan-kunci", "00000000-0000-0000-0000-000000000000"])
def test_a_made_up_file_is_no_file(officer: Client, desk: Cast, typed: str) -> None:
    looked = post(officer, filled(desk))
    post(officer, carried(looked) | {"langkah": "kirim", "application": typed})
    assert Complaint.objects.get().application is None


def test_pressing_twice_is_once(officer: Client, desk: Cast) -> None:
    fields = carried(post(officer, filled(desk))) | {"langkah": "kirim"}
    pages = [words(post(officer, fields)) for _press in range(2)]
    assert pages[0].split('id="kode">')[1][:40] == pages[1].split('id="kode">')[1][:40]
    assert Complaint.objects.count() == 1


def test_going_back_to_the_empty_form_makes_no_second_number(officer: Client, desk: Cast) -> None:
    first = filled(desk) | {"tanda": carried(officer.get(reverse("complaints:enter")))["tanda"]}
    last = carried(post(officer, first)) | {"langkah": "kirim"}
    pages = [words(post(officer, fields)) for fields in (last, first, last)]
    assert ["Laporan ini sudah tersimpan" in page for page in pages] == [False, True, True]
    assert Complaint.objects.count() == 1
    looked = post(officer, first | {"text": "Ruang tunggunya gelap dan kursinya rusak."})
    assert "Ini akan menjadi laporan baru" in words(looked)


def test_changing_goes_back_with_everything(officer: Client, desk: Cast) -> None:
    fields = carried(post(officer, filled(desk))) | {"langkah": "ubah"}
    page = words(post(officer, fields))
    assert 'value="14.05"' in page
    assert TEXT in page


def test_what_is_alike_is_shown(officer: Client, desk: Cast, monday: datetime) -> None:
    first = make_complaint(desk, monday - timedelta(days=2))
    assert first.number in words(post(officer, filled(desk)))
    piece = officer.post(reverse("complaints:enter_alike"), {"text": TEXT, "reference": "\0"})
    assert first.number in words(piece)
    first.subjects.add(desk.at(OFFICER))
    assert first.number not in words(post(officer, filled(desk)))


def test_only_complaint_officers_enter(desk: Cast, client: Client) -> None:
    for who, status in (("kepala-dinas", 403), ("front-office", 404)):
        client.force_login(desk.at(who), "django.contrib.auth.backends.ModelBackend")
        assert client.get(reverse("complaints:enter")).status_code == status
        assert client.post(reverse("complaints:enter"), {}).status_code == status
