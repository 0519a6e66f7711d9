"""How many queries each page of complaints asks: as few for a long history as for a short one."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import ChannelKind, Position, User
from complaints.domain import secrets
from complaints.models import (
    Addition,
    Answer,
    ApipRequest,
    Complaint,
    ComplaintFile,
    ComplaintRecord,
    Escalation,
    IdentityOpening,
    MonthlyReport,
    StudyStep,
)
from complaints.services import answers, handling, study
from complaints.services.identity import Person
from tests.complaints.services.test_answers import approved, drafted
from tests.factories.accounts import make_officer
from tests.factories.complaints import OFFICER, make_complaint, make_studied
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast, make_accepted
from tests.factories.standards import make_service

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("now")]
HEAD, SECRETARY = "kepala-dinas", "sekretaris"
OF_A_COMPLAINT = 20  # the page of a complaint in any state, for anybody who sees it
OF_AN_OFFICER = {"list": 11, "book": 11, "reports": 7, "report": 9, "enter": 7}
PUBLIC = {"home": 1, "office": 9, "send": 2, "track": 1, "mine": 7}


def queries(address: str, browser: Client) -> int:
    """Return how many queries a page asks that has been opened before."""
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    assert answer.status_code == 200, address
    return len(asked)


def lengthen(complaint: Complaint, officer: User, at: datetime, times: int) -> None:
    """Give a complaint so many additions, files, records, openings and others of each kind."""
    for _one in range(times):
        Addition.objects.create(complaint=complaint, by="petugas", officer=officer, text="x", at=at)
        ComplaintFile.objects.create(
            complaint=complaint, file="complaint-files/x.pdf", content_type="application/pdf",
            size=1, sha256="0" * 64, added_at=at,
        )  # fmt: skip
        ComplaintRecord.objects.create(
            subject=complaint, event="klasifikasi", source=complaint.status, to=complaint.status,
            actor=officer, at=at, note="x",
        )  # fmt: skip
        IdentityOpening.objects.create(complaint=complaint, person=officer, reason="x", at=at)
        Escalation.objects.create(
            complaint=complaint, cause=Escalation.Cause.TIME, level="x", at=at,
            to_position=Position.objects.get(office=complaint.office, is_head=True),
        )  # fmt: skip
        ApipRequest.objects.create(
            complaint=complaint, reason="x", asked_by=officer, asked_at=at, agreed=False,
            decided_by=officer, decided_at=at,
        )  # fmt: skip
        subject = make_officer(
            Position.objects.create(office=complaint.office, code=f"s{uuid4()}"[:20], name="Staf")
        )
        complaint.subjects.add(subject)
        complaint.related.add(
            Complaint.objects.create(
                office=complaint.office, number=f"PGD-{uuid4()}"[:40],
                secret_digest=uuid4().hex, status=complaint.status,
                channel=complaint.channel, received_at=at, entered_at=at, text=complaint.text,
                hide_identity=False, confidential=False,
                merged_into=complaint if complaint.status == "digabung" else None,
            )
        )  # fmt: skip


def returned(cast: Cast, at: datetime) -> Complaint:
    """Return a complaint about a file, whose draft was sent back, studied again."""
    officer = cast.at(OFFICER)
    file = make_accepted(cast, NOON - timedelta(days=14))
    complaint = make_studied(cast, at, application=file, hide_identity=True)
    handling.classify(complaint, actor=officer, at=at, problem="waktu", category="internal")
    for step in StudyStep.Step:
        study.record_step(
            complaint, actor=officer, at=at, step=step, result="Ya", with_whom="loket",
            held_on=at.date(),
        )  # fmt: skip
    answer = answers.draft_answer(complaint, actor=officer, at=at, text="Jawaban")
    complaint.refresh_from_db()
    return answers.send_back(
        complaint, actor=cast.at(HEAD), at=at, level="kepala_dinas", digest=answer.digest,
        note="Perbaiki",
    )  # fmt: skip


def in_every_state(cast: Cast, at: datetime) -> dict[str, Complaint]:
    """Return a complaint in each state."""
    officer = cast.at(OFFICER)
    asked, withdrawn, target = (make_complaint(cast, at) for _one in range(3))
    handling.ask(asked, actor=officer, at=at, note="Mana?")
    handling.withdraw(withdrawn, actor=officer, at=at, note="Diminta")
    merged = make_complaint(cast, at)
    handling.merge(merged, actor=officer, at=at, target=target, note="Sama")
    return {
        "diputuskan": make_complaint(cast, at, served_on=at.date() - timedelta(days=40)),
        "diterima": target,
        "melengkapi": asked,
        "ditelaah": make_studied(cast, at),
        "dikembalikan": returned(cast, at),
        "disusun": drafted(cast, at, category="internal"),
        "disetujui": approved(cast, at, channel=ChannelKind.EMAIL),
        "saran": make_complaint(cast, at, person=Person()),
        "dicabut": withdrawn,
        "digabung": merged,
    }


def costs(found: dict[str, Complaint], cast: Cast, *desks: str) -> dict[str, int]:
    """Return what the page of each complaint costs those who sit at ``desks``."""
    browsers = {desk: signed_in(cast.at(desk)) for desk in desks}
    return {
        f"{state} {desk}": queries(one.get_absolute_url(), browser)
        for state, one in found.items()
        for desk, browser in browsers.items()
    }


def test_the_page_of_a_complaint_asks_no_more_than_its_bound_in_any_state(desk, monday):
    found = in_every_state(desk, monday)
    for one in found.values():
        one.refresh_from_db()
        lengthen(one, desk.at(OFFICER), monday, 1)
    short = costs(found, desk, OFFICER, HEAD, SECRETARY)
    assert {name: n for name, n in short.items() if n > OF_A_COMPLAINT} == {}
    for one in found.values():
        lengthen(one, desk.at(OFFICER), monday, 5)
    long = costs(found, desk, OFFICER)
    assert long == {name: short[name] for name in long}


def public_costs(cast: Cast, own: Complaint, secret: str) -> dict[str, int]:
    browser = Client()
    browser.post(reverse("complaints:track"), {"number": own.number, "secret": secret})
    return {
        "home": queries(reverse("complaints:home"), Client()),
        "office": queries(reverse("complaints:office", args=[cast.office.code]), Client()),
        "send": queries(reverse("complaints:send", args=[cast.office.code]), Client()),
        "track": queries(reverse("complaints:track"), Client()),
        "mine": queries(reverse("complaints:mine"), browser),
    }


def over(found: dict[str, int], bounds: dict[str, int]) -> dict[str, tuple[int, int]]:
    return {name: (n, bounds[name]) for name, n in found.items() if n > bounds[name]}


def test_every_other_page_of_an_officer_keeps_to_its_bound(desk, monday):
    browser = signed_in(desk.at(OFFICER))
    browser.post(reverse("complaints:reports"), {"month": "2026-10-01"})
    pages = {name: reverse(f"complaints:{name}") for name in ("list", "book", "reports", "enter")}
    pages["report"] = MonthlyReport.objects.get().get_absolute_url()
    make_complaint(desk, monday - timedelta(days=3))
    make_service(desk.office)
    few = {name: queries(address, browser) for name, address in pages.items()}
    for _one in range(12):
        make_complaint(desk, monday - timedelta(days=3))
        make_service(desk.office)
    many = {name: queries(address, browser) for name, address in pages.items()}
    assert many == few
    assert over(many, OF_AN_OFFICER) == {}


def test_the_public_pages_keep_to_their_bounds(desk, monday):
    secret = secrets.new_secret()
    own = make_complaint(desk, monday, secret=secret)
    for _one in range(7):
        answered(desk, monday - timedelta(days=3))
    few = public_costs(desk, own, secret)
    lengthen(own, desk.at(OFFICER), monday, 10)
    for _one in range(12):
        answered(desk, monday - timedelta(days=3))
    many = public_costs(desk, own, secret)
    assert many == few
    assert over(many, PUBLIC) == {}


def answered(cast: Cast, at: datetime) -> None:
    """Make a complaint that was answered."""
    one = make_complaint(cast, at)
    Complaint.objects.filter(pk=one.pk).update(status="dijawab", closed_at=at)
    Answer.objects.create(
        complaint=one, round=1, revision=1, text="x", digest="0" * 64, written_by=cast.at(OFFICER),
        written_at=at, sent_at=at, sent_through=ChannelKind.EMAIL, proof="x", workdays=0,
    )  # fmt: skip
