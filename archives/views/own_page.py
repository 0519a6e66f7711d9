"""What "Data saya" shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from archives import selectors
from archives.models import DataCopy, DataRequest
from archives.policies import may_change_account
from archives.schedule import files_of, kept_until
from notices.models import Notice
from permits.models import Application, Opening
from permits.presenters import wording

SHOWN = 50  # files and openings; the copy holds all


@dataclass(frozen=True, slots=True)
class FileLine:
    """One application: what it is, and until when it is kept (``None``: not closed yet)."""

    application: Application
    meaning: str
    sentence: str
    kept_until: date | None


@dataclass(frozen=True, slots=True)
class OwnData:
    """The page: facts of the account, files, openings, and how much of the rest there is."""

    facts: list[dict[str, object]]
    files: list[FileLine]
    openings: list[Opening]
    messages: int
    logins: int
    last_login: Any
    factors: int
    requests: list[DataRequest]
    copies: list[DataCopy]


def own_data(user: User, at: datetime) -> OwnData:
    """Return what the portal keeps about ``user``."""
    logins = selectors.logins_of(user)
    return OwnData(
        facts=_facts(user),
        files=_files(user, at),
        openings=_openings(user),
        messages=Notice.objects.visible_to(user).count(),
        logins=logins.count(),
        last_login=logins.first(),
        factors=selectors.factors_of(user).count(),
        requests=list(_requests(user)),
        copies=list(DataCopy.objects.of(user).filter(expires_at__gt=at)),
    )


def _facts(user: User) -> list[dict[str, object]]:
    change = reverse("archives:change") if may_change_account(user) else ""
    rows: list[dict[str, object]] = [
        {"label": _("Nama lengkap"), "value": user.full_name, "url": change},
        {"label": _("Alamat e-mail"), "value": user.email, "url": reverse("account_email")},
        {"label": _("Nomor telepon"), "value": user.phone, "url": change},
        {"label": _("Akun dibuat"), "value": user.date_joined.date()},
    ]
    if user.employee_number:
        rows.append({"label": "NIP", "value": user.employee_number})
    return rows


def _files(user: User, at: datetime) -> list[FileLine]:
    rows = files_of(user).select_related("office", "service", "certificate", "current_step__step")
    found = list(rows.order_by("-created_at")[:SHOWN])
    schedules: dict[int, Any] = {}
    lines = []
    for row in found:
        if row.office_id not in schedules:
            schedules[row.office_id] = selectors.schedule(row.office, row.office.local_date(at))
        meaning, sentence = wording.for_applicant(row, at)
        if row.deleted_at is not None:
            meaning, sentence = "neutral", _("Tersimpan sebagai arsip")
        lines.append(FileLine(row, meaning, sentence, kept_until(row, schedules[row.office_id])))
    return lines


def _openings(user: User) -> list[Opening]:
    return list(selectors.openings_to(user).select_related("application__office")[:SHOWN])


def _requests(user: User) -> Any:
    return DataRequest.objects.of(user).select_related("office", "application")[:SHOWN]
