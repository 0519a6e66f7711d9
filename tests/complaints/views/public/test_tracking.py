"""Coming back with number and secret: the report, what may be done with it, and nothing kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

from accounts.models import ChannelKind
from accounts.selectors import holders
from complaints import selectors
from complaints.domain import secrets
from complaints.domain.lifecycle import Event, Status
from complaints.models import Addition, Answer, AnswerLetter, Complaint
from complaints.services import complainant, events
from complaints.services.identity import Person
from complaints.views.public.tracking import track
from notices.models import Notice
from tests.complaints.services.test_attachments import a_photo
from tests.complaints.views.public.test_sending import words
from tests.factories.complaints import BUDI, OFFICER, TEXT, make_complaint
from tests.factories.permits import Cast
from workflow import throttling
from workflow.models import ThrottleCounter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
TRACK, MINE, LETTER = (f"complaints:{name}" for name in ("track", "mine", "my_letter"))


@dataclass(frozen=True)
class Own:
    """A report and what its sender has of it."""

    complaint: Complaint
    secret: str

    def fresh(self) -> Complaint:
        return Complaint.objects.get(pk=self.complaint.pk)


@pytest.fixture
def own(desk: Cast, monday: datetime) -> Own:
    secret = secrets.new_secret()
    return Own(make_complaint(desk, monday, secret=secret), secret)


def opened(client: Client, own: Own) -> Any:
    """Come in and return the page."""
    answer = client.post(reverse(TRACK), {"number": own.complaint.number, "secret": own.secret})
    assert answer["Location"] == reverse(MINE), words(answer)
    return client.get(reverse(MINE))


def act(client: Client, name: str, **fields: Any) -> Any:
    return client.post(reverse(MINE), {"tindakan": name, **fields})


def asked(own: Own, at: datetime, note: str = "Sebutkan nomor berkas.") -> None:
    events.fire(own.complaint, Event.ASK, actor=own.complaint.owner, at=at, note=note)


def answered(own: Own, at: datetime, *, until: date | None = None) -> Answer:
    """Bring the report to its delivered answer."""
    complaint = own.fresh()
    owner = complaint.owner
    assert owner
    if complaint.status == Status.RECEIVED:
        complaint = events.fire(complaint, Event.STUDY, actor=owner, at=at)
    complaint = events.fire(complaint, Event.DRAFT, actor=owner, at=at)
    complaint = events.fire(complaint, Event.APPROVE, actor=owner, at=at)
    events.fire(complaint, Event.ANSWER, actor=owner, at=at, note="surel 1")
    return Answer.objects.create(
        complaint=complaint, round=complaint.round, revision=complaint.round, digest="0" * 64,
        text="Berkas Anda sudah selesai.", written_by=owner, written_at=at, sent_at=at,
        sent_by=owner, sent_through=ChannelKind.EMAIL, proof="surel 1",
        reopen_until=until or at.date() + timedelta(days=14),
    )  # fmt: skip


# The way in --------------------------------------------------------------------------------------


def test_number_and_secret_open_it_however_they_are_typed(own: Own, client: Client) -> None:
    number, secret = own.complaint.number, own.secret
    for typed in ((number, secret), (number.lower(), secret.lower()),
                  (f" {number} ", secret.replace("-", " "))):  # fmt: skip
        answer = client.post(reverse(TRACK), {"number": typed[0], "secret": typed[1]})
        assert answer.status_code == 302, typed
    assert number in words(client.get(reverse(MINE)))


def wrong_ways(own: Own) -> list[dict[str, str]]:
    other = secrets.new_secret()
    return [
        {"number": own.complaint.number, "secret": other},
        {"number": "PGD-TIDAK-2026-00001", "secret": own.secret},
        {"number": "PGD-TIDAK-2026-00001", "secret": other},
        {"number": own.complaint.number, "secret": ""},
        {"number": "", "secret": ""},
        {"number": "\0", "secret": "\0é"},
        {"number": "x" * 500, "secret": "x" * 500},
    ]


def test_wrong_and_unknown_are_one_answer_and_one_work(own: Own, client: Client) -> None:
    answers = set()
    for typed in wrong_ways(own):
        ThrottleCounter.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(reverse(TRACK), typed)
        assert answer.status_code == 404
        assert "pengaduan" not in answer.cookies
        queries = [shape(query["sql"]) for query in asked.captured_queries]
        about_reports = [query for query in queries if "complaints_" in query.split("FROM")[-1]]
        assert len(about_reports) == 1
        answers.add((look(answer), len(queries), *about_reports))
    assert len(answers) == 1


def look(answer: Any) -> str:
    """Return an answer whole, without what was typed and the token of the form."""
    page = re.sub(r'\s*value="[^"]*"', "", words(answer))
    cookies = [(name, kept["path"], kept["max-age"]) for name, kept in answer.cookies.items()]
    kept = {name: text for name, text in answer.items() if name != "Content-Length"}
    return f"{answer.status_code} {sorted(kept.items())} {cookies} {page}"


def shape(sql: str) -> str:
    """Return a question without the digest it asks for."""
    return re.sub(r"[0-9a-f]{64}", "", sql)


def test_who_guesses_waits_whether_right_or_wrong(own: Own, client: Client) -> None:
    for _guess in range(throttling.FAILURES):
        assert client.post(reverse(TRACK), {"number": "1", "secret": "2"}).status_code == 404
    right = {"number": own.complaint.number, "secret": own.secret}
    answers = [client.post(reverse(TRACK), typed) for typed in (right, {"number": "1"})]
    assert [answer.status_code for answer in answers] == [429, 429]
    assert client.get(reverse(TRACK)).status_code == 429
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert elsewhere.post(reverse(TRACK), right).status_code == 302


def test_ten_thousand_guesses_hit_nothing(own: Own) -> None:
    """The question that ``find_own`` asks, for ten thousand secrets and for the right one."""
    number = own.complaint.number
    assert complainant.find_own(number, own.secret) == own.complaint
    assert complainant.find_own(number, secrets.new_secret()) is None
    guesses = [secrets.digest(secrets.new_secret()) for _try in range(10_000)]
    asked = [Complaint.objects.filter(secret_digest__in=guesses[i : i + 500])
             for i in range(0, 10_000, 500)]  # fmt: skip
    assert not any(rows.exists() for rows in asked)
    assert Complaint.objects.filter(secret_digest__in=[secrets.digest(own.secret)]).exists()


def test_after_thirty_guesses_nothing_is_compared_however_many_follow(
    own: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One address, on the page itself; the last guess is right, and waits like the others.

    A refused guess writes nothing, so the next one meets what it met: forty stand for ten thousand.
    """
    compared = []
    find_own = complainant.find_own

    def counted(number: str, secret: str) -> Complaint | None:
        compared.append(secret)
        return find_own(number, secret)

    monkeypatch.setattr(complainant, "find_own", counted)
    refused = 40
    guesses = [secrets.new_secret() for _guess in range(throttling.FAILURES)]
    answers = [guess(own.complaint.number, secret) for secret in guesses]
    block = ThrottleCounter.objects.values().get()
    for secret in [*(secrets.new_secret() for _guess in range(refused - 1)), own.secret]:
        with CaptureQueriesContext(connection) as asked:
            answers.append(guess(own.complaint.number, secret))
        assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
        assert ThrottleCounter.objects.values().get() == block
    codes = [answer.status_code for answer in answers]
    assert codes == [404] * throttling.FAILURES + [429] * refused
    assert len(compared) == throttling.FAILURES
    assert {look(answer) for answer in answers[: throttling.FAILURES]} == {look(answers[0])}
    assert {look(answer) for answer in answers[-refused:]} == {look(answers[-1])}
    assert not any("pengaduan" in answer.cookies for answer in answers)


def guess(number: str, secret: str) -> Any:
    """Ask the page without all that stands before it."""
    request = RequestFactory().post(reverse(TRACK), {"number": number, "secret": secret})
    request.user, request.session = AnonymousUser(), SessionBase()
    request.csrf_processing_done = True  # type: ignore[attr-defined]
    return track(request)


def test_the_counter_of_guesses_names_no_address(own: Own, client: Client) -> None:
    Client(REMOTE_ADDR="203.0.113.77").post(reverse(TRACK), {"number": "1", "secret": "2"})
    stored = ThrottleCounter.objects.get()
    assert stored.key.startswith("complaints-codes:")
    assert "203.0.113.77" not in stored.key


def test_without_the_way_in_there_is_nothing(own: Own, client: Client) -> None:
    assert own.complaint.number not in words(client.get(reverse(MINE)))
    assert client.get(reverse(LETTER))["Location"] == reverse(TRACK)
    client.cookies["pengaduan"] = f"{own.complaint.public_id.hex}:abc:def"
    assert own.complaint.number not in words(client.get(reverse(MINE)))


def test_it_is_open_for_half_an_hour(
    own: Own, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    page = opened(client, own)
    assert page.cookies["pengaduan"]["max-age"] == 1800
    assert page.cookies["pengaduan"]["httponly"]
    assert page.cookies["pengaduan"]["path"] == "/pengaduan/"
    later = time.time() + 31 * 60
    monkeypatch.setattr(time, "time", lambda: later)
    answer = act(client, "tambah", text="Panjang sekali")
    assert "hanya terbuka selama setengah jam" in words(answer)
    assert "Panjang sekali" in words(answer)
    assert not Addition.objects.exists()


def test_done_forgets_and_no_session_ever_knew(own: Own, desk: Cast, client: Client) -> None:
    client.force_login(desk.applicant, "django.contrib.auth.backends.ModelBackend")
    before = {row.session_data for row in Session.objects.all()}
    opened(client, own)
    act(client, "tambah", text="Satu hal lagi")
    assert {row.session_data for row in Session.objects.all()} == before
    assert act(client, "selesai")["Location"] == reverse(TRACK)
    assert not client.cookies["pengaduan"].value
    assert own.complaint.number not in words(client.get(reverse(MINE)))


def test_pages_are_kept_nowhere(own: Own, client: Client) -> None:
    for answer in (client.get(reverse(TRACK)), opened(client, own)):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "same-origin"


# What it shows -----------------------------------------------------------------------------------


def test_it_says_where_it_is_and_until_when(own: Own, client: Client) -> None:
    page = words(opened(client, own))
    assert "Diterima, sedang diperiksa kelengkapannya" in page
    assert "Jumat, 4 Desember 2026" in page
    assert "14 hari kerja lagi" in page
    assert "Ombudsman" in page


def test_it_shows_days_and_no_officer(own: Own, client: Client, monday: datetime) -> None:
    asked(own, monday + timedelta(minutes=7))
    page = words(opened(client, own))
    assert "Senin, 16 November 2026" in page
    for word in ("09.00", "09:00", "09.07", "WIB", own.complaint.owner.full_name):
        assert word not in page, word


def test_what_is_asked_is_said(own: Own, client: Client, monday: datetime) -> None:
    asked(own, monday)
    page = words(opened(client, own))
    assert "Anda diminta melengkapi" in page
    assert "Sebutkan nomor berkas." in page


def test_work_inside_the_office_is_not_told(own: Own, client: Client, monday: datetime) -> None:
    complaint = events.fire(own.complaint, Event.STUDY, actor=own.complaint.owner, at=monday)
    complaint = events.fire(complaint, Event.DRAFT, actor=complaint.owner, at=monday)
    events.fire(complaint, Event.SEND_BACK, actor=complaint.owner, at=monday, note="Terlalu galak")
    assert "Terlalu galak" not in words(opened(client, own))


def test_a_draft_is_not_shown_before_it_is_sent(own: Own, client: Client, monday: datetime) -> None:
    answer = answered(own, monday)
    Answer.objects.filter(pk=answer.pk).update(sent_at=None)
    assert answer.text not in words(opened(client, own))


def test_the_answer_and_its_letter_are_there(own: Own, client: Client, monday: datetime) -> None:
    answer = answered(own, monday)
    page = words(opened(client, own))
    assert answer.text in page
    assert "Unduh surat jawaban" not in page
    assert client.get(reverse(LETTER)).status_code == 404
    letter = AnswerLetter(
        answer=answer, number="503/7/2026", content={}, signer=answer.written_by, next_try_at=monday
    )
    letter.file.save("uji-surat.pdf", ContentFile(b"%PDF-1.7 surat"), save=False)
    letter.save()
    assert "Unduh surat jawaban" in words(opened(client, own))
    got: Any = client.get(reverse(LETTER), {"unduh": 1})
    assert b"".join(got.streaming_content) == b"%PDF-1.7 surat"
    assert got["Cache-Control"] == "private, no-store"


# What may be done --------------------------------------------------------------------------------


def test_information_is_added_and_moves_no_date(own: Own, client: Client) -> None:
    due = own.complaint.due_at
    opened(client, own)
    upload = SimpleUploadedFile("bukti.jpg", a_photo(), "image/jpeg")
    answer = act(client, "tambah", text="Nomornya 123.", attachments=upload)
    assert answer["Location"].endswith("?sudah=tambah")
    assert "Keterangan Anda sudah kami terima." in words(client.get(answer["Location"]))
    fresh = own.fresh()
    assert (fresh.due_at, fresh.status) == (due, Status.RECEIVED)
    assert fresh.additions.get().text == "Nomornya 123."
    assert fresh.files.count() == 1
    notice = Notice.objects.get(template="complaints/added")
    assert notice.recipient == fresh.owner
    assert "123" not in str(notice.context)


def test_pressed_twice_it_is_added_once(own: Own, client: Client) -> None:
    opened(client, own)
    for _press in range(2):
        act(client, "tambah", text="Sekali saja.")
    assert own.fresh().additions.count() == 1


def test_what_was_asked_for_makes_it_complete(own: Own, client: Client, monday: datetime) -> None:
    asked(own, monday)
    due = own.fresh().due_at
    opened(client, own)
    act(client, "tambah", text="Ini nomornya.")
    fresh = own.fresh()
    assert (fresh.status, fresh.due_at) == (Status.RECEIVED, due)


def test_nothing_added_is_said_and_files_are_not_lost(own: Own, client: Client) -> None:
    opened(client, own)
    assert "Tulis keterangan atau pilih berkas" in words(act(client, "tambah", text=" "))
    upload = SimpleUploadedFile("a.html", b"<b>", "text/html")
    page = words(act(client, "tambah", text="Tetap ada", attachments=upload))
    assert "Tetap ada" in page


def test_an_answer_is_rated_once(own: Own, client: Client, monday: datetime) -> None:
    answer = answered(own, monday)
    assert "Nilai jawaban ini" in words(opened(client, own))
    assert "Pilih satu nilai." in words(act(client, "nilai"))
    act(client, "nilai", rating="3", note="Cukup")
    answer.refresh_from_db()
    assert (answer.rating, answer.rating_note) == (3, "Cukup")
    assert "Nilai jawaban ini" not in words(client.get(reverse(MINE)))
    act(client, "nilai", rating="1")
    answer.refresh_from_db()
    assert answer.rating == 3


@pytest.mark.parametrize("rating", ["0", "5", "x"])
def test_a_rating_is_one_to_four(own: Own, client: Client, monday: datetime, rating: str) -> None:
    answered(own, monday)
    opened(client, own)
    assert act(client, "nilai", rating=rating).status_code == 200
    assert own.fresh().answers.get().rating is None


def test_it_is_opened_again_once_with_a_new_term(
    own: Own, client: Client, monday: datetime, time_machine: TimeMachineFixture
) -> None:
    answered(own, monday)
    later = monday + timedelta(days=3)
    time_machine.move_to(later, tick=False)
    assert "sampai Senin, 30 November 2026" in words(opened(client, own))
    assert "Tulis alasannya" in words(act(client, "buka", note=" "))
    act(client, "buka", note="Belum dijawab mengapa terlambat.")
    fresh = own.fresh()
    assert (fresh.status, fresh.round, fresh.closed_at) == (Status.STUDIED, 2, None)
    assert fresh.due_on == date(2026, 12, 9)  # fourteen working days after Thursday 19 November
    assert fresh.deadlines.running().filter(kind="jawaban").count() == 1
    assert Notice.objects.get(template="complaints/reopened").recipient == fresh.owner
    answered(own, later)
    page = words(opened(client, own))
    assert "Belum selesai?" not in page
    act(client, "buka", note="Lagi.")
    assert own.fresh().status == Status.ANSWERED


@pytest.mark.parametrize(("days", "status"), [(14, Status.STUDIED), (15, Status.ANSWERED)])
def test_the_window_ends_with_its_last_day(
    own: Own, monday: datetime, days: int, status: Status
) -> None:
    answered(own, monday)
    last_second = (monday + timedelta(days=days)).replace(hour=23, minute=59, second=59)
    if status == Status.STUDIED:
        complainant.reopen(own.fresh(), note="Belum.", at=last_second)
    else:
        with pytest.raises(complainant.DomainError, match="reopen_too_late"):
            complainant.reopen(own.fresh(), note="Belum.", at=last_second)
    assert own.fresh().status == status


def test_it_is_taken_back_with_a_reason(own: Own, client: Client) -> None:
    opened(client, own)
    assert "Tulis alasannya" in words(act(client, "cabut", note=""))
    act(client, "cabut", note="Sudah selesai sendiri.")
    fresh = own.fresh()
    assert fresh.status == Status.WITHDRAWN
    assert not fresh.deadlines.running().exists()
    assert "Cabut laporan" not in words(client.get(reverse(MINE)))
    assert "Tambah keterangan" not in words(client.get(reverse(MINE)))


def test_an_unknown_act_changes_nothing(own: Own, client: Client) -> None:
    opened(client, own)
    assert act(client, "hapus").status_code == 200
    assert own.fresh().records.count() == 1


def test_a_merged_one_reads_the_answer_of_the_other(
    own: Own, desk: Cast, client: Client, monday: datetime
) -> None:
    other = Own(make_complaint(desk, monday), "")
    mine = own.fresh()
    mine.merged_into = other.complaint
    mine.save(update_fields=["merged_into"])
    events.fire(mine, Event.MERGE, actor=desk.at(OFFICER), at=monday, note="Sama")
    assert "Tambah keterangan" in words(opened(client, own))
    answer = answered(other, monday)
    page = words(opened(client, own))
    assert answer.text in page
    assert other.complaint.number not in page
    assert "Nilai jawaban ini" not in page
    act(client, "nilai", rating="1")
    answer.refresh_from_db()
    assert answer.rating is None


def test_who_gave_no_name_leaves_only_days(desk: Cast, client: Client, now: datetime) -> None:
    secret = secrets.new_secret()
    own = Own(make_complaint(desk, now, person=Person(), secret=secret), secret)
    opened(client, own)
    act(client, "tambah", text="Satu hal lagi")
    noon = now.replace(hour=12, minute=0)
    assert own.fresh().additions.get().at == noon
    told = {row.created_at for row in Notice.objects.filter(about=f"complaint:{own.complaint.pk}")}
    assert told == {noon.replace(hour=0) + timedelta(days=1)}


def test_what_comes_too_late_is_told_and_not_lost(
    own: Own, client: Client, monday: datetime
) -> None:
    opened(client, own)
    answered(own, monday)
    page = words(act(client, "tambah", text="Satu hal lagi."))
    assert "Pengaduan ini sudah ditutup." in page
    assert "Satu hal lagi." in page


# One's own words, and the rating ------------------------------------------------------------------


def test_the_sender_reads_what_was_sent(own: Own, client: Client) -> None:
    page = words(opened(client, own))
    assert "Yang Anda sampaikan" in page
    Complaint.objects.update(text="Satu.\nDua.")
    assert "Satu.<br>Dua." in words(client.get(reverse(MINE)))
    assert TEXT in page
    assert own.complaint.service
    assert own.complaint.service.name in page
    assert BUDI.name not in page  # who it was stays sealed


def test_the_button_that_leaves_is_no_state(own: Own, client: Client, monday: datetime) -> None:
    answered(own, monday)
    page = words(opened(client, own))
    assert "Sudah dijawab" in page
    assert "Selesai" not in page
    assert "Tutup laporan ini" in page


def test_a_bad_rating_is_told_to_the_owner_and_who_is_above(
    own: Own, client: Client, monday: datetime
) -> None:
    answered(own, monday)
    opened(client, own)
    act(client, "nilai", rating="1", note="Tidak menjawab pertanyaan saya.")
    told = Notice.objects.filter(template="complaints/rated")
    owner = own.fresh().owner
    assert owner
    head = selectors.head_of(own.complaint.office)
    assert head
    assert {notice.recipient for notice in told} == {owner, *holders(head, monday)}
    assert "pertanyaan saya" not in str([notice.context for notice in told])
    page = words(client.get(f"{reverse(MINE)}?sudah=nilai"))
    assert "membuka kembali pengaduan ini sekarang" in page
    assert re.search(r'id="buka_note"[^>]*>\s*Tidak menjawab pertanyaan saya', page)
    assert "lalu beri nilai" not in page
    assert "Nilai Anda: Tidak puas." in page


@pytest.mark.parametrize("rating", ["3", "4"])
def test_a_good_rating_is_thanked_for_and_told_to_nobody(
    own: Own, client: Client, monday: datetime, rating: str
) -> None:
    answered(own, monday)
    assert "lalu beri nilai" in words(opened(client, own))
    act(client, "nilai", rating=rating, note="")
    assert not Notice.objects.filter(template="complaints/rated").exists()
    page = words(client.get(reverse(MINE)))
    assert "lalu beri nilai" not in page
    assert "belum memuaskan" not in page


def test_the_desk_reads_the_rating(own: Own, client: Client, desk: Cast, monday: datetime) -> None:
    answered(own, monday)
    complainant.rate(own.fresh(), rating=2, note="Masih kurang jelas.", at=monday)
    client.force_login(desk.at(OFFICER))
    page = words(client.get(own.complaint.get_absolute_url()))
    assert "Pengadu menilai jawaban: Kurang puas" in page
    assert "Masih kurang jelas." in page


def test_what_is_asked_is_not_mixed_with_what_superiors_were_told(
    own: Own, client: Client, monday: datetime
) -> None:
    asked(own, monday)
    events.add_record(own.fresh(), "lewat_ke_atasan", actor=None, at=monday, note="Kepala Dinas")
    page = words(opened(client, own))
    assert "Sebutkan nomor berkas." in page
    assert "Kepala Dinas" not in page
