"""What the portal does in its own way at login: mails, and the count of guesses."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import proofs, second_factors
from notices import outbox
from portal import devices, guesses

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """allauth renders a mail, the outbox sends it: a mail server that is down delays no request."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan yang salah. Coba lagi paling lama satu jam lagi. Dari "
            "perangkat tempat Anda biasa masuk, atau setelah membuat kata sandi baru, Anda dapat "
            "masuk sekarang juga."
        )
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try before the password is looked at: by account, apart for known devices.

        Raises:
            ValidationError: the account has been guessed at too often.
        """
        self.count_guess(request, credentials["email"], guesses.PASSWORD)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return whose credentials these are; only wrong ones stay counted."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            guesses.give_back(request, credentials["email"], guesses.PASSWORD)
        return user

    def count_guess(self, request: HttpRequest, email: str, kind: str) -> None:
        """Count a try at the password or the code (``portal.guesses``) of an account.

        Raises:
            ValidationError: the account has been guessed at too often.
        """
        if not guesses.take(request, email, kind):
            logger.warning("guesses at an account were held back")  # its name is in the sign-ins
            raise self.validation_error("too_many_login_attempts")

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **facts: Any
    ) -> HttpResponse:
        """Remember the device of somebody who has signed in, with every step of it."""
        response = super().post_login(request, user, **facts)
        devices.remember(request, response, user.get_username())
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Store the rendered mail as a queued notice."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        outbox.post_rendered(
            address=email, subject=str(message.subject), body=str(message.body), at=timezone.now()
        )

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: EmailConfirmation
    ) -> str:
        """Keep in the mail where the person was going when asked to register."""
        url = super().get_email_confirmation_url(request, emailconfirmation)
        return passthrough_next_redirect_url(request, url, REDIRECT_FIELD_NAME)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Keep in the mail where the person was going when the password was forgotten."""
        url = str(super().get_reset_password_from_key_url(key))
        target = get_next_redirect_url(self.request, "destination")  # "next" would leave at once
        return f"{url}?{urlencode({REDIRECT_FIELD_NAME: target})}" if target else url

    def respond_email_verification_sent(
        self, request: HttpRequest, user: AbstractBaseUser | None
    ) -> HttpResponse:
        """Keep it on the page that asks to look for the mail, too."""
        url = reverse("account_email_verification_sent")
        return redirect(passthrough_next_redirect_url(request, url, REDIRECT_FIELD_NAME))

    def get_from_email(self) -> str:
        return str(settings.DEFAULT_FROM_EMAIL)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether an act on the account needs the person to prove again who they are."""
        return not proofs.is_fresh(self.request)

    def get_reauthentication_methods(
        self, user: AbstractBaseUser | AnonymousUser
    ) -> list[dict[str, Any]]:
        """Leave the password out for whoever has a second factor: it alone proves too little."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        stronger = [one for one in methods if one["id"] != "reauthenticate"]
        return stronger or methods


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed in the database (``SECOND_FACTOR_KEYS``)."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Kode ini tidak cocok atau sudah dipakai. Tunggu kode berikutnya."),
    }

    def encrypt(self, text: str) -> str:
        """Return ``text`` sealed with the first key."""
        return second_factors.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return what ``encrypt`` was given, with whichever key it was sealed."""
        return second_factors.unseal(encrypted_text)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Return the name a passkey has until the person gives it another."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Kunci sandi %(number)s") % {"number": number}
