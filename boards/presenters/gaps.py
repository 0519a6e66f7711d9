"""Who mends a gap of the evidence: its link for whoever may open it, for others who that is.

A pack is frozen with the address where each gap is mended; who may open it is asked when the page
is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from accounts.officers import Officer
from boards.policies import offices_seen
from complaints.selectors import has_part
from surveys.models import FollowUp
from surveys.policies import may_finish

_WHO: dict[str, str | LazyText] = {
    "admin": _("Diperbaiki oleh administrator kantor."),
    "complaints": _("Diperbaiki oleh petugas pengaduan."),
    "surveys": _("Dicatat oleh penanggung jawab tindak lanjut atau penyusun laporan."),
    "boards": _("Dilihat oleh kepala kantor dan pembaca papan."),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing; ``url`` is "" for who may not open it, ``who`` then says who mends it."""

    words: str
    url: str
    who: str | LazyText = ""


class Gaps:
    """The gaps of a pack as one officer reads them, in at most three queries."""

    def __init__(self, officer: Officer, office: Office) -> None:
        self.officer, self.office = officer, office

    def shown(self, found: Iterable[Mapping[str, str]]) -> list[Gap]:
        """Return the gaps of one indicator."""
        return [self._gap(one["words"], one["url"]) for one in found]

    def _gap(self, words: str, url: str) -> Gap:
        try:
            match = resolve(urlsplit(url).path)
        except Resolver404:  # of a pack that is older than the address
            return Gap(words, "")
        if self._opens(match):
            return Gap(words, url)
        return Gap(words, "", _WHO[match.namespace])

    def _opens(self, match: ResolverMatch) -> bool:
        if match.namespace == "admin":
            return self.officer.user.is_staff
        if match.namespace == "complaints":
            return self._complaints
        if match.namespace == "boards":
            return self._boards
        if match.view_name == "surveys:finish":
            return match.kwargs["key"] in self._to_finish
        return True  # lists of every officer, and reports: who collects evidence has a part in them

    @cached_property
    def _complaints(self) -> bool:
        return has_part(self.officer.user, self.officer.at)

    @cached_property
    def _boards(self) -> bool:
        return self.office in offices_seen(self.officer)

    @cached_property
    def _to_finish(self) -> set[int]:
        rows = FollowUp.objects.filter(office=self.office).select_related("office")
        user, at = self.officer.user, self.officer.at
        return {row.pk for row in rows if may_finish(user, row, at)}
