"""A file becomes a draft: a version, the procedures it brings, perhaps the service; or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Office, Position
from standards import selectors
from standards.domain.sop_versions import family
from standards.domain.standard_file import ServiceText
from standards.domain.versions import BasisText, ProcedureText
from standards.models import Procedure, Regulation, Service, StandardVersion
from standards.services import sheets
from standards.services.drafting import free_code, next_number
from standards.services.file_reader import Known, regulations_by_name
from standards.services.search_index import index_services
from standards.services.sheets import StandardSheet
from standards.services.writing import write_procedure, write_service, write_version
from workflow import tomlfile
from workflow.tomlfile import Table


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that may be imported, and the positions it names: code and name, in their order."""

    sheet: StandardSheet
    positions: Mapping[str, str]

    def suggested(self, office: Office) -> dict[str, Position | None]:
        """Return the position of ``office`` for each code: of the same name, else the same code."""
        posts = list(Position.objects.in_procedures_of(office))
        names = {post.name.casefold(): post for post in posts}
        codes = {post.code: post for post in posts}
        return {
            code: names.get(name.casefold()) or codes.get(code)
            for code, name in self.positions.items()
        }


def read_arrival(content: bytes, name: str, office: Office) -> Arrival:
    """Return what a file holds for ``office``; nothing is stored.

    ``name`` is that of the file. Raises ``FileFaults``: everything that is wrong, by line and key.
    """
    page = tomlfile.parsed(content, _path(name))
    positions = sheets.positions_of(page)
    known = _known(page, office, dict.fromkeys(positions))
    return Arrival(sheets.read_standard(page, known), positions)


@transaction.atomic
def import_standard(
    content: bytes,
    name: str,
    office: Office,
    target: Service | ServiceText,
    positions: Mapping[str, Position | None],
    *,
    with_decree: bool,
    at: datetime,
) -> StandardVersion:
    """Make a draft of the file for the service ``target`` of ``office``, a new one if it is a text.

    ``positions`` are those of the office by the code of the file; a code without one leaves its
    column open and the procedure provisional. Unless ``with_decree``, the day of effect and the
    decree stay empty. A procedure that the office has already, word by word, is used; one of the
    same code that differs gets a free code. Locks the office, then the service: two imports at once
    follow each other, and the second one meets the draft of the first. Raises ``FileFault``;
    ``DomainError("standard_has_draft")``.
    """
    Office.objects.select_for_update().get(pk=office.pk)
    page = tomlfile.parsed(content, _path(name))
    given = {code: post.pk if post else None for code, post in positions.items()}
    sheet = sheets.read_standard(page, _known(page, office, given))
    service = target if isinstance(target, Service) else write_service(target, office, sheet.path)
    number = next_number(service)
    open_roles = _open_roles(page, positions)
    snapshot = replace(
        sheet.snapshot,
        service=service.pk,
        number=number,
        legal_bases=tuple(map(_cited, sheet.snapshot.legal_bases)),
        procedures=tuple(
            _procedure(text, office, open_roles.get(text.code, []), sheet)
            for text in sheet.snapshot.procedures
        ),
    )
    if not with_decree:
        snapshot = replace(snapshot, effective_on=None, decree="", decreed_on=None)
    version = write_version(snapshot, sheet.path)
    index_services([service.pk], on=office.local_date(at))
    return version


def _cited(basis: BasisText) -> BasisText:
    """Return a ground joined to the regulation its words cite, unless the file names one."""
    found = None if basis.regulation else Regulation.objects.cited_by(basis.text)
    return replace(basis, regulation=found.pk) if found else basis


def _path(name: str) -> Path:
    """The name of an uploaded file as our messages print it."""
    return Path("unggahan") / (Path(name).name or "standar.toml")


def _known(page: Table, office: Office, positions: Mapping[str, int | None]) -> Known:
    """Return what the file may name; procedures that it does not bring are those of the office."""
    named = Procedure.objects.filter(office=office, code__in=sheets.procedures_of(page))
    sops: dict[str, frozenset[str]] = {}
    for name, code in Procedure.objects.filter(office=office).values_list("name", "code"):
        sops[name] = sops.get(name, frozenset()) | {family(code)}
    return Known(
        office.pk,
        positions,
        regulations_by_name(),
        {procedure.code: selectors.procedure_text(procedure) for procedure in named},
        sops,
    )


def _open_roles(page: Table, positions: Mapping[str, Position | None]) -> dict[str, list[str]]:
    """Return, by procedure, the columns whose position of the file was given none of the office."""
    found: dict[str, list[str]] = {}
    for procedure in page.tables("procedures"):
        for role in procedure.tables("roles"):
            code = role.text("position", "")
            if code and positions.get(code) is None:
                found.setdefault(procedure.text("code"), []).append(role.text("label"))
    return found


def _procedure(
    text: ProcedureText, office: Office, open_roles: list[str], sheet: StandardSheet
) -> ProcedureText:
    """Return the procedure under the code that the office knows it by; written if it is new."""
    if text.code not in sheet.own:
        return text
    if open_roles:
        reason = _("Jabatan belum dipadankan saat impor: %(roles)s.")
        reasons = [text.provisional_reason, reason % {"roles": ", ".join(open_roles)}]
        text = replace(text, provisional_reason="\n".join(filter(None, reasons)))
    found = Procedure.objects.filter(office=office, code=text.code).first()
    if found and selectors.procedure_text(found) == text:
        return text
    if found:
        text = replace(text, code=free_code(office.pk, text.code))
    write_procedure(text, sheet.path, _version_before(text, office))
    return text


def _version_before(text: ProcedureText, office: Office) -> Procedure | None:
    """Return the newest procedure of ``office`` with the name and the code of the SOP."""
    named = Procedure.objects.filter(office=office, name=text.name).order_by("-pk")
    return next((row for row in named if family(row.code) == family(text.code)), None)
