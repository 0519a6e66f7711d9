"""Labels of statuses and events, and the promised day, for officers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from complaints.domain.lifecycle import Event, Status
from complaints.models import Complaint
from complaints.presenters.deadlines import deadline_of
from permits.presenters.deadlines import Promise
from workflow.domain.workdays import WorkCalendar

Words = tuple[str, str | LazyText]

STANDING: dict[str, Words] = {
    Status.UNDECIDED: ("attention", _("Putuskan: pengaduan atau saran")),
    Status.RECEIVED: ("attention", _("Periksa kelengkapan, lalu mulai telaah")),
    Status.INCOMPLETE: ("neutral", _("Menunggu pengadu melengkapi")),
    Status.STUDIED: ("attention", _("Telaah, lalu susun jawaban")),
    Status.DRAFTED: ("neutral", _("Jawaban menunggu persetujuan")),
    Status.APPROVED: ("attention", _("Jawaban disetujui: kirim sekarang")),
    Status.ANSWERED: ("good", _("Sudah dijawab")),
    Status.SUGGESTION: ("attention", _("Saran: jawab dengan ucapan terima kasih")),
    Status.THANKED: ("good", _("Saran sudah dijawab")),
    Status.MERGED: ("neutral", _("Digabung ke pengaduan lain")),
    Status.WITHDRAWN: ("neutral", _("Dicabut pengadu")),
}

BEING_SENT: Words = ("neutral", _("Jawaban sedang dikirim"))  # approved; the portal delivers it

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
    "saluran_lain": ("neutral", _("Jawaban disampaikan lewat saluran lain")),
    "sedang_dikirim": ("neutral", _("Jawaban dikirim; menunggu bukti terkirim")),
    "tanggal_bergeser": ("attention", _("Kalender berubah; tanggal dihitung ulang")),
    "tidak_terkirim": ("late", _("Jawaban tidak terkirim")),
}

APIP_ASKED: Words = ("attention", _("Permintaan pelibatan APIP: beri keputusan"))


def standing(complaint: Any, *, being_sent: bool, heads: bool) -> tuple[str, str]:
    """Return tone and text of a complaint in a list (rows of ``with_apip_asked``).

    ``being_sent``: the portal delivers its answer; ``heads``: the reader heads its office.
    """
    if heads and complaint.apip_asked:
        tone, text = APIP_ASKED
    else:
        tone, text = BEING_SENT if being_sent else STANDING[complaint.status]
    return tone, str(text)


def happened(event: str) -> Words:
    """Return tone and label of an event; an unknown event is shown by its code."""
    return EVENTS.get(event, ("neutral", event.replace("_", " ")))


def promise_of(complaint: Complaint, at: datetime, calendar: WorkCalendar) -> Promise | None:
    """Return the day promised for the answer, and how many working days are left of it."""
    status = deadline_of(complaint, at, calendar)
    return Promise.of(status, audience="officer") if status.due_on else None
