"""The legal bases of the standard on the page of an application."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from permits.models import Application
from permits.selectors import cited_bases
from standards.models import LegalBasis, Regulation


@dataclass
class BasesPanel:
    """The legal bases of the standard of an application; read once for the page."""

    application: Application

    @cached_property
    def rows(self) -> list[LegalBasis]:
        """All of them, with their regulations."""
        return list(cited_bases(self.application))

    @property
    def grounds(self) -> list[str]:
        """Those that were not repealed, offered as ground of a refusal."""
        return [basis.text for basis in self.rows if not _repealed(basis)]

    @property
    def repealed(self) -> list[Regulation]:
        """The cited regulations that were repealed or changed since."""
        return [row.regulation for row in self.rows if row.regulation and _repealed(row)]


def _repealed(basis: LegalBasis) -> bool:
    return basis.regulation is not None and not basis.regulation.stands
