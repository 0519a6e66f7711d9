"""Who complained: sealed when it comes in, opened by one function that asks why and writes it down.

The key stands in the environment (``COMPLAINT_KEYS``), never in the database or its backup: whoever
has only a copy of the database has nobody's name. The first key seals; all of them open, so that a
key can be changed (docs/complaints.md).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from accounts.models import ChannelKind, Office, User
from accounts.selectors import capacity_text, seat_in
from complaints import policies
from complaints.models import Complaint, Identity, IdentityOpening
from workflow.domain.errors import DomainError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Who complained and how they are met; it prints as nothing, so that no log can hold it."""

    name: str = ""
    national_id: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        """A report has an identity when its sender says a name and one way to be met."""
        return bool(self.name and (self.phone or self.email or self.address))

    @property
    def ways(self) -> list[str]:
        """The channels through which this person can be answered."""
        ways = [ChannelKind.EMAIL] if self.email else []
        if self.phone:
            ways += [ChannelKind.TELEPHONE, ChannelKind.SMS, ChannelKind.WHATSAPP]
        return [str(way) for way in (*ways, *([ChannelKind.LETTER] if self.address else []))]


def seal(complaint: Complaint, person: Person) -> Identity:
    """Keep who complained; the row beside the complaint holds nothing readable."""
    words = json.dumps(asdict(person), ensure_ascii=False).encode()
    return Identity.objects.create(complaint=complaint, sealed=lock_up(words))


def lock_up(words: bytes) -> bytes:
    """Return ``words`` sealed: for papers that print an identity and wait to be fetched."""
    return _box(_keys()).encrypt(words)


def unlock(sealed: bytes | memoryview) -> bytes:
    """Return what ``lock_up`` sealed, with whichever key."""
    return _box(_keys()).decrypt(bytes(sealed))


@transaction.atomic
def open_identity(complaint: Complaint, *, actor: User, at: datetime, reason: str) -> Person | None:
    """Return who complained, and write down who asked and why; ``None`` if nobody said.

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
    """Return who made those complaints of ``office`` whose identity ``actor`` may open, by key.

    For the printed book: each opening has its own record; what may not be opened is left out.
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
    """Return who complained to the portal itself, which is about to write to them."""
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
    words = json.loads(unlock(row.sealed))
    return Person(**{name: text for name, text in words.items() if name in known})


def reseal() -> int:
    """Seal every identity with the first key, so that an old one can go; nobody reads anything."""
    box, done = _box(_keys()), 0
    for row in Identity.objects.iterator():
        row.sealed = box.rotate(bytes(row.sealed))
        row.save(update_fields=["sealed"])
        done += 1
    return done


def _keys() -> tuple[str, ...]:
    return tuple(settings.COMPLAINT_KEYS)


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(key) for key in keys])
