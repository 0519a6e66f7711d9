"""Rows of an SOP that run side by side: written in the file, copied, frozen, compared, printed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from standards import selectors
from standards.changes import sentences_between
from standards.domain.steps import StepKind
from standards.domain.versions import canonical, digest
from standards.forms.procedures import StepForm
from standards.models import FeeRule, StandardVersion
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


def work(who: str, kind: StepKind = StepKind.WORK, **columns: Any) -> tuple[Any, ...]:
    return (kind, who, "", None, "", None, columns)


def draft_side_by_side(*rows: tuple[Any, ...], **columns: Any) -> StandardVersion:
    """A draft whose rows 3 and 4 run side by side; row 5 waits for both."""
    rows = rows or (
        work("Tim Teknis", parallel=True, **columns),
        work("Sekretaris", parallel=True),
        work("Back Office"),
    )
    office = make_office()
    return make_draft(make_service(office), make_procedure(office, (*STEPS[:2], *rows, *STEPS[2:])))


def codes(version: StandardVersion) -> list[str]:
    return [fault.code for fault in publishing.found_faults(version)]


def published() -> StandardVersion:
    return publishing.publish_version(draft_side_by_side(), actor=None, at=PUBLISHED_AT)


def test_without_such_rows_the_digest_is_what_it_was() -> None:
    version = make_standard()
    text = selectors.snapshot(version)
    assert "parallel" not in canonical(text)
    assert digest(text) == version.digest


def test_that_rows_run_side_by_side_is_part_of_the_digest_and_frozen() -> None:
    version = published()
    assert publishing.is_intact(version)
    step = version.procedure_links.get().procedure.steps.get(printed_number="3")
    step.parallel = False
    with pytest.raises(DatabaseError, match="sudah ditetapkan"), transaction.atomic():
        step.save()


def test_the_file_says_it_and_comes_back_byte_by_byte() -> None:
    draft = draft_side_by_side()
    text = export_version(draft)
    assert text.count("parallel = true") == 2
    office = draft.service.office
    other = make_service(office)
    copy = import_standard(
        text.encode(), "x.toml", office, other, read_arrival(text.encode(), "x.toml", office)
        .suggested(office), with_decree=True, at=PUBLISHED_AT,
    )  # fmt: skip
    again = export_version(copy).replace(other.slug, draft.service.slug)
    assert again.replace(other.name, draft.service.name) == text
    with pytest.raises(FileFaults, match="parallel"):
        read_arrival(text.replace("parallel = true", "parallel = 1").encode(), "x.toml", office)


def test_copies_say_it_and_two_versions_differ_in_a_sentence() -> None:
    old = published()
    procedure = old.procedure_links.get().procedure
    copy = copy_procedure(procedure, actor=None, at=PUBLISHED_AT)
    assert [step.printed_number for step in copy.steps.filter(parallel=True)] == ["3", "4"]
    copy.steps.filter(printed_number="4").update(parallel=False)
    new = new_draft(old, actor=None, at=PUBLISHED_AT)
    new.procedure_links.update(procedure=copy)
    [line] = [each for each in sentences_between(old, new) if "bersamaan" in each]
    assert "dikerjakan bersamaan: ya menjadi tidak" in line


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((work("Tim Teknis", parallel=True), work("Back Office")), "parallel_alone"),
        (
            (work("Tim Teknis", StepKind.INSPECT, parallel=True), work("Sekretaris", parallel=True),
             work("Back Office")),
            "procedure_parallel_wrong_kind",
        ),
        (
            (work("Tim Teknis", parallel=True), work("Sekretaris", parallel=True),
             work("Back Office", optional=True)),
            "procedure_parallel_never_meets",
        ),
        (
            (work("Pemohon", parallel=True), work("Sekretaris", parallel=True),
             work("Back Office")),
            "procedure_step_without_desk",
        ),
    ],
)  # fmt: skip
def test_publishing_says_what_cannot_run_side_by_side(rows: Any, code: str) -> None:
    assert codes(draft_side_by_side(*rows)) == [code]


def test_sound_rows_side_by_side_are_published() -> None:
    assert codes(draft_side_by_side()) == []
    twice = (work("Tim Teknis", parallel=True), work("Tim Teknis", parallel=True))
    assert codes(draft_side_by_side(*twice, work("Tim Teknis"))) == []


def test_such_a_row_has_one_performer_and_no_way_back_leads_to_it_or_from_it() -> None:
    draft = draft_side_by_side()
    steps = draft.procedure_links.get().procedure.steps
    first, meeting = steps.get(printed_number="3"), steps.get(printed_number="5")
    first.performers.add(first.procedure.roles.get(label="Back Office"))
    assert codes(draft) == ["parallel_with_performers"]
    first.performers.clear()
    steps.filter(pk=first.pk).update(returns_to=steps.get(printed_number="2"))
    assert codes(draft) == ["parallel_returns"]
    steps.filter(pk=first.pk).update(returns_to=None)
    steps.filter(pk=meeting.pk).update(returns_to=first)
    assert codes(draft) == ["returns_to_parallel"]


def test_papers_and_charges_are_made_where_the_file_is() -> None:
    draft = draft_side_by_side()
    make_paper(draft, "surat", written_at="3", signed_at="5")
    assert codes(draft) == ["paper_step_parallel"]
    draft.papers.all().delete()
    FeeRule.objects.filter(version=draft).update(
        kind="ditetapkan", step="4", minimum=1, maximum=2, amount=0
    )
    assert codes(draft) == ["fee_step_parallel"]


def test_the_row_of_the_page_says_what_does_not_go_together() -> None:
    procedure = make_procedure(make_office())
    step = procedure.steps.get(printed_number="3")
    data = {
        "order": 3, "printed_number": "3", "kind": StepKind.INSPECT, "activity": "Telaah",
        "role": step.role_id, "parallel": "on", "performers": "Sekretaris",
        "returns_to": procedure.steps.get(printed_number="2").pk,
    }  # fmt: skip
    form = StepForm(data, instance=step)
    assert not form.is_valid()
    assert {"parallel", "performers", "returns_to"} <= set(form.errors)


def test_the_printed_table_says_what_runs_side_by_side_and_who_waits(client: Client) -> None:
    version = published()
    procedure = selectors.load_procedure(version.procedure_links.get().procedure)
    rows = {row.number: row for row in draw(procedure).rows}
    assert (rows["3"].beside, rows["4"].beside, rows["5"].beside) == ("4", "3", "")
    assert (rows["3"].waits, rows["5"].waits, rows["6"].waits) == ("", "3 dan 4", "")
    page = client.get(version.service.get_absolute_url()).content.decode()
    assert "Bersamaan dengan langkah 4" in page
    assert "Dimulai setelah langkah 3 dan 4 selesai" in page
