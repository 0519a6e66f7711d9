"""The files of ``fixtures/`` become rows: offices, cited laws, procedures and standards.

What exists is left as it is: the rows belong to the office. A published standard that differs from
its file is reported, never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Office, Position
from standards import selectors
from standards.domain import versions as domain
from standards.models import Kbli, KbliSuccessor, Procedure, Regulation, Service, StandardVersion
from standards.services import offices, sheets
from standards.services.file_reader import Known, regulations_by_name
from standards.services.publishing import publish_version
from standards.services.sheets import StandardSheet
from standards.services.writing import write_procedure, write_service, write_version
from workflow import tomlfile
from workflow.domain.errors import DomainError
from workflow.tomlfile import FileFault, Table, save_validated


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
        yield load_standard(_standard(path, regulations, procedures), at=at)


def _standard(
    path: Path, regulations: dict[str, int], procedures: dict[str, dict[str, domain.ProcedureText]]
) -> StandardSheet:
    """Read one standard; its procedures may stand in the file of its office."""
    page = tomlfile.read(path)
    office = _office(path, sheets.office_of_standard(page), "service.office")
    posts = Position.objects.filter(office=office)
    positions = dict(posts.values_list("code", "pk")) if page.has("procedures") else {}
    known = Known(office.pk, positions, regulations, procedures.get(office.code, {}))
    return sheets.read_standard(page, known)


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
    _load_pairs(page, path)
    page.end()


def _load_pairs(page: Table, path: Path) -> None:
    """Add the pairs of lines of two editions ("78422/2020") that are not known yet."""
    lines = {f"{row.code}/{row.edition}": row for row in Kbli.objects.all()}
    known = set(KbliSuccessor.objects.values_list("earlier", "later"))
    for table in page.tables("successors"):
        earlier, later = table.found_in("earlier", lines), table.found_in("later", lines)
        table.end()
        if earlier is None or later is None:
            raise table.fault("earlier", _("kedua KBLI harus diisi"))
        if (earlier.pk, later.pk) not in known:
            save_validated(KbliSuccessor(earlier=earlier, later=later), path, table.place)
            known.add((earlier.pk, later.pk))


@transaction.atomic
def load_regulations(path: Path) -> dict[str, int]:
    """Add the laws that are not known yet; return the key of each by its title and short name.

    A law that is known keeps what it has; one without a short name gets that of the file. What came
    in the place of a law stands in the file as well.
    """
    named = regulations_by_name()
    added: list[tuple[Regulation, str, Table]] = []
    for code, table in tomlfile.read(path).named():
        row = Regulation(
            code=code,
            title=table.text("title"),
            status=table.text("status", Regulation.Status.IN_FORCE),
            since=table.optional_day("since"),
        )
        successor = table.text("successor", "")
        table.end()
        if row.title not in named:
            added.append((save_validated(row, path, table.place), successor, table))
        elif code not in named:
            Regulation.objects.filter(title=row.title, code=None).update(code=code)
            named[code] = named[row.title]
    if added:
        named = regulations_by_name()
    for row, successor, table in added:
        if successor:
            row.successor_id = table.found_in("successor", named)
            row.save(update_fields=["successor"])
    return named


@transaction.atomic
def load_procedures(path: Path) -> tuple[str, dict[str, domain.ProcedureText]]:
    """Add the procedures of one office that it lacks; return the office and the parsed file."""
    page = tomlfile.read(path)
    office = _office(path, sheets.office_of(page), "office")
    positions = dict(Position.objects.filter(office=office).values_list("code", "pk"))
    read = sheets.read_procedures(page, Known(office.pk, positions))
    _add_procedures(office, read.values(), path)
    return office.code, read


def _add_procedures(office: Office, texts: Iterable[domain.ProcedureText], path: Path) -> None:
    known = set(Procedure.objects.filter(office=office).values_list("code", flat=True))
    for text in texts:
        if text.code not in known:
            write_procedure(text, path)


@transaction.atomic
def load_standard(sheet: StandardSheet, *, at: datetime) -> Loaded:
    """Write and publish one standard unless the service has that version already."""
    office = _office(sheet.path, sheet.service.office, "service.office")
    service = Service.objects.filter(office=office, slug=sheet.service.slug).first()
    snapshot = replace(sheet.snapshot, office=office.pk, service=service.pk if service else 0)
    found = StandardVersion.objects.filter(service=service, number=snapshot.number).first()
    if service and found:
        return _compared(sheet.path, snapshot, found)
    service = service or write_service(sheet.service, office, sheet.path)
    own = [text for text in snapshot.procedures if text.code in sheet.own]
    _add_procedures(office, own, sheet.path)
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
