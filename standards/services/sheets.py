"""The files of ``fixtures/``: a service standard or a procedure as one frozen value."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from standards.domain import versions as domain
from standards.domain.steps import StepKind
from workflow import tomlfile
from workflow.tomlfile import Table

Keys = Mapping[str, int]  # the name in a file -> the key of its row


@dataclass(frozen=True, slots=True)
class ServiceSheet:
    """The service a standard is about."""

    office: str
    slug: str
    name: str
    summary: str
    keywords: str
    kbli: str
    kbli_edition: int
    risk: str


@dataclass(frozen=True, slots=True)
class StandardSheet:
    """One file of ``fixtures/standards``; ``snapshot`` names the service and office by key 0."""

    path: Path
    service: ServiceSheet
    snapshot: domain.VersionSnapshot


def read_procedures(path: Path, office: int, positions: Keys) -> dict[str, domain.ProcedureText]:
    """Return the procedures of one office by code; ``positions`` are its positions by code."""
    page = tomlfile.read(path)
    page.text("office")
    found: dict[str, domain.ProcedureText] = {}
    for table in page.tables("procedures"):
        code = table.text("code")
        if code in found:
            raise table.fault("code", _("%(code)s sudah dipakai") % {"code": code})
        like = table.found_in("like", found)
        found[code] = (
            replace(like, code=code, name=table.text("name"))
            if like
            else _procedure(table, code, office, positions)
        )
        table.end()
    page.end()
    return found


def office_of(path: Path) -> str:
    """Return the code of the office that a file of ``fixtures/procedures`` belongs to."""
    return tomlfile.read(path).text("office")


def read_standard(
    path: Path,
    regulations: Keys,
    procedures: Mapping[str, Mapping[str, domain.ProcedureText]],
) -> StandardSheet:
    """Return one service standard; ``procedures`` are known by office and code."""
    page = tomlfile.read(path)
    service = _service(page.table("service"))
    version = page.table("version")
    questions = _questions(page.tables("questions"))
    keys = {question.key for question in questions}
    groups, requirements = _requirements(page.tables("groups"), keys)
    if service.office not in procedures:
        message = _("unit %(code)s tidak dikenal atau belum punya prosedur") % {
            "code": service.office
        }
        raise page.fault("service.office", message)
    snapshot = domain.VersionSnapshot(
        service=0,
        office=0,
        number=version.whole("number", 1),
        effective_on=version.day("effective_on"),
        heading=version.text("heading", ""),
        preamble=version.text("preamble", ""),
        decree=version.text("decree", ""),
        decreed_on=version.optional_day("decreed_on"),
        decreed_at_place=version.text("decreed_at_place", ""),
        decreed_by=version.text("decreed_by", ""),
        decreed_by_rank=version.text("decreed_by_rank", ""),
        decreed_by_number=version.text("decreed_by_number", ""),
        term_amount=version.whole("term_amount"),
        term_unit=version.text("term_unit", "hari_kerja"),
        target_amount=version.optional_whole("target_amount"),
        product=version.text("product"),
        certificate_title=version.text("certificate_title"),
        certificate_statement=version.text("certificate_statement", ""),
        number_pattern=version.text("number_pattern"),
        validity_months=version.optional_whole("validity_months"),
        components=_components(page.tables("components")),
        questions=questions,
        form_fields=_fields(page.tables("fields")),
        groups=groups,
        requirements=requirements,
        legal_bases=_legal_bases(page.tables("legal_bases"), regulations),
        fees=_fees(page.tables("fees")),
        procedures=tuple(version.all_in("procedures", procedures[service.office])),
    )
    version.end()
    page.end()
    return StandardSheet(path, service, snapshot)


def _service(table: Table) -> ServiceSheet:
    sheet = ServiceSheet(
        office=table.text("office"),
        slug=table.text("slug"),
        name=table.text("name"),
        summary=table.text("summary", ""),
        keywords=table.text("keywords", ""),
        kbli=table.text("kbli", ""),
        kbli_edition=table.whole("kbli_edition", 2020),
        risk=table.text("risk", ""),
    )
    table.end()
    return sheet


def _components(tables: Sequence[Table]) -> tuple[domain.ComponentText, ...]:
    found = []
    for order, table in enumerate(tables, 1):
        found.append(
            domain.ComponentText(
                key=table.text("key"),
                order=order,
                printed_number=table.text("number"),
                title=table.text("title"),
                body=table.text("body", ""),
            )
        )
        table.end()
    return tuple(found)


def _questions(tables: Sequence[Table]) -> tuple[domain.QuestionText, ...]:
    found: list[domain.QuestionText] = []
    for order, table in enumerate(tables, 1):
        earlier = [question.key for question in found]
        found.append(
            domain.QuestionText(
                order=order,
                key=table.text("key"),
                text=table.text("text"),
                help_text=table.text("help", ""),
                asked_if=table.one_of("asked_if", earlier),
            )
        )
        table.end()
    return tuple(found)


def _fields(tables: Sequence[Table]) -> tuple[domain.FieldText, ...]:
    found = []
    for order, table in enumerate(tables, 1):
        found.append(
            domain.FieldText(
                order=order,
                key=table.text("key"),
                label=table.text("label"),
                kind=table.text("kind", "teks"),
                required=table.flag("required", True),
                help_text=table.text("help", ""),
                choices_text="\n".join(table.texts("choices", [])),
                on_certificate=table.flag("on_certificate", False),
            )
        )
        table.end()
    return tuple(found)


def _requirements(
    tables: Sequence[Table], keys: Collection[str]
) -> tuple[tuple[domain.GroupText, ...], tuple[domain.RequirementText, ...]]:
    groups = []
    found: list[domain.RequirementText] = []
    for order, table in enumerate(tables, 1):
        groups.append(
            domain.GroupText(
                order=order,
                printed_number=table.text("number", ""),
                title=table.text("title", ""),
                lead=table.text("lead", ""),
                question=table.one_of("question", keys),
                applies_when=table.flag("applies_when", True),
            )
        )
        before = len(found)
        for item in table.tables("requirements"):
            _add_requirement(found, item, keys, group=order - 1, parent=None, before=before)
        table.end()
    return tuple(groups), tuple(found)


def _add_requirement(
    found: list[domain.RequirementText],
    table: Table,
    keys: Collection[str],
    *,
    group: int,
    parent: int | None,
    before: int,
) -> None:
    """Add a requirement and its children; orders run on through a whole group."""
    place = len(found)
    found.append(
        domain.RequirementText(
            group=group,
            parent=parent,
            order=place - before + 1,
            printed_number=table.text("number", ""),
            text=table.text("text"),
            kind=table.text("kind"),
            question=table.one_of("question", keys),
            applies_when=table.flag("applies_when", True),
            mandatory=table.flag("mandatory", True),
            help_text=table.text("help", ""),
        )
    )
    for child in table.tables("children"):
        _add_requirement(found, child, keys, group=group, parent=place, before=before)
    table.end()


def _legal_bases(tables: Sequence[Table], regulations: Keys) -> tuple[domain.BasisText, ...]:
    found = []
    for order, table in enumerate(tables, 1):
        found.append(
            domain.BasisText(
                order=order,
                printed_number=table.text("number"),
                text=table.text("text"),
                regulation=table.found_in("regulation", regulations),
            )
        )
        table.end()
    return tuple(found)


def _fees(tables: Sequence[Table]) -> tuple[domain.FeeText, ...]:
    found = []
    for order, table in enumerate(tables, 1):
        found.append(
            domain.FeeText(order=order, label=table.text("label"), amount=table.whole("amount"))
        )
        table.end()
    return tuple(found)


def _procedure(table: Table, code: str, office: int, positions: Keys) -> domain.ProcedureText:
    roles = []
    for order, role in enumerate(table.tables("roles"), 1):
        label, position = role.text("label"), role.found_in("position", positions)
        roles.append(domain.RoleText(order=order, label=label, position=position))
        role.end()
    labels = [role.label for role in roles]
    steps: list[domain.StepText] = []
    for step in table.tables("steps"):
        steps.append(_step(step, labels, steps))
        step.end()
    return domain.ProcedureText(
        office=office,
        code=code,
        name=table.text("name"),
        sop_number=table.text("sop_number", ""),
        total_text=table.text("total_text", ""),
        provisional_reason=table.text("provisional_reason", ""),
        roles=tuple(roles),
        steps=tuple(steps),
    )


def _step(
    table: Table, labels: Sequence[str], earlier: Sequence[domain.StepText]
) -> domain.StepText:
    kind = table.text("kind")
    if kind not in list(StepKind):
        raise table.fault("kind", _("%(kind)s bukan jenis langkah") % {"kind": kind})
    places = {step.printed_number: place for place, step in enumerate(earlier)}
    return domain.StepText(
        order=len(earlier) + 1,
        printed_number=table.text("number"),
        kind=kind,
        activity=table.text("activity"),
        role=table.text("role") and table.one_of("role", labels),
        recorded_by=table.one_of("recorded_by", labels),
        completeness=table.text("completeness", ""),
        standard_amount=table.optional_whole("amount"),
        standard_unit=table.text("unit", ""),
        standard_text=table.text("time", ""),
        output=table.text("output", ""),
        optional=table.flag("optional", False),
        condition=table.text("condition", ""),
        returns_to=table.found_in("returns_to", places),
        remark=table.text("remark", ""),
    )
