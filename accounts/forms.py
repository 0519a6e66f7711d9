"""The telephone field of forms."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

<<<<<<< HEAD
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
=======

def valid_phone(text: str) -> bool:
    """Whether ``text`` is a telephone number that exists in Indonesia's plan (or abroad with +)."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, "ID"))
    except phonenumbers.NumberParseException:
        return False


class PhoneField(forms.CharField):
    """A telephone number, kept as typed."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not valid_phone(value):
            raise forms.ValidationError(
                _("Nomor telepon tidak dikenali. Tulis misalnya 0812 3456 7890 atau 0761 28262.")
            )
>>>>>>> w-forms
