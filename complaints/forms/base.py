"""The base of the forms on the page of a complaint."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import LongTextField
from complaints.models import Complaint
from workflow.forms.base import PortalForm

LONG_TEXT = 5000


def text_field(
    label: str | Any,
    *,
    required: bool = True,
    rows: int = 3,
    help_text: str | Any = "",
    most: int = LONG_TEXT,
) -> Any:
    return LongTextField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": gettext_lazy("Tulis dahulu, lalu simpan.")},
    )


class ComplaintForm(PortalForm):
    """A form of the complaint's page."""

    name = "tindakan"

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.name}_%s")
        super().__init__(*args, **kwargs)
        self.complaint = complaint

    def facts(self) -> dict[str, Any]:
        """Return the keyword arguments of the service, except ``actor`` and ``at``."""
        return dict(self.cleaned_data)
