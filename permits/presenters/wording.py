"""One state, two readers: what a status tells the applicant, and what it tells the officer.

A status says what its reader may do next. Each function returns one of the four meanings (good,
attention, late, neutral) and a sentence that is short enough to stand in a list.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permits.domain.lifecycle import Status
from permits.models import Application
from permits.selectors import awaits_signature
from standards.domain.steps import StepKind

Words = tuple[str, str | Promise]

_APPLICANT: dict[Status, Words] = {
    Status.DRAFT: ("neutral", _("Konsep - lanjutkan mengisi, lalu kirim")),
    Status.SUBMITTED: ("neutral", _("Sudah dikirim - kantor memeriksa kelengkapan berkas")),
    Status.INCOMPLETE: ("attention", _("Belum lengkap - perbaiki, lalu kirim kembali")),
    Status.RETURNED: ("attention", _("Dikembalikan - perbaiki, lalu kirim kembali")),
    Status.IN_PROCESS: ("neutral", _("Sedang diproses - tunggu kabar dari kantor")),
    Status.ISSUED: ("good", _("Izin terbit - unduh sekarang")),
    Status.COMPLETED: ("good", _("Selesai - dokumen sudah Anda terima")),
    Status.REJECTED: ("late", _("Ditolak - baca alasannya")),
    Status.WITHDRAWN: ("neutral", _("Ditarik - Anda dapat mengajukan lagi")),
    Status.LAPSED: ("late", _("Gugur karena tidak dilengkapi - Anda dapat mengajukan lagi")),
}
# the applicant is waited for although the office has the file
_APPLICANT_AT: dict[tuple[Status, StepKind], Words] = {
    (Status.IN_PROCESS, StepKind.PAY): ("attention", _("Diproses - lunasi retribusi")),
    (Status.IN_PROCESS, StepKind.SURVEY): ("attention", _("Diproses - isi kuesioner")),
    (Status.ISSUED, StepKind.SURVEY): (
        "attention",
        _("Izin terbit - isi kuesioner, lalu unduh"),
    ),
}
_APPLICANT_LATE: Words = ("late", _("Sedang diproses - kantor terlambat"))

_OFFICER: dict[Status, Words] = {
    Status.DRAFT: ("neutral", _("Konsep pemohon - belum dikirim")),
    Status.SUBMITTED: ("attention", _("Berkas masuk - periksa kelengkapan")),
    Status.INCOMPLETE: ("neutral", _("Belum lengkap - menunggu pemohon")),
    Status.RETURNED: ("neutral", _("Dikembalikan - menunggu pemohon")),
    Status.IN_PROCESS: ("neutral", _("Sedang diproses")),
    Status.ISSUED: ("good", _("Izin terbit - serahkan kepada pemohon")),
    Status.COMPLETED: ("good", _("Selesai - sudah diserahkan")),
    Status.REJECTED: ("neutral", _("Ditolak - berkas ditutup")),
    Status.WITHDRAWN: ("neutral", _("Ditarik pemohon - berkas ditutup")),
    Status.LAPSED: ("neutral", _("Gugur, tidak dilengkapi pemohon - berkas ditutup")),
}
_OFFICER_AT: dict[StepKind, str | Promise] = {
    StepKind.CHECK: _("Diproses - periksa kembali kelengkapan"),
    StepKind.WORK: _("Diproses - kerjakan, lalu teruskan"),
    StepKind.INSPECT: _("Diproses - tinjau dan tulis berita acara"),
    StepKind.PAY: _("Diproses - catat pembayaran"),
    StepKind.DRAFT: _("Diproses - susun konsep dokumen"),
    StepKind.INITIAL: _("Diproses - baca konsep, lalu paraf"),
    StepKind.SIGN: _("Diproses - baca konsep, lalu tanda tangani"),
    StepKind.NUMBER: _("Ditandatangani - beri nomor dan terbitkan"),
    StepKind.SURVEY: _("Menunggu kuesioner dari pemohon"),
}
# what a step asks of the officer, in three words
TASKS: dict[StepKind, str | Promise] = {
    StepKind.CHECK: _("Periksa kelengkapan"),
    StepKind.WORK: _("Kerjakan dan teruskan"),
    StepKind.INSPECT: _("Tinjau dan tulis berita acara"),
    StepKind.PAY: _("Catat pembayaran"),
    StepKind.DRAFT: _("Susun konsep"),
    StepKind.INITIAL: _("Paraf konsep"),
    StepKind.SIGN: _("Tanda tangani"),
    StepKind.NUMBER: _("Catat nomor"),
    StepKind.SURVEY: _("Tunggu kuesioner"),
    StepKind.HAND_OVER: _("Serahkan dokumen"),
}
_SIGNING: Words = ("neutral", _("Sedang ditandatangani secara elektronik"))


def for_applicant(application: Application, at: datetime | None = None) -> tuple[str, str]:
    """Return meaning and sentence for the applicant; ``at`` lets it say that the office is late."""
    status = Status(application.status)
    words = _APPLICANT[status]
    kind = _kind(application)
    if kind is not None and (status, kind) in _APPLICANT_AT:
        words = _APPLICANT_AT[status, kind]
    elif _late(application, at):
        words = _APPLICANT_LATE
    return words[0], str(words[1])


def for_officer(application: Application, at: datetime | None = None) -> tuple[str, str]:
    """Return meaning and sentence for officers; past its day a running file is late."""
    status = Status(application.status)
    meaning, sentence = _OFFICER[status]
    kind = _kind(application)
    if status in (Status.IN_PROCESS, Status.ISSUED) and kind in _OFFICER_AT:
        meaning, sentence = "neutral", _OFFICER_AT[kind]
    return "late" if _late(application, at) else meaning, str(sentence)


def at_the_desk(application: Application, at: datetime) -> tuple[str, str]:
    """Return the same for the pages of the desk, which also tell of a signature being made."""
    if awaits_signature(application):
        return _SIGNING[0], str(_SIGNING[1])
    return for_officer(application, at)


def _kind(application: Application) -> StepKind | None:
    visit = application.current_step
    return StepKind(visit.step.kind) if visit is not None else None


def _late(application: Application, at: datetime | None) -> bool:
    if at is None or application.status != Status.IN_PROCESS or application.due_at is None:
        return False
    return application.due_at <= at


STEPS: dict[StepKind, str | Promise] = {
    StepKind.FILE: _("Permohonan dikirim"),
    StepKind.CHECK: _("Kelengkapan berkas diperiksa"),
    StepKind.INSPECT: _("Tim teknis meninjau"),
    StepKind.PAY: _("Retribusi dibayar"),
    StepKind.DRAFT: _("Konsep dokumen disusun"),
    StepKind.INITIAL: _("Konsep diperiksa dan diparaf"),
    StepKind.SIGN: _("Pimpinan menandatangani"),
    StepKind.NUMBER: _("Dokumen diberi nomor dan diterbitkan"),
    StepKind.SURVEY: _("Kuesioner kepuasan diisi"),
    StepKind.HAND_OVER: _("Dokumen diserahkan kepada pemohon"),
}
# what a stranger or an applicant may be told of a document that is not genuine
FILE_PROBLEMS: dict[str, str | Promise] = {
    "too_large": _("Berkas ini terlalu besar untuk menjadi dokumen izin dari portal ini."),
    "not_a_pdf": _(
        "Berkas ini bukan PDF. Foto, pindaian, dan hasil cetak tidak dapat dibandingkan."
    ),
    "unreadable": _("Berkas ini rusak atau bukan PDF yang utuh."),
    "unsigned": _("Berkas ini tidak memuat tanda tangan elektronik sama sekali."),
    "several_signatures": _(
        "Berkas ini memuat lebih dari satu tanda tangan; dokumen kami hanya satu."
    ),
    "broken_signature": _("Tanda tangan elektronik dalam berkas ini rusak."),
    "not_intact": _("Isi berkas ini berubah setelah ditandatangani."),
    "not_trusted": _(
        "Tanda tangan dalam berkas ini bukan milik kantor yang menerbitkan izin di sini."
    ),
    "not_entire_file": _("Ada bagian yang ditambahkan pada berkas ini setelah ditandatangani."),
    "modified": _("Berkas ini diubah setelah ditandatangani."),
    "too_heavy": _(
        "Berkas ini terlalu rumit untuk diperiksa di sini, jauh melebihi dokumen yang kami "
        "terbitkan."
    ),
    "lost": _("Portal belum dapat menerima berkas saat ini. Coba lagi beberapa saat lagi."),
    "no_anchors": _("Portal belum dapat memeriksa tanda tangan saat ini. Coba lagi nanti."),
}
NOT_IN_REGISTER = _("Berkas ini tidak tercatat dalam register dokumen yang diterbitkan portal ini.")

_WAIT = _("Tidak. Kantor sedang bekerja; kabar berikutnya dikirim ke alamat e-mail pemohon.")
_ADVICE: dict[Status, str | Promise] = {
    Status.DRAFT: _("Ya. Lengkapi isian dan berkas, lalu kirim permohonan."),
    Status.SUBMITTED: _WAIT,
    Status.INCOMPLETE: _(
        "Ya. Pemohon masuk ke akunnya, memperbaiki berkas yang ditandai, lalu mengirim kembali. "
        "Jangka waktu layanan belum berjalan."
    ),
    Status.RETURNED: _(
        "Ya. Pemohon masuk ke akunnya, memperbaiki berkas yang ditandai, lalu mengirim kembali. "
        "Sampai saat itu jangka waktu layanan berhenti."
    ),
    Status.IN_PROCESS: _WAIT,
    Status.ISSUED: _(
        "Ya. Pemohon masuk ke akunnya dan mengunduh dokumen, atau mengambilnya di loket kantor."
    ),
    Status.COMPLETED: _("Tidak. Dokumen sudah diserahkan; permohonan ini selesai."),
    Status.REJECTED: _(
        "Alasan penolakan dapat dibaca pemohon di akunnya. Permohonan baru boleh diajukan "
        "kapan saja."
    ),
    Status.WITHDRAWN: _("Tidak. Pemohon menarik permohonan ini."),
    Status.LAPSED: _(
        "Permohonan ini gugur karena tidak dilengkapi sampai batas waktunya. Permohonan baru "
        "boleh diajukan kapan saja."
    ),
}
_ADVICE_AT: dict[tuple[Status, StepKind], str | Promise] = {
    (Status.IN_PROCESS, StepKind.PAY): _(
        "Ya. Bayar retribusi menurut tagihan dari kantor. Setelah pembayaran dicatat, "
        "permohonan diproses lebih lanjut."
    ),
    (Status.IN_PROCESS, StepKind.SURVEY): _(
        "Ya. Pemohon masuk ke akunnya dan mengisi kuesioner kepuasan."
    ),
    (Status.ISSUED, StepKind.SURVEY): _(
        "Ya. Dokumen sudah terbit. Pemohon masuk ke akunnya dan mengisi kuesioner kepuasan; "
        "sesudah itu dokumen dapat diunduh."
    ),
}


_ADVICE_LATE = _(
    "Tidak. Kantor melewati tanggal yang dijanjikannya. Anda berhak menanyakan sebabnya atau "
    "menyampaikan pengaduan kepada kantor."
)


def advice(application: Application, at: datetime | None = None) -> str:
    """Return the answer to "must I do anything?"."""
    status, kind = Status(application.status), _kind(application)
    special = _ADVICE_AT.get((status, kind)) if kind is not None else None
    if special is None and _late(application, at):
        special = _ADVICE_LATE
    return str(special or _ADVICE[status])
