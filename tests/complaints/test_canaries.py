"""A confidential complaint about a front officer, through its whole life: who else sees a word?"""

from __future__ import annotations

import logging
import pickle
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.conf import settings
from django.contrib import admin
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client, TestCase
from django.urls import NoReverseMatch, reverse

from accounts.models import Position, User
from complaints.domain.lifecycle import Status
from complaints.models import (
    Answer,
    BookPaper,
    Complaint,
    ComplaintFile,
    ComplaintRole,
    MonthlyReport,
    Role,
    StudyStep,
)
from complaints.services.identity import decrypt
from portal import routes
from portal.failures import OneLineFormatter
from standards.domain.steps import StepKind
from tests.architecture.test_url_table import OURS, THEIRS, Stage, arguments_of
from tests.complaints.views.public.test_sending import carried, words
from tests.factories import canaries
from tests.factories.accounts import make_admin, make_officer
from tests.factories.base import base_cast
from tests.factories.canaries import FILES, IDENTITY, WORDS, found_in
from tests.factories.complaints import OFFICER, SECTION_HEAD, make_complaint_desk
from tests.factories.filing import BACKEND
from tests.factories.permits import NOON, Cast, at_step, make_cast, make_keys

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.no_cover]
EMAIL = "kenarisurel@contoh.id"
LATER = datetime(2026, 12, 28, 9, 0, tzinfo=NOON.tzinfo)  # when everything is over
# where the words of the complaint and of its study may stand; who it was stands nowhere
KEPT = {
    "complaints_complaint.text": {"text"},
    "complaints_addition.text": {"addition", "note"},
    "complaints_studystep.result": {"study"},
    "complaints_apiprequest.reason": {"request"},
    "complaints_complaintrecord.note": {"reopening", "request"},
    "complaints_answer.text": {"study"},
    "complaints_answer.rating_note": {"rating"},
    "complaints_answerletter.content": {"study"},
}
OUTSIDERS = (
    "nobody", "applicant", "stranger", "complained-about", "colleague", "technical-team",
    "back-office", "section-head", "secretary", "elsewhere", "elsewhere-head", "former", "admin",
)  # fmt: skip


@dataclass
class Life:
    """What happened, and everything that was said, written and sent while it did."""

    cast: Cast
    complaint: Complaint = None  # type: ignore[assignment]
    people: dict[str, User | None] = field(default_factory=dict)
    stage: Stage = None  # type: ignore[assignment]
    secret: str = ""
    answers: list[tuple[str, str, Any]] = field(default_factory=list)  # who, address, answer
    logged: list[str] = field(default_factory=list)
    mails: list[Any] = field(default_factory=list)
    rung: list[str] = field(default_factory=list)
    cached: list[bytes] = field(default_factory=list)
    seen_meanwhile: list[str] = field(default_factory=list)

    @property
    def owner(self) -> User:
        owner = Complaint.objects.get(pk=self.complaint.pk).owner
        assert owner
        return owner


class Browser(Client):
    """A browser whose every answer is kept."""

    def __init__(self, life: Life, who: str, **more: Any) -> None:
        super().__init__(**more)
        self.life, self.who = life, who
        user = life.people.get(who)
        if user is not None:
            self.force_login(user, BACKEND)

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        asked = f"{request['PATH_INFO']}?{request.get('QUERY_STRING', '')}"
        self.life.answers.append((self.who, asked, answer))
        return answer


class _Keeper(logging.Handler):
    def __init__(self, kept: list[str]) -> None:
        super().__init__()
        self.kept = kept
        self.setFormatter(OneLineFormatter("%(name)s %(message)s %(args)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(self.format(record))


# The life ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def life(django_db_setup: None, django_db_blocker: Any) -> Iterator[Life]:
    """Play it once; every test of this module only looks."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            yield _recorded(base_cast())
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _afterwards() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def _recorded(cast: Cast) -> Life:
    life, root = Life(cast), logging.getLogger()
    current_app.loader.import_default_modules()  # Celery sets up logging anew with them
    keeper, level = _Keeper(life.logged), root.level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    for name in settings.CACHES:
        caches[name].clear()
    current_app.control.purge()
    already = len(mail.outbox)
    try:
        with TestCase.captureOnCommitCallbacks(execute=True):
            _play(life)
    finally:
        root.removeHandler(keeper)
        root.setLevel(level)
    life.mails = mail.outbox[already:]
    life.rung = list(_rung())
    life.cached = list(_cached())
    return life


def _rung() -> Iterator[str]:
    """Return every message that lies with the broker, as it travels."""
    with current_app.connection_for_read() as broker:
        queue = broker.SimpleQueue("portal")
        while queue.qsize():
            message = queue.get(block=False)
            message.ack()
            yield f"{message.headers} {message.properties} {message.body!r}"


def _cached() -> Iterator[bytes]:
    for name in settings.CACHES:
        for key, value in getattr(caches[name], "_cache", {}).items():
            yield key.encode() + b" " + pickle.dumps(pickle.loads(value))  # noqa: S301


def _play(life: Life) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        _people(life)
        _send(life)
        _peek(life, "received")
        clock.move_to(NOON + timedelta(days=1))
        _handle(life)
        _answer(life, "draft of the first round")
        clock.move_to(NOON + timedelta(days=3))
        own = _come_back(life)
        own.post(_MINE, {"tindakan": "nilai", "rating": "2", "note": WORDS["rating"]})
        own.post(_MINE, {"tindakan": "buka", "note": f"Belum jelas. {WORDS['reopening']}"})
        _work()
        for days in (20, 28, 31):  # marks, warnings, lateness, escalation
            clock.move_to(NOON + timedelta(days=days))
            _work()
        _study(life)
        _answer(life, "draft of the second round")
        clock.move_to(LATER - timedelta(days=7))
        _books(life)
        clock.move_to(LATER)
        _work()
    life.complaint.refresh_from_db()
    assert (life.complaint.status, life.complaint.round) == (Status.ANSWERED, 2)


def _people(life: Life) -> None:
    cast = life.cast
    make_complaint_desk(cast)
    make_keys(cast)
    other = make_cast()
    make_complaint_desk(other)
    seat = Position.objects.get(office=cast.office, code=OFFICER)
    former = make_officer(seat)
    former.appointments.update(ended_on=date(2024, 12, 31))
    life.people = {
        "nobody": None, "applicant": cast.applicant, "stranger": cast.stranger,
        "complained-about": cast.at("front-office"), "technical-team": cast.at("tim-teknis"),
        "back-office": cast.at("back-office"), "section-head": cast.at(SECTION_HEAD),
        "secretary": cast.at("sekretaris"), "head": cast.at("kepala-dinas"),
        "owner": cast.at(OFFICER), "colleague": make_officer(seat, full_name="Petugas Kedua"),
        "elsewhere": other.at(OFFICER), "elsewhere-head": other.at("kepala-dinas"),
        "former": former, "admin": make_admin(),
    }  # fmt: skip
    # who is complained about has a part in complaints as well: that must not help
    front = Position.objects.get(office=cast.office, code="front-office")
    ComplaintRole.objects.create(office=cast.office, role=Role.OFFICER, position=front)


_MINE = "/pengaduan/saya/"


def _uploads() -> list[SimpleUploadedFile]:
    return [
        SimpleUploadedFile(f"{FILES['photo name']}.jpg", canaries.photo(), "image/jpeg"),
        SimpleUploadedFile(f"{FILES['paper name']}.pdf", canaries.paper(), "application/pdf"),
    ]


def _send(life: Life) -> None:
    """Send it through the form of the web, without account."""
    file = at_step(life.cast, StepKind.NUMBER)
    text = f"Petugas loket meminta uang agar berkas saya diproses, katanya {WORDS['text']}."
    typed = {
        "identity": "ya", "name": f"{IDENTITY['name'].title()} Burung", "email": EMAIL,
        "national_id": IDENTITY["national id"], "phone": f"0{IDENTITY['phone']}",
        "address": f"Jalan {IDENTITY['address'].title()} 7", "service": str(life.cast.service.pk),
        "reference": file.number, "served_on": "2026-11-12", "text": text, "hide_identity": "on",
        "confidential": "on",
    }  # fmt: skip
    anybody = Browser(life, "complainant")
    address = reverse("complaints:send", args=[life.cast.office.code])
    anybody.get(address)
    alike = reverse("complaints:alike", args=[life.cast.office.code])
    anybody.post(alike, {"text": text, "reference": file.number})
    looked = anybody.post(address, typed | {"langkah": "periksa", "attachments": _uploads()})
    page = words(anybody.post(address, carried(looked) | {"langkah": "kirim"}))
    life.complaint = Complaint.objects.get()
    life.secret = page.split('id="kode">')[1].split("<")[0]
    life.people["owner"] = life.owner
    if life.people["colleague"] == life.owner:
        life.people["colleague"] = life.cast.at(OFFICER)
    assert life.complaint.application == file
    _work()


def _come_back(life: Life) -> Browser:
    own = Browser(life, "complainant")
    typed = {"number": life.complaint.number, "secret": life.secret}
    assert own.post("/pengaduan/lacak/", typed).status_code == 302
    own.get(_MINE)
    return own


def _press(life: Life, who: str, act: str, **typed: Any) -> Any:
    address = reverse(f"complaints:{act}", args=[life.complaint.public_id])
    answer = Browser(life, who).post(address, typed, follow=True)
    assert answer.status_code == 200, (act, answer.status_code)
    return answer


def _handle(life: Life) -> None:
    """Ask, be answered, study, classify, note, bring it up, ask for APIP."""
    front = life.people["complained-about"]
    assert front
    owner = Browser(life, "owner")
    owner.get(life.complaint.get_absolute_url())
    for one in life.complaint.files.all():
        owner.get(reverse("complaints:file", args=[one.public_id]))
    _press(life, "owner", "identity", reason="Mencocokkan dengan berkas")
    _press(life, "owner", "ask", note="Mohon sebutkan tanggalnya.")
    _work()
    typed = {"tindakan": "tambah", "text": f"Tanggal dua belas. {WORDS['addition']}"}
    _come_back(life).post(_MINE, typed | {"attachments": _uploads()})
    _press(life, "owner", "study")
    _press(life, "owner", "classify", problem="kompetensi", category="apip",
           subjects=[front.pk])  # fmt: skip
    _press(life, "owner", "add_note", note=f"Lihat juga {WORDS['note']}")
    _press(life, "owner", "bring_up", note="Menyangkut petugas.")
    _press(life, "owner", "request_apip", note=f"Diduga pungutan {WORDS['request']}")
    _press(life, "head", "decide_apip", agreed="ya")
    _study(life)
    _peek(life, "studied")


def _study(life: Life) -> None:
    for step in StudyStep.Step:
        typed: dict[str, Any] = {"step": step, "result": f"Hasil {step}: {WORDS['study']}"}
        if step == StudyStep.Step.INQUIRY:
            typed |= {"with_whom": "loket", "held_on": "2026-11-16", "papers": _uploads()}
        _press(life, "owner", "record_step", **typed)


def _answer(life: Life, moment: str) -> None:
    """Draft, agree level by level, send by mail, see it delivered."""
    _press(life, "owner", "draft_answer", text=f"Menurut telaah kami: {WORDS['study']}.")
    _peek(life, moment)
    _press(life, "head", "agree", **_shown("kepala_dinas"))
    outside = {"with_whom": "Inspektorat", "paper": "700/5/2026, 17 November 2026"}
    _press(life, "owner", "agree", **_shown("apip"), **outside)
    _work()
    _press(life, "owner", "send_answer", way="email")
    _work()
    _work()
    assert Complaint.objects.get(pk=life.complaint.pk).status == Status.ANSWERED
    own = _come_back(life)
    own.get("/pengaduan/saya/surat/")


def _shown(level: str) -> dict[str, str]:
    return {"level": level, "digest": Answer.objects.latest("pk").digest}


def _books(life: Life) -> None:
    """Report the month, return it once, and print whatever can be printed."""
    Browser(life, "colleague").post(_REPORTS, {"month": "2026-11-01"})
    report = MonthlyReport.objects.get()

    def press(who: str, act: str, **typed: str) -> None:
        address = f"{_REPORTS}{report.public_id}/{act}/"
        assert Browser(life, who).post(address, typed, follow=True).status_code == 200, act

    press("colleague", "ajukan", digest=report.digest)
    press("secretary", "kembalikan", note="Periksa lagi")
    press("colleague", "susun-ulang")
    report.refresh_from_db()
    press("colleague", "ajukan", digest=report.digest)
    press("secretary", "setujui", digest=report.digest)
    press("secretary", "serahkan")
    for who in ("colleague", "secretary", "head"):
        press(who, "pdf")
    for who in ("colleague", "secretary", "head", "complained-about"):
        Browser(life, who).post(f"{_BOOK}pdf/")
    for who in ("colleague", "owner", "head", "complained-about"):
        for form in ("pdf", "xlsx"):
            typed = {"reason": "Diminta Ombudsman", "form": form}
            Browser(life, who).post(f"{_BOOK}identitas/", typed)
    _work()
    for paper in BookPaper.objects.all():
        who = next(name for name, user in life.people.items() if user == paper.asked_by)
        answer = Browser(life, who).get(reverse("complaints:book_paper", args=[paper.public_id]))
        assert answer["Content-Type"] == "application/pdf"
    file = life.complaint.application
    assert file
    life.stage = Stage(life.cast, life.people, arguments_of(
        life.cast, file, ComplaintFile.objects.earliest("pk"), report,
        BookPaper.objects.filter(asked_by=life.people["head"]).latest("pk"),
    ))  # fmt: skip


_BOOK, _REPORTS = "/meja/pengaduan/buku/", "/meja/pengaduan/laporan/"


def _work() -> None:
    """Let the worker do whatever beat asks of it."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        current_app.tasks[entry["task"]]()


# Looking -----------------------------------------------------------------------------------------


def _content(answer: Any) -> bytes:
    """Return all of an answer: headers, cookies and content; a file alone, to be opened."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body if body.startswith((b"PK", b"%PDF")) else _head(answer).encode() + body


def _head(answer: Any) -> str:
    """Return headers and cookies, with the messages that a cookie carries packed."""
    packed = answer.cookies["messages"].value if "messages" in answer.cookies else ""
    messages: Any = CookieStorage(HttpRequest())
    said = messages._decode(packed) if packed else ""
    return f"{answer.headers} {answer.cookies} {said}"


def _browser(life: Life, who: str) -> Client:
    client = Client()
    if (user := life.people[who]) is not None:
        client.force_login(user, BACKEND)
    return client


def _leaks(life: Life, client: Client, address: str, method: str = "get") -> list[str]:
    """Return which canaries stand in the answer, the number, or that somebody is named in one."""
    answer = getattr(client, method)(address)
    assert answer.status_code < 500, address
    number = life.complaint.number.lower()
    marks = {**canaries.ALL, "number": number, "against": "complaint_subjects"}
    return [f"{address}: {name}" for name in sorted(found_in(_content(answer), words=marks))]


def _peek(life: Life, moment: str) -> None:
    """Let everybody look about while it goes on."""
    life.complaint.refresh_from_db()
    files = ComplaintFile.objects.filter(complaint=life.complaint)
    addresses = [
        life.complaint.get_absolute_url(), "/meja/pengaduan/", _BOOK, f"{_BOOK}?lembar=xlsx",
        reverse("permits:worklist"), reverse("notices:messages"), reverse("complaints:home"),
        reverse("complaints:office", args=[life.cast.office.code]),
        reverse("permits:desk_application", args=[life.complaint.application.public_id]),
        *(reverse("complaints:file", args=[one.public_id]) for one in files[:2]),
    ]  # fmt: skip
    for who in OUTSIDERS:
        browser = _browser(life, who)
        for address in addresses:
            life.seen_meanwhile += [
                f"{moment}, {who}: {leak}" for leak in _leaks(life, browser, address)
            ]


def _addresses(life: Life) -> Iterator[str]:
    """Yield every address there is, with the keys of what happened."""
    for name in OURS:
        if "GET" in routes.TABLE[name].methods:
            yield life.stage.url(name)
    for name in THEIRS:
        if not name.startswith("admin:"):
            with suppress(NoReverseMatch):
                yield reverse(name)
    for row in ComplaintFile.objects.all():
        yield reverse("complaints:file", args=[row.public_id])
    for paper in BookPaper.objects.all():
        yield reverse("complaints:book_paper", args=[paper.public_id])
    for query in ("?lembar=xlsx", "?tahun=2026&bulan=11", "?saluran=formulir"):
        yield f"{_BOOK}{query}"
    yield f"{reverse('permits:register')}?cetak=1"
    yield f"{life.complaint.get_absolute_url()}tidak-ada/"


def _of_administration() -> Iterator[str]:
    """Yield every list and the newest rows of the administration pages."""
    yield reverse("admin:index")
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{base}_changelist")
        for pk in model._default_manager.order_by("-pk").values_list("pk", flat=True)[:12]:
            for page in ("change", "history", "delete"):
                with suppress(NoReverseMatch):
                    yield reverse(f"{base}_{page}", args=[pk])


def _asked_for() -> list[str]:
    return [canaries.ALL[name] for name in ("name", "national id", "phone", "text")]


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_else_finds_it_at_any_address(life: Life, who: str) -> None:
    browser, user = _browser(life, who), life.people[who]
    found = [leak for address in _addresses(life) for leak in _leaks(life, browser, address)]
    for notice in user.notices.all() if user else ():
        found += _leaks(life, browser, reverse("notices:message", args=[notice.pk]))
    for name in OURS:
        if name.startswith("complaints:") and "POST" in routes.TABLE[name].methods:
            found += _leaks(life, browser, life.stage.url(name), "post")
    assert "\n".join(found) == ""


def test_nobody_else_met_it_while_it_went_on(life: Life) -> None:
    assert life.seen_meanwhile == []


def test_the_administration_shows_nothing(life: Life) -> None:
    """Operators read the number of a complaint whose term was reached, and nothing else of it."""
    browser = _browser(life, "admin")
    found = [leak for address in _of_administration() for leak in _leaks(life, browser, address)]
    others = [leak for leak in found if not _is_alarm(leak)]
    assert "\n".join(others) == ""
    assert len(others) < len(found)


def _is_alarm(leak: str) -> bool:
    return leak.startswith("/admin/workflow/alarm/") and leak.endswith(": number")


_SEARCHES = ("portal:search", "standards:service_list", "permits:worklist", "permits:register",
             "complaints:list", "complaints:book", "notices:messages")  # fmt: skip


@pytest.mark.parametrize("who", ["nobody", "complained-about", "colleague", "secretary", "admin"])
def test_a_search_for_a_canary_finds_what_a_search_for_nonsense_finds(life: Life, who: str) -> None:
    """What somebody types stands on the page again; nothing else may be there."""
    client = _browser(life, who)
    lists = [reverse(name) for name in _SEARCHES]
    if who == "admin":
        lists += [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist")
                  for m in admin.site._registry]  # fmt: skip
    for address in lists:
        for word in _asked_for():
            nonsense = _nonsense(word)
            pages = [_content(client.get(address, {"q": asked})).lower() for asked in
                     (word, nonsense)]  # fmt: skip
            counts = pages[0].count(word.encode()), pages[1].count(nonsense.encode())
            assert counts[0] == counts[1], (address, word)
            if address != reverse("admin:workflow_alarm_changelist"):
                assert life.complaint.number.lower().encode() not in pages[0], (address, word)


def _nonsense(word: str) -> str:
    """Return another word of the same shape: also a NIK that may be one."""
    if word == IDENTITY["national id"]:
        return "3214014507918842"
    return word.translate(str.maketrans("kenari0123456789", "pqwxzt1234567890"))


# What is left lying about ------------------------------------------------------------------------


def test_the_database_keeps_it_where_it_is_said_and_nowhere_else(life: Life) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    content = bytes(value) if isinstance(value, memoryview | bytes) else str(value)
                    if marks := found_in(content):
                        found[f"{table}.{column}"] |= marks
    assert dict(found) == KEPT


def test_the_sealed_row_holds_who_it_was(life: Life) -> None:
    sealed = bytes(life.complaint.identity.sealed)
    assert found_in(sealed) == set()
    assert found_in(decrypt(sealed)) == set(IDENTITY)


def test_no_session_knows(life: Life) -> None:
    assert Session.objects.exists()
    assert found_in(*(str(row.get_decoded()) for row in Session.objects.all())) == set()


def test_mails_to_others_say_nothing_and_those_to_the_complainant_only_the_answer(
    life: Life,
) -> None:
    own = [one for one in life.mails if one.to == [EMAIL]]
    others = [one for one in life.mails if one.to != [EMAIL]]
    assert len(own) >= 5
    assert len(others) >= 10
    for one in life.mails:
        assert found_in(one.subject, one.body, *_parts(one), words=IDENTITY | FILES) == set()
    for one in others:
        assert found_in(str(one.message()), one.body, *_parts(one)) == set()
    assert found_in(*(part for one in own for part in _parts(one))) == {"study"}  # the letters


def _parts(one: Any) -> Iterator[str | bytes]:
    yield from (content for content, _kind in getattr(one, "alternatives", []))
    for attached in one.attachments:
        yield attached[0] or ""
        yield attached[1]


def test_no_line_of_a_log_says_it(life: Life) -> None:
    assert life.logged
    assert [line for line in life.logged if found_in(line)] == []


def test_no_message_to_the_worker_carries_it(life: Life) -> None:
    assert life.rung
    assert [one for one in life.rung if found_in(one)] == []


def test_no_cache_keeps_it(life: Life) -> None:
    assert [one for one in life.cached if found_in(one)] == []


def test_files_are_kept_without_what_they_say_about_their_makers(life: Life) -> None:
    rows = ComplaintFile.objects.all()
    assert rows.count() == 8
    names = [str(row.file.name) for row in rows]
    assert (
        found_in(*names, *(path.name for path in Path(settings.PRIVATE_ROOT).rglob("*"))) == set()
    )
    for row in rows:
        with row.file.open("rb") as stored:
            assert found_in(stored.read()) == set()
    letters = [answer.letter.file for answer in Answer.objects.all() if hasattr(answer, "letter")]
    for letter in letters:
        with letter.open("rb") as stored:
            assert found_in(stored.read()) == {"study"}


def test_no_address_and_no_header_carries_it(life: Life) -> None:
    for who, asked, answer in life.answers:
        assert found_in(asked, _head(answer)) == set(), (who, asked)


def test_exports_hold_identities_only_for_who_opened_them(life: Life) -> None:
    tables = [(who, answer) for who, asked, answer in life.answers
              if answer.get("Content-Type", "").endswith(("sheet", "pdf"))]  # fmt: skip
    found: dict[str, set[str]] = defaultdict(set)
    for who, answer in tables:
        if "surat" not in answer.get("Content-Disposition", "").lower():
            found[who] |= found_in(_content(answer), words=IDENTITY)
    # the head has signed the permit that it is about, so the identity is hidden from the head too
    assert found.pop("owner") == set(IDENTITY) - {"national id"}
    assert {who: marks for who, marks in found.items() if marks} == {}


# The search is not blind -------------------------------------------------------------------------


def test_what_was_sent_held_every_canary() -> None:
    assert found_in(canaries.photo()) == {"exif"}
    assert found_in(canaries.paper()) == {"author", "exif"}


def test_who_handles_it_reads_it(life: Life) -> None:
    address = life.complaint.get_absolute_url()
    for who in ("owner", "head"):
        leaks = _leaks(life, _browser(life, who), address)
        found = {leak.rpartition(": ")[2] for leak in leaks}
        assert {"text", "addition", "study", "number"} <= found
        assert not found & set(IDENTITY), "the identity is opened for one answer alone"
    opened = [answer for who, asked, answer in life.answers if asked.endswith("/identitas/?")
              and who == "owner" and life.complaint.get_absolute_url() in asked]  # fmt: skip
    assert found_in(*map(_content, opened), words=IDENTITY) == set(IDENTITY)


def test_who_complained_reads_it(life: Life) -> None:
    pages = [_content(answer) for who, _asked, answer in life.answers if who == "complainant"]
    assert found_in(*pages) >= {*IDENTITY, "text", "addition", "reopening", "study"}
