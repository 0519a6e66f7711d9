"""From the code of a refusal to its Indonesian sentence. Each app adds its own."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.domain.errors import DomainError

SENTENCES: dict[str, str | Promise] = {
    "out_of_turn": _(
        "Tindakan ini tidak lagi dapat dilakukan: keadaan berkas sudah berubah. "
        "Muat ulang halaman untuk melihat keadaan terbaru."
    ),
    "note_missing": _("Tulis alasannya terlebih dahulu."),
    "calendar_not_decreed": _(
        "Tanggal janji tidak dapat dihitung karena hari libur tahun %(year)s belum ditetapkan. "
        "Minta administrator melengkapi kalender kerja."
    ),
    "second_factor_not_set_up": _(
        "Belum dilakukan: aktifkan dulu verifikasi dua langkah. Yang Anda ketik tetap ada di tab "
        "ini."
    ),
    "second_factor_not_shown": _(
        "Belum dilakukan: tulis dulu kode verifikasi dua langkah. Yang Anda ketik tetap ada di tab "
        "ini."
    ),
    "password_needs_second_factor": _(
        "Kata sandi belum diganti: tunjukkan dulu verifikasi dua langkah, lalu isi formulirnya "
        "lagi."
    ),
    "clock_not_started": _("Jangka waktu layanan berkas ini belum mulai dihitung."),
}


def add(sentences: Mapping[str, str | Promise]) -> None:
    """Register an app's sentences; a code may stand only once."""
    for code, sentence in sentences.items():
        if code in SENTENCES and SENTENCES[code] != sentence:
            raise ValueError(f"refusal {code} is registered twice")
        SENTENCES[code] = sentence


def sentence(error: DomainError | str) -> str:
    """Return the sentence a person reads."""
    if isinstance(error, str):
        return str(SENTENCES[error])
    return str(SENTENCES[error.code]) % error.facts
