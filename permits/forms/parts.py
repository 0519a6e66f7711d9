"""The form of a further performer: their part of the present step."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import LongTextField, WholeNumberField
from documents import uploads
from permits.forms.desk_form import DeskForm
from permits.models import StepPart


class PartForm(DeskForm):
    """What a further performer says at the step, perhaps with a file."""

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

    def clean_document(self) -> uploads.Checked | None:
        """Check the file, so that an error is shown at its field."""
        return self.checked_field("document")
