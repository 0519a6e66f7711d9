"""The second factors of people: their secrets are sealed, and a lost one is reset by two people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import sealing
from accounts.invitations import VALID, make_token
from accounts.models import User

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

# what proves that a person holds something; recovery codes only stand in for one of these
KINDS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

_SECRETS: Final = ("secret", "seed")  # in the data of an authenticator


def seal(secret: str) -> str:
    """Return a secret as the database keeps it: sealed with the first of the keys."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what ``seal`` was given, whichever of the keys sealed it.

    Raises:
        cryptography.fernet.InvalidToken: no key opens it.
    """
    return _box().decrypt(sealed.encode()).decode()


def reseal() -> int:
    """Seal every secret with the first key, so that old keys can be removed; return how many."""
    return sum(_reseal(key) for key in Authenticator.objects.values_list("pk", flat=True))


@transaction.atomic
def _reseal(key: int) -> bool:
    """Seal one row anew; a recovery code used at the same moment waits for it, or was first."""
    row = Authenticator.objects.select_for_update().filter(pk=key).first()
    found = {name: row.data[name] for name in _SECRETS if name in row.data} if row else {}
    if row and found:
        row.data |= {name: seal(unseal(text)) for name, text in found.items()}
        row.save(update_fields=["data"])
    return bool(found)


def _box() -> MultiFernet:
    return sealing.box(tuple(settings.SECOND_FACTOR_KEYS))


@transaction.atomic
def has_passkey(person: User) -> bool:
    """Whether ``person`` has set up a passkey."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()


def reset(person: User, *, proposer: User, confirmer: User, reason: str, at: datetime) -> None:
    """Take away every second factor of ``person``, who has lost it; end all their sessions.

    ``proposer`` and ``confirmer`` are two people, neither of them ``person``. The password goes
    too: with a lost telephone it may be in other hands. The person is told at once, by mail to
    their own address, with a link (14 days) to make a new password; a new second factor is set up
    when they come in. The log of the administration records all of it, and the audit chain the log.

    Called twice, it does nothing twice but the mail and its line in the log.

    Raises:
        ValueError: the three people are not three.
    """
    if len({person.pk, proposer.pk, confirmer.pk}) != 3:
        raise ValueError("a second factor is reset by two other people")
    person = User.objects.select_for_update().get(pk=person.pk)
    removed = Authenticator.objects.filter(user=person)
    kinds = ", ".join(sorted(removed.values_list("type", flat=True)))
    removed.delete()
    person.set_unusable_password()  # a session of another password is no session: all end here
    person.save(update_fields=["password"])
    said = _(
        "Verifikasi dua langkah (%(kinds)s) dan kata sandi dihapus, semua sesi diakhiri. "
        "Diusulkan oleh %(proposer)s, disetujui oleh %(confirmer)s. Alasan: %(reason)s"
    )
    facts = {"kinds": kinds or "-", "proposer": proposer, "confirmer": confirmer, "reason": reason}
    LogEntry.objects.log_actions(
        confirmer.pk, [person], CHANGE, change_message=said % facts, single_object=True
    )
    _tell(person, proposer, confirmer, at)


def _tell(person: User, proposer: User, confirmer: User, at: datetime) -> None:
    context = {
        "user": person,
        "proposer": proposer,
        "confirmer": confirmer,
        "at": at,
        "days": VALID.days,
        "invitation_url": settings.SITE_URL
        + reverse("portal:invitation", args=[make_token(person)]),
    }
    get_adapter().send_mail("mfa/email/factors_reset", person.email, context)
