"""What every form of a signature asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import CodeField


class SignatureFields(forms.Form):
    """Password and code of whoever signs; the view checks them (``workflow.signature``)."""

    locked_out = False  # too many wrong passwords

    password = forms.CharField(
        label=gettext_lazy("Kata sandi Anda"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Tulis kata sandi Anda untuk menandatangani.")},
    )
    code = CodeField(
        label=gettext_lazy("Kode verifikasi dua langkah"),
        help_text=gettext_lazy(
            "Enam angka dari aplikasi autentikator, atau satu kode pemulihan. Selama lima menit "
            "sesudahnya Anda dapat menandatangani tanpa kode lagi."
        ),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def leave_code_out(self) -> None:
        """Ask for the password alone."""
        self.fields.pop("code", None)

    def ask_for_code(self) -> None:
        """Show the code as what it is now: needed. If it is missing, the view says so."""
        self.fields["code"].required = True

    def facts(self) -> dict[str, Any]:
        """Leave out what only the view needs."""
        known: dict[str, Any] = super().facts()  # type: ignore[misc]
        return {name: value for name, value in known.items() if name not in ("password", "code")}
