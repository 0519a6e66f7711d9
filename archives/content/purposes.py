"""What personal data is processed for, and on which ground: the notice and the record say this.

The record of processing in docs/data-protection.md has one line for each purpose; a test compares.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose: its name in the record, what it is, which data, on which ground."""

    code: str
    name: str | Promise
    data: str | Promise
    ground: str | Promise


_DUTY = _("Tugas pelayanan publik: UU 25/2009, UU 27/2022 pasal 20")

PURPOSES: tuple[Purpose, ...] = (
    Purpose(
        "account",
        _("Akun"),
        _("Nama, alamat e-mail, nomor telepon bila diisi, kata sandi dalam bentuk tersandi."),
        _DUTY,
    ),
    Purpose(
        "application",
        _("Memproses permohonan izin"),
        _(
            "Identitas pemegang izin dan penanggung jawab (nama, NIK, NIB, alamat, telepon), isian "
            "permohonan, dan berkas persyaratan yang Anda unggah."
        ),
        _("Kewajiban hukum: PP 28/2025, standar pelayanan kantor, UU 27/2022 pasal 20"),
    ),
    Purpose(
        "register",
        _("Membuktikan bahwa izin sah"),
        _("Register izin: nomor, nama pemegang, tanggal, masa berlaku, dan dokumen izinnya."),
        _("Kewajiban hukum: UU 43/2009 tentang kearsipan"),
    ),
    Purpose(
        "complaint",
        _("Menjawab pengaduan dan saran"),
        _(
            "Isi pengaduan dan lampirannya. Identitas pengadu, bila diberikan, disimpan tersandi "
            "dan terpisah; pengaduan tidak dihubungkan dengan akun."
        ),
        _("Kewajiban hukum: UU 25/2009, PermenPAN-RB 5/2025"),
    ),
    Purpose(
        "message",
        _("Memberi kabar"),
        _("Pesan tentang berkas Anda, yang dikirim ke e-mail atau telepon Anda."),
        _DUTY,
    ),
    Purpose(
        "security",
        _("Menjaga keamanan"),
        _(
            "Waktu, alamat internet, dan jenis peramban saat masuk; siapa membuka dan mengubah "
            "apa dan kapan."
        ),
        _("Kewajiban hukum: UU 27/2022 pasal 35 sampai 39"),
    ),
)
