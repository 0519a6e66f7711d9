"""How passwords are kept, and two rules that Django lacks: no words of this place, none leaked."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.domain.leaked import is_listed
from accounts.domain.passwords import is_made_of
from accounts.models import User

logger = logging.getLogger(__name__)


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


class LeakedPasswords:
    """Refuses what stands in the list of leaked passwords, where the operator has one.

    ``LEAKED_PASSWORDS`` is its path (``accounts.domain.leaked``). Nothing is asked of the network.
    A list that cannot be read refuses nobody: it is an error in the log.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ``ValidationError`` for a password that leaked."""
        if not settings.LEAKED_PASSWORDS:
            return
        try:
            with Path(settings.LEAKED_PASSWORDS).open("rb") as digests:
                leaked = is_listed(password, digests)
        except OSError:
            logger.exception("the list of leaked passwords cannot be read")
            return
        if leaked:
            raise ValidationError(
                _(
                    "Kata sandi ini pernah bocor dari situs lain, jadi mudah ditebak. Pilih kata "
                    "sandi yang lain."
                ),
                code="password_leaked",
            )

    def get_help_text(self) -> str:
        """Return the rule as people read it."""
        return _("Jangan memakai kata sandi yang pernah bocor dari situs lain.")
