"""The privacy notice and "Data saya": what is shown, copied and corrected, and for whom."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from axes.models import AccessLog
from django.conf import settings
from django.test import Client
from django.urls import reverse

from archives.content.person import FORMAT, VERSION, copy_of
from archives.models import RetentionRule
from archives.services import people
from archives.services.loading import load_schedule
from permits.models import Opening
from permits.services import openings
from permits.services.documents import note_opened
from tests.archives.test_retention import FOLDER
from tests.factories.accounts import PASSWORD, make_office
from tests.factories.permits import NOON, Cast, make_completed, make_submitted
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    """Return a browser in which ``user`` has just typed the password."""
    client = Client()
    client.post("/akun/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    return client


def stale(user) -> Client:
    """Return a browser in which ``user`` signed in too long ago to count as fresh."""
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def asked_again(user) -> Client:
    """Return a browser in which ``user`` has typed the password once more."""
    client = signed_in(user)
    client.post("/akun/reauthenticate/", {"password": PASSWORD})
    return client


# The notice -------------------------------------------------------------------------------------


def test_the_notice_names_the_controller_of_each_office(client, cast: Cast):
    other = make_office(phone="0761 555", email="lain@contoh.test")
    page = client.get("/privasi/").content.decode()
    assert f"/privasi/{cast.office.code}/" in page
    assert f"/privasi/{other.code}/" in page
    own = client.get(f"/privasi/{other.code}/").content.decode()
    assert other.name in own
    assert "0761 555" in own
    assert "lain@contoh.test" in own
    assert client.get("/privasi/tidak-ada/").status_code == 404


def test_the_notice_shows_the_schedule_and_says_what_is_assumed(client, cast: Cast):
    empty = client.get("/privasi/").content.decode()
    assert "Jadwal retensi arsip belum ditetapkan" in empty
    load_schedule(FOLDER)
    page = client.get(f"/privasi/{cast.office.code}/").content.decode()
    assert "Sebagian angka masih perkiraan" in page
    assert "8 tahun" in page
    assert f"{cast.office.draft_days} hari tidak disentuh" in page
    assert f"sendirinya setelah {settings.UPLOAD_REPLACED_DAYS} hari" in page
    assert page.count("Asumsi") == 4
    RetentionRule.objects.filter(kind="register").update(source="Perwali 12/2026")
    page = client.get(f"/privasi/{cast.office.code}/").content.decode()
    assert page.count("Asumsi") == 3
    assert "Perwali 12/2026" in page


@pytest.mark.parametrize("address", ["/", "/akun/signup/", "/pengaduan/{office}/kirim/"])
def test_the_notice_is_linked_where_data_is_given(client, cast: Cast, address):
    page = client.get(address.format(office=cast.office.code)).content.decode()
    assert "/privasi/" in page
    assert "Pemberitahuan privasi" in page


# What is kept about me --------------------------------------------------------------------------


def test_the_page_shows_files_and_who_opened_them(cast: Cast):
    application = make_submitted(cast)
    openings.record(
        application, Opening.Kind.UPLOAD, actor=cast.at("front-office"),
        at=NOON + timedelta(hours=1), what="ktp.pdf",
    )  # fmt: skip
    page = signed_in(cast.applicant).get(reverse("archives:own")).content.decode()
    assert str(application.number) in page
    assert "Berkas unggahan: ktp.pdf" in page
    assert "16 Nov 2026 10.00 WIB" in page
    assert copy_of(cast.applicant, NOON)["permohonan"][0]["dibuka"][0]["yang_dibuka"] == "ktp.pdf"
    strange = signed_in(cast.stranger).get(reverse("archives:own")).content.decode()
    assert str(application.number) not in strange
    assert "ktp.pdf" not in strange


def test_an_officer_sees_own_data_only(cast: Cast):
    application = make_submitted(cast)
    note_opened(application.documents.all()[0], actor=cast.at("front-office"), at=NOON)
    page = signed_in(cast.at("front-office")).get(reverse("archives:own")).content.decode()
    assert str(application.number) not in page
    copy = copy_of(cast.at("front-office"), NOON)
    assert copy["permohonan"] == []
    assert copy["akun"]["jabatan"][0]["kantor"] == cast.office.name


def test_the_page_says_until_when_a_closed_file_is_kept(cast: Cast):
    load_schedule(FOLDER)
    make_completed(cast)
    page = signed_in(cast.applicant).get(reverse("archives:own")).content.decode()
    assert "disimpan sampai" in page
    assert "16 November 2036" in page


def test_the_page_costs_the_same_for_many_files(cast: Cast, django_assert_max_num_queries):
    client = signed_in(cast.applicant)
    for _one in range(3):
        make_submitted(cast)
    client.get(reverse("archives:own"))
    with django_assert_max_num_queries(20):
        client.get(reverse("archives:own"))


# The copy ---------------------------------------------------------------------------------------


def test_the_copy_holds_everything_and_nothing_of_others(cast: Cast):
    application = make_submitted(cast)
    theirs = make_submitted(cast, applicant=cast.stranger)
    AccessLog.objects.create(username=cast.applicant.email, ip_address="192.0.2.7")
    copy = json.loads(json.dumps(copy_of(cast.applicant, NOON)))
    assert (copy["format"], copy["versi"]) == (FORMAT, VERSION)
    assert copy["akun"]["email"] == cast.applicant.email
    assert [row["nomor"] for row in copy["permohonan"]] == [application.number]
    kept = copy["permohonan"][0]
    assert application.national_id in [row["isi"] for row in kept["pemegang_izin"]]
    assert {row["nama"] for row in kept["berkas"]} == {
        document.original_name for document in application.documents.all()
    }
    assert kept["riwayat"]
    assert copy["pesan"]
    assert copy["masuk"][0]["alamat"] == "192.0.2.7"
    assert str(theirs.number) not in json.dumps(copy)
    assert "password" not in json.dumps(copy)


def test_the_copy_asks_for_the_password_again(cast: Cast):
    asked = stale(cast.applicant).get(reverse("archives:copy_json"))
    assert asked.status_code == 302
    assert "/akun/reauthenticate/" in asked["Location"]
    fresh = asked_again(cast.applicant).get(reverse("archives:copy_json"))
    assert fresh.status_code == 200
    assert fresh["Cache-Control"] == "private, no-store"
    assert "attachment" in fresh["Content-Disposition"]
    assert fresh.json()["akun"]["nama"] == cast.applicant.full_name


# Correction -------------------------------------------------------------------------------------


def test_name_and_telephone_are_corrected_and_sent_files_stay(cast: Cast):
    application = make_submitted(cast)
    client = signed_in(cast.applicant)
    answer = client.post(
        reverse("archives:change"), {"full_name": "Siti Baru", "phone": "0812 7731 5599"}
    )
    assert answer.status_code == 302
    cast.applicant.refresh_from_db()
    assert cast.applicant.full_name == "Siti Baru"
    assert cast.applicant.phone_e164 == "+6281277315599"
    before = (application.holder_name, application.phone)
    application.refresh_from_db()
    assert (application.holder_name, application.phone) == before


def test_a_wrong_number_is_said_at_its_field(cast: Cast):
    page = signed_in(cast.applicant).post(
        reverse("archives:change"), {"full_name": "Siti", "phone": "12"}
    )
    assert "Nomor telepon tidak dikenali" in page.content.decode()


def test_the_name_of_an_officer_is_changed_by_an_administrator(cast: Cast):
    officer = cast.at("front-office")
    assert signed_in(officer).get(reverse("archives:change")).status_code == 403
    with pytest.raises(DomainError) as raised:
        people.change_account(officer, full_name="Lain", phone="")
    assert raised.value.code == "named_by_decree"
