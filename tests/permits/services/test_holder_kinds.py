"""Whom a permit is for, as a fact: said once, with the holder, and read by conditions."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from demo import samples
from permits import selectors
from permits.models import Application, HolderKind
from permits.services import filling
from standards.domain.built_in import HOLDER, KEYS
from standards.domain.conditions import parse
from standards.models import Requirement
from standards.services.built_in import set_built_in
from standards.services.publishing import publish_version
from tests.factories.filing import signed_in, url
from tests.factories.permits import Cast, make_cast, make_draft_application
from tests.factories.standards import PUBLISHED_AT, make_draft, make_hindrance
from tests.permits.views.at_the_desk import words
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
DEED, LONE = "Akta pendirian", "Perorangan tidak dapat menyelenggarakan bursa kerja."
OF_BODIES = parse("jenis_pemegang = Badan usaha/lembaga")


@pytest.fixture
def cast() -> Cast:
    """An office whose standard asks bodies for their deed of incorporation."""
    made = make_cast()
    draft = make_draft(
        made.service, made.version.procedure_links.get().procedure, effective_on=date(2026, 2, 1)
    )
    set_built_in(draft, [], represented=False, holder=True)
    fields = {"version": draft, "group": draft.requirement_groups.get(), "order": 9}
    Requirement.objects.create(**fields, kind="unggah", text=DEED, when=OF_BODIES)
    version = publish_version(draft, actor=None, at=PUBLISHED_AT)
    return Cast(made.office, made.service, version, made.applicant, made.stranger, made.officers)


def asks_for_the_deed(application: Application) -> bool:
    lines = selectors.checklist(samples.reload(application)).lines()
    return DEED in [line.requirement.text for line in lines if line.applies]


def held_by(application: Application, kind: str, at: datetime) -> Application:
    return filling.save_form(application, identity={"holder_kind": kind}, at=at)


def test_a_condition_asks_whom_the_permit_is_for(cast: Cast, monday: datetime) -> None:
    application = make_draft_application(cast, monday)
    assert asks_for_the_deed(held_by(application, HolderKind.BODY, monday))
    assert not asks_for_the_deed(held_by(application, HolderKind.PERSON, monday))
    assert samples.submit(samples.reload(application), monday).number


def test_it_is_asked_once_with_the_holder(cast: Cast, monday: datetime) -> None:
    application = make_draft_application(cast, monday)
    browser = signed_in(cast.applicant)
    pages = [browser.get(url(page, application)).content.decode() for page in ("form", "questions")]
    assert 'name="holder_kind"' in pages[0]
    assert not [page for page in pages if HOLDER in page]
    asked = selectors.asked_facts(samples.reload(application))
    assert HOLDER not in {line.key for line in selectors.answer_lines(application, asked)}


def test_without_it_nothing_is_sent(cast: Cast, monday: datetime) -> None:
    application = held_by(make_draft_application(cast, monday), "", monday)
    with pytest.raises(DomainError) as refusal:
        samples.submit(samples.reload(application), monday)
    assert "untuk siapa izin ini" in str(refusal.value)


def test_who_only_wants_to_know_is_asked(cast: Cast) -> None:
    address = reverse("permits:needs", args=[cast.office.code, cast.service.slug])
    assert "Izin ini untuk" in words(Client().get(address))
    told = words(Client().get(address, {"tanya_jenis_pemegang": "Badan usaha/lembaga"}))
    assert DEED in told
    assert DEED not in words(Client().get(address, {"tanya_jenis_pemegang": "Perorangan"}))


def test_what_cannot_succeed_for_a_person_is_refused(cast: Cast, monday: datetime) -> None:
    draft = make_draft(
        cast.service, cast.version.procedure_links.get().procedure, effective_on=date(2026, 3, 1)
    )
    set_built_in(draft, [], represented=False, holder=True)
    make_hindrance(draft, "jenis_pemegang = Perorangan", sentence=LONE)
    publish_version(draft, actor=None, at=PUBLISHED_AT)
    application = held_by(make_draft_application(cast, monday), HolderKind.PERSON, monday)
    with pytest.raises(DomainError, match="application_hindered"):
        samples.submit(samples.reload(application), monday)
    assert samples.submit(
        samples.reload(held_by(application, HolderKind.BODY, monday)), monday
    ).number


def test_the_tick_writes_and_removes_the_fact() -> None:
    draft = make_draft()
    set_built_in(draft, [], represented=False, holder=True)
    set_built_in(draft, [], represented=False, holder=True)
    assert [row.key for row in draft.facts.filter(key__in=KEYS)] == [HOLDER]
    set_built_in(draft, [], represented=False)
    assert not draft.facts.filter(key=HOLDER).exists()
