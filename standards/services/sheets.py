"""Files of standards and procedures become frozen values; every fault is named by line and key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from standards.domain import condition_faults
from standards.domain import standard_file as keys
from standards.domain import versions as domain
from standards.domain.facts import Fact
from standards.domain.sop_versions import family
from standards.domain.standard_file import ServiceText
from standards.domain.step_conditions import known_before
from standards.domain.steps import is_range
from standards.models import Kbli
from standards.services.file_reader import Known, Reader, text_or_blank
from workflow.tomlfile import FileFault, Table

_Rows = list[tuple[Any, Table]]


@dataclass(frozen=True, slots=True)
class StandardSheet:
    """One file; ``snapshot`` names the service by key 0, ``own`` are the procedures it brings."""

    path: Path
    service: ServiceText
    snapshot: domain.VersionSnapshot
    own: frozenset[str] = frozenset()


def read_procedures(page: Table, known: Known) -> dict[str, domain.ProcedureText]:
    """Return the procedures of one office by code; raises ``FileFault``."""
    reader = Reader(page, known)
    page.text("office")
    found = _procedures(reader, page)
    reader.end(page)
    reader.finish()
    return found


def office_of(page: Table) -> str:
    """Return the code of the office that a file of procedures belongs to."""
    return page.text("office")


def office_of_standard(page: Table) -> str:
    """Return the code of the office that a file of a standard comes from."""
    return page.table("service").text("office")


def procedures_of(page: Table) -> list[str]:
    """Return the codes of the procedures that a version names, as far as they can be read."""
    try:
        return page.table(keys.VERSION.name).texts("procedures", [])
    except FileFault:
        return []  # said by the reading of the whole


def positions_of(page: Table) -> dict[str, str]:
    """Return code and name of the positions of a file in their order; a name may be the code.

    Raises ``FileFault`` only where the lists themselves are no lists.
    """
    names = {}
    for table in page.tables("positions"):
        names[text_or_blank(table, "code")] = text_or_blank(table, "name")
    found: dict[str, str] = {}
    for procedure in page.tables("procedures"):
        for role in procedure.tables("roles"):
            code = text_or_blank(role, "position")
            if code:
                found[code] = names.get(code) or code
    return found


def read_standard(page: Table, known: Known) -> StandardSheet:
    """Return one service standard with the procedures it brings.

    Raises ``FileFaults`` with everything that is wrong, by line and key.
    """
    reader = Reader(page, known)
    service = reader.part(keys.SERVICE, page)
    _check_kbli(reader, service, page)
    own = _procedures(reader, page)
    reader.names["prosedur"] = {**known.procedures, **own}
    groups, requirements = requirements_of(reader, page)
    fees, tariffs = _fees(reader, page)
    papers = tuple(reader.rows(keys.PAPERS, page))
    eligibility = tuple(reader.rows(keys.ELIGIBILITY, page))
    terms = _terms(reader, page)
    permits = tuple(reader.rows(keys.PERMITS, page))
    snapshot = reader.part(
        keys.VERSION,
        page,
        service=0,
        office=known.office,
        components=tuple(reader.rows(keys.COMPONENTS, page)),
        facts=tuple(reader.rows(keys.FACTS, page)),
        groups=tuple(row for row, _table in groups),
        requirements=tuple(row for row, _table in requirements),
        legal_bases=tuple(reader.rows(keys.LEGAL_BASES, page)),
        fees=tuple(row for row, _table in fees),
        papers=papers,
        eligibility=eligibility,
        terms=terms,
        permits=permits,
    )
    if not is_range(snapshot.term_minimum, snapshot.term_amount):
        what = _("harus kurang dari jangka waktu paling lama (term_amount)")
        reader.note(reader.tried(lambda: page.table(keys.VERSION.name), page), "term_minimum", what)
    for _row in reader.rows(keys.POSITIONS, page):
        pass
    reader.end(page)
    if not reader.faults:
        rows = list(zip(papers, page.tables(keys.PAPERS.name), strict=True))
        rows += zip(eligibility, page.tables(keys.ELIGIBILITY.name), strict=True)
        rows += zip(terms, page.tables(keys.TERMS.name), strict=True)
        rows += zip(permits, page.tables(keys.PERMITS.name), strict=True)
        later = [*groups, *requirements, *fees, *tariffs, *rows]
        _check_conditions(reader, snapshot, page, later)
    reader.finish()
    return StandardSheet(page.path, service, snapshot, frozenset(own))


def _terms(reader: Reader, page: Table) -> tuple[domain.TermText, ...]:
    """Return the terms that hang on answers."""
    found = tuple(reader.rows(keys.TERMS, page))
    for rule, table in zip(found, reader.tables(keys.TERMS, page), strict=True):
        if not is_range(rule.minimum, rule.amount):
            reader.note(table, "minimum", _("harus kurang dari jangka waktu paling lama (amount)"))
    return found


def _fees(reader: Reader, page: Table) -> tuple[_Rows, _Rows]:
    """Return the fee rules and the lines of their tables, each with its table of the file."""
    fees: _Rows = []
    tariffs: _Rows = []
    for order, table in enumerate(reader.tables(keys.FEES, page), 1):
        lines: _Rows = []
        for nth, line in enumerate(reader.tables(keys.FEE_ROWS, table), 1):
            lines.append((reader.row(keys.FEE_ROWS, line, order=nth), line))
            reader.end(line)
        given = {"order": order, "rows": tuple(row for row, _line in lines)}
        fees.append((reader.row(keys.FEES, table, **given), table))
        tariffs += lines
        reader.end(table)
    return fees, tariffs


def requirements_of(reader: Reader, page: Table) -> tuple[_Rows, _Rows]:
    """Return groups and requirements, each with its table."""
    groups: _Rows = []
    found: _Rows = []
    codes: set[str] = set()
    for order, table in enumerate(reader.tables(keys.GROUPS, page), 1):
        groups.append((reader.row(keys.GROUPS, table, order=order), table))
        start = len(found)
        _nested(reader, table, found, ("requirements", order - 1, None, start, 1))
        reader.end(table)
    for _row, table in found:
        reader.once(keys.REQUIREMENTS, table, codes)
    return groups, found


def _nested(
    reader: Reader, above: Table, found: _Rows, place: tuple[str, int, int | None, int, int]
) -> None:
    """Add requirements and those below them; orders run on through a whole group."""
    name, group, parent, start, depth = place
    for table in reader.tables(keys.REQUIREMENTS, above, name):
        here = len(found)
        if here >= keys.MOST_ALL:
            reader.note(table, "", _("lebih dari %(most)s baris") % {"most": keys.MOST_ALL})
            return
        order = here - start + 1
        given = {"group": group, "parent": parent, "order": order}
        found.append((reader.row(keys.REQUIREMENTS, table, **given), table))
        if depth > keys.MOST_DEPTH:
            reader.note(table, "", _("persyaratan terlalu dalam bersarang"))
            return
        _nested(reader, table, found, ("children", group, here, start, depth + 1))
        reader.end(table)


def _check_kbli(reader: Reader, service: ServiceText, page: Table) -> None:
    """Note a business line that the portal does not know."""
    line = {"code": service.kbli, "edition": service.kbli_edition}
    if service.kbli and not Kbli.objects.filter(**line).exists():
        reader.note(page, "service.kbli", _("KBLI %(code)s tidak dikenal") % {"code": service.kbli})


def _check_conditions(
    reader: Reader, version: domain.VersionSnapshot, page: Table, later: _Rows
) -> None:
    """Note conditions on unknown facts, in circles, too early, or that cannot hold.

    ``later`` are groups, requirements, fees and papers: they apply when all facts have been asked.
    """
    facts = {fact.key: fact.asked() for fact in version.facts}
    before: list[domain.FactText] = []
    for table, fact in zip(page.tables("facts"), version.facts, strict=True):
        known = [each.key for each in before if fact.asked_at or not each.asked_at]
        found = condition_faults.faults(fact.when, facts, [fact.key, *known])
        reader.note_condition(table, fact.label, found)
        before.append(fact)
    if reader.faults:
        return  # a circle of facts would be said again by all that depends on it
    check_later(reader, facts, later)
    codes = {text.code: text for text in version.procedures}
    for procedure in page.tables("procedures"):
        text = codes.get(procedure.text("code"))
        for table, step in zip(procedure.tables("steps"), text.steps if text else (), strict=False):
            known = known_before(step, text, list(facts.values())) if text else []
            found = condition_faults.faults(step.when, facts, known)
            reader.note_condition(table, step.activity[:80], found)


def check_later(reader: Reader, facts: Mapping[str, Fact], later: _Rows) -> None:
    """Note the faults of the conditions of groups, requirements, fees and papers.

    What is required is known at the filing; a fee or paper may hang on what a step records.
    """
    filing = [fact.key for fact in facts.values() if not fact.asked_at]
    for row, table in later:
        is_later = not isinstance(row, domain.GroupText | domain.RequirementText)
        found = condition_faults.faults(row.when, facts, facts if is_later else filing)
        reader.note_condition(table, _name(row)[:80], found)


def _name(row: Any) -> str:
    """Return what a row is called in a sentence about its condition."""
    names = ("title", "text", "label", "printed_number", "amount")
    return next((str(getattr(row, name)) for name in names if getattr(row, name, "")), "")


def _procedures(reader: Reader, page: Table) -> dict[str, domain.ProcedureText]:
    found: dict[str, domain.ProcedureText] = {}
    seen: set[str] = set()
    for table in reader.tables(keys.PROCEDURES, page):
        like = reader.tried(lambda table=table: table.found_in("like", found), None)  # type: ignore[misc]
        text = reader.row(keys.PROCEDURES, table, office=reader.known.office, roles=(), steps=())
        reader.once(keys.PROCEDURES, table, seen)
        _check_name(reader, table, text, found)
        if like:
            text = replace(like, code=text.code, name=text.name)
        else:
            roles = tuple(reader.rows(keys.ROLES, table))
            reader.names["pelaksana"] = {role.label: role.label for role in roles}
            text = replace(text, roles=roles, steps=_steps(reader, table))
        reader.end(table)
        found.setdefault(text.code, text)
        if sum(len(each.steps) for each in found.values()) > keys.MOST_ALL:
            reader.note(table, "", _("lebih dari %(most)s baris") % {"most": keys.MOST_ALL})
            break
    return found


def _check_name(
    reader: Reader, table: Table, text: domain.ProcedureText, before: Mapping[str, Any]
) -> None:
    """Note a name that another SOP of the office has, or one ``before`` it in the file.

    The next version of an SOP has its code, or that code with a number behind it.
    """
    families = {family(code) for code, row in before.items() if row.name == text.name}
    families |= reader.known.sops.get(text.name, frozenset())
    if families and family(text.code) not in families:
        what = _(
            "SOP lain bernama sama, kodenya %(code)s; versi berikutnya memakai kode itu, SOP yang "
            "lain diberi nama lain"
        )
        reader.note(table, "name", what % {"code": ", ".join(sorted(families))})


def _steps(reader: Reader, procedure: Table) -> tuple[domain.StepText, ...]:
    """Read the steps; one may send back to an earlier one, named as ``step_names`` does."""
    steps: list[domain.StepText] = []
    tables = reader.tables(keys.STEPS, procedure)
    numbers = [text_or_blank(table, "number") for table in tables]
    times = Counter(numbers)
    columns = list(reader.names["pelaksana"])
    for order, table in enumerate(tables, 1):
        places = {f"#{place}": place - 1 for place in range(1, order)}
        for place, number in enumerate(numbers[: order - 1]):
            if times[number] == 1:
                places.setdefault(number, place)
        reader.names["langkah"] = places
        step = reader.row(keys.STEPS, table, order=order)
        if not is_range(step.standard_minimum, step.standard_amount):
            reader.note(table, "minimum", _("harus kurang dari waktu paling lama (amount)"))
        if len(set(step.performers)) < len(step.performers):
            reader.note(table, "performers", _("menyebut kolom yang sama dua kali"))
        steps.append(replace(step, performers=tuple(sorted(step.performers, key=columns.index))))
        reader.end(table)
    return tuple(steps)
