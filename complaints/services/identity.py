"""Identities of complainants: encrypted on receipt; every decryption has a reason and a record.

The keys are in the environment (``COMPLAINT_KEYS``), not in the database or its backup. A copy of
the database alone reveals no identity. The first key encrypts; all keys decrypt, so that keys can
be rotated (docs/complaints.md).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts import sealing
from accounts.models import ChannelKind, Office, User
from accounts.selectors import capacity_text, seat_in
from complaints import policies
from complaints.models import Complaint, Identity, IdentityOpening
from workflow.domain.errors import DomainError


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """A complainant and their contacts; ``repr`` is empty, so that logs contain none of it."""

    name: str = ""
    national_id: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        """Whether there is an identity: a name and at least one contact."""
        return bool(self.name and (self.phone or self.email or self.address))

    @property
    def ways(self) -> list[str]:
        """The channels through which this person can be reached."""
        ways = [ChannelKind.EMAIL] if self.email else []
        if self.phone:
            ways += [ChannelKind.TELEPHONE, ChannelKind.SMS, ChannelKind.WHATSAPP]
        return [
            str(channel) for channel in (*ways, *([ChannelKind.LETTER] if self.address else []))
        ]


def seal(complaint: Complaint, person: Person) -> Identity:
    """Store the identity, encrypted."""
    plain = json.dumps(asdict(person), ensure_ascii=False).encode()
    return Identity.objects.create(complaint=complaint, sealed=encrypt(plain))


def encrypt(plain: bytes) -> bytes:
    """Return ``plain`` encrypted; also used for PDF documents that contain identities."""
    return sealing.box(_keys()).encrypt(plain)


def decrypt(sealed: bytes | memoryview) -> bytes:
    """Return the plain bytes of ``sealed``; tries all keys."""
    return sealing.box(_keys()).decrypt(bytes(sealed))


@transaction.atomic
def open_identity(complaint: Complaint, *, actor: User, at: datetime, reason: str) -> Person | None:
    """Return the complainant and record the opening; ``None`` if there is no identity.

    Raises ``DomainError``: note_missing, and the codes of ``policies.may_open_identity``.
    """
    if not reason.strip():
        raise DomainError("note_missing")
    if not (verdict := policies.may_open_identity(actor, complaint, at)):
        raise DomainError(verdict.reason)
    capacity = capacity_text(seat_in(actor, complaint.office_id, at))
    return _open(complaint, actor, capacity, reason, at)


@transaction.atomic
def open_many(
    complaints: Sequence[Complaint], office: Office, *, actor: User, at: datetime, reason: str
) -> dict[int, Person]:
    """Return the complainants whose identity ``actor`` may open at ``office``, by complaint key.

    For the printed book. Each opening is recorded; identities that are not permitted are left out.
    """
    if not reason.strip():
        raise DomainError("note_missing")
    allowed = policies.identities_open_to(actor, complaints, office, at)
    rows = list(Identity.objects.filter(complaint__in=allowed))
    capacity = capacity_text(seat_in(actor, office.pk, at))
    IdentityOpening.objects.bulk_create(
        IdentityOpening(
            complaint_id=row.complaint_id,
            person=actor,
            capacity=capacity,
            reason=reason.strip()[:300],
            at=at,
        )
        for row in rows
    )
    return {row.complaint_id: _read(row) for row in rows}


@transaction.atomic
def open_for_delivery(complaint: Complaint, *, at: datetime, reason: str) -> Person | None:
    """Return the complainant for a delivery by the portal itself, and record the opening."""
    return _open(complaint, None, "", reason, at)


def _open(
    complaint: Complaint, actor: User | None, capacity: str, reason: str, at: datetime
) -> Person | None:
    row = Identity.objects.filter(complaint=complaint).first()
    if row is None:
        return None
    IdentityOpening.objects.create(
        complaint=complaint, person=actor, capacity=capacity, reason=reason.strip()[:300], at=at
    )
    return _read(row)


def _read(row: Identity) -> Person:
    known = {one.name for one in fields(Person)}
    words = json.loads(decrypt(row.sealed))
    return Person(**{name: text for name, text in words.items() if name in known})


def reseal() -> int:
    """Encrypt every identity with the first key, so that old keys can be removed; return count."""
    box, done = sealing.box(_keys()), 0
    for row in Identity.objects.iterator():
        row.sealed = box.rotate(bytes(row.sealed))
        row.save(update_fields=["sealed"])
        done += 1
    return done


def _keys() -> tuple[str, ...]:
    return tuple(settings.COMPLAINT_KEYS)
