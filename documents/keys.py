"""The signing key of an office, in words for those who look after it.

Only the signing worker can read the keys. It records what it sees in a row (:class:`SigningKey`)
when it starts, once a minute and after each signature; pages, checks and other processes read the
row. An office that is made in the pages has no key until the operator of the server puts one there
(docs/certificates.md). Its page, publishing, the desk that signs and the administrators are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Office
from authority.models import OperatorAct
from authority.services import operator
from documents.key_files import DEMO_AUTHORITY, DEMO_MARKER
from documents.models import SigningKey
from documents.signing import (
    KeyProblem,
    LocalKeySigner,
    SigningError,
    SigningKeyMissing,
    signer_for,
)
from workflow import admin_tasks
from workflow.domain.dates import long_date, moment
from workflow.models import Heartbeat
from workflow.sweeps import SweepResult, sweep

LOOK = "documents.look_at_keys"
ENDS_SOON = timedelta(days=60)  # an issuer takes weeks
STALE_AFTER = timedelta(minutes=15)  # the worker looks once a minute
_SILENT_TASK = "signing-worker"

_PROBLEMS = {
    KeyProblem.MISSING: gettext_lazy(
        "Belum ada kunci tanda tangan (%(file)s). Minta kuncinya di halaman kunci unit ini, atau "
        "lewat pengelola server."
    ),
    KeyProblem.LOCKED: gettext_lazy(
        "Kata sandi kunci tanda tangan belum dipasang di server, di samping %(file)s."
    ),
    KeyProblem.UNREADABLE: gettext_lazy(
        "Kunci tanda tangan %(file)s tidak dapat dibuka: berkasnya rusak atau kata sandinya salah."
    ),
    KeyProblem.WEAK: gettext_lazy(
        "Kunci tanda tangan %(file)s terlalu lemah atau tanpa sertifikat. Minta kunci baru: RSA "
        "3072 bit, P-256, atau lebih."
    ),
    KeyProblem.OUT_OF_DATE: gettext_lazy(
        "Sertifikat kunci tanda tangan %(file)s hanya berlaku %(first)s sampai %(last)s. Minta "
        "kunci baru."
    ),
    KeyProblem.UNTRUSTED: gettext_lazy(
        "Penerbit sertifikat kunci tanda tangan %(file)s tidak dikenal portal. Minta pengelola "
        "server memasang sertifikat penerbitnya sebagai ca.pem."
    ),
}
_NEVER = gettext_lazy(
    "Kunci tanda tangan belum pernah diperiksa. Jika tetap begini lebih dari beberapa menit, minta "
    "pengelola server menyalakan proses penanda tangan."
)
_STALE = gettext_lazy(
    "Proses penanda tangan di server tidak memberi kabar: kunci terakhir diperiksa %(when)s. Minta "
    "pengelola server menyalakannya lagi."
)
admin_tasks.add(
    {
        "signing_key": pgettext_lazy(
            "admin task",
            "%(office_name)s belum dapat menandatangani, padahal ada dokumen yang menunggu. "
            "%(problem)s",
        ),
        "signing_key_ends": pgettext_lazy(
            "admin task",
            "Kunci tanda tangan %(office_name)s berakhir %(last)s. Minta kunci baru sekarang: "
            "penerbit sertifikat perlu waktu.",
        ),
        "signing_worker": pgettext_lazy(
            "admin task",
            "Proses penanda tangan di server tidak memberi kabar sejak %(when)s. Dokumen dan surat "
            "yang sudah disetujui menunggu sampai pengelola server menyalakannya lagi.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class KeyState:
    """Whether an office can sign. ``problem`` is a sentence; "" for a key that can be used."""

    problem: str = ""
    signer_name: str = ""
    serial: str = ""
    valid_until: datetime | None = None
    looked_at: datetime | None = None
    is_demo: bool = False
    ends_soon: bool = False

    @property
    def meaning(self) -> str:
        """How it is shown: good, attention (it works, but look at it) or late (it does not)."""
        if self.problem:
            return "late"
        return "attention" if self.is_demo or self.ends_soon else "good"

    @property
    def usable(self) -> bool:
        """Whether documents of the office can be signed now."""
        return not self.problem


def key_state(office: Office, at: datetime) -> KeyState:
    """Return the recorded state of the key of ``office``, read at the instant ``at``."""
    return state_of(SigningKey.objects.filter(office=office).first(), office, at)


def state_of(row: SigningKey | None, office: Office, at: datetime) -> KeyState:
    """Return the state of the key ``row`` of ``office``, which has been read already."""
    if row is None:
        return KeyState(str(_NEVER))
    if at - row.looked_at > STALE_AFTER:
        problem = str(_STALE) % {"when": moment(row.looked_at, office.zone)}
    else:
        problem = _sentence(row, office, at)
    return KeyState(
        problem,
        row.subject,
        row.serial,
        row.valid_until,
        row.looked_at,
        row.is_demo,
        _ends_soon(row, at),
    )


def _ends_soon(row: SigningKey, at: datetime) -> bool:
    return row.valid_until is not None and at <= row.valid_until < at + ENDS_SOON


def look_at_keys(at: datetime) -> SweepResult:
    """Record the state of the key of every permit office. Only where the keys can be read."""
    keys = Office.objects.public().order_by("pk").values_list("pk", flat=True)
    return sweep(LOOK, keys, lambda pk: look_at_key(Office.objects.get(pk=pk), at))


def look_at_key(office: Office, at: datetime) -> bool:
    """Record the state of the key of ``office``; a task says when it will end soon."""
    row = _record(office, at)
    key = f"signing-key-ends:{office.pk}"
    if row.problem or row.valid_until is None or not _ends_soon(row, at):
        admin_tasks.close_task(key, at=at)
        return True
    last = long_date(office.local_date(row.valid_until))
    path = reverse("documents:key", args=[office.code])
    facts = {"office_name": office.short_name, "last": last}
    admin_tasks.open_task(key, "signing_key_ends", at=at, office=office, path=path, **facts)
    return True


def watch_key(office: Office, at: datetime, error: Exception | None = None) -> None:
    """Record the key, and open the administrators' task when it could not be used; else close it.

    To be called after each try to sign for ``office``, by the process that tried.
    """
    key = f"signing-key:{office.pk}"
    if error is not None and not isinstance(error, SigningError):
        return
    row = _record(office, at)
    if error is None:
        admin_tasks.close_task(key, at=at)
        return
    admin_tasks.open_task(
        key,
        "signing_key",
        at=at,
        office=office,
        path=reverse("documents:key", args=[office.code]),
        office_name=office.short_name,
        problem=_sentence(row, office, at) or _("Tanda tangan ditolak: lihat catatan sistem."),
    )


def watch_signing_worker(at: datetime) -> bool:
    """Open a task when the signing worker has been silent; close it when it looks at keys again.

    Returns whether it is silent. For a process that does not sign itself.
    """
    row, _new = Heartbeat.objects.get_or_create(sweep=LOOK, defaults={"started_at": at})
    last = row.finished_at or row.started_at
    if at - last <= STALE_AFTER:
        admin_tasks.close_task(_SILENT_TASK, at=at)
        return False
    office = Office.objects.order_by("pk").first()
    when = moment(last, office.zone) if office else str(last)
    admin_tasks.open_task(_SILENT_TASK, "signing_worker", at=at, when=when)
    return True


def _record(office: Office, at: datetime) -> SigningKey:
    """Look at the key and keep what was seen, unless somebody has looked later; return it."""
    values: dict[str, object] = dict.fromkeys(("problem", "subject", "serial", "fingerprint"), "")
    values |= {"valid_from": None, "valid_until": None, "looked_at": at, "is_demo": False}
    try:
        signer = signer_for(office.code)
    except SigningKeyMissing as error:
        values["problem"] = error.problem
        del values["fingerprint"]  # the last key stays known: another one in its place is told
    else:
        values |= {
            "subject": signer.name[:200],
            "serial": signer.serial,
            "fingerprint": signer.fingerprint,
            "valid_from": signer.valid_from,
            "valid_until": signer.valid_until,
            "is_demo": _is_demo(signer),
        }
        if signer.problem_at(at) == KeyProblem.UNTRUSTED:
            values["problem"] = KeyProblem.UNTRUSTED
    row, new = SigningKey.objects.get_or_create(office=office, defaults=values)
    # far ahead of now only after the clock was put back
    earlier = Q(looked_at__lte=at) | Q(looked_at__gt=at + STALE_AFTER)
    if not new and SigningKey.objects.filter(earlier, pk=row.pk).update(**values):
        _tell_of_another(row, values, at)
    return SigningKey(office=office, **values)


def _is_demo(signer: LocalKeySigner) -> bool:
    """Whether the key was made for a demonstration; one that another issuer certified was not."""
    folder = Path(settings.SIGNING_DIR)
    authority = folder / DEMO_AUTHORITY
    if not (folder / DEMO_MARKER).exists():
        return False
    return not authority.exists() or signer.is_issued_by(authority.read_bytes())


def _tell_of_another(before: SigningKey, now: dict[str, object], at: datetime) -> None:
    """Record and tell that another key is in use, unless a command has recorded it with names."""
    if not before.fingerprint or now.get("fingerprint", before.fingerprint) == before.fingerprint:
        return
    detail = key_detail(str(now["subject"]), str(now["serial"]))
    known = OperatorAct.objects.filter(what=OperatorAct.What.KEY, office=before.office)
    if not known.filter(detail=detail).exists():
        operator.record(OperatorAct.What.KEY, names=[], at=at, office=before.office, detail=detail)


def key_detail(subject: str, serial: str) -> str:
    """Return how a key is named in the record of what was done by command."""
    return f"{subject}, {serial}"[:300]


def _sentence(row: SigningKey, office: Office, at: datetime) -> str:
    facts = {"file": f"{office.code}.p12"}
    if row.problem:
        return str(_PROBLEMS[KeyProblem(row.problem)]) % facts
    if row.valid_from and row.valid_until and not row.valid_from <= at <= row.valid_until:
        facts["first"] = long_date(office.local_date(row.valid_from))
        facts["last"] = long_date(office.local_date(row.valid_until))
        return str(_PROBLEMS[KeyProblem.OUT_OF_DATE]) % facts
    return ""
