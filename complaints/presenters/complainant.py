"""Where a report stands and what happened to it, in the words of whoever sent it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.domain.lifecycle import Event, Status

_WAIT = _("Anda tidak perlu berbuat apa-apa. Anda boleh menambah keterangan.")

# meaning, what it is, what to do next
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
        _("Baca jawabannya di bawah ini, lalu beri nilai."),
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

# what of the history concerns whoever sent it; the rest is work inside the office
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
# the note of these was written for whoever sent it, or by them
_TOLD = frozenset(
    {Event.ACCEPT, Event.TREAT_AS_SUGGESTION, Event.ASK, Event.REOPEN, Event.WITHDRAW}
)


def state(status: str) -> tuple[str, str, str]:
    """Return meaning, state and what to do next."""
    meaning, words, advice = _STATES[status]
    return meaning, str(words), str(advice)


def happened(event: str) -> str:
    """Return what an event is called outside the office; "" if it concerns nobody there."""
    return str(_EVENTS.get(event, ""))


def told(event: str, note: str) -> str:
    """Return the note of an event if it is for whoever sent the report."""
    return note if event in _TOLD else ""
