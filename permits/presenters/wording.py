"""The texts of a status, for the applicant and for the officer.

A text gives the next action of its reader. Each function returns one of the four meanings (good,
attention, late, neutral) and a sentence that is short enough for a list.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permits.domain.lifecycle import Status
from permits.models import Application
from permits.selectors import awaits_signature, open_refusal
from permits.step_kinds import REFUSAL_WORK, STEP_KINDS, Waiting, desk_work
from standards.domain.steps import StepKind

Words = tuple[str, str | Promise]
DECLARATION = _(
    "Saya menyatakan bahwa data dan berkas yang saya kirim benar, dan saya bersedia "
    "menanggung akibat hukumnya bila ternyata tidak benar."
)

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
_SIGNING: Words = ("neutral", _("Sedang ditandatangani secara elektronik"))
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


def for_applicant(application: Application, at: datetime | None = None) -> tuple[str, str]:
    """Return meaning and sentence for the applicant; ``at`` decides whether the office is late."""
    status = Status(application.status)
    words = _APPLICANT[status]
    if waiting := _waiting(application):
        words = ("attention", waiting.sentence)
    elif _late(application, at):
        words = _APPLICANT_LATE
    return words[0], str(words[1])


def for_officer(application: Application, at: datetime | None = None) -> tuple[str, str]:
    """Return meaning and sentence for officers; a running application past its due date is late."""
    status = Status(application.status)
    meaning, sentence = _OFFICER[status]
    work = desk_work(_kind(application) or "")
    if _kind(application) is StepKind.SIGN and open_refusal(application) is not None:
        meaning, sentence = "attention", REFUSAL_WORK.sentence
    elif status in (Status.IN_PROCESS, Status.ISSUED) and work is not None and work.sentence:
        meaning, sentence = "neutral", work.sentence
    return "late" if _late(application, at) else meaning, str(sentence)


def _kind(application: Application) -> StepKind | None:
    visit = application.current_step
    return StepKind(visit.step.kind) if visit is not None else None


def at_the_desk(application: Application, at: datetime, *, mine: bool = True) -> tuple[str, str]:
    """Return the same for pages of the desk, which also show that a signature is being made.

    Only who can act is told what to do (``mine``); others read what happens.
    """
    if awaits_signature(application):
        return _SIGNING[0], str(_SIGNING[1])
    meaning, sentence = for_officer(application, at)
    return (meaning, sentence) if mine else _elsewhere(application, meaning, sentence)


def _elsewhere(application: Application, meaning: str, sentence: str) -> tuple[str, str]:
    """Return the words about an application at a desk of others."""
    kind = _kind(application)
    if kind is None:
        return meaning, sentence
    happens = STEP_KINDS[kind].stage or _OFFICER[Status.IN_PROCESS][1]
    if application.status == Status.ISSUED:
        happens = _("Izin terbit - belum diserahkan")
    return "neutral" if meaning == "attention" else meaning, str(happens)


def _waiting(application: Application) -> Waiting | None:
    """Return the texts of the step at which the applicant must act; ``None`` at any other."""
    kind = _kind(application)
    return STEP_KINDS[kind].waiting.get(Status(application.status)) if kind is not None else None


def _late(application: Application, at: datetime | None) -> bool:
    if at is None or application.status != Status.IN_PROCESS or application.due_at is None:
        return False
    return application.due_at <= at


# sentences for the public about a document that is not genuine
# what the comparison of a file found: title and sentence. These prove that it is not genuine
FALSE_FILES: dict[str, str | Promise] = {
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
}
# these leave open what the file is worth
UNDECIDED_FILES: dict[str, tuple[str | Promise, str | Promise]] = {
    "photo": (
        _("Foto tidak dapat dibandingkan"),
        _("Foto atau pindaian tidak memuat tanda tangan elektronik, asli ataupun tidak."),
    ),
    "not_a_pdf": (
        _("Berkas ini tidak dapat dibandingkan"),
        _("Yang dapat dibandingkan hanya PDF yang diterbitkan kantor; berkas ini bukan PDF."),
    ),
    "unsigned": (
        _("Pindaian atau cetakan tidak dapat dibandingkan"),
        _(
            "PDF ini tidak memuat tanda tangan elektronik: mungkin hasil pindai, cetak, atau "
            "simpan ulang. Berkas seperti ini tidak membuktikan apa pun."
        ),
    ),
    "unreadable": (
        _("Berkas ini tidak dapat dibaca"),
        _("Berkas ini rusak atau bukan PDF yang utuh. Unduh atau minta sekali lagi."),
    ),
    "too_large": (
        _("Berkas ini terlalu besar"),
        _("Dokumen dari portal ini jauh lebih kecil dari 10 MB; mungkin ini hasil pindai."),
    ),
    "too_heavy": (
        _("Belum dapat diperiksa"),
        _(
            "Berkas ini terlalu rumit untuk diperiksa di sini, jauh melebihi dokumen yang kami "
            "terbitkan."
        ),
    ),
    "lost": (
        _("Belum dapat diperiksa"),
        _("Portal belum dapat menerima berkas saat ini. Coba lagi beberapa saat lagi."),
    ),
    "no_anchors": (
        _("Belum dapat diperiksa"),
        _("Portal belum dapat memeriksa tanda tangan saat ini. Coba lagi nanti."),
    ),
}
PAPER_INSTEAD = _(
    "Pegang kertas atau fotonya? Pindai kode QR-nya, atau ketik nomor atau kode yang tercetak. "
    "Untuk membandingkan isinya, minta PDF asli dari pemegangnya."
)
NOT_IN_REGISTER = _(
    "Tanda tangannya sah, tetapi berkas ini tidak tercatat dalam register dokumen izin. Surat lain "
    "dari kantor tidak tercatat di sini; tanyakan kepada kantornya."
)

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
        "Alasan penolakan dapat dibaca pemohon di akunnya. Permohonan baru boleh diajukan."
    ),
    Status.WITHDRAWN: _("Tidak. Pemohon menarik permohonan ini."),
    Status.LAPSED: _(
        "Permohonan ini gugur karena tidak dilengkapi sampai batas waktunya. Permohonan baru "
        "boleh diajukan."
    ),
}
_ADVICE_LATE = _(
    "Tidak. Kantor melewati tanggal yang dijanjikannya. Anda berhak menanyakan sebabnya atau "
    "menyampaikan pengaduan kepada kantor."
)


def advice(application: Application, at: datetime | None = None) -> str:
    """Return the answer to "must I do anything?"."""
    if waiting := _waiting(application):
        return str(waiting.advice)
    return str(_ADVICE_LATE if _late(application, at) else _ADVICE[Status(application.status)])
