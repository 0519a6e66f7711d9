"""Drafts from nothing and from older versions; copies of procedures."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from standards import selectors
from standards.domain.components import Key
from standards.domain.conditions import parse
from standards.models import Fact, Requirement, StandardVersion
from standards.services import drafting, publishing
from tests.factories.standards import (
    make_draft,
    make_fee,
    make_procedure,
    make_question,
    make_service,
    make_standard,
)
from workflow.domain.errors import DomainError

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _nest(draft: StandardVersion) -> None:
    """Give the draft a follow-up question, a parent and a conditional group."""
    make_question(draft, "sementara", "tenaga_asing = ya")
    draft.requirement_groups.update(when=parse("sementara = tidak"))
    draft.requirements.update(when=parse(""))
    parent = draft.requirements.first()
    assert parent
    Requirement.objects.create(
        version=draft, group=parent.group, parent=parent, order=5, text="Memuat nama", kind="muatan"
    )


def test_a_copy_has_an_equal_snapshot_but_for_number_day_and_decree() -> None:
    draft = make_draft(decree="Keputusan 1/2026", decreed_on=date(2026, 1, 2), decreed_by="Kepala")
    _nest(draft)
    make_fee(draft, "", (5, "tenaga_asing = ya"), (3, ""), kind="tabel", multiple=100)
    make_fee(draft, "tenaga_asing = ya", kind="ditetapkan", minimum=1, maximum=9, step="3")
    published = publishing.publish_version(draft, actor=None, at=NOW)
    before = selectors.snapshot(published)
    copy = drafting.new_draft(published, actor=None, at=NOW)
    expected = replace(before, number=2, effective_on=None, decree="", decreed_on=None)
    assert selectors.snapshot(copy) == expected
    assert (copy.status, copy.digest, copy.published_at, copy.published_by) == (
        "konsep", "", None, None,
    )  # fmt: skip
    assert publishing.is_intact(published)


def test_a_copy_can_be_changed_and_published_beside_its_original() -> None:
    first = make_standard()
    copy = drafting.new_draft(first, actor=None, at=NOW)
    copy.effective_on, copy.term_amount = date(2026, 6, 1), 4
    copy.save()
    second = publishing.publish_version(copy, actor=None, at=NOW)
    versions = StandardVersion.objects.filter(service=first.service)
    assert versions.in_force(date(2026, 5, 31)).get() == first
    assert versions.in_force(date(2026, 6, 1)).get() == second


def test_a_service_has_one_draft_at_a_time() -> None:
    first = make_standard()
    drafting.new_draft(first, actor=None, at=NOW)
    for begin in (
        lambda: drafting.new_draft(first, actor=None, at=NOW),
        lambda: drafting.start_draft(first.service, actor=None, at=NOW),
    ):
        with pytest.raises(DomainError) as refused:
            begin()
        assert (refused.value.code, refused.value.facts) == ("standard_has_draft", {"number": 2})


def test_a_draft_begins_with_the_fourteen_components_in_the_order_of_the_regulation() -> None:
    draft = drafting.start_draft(make_service(), actor=None, at=NOW)
    components = list(draft.components.order_by("order"))
    assert [row.key for row in components] == [str(key) for key in Key]
    assert [row.printed_number for row in components] == [
        *(f"{n}." for n in range(1, 7)), *(f"{n}." for n in range(1, 9)),
    ]  # fmt: skip
    assert components[0].title == "Persyaratan"
    assert draft.requirement_groups.count() == 1


def test_a_draft_with_questions_and_parents_can_be_deleted() -> None:
    draft = make_draft()
    _nest(draft)
    key = draft.pk
    assert Fact.objects.filter(version=key).exists()
    draft.delete()
    assert not Fact.objects.filter(version=key).exists()


def test_a_copied_procedure_is_free_and_walks_the_same_way() -> None:
    version = make_standard()
    frozen = version.procedure_links.get().procedure
    copy = drafting.copy_procedure(frozen, actor=None, at=NOW)
    assert (copy.published_at, copy.copied_from) == (None, frozen)
    assert copy.code == f"{frozen.code.rsplit('-', 1)[0]}-2"
    assert selectors.procedure_text(copy) == replace(
        selectors.procedure_text(frozen), code=copy.code
    )
    assert {step.role.procedure_id for step in copy.steps.all()} == {copy.pk}
    copy.steps.update(activity="lain")
    assert publishing.is_intact(version)


def test_copies_of_copies_find_a_free_code() -> None:
    procedure = make_procedure(make_service().office, code="sop-izin")
    codes = [drafting.copy_procedure(procedure, actor=None, at=NOW).code for _ in range(2)]
    again = drafting.copy_procedure(procedure.copies.latest("pk"), actor=None, at=NOW)
    assert [*codes, again.code] == ["sop-izin-2", "sop-izin-3", "sop-izin-4"]
    again.delete()  # roles and steps hold each other, and go together
