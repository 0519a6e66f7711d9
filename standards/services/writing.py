"""A file becomes the rows of a draft, each validated in full before it is saved."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from accounts.models import Office
from standards.domain.standard_file import ServiceText
from standards.domain.versions import ProcedureText, VersionSnapshot
from standards.models import (
    EligibilityRule,
    Fact,
    FeeRow,
    FeeRule,
    Kbli,
    LegalBasis,
    Paper,
    PermitRule,
    Procedure,
    ProcedureRole,
    Requirement,
    RequirementGroup,
    Service,
    SopStep,
    StandardComponent,
    StandardVersion,
    TermRule,
    VersionProcedure,
)
from workflow.tomlfile import save_validated

_PARTS = (
    "service",
    "office",
    "components",
    "facts",
    "groups",
    "requirements",
    "legal_bases",
    "fees",
    "papers",
    "eligibility",
    "terms",
    "permits",
    "procedures",
)


def columns(part: object, *without: str) -> dict[str, Any]:
    """Return the fields of a part of a snapshot that are columns of the same name."""
    return {
        field.name: getattr(part, field.name)
        for field in fields(part)  # type: ignore[arg-type]
        if field.name not in without
    }


def write_version(snapshot: VersionSnapshot, path: Path) -> StandardVersion:
    """Write ``snapshot`` as a new draft; raises ``FileFault`` for a row that the model refuses."""
    version = save_validated(
        StandardVersion(service_id=snapshot.service, **columns(snapshot, *_PARTS)), path, "version"
    )
    for place, component in enumerate(snapshot.components, 1):
        row = StandardComponent(version=version, **columns(component))
        save_validated(row, path, f"components[{place}]")
    for place, fact in enumerate(snapshot.facts, 1):
        save_validated(Fact(version=version, **columns(fact)), path, f"facts[{place}]")
    write_requirements(version, snapshot, path)
    for place, basis in enumerate(snapshot.legal_bases, 1):
        cited = LegalBasis(
            version=version, regulation_id=basis.regulation, **columns(basis, "regulation")
        )
        save_validated(cited, path, f"legal_bases[{place}]")
    for place, fee in enumerate(snapshot.fees, 1):
        rule = FeeRule(version=version, **columns(fee, "rows", "kind"), kind=fee.whole_kind)
        save_validated(rule, path, f"fees[{place}]")
        for nth, line in enumerate(fee.rows, 1):
            row_of_fee = FeeRow(version=version, rule=rule, **columns(line))
            save_validated(row_of_fee, path, f"fees[{place}].rows[{nth}]")
    for place, paper in enumerate(snapshot.papers, 1):
        save_validated(Paper(version=version, **columns(paper)), path, f"papers[{place}]")
    for place, rule_text in enumerate(snapshot.eligibility, 1):
        eligibility = EligibilityRule(version=version, **columns(rule_text))
        save_validated(eligibility, path, f"eligibility[{place}]")
    for place, term in enumerate(snapshot.terms, 1):
        save_validated(TermRule(version=version, **columns(term)), path, f"terms[{place}]")
    for place, permit in enumerate(snapshot.permits, 1):
        save_validated(PermitRule(version=version, **columns(permit)), path, f"permits[{place}]")
    for order, text in enumerate(snapshot.procedures, 1):
        procedure = Procedure.objects.get(office=text.office, code=text.code)
        link = VersionProcedure(version=version, procedure=procedure, order=order)
        save_validated(link, path, f"version.procedures[{order}]")
    return version


def write_requirements(version: StandardVersion, snapshot: VersionSnapshot, path: Path) -> None:
    """Save groups and requirements of a draft; raises ``FileFault`` for a row that is refused."""
    groups = [
        save_validated(RequirementGroup(version=version, **columns(text)), path, f"groups[{place}]")
        for place, text in enumerate(snapshot.groups, 1)
    ]
    rows: list[Requirement] = []
    for text in snapshot.requirements:
        row = Requirement(
            version=version,
            group=groups[text.group],
            parent=None if text.parent is None else rows[text.parent],
            **columns(text, "group", "parent", *([] if text.code else ["code"])),
        )
        rows.append(save_validated(row, path, f"groups[{text.group + 1}] {text.printed_number}"))


def write_service(text: ServiceText, office: Office, path: Path) -> Service:
    """Save a new service of ``office``; raises ``FileFault`` for what the model refuses."""
    line = {"code": text.kbli, "edition": text.kbli_edition}
    kbli = Kbli.objects.get(**line) if text.kbli else None
    names = ("slug", "name", "summary", "keywords", "risk", "sector")
    values = {name: getattr(text, name) for name in names}
    return save_validated(Service(office=office, kbli=kbli, **values), path, "service")


def write_procedure(
    text: ProcedureText, path: Path, copied_from: Procedure | None = None
) -> Procedure:
    """Save a procedure that the office lacks; raises ``FileFault`` for what the model refuses.

    ``copied_from`` is the version of the SOP before it.
    """
    place = f"procedures {text.code}"
    procedure = save_validated(
        Procedure(
            office_id=text.office,
            code=text.code,
            name=text.name,
            sop_number=text.sop_number,
            total_text=text.total_text,
            provisional_reason=text.provisional_reason,
            copied_from=copied_from,
        ),
        path,
        place,
    )
    roles = {
        role.label: save_validated(
            ProcedureRole(
                procedure=procedure, order=role.order, label=role.label, position_id=role.position
            ),
            path,
            f"{place}.roles[{role.order}]",
        )
        for role in text.roles
    }
    steps: list[SopStep] = []
    for step in text.steps:
        row = SopStep(
            procedure=procedure,
            role=roles[step.role],
            recorded_by=roles.get(step.recorded_by),
            returns_to=None if step.returns_to is None else steps[step.returns_to],
            **columns(step, "role", "recorded_by", "returns_to", "performers"),
        )
        steps.append(save_validated(row, path, f"{place}.steps[{step.order}]"))
        row.performers.set([roles[label] for label in step.performers])
    return procedure
