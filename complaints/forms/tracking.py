"""Forms of the tracking page."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import CodeField, LongTextField
from complaints.forms.intake import FilesField
from complaints.models import Rating
from workflow.forms.base import Include, PortalForm


class TrackForm(PortalForm):
    """Number and secret from the receipt; the view verifies both."""

    use_required_attribute = False
    number = CodeField(
        label=gettext_lazy("Nomor laporan"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    secret = CodeField(
        label=gettext_lazy("Kode rahasia"),
        max_length=60,
        help_text=gettext_lazy("Huruf dan angka pada tanda terima, boleh tanpa tanda hubung."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class ActForm(PortalForm):
    """A form of the page; its name makes the ids of its fields unique."""

    use_required_attribute = False
    name = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.name}_%s", **kwargs})


class AddForm(ActForm):
    """Additional information and files."""

    name = "tambah"
    text = LongTextField(
        printed=False,
        label=gettext_lazy("Keterangan"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    attachments = FilesField(
        label=gettext_lazy("Lampiran"),
        required=False,
        help_text=gettext_lazy("Paling banyak 5 berkas PDF, JPEG, atau PNG."),
    )

    def layout(self) -> Layout:
        """Files already uploaded, followed by the control for more."""
        return Layout("text", Include("complaints/public/_kept_files.html"), "attachments")


class RateForm(ActForm):
    """The rating of the answer."""

    name = "nilai"
    rating = forms.TypedChoiceField(
        label=gettext_lazy("Seberapa puas Anda dengan jawaban ini?"),
        choices=Rating.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih satu nilai.")},
    )
    note = LongTextField(
        printed=False,
        label=gettext_lazy("Catatan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(ActForm):
    """Why the answer is not enough."""

    name = "buka"
    note = LongTextField(
        printed=False,
        label=gettext_lazy("Apa yang belum terjawab?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Tulis alasannya terlebih dahulu.")},
    )


class WithdrawForm(ActForm):
    """The reason for the withdrawal."""

    name = "cabut"
    note = LongTextField(
        printed=False,
        label=gettext_lazy("Alasan mencabut laporan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Tulis alasannya terlebih dahulu.")},
    )
