"""A snapshot becomes the rows of a draft, each validated in full before it is saved."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from standards.domain.versions import VersionSnapshot
from standards.models import (
    Fee,
    FormField,
    LegalBasis,
    Procedure,
    Question,
    Requirement,
    RequirementGroup,
    StandardComponent,
    StandardVersion,
    VersionProcedure,
)
from workflow.tomlfile import save_validated

_PARTS = (
    "service",
    "office",
    "components",
    "questions",
    "form_fields",
    "groups",
    "requirements",
    "legal_bases",
    "fees",
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
    _write_requirements(version, snapshot, _write_questions(version, snapshot, path), path)
    for place, form_field in enumerate(snapshot.form_fields, 1):
        save_validated(FormField(version=version, **columns(form_field)), path, f"fields[{place}]")
    for place, basis in enumerate(snapshot.legal_bases, 1):
        cited = LegalBasis(
            version=version, regulation_id=basis.regulation, **columns(basis, "regulation")
        )
        save_validated(cited, path, f"legal_bases[{place}]")
    for place, fee in enumerate(snapshot.fees, 1):
        save_validated(Fee(version=version, **columns(fee)), path, f"fees[{place}]")
    for order, text in enumerate(snapshot.procedures, 1):
        procedure = Procedure.objects.get(office=text.office, code=text.code)
        link = VersionProcedure(version=version, procedure=procedure, order=order)
        save_validated(link, path, f"version.procedures[{order}]")
    return version


def _write_questions(
    version: StandardVersion, snapshot: VersionSnapshot, path: Path
) -> dict[str, Question]:
    questions: dict[str, Question] = {}
    for place, text in enumerate(snapshot.questions, 1):
        row = Question(
            version=version, asked_if=questions.get(text.asked_if), **columns(text, "asked_if")
        )
        questions[text.key] = save_validated(row, path, f"questions[{place}]")
    return questions


def _write_requirements(
    version: StandardVersion,
    snapshot: VersionSnapshot,
    questions: dict[str, Question],
    path: Path,
) -> None:
    groups = [
        save_validated(
            RequirementGroup(
                version=version,
                question=questions.get(text.question),
                **columns(text, "question"),
            ),
            path,
            f"groups[{place}]",
        )
        for place, text in enumerate(snapshot.groups, 1)
    ]
    rows: list[Requirement] = []
    for text in snapshot.requirements:
        row = Requirement(
            version=version,
            group=groups[text.group],
            parent=None if text.parent is None else rows[text.parent],
            question=questions.get(text.question),
            **columns(text, "group", "parent", "question"),
        )
        rows.append(save_validated(row, path, f"groups[{text.group + 1}] {text.printed_number}"))
