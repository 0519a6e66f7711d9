"""What the linter finds in a version: sentences, each with the address of its field, and a score.

It is asked by the page of a version, the yearly evaluation and ``manage.py lint_standards``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from standards.domain import faults as domain
from standards.domain.faults import Fault
from standards.models import Service, StandardVersion
from standards.services import publishing


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence; ``url`` is the field in the administration where it is mended."""

    sentence: str
    url: str

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one version; ``faults`` keep a draft from being published."""

    faults: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def score(self) -> int:
        """Points from 0 to 100."""
        return domain.score(len(self.faults), len(self.warnings))

    def text(self) -> str:
        """Return score and sentences, one a line."""
        head = _("Skor pemeriksaan %(score)s dari 100.") % {"score": self.score}
        return "\n".join([head, *(f"- {each}" for each in (*self.faults, *self.warnings))])


def lint(version: StandardVersion, at: datetime) -> Report:
    """Return what is to be said about ``version`` at the instant ``at``.

    A published version has no faults: it passed the rules of its day and cannot be changed.
    """
    urls = _Addresses(version)
    faults = [] if version.is_published else publishing.found_faults(version)
    return Report(
        tuple(urls.finding(fault) for fault in faults),
        tuple(urls.finding(fault) for fault in publishing.found_warnings(version, at)),
    )


def lint_service(service: Service, at: datetime) -> Report | None:
    """Return the report of the version in force at ``at``; ``None`` without one."""
    on = service.office.local_date(at)
    rows = StandardVersion.objects.in_force(on).filter(service=service)
    version = rows.select_related("service__office").first()
    return lint(version, at) if version else None


class _Addresses:
    """The pages of the administration that the places of one version stand on."""

    def __init__(self, version: StandardVersion) -> None:
        self.version = version
        self.page = reverse("admin:standards_standardversion_change", args=[version.pk])
        links = version.procedure_links.order_by("order", "pk")
        self.procedures = list(links.values_list("procedure", flat=True))

    def finding(self, fault: Fault) -> Finding:
        return Finding(publishing.sentence(fault), self._url(fault.place))

    def _url(self, place: str) -> str:
        if place == "office":
            office = self.version.service.office_id
            return reverse("admin:accounts_office_change", args=[office]) + "#kunci"
        link, _slash, step = place.partition("/")
        if step:
            procedure = self.procedures[int(link.rpartition("-")[2])]
            return reverse("admin:standards_procedure_change", args=[procedure]) + f"#{step}"
        if not place:
            return self.page
        if "-" in place:  # a row or a list below the version
            return f"{self.page}#{place}"
        return self.page if self.version.is_published else f"{self.page}#id_{place}"
