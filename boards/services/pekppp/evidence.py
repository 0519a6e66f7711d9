"""What is known of one indicator as plain values: chapters, gaps, papers to attach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import Office
from boards.domain.indicators import Indicator, state_of
from reports.domain import content
from standards.models import OfficeDocument, OfficeProof
from workflow.domain.dates import long_date


@dataclass(slots=True)
class Evidence:
    """What the portal holds for one indicator.

    ``found`` says whether there is anything; each gap is a sentence and the address of the page on
    which it is mended ("" if that is not in this portal). ``papers`` are name, stored file and
    SHA-256 of what goes into the ZIP.
    """

    found: bool
    chapters: list[dict[str, Any]] = field(default_factory=list)
    gaps: list[tuple[str, str]] = field(default_factory=list)
    papers: list[tuple[str, str, str]] = field(default_factory=list)

    def attach(self, name: str, row: OfficeDocument | None, missing: str, url: str) -> None:
        """Attach an uploaded paper under ``name``; say that it is missing or not to be opened."""
        if row is None:
            self.gaps.append((missing, url))
        elif not row.is_open:
            self.gaps.append((f"{row.original_name}: {row.closed_because}.", url))
        else:
            ending = str(row.file.name).rpartition(".")[2]
            self.papers.append((f"{name}.{ending}", str(row.file.name), row.sha256))

    def prove(self, office: Office, kind: OfficeProof.Kind, missing: str) -> None:
        """Attach the proofs of an office of one kind, and list them; without any say so."""
        rows = list(office.proofs.filter(kind=kind).select_related("document"))
        for number, row in enumerate(rows, start=1):
            page = reverse("admin:standards_officeproof_change", args=[row.pk])
            self.attach(f"{kind.value}-{number}", row.document, missing, page)
        if not rows:
            add = reverse("admin:standards_officeproof_add")
            self.gaps.append((missing, f"{add}?office={office.pk}&kind={kind.value}"))
            return
        listed = [[row.title, long_date(row.dated_on)] for row in rows]
        table = content.table(str(kind.label), ["Keterangan", "Tanggal"], listed)
        self.chapters.append(content.chapter(str(kind.label), table))

    def as_content(self, indicator: Indicator) -> dict[str, Any]:
        """Return it as it is frozen in the pack."""
        return {
            "code": indicator.code,
            "title": indicator.title,
            "aspect": indicator.aspect,
            "weight": indicator.weight,
            "state": str(state_of(found=self.found, gaps=len(self.gaps))),
            "chapters": self.chapters,
            "gaps": [{"words": words, "url": url} for words, url in self.gaps],
            "papers": [
                {"name": f"{indicator.code}-{name}", "file": file, "sha256": digest}
                for name, file, digest in self.papers
            ],
        }


def site(path: str) -> str:
    """Return the whole address of a page of this portal, for papers."""
    return f"{settings.SITE_URL}{path}"
