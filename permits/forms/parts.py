"""The forms of parts: others than the desk of the present step give theirs, or it is left out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import LongTextField, WholeNumberField
from documents import uploads
from permits import selectors
from permits.forms.desk_form import DeskForm
from permits.forms.recording import RecordingFields
from permits.models import StepPart
from standards.models import Fact, SopStep


class PartForm(RecordingFields, DeskForm):
    """What another performer says at the step, perhaps with a file; what their row records."""

    name = "bagian"
    part = WholeNumberField(widget=forms.HiddenInput)
    opinion = forms.ChoiceField(
        label=gettext_lazy("Pendapat"),
        choices=StepPart.Opinion.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih pendapat Anda.")},
    )
    note = LongTextField(
        label=gettext_lazy("Catatan"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Wajib bila ada catatan atau keberatan. Dibaca petugas kantor dan tercatat di kartu "
            "kendali."
        ),
    )
    document = forms.FileField(
        label=gettext_lazy("Surat atau berkas"),
        required=False,
        help_text=gettext_lazy("PDF, JPEG, atau PNG, paling besar 30 MB."),
    )

    def asked(self) -> list[Fact]:
        """The facts of the row beside the step; a further performer of the step records none."""
        row = self.row_beside()
        return selectors.facts_to_record(self.application, row) if row is not None else []

    def row_beside(self) -> SopStep | None:
        """The row of the part, which came with the page or with what was sent."""
        asked = str(self.data.get("part") or self.initial.get("part") or "")
        parts = selectors.parts_here(self.application)
        return next((part.step for part in parts if str(part.pk) == asked), None)

    def clean_document(self) -> uploads.Checked | None:
        """Check the file, so that an error is shown at its field."""
        return self.checked_field("document")


class PassOverForm(DeskForm):
    """A row that is not always needed is left out, with the reason."""

    name = "lewati_bagian"
    part = forms.TypedChoiceField(
        label=gettext_lazy("Langkah yang tidak diperlukan"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih langkahnya.")},
    )
    note = LongTextField(
        label=gettext_lazy("Alasan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Tulis alasannya terlebih dahulu.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["part"]
        assert isinstance(choices, forms.TypedChoiceField)  # noqa: S101
        choices.choices = [
            (part.pk, part.name)
            for part in selectors.rows_owed(self.application)
            if part.step is not None and part.step.optional
        ]
