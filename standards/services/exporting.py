"""A version with its procedures as one file (docs/standard-file.md)."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from accounts.models import Position
from standards import selectors
from standards.domain.standard_file import ServiceText, file_text
from standards.models import Regulation, Service, StandardVersion


def export_version(version: StandardVersion) -> str:
    """Return the file of ``version``, a draft or published; the same rows give the same text.

    Raises ``DomainError("file_unwritable")`` for a draft with a row that points elsewhere.
    """
    snapshot = selectors.snapshot(version)
    cited = [basis.regulation for basis in snapshot.legal_bases if basis.regulation]
    laws = Regulation.objects.filter(pk__in=cited)
    regulations = {law.pk: law.code or law.title for law in laws}
    columns = [
        role.position for text in snapshot.procedures for role in text.roles if role.position
    ]
    posts = Position.objects.select_related("office").in_bulk(columns)
    positions = [(key, _code(posts[key]), posts[key].name) for key in dict.fromkeys(columns)]
    return file_text(_service(version.service), snapshot, regulations, positions)


def _code(post: Position) -> str:
    """Return the code of a position in a file: those of a partner body begin with its own."""
    return f"{post.office.code}-{post.code}" if post.office.partner_of_id else post.code


def _service(service: Service) -> ServiceText:
    line = service.kbli
    named: dict[str, Any] = {
        "office": service.office.code,
        "kbli": line.code if line else "",
        "kbli_edition": line.edition if line else 2020,
    }
    names = [item.name for item in fields(ServiceText) if item.name not in named]
    return ServiceText(**named, **{name: getattr(service, name) for name in names})
