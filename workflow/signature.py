"""Who signs proves it: the password every time, the second factor at most five minutes ago."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts import proofs
from accounts.second_factors import has_passkey
from workflow.forms.signature import SignatureFields


def ask_for_what_is_needed(request: HttpRequest, offered: Iterable[Form], page: str) -> str:
    """Leave the code out of the forms of a signature if none is needed.

    Return the address where a passkey is shown instead, which leads back to ``page``; "" for
    whoever has none.
    """
    forms = [form for form in offered if isinstance(form, SignatureFields)]
    if not forms:
        return ""
    if not proofs.must_be_renewed(request):
        for form in forms:
            form.leave_code_out()
        return ""
    for form in forms:
        form.ask_for_code()
    way = f"{reverse('mfa_reauthenticate_webauthn')}?{urlencode({'next': page})}"
    return way if has_passkey(request.user) else ""  # type: ignore[arg-type]


def is_confirmed(request: HttpRequest, form: SignatureFields) -> bool:
    """Whether password and code of a form are right; wrong ones count as those at login do."""
    return _password_is_right(request, form) and _code_is_right(request, form)


def _password_is_right(request: HttpRequest, form: SignatureFields) -> bool:
    email = request.user.email  # type: ignore[union-attr]
    password = form.cleaned_data["password"]
    try:
        user = get_adapter(request).authenticate(request, email=email, password=password)
    except ValidationError:
        _lock_out(form, "password")
        return False
    if user is not None and user.pk == request.user.pk:
        return True
    form.add_error("password", _("Kata sandi salah. Dokumen belum ditandatangani."))
    return False


def _code_is_right(request: HttpRequest, form: SignatureFields) -> bool:
    if not proofs.must_be_renewed(request):
        return True
    code = form.cleaned_data.get("code", "")
    if not code:
        form.add_error(
            "code", _("Tulis juga kode verifikasi dua langkah. Dokumen belum ditandatangani.")
        )
        return False
    form_of_codes = import_string(settings.MFA_FORMS["reauthenticate"])  # it counts wrong ones
    shown = form_of_codes({"code": code}, user=request.user)
    if shown.is_valid():
        shown.save()  # signatures of the next five minutes need no code
        return True
    if shown.has_error("code", "too_many_login_attempts"):
        _lock_out(form, "code")
    else:
        form.add_error(
            "code",
            _("Kode ini tidak cocok atau sudah dipakai. Dokumen belum ditandatangani."),
        )
    return False


def _lock_out(form: SignatureFields, field: str) -> None:
    form.locked_out = True
    form.add_error(
        field,
        _(
            "Terlalu banyak kata sandi atau kode salah. Demi keamanan, tanda tangan dari perangkat "
            "ini ditutup, paling lama satu jam. Dokumen belum ditandatangani; berkas tetap "
            "menunggu di meja Anda."
        ),
    )
