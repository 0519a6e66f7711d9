"""The form of the import of business lines."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from standards.forms.importing import TABLES, SmallFile


class KbliTableForm(SmallFile):
    """A table of business lines or of pairs of two editions."""

    file = forms.FileField(
        label=gettext_lazy("Tabel KBLI atau padanannya (.xlsx atau .csv)"),
        help_text=gettext_lazy("Paling besar 1 MB. Kolomnya yang menentukan jenis tabel."),
        widget=forms.FileInput(attrs={"accept": TABLES}),
    )
    whole = forms.BooleanField(
        required=False,
        label=gettext_lazy("Tabel memuat semua kode golongan pokok yang disebutnya"),
        help_text=gettext_lazy(
            "Golongan pokok: dua angka pertama kode. Bila dicentang, isian pemohon dengan kode "
            "yang tidak ada di daftar ditolak."
        ),
    )
