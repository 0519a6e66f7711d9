"""A cast of people around one standard, and files brought to any point of their life."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Office, User
from demo import samples
from documents.keys import look_at_keys
from permits.models import Application
from standards.domain.steps import StepKind
from standards.models import Service, StandardVersion
from tests.factories.accounts import make_office, make_officer, make_user
from tests.factories.standards import (
    STEPS,
    make_procedure,
    make_service,
    make_standard,
    position_of,
)

NOON = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
_FIRST_KEY = "kunci-uji"
DESKS = ("front-office", "tim-teknis", "back-office", "sekretaris", "kepala-dinas")


@dataclass(frozen=True)
class Cast:
    """Everybody a story needs."""

    office: Office
    service: Service
    version: StandardVersion
    applicant: User
    stranger: User
    officers: dict[str, User]

    def at(self, desk: str) -> User:
        """Return the officer at the desk with this position code."""
        return self.officers[desk]


def make_cast(steps: tuple[Any, ...] = STEPS, **standard: Any) -> Cast:
    """Make an office, one published standard with these SOP steps, and an officer at each desk."""
    office = make_office()
    service, procedure = make_service(office), make_procedure(office, steps)
    version = make_standard(service, procedure, **standard)
    officers = {
        code: make_officer(position_of(office, code), full_name=f"Petugas {code}") for code in DESKS
    }
    return Cast(
        office=office,
        service=version.service,
        version=version,
        applicant=make_user(full_name="Siti Pemohon"),
        stranger=make_user(full_name="Orang Lain"),
        officers=officers,
    )


def make_draft_application(cast: Cast, at: datetime = NOON, **who: User) -> Application:
    """Return a filled draft of the applicant."""
    applicant = who.get("applicant", cast.applicant)
    return samples.draft(cast.service, applicant, at)


def make_submitted(cast: Cast, at: datetime = NOON, **who: User) -> Application:
    """Return a sent file that waits for the front office."""
    return samples.reload(samples.submit(make_draft_application(cast, at, **who), at))


def make_accepted(cast: Cast, at: datetime = NOON, **who: User) -> Application:
    """Return a file declared complete and correct ``at`` this instant: its clock runs."""
    return samples.act(make_submitted(cast, at, **who), at)


def at_step(cast: Cast, kind: StepKind, at: datetime = NOON, **who: User) -> Application:
    """Return an accepted file that lies at the step of ``kind``."""
    if kind in (StepKind.NUMBER, StepKind.HAND_OVER):
        make_keys(cast)
    return samples.advance(make_accepted(cast, at, **who), kind, at)


def make_keys(cast: Cast) -> None:
    """Give the office a signing key: made once in a run, copied from then on (a key takes long)."""
    folder = Path(settings.SIGNING_DIR)
    first = folder / f"{_FIRST_KEY}.p12"
    if not first.exists():
        call_command("make_signing_authority", office=[_FIRST_KEY], verbosity=0)
    for ending in (".p12", ".passphrase"):
        shutil.copy2(first.with_suffix(ending), (folder / cast.office.code).with_suffix(ending))
    look_at_keys(timezone.now())


def lose_keys(cast: Cast) -> None:
    """Take the signing key of the office away; another test may have made one."""
    for ending in (".p12", ".passphrase"):
        (Path(settings.SIGNING_DIR) / cast.office.code).with_suffix(ending).unlink(missing_ok=True)
    look_at_keys(timezone.now())


def make_issued(cast: Cast, at: datetime = NOON, **who: User) -> Application:
    """Return a file whose permit is issued and waits for collection."""
    return at_step(cast, StepKind.HAND_OVER, at, **who)


def make_completed(cast: Cast, at: datetime = NOON, **who: User) -> Application:
    """Return a file that was handed over."""
    return samples.advance(make_issued(cast, at, **who), None, at)
