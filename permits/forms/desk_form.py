"""What every form on the page of an application has: the visit that it was shown for."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.fields import WholeNumberField
from permits.models import Application
from workflow.forms.base import PortalForm


class DeskForm(PortalForm):
    """A form of the application's page; ``name`` makes the ids of its fields unique."""

    name = "tindakan"
    locked_out = False  # too many wrong passwords
    visit = WholeNumberField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.name}_%s")
        super().__init__(*args, **kwargs)
        self.application = application
        self.initial.setdefault("visit", application.current_step_id)

    @property
    def seen_visit(self) -> int:
        """The visit that the officer saw; 0 if the form has none."""
        return self.cleaned_data.get("visit") or 0

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the service besides ``actor``, ``at`` and ``visit``."""
        return {name: value for name, value in self.cleaned_data.items() if name != "visit"}
