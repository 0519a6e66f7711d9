"""The forms of django-allauth with the labels, help texts and layout of the portal."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.fields import CleanText, CodeField, EmailField, OneLineField, PhoneField
from accounts.models import User
from portal import guesses
from workflow.forms.base import PortalFormMixin

Words = dict[str, Any]  # words by the name of a field, translated when they are shown

_EMAIL = _("Alamat e-mail")
_PASSWORD = _("Kata sandi")
_PASSKEY_NAME = _("Nama kunci ini")
_PASSKEY_HELP = _("Agar Anda mengenalinya nanti, misalnya: Ponsel saya, Komputer kantor.")
_NEW_PASSWORD: Words = {
    "password1": _("Kata sandi baru"),
    "password2": _("Ulangi kata sandi baru"),
}
_PASSWORD_HELP: Words = {
    "password1": _(
        "Paling sedikit 12 huruf atau angka. Beberapa kata yang mudah Anda ingat lebih kuat "
        "daripada satu kata yang rumit."
    )
}


def ours(field: forms.Field) -> forms.Field:
    """Return a field of allauth as one of ours; a password and what is not typed stay."""
    if isinstance(field, CleanText | forms.JSONField):
        return field
    if isinstance(field, forms.EmailField):
        kind: type[forms.CharField] = EmailField
    elif isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
        kind = CodeField
    else:
        return field
    return kind(
        required=field.required,
        label=field.label,
        widget=field.widget,
        max_length=field.max_length,
        initial=field.initial,
    )


class AccountFormMixin(PortalFormMixin):
    """Gives a form of allauth our labels and help texts, and takes its placeholders away.

    A placeholder vanishes on typing; the label and the help stay.
    """

    labels: ClassVar[Words] = {}
    help_texts: ClassVar[Words] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            field = self.fields[name] = ours(self.fields[name])
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, field.help_text)


class LoginForm(AccountFormMixin, account.LoginForm):
    """Sign in; the page itself links to the reset of the password."""

    labels: ClassVar[Words] = {"login": _EMAIL, "password": _PASSWORD}
    help_texts: ClassVar[Words] = {"password": ""}


class SignupForm(AccountFormMixin, account.SignupForm):
    """Registration of an applicant: name and telephone beside e-mail and password."""

    labels: ClassVar[Words] = {
        "email": _EMAIL,
        "password1": _PASSWORD,
        "password2": _("Ulangi kata sandi"),
    }
    help_texts: ClassVar[Words] = {
        "email": _(
            "Kami mengirim tautan ke alamat ini untuk memastikan bahwa alamat ini milik Anda."
        ),
        **_PASSWORD_HELP,
    }
    full_name = OneLineField(
        label=_("Nama lengkap"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("Nomor telepon"),
        max_length=20,
        required=False,
        help_text=_("Agar petugas dapat menghubungi Anda tentang berkas Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    field_order = ("full_name", "email", "phone", "password1", "password2")

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account; hash the password of an address that has one, too: it takes as long."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep name and telephone; allauth calls this once the account exists."""
        user.full_name = self.cleaned_data["full_name"].strip()
        user.phone = self.cleaned_data["phone"].strip()
        user.save(update_fields=["full_name", "phone", "phone_e164"])


class AddEmailForm(AccountFormMixin, account.AddEmailForm):
    """Another address of an account."""

    labels: ClassVar[Words] = {"email": _EMAIL}


class ChangePasswordForm(AccountFormMixin, account.ChangePasswordForm):
    """The old password and a new one; a wrong old one is counted and recorded as at login."""

    labels: ClassVar[Words] = {"oldpassword": _("Kata sandi sekarang"), **_NEW_PASSWORD}
    help_texts: ClassVar[Words] = _PASSWORD_HELP

    def clean_oldpassword(self) -> str:
        """Return the old password. Raises ``ValidationError``: wrong, or guessed at too often."""
        typed: str = self.cleaned_data["oldpassword"]
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, typed):
            raise adapter.validation_error("enter_current_password")
        return typed


class SetPasswordForm(AccountFormMixin, account.SetPasswordForm):
    """The first password of an account that has none."""

    labels: ClassVar[Words] = _NEW_PASSWORD
    help_texts: ClassVar[Words] = _PASSWORD_HELP


class ResetPasswordForm(AccountFormMixin, account.ResetPasswordForm):
    """Ask for the link to a new password."""

    labels: ClassVar[Words] = {"email": _EMAIL}


class ResetPasswordKeyForm(AccountFormMixin, account.ResetPasswordKeyForm):
    """The new password behind that link, or behind an invitation.

    The link came by mail: it proves the address of an account that has no other.
    """

    def save(self) -> None:
        super().save()
        EmailAddress.objects.get_or_create(
            user=self.user, email=self.user.email, defaults={"primary": True}
        )
        addresses = EmailAddress.objects.filter(user=self.user)
        if len(addresses) == 1:
            addresses.update(verified=True, primary=True)

    labels: ClassVar[Words] = _NEW_PASSWORD
    help_texts: ClassVar[Words] = _PASSWORD_HELP


class ReauthenticateForm(AccountFormMixin, account.ReauthenticateForm):
    """The password once more before something important."""

    labels: ClassVar[Words] = {"password": _PASSWORD}
    help_texts: ClassVar[Words] = {"password": ""}


class ConfirmLoginCodeForm(AccountFormMixin, account.ConfirmLoginCodeForm):
    """The code that was sent by mail."""


class CodeMixin(AccountFormMixin):
    """A code of the second factor; a wrong one is counted by account, apart for known devices."""

    user: User

    def clean_code(self) -> str:
        """Return the code. Raises ``ValidationError``: wrong, or guessed at too often."""
        adapter = get_adapter()
        adapter.count_guess(adapter.request, self.user.email, guesses.CODE)
        code: str = super().clean_code()  # type: ignore[misc]
        guesses.give_back(adapter.request, self.user.email, guesses.CODE)
        return code


class AuthenticateForm(CodeMixin, mfa.AuthenticateForm):
    """The second factor at sign-in."""

    labels: ClassVar[Words] = {"code": _("Kode")}


class ReauthenticateCodeForm(CodeMixin, mfa.ReauthenticateForm):
    """The second factor once more before something important."""

    labels: ClassVar[Words] = {"code": _("Kode dari aplikasi autentikator")}


class ActivateTOTPForm(AccountFormMixin, totp.ActivateTOTPForm):
    """The first code of an authenticator app."""

    labels: ClassVar[Words] = {"code": _("Kode dari aplikasi")}


class AddPasskeyForm(AccountFormMixin, webauthn.AddWebAuthnForm):
    """A new passkey: the browser writes the credential, the person a name."""

    name = OneLineField(
        label=_PASSKEY_NAME, max_length=60, required=False, printed=False, help_text=_PASSKEY_HELP
    )


class EditPasskeyForm(AccountFormMixin, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    name = OneLineField(label=_PASSKEY_NAME, max_length=60, printed=False, help_text=_PASSKEY_HELP)


class AuthenticatePasskeyForm(AccountFormMixin, webauthn.AuthenticateWebAuthnForm):
    """The passkey at sign-in."""


class ReauthenticatePasskeyForm(AccountFormMixin, webauthn.ReauthenticateWebAuthnForm):
    """The passkey once more before something important."""


class DeactivateTOTPForm(AccountFormMixin, totp.DeactivateTOTPForm):
    """Switch the second factor off."""


class RecoveryCodesForm(AccountFormMixin, GenerateRecoveryCodesForm):
    """Make new recovery codes."""
