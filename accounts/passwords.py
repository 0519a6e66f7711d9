"""How passwords are kept, and a rule that Django lacks: not made of the words of this place."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.domain.passwords import is_made_of
from accounts.models import User


class OneLaneArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 32 MiB, two passes and one lane: above what OWASP asks for (19 MiB, two, one).

    Django's own 100 MiB in eight lanes take three times the processor time, and wait for all eight
    threads at each turn: while others guess, few comparisons fill a server of two processors. A
    password kept in another way is kept anew when its owner signs in.
    """

    memory_cost = 32 * 1024  # KiB
    time_cost = 2
    parallelism = 1


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
