"""The page with the full history of an application."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from notices.selectors import deliveries_about
from permits.models import Application
from permits.presenters import mails
from permits.presenters.acts import ACT_KINDS, Act, ActKind, all_acts
from workflow.filters import Choice

MESSAGES = 200


@dataclass
class HistoryPage:
    """Every act on an application from ``for_application_page``; ``kind`` of the query string."""

    application: Application
    kind: str

    @cached_property
    def _acts(self) -> list[Act]:
        messages = deliveries_about(mails.about(self.application), most=MESSAGES)
        return all_acts(self.application, messages)

    @property
    def acts(self) -> list[Act]:
        """The acts of the chosen kind, the latest first; all of them for an unknown kind."""
        if self.kind not in list(ActKind):
            return self._acts
        return [act for act in self._acts if act.kind == self.kind]

    @property
    def choices(self) -> list[Choice]:
        """The kinds that occur, with how often."""
        counts = {kind: sum(act.kind is kind for act in self._acts) for kind in ActKind}
        chosen = self.kind if self.kind in list(ActKind) else ""
        kinds = [
            Choice(str(label), f"?jenis={kind}", kind == chosen, counts[kind])
            for kind, label in ACT_KINDS.items()
            if counts[kind]
        ]
        return [Choice(_("Semua"), "?", not chosen, len(self._acts)), *kinds]
