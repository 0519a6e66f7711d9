"""What was written down about an application, as its page on the desk tells it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from demo import samples
from notices.models import Notice
from permits.models import Application
from permits.presenters import mails
from standards.domain.requirements import Need
from standards.domain.steps import StepKind
from standards.models import LegalBasis, Regulation, Requirement
from standards.services.publishing import publish_version
from tests.factories.accounts import make_officer, make_user
from tests.factories.permits import DESKS, Cast, at_step, make_submitted
from tests.factories.standards import (
    PUBLISHED_AT,
    make_draft,
    make_revoked,
    make_service,
    position_of,
)
from tests.permits.views.at_the_desk import fresh, get, paper, press
from workflow.models import JobStatus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def make_cast_of(version) -> Cast:
    """Return the people around a standard that was just published."""
    office = version.service.office
    return Cast(
        office=office,
        service=version.service,
        version=version,
        applicant=make_user(),
        stranger=make_user(),
        officers={code: make_officer(position_of(office, code)) for code in DESKS},
    )


def history(page: str) -> list[str]:
    """Return the titles of the changes of status, as the page lists them."""
    section = page[page.index('id="riwayat"') :].split("Pesan tentang berkas ini")[0]
    return re.findall(r'<span class="event-title">([^<]+)</span>', section)


def test_the_page_tells_the_changes_of_status_of_this_application_the_latest_first(cast, monday):
    application = samples.return_for_completion(make_submitted(cast, monday), monday)
    at_step(cast, StepKind.DRAFT, monday + timedelta(minutes=1))  # whose records must not appear
    page = get(cast.at("front-office"), "desk_application", application).content.decode()
    assert history(page) == ["Dikembalikan: belum lengkap", "Permohonan dikirim"]
    assert '<span class="event-actor">Petugas front-office</span>' in page


def test_the_page_tells_officers_why_a_message_did_not_leave(cast, monday):
    application = make_submitted(cast, monday)
    Notice.objects.filter(about=mails.about(application)).update(
        job_status=JobStatus.FAILED, last_error="550 ditolak", attempts=8
    )
    page = get(cast.at("front-office"), "desk_application", application).content.decode()
    assert "Gagal dikirim lewat" in page
    assert "550 ditolak" in page


def test_whoever_signs_is_told_of_repealed_grounds_in_printed_order(calendar, monday):
    version = make_draft(make_service())
    first, second = (
        make_revoked(f"Peraturan {name}", by="Peraturan Baru") for name in ("Awal", "Akhir")
    )
    valid = Regulation.objects.create(title="Peraturan Berlaku")
    version.legal_bases.update(regulation=second, order=3)
    for order, law in ((1, first), (2, valid)):
        LegalBasis.objects.create(
            version=version, order=order, printed_number="b.", text="Pasal", regulation=law
        )
    cast = make_cast_of(publish_version(version, actor=None, at=PUBLISHED_AT))
    application = at_step(cast, StepKind.SIGN, monday)
    page = get(cast.at("kepala-dinas"), "desk_application", application).content.decode()
    cited = re.findall(r"Mengutip (.+), yang sudah dicabut", page)
    assert cited == ["Peraturan Awal", "Peraturan Akhir"]


@pytest.fixture
def divided(calendar, monday) -> tuple[Cast, Application]:
    """An application whose paper has a part that is uploaded by itself, and a note."""
    version = make_draft(make_service())
    parent = version.requirements.get(order=2)
    for order, text, need in ((20, "Denah", Need.UPLOAD), (21, "Berwarna", Need.CONTENT)):
        Requirement.objects.create(
            version=version,
            group=parent.group,
            parent=parent,
            order=order,
            printed_number=f"{order}.",
            text=text,
            kind=need,
        )
    cast = make_cast_of(publish_version(version, actor=None, at=PUBLISHED_AT))
    return cast, make_submitted(cast, monday)


def test_parts_of_a_requirement_stand_inside_it_with_buttons_of_their_own(divided):
    cast, application = divided
    page = get(cast.at("front-office"), "desk_application", application).content.decode()
    parent = paper(application)
    part = application.version.requirements.get(order=20).pk
    start = page.index(f'id="syarat-{parent}"')
    inside = page[start : page.index(f'id="syarat-{part}"')]
    assert "</article>" not in inside, "the part is below its requirement"
    assert '<p class="requirement-content" lang="id">21. Berwarna</p>' in page
    assert page.count(f'/periksa/{part}/"') == 4, "two forms, for htmx and without"


def test_a_fault_is_listed_by_its_own_words_without_its_parts(divided):
    cast, application = divided
    officer = cast.at("front-office")
    press(
        officer,
        "verdict",
        application,
        paper(application),
        result="tidak_sesuai",
        reason="<i>Kabur</i>",
    )
    page = get(officer, "desk_application", fresh(application)).content.decode()
    (faults,) = re.findall(r'<ul class="faults">(.*?)</ul>', page, re.DOTALL)
    assert faults.count("<li>") == 1
    assert "Denah" not in faults
    assert "&lt;i&gt;Kabur&lt;/i&gt;" in faults
