"""The form of an ordinary step that is done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import LongTextField, OneLineField
from documents import uploads
from permits.forms.desk_form import DeskForm
from permits.forms.recording import CHOOSE_AGAIN, RecordingFields
from standards.domain.steps import StepKind


class PassForm(RecordingFields, DeskForm):
    """An ordinary step is done, and what it records; perhaps with a paper that came to it."""

    name = "teruskan"
    note = LongTextField(
        label=gettext_lazy("Catatan untuk kartu kendali"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    document = forms.FileField(
        label=gettext_lazy("Surat dari luar kantor"),
        required=False,
        help_text=gettext_lazy(
            "Misalnya jawaban instansi yang tidak bekerja di portal ini. PDF, JPEG, atau PNG, "
            "paling besar 30 MB."
        ),
    )
    document_title = OneLineField(
        label=gettext_lazy("Keterangan surat"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Dari siapa, nomor, dan tanggalnya. Tercatat di kartu kendali."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visit = self.application.current_step
        if visit is None or visit.step.kind != StepKind.WORK:
            self.leave_paper_out()

    def leave_paper_out(self) -> None:
        """Ask for no paper."""
        for name in ("document", "document_title"):
            self.fields.pop(name, None)

    def clean_document(self) -> uploads.Checked | None:
        """Check the file, so that an error is shown at its field."""
        return self.checked_field("document")

    def clean(self) -> dict[str, Any]:
        """A paper needs its words, words need their paper; a browser drops a file chosen before."""
        cleaned: dict[str, Any] = super().clean() or {}
        document, words = cleaned.get("document"), cleaned.get("document_title")
        if document and not words and "document_title" not in self.errors:
            self.add_error(
                "document_title", _("Tulis dari siapa surat ini, nomor, dan tanggalnya.")
            )
        if words and not document and "document" not in self.errors:
            self.add_error("document", _("Pilih berkas untuk keterangan ini."))
        if document and self.errors:
            self.add_error("document", CHOOSE_AGAIN)
        self.choose_again()
        return cleaned
