"""Forms of the administration for maklumat, consultations and evaluations: each takes a paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from documents import uploads
from standards.models import OfficeProof, PublicConsultation, ServicePledge
from workflow.domain.errors import DomainError
from workflow.refusals import sentence


class DocumentForm(forms.ModelForm):
    """A row with a paper as evidence; what is uploaded takes the place of the one before."""

    upload = forms.FileField(
        label=_("Unggah dokumen"),
        required=False,
        help_text=_("PDF, JPEG, atau PNG, paling besar 30 MB. Kosong: tidak berubah."),
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
    )

    def clean_upload(self) -> uploads.Checked | None:
        """Check the file, so that an error is shown at its field."""
        given = self.cleaned_data["upload"]
        if not given:
            return None
        try:
            return uploads.check(given)
        except DomainError as error:
            raise ValidationError(sentence(error)) from error


class PledgeForm(DocumentForm):
    """One version of the maklumat: whole before it is set."""

    class Meta:
        model = ServicePledge
        fields = (
            "office", "text", "decree", "signed_on", "signed_by", "signed_by_position",
            "signed_by_number", "effective_on", "places", "reviewed_on", "status",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Say at the field what a maklumat lacks that is to be set."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("status") == ServicePledge.Status.PUBLISHED:
            for name in ("signed_on", "signed_by", "effective_on"):
                if name in self.fields and name not in self.errors and not given.get(name):
                    self.add_error(name, _("Isi ini sebelum maklumat ditetapkan."))
        signed, since = self._day("signed_on"), self._day("effective_on")
        if signed and since and since < signed and "effective_on" in self.fields:
            self.add_error("effective_on", _("Maklumat tidak berlaku sebelum ditandatangani."))
        reviewed = given.get("reviewed_on")
        if reviewed and since and reviewed < since:
            self.add_error("reviewed_on", _("Peninjauan tidak lebih awal dari mulai berlakunya."))
        return given

    def _day(self, name: str) -> date | None:
        """Return a day that was typed, or the one of a maklumat whose words are closed."""
        typed: date | None = self.cleaned_data.get(name)
        return typed if name in self.fields else getattr(self.instance, name)


class ConsultationForm(DocumentForm):
    """A Forum Konsultasi Publik; the standards discussed are those of its office."""

    class Meta:
        model = PublicConsultation
        fields = (
            "office", "held_on", "place", "topic", "versions", "groups", "attendance", "outcome",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse standards of another office."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        office, versions = given.get("office"), given.get("versions") or ()
        if office and any(version.service.office_id != office.pk for version in versions):
            self.add_error("versions", _("Pilih standar dari unit ini saja."))
        return given


class ProofForm(DocumentForm):
    """A proof of an office: without its paper there is nothing to show."""

    class Meta:
        model = OfficeProof
        fields = ("office", "kind", "title", "dated_on")

    def clean(self) -> dict[str, Any]:
        """Ask for the paper of a new row; a row that has one keeps it."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        missing = not given.get("upload") and self.instance.document_id is None
        if missing and "upload" not in self.errors:
            self.add_error("upload", _("Unggah keputusan atau fotonya."))
        return given
