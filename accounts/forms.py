"""Registration of an applicant."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.fields import PhoneField
from accounts.models import User


class SignupForm(forms.Form):
    """What we ask besides e-mail and password."""

    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    phone = PhoneField(
        label=_("Nomor telepon"), max_length=20, required=False,
        help_text=_("Agar petugas dapat menghubungi Anda tentang berkas Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    field_order = ("full_name", "email", "phone", "password1", "password2")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account exists."""
        user.full_name = self.cleaned_data["full_name"].strip()
        user.phone = self.cleaned_data["phone"].strip()
        user.save(update_fields=["full_name", "phone"])
