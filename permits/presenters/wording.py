"""The texts of a status, for the applicant and for the officer.

A text gives the next action of its reader. Each function returns one of the four meanings (good,
attention, late, neutral) and a sentence that is short enough for a list. ``document`` in a sentence
is the permit, or a decision that ends one under its own title.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permits.domain.certificates import CertificateState
from permits.domain.lifecycle import Status
from permits.models import Application
from permits.presenters.deadlines import paused_step
from permits.selectors import (
    PaperAtStep,
    awaits_signature,
    certificate_of,
    missing_parts,
    open_refusal,
)
from permits.step_kinds import (
    REFUSAL_WORK,
    STEP_KINDS,
    WAITS_FOR_APPLICANT,
    Waiting,
    desk_work,
    paper_work,
)
from standards.domain.steps import StepClock, StepKind

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
    Status.ISSUED: ("good", _("%(document)s terbit - unduh sekarang")),
    Status.COMPLETED: ("good", _("Selesai - dokumen sudah Anda terima")),
    Status.REJECTED: ("late", _("Ditolak - baca alasannya")),
    Status.WITHDRAWN: ("neutral", _("Ditarik - Anda dapat mengajukan lagi")),
    Status.LAPSED: ("late", _("Gugur karena tidak dilengkapi - Anda dapat mengajukan lagi")),
}
# an issued document that an order ended; a permit that was replaced leaves the file as it was
_ENDED: dict[str, tuple[Words, Words]] = {
    CertificateState.REVOKED: (
        ("late", _("%(document)s dicabut - baca alasannya")),
        ("late", _("%(document)s dicabut - berkas ditutup")),
    ),
    CertificateState.VOIDED: (
        ("late", _("%(document)s dibatalkan - baca alasannya")),
        ("late", _("%(document)s dibatalkan - berkas ditutup")),
    ),
}
# a letter of refusal that an order ended: the file stays closed, another one is decided anew
_REFUSAL_ENDED: tuple[Words, Words] = (
    ("attention", _("Penolakan dibatalkan - Anda dapat mengajukan lagi")),
    ("neutral", _("Penolakan dibatalkan - berkas ditutup")),
)
_SIGNING: Words = ("neutral", _("Sedang ditandatangani secara elektronik"))
_APPLICANT_LATE: Words = ("late", _("Sedang diproses - kantor terlambat"))

_OTHER_BODY: Words = ("neutral", _("Sedang diproses - menunggu lembaga lain"))

_OFFICER: dict[Status, Words] = {
    Status.DRAFT: ("neutral", _("Konsep pemohon - belum dikirim")),
    Status.SUBMITTED: ("attention", _("Berkas masuk - periksa kelengkapan")),
    Status.INCOMPLETE: ("neutral", _("Belum lengkap - menunggu pemohon")),
    Status.RETURNED: ("neutral", _("Dikembalikan - menunggu pemohon")),
    Status.IN_PROCESS: ("neutral", _("Sedang diproses")),
    Status.ISSUED: ("good", _("%(document)s terbit - serahkan kepada pemohon")),
    Status.COMPLETED: ("good", _("Selesai - sudah diserahkan")),
    Status.REJECTED: ("neutral", _("Ditolak - berkas ditutup")),
    Status.WITHDRAWN: ("neutral", _("Ditarik pemohon - berkas ditutup")),
    Status.LAPSED: ("neutral", _("Gugur, tidak dilengkapi pemohon - berkas ditutup")),
}

_AFTERWARDS: Words = ("neutral", _("Sudah diserahkan - kerjakan langkah sesudahnya"))


def for_applicant(application: Application, at: datetime | None = None) -> tuple[str, str]:
    """Return meaning and sentence for the applicant; ``at`` decides whether the office is late."""
    if ended := _ended(application):
        return ended[0][0], _said(application, ended[0][1])
    status = Status(application.status)
    words = _APPLICANT[status]
    if waiting := _waiting(application):
        words = ("attention", waiting.sentence)
    elif _late(application, at):
        words = _APPLICANT_LATE
    elif (step := paused_step(application)) and step.whose_clock is StepClock.OTHER_BODY:
        words = _OTHER_BODY
    return words[0], _said(application, words[1])


def for_officer(
    application: Application, at: datetime | None = None, paper: PaperAtStep | None = None
) -> tuple[str, str]:
    """Return meaning and sentence for officers; a running application past its due date is late.

    ``paper`` is the paper beside the permit that the open step writes, initials or signs.
    """
    if ended := _ended(application):
        return ended[1][0], _said(application, ended[1][1])
    status = Status(application.status)
    meaning, sentence = _OFFICER[status]
    work = paper_work(paper.act) if paper else desk_work(_kind(application) or "")
    if _kind(application) is StepKind.SIGN and open_refusal(application) is not None:
        meaning, sentence = "attention", REFUSAL_WORK.sentence
    elif status == Status.COMPLETED and work is not None:
        meaning, sentence = _AFTERWARDS
    elif _is_work_of_step(status, application) and work is not None and work.sentence:
        meaning, sentence = "neutral", work.sentence
    return "late" if _late(application, at) else meaning, _said(application, sentence)


def _said(application: Application, sentence: str | Promise) -> str:
    paper = certificate_of(application)
    title = paper.closing_title if paper is not None else ""
    return str(sentence) % {"document": title or _("Izin")}


def _is_work_of_step(status: Status, application: Application) -> bool:
    """Whether the open step has the words; those of the first check are the status's own."""
    if status == Status.SUBMITTED:
        return _kind(application) is not StepKind.CHECK
    return status in (Status.IN_PROCESS, Status.ISSUED)


def _ended(application: Application) -> tuple[Words, Words] | None:
    """Return the words about a paper that was revoked or voided: applicant's and officer's."""
    paper = certificate_of(application)
    if paper is None or paper.state not in _ENDED:
        return None
    refused = application.status == Status.REJECTED  # a list does not read whose paper it is
    return _REFUSAL_ENDED if refused else _ENDED[paper.state]


def _kind(application: Application) -> StepKind | None:
    visit = application.current_step
    return StepKind(visit.step.kind) if visit is not None else None


def at_the_desk(
    application: Application,
    at: datetime,
    *,
    mine: bool = True,
    paper: PaperAtStep | None = None,
    part: bool = False,
) -> tuple[str, str]:
    """Return the same for pages of the desk, which also show that a signature is being made.

    Only who can act is told what to do (``mine``, or ``part``: theirs is owed); others read what
    happens.
    """
    if awaits_signature(application) or (paper is not None and paper.awaits_signature):
        return _SIGNING[0], str(_SIGNING[1])
    meaning, sentence = for_officer(application, at, paper)
    if part:
        return meaning, str(_("Diproses - beri bagian Anda"))
    if mine and missing_parts(application):
        return meaning, str(_("Diproses - menunggu bagian pelaksana lain"))
    return (meaning, sentence) if mine else _elsewhere(application, meaning, sentence)


def _elsewhere(application: Application, meaning: str, sentence: str) -> tuple[str, str]:
    """Return the words about an application at a desk of others."""
    kind = _kind(application)
    if kind is None:
        return meaning, sentence
    happens = STEP_KINDS[kind].stage or _OFFICER[Status.IN_PROCESS][1]
    if application.status == Status.ISSUED:
        happens = _("%(document)s terbit - belum diserahkan")
    elif application.status == Status.COMPLETED:
        happens = _OFFICER[Status.COMPLETED][1]
    return "neutral" if meaning == "attention" else meaning, _said(application, happens)


def _waiting(application: Application) -> Waiting | None:
    """Return the texts of the step at which the applicant must act; ``None`` at any other."""
    kind = _kind(application)
    if kind is None:
        return None
    waiting = STEP_KINDS[kind].waiting.get(Status(application.status))
    step = paused_step(application)
    if waiting is None and step is not None and step.whose_clock is StepClock.APPLICANT:
        return WAITS_FOR_APPLICANT
    return waiting


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
_ADVICE_ENDED = _(
    "Dokumen ini tidak berlaku lagi. Alasan, keputusan, dan hak keberatan dapat dibaca "
    "pemohon di akunnya. Permohonan baru boleh diajukan."
)
_ADVICE_LATE = _(
    "Tidak. Kantor melewati tanggal yang dijanjikannya. Anda berhak menanyakan sebabnya atau "
    "menyampaikan pengaduan kepada kantor."
)

_STANDS: dict[StepClock, tuple[Promise, ...]] = {
    StepClock.APPLICANT: (_("Sampai saat itu jangka waktu layanan berhenti."),),
}
_ADVICE_STANDING: dict[StepClock, Promise] = {
    StepClock.OTHER_BODY: _(
        "Tidak. Kantor menunggu lembaga lain; sampai saat itu jangka waktu layanan berhenti "
        "menurut SOP."
    ),
    StepClock.NOT_COUNTED: _(
        "Tidak. Langkah ini tidak dihitung menurut SOP: jangka waktu layanan berhenti sampai "
        "langkah ini selesai."
    ),
}


def advice(application: Application, at: datetime | None = None) -> str:
    """Return the answer to "must I do anything?"."""
    if _ended(application):
        return str(_ADVICE_ENDED)
    step = paused_step(application)
    whose = step.whose_clock if step is not None else StepClock.RUNS
    if waiting := _waiting(application):
        return " ".join(map(str, [waiting.advice, *_STANDS.get(whose, ())]))
    if whose in _ADVICE_STANDING:
        return str(_ADVICE_STANDING[whose])
    return str(_ADVICE_LATE if _late(application, at) else _ADVICE[Status(application.status)])
