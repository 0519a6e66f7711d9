"""Forms of the page of a signing key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import OneLineField
from accounts.models import Office, Position
from authority.models import KindOf
from authority.proposing import ProposalForm
from documents.key_files import KEY_FILE_SENTENCES, MOST_BYTES, KeyFileError, KeyFileProblem
from documents.key_requests import certificate_facts
from documents.models import KeyRequest
from workflow.forms.base import PortalForm


class AskForm(PortalForm):
    """In whose name a new key is."""

    name = OneLineField(
        label=gettext_lazy("Nama pada sertifikat"),
        max_length=64,
        help_text=gettext_lazy(
            "Biasanya nama jabatan pimpinan, seperti yang disepakati dengan penerbit sertifikat."
        ),
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        head = Position.objects.filter(office=office, is_head=True).first()
        kwargs["initial"] = {"name": (head.name if head else office.short_name)[:64]}
        super().__init__(*args, **kwargs)


class OfferForm(ProposalForm):
    """The certificate that the issuer sent for the key of a request."""

    certificate = forms.FileField(
        label=gettext_lazy("Sertifikat dari penerbit"),
        help_text=gettext_lazy(
            "Berkas .pem, .crt, .cer, atau .p7b, beserta sertifikat di atasnya bila ada. Bukan "
            "berkas .p12 atau .pfx: itu memuat kunci pribadi."
        ),
        widget=forms.FileInput(attrs={"accept": ".pem,.crt,.cer,.der,.p7b,.p7c"}),
    )
    field_order = ("certificate", "decree_number", "decree_date", "reason")

    def __init__(self, *args: Any, request: KeyRequest, at: datetime, **kwargs: Any) -> None:
        self.request, self.at = request, at
        super().__init__(*args, **kwargs)

    def clean_certificate(self) -> dict[str, str]:
        """Return the facts of the certificate, or say why it does not fit."""
        file = self.cleaned_data["certificate"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(str(KEY_FILE_SENTENCES[KeyFileProblem.TOO_LARGE]))
        try:
            return certificate_facts(self.request, file.read(), self.at)
        except KeyFileError as error:
            raise forms.ValidationError(str(error)) from error

    def what(self) -> dict[str, Any]:
        """Return the arguments of ``propose`` besides actor and instant."""
        return {
            "kind": KindOf.SIGNING_KEY,
            "person": None,
            "office": self.request.office,
            "facts": self.cleaned_data["certificate"],
            **self.decree(),
        }
