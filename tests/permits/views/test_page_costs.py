"""How many questions each page puts to the database: as few for thirty papers as for two."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from demo import samples
from notices.models import Notice
from permits.models import (
    Application,
    ApplicationRecord,
    CertificateDraft,
    InspectionPhoto,
    Printout,
)
from permits.selectors import checklist
from permits.services import documents
from standards.domain.requirements import Need
from standards.domain.steps import StepKind
from standards.models import Requirement
from standards.services.publishing import publish_version
from tests.factories.accounts import make_officer, make_user
from tests.factories.filing import signed_in, url
from tests.factories.permits import (
    DESKS,
    Cast,
    make_draft_application,
    make_issued,
    make_keys,
    make_submitted,
)
from tests.factories.standards import (
    PUBLISHED_AT,
    STEPS,
    make_draft,
    make_office,
    make_procedure,
    make_revoked,
    make_service,
    position_of,
)

pytestmark = pytest.mark.once  # both databases are asked the same questions
DESK_OF = {
    StepKind.CHECK: "front-office", StepKind.INSPECT: "tim-teknis", StepKind.DRAFT: "back-office",
    StepKind.INITIAL: "sekretaris", StepKind.SIGN: "kepala-dinas", StepKind.NUMBER: "back-office",
    StepKind.HAND_OVER: "front-office",
}  # fmt: skip
AT_THE_DESK = 20  # the application page, at each step of the SOP and at another desk
OF_AN_OFFICER = {
    "worklist": 12,
    "routing_card": 12,
    "history": 20,
    "desk_deadline": 16,
    "register": 9,
}
OF_THE_OWNER = {"application": 17, "receipt": 15, "deadline": 12}
OF_A_DRAFT = {"application": 17, "form": 10, "questions": 10, "requirements": 13, "review": 13}
PUBLIC = {"tracked": 10, "service": 17, "home": 6}


def questions(address: str, user: User | None = None) -> int:
    """Return how many questions a page asks that has been opened before."""
    browser = signed_in(user) if user else Client()
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    assert answer.status_code == 200, address
    return len(asked)


def make_long_cast(papers: int, steps: int) -> Cast:
    """Make an office whose standard asks for so many papers, on an SOP with so many steps more.

    The standard has an internal target and cites a law that is repealed.
    """
    office = make_office()
    more = ((StepKind.WORK, "Tim Teknis", "", 1, "menit_kerja", None),) * steps
    procedure = make_procedure(office, (*STEPS[:2], *more, *STEPS[2:]))
    version = make_draft(make_service(office), procedure, target_amount=4)
    law = make_revoked(f"Peraturan {office}", by="Peraturan baru")
    version.legal_bases.update(regulation=law)
    group = version.requirement_groups.get()
    for order in range(10, 10 + papers):
        Requirement.objects.create(
            version=version, group=group, order=order, printed_number=f"{order}.",
            text=f"Berkas ke-{order}", kind=Need.UPLOAD,
        )  # fmt: skip
    version = publish_version(version, actor=None, at=PUBLISHED_AT)
    return Cast(
        office=office, service=version.service, version=version, applicant=make_user(),
        stranger=make_user(),
        officers={code: make_officer(position_of(office, code)) for code in DESKS},
    )  # fmt: skip


def costs_of_the_way(cast: Cast, monday: datetime) -> dict[str, int]:
    """Walk one file through the SOP and return what its page costs at each desk."""
    make_keys(cast)
    application: Application = make_submitted(cast)
    found: dict[str, int] = {}
    for kind, desk in DESK_OF.items():
        application = samples.advance(application, kind, monday)
        found[kind] = questions(application.get_desk_url(), cast.at(desk))
    found["hitungan"] = questions(url("desk_deadline", application), cast.at("front-office"))
    found["kartu"] = questions(url("routing_card", application), cast.at("front-office"))
    found["pemohon"] = questions(application.get_absolute_url(), cast.applicant)
    found["lacak"] = questions(reverse("permits:tracked", args=[application.tracking_code]))
    return found


def test_the_page_of_a_file_asks_no_more_than_its_bound_at_any_step(cast, monday, now):
    found = costs_of_the_way(cast, monday)
    assert {kind: found[kind] for kind in DESK_OF if found[kind] > AT_THE_DESK} == {}


def test_a_file_with_a_history_costs_no_more_at_any_step(calendar, db, monday, now):
    cast = make_long_cast(papers=3, steps=1)
    make_keys(cast)
    application = make_submitted(cast)
    application = samples.return_for_completion(application, monday)
    for line in checklist(application).refused():
        paper = (line.requirement.pk, samples.pdf_upload())
        documents.attach(application, *paper, actor=cast.applicant, at=monday)
    application = samples.submit(application, monday)
    found: dict[str, int] = {}
    for kind, desk in DESK_OF.items():
        application = samples.advance(application, kind, monday)
        found[kind] = questions(application.get_desk_url(), cast.at(desk))
        if kind == StepKind.HAND_OVER:
            Printout.objects.create(
                application=application, kind=Printout.Kind.LETTER, key="surat", content={},
                created_at=monday, file="surat.pdf", next_try_at=monday,
            )  # fmt: skip
            found["surat"] = questions(application.get_desk_url(), cast.at(desk))
    assert {kind: count for kind, count in found.items() if count > AT_THE_DESK} == {}


def test_thirty_papers_and_thirty_steps_cost_no_more_questions_than_three(
    calendar, db, monday, now
):
    short = costs_of_the_way(make_long_cast(papers=3, steps=3), monday)
    long = costs_of_the_way(make_long_cast(papers=30, steps=30), monday)
    assert long == short


def test_another_desk_pays_only_for_the_file_that_is_next(cast, monday, now):
    application = make_submitted(cast)
    assert questions(application.get_desk_url(), cast.at("back-office")) <= AT_THE_DESK


def test_an_action_reads_nothing_of_what_only_the_page_shows(cast, monday, now):
    application = make_submitted(cast, monday)
    browser = signed_in(cast.at("front-office"))
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(url("receive", application), {"visit": application.current_step_id})
    assert answer.status_code == 302
    sql = " ".join(query["sql"] for query in asked)
    for model in (ApplicationRecord, CertificateDraft, InspectionPhoto, Printout, Notice):
        assert model._meta.db_table not in sql


def test_every_other_page_keeps_to_its_bound(cast, monday, now):
    issued = make_issued(cast)
    draft = make_draft_application(cast)
    officer, owner = cast.at("front-office"), cast.applicant
    found = {
        **{f"meja {name}": (questions(_desk(name, issued), officer), bound)
           for name, bound in OF_AN_OFFICER.items()},
        **{f"milik {name}": (questions(url(name, issued), owner), bound)
           for name, bound in OF_THE_OWNER.items()},
        **{f"konsep {name}": (questions(url(name, draft), owner), bound)
           for name, bound in OF_A_DRAFT.items()},
        "daftar": (questions(reverse("permits:my_applications"), owner), 9),
        "lacak": (
            questions(reverse("permits:tracked", args=[issued.tracking_code])), PUBLIC["tracked"],
        ),
        "layanan": (questions(cast.service.get_absolute_url()), PUBLIC["service"]),
        "beranda": (questions("/"), PUBLIC["home"]),
    }  # fmt: skip
    assert {name: pair for name, pair in found.items() if pair[0] > pair[1]} == {}


def _desk(name: str, application: Application) -> str:
    listed = name in ("worklist", "register")
    return reverse(f"permits:{name}") if listed else url(name, application)


def test_a_change_of_what_is_not_frozen_shows_at_once(cast, now):
    application = make_submitted(cast)
    officer = cast.at("front-office")
    page = signed_in(officer).get(application.get_desk_url()).content.decode()
    assert cast.service.name in page
    type(cast.service).objects.update(name="Nama Layanan Baru")
    page = signed_in(officer).get(application.get_desk_url()).content.decode()
    assert "Nama Layanan Baru" in page
