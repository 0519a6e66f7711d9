"""Further performers of a step: written in the file, copied, frozen, compared, printed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from standards import selectors
from standards.changes import sentences_between
from standards.domain.steps import StepKind
from standards.domain.versions import canonical, digest
from standards.models import Procedure, StandardVersion
from standards.services import publishing
from standards.services.drafting import copy_procedure, new_draft
from standards.services.exporting import export_version
from standards.services.importing import import_standard, read_arrival
from standards.swimlane import draw
from tests.factories.accounts import make_office
from tests.factories.standards import (
    PUBLISHED_AT,
    STEPS,
    make_draft,
    make_paper,
    make_procedure,
    make_service,
    make_standard,
)
from workflow.tomlfile import FileFaults

pytestmark = pytest.mark.django_db
ASKED = ("Back Office", "Sekretaris")


def shared(procedure: Procedure, *labels: str, kind: StepKind = StepKind.INSPECT) -> Procedure:
    """Let the columns ``labels`` take part in the step of ``kind``."""
    step = procedure.steps.get(kind=kind)
    step.performers.set(procedure.roles.filter(label__in=labels))
    return procedure


def draft_with_performers(*labels: str) -> StandardVersion:
    office = make_office()
    procedure = shared(make_procedure(office), *labels)
    return make_draft(make_service(office), procedure)


def codes(version: StandardVersion) -> list[str]:
    return [fault.code for fault in publishing.found_faults(version)]


def test_a_step_without_further_performers_keeps_its_digest() -> None:
    version = make_standard()
    text = selectors.snapshot(version)
    assert "performers" not in canonical(text)
    assert digest(text) == version.digest


def test_performers_are_part_of_the_digest_and_of_the_frozen_procedure() -> None:
    version = publishing.publish_version(draft_with_performers(*ASKED), actor=None, at=PUBLISHED_AT)
    assert publishing.is_intact(version)
    step = version.procedure_links.get().procedure.steps.get(kind=StepKind.INSPECT)
    for change in (
        step.performers.clear,
        lambda: step.performers.add(step.procedure.roles.get(label="Kepala Dinas")),
    ):
        with pytest.raises(DatabaseError, match="sudah ditetapkan"), transaction.atomic():
            change()


def test_the_file_names_the_columns_and_comes_back_byte_by_byte() -> None:
    draft = draft_with_performers(*ASKED)
    text = export_version(draft)
    assert 'performers = ["Back Office", "Sekretaris"]' in text
    office = draft.service.office
    arrival = read_arrival(text.encode(), "x.toml", office)
    other = make_service(office)
    copy = import_standard(
        text.encode(), "x.toml", office, other, arrival.suggested(office),
        with_decree=True, at=PUBLISHED_AT,
    )  # fmt: skip
    again = export_version(copy).replace(other.slug, draft.service.slug)
    assert again.replace(other.name, draft.service.name) == text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('["Sekretaris", "Tidak Ada"]', "Tidak Ada"),
        ('["Sekretaris", "Sekretaris"]', "kolom yang sama dua kali"),
        ('"Sekretaris"', "performers"),
    ],
)
def test_a_file_with_wrong_performers_is_refused_by_line(written: str, said: str) -> None:
    draft = draft_with_performers(*ASKED)
    text = export_version(draft).replace('["Back Office", "Sekretaris"]', written)
    with pytest.raises(FileFaults) as caught:
        read_arrival(text.encode(), "x.toml", draft.service.office)
    assert said in str(caught.value)


def test_copies_keep_the_performers_among_their_own_columns() -> None:
    procedure = shared(make_procedure(make_office()), *ASKED)
    copy = copy_procedure(procedure, actor=None, at=PUBLISHED_AT)
    roles = copy.steps.get(kind=StepKind.INSPECT).performers.all()
    assert [(role.label, role.procedure) for role in roles] == [
        ("Back Office", copy), ("Sekretaris", copy),
    ]  # fmt: skip


def test_two_versions_differ_in_the_performers_in_a_sentence() -> None:
    office = make_office()
    old = make_standard(make_service(office), make_procedure(office))
    new = new_draft(old, actor=None, at=PUBLISHED_AT)
    copy = shared(copy_procedure(old.procedure_links.get().procedure, actor=None,
                                 at=PUBLISHED_AT), *ASKED)  # fmt: skip
    new.procedure_links.update(procedure=copy)
    [line] = [each for each in sentences_between(old, new) if "pelaksana lain" in each]
    assert "kosong menjadi “Back Office”, “Sekretaris”" in line


def test_publishing_names_each_step_that_may_not_have_performers() -> None:
    assert codes(draft_with_performers(*ASKED)) == []
    assert codes(draft_with_performers("Tim Teknis")) == ["performer_twice"]
    assert codes(draft_with_performers("Pemohon")) == ["performer_without_position"]
    office = make_office()
    signs = shared(make_procedure(office), "Sekretaris", kind=StepKind.SIGN)
    assert codes(make_draft(make_service(office), signs)) == ["performers_wrong_kind"]


def test_a_step_that_signs_a_paper_has_one_performer() -> None:
    office = make_office()
    work = [(StepKind.WORK, who, "", None, "", None) for who in ("Back Office", "Kepala Dinas")]
    procedure = make_procedure(office, (*STEPS[:2], *work, *STEPS[2:]))
    step = procedure.steps.get(printed_number="4")
    step.performers.set(procedure.roles.filter(label="Sekretaris"))
    draft = make_draft(make_service(office), procedure)
    make_paper(draft, "surat", written_at="3", signed_at="4")
    assert "paper_signed_by_several" in codes(draft)


def test_a_vacant_performer_is_warned_of() -> None:
    draft = draft_with_performers(*ASKED)
    warned = publishing.found_warnings(draft, PUBLISHED_AT)
    named = [str(fault.facts["position"]) for fault in warned if fault.code == "position_vacant"]
    secretary = draft.procedure_links.get().procedure.roles.get(label="Sekretaris").position
    assert secretary is not None
    assert secretary.name in named


def test_the_printed_table_has_a_sign_in_every_column_that_takes_part(client: Client) -> None:
    version = publishing.publish_version(draft_with_performers(*ASKED), actor=None, at=PUBLISHED_AT)
    sop = draw(selectors.load_procedure(version.procedure_links.get().procedure))
    row = next(row for row in sop.rows if row.together)
    assert row.together == "Back Office, Sekretaris"
    signs = {cell.performer: cell.symbol for cell in row.cells if cell.symbol}
    assert signs == {"Tim Teknis": "decision", "Back Office": "process", "Sekretaris": "process"}
    page = client.get(version.service.get_absolute_url()).content.decode()
    assert "Bersama Back Office, Sekretaris" in page
