"""The rule of passwords that Django does not have: not made of the words of this place."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.domain.passwords import is_made_of
from accounts.models import User


class WordsOfThisPlace:
    """Refuses "Perizinan2026!" and its like; an entry of ``AUTH_PASSWORD_VALIDATORS``."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ``ValidationError`` for a password that is made of these words."""
        if is_made_of(password):
            raise ValidationError(
                _("Kata sandi ini mudah ditebak: hampir seluruhnya kata sehari-hari kantor ini."),
                code="password_of_this_place",
            )

    def get_help_text(self) -> str:
        """Return the rule as people read it."""
        return _("Jangan menyusunnya hanya dari kata seperti perizinan, kantor, atau tahun.")
