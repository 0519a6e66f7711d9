"""The full text, not a summary: letter by letter against the published documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from standards.domain import outline
from standards.domain.components import Key
from standards.models import StandardComponent, StandardVersion
from tests.standards.source_documents import (
    STANDARDS,
    Row,
    component_rows,
    document,
    letters,
    loaded_fixtures,
)

pytestmark = pytest.mark.django_db

KAMPAR = "kampar-rekomendasi-pelatih-anak-putus-sekolah"
PLACES = [(name, place) for name in STANDARDS for place in range(14)]


@pytest.fixture(scope="module")
def versions(django_db_setup, django_db_blocker) -> Iterator[dict[str, StandardVersion]]:
    with django_db_blocker.unblock(), loaded_fixtures() as found:
        yield found


def _requirements(version: StandardVersion) -> str:
    words = []
    for group in version.requirement_groups.all():
        heading = group.title if group.printed_number else ""  # a title without number is ours
        words += [group.printed_number, heading, group.lead]
        for item in group.requirements.order_by("order"):
            words += [item.printed_number, item.text]
    return " ".join(words)


def _said(version: StandardVersion, component: StandardComponent) -> str:
    """All that the portal says under a component."""
    if component.key == Key.REQUIREMENTS:
        return f"{component.body} {_requirements(version)}"
    if component.key == Key.LEGAL_BASIS:
        rows = (f"{basis.printed_number} {basis.text}" for basis in version.legal_bases.all())
        return f"{component.body} {' '.join(rows)}"
    return component.body


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_no_letter_of_a_component_is_lost_added_or_moved(versions, name, place):
    row = component_rows(name)[place]
    component = versions[name].components.all()[place]
    if name == KAMPAR and component.key == Key.PROCEDURE:
        _assert_flow_chart(row, component.body)
        return
    assert letters(_said(versions[name], component)) == letters(row.cell)


def _assert_flow_chart(row: Row, body: str) -> None:
    """Kampar draws its procedure: boxes and arrows become lines of text, the rest stays."""
    drawing, explanation = row.cell.split("Keterangan :")
    chart, below = body.split("Keterangan :")
    assert letters(below) == letters(explanation)
    boxes = dict(re.findall(r"\b([A-G])[\[(]([^\])]+)[\])]", drawing))
    edges = re.findall(r'\b([A-G])(?:[\[(][^\])]+[\])])? (?:-- "([^"]+)" )?--> ([A-G])', drawing)
    assert (len(boxes), len(edges)) == (7, 7)
    for source, label, target in edges:
        line = f"{boxes[source]} → {boxes[target]}" + (f": {label}" if label else "")
        assert line in chart.replace("\n  ", "\n").splitlines()


@pytest.mark.parametrize("name", STANDARDS)
def test_what_stands_around_the_table_is_kept_too(versions, name):
    version = versions[name]
    said = letters(" ".join((version.heading, version.preamble)))
    before = document(name).split("KOMPONEN")[0].replace("*", "").replace("NO.", "")
    headings = re.findall(
        r"^(?:<b>)?[AB]\.(?:</b>)?\t.*$|^JENIS PELAYANAN .*$", document(name), re.M
    )
    for line in (*before.splitlines(), *headings):
        if line.strip() and line.strip() != "NO":
            assert letters(line) in said, line


def _lines(items: list[outline.Item]) -> int:
    return sum(1 + _lines(item.children) for item in items)


@pytest.mark.parametrize("name", STANDARDS)
def test_every_body_is_an_outline_that_reads_back_whole(versions, name):
    for component in versions[name].components.all():
        items = outline.parse(component.body)
        assert _lines(items) == len(component.body.splitlines())


def test_nesting_follows_the_printed_numbers(versions):
    complaints = versions["purwakarta-kbli-78422"].components.get(key=Key.COMPLAINTS)
    items = outline.parse(complaints.body)
    assert [item.marker for item in items] == [f"{n}." for n in range(1, 9)]
    assert [item.marker for item in items[1].children] == [f"{c}." for c in "abcdefghijklm"]
    assert [item.marker for item in items[4].children[2].children] == ["1)", "2)"]


def test_a_lost_word_is_noticed(versions):
    """The comparison above would fail for a summary."""
    row = component_rows("purwakarta-kbli-78422")[5]
    body = versions["purwakarta-kbli-78422"].components.all()[5].body
    assert letters(body.replace("kelender", "", 1)) != letters(row.cell)
