"""Every address has a row, and answers each kind of person as its row says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from archives.models import DataRequest, Disposal, LegalHold
from archives.services import copies, holds, requests
from boards.models import BoardPaper, EvidencePack
from boards.services import papers
from complaints.models import BookPaper, ComplaintFile, MonthlyReport
from complaints.services import book_papers, reports
from documents.models import KeyRequest
from permits.models import (
    Application,
    Certificate,
    Document,
    InspectionPhoto,
    PartFile,
    Payment,
    StepFile,
    StepPart,
)
from portal import health, routes
from portal.routes import Access, access_of, named_patterns
from reports.models import Report
from standards.domain.steps import StepKind
from standards.models import ServicePledge
from surveys.models import FollowUp
from tests.factories.accounts import make_admin, make_office_admin, make_officer
from tests.factories.authority import propose_stand_in
from tests.factories.base import base_cast
from tests.factories.complaints import OFFICER, make_complaint, make_complaint_desk
from tests.factories.permits import NOON, Cast, at_step, make_cast
from tests.factories.publicity import make_pledge

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.no_cover]
NAMES = sorted({name for name, _path in named_patterns() if name})
OURS = [name for name in NAMES if name in routes.TABLE]
THEIRS = [name for name in NAMES if name not in routes.TABLE]

# queries of a page that has been opened before: docs/performance.md
MOST_QUERIES = 20
ONE_MORE = {"permits:desk_application"}  # while steps have files that officers attached

REFUSED = {302, 403, 404, 405}
GONE = {404, 405}
ANSWERED = {200, 302, 400, 404, 405, 409, 422}


@dataclass(frozen=True)
class Stage:
    """One file at the numbering desk: document, photo and certificate exist."""

    cast: Cast
    people: dict[str, User | None]
    arguments: dict[str, dict[str, object]]
    sessions: dict[str, str] = field(default_factory=dict)  # of everybody who has signed in

    def browser(self, person: str) -> Client:
        """Return a new browser that holds the session of ``person`` and nothing else.

        They signed in once for the module: thousands of logins cost more than what is refused.
        """
        client = Client(raise_request_exception=True)
        if person in self.sessions:
            client.cookies[django_settings.SESSION_COOKIE_NAME] = self.sessions[person]
        return client

    def url(self, name: str) -> str:
        return reverse(name, kwargs=self.arguments.get(name) or self._by_space(name))

    def _by_space(self, name: str) -> dict[str, object]:
        subject = "complaint" if name.startswith("complaints:") else "file"
        subject = "report" if name.startswith("complaints:report") else subject
        subject = "office-report" if name.startswith("reports:") else subject
        office: dict[str, object] = {"office": self.cast.office.code}
        for arguments in ({}, office, self.arguments[subject]):
            try:
                reverse(name, kwargs=arguments)
            except NoReverseMatch:
                continue
            return arguments
        raise AssertionError(f"{name}: say its arguments in this test")


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: object):
    """Build the world once; every test of this module only looks at it."""
    from django.db import transaction

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            yield _stage(base_cast())
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture(scope="module", autouse=True)
def _errors_without_a_page() -> Iterator[None]:
    """Only the status counts here: no frame is drawn for the thousands who are refused."""
    with pytest.MonkeyPatch.context() as patch:
        for status in (403, 404):
            plain = partial(_plain, status=status)
            patch.setattr(f"portal.urls.handler{status}", plain, raising=False)
        yield


def _plain(request: HttpRequest, exception: Exception, *, status: int) -> HttpResponse:
    return HttpResponse(status=status)


def _stage(cast: Cast) -> Stage:
    application = at_step(cast, StepKind.NUMBER)
    make_complaint_desk(cast)
    complaint = make_complaint(cast, application=application)
    paper = book_papers.order(
        BookPaper.Kind.BOOK, cast.office, {}, name="Buku", actor=cast.at(OFFICER), at=NOON
    )
    report = reports.compile_report(cast.office, date(2026, 10, 1), actor=cast.at(OFFICER), at=NOON)
    attached = ComplaintFile.objects.create(
        complaint=complaint, file="complaint-files/none.pdf", content_type="application/pdf",
        size=1, sha256="0" * 64, added_at=NOON,
    )  # fmt: skip
    elsewhere = make_cast()
    people = {
        "nobody": None,
        "applicant": cast.applicant,
        "stranger": cast.stranger,
        "officer": cast.at("back-office"),
        "colleague": cast.at("tim-teknis"),
        "complaint-officer": cast.at(OFFICER),
        "signer": cast.at("kepala-dinas"),
        "elsewhere": elsewhere.at("back-office"),
        "former": _former(cast),
        "admin": make_admin(),
        "office-admin": make_office_admin(cast.office),
        "admin-elsewhere": make_office_admin(elsewhere.office),
    }
    return Stage(
        cast=cast,
        people=people,
        sessions={person: _session_of(user) for person, user in people.items() if user},
        arguments=arguments_of(cast, application, attached, report, paper),
    )


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[django_settings.SESSION_COOKIE_NAME].value


def _board_paper(cast: Cast) -> BoardPaper:
    """Return a board that someone else ordered."""
    return papers.order(cast.office, {}, name="Papan", actor=cast.at("front-office"), at=NOON)


def _pack(cast: Cast) -> EvidencePack:
    """Return an evidence pack with one PDF and its ZIP."""
    pack, is_new = EvidencePack.objects.get_or_create(
        office=cast.office,
        defaults={
            "asked_by": cast.at("kepala-dinas"), "asked_at": NOON, "next_try_at": NOON,
            "composed_at": NOON, "content": {"indicators": [], "not_held": []},
            "job_status": "selesai",
        },
    )  # fmt: skip
    if is_new:
        name = default_storage.save(f"evidence-packs/{pack.public_id}", ContentFile(b"isi"))
        EvidencePack.objects.filter(pk=pack.pk).update(file=name)
        pack.files.create(code="05", file=name)
    return pack


def _pledge(cast: Cast) -> ServicePledge:
    """Return the maklumat of the office."""
    return make_pledge(cast.office)


def arguments_of(
    cast: Cast, application: Application, attached: ComplaintFile, report: MonthlyReport,
    paper: BookPaper,
) -> dict[str, dict[str, object]]:  # fmt: skip
    """Return what stands in the addresses of these things: by URL name, else by kind of thing."""
    assert attached.complaint
    document = Document.objects.filter(application=application)[0]
    service: dict[str, object] = {"office": cast.office.code, "slug": cast.service.slug}
    one = application.version.requirements.all()[0].pk
    return {
        "file": {"key": application.public_id},
        "complaint": {"key": attached.complaint.public_id},
        "complaints:file": {"key": attached.public_id},
        "report": {"key": report.public_id},
        "office-report": {"key": _office_report(cast).public_id},
        "complaints:book_paper": {"key": paper.public_id},
        "boards:paper": {"key": _board_paper(cast).public_id},
        "boards:evidence_zip": {"key": _pack(cast).public_id},
        "boards:evidence_pdf": {"key": _pack(cast).public_id, "code": "05"},
        "standards:office": {"code": cast.office.code},
        "standards:pledge": {"code": _pledge(cast).office.code},
        "archives:notice_of": {"office": cast.office.code},
        "archives:copy_pdf": {"key": copies.order(cast.applicant, at=NOON).public_id},
        "archives:erase_confirmed": {"token": "tidak-berlaku"},
        "archives:request": {"key": _request(cast).public_id},
        "archives:propose": {"act": "hapus"},
        "archives:disposal": {"key": _disposal(cast).public_id},
        "archives:report": {"key": _disposal(cast).public_id},
        "archives:lift": {"key": _hold(cast, application).pk},
        "permits:replay": {"service": cast.service.pk},
        "standards:service": service,
        "standards:service_print": service,
        "standards:service_versions": service,
        "permits:needs": service,
        "permits:start": service,
        "portal:invitation": {"token": "tidak-berlaku"},
        "surveys:invited": {"secret": "tidak-berlaku"},
        "surveys:receipt": {"code": "PKU-2026-000001:tidak-berlaku"},
        "surveys:open": service,
        "surveys:remove_extra": {"question": "tambahan-1"},
        "surveys:plan": {"key": _office_report(cast).public_id},
        "surveys:finish": {"key": _follow_up(cast).pk},
        "surveys:evidence": {"key": _follow_up(cast).pk},
        **proposal_arguments(cast),
        "permits:tracked": {"code": application.tracking_code},
        "permits:verified": {"token": Certificate.objects.get(application=application).token},
        "notices:message": {"key": cast.applicant.notices.all()[0].pk},
        "permits:document": {"key": document.public_id},
        "permits:photo": {
            "key": InspectionPhoto.objects.get(inspection__application=application).public_id
        },
        "permits:payment_proof": {"key": _payment(application, document).public_id},
        "permits:part_file": {"key": _part_file(application, document).public_id},
        "permits:step_file": {
            "key": application.public_id,
            "paper": _step_file(application, document).public_id,
        },
        "permits:paper_pdf": {
            "key": application.public_id,
            "paper": Certificate.objects.get(application=application).pk,
        },
        "permits:upload": {"key": application.public_id, "requirement": one},
        "permits:remove_document": {
            "key": application.public_id,
            "document": document.public_id,
        },
        "permits:submission_pdf": {"key": application.public_id, "nth": 1},
        "permits:verdict": {"key": application.public_id, "requirement": one},
    }


def _part_file(application: Application, like: Document) -> PartFile:
    """The part of a further performer whose file is that of a document."""
    visit = application.steps.all()[0]
    role = next(role for role in application.procedure.roles.all() if role.position_id)
    assert role.position is not None
    part = StepPart.objects.get_or_create(
        application=application, visit=visit, role=role, position=role.position,
        defaults={"asked_at": NOON, "finished_at": NOON, "outcome": "selesai"},
    )[0]  # fmt: skip
    facts = {
        "file": like.file.name, "size": like.size, "original_name": "surat.pdf",
        "content_type": like.content_type, "sha256": like.sha256,
    }  # fmt: skip
    return PartFile.objects.get_or_create(part=part, defaults=facts)[0]


def _step_file(application: Application, like: Document) -> StepFile:
    """A paper attached to a step, with the file of a document."""
    facts = {
        "file": like.file.name, "size": like.size, "original_name": "surat.pdf", "title": "Surat",
        "content_type": like.content_type, "sha256": like.sha256,
    }  # fmt: skip
    return StepFile.objects.get_or_create(visit=application.steps.all()[0], defaults=facts)[0]


def _payment(application: Application, like: Document) -> Payment:
    """A payment whose proof is the file of a document."""
    facts = {
        "visit": application.steps.all()[0], "file": like.file.name, "size": like.size,
        "original_name": "bukti.pdf", "content_type": like.content_type,
        "recorded_by": application.applicant, "recorded_at": NOON, "paid_on": NOON.date(),
        "amount": 1, "sha256": like.sha256,
    }  # fmt: skip
    return Payment.objects.get_or_create(application=application, defaults=facts)[0]


def proposal_arguments(cast: Cast) -> dict[str, dict[str, object]]:
    """Return what stands in the addresses of proposals: one about the applicant."""
    proposal = propose_stand_in(cast.applicant, cast.office, actor=make_admin(), at=NOON)
    one = {"key": proposal.public_id}
    asked = {"name": "Kepala", "asked_by": cast.applicant, "asked_at": NOON, "csr": "permintaan"}
    KeyRequest.objects.get_or_create(office=cast.office, defaults={**asked, "state": "dibuat"})
    names = ("proposal", "confirm", "refuse", "withdraw")
    seat = cast.at("sekretaris").appointments.get()
    return {
        **{f"authority:{name}": dict(one) for name in names},
        "authority:amend": {"appointment": seat.pk},
        "authority:account": {"person": cast.applicant.pk, "kind": "kata_sandi"},
        "authority:position": {"position": seat.position_id},
        "authority:head": {"position": seat.position_id},
    }


def _disposal(cast: Cast) -> Disposal:
    facts = {"act": "hapus", "proposed_by": cast.at("sekretaris"), "proposed_at": NOON}
    defaults = {**facts, "office": cast.office, "next_try_at": NOON}
    return Disposal.objects.get_or_create(number="BA 1", defaults=defaults)[0]


def _office_report(cast: Cast) -> Report:
    """A report in the hands of its compilers."""
    facts = {
        "title": "Laporan", "begins": date(2026, 7, 1), "status": "disusun", "digest": "0" * 64,
        "content": {"chapters": [], "facts": {"recap": []}}, "compiled_by": cast.at("kepala-dinas"),
        "compiled_at": NOON,
    }  # fmt: skip
    return Report.objects.get_or_create(
        office=cast.office, kind="skm", period="2026-triwulan-3", defaults=facts
    )[0]


def _follow_up(cast: Cast) -> FollowUp:
    facts = {"name": "Waktu", "grade": "C", "owed": True, "opened_at": NOON}
    one = {"office": cast.office, "period": "2026-triwulan-3", "element": "waktu"}
    return FollowUp.objects.get_or_create(**one, defaults=facts)[0]


def _hold(cast: Cast, application: Application) -> LegalHold:
    facts: dict[str, Any] = {"ground": "Perkara", "actor": cast.at("kepala-dinas"), "at": NOON}
    return holds.place(cast.office, application=application, **facts)


def _request(cast: Cast) -> DataRequest:
    facts: dict[str, Any] = {"kind": "pertanyaan", "text": "Apa yang disimpan?", "at": NOON}
    return requests.ask(cast.applicant, cast.office, **facts)


def _former(cast: Cast) -> User:
    """Return somebody whose appointment in the office has ended."""
    user = make_officer(cast.at("sekretaris").appointments.get().position)
    user.appointments.update(ended_on=date(2024, 12, 31))
    return user


def answer(stage: Stage, name: str, person: str, method: str) -> int:
    """Return the status that ``person`` gets."""
    client = stage.browser(person)
    send = client.get if method == "GET" else client.post
    with CaptureQueriesContext(connection) as asked:
        response = send(stage.url(name))
    most = MOST_QUERIES + (name in ONE_MORE)
    if method == "GET" and response.status_code == 200 and len(asked) > most:
        # the first look at a published standard reads it; a process keeps it
        with CaptureQueriesContext(connection) as asked:
            send(stage.url(name))
        assert len(asked) <= most, f"{name} as {person}: {len(asked)} queries"
    if response.status_code == 302 and "/akun/login" in response["Location"]:
        return 401
    return response.status_code


def test_every_address_has_a_row():
    assert [name for name in NAMES if access_of(name) is None] == []


def test_every_row_has_an_address():
    assert [name for name in routes.TABLE if name not in NAMES] == []


def test_the_rule_bites(monkeypatch):
    monkeypatch.delitem(routes.TABLE, "permits:desk_application")
    assert access_of("permits:desk_application") is None


# who may come: the rest is refused, and a stranger is not even told that it exists
WELCOME = {
    "admin": {"admin"},
    "two-people": {"admin", "signer", "applicant"},
    "owner": {"applicant"},
    "staff:desk": {"officer", "colleague", "signer", "complaint-officer"},
    "signer": {"signer"},
    "staff:archives": {"signer"},
    "staff:boards": {"signer"},
    "staff:reports": {"signer"},
    "staff:complaints": {"complaint-officer", "signer"},
    "staff:complaint-officers": {"complaint-officer"},
    "complaint-identity": {"complaint-officer", "signer"},
    "head": {"signer"},
}
# an administrator of an office comes where one of the portal does, but for these
OF_THE_PORTAL = {
    "permits:calendar_effect",  # the days off of all offices
    "authority:account",  # here of somebody who only applies: such accounts belong to no office
}
# and finds there what belongs to the own offices
OF_THE_KEPT_OFFICES = {"authority:list", "authority:appoint", "complaints:propose_role"}
# a list of one's own things is there for everybody who is signed in
OWN_LISTS = {
    "permits:my_applications", "permits:start", "portal:after_login", "notices:messages",
    "notices:preferences", "notices:read_all", "archives:own", "archives:copy_json",
    "archives:change", "archives:order_copy", "archives:ask", "archives:erase",
    "archives:copy_pdf", "archives:erase_confirmed",  # the password is asked for first
}  # fmt: skip
# each officer finds there what belongs to their own office
OF_THE_OWN_OFFICE = {
    "permits:worklist", "permits:register", "permits:orders", "portal:waiting", "surveys:results",
    "portal:waiting_counts", "surveys:open_tablet", "surveys:paper", "reports:list",
    "surveys:follow_ups", "surveys:sheet",
}  # fmt: skip
# papers of a file are shown to its officers too
SHARED_PAPERS = {
    "permits:document",
    "permits:photo",
    "permits:payment_proof",
    "permits:certificate_pdf",
    "permits:paper_pdf",
    "permits:receipt_pdf",
    "permits:submissions",
    "permits:submission_pdf",
}


# of what everybody may see: one person of each kind
ALL_KINDS = ("nobody", "applicant", "officer", "admin")
# an officer who opens the applicant's address of a file is led to its desk page
SENT_TO_THE_DESK = {
    ("permits:application", person)
    for person in ("officer", "colleague", "signer", "complaint-officer")
}
# at the numbering desk: signed, not issued; preview and letter were never asked of the worker
NOT_YET = {
    "permits:delete_draft": 403,
    "permits:withdraw": 403, "permits:certificate_pdf": 403, "permits:preview_pdf": 404,
    "permits:paper_pdf": 403,
    "permits:letter_pdf": 404, "complaints:book_paper": 404,  # only who ordered a paper fetches it
    "complaints:letter_pdf": 404, "complaints:file": 404,
    "boards:paper": 404,  # nobody of these has ordered it
    "surveys:evidence": 404,  # nothing is done yet
    "archives:report": 404,  # nothing is signed yet
    "archives:change": 403,  # an officer's name is changed by an administrator
}  # fmt: skip


@pytest.fixture(autouse=True)
def _just_started(monkeypatch):
    """No worker sweeps here: only a process that has just started is well without one."""
    monkeypatch.setattr(health, "_STARTED", time.monotonic())


def test_everybody_is_signed_in_as_who_they_are(stage):
    """Else a refusal would say nothing about who is refused."""
    for person, user in stage.people.items():
        asked_by = stage.browser(person).get(reverse("portal:home")).wsgi_request.user
        assert asked_by == user if user else asked_by.is_anonymous, person


@pytest.mark.parametrize("name", OURS)
def test_each_person_is_answered_as_the_row_says(stage, name):
    access = routes.TABLE[name]
    people = ALL_KINDS if access.kind == "public" else stage.people
    for method in access.methods.split():
        for person in people:
            status = answer(stage, name, person, method)
            where = f"{method} {name} as {person}: {status}"
            assert status < 500, where
            if access.kind == "public":
                assert status not in (401, 403), where
            elif person == "nobody":
                assert status == 401, where
            elif (name, person) in SENT_TO_THE_DESK:
                assert status == 302, where
            elif not _welcome(name, access, person):
                assert status in (403, 404, 405), where
                outside = ("stranger", "elsewhere", "former", "admin-elsewhere")
                if person in outside and "key" in _arguments(stage, name):
                    assert status in GONE, where
            elif method == "GET":
                assert status in {NOT_YET.get(name)} | (ANSWERED - {404}), where


@pytest.mark.parametrize("name", [name for name in OURS if routes.TABLE[name].methods == "POST"])
def test_after_a_login_the_address_of_an_act_leads_to_its_page(stage, name):
    statuses = set()
    for person in ("applicant", "signer", "complaint-officer", "admin"):
        client = stage.browser(person)
        statuses.add(client.get(stage.url(name), follow=True).status_code)
    assert 200 in statuses
    assert 405 not in statuses


BEHIND = [
    name for name in NAMES
    if access_of(name).kind != "public" and not name.startswith(("account_", "mfa_"))
]  # fmt: skip


@pytest.mark.parametrize("name", BEHIND)
def test_nobody_works_without_a_second_factor(stage, name, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    url = next(_possible(name)) if name.startswith("admin:") else stage.url(name)
    for person in ("signer", "admin", "office-admin"):
        led = stage.browser(person).get(url)
        assert led.status_code == 302, (name, person)
        assert led["Location"].startswith("/akun/2fa/?next="), (name, person)
    led = stage.browser("signer").post(url)  # the gate stands before whoever looks at the method
    assert led.status_code == 302, name
    piece = stage.browser("signer").post(url, headers={"HX-Request": "true"})
    assert piece.status_code == 403, name
    assert "data-session-over" in piece.content.decode(), name


def _arguments(stage: Stage, name: str) -> dict[str, object]:
    return stage.arguments.get(name) or stage._by_space(name)


def _welcome(name: str, access: Access, person: str) -> bool:
    if name in OWN_LISTS:
        return True
    if person == "admin-elsewhere":
        return name in OF_THE_KEPT_OFFICES
    if person == "office-admin":
        return access.kind in ("admin", "two-people") and name not in OF_THE_PORTAL
    if name in OF_THE_OWN_OFFICE:
        return person in WELCOME["staff:desk"] | {"elsewhere"}
    if name in SHARED_PAPERS and person in WELCOME["staff:desk"]:
        return True
    return person in WELCOME[access.kind]


@pytest.mark.parametrize("name", [n for n in THEIRS if n.startswith("admin:")])
def test_the_administration_is_for_administrators(stage, name):
    url = next(_possible(name))
    if name in ("admin:login", "admin:logout", "admin:jsi18n"):
        return
    for person in ("nobody", "applicant", "stranger", "officer", "elsewhere"):
        client = stage.browser(person)
        assert client.get(url).status_code in REFUSED, (name, person)
        if person in ("applicant", "officer"):  # signed in, and not an administrator
            assert client.post(url).status_code in REFUSED, (name, person)


@pytest.mark.parametrize("name", [n for n in THEIRS if not n.startswith("admin:")])
def test_account_pages_never_break(stage, name):
    try:
        url = reverse(name)
    except NoReverseMatch:
        return  # pages behind a mailed key have tests of their own
    for person in ("nobody", "applicant", "officer"):
        assert answer_url(stage, url, person) < 500, (name, person)


def _possible(name: str) -> Iterator[str]:
    for arguments in ([], ["1"], ["1", "1"], ["1", str(UUID(int=1))], ["permits"]):
        with suppress(NoReverseMatch):
            yield reverse(name, args=arguments)


def answer_url(stage: Stage, url: str, person: str) -> int:
    return stage.browser(person).get(url).status_code
