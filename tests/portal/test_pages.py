"""Facts about the pages that belong to no single app."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import ChannelKind, OfficeChannel
from notices import outbox
from notices.models import Notice
from portal import health
from portal.search import understand
from standards.models import Kbli
from tests.factories.accounts import make_admin, make_office, make_officer, make_position, make_user
from tests.factories.permits import make_cast, make_submitted
from tests.factories.standards import make_draft, make_service, make_standard
from workflow.models import Heartbeat, JobStatus

pytestmark = pytest.mark.django_db

CODE = "K7QF-9M2X-PD4T-AB2C"


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def search(client: Client, words: str) -> str:
    answer = client.get(reverse("portal:search"), {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


# Home -------------------------------------------------------------------------------------------


def test_home_shows_services_with_their_promise_and_offices(client: Client) -> None:
    service = make_standard(make_service(name="Tanda Daftar BKK")).service
    page = client.get(reverse("portal:home")).content.decode()
    assert "Tanda Daftar BKK" in page
    assert "6 hari kerja" in page
    assert "Gratis" in page
    assert reverse("standards:office", args=[service.office.code]) in page
    assert f'action="{reverse("portal:search")}"' in page


def test_home_hides_drafts(client: Client) -> None:
    make_draft(make_service(name="Izin Masih Konsep"))
    assert "Izin Masih Konsep" not in client.get(reverse("portal:home")).content.decode()


def test_most_asked_services_come_first(client: Client) -> None:
    rare = make_standard(make_service(name="Aaa Jarang")).service
    cast = make_cast()
    often = cast.service
    type(often).objects.filter(pk=often.pk).update(name="Zzz Sering")
    often.refresh_from_db()
    make_submitted(cast, timezone.now() - timedelta(days=1))
    page = client.get(reverse("portal:home")).content.decode()
    assert page.index(often.name) < page.index(rare.name)


def test_home_asks_few_questions_of_the_database(
    client: Client, django_assert_max_num_queries
) -> None:
    for _number in range(8):
        make_standard()
    client.force_login(make_user())
    with django_assert_max_num_queries(9):  # one of them counts unread messages
        client.get(reverse("portal:home"))


# Search -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [CODE, CODE.lower(), f"  {CODE} ", "k7qf9m2xpd4tab2c", "K7QF 9M2X PD4T AB2C"],
)
def test_tracking_code_goes_to_its_file(client: Client, words: str) -> None:
    answer = client.get(reverse("portal:search"), {"q": words})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("permits:tracked", args=[CODE]))


def test_two_plain_words_of_sixteen_letters_are_no_code(client: Client) -> None:
    make_standard(make_service(name="Usaha Perdagangan Eceran"))
    page = search(client, "usaha perdagangan")
    assert "Usaha Perdagangan Eceran" in page
    assert "Mungkin ini kode lacak" not in page
    assert "Mungkin ini kode lacak" in search(client, "ABCDEFGHJKLMNPQR")


def test_search_finds_by_word(client: Client) -> None:
    make_standard(make_service(name="Tanda Daftar Bursa Kerja Khusus"))
    make_standard(make_service(name="Izin Praktik Bidan"))
    page = search(client, "bursa kerja")
    assert "Tanda Daftar Bursa Kerja Khusus" in page
    assert "Izin Praktik Bidan" not in page


@pytest.mark.parametrize("words", ["78422", "KBLI 78422", "kbli 784", "pelatihan komputer"])
def test_search_finds_by_kbli(client: Client, words: str) -> None:
    line = Kbli.objects.create(code="78422", title="Pelatihan Kerja Komputer Swasta")
    make_standard(make_service(name="Sertifikat Standar", kbli=line))
    assert "Sertifikat Standar" in search(client, words)


def test_search_finds_by_office(client: Client) -> None:
    office = make_office(name="DPMPTSP Kota Pekanbaru", short_name="DPMPTSP Pekanbaru")
    make_standard(make_service(office, name="Tanda Daftar BKK"))
    assert "Tanda Daftar BKK" in search(client, "pekanbaru")


def test_filler_words_do_not_hide_a_service(client: Client) -> None:
    make_standard(make_service(name="Tanda Daftar Bursa Kerja Khusus"))
    assert "Tanda Daftar Bursa Kerja Khusus" in search(client, "cara mengurus izin bursa kerja")


def test_search_never_finds_a_draft(client: Client) -> None:
    make_draft(make_service(name="Izin Masih Konsep"))
    page = search(client, "masih konsep")
    assert "Izin Masih Konsep" not in page
    assert "Tidak ada layanan" in page


def test_empty_result_says_why_and_keeps_the_words(client: Client) -> None:
    page = search(client, "helikopter")
    assert "Tidak ada layanan dengan kata “helikopter”" in page
    assert 'value="helikopter"' in page
    assert reverse("standards:service_list") in page


def test_spelling_near_a_service_is_suggested(client: Client) -> None:
    make_standard(make_service(name="Tanda Daftar Bursa Kerja Khusus"))
    assert "?q=bursa%20kerja%20khusus" in search(client, "bursa kerja kusus")


def test_unknown_kbli_is_said_to_be_unknown(client: Client) -> None:
    assert "Belum ada layanan untuk KBLI 99999" in search(client, "KBLI 99999")


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("503/0001/BKK/DPMPTSP/2026", "permits:verify"),
        ("503 0001 bkk dpmptsp 2026", "permits:verify"),
        ("7kqm x4td 9rwh", "permits:verify"),
        ("PKU/2026/000123", "permits:track"),
        ("pgd-pku-2026-00012", "complaints:track"),
        (CODE.lower(), "permits:tracked"),
    ],
)
def test_every_printed_number_leads_to_its_page(client: Client, words: str, page: str) -> None:
    answer = client.get(reverse("portal:search"), {"q": words})
    address = reverse(page, args=[CODE]) if page == "permits:tracked" else f"{reverse(page)}?"
    assert answer["Location"].startswith(address)


def test_words_are_not_taken_for_a_code(client: Client) -> None:
    make_standard(make_service(name="Tanda Daftar Bursa Kerja Khusus"))
    page = search(client, "bursa kerja kusus")
    assert "BURS" not in page
    assert "Mungkin ini kode lacak" not in page


def test_only_what_finds_something_is_suggested(client: Client) -> None:
    make_standard(make_service(name="Tanda Daftar Bursa Kerja Khusus"))
    make_standard(make_service(name="Izin kursus menjahit"))
    page = search(client, "bursa kerja kusus")
    assert "?q=bursa%20kerja%20khusus" in page
    assert "kursus" not in page
    assert "Mungkin yang Anda maksud" not in search(client, "menjahit bursa kusus")


def test_national_id_is_not_searched(client: Client) -> None:
    page = search(client, "3275 0123 4567 8901")
    assert "Jangan mengetik nomor kependudukan" in page


def test_search_escapes_what_was_typed(client: Client) -> None:
    page = search(client, '"><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("words", ["", " ", "\x00", "%", "_", "'", "a" * 5000, "\ufffd", "٣٤٥٦٧"])
def test_odd_words_never_break_the_page(client: Client, words: str) -> None:
    search(client, words)


def test_percent_sign_is_no_wildcard(client: Client) -> None:
    make_standard(make_service(name="Tanda Daftar BKK"))
    assert "Tanda Daftar BKK" not in search(client, "%")


def test_search_asks_few_questions_of_the_database(
    client: Client, django_assert_max_num_queries
) -> None:
    for _number in range(5):
        make_standard(make_service())
    client.force_login(make_user())
    for words in ("layanan contoh", "cara urus helikoptr"):
        with django_assert_max_num_queries(9):
            search(client, words)


@pytest.mark.parametrize(
    ("text", "maybe"),
    [(CODE, False), ("ABCDEFGHJKLMNPQR", True), ("ABCD-EFGH-JKLM-NPQR", False),
     ("2345234523452345", False), ("78422", False), ("usaha perdagangan", False)],
)  # fmt: skip
def test_one_word_of_sixteen_letters_may_be_a_tracking_code(text: str, maybe: bool) -> None:
    assert bool(understand(text).maybe_code) is maybe


# After signing in -------------------------------------------------------------------------------


def test_officer_comes_to_what_waits(client: Client) -> None:
    client.force_login(make_officer(make_position(make_office(), "front-office")))
    answer = client.get(reverse("portal:after_login"))
    assert answer["Location"] == reverse("portal:waiting")


def test_administrator_without_position_comes_to_the_administration(client: Client) -> None:
    client.force_login(make_admin())
    assert client.get(reverse("portal:after_login"))["Location"] == reverse("admin:index")


def test_applicant_comes_to_own_applications(client: Client) -> None:
    client.force_login(make_user())
    answer = client.get(reverse("portal:after_login"))
    assert answer["Location"] == reverse("permits:my_applications")


def test_nobody_must_sign_in_first(client: Client) -> None:
    answer = client.get(reverse("portal:after_login"))
    assert answer["Location"].startswith(reverse("account_login"))


# Health -----------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _no_beat(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CELERY_BEAT_SCHEDULE = {}
    monkeypatch.setattr(health, "_STARTED", time.monotonic())


@pytest.fixture
def beat(settings: Any, _no_beat: None) -> None:
    settings.CELERY_BEAT_SCHEDULE = {
        "notices.deliver_due": {"task": "notices.deliver_due", "schedule": 30.0},
        "permits.nightly": {"task": "permits.nightly", "schedule": timedelta(days=1)},
    }


def beaten(name: str, minutes: float, **fields: int) -> None:
    at = timezone.now() - timedelta(minutes=minutes)
    Heartbeat.objects.create(sweep=name, started_at=at, finished_at=at, **fields)


def report(client: Client, code: int) -> dict[str, Any]:
    answer = client.get(reverse("portal:health"))
    assert answer.status_code == code
    return json.loads(answer.content)


@pytest.mark.usefixtures("beat")
def test_health_is_well_when_everything_runs(client: Client) -> None:
    beaten("notices.deliver_due", 1, done=3)
    found = report(client, 200)
    assert found["status"] == "ok"
    assert found["database"] is True
    assert found["broker"] is True
    (sweep,) = found["sweeps"]
    assert 55 <= sweep["age_seconds"] <= 90
    assert sweep["done"] == 3


@pytest.mark.usefixtures("beat")
def test_silent_minute_sweep_raises_the_alarm(client: Client) -> None:
    beaten("notices.deliver_due", 11)
    found = report(client, 503)
    assert found["status"] == "down"
    assert found["sweeps"][0]["late"] is True


@pytest.mark.usefixtures("beat")
def test_sweep_that_never_ran_raises_the_alarm_after_ten_minutes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report(client, 200)["sweeps"][0]["age_seconds"] is None
    monkeypatch.setattr(health, "_STARTED", health._STARTED - 3600)
    report(client, 503)


@pytest.mark.usefixtures("beat")
def test_daily_sweep_may_be_old(client: Client) -> None:
    beaten("notices.deliver_due", 1)
    beaten("permits.nightly", 600)
    assert report(client, 200)["status"] == "ok"


@pytest.mark.usefixtures("beat")
def test_failing_rows_are_a_trouble_but_no_alarm(client: Client) -> None:
    beaten("notices.deliver_due", 1, failed=1)
    assert report(client, 200)["status"] == "degraded"


def test_owed_work_is_counted(client: Client) -> None:
    now = timezone.now()
    outbox.post_rendered(address="a@contoh.test", subject="x", body="rahasia", at=now)
    row = outbox.post_rendered(address="b@contoh.test", subject="x", body="rahasia", at=now)
    Notice.objects.filter(pk=row.pk).update(job_status=JobStatus.FAILED)
    found = report(client, 200)
    jobs = {one["name"]: one for one in found["jobs"]}
    assert jobs["notices.Notice"]["waiting"] == 1
    assert jobs["notices.Notice"]["failed"] == 1
    assert "permits.Certificate" in jobs
    assert "rahasia" not in json.dumps(found)
    assert "contoh.test" not in json.dumps(found)


def test_database_that_is_away_raises_the_alarm(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError

    client.force_login(make_user())  # even somebody with a session gets an answer
    monkeypatch.setattr(connection, "ensure_connection", away)
    found = report(client, 503)
    assert found["database"] is False
    page = client.get(reverse("portal:health"), headers={"Accept": "text/html"})
    assert page.status_code == 503
    assert "Tidak menjawab" in page.content.decode()


def test_silent_broker_is_a_trouble_but_no_alarm(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(heard: object, limit: float) -> None:
        timezone.now()

    monkeypatch.setattr(health, "_knock", hang)
    found = report(client, 200)
    assert found["broker"] is False
    assert found["status"] == "degraded"


def test_knocking_at_a_dead_broker_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    monkeypatch.setattr(health, "_knock", lambda heard, limit: never.wait(5))
    began = time.monotonic()
    assert health.broker_answers(limit=0.1) is False
    assert time.monotonic() - began < 2
    never.set()


def test_people_get_a_page(client: Client) -> None:
    page = client.get(reverse("portal:health"), headers={"Accept": "text/html,*/*;q=0.8"})
    assert "Kesehatan portal" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


# The mails of the demo --------------------------------------------------------------------------


@pytest.fixture
def box(settings: Any, tmp_path: Path) -> Path:
    settings.DEMO = True
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.SITE_URL = "http://portal.test:8000"
    return Path(settings.EMAIL_FILE_PATH)


def write(box: Path, subject: str, body: str) -> None:
    EmailBackend(file_path=str(box)).send_messages(
        [EmailMessage(subject, body, "portal@localhost", ["siti@contoh.test"])]
    )


def test_mailbox_shows_mails_with_links_into_this_portal(client: Client, box: Path) -> None:
    write(box, "Konfirmasi alamat", "Buka http://testserver/akun/confirm-email/abc/ sekarang.")
    write(box, "Izin terbit", "Unduh: http://portal.test:8000/permohonan/1/?a=1&b=2.")
    page = client.get(reverse("portal:mailbox")).content.decode()
    assert "Konfirmasi alamat" in page
    assert "siti@contoh.test" in page
    assert 'href="/akun/confirm-email/abc/"' in page
    assert 'href="/permohonan/1/?a=1&amp;b=2"' in page
    assert "sekarang." in page


def test_newest_mail_is_on_top(client: Client, box: Path) -> None:
    for number, subject in enumerate(("Pertama", "Kedua"), start=1):
        write(box, subject, "isi")
        newest = max(box.glob("*.log"), key=lambda file: file.stat().st_ctime_ns)
        os.utime(newest, (number * 1000, number * 1000))
    page = client.get(reverse("portal:mailbox")).content.decode()
    assert page.index("Kedua") < page.index("Pertama")


@pytest.mark.parametrize(
    "link",
    [
        "https://jahat.test/akun/",
        "http://testserver.jahat.test/",
        "http://x@jahat.test/",
        "http://[",
    ],
)
def test_links_elsewhere_stay_text(client: Client, box: Path, link: str) -> None:
    write(box, "Tautan", f"Lihat {link} ya")
    page = client.get(reverse("portal:mailbox")).content.decode()
    assert link in page
    assert f'href="{link}' not in page


def test_double_slash_does_not_leave_the_portal(client: Client, box: Path) -> None:
    write(box, "Tautan", "http://testserver//jahat.test/x")
    page = client.get(reverse("portal:mailbox")).content.decode()
    assert 'href="/jahat.test/x"' in page


def test_mail_is_escaped(client: Client, box: Path) -> None:
    write(box, "<b>tebal</b>", "<script>alert(1)</script>")
    page = client.get(reverse("portal:mailbox")).content.decode()
    assert "<script>alert" not in page
    assert "<b>tebal" not in page


def test_broken_mail_does_not_break_the_page(client: Client, box: Path) -> None:
    box.mkdir()
    (box / "rusak.log").write_bytes(
        b"Subject: x\nDate: kemarin\nContent-Type: text/plain; charset=tidak-ada\n\n\xff\xfe\n"
    )
    assert client.get(reverse("portal:mailbox")).status_code == 200


@pytest.mark.usefixtures("box")
def test_empty_mailbox_says_why(client: Client) -> None:
    assert "Belum ada surat" in client.get(reverse("portal:mailbox")).content.decode()


def test_there_is_no_mailbox_outside_the_demo(client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.get(reverse("portal:mailbox")).status_code == 404


# Small doors ------------------------------------------------------------------------------------


def test_language_is_switched_and_kept(client: Client) -> None:
    make_standard()
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/layanan/"})
    assert answer["Location"] == "/layanan/"
    assert '<html lang="en"' in client.get("/layanan/").content.decode()


def test_robots_stay_out_of_the_files_of_people(client: Client, settings: Any) -> None:
    settings.DEMO = False
    text = client.get("/robots.txt").content.decode()
    assert f"Disallow: {reverse('permits:track')}" in text
    assert "Disallow: /akun/" in text
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_favicon_is_found(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("portal/img/mark.svg")


def test_channel_of_an_office_is_no_script(client: Client) -> None:
    service = make_standard().service
    OfficeChannel.objects.create(
        office=service.office, order=1, kind=ChannelKind.WEB, label="Web",
        value="javascript:alert(1)",
    )  # fmt: skip
    assert 'href="javascript' not in client.get(service.get_absolute_url()).content.decode()
