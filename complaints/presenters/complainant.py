"""Labels of statuses and events for the complainant."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.domain.lifecycle import Event, Status

_WAIT = _("Anda tidak perlu berbuat apa-apa. Anda boleh menambah keterangan.")

_RATE = _("Baca jawabannya di bawah ini, lalu beri nilai.")

# tone, label, next action
_STATES: Mapping[str, tuple[str, Promise, Promise]] = {
    Status.UNDECIDED: ("neutral", _("Petugas memutuskan: pengaduan atau saran"), _WAIT),
    Status.RECEIVED: ("neutral", _("Diterima, sedang diperiksa kelengkapannya"), _WAIT),
    Status.INCOMPLETE: (
        "attention",
        _("Belum lengkap: Anda diminta melengkapi"),
        _("Tulis atau unggah yang diminta di bawah ini."),
    ),
    Status.STUDIED: ("neutral", _("Sedang ditelaah"), _WAIT),
    Status.DRAFTED: ("neutral", _("Jawaban sedang disusun dan diperiksa"), _WAIT),
    Status.APPROVED: ("neutral", _("Jawaban disetujui dan segera disampaikan"), _WAIT),
    Status.ANSWERED: (
        "good",
        _("Sudah dijawab"),
        _("Baca jawabannya di bawah ini."),
    ),
    Status.SUGGESTION: ("neutral", _("Saran diterima, belum dijawab"), _WAIT),
    Status.THANKED: ("good", _("Saran sudah dijawab"), _("Baca jawabannya di bawah ini.")),
    Status.MERGED: (
        "neutral",
        _("Digabung dengan laporan lain tentang hal yang sama"),
        _("Jawaban atas laporan itu juga jawaban untuk Anda dan tampil di sini."),
    ),
    Status.WITHDRAWN: (
        "neutral",
        pgettext_lazy("complaint", "Dicabut"),
        _("Laporan ini tidak diteruskan."),
    ),
}

# events shown to the complainant; all others are internal
_EVENTS: Mapping[str, Promise] = {
    "masuk": _("Laporan diterima"),
    Event.ACCEPT: _("Ditangani sebagai pengaduan"),
    Event.TREAT_AS_SUGGESTION: _("Diperlakukan sebagai saran"),
    Event.ASK: _("Anda diminta melengkapi"),
    Event.COMPLETE: _("Dilengkapi"),
    Event.STUDY: _("Mulai ditelaah"),
    Event.ANSWER: _("Jawaban disampaikan"),
    Event.THANK: _("Jawaban disampaikan"),
    Event.REOPEN: _("Dibuka kembali"),
    Event.MERGE: _("Digabung dengan laporan lain tentang hal yang sama"),
    Event.WITHDRAW: pgettext_lazy("complaint", "Dicabut"),
}
# events whose note is written for or by the complainant
_PUBLIC_NOTES = frozenset(
    {Event.ACCEPT, Event.TREAT_AS_SUGGESTION, Event.ASK, Event.REOPEN, Event.WITHDRAW}
)


def state(status: str, *, to_rate: bool = False) -> tuple[str, str, str]:
    """Return tone, label and next action of a status; ``to_rate``: a rating is still awaited."""
    meaning, label, advice = _STATES[status]
    return meaning, str(label), str(_RATE if to_rate else advice)


def event_label(event: str) -> str:
    """Return the label of an event for the complainant; "" for internal events."""
    return str(_EVENTS.get(event, ""))


def visible_note(event: str, note: str) -> str:
    """Return the note of an event if the complainant may read it, else ""."""
    return note if event in _PUBLIC_NOTES else ""
