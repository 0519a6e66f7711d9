"""A standard as a file: out, in and out again is the same, byte by byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain.printable import PRINTABLE
from standards.domain import standard_file as keys
from standards.domain import versions as domain
from standards.domain.conditions import ALWAYS, parse
from standards.domain.facts import FactKind
from standards.domain.standard_file import Kind, Part, ServiceText, file_text
from standards.domain.steps import StepKind, is_range
from standards.models import StandardVersion
from standards.services.exporting import export_version
from standards.services.file_reader import Known
from standards.services.importing import import_standard, read_arrival
from standards.services.sheets import read_standard
from tests.standards.source_documents import AT, loaded_fixtures
from workflow import tomlfile

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def versions(django_db_setup, django_db_blocker) -> Iterator[dict[str, StandardVersion]]:
    with django_db_blocker.unblock(), loaded_fixtures() as found:
        yield found


def test_the_shipped_standards_come_back_byte_by_byte(versions):
    for version in versions.values():
        text = export_version(version)
        office = version.service.office
        arrival = read_arrival(text.encode(), "x.toml", office)
        draft = import_standard(
            text.encode(), "x.toml", office, version.service, arrival.suggested(office),
            with_decree=True, at=AT,
        )  # fmt: skip
        assert export_version(draft) == text
        assert not draft.is_published


# what a TOML writer gets wrong: quotes, backslashes, brackets, signs of comments, line breaks
SIGNS = st.one_of(st.sampled_from(list("\"'\\#[]{}=,;| \t<>&")), st.sampled_from(sorted(PRINTABLE)))
LINE = st.text(SIGNS, min_size=1, max_size=8)
TEXT = st.lists(st.text(SIGNS, max_size=8), max_size=4).map("\n".join).map(lambda t: t.strip("\n"))
WHOLE = st.integers(1, 30000)
FACT = "ada_isian"  # every condition asks it


def values(part: Part, **given: Any) -> st.SearchStrategy[Any]:
    """Draw a row of ``part``; names of other rows are ``given``."""

    def drawn(key: keys.Key) -> st.SearchStrategy[Any]:
        if key.field in given:
            name = given[key.field]
            return name if isinstance(name, st.SearchStrategy) else st.just(name)
        if key.kind is Kind.TEXT:
            known = [name for name in key.known if name or not key.required]
            words = st.sampled_from(known) if known else LINE if key.required else TEXT
            whole = known or key.field in LONG
            return words if whole else words.map(lambda text: text.replace("\n", "")[:8])
        return {
            Kind.WHOLE: WHOLE if key.required else st.none() | WHOLE,
            Kind.FLAG: st.booleans(),
            Kind.DAY: st.none() | st.dates(date(2000, 1, 1), date(2050, 1, 1)),
            Kind.TEXTS: st.just(""),
            Kind.CONDITION: st.sampled_from(
                [ALWAYS, parse(f"{FACT} = ya"), parse(f"{FACT} diisi")]
            ),
            Kind.NAME: st.just(key.default),
            Kind.NAMES: st.just(()),
        }[key.kind]

    fields = {key.field: drawn(key) for key in part.keys}
    return st.fixed_dictionaries(fields)


LONG = {"body", "preamble", "certificate_statement", "refusal_statement", "statement", "lead",
        "text", "activity", "completeness", "output", "provisional_reason"}  # fmt: skip


@st.composite
def fees(draw: Any) -> dict[str, Any]:
    """Draw a fee rule with the lines of a table."""
    multiple = st.sampled_from([None, 100, 500, 1000])
    rows = draw(st.lists(values(keys.FEE_ROWS), max_size=2))
    rule = draw(values(keys.FEES, multiple=multiple))
    return {**rule, "rows": numbered(domain.FeeRowText, rows)}


@st.composite
def standards(draw: Any) -> domain.VersionSnapshot:
    """Draw a standard with every part; it need not be complete, as drafts are not."""
    head = with_range(draw(values(keys.VERSION, number=1, procedures=())), "term_")
    facts = [domain.FactText(order=1, key=FACT, label="Ada?", kind=FactKind.YES_NO)]
    facts += [
        domain.FactText(order=order, **{**row, "key": f"isian_{order}", "choices_text": choices})
        for order, (row, choices) in enumerate(
            draw(
                st.lists(
                    st.tuples(values(keys.FACTS), st.sampled_from(["", 'a\nb "c"'])), max_size=3
                )
            ),
            2,
        )
    ]
    groups: list[domain.GroupText] = []
    requirements: list[domain.RequirementText] = []
    for order, group in enumerate(draw(st.lists(values(keys.GROUPS), max_size=2)), 1):
        groups.append(domain.GroupText(order=order, **group))
        start = len(requirements)
        for row in draw(st.lists(values(keys.REQUIREMENTS), max_size=4)):
            here = len(requirements)
            # below the row before it, beside it, or at the top: what a nested file can say
            parents: list[int | None] = [None]
            if here > start:
                parents += [here - 1, requirements[-1].parent]
            parent = draw(st.sampled_from(parents))
            place = {"group": order - 1, "parent": parent, "order": here - start + 1}
            code = draw(st.sampled_from(["", f"kode-{len(requirements)}"]))
            requirements.append(domain.RequirementText(**place, **{**row, "code": code}))
    steps: list[domain.StepText] = []
    for order, row in enumerate(draw(st.lists(values(keys.STEPS, role="Pemohon"), max_size=4)), 1):
        back = draw(st.sampled_from([None, *range(order - 1)]))
        fields = {
            **with_range(row, "standard_"),
            "printed_number": row["printed_number"][:10],
            "returns_to": back,
        }
        if row["kind"] == StepKind.FILE:  # up to the filing nothing has been answered
            steps = [replace(step, when=ALWAYS) for step in steps]
            fields["when"] = ALWAYS
        steps.append(domain.StepText(order=order, **fields))
    procedure = domain.ProcedureText(
        office=0,
        roles=(domain.RoleText(1, "Pemohon", None), domain.RoleText(2, 'Loket "1"', 7)),
        steps=tuple(steps), **{**draw(values(keys.PROCEDURES)), "code": "alur"},
    )  # fmt: skip
    components = st.lists(values(keys.COMPONENTS), max_size=3, unique_by=lambda row: row["key"])
    bases = values(keys.LEGAL_BASES, regulation=st.sampled_from([None, 5]))
    return domain.VersionSnapshot(
        service=0, office=0, **{**head, "procedures": (procedure,)},
        components=numbered(domain.ComponentText, draw(components)),
        facts=tuple(facts), groups=tuple(groups), requirements=tuple(requirements),
        legal_bases=numbered(domain.BasisText, draw(st.lists(bases, max_size=2))),
        fees=numbered(domain.FeeText, draw(st.lists(fees(), max_size=2))),
        papers=numbered(domain.PaperText, draw(papers())),
        terms=numbered(
            domain.TermText, map(with_range, draw(st.lists(values(keys.TERMS), max_size=2)))
        ),
        permits=numbered(domain.PermitText, draw(st.lists(values(keys.PERMITS), max_size=2))),
        eligibility=numbered(
            domain.EligibilityText, draw(st.lists(values(keys.ELIGIBILITY), max_size=2))
        ),
    )  # fmt: skip


def papers() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Draw papers beside the permit."""
    key = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)
    return st.lists(values(keys.PAPERS, key=key), max_size=2, unique_by=lambda row: row["key"])


def with_range(row: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Return ``row`` with the shorter end of its range only where it is one."""
    least, most = row[f"{before}minimum"], row[f"{before}amount"]
    return row if is_range(least, most) else {**row, f"{before}minimum": None}


def numbered(part: type, rows: Iterable[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(part(order=order, **row) for order, row in enumerate(rows, 1))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(snapshot=standards())
def test_any_standard_comes_back_from_its_file(snapshot):
    law = "Undang-Undang “Contoh”"
    text = file_text(
        ServiceText("dinas", "layanan", "Layanan"), snapshot, {5: law}, [(7, "loket", "Loket")]
    )
    page = tomlfile.parsed(text.encode(), Path("x/generated.toml"))
    sheet = read_standard(page, Known(0, {"loket": 7}, {law: 5}))
    assert sheet.snapshot == snapshot
    codes = [row.code for row in snapshot.requirements]  # no part of what is compared
    assert [row.code for row in sheet.snapshot.requirements] == codes


def test_every_column_of_a_version_has_its_key():
    """A column that is added later is lost in a file unless it has its line."""
    by_hand = {
        "service", "office", "order", "group", "parent", "roles", "steps", "rows",
        *(part.name for part in keys.PARTS),
    }  # fmt: skip
    for part in keys.PARTS:
        columns = fields(part.value) if part.value else ()
        names = {item.name for item in columns if item.metadata.get("sealed", True)}
        missing = names - by_hand - {key.field for key in part.keys}
        assert (part.name, missing) == (part.name, set())
