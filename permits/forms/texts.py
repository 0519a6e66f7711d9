"""Forms of texts that are signed later: of the permit, and of a paper beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import LongTextField, WholeNumberField
from permits import selectors
from permits.forms.desk_form import DeskForm
from permits.models import CertificateDraft
from standards.models import Paper


class DraftForm(DeskForm):
    """The sentence of the certificate."""

    name = "konsep"
    statement = LongTextField(
        label=gettext_lazy("Kalimat penetapan"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Tercetak di bawah data pemegang. Data pemegang, dasar hukum, dan masa berlaku "
            "diambil dari permohonan dan standar."
        ),
    )
    seen = WholeNumberField(widget=forms.HiddenInput, required=False)  # the revision shown
    of_colleague: CertificateDraft | None = None  # saved since the page was made

    def facts(self) -> dict[str, Any]:
        """Return the sentence and the revision that the officer saw; 0 for none."""
        return {**super().facts(), "seen": self.cleaned_data.get("seen") or 0}

    def show_beside(self, latest: CertificateDraft) -> None:
        """Show the text of a colleague above the one typed; the next press decides."""
        self.of_colleague = latest
        self.data = {name: self.data[name] for name in self.data} | {"seen": latest.revision}


class PaperTextForm(DraftForm):
    """The text of a paper beside the permit."""

    name = "naskah"
    attendees = LongTextField(
        label=gettext_lazy("Yang hadir"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Satu orang satu baris, dengan jabatan atau instansinya. Tercetak sebagai daftar hadir."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statement"].label = gettext_lazy("Isi dokumen")
        self.fields["statement"].help_text = gettext_lazy(
            "Diisi menurut standar. Judul, tujuan, nomor, dan penanda tangan ditambahkan sendiri."
        )
        self.fields["statement"].widget.attrs["rows"] = 12
        here = selectors.paper_at_step(self.application)
        if here is None or here.paper.kind != Paper.Kind.MINUTES:
            del self.fields["attendees"]

    def facts(self) -> dict[str, Any]:
        """Add who attended, for minutes."""
        return {**super().facts(), "attendees": self.cleaned_data.get("attendees", "")}
