"""The signing key of an office, in words for those who look after it.

An office that is made in the pages has no key until the operator of the server puts one there
(docs/certificates.md). Its page, publishing, the desk that signs and the administrators are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Office
from documents.signing import KeyProblem, SigningError, SigningKeyMissing, signer_for
from workflow import admin_tasks
from workflow.domain.dates import long_date

_PROBLEMS = {
    KeyProblem.MISSING: gettext_lazy(
        "Belum ada kunci tanda tangan. Minta pengelola server memasang %(file)s di folder kunci."
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
admin_tasks.add(
    {
        "signing_key": pgettext_lazy(
            "admin task",
            "%(office_name)s belum dapat menandatangani, padahal ada dokumen yang menunggu. "
            "%(problem)s",
        )
    }
)


@dataclass(frozen=True, slots=True)
class KeyState:
    """Whether an office can sign. ``problem`` is a sentence; "" for a key that can be used."""

    problem: str = ""
    signer_name: str = ""
    valid_until: datetime | None = None

    @property
    def usable(self) -> bool:
        """Whether documents of the office can be signed now."""
        return not self.problem


def key_state(office: Office, at: datetime) -> KeyState:
    """Return the state of the key of ``office`` at the instant ``at``."""
    facts = {"file": f"{office.code}.p12"}
    try:
        signer = signer_for(office.code)
    except SigningKeyMissing as error:
        return KeyState(str(_PROBLEMS[error.problem]) % facts)
    problem = signer.problem_at(at)
    if problem is not None:
        facts["first"] = long_date(office.local_date(signer.valid_from))
        facts["last"] = long_date(office.local_date(signer.valid_until))
        return KeyState(str(_PROBLEMS[problem]) % facts, signer.name, signer.valid_until)
    return KeyState("", signer.name, signer.valid_until)


def watch_key(office: Office, at: datetime, error: Exception | None = None) -> None:
    """Open the administrators' task after a signature failed for want of a key; else close it.

    To be called after each try to sign for ``office``, outside its transaction.
    """
    key = f"signing-key:{office.pk}"
    if error is None:
        admin_tasks.close_task(key, at=at)
        return
    if not isinstance(error, SigningError):
        return
    admin_tasks.open_task(
        key,
        "signing_key",
        at=at,
        office=office,
        path=reverse("admin:accounts_office_change", args=[office.pk]),
        office_name=office.short_name,
        problem=key_state(office, at).problem or _("Tanda tangan ditolak: lihat catatan sistem."),
    )
