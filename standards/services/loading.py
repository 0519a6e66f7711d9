"""The files of ``fixtures/`` become rows: offices, cited laws, procedures and standards.

What exists is left as it is: the rows belong to the office. A published standard that differs from
its file is reported, never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Office, Position
from standards import selectors
from standards.domain import versions as domain
from standards.models import (
    Kbli,
    Procedure,
    ProcedureRole,
    Regulation,
    Service,
    SopStep,
    StandardVersion,
)
from standards.services import offices, sheets
from standards.services.publishing import publish_version
from standards.services.sheets import StandardSheet
from standards.services.writing import columns, write_version
from workflow import tomlfile
from workflow.domain.errors import DomainError
from workflow.tomlfile import FileFault, save_validated


class Outcome(StrEnum):
    """What came of one file."""

    LOADED = "dimuat"
    UNCHANGED = "sudah ada"
    DRAFT = "sudah ada sebagai konsep"
    DIFFERENT = "berbeda"


@dataclass(frozen=True, slots=True)
class Loaded:
    """One standard after loading; ``differing`` names the parts that are not as in the file."""

    file: str
    outcome: Outcome
    differing: tuple[str, ...] = ()


def load_all(folder: Path, *, at: datetime) -> Iterator[Loaded]:
    """Load everything below ``folder``, each file in one transaction; raises ``FileFault``."""
    offices.load_offices(folder / offices.FILE)
    load_kbli(folder / "kbli.toml")
    regulations = load_regulations(folder / "regulations.toml")
    procedures = {
        office: known
        for path in sorted((folder / "procedures").glob("*.toml"))
        for office, known in [load_procedures(path)]
    }
    for path in sorted((folder / "standards").glob("*.toml")):
        yield load_standard(sheets.read_standard(path, regulations, procedures), at=at)


@transaction.atomic
def load_kbli(path: Path) -> None:
    """Add the business lines that are not known yet."""
    page = tomlfile.read(path)
    known = set(Kbli.objects.values_list("code", "edition"))
    for table in page.tables("kbli"):
        row = Kbli(
            code=table.text("code"), edition=table.whole("edition"), title=table.text("title")
        )
        table.end()
        if (row.code, row.edition) not in known:
            save_validated(row, path, table.place)
    page.end()


@transaction.atomic
def load_regulations(path: Path) -> dict[str, int]:
    """Add the laws that are not known yet; return the key of each by its name in the file."""
    known = dict(Regulation.objects.values_list("title", "pk"))
    found = {}
    for name, table in tomlfile.read(path).named():
        row = Regulation(title=table.text("title"), repealed_by=table.text("repealed_by", ""))
        table.end()
        found[name] = known.get(row.title) or save_validated(row, path, table.place).pk
    return found


@transaction.atomic
def load_procedures(path: Path) -> tuple[str, dict[str, domain.ProcedureText]]:
    """Add the procedures of one office that it lacks; return the office and the parsed file."""
    office = _office(path, sheets.office_of(path), "office")
    positions = dict(Position.objects.filter(office=office).values_list("code", "pk"))
    read = sheets.read_procedures(path, office.pk, positions)
    known = set(Procedure.objects.filter(office=office).values_list("code", flat=True))
    for code, text in read.items():
        if code not in known:
            _write_procedure(text, path)
    return office.code, read


@transaction.atomic
def load_standard(sheet: StandardSheet, *, at: datetime) -> Loaded:
    """Write and publish one standard unless the service has that version already."""
    office = _office(sheet.path, sheet.service.office, "service.office")
    service = Service.objects.filter(office=office, slug=sheet.service.slug).first()
    snapshot = replace(sheet.snapshot, office=office.pk, service=service.pk if service else 0)
    found = StandardVersion.objects.filter(service=service, number=snapshot.number).first()
    if service and found:
        return _compared(sheet.path, snapshot, found)
    service = service or _write_service(sheet, office)
    version = write_version(replace(snapshot, service=service.pk), sheet.path)
    try:
        publish_version(version, actor=None, at=at)
    except DomainError as error:
        missing = error.facts.get("missing", [str(error)])
        raise FileFault(sheet.path, "", " ".join(map(str, missing))) from error  # type: ignore[call-overload]
    return Loaded(sheet.path.name, Outcome.LOADED)


def _compared(path: Path, wanted: domain.VersionSnapshot, found: StandardVersion) -> Loaded:
    if not found.is_published:
        return Loaded(path.name, Outcome.DRAFT)
    if domain.digest(wanted) == found.digest:
        return Loaded(path.name, Outcome.UNCHANGED)
    is_so = selectors.snapshot(found)
    differing = tuple(
        part.name
        for part in fields(wanted)
        if getattr(wanted, part.name) != getattr(is_so, part.name)
    )
    return Loaded(path.name, Outcome.DIFFERENT, differing)


def _office(path: Path, code: str, key: str) -> Office:
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise FileFault(path, key, _("unit %(code)s tidak dikenal") % {"code": code})
    return office


def _write_service(sheet: StandardSheet, office: Office) -> Service:
    facts = sheet.service
    kbli = Kbli.objects.filter(code=facts.kbli, edition=facts.kbli_edition).first()
    if facts.kbli and kbli is None:
        raise FileFault(
            sheet.path,
            "service.kbli",
            _("KBLI %(code)s tidak dikenal") % {"code": facts.kbli},
        )
    row = Service(
        office=office,
        slug=facts.slug,
        name=facts.name,
        summary=facts.summary,
        keywords=facts.keywords,
        kbli=kbli,
        risk=facts.risk,
    )
    return save_validated(row, sheet.path, "service")


def _write_procedure(text: domain.ProcedureText, path: Path) -> None:
    place = f"procedures {text.code}"
    procedure = save_validated(
        Procedure(
            office_id=text.office,
            code=text.code,
            name=text.name,
            sop_number=text.sop_number,
            total_text=text.total_text,
            provisional_reason=text.provisional_reason,
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
            **columns(step, "role", "recorded_by", "returns_to"),
        )
        steps.append(save_validated(row, path, f"{place}.steps[{step.order}]"))
