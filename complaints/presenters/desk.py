"""Labels of statuses and events, and the promised day, for officers."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from complaints.domain.lifecycle import Event, Status
from complaints.models import Complaint
from complaints.presenters.deadlines import deadline_of
from permits.presenters.deadlines import Promise
from workflow.domain.workdays import WorkCalendar

Words = tuple[str, str | LazyText]

_STATUS_TEXTS: dict[str, Words] = {
    Status.UNDECIDED: ("neutral", _("Menunggu keputusan: pengaduan atau saran")),
    Status.RECEIVED: ("neutral", _("Diterima, menunggu pemeriksaan kelengkapan")),
    Status.INCOMPLETE: ("neutral", _("Menunggu pengadu melengkapi")),
    Status.STUDIED: ("neutral", _("Sedang ditelaah")),
    Status.DRAFTED: ("neutral", _("Jawaban menunggu persetujuan")),
    Status.APPROVED: ("neutral", _("Jawaban disetujui, menunggu dikirim")),
    Status.ANSWERED: ("good", _("Sudah dijawab")),
    Status.SUGGESTION: ("neutral", _("Saran menunggu jawaban")),
    Status.THANKED: ("good", _("Saran sudah dijawab")),
    Status.MERGED: ("neutral", _("Digabung ke pengaduan lain")),
    Status.WITHDRAWN: ("neutral", _("Dicabut pengadu")),
}

# what the state asks of whoever acts next, and of nobody else
_TASKS: dict[str, LazyText] = {
    Status.UNDECIDED: _("Putuskan: pengaduan atau saran"),
    Status.RECEIVED: _("Periksa kelengkapan, lalu mulai telaah"),
    Status.STUDIED: _("Telaah, lalu susun jawaban"),
    Status.DRAFTED: _("Konsep jawaban: setujui atau kembalikan"),
    Status.APPROVED: _("Jawaban disetujui: kirim sekarang"),
    Status.SUGGESTION: _("Saran: jawab dengan ucapan terima kasih"),
}

_BEING_SENT: Words = ("neutral", _("Jawaban sedang dikirim"))  # approved; the portal delivers it

EVENTS: dict[str, Words] = {
    "masuk": ("neutral", _("Laporan masuk")),
    Event.ACCEPT: ("good", _("Diputuskan ditangani sebagai pengaduan")),
    Event.TREAT_AS_SUGGESTION: ("attention", _("Diperlakukan sebagai saran")),
    Event.ASK: ("attention", _("Pengadu diminta melengkapi")),
    Event.COMPLETE: ("neutral", _("Dilengkapi")),
    Event.STUDY: ("neutral", _("Dinyatakan lengkap; telaah dimulai")),
    Event.DRAFT: ("neutral", _("Konsep jawaban diajukan")),
    Event.SEND_BACK: ("attention", _("Konsep jawaban dikembalikan")),
    Event.APPROVE: ("good", _("Jawaban disetujui semua jenjang")),
    Event.ANSWER: ("good", _("Jawaban tersampaikan")),
    Event.REOPEN: ("attention", _("Dibuka kembali oleh pengadu")),
    Event.THANK: ("good", _("Saran dijawab")),
    Event.MERGE: ("neutral", _("Digabung ke pengaduan lain")),
    Event.WITHDRAW: ("neutral", _("Pengaduan dicabut")),
    "klasifikasi": ("neutral", _("Digolongkan")),
    "penanggung_jawab": ("neutral", _("Penanggung jawab ditetapkan")),
    "tautkan": ("neutral", _("Ditautkan dengan laporan lain")),
    "gabungan_masuk": ("neutral", _("Laporan lain digabung ke sini")),
    "minta_apip": ("attention", _("Persetujuan pelibatan APIP diminta")),
    "putusan_apip": ("attention", _("Pelibatan APIP diputuskan")),
    "laporkan_ke_atasan": ("attention", _("Dilaporkan kepada atasan")),
    "lewat_ke_atasan": ("late", _("Lewat waktu: dilaporkan kepada atasan")),
    "saluran_lain": ("neutral", _("Jawaban disampaikan lewat saluran lain")),
    "sedang_dikirim": ("neutral", _("Jawaban dikirim; menunggu bukti terkirim")),
    "tanggal_bergeser": ("attention", _("Kalender berubah; tanggal dihitung ulang")),
    "tidak_terkirim": ("late", _("Jawaban tidak terkirim")),
}

_APIP_ASKED: Words = ("attention", _("Permintaan pelibatan APIP: beri keputusan"))


def status_text(status: str, *, mine: bool, being_sent: bool, apip_asked: bool) -> tuple[str, str]:
    """Return tone and text of a complaint; only who acts next is told what to do.

    ``mine``: the reader acts next; ``being_sent``: the portal delivers its answer; ``apip_asked``:
    the reader is the head and is asked for consent to involve APIP.
    """
    if apip_asked:
        tone, text = _APIP_ASKED
    elif being_sent:
        tone, text = _BEING_SENT
    elif mine and status in _TASKS:
        tone, text = "attention", _TASKS[status]
    else:
        tone, text = _STATUS_TEXTS[status]
    return tone, str(text)


def whose_turn(complaint: Complaint, user: User, seats: Container[int]) -> bool:
    """Whether ``user``, who holds ``seats``, acts next: the desk it lies on, else its owner."""
    if complaint.desk_id is not None:
        return complaint.desk_id in seats
    return complaint.owner_id == user.pk


def channel_words(complaint: Complaint) -> str:
    """Return how it came: the kind, and the printed name if that says more."""
    kind, printed = str(complaint.get_channel_display()), complaint.printed_channel
    if printed is None or _plain(printed.label) == _plain(kind):
        return kind
    return printed.label if _plain(kind) in _plain(printed.label) else f"{kind} ({printed.label})"


def _plain(words: str) -> str:
    return words.replace("-", "").replace(" ", "").lower()


def shown_at(complaint: Complaint, at: datetime) -> date | datetime:
    """Return an instant of the sender as it is shown: of a nameless report only the day is kept."""
    return at if complaint.has_identity else complaint.office.local_date(at)


def happened(event: str) -> Words:
    """Return tone and label of an event; an unknown event is shown by its code."""
    return EVENTS.get(event, ("neutral", event.replace("_", " ")))


def promise_of(complaint: Complaint, at: datetime, calendar: WorkCalendar) -> Promise | None:
    """Return the day promised for the answer, and how many working days are left of it."""
    status = deadline_of(complaint, at, calendar)
    return Promise.of(status, audience="officer") if status.due_on else None
