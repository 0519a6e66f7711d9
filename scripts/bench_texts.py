"""Reports as people write them, the same for the portal and for what it is measured against."""

from __future__ import annotations

import random

_OPENINGS = (
    "Saya sudah menunggu berkas {service} sejak tanggal {day} {month} dan belum ada kabar.",
    "Pada {day} {month} saya datang ke loket {desk} untuk mengurus {service}.",
    "Permohonan {service} saya dikembalikan tanpa penjelasan pada {day} {month}.",
    "Kami mengajukan {service} untuk usaha di Kelurahan {place} {weeks} minggu yang lalu.",
    "Orang tua saya diminta kembali lagi ke loket {desk} hanya untuk {service}.",
    "Nomor antrean saya {queue} dipanggil lewat begitu saja pada {day} {month}.",
    "Dokumen {service} yang saya terima salah menulis alamat di {place}.",
    "Sistem menolak unggahan {service} saya {weeks} kali berturut-turut.",
    "Tetangga di {place} yang mengajukan sesudah saya sudah menerima {service}.",
    "Petugas loket {desk} menyebut syarat {service} yang tidak tertulis pada standar.",
)
_MIDDLES = (
    "Menurut pengumuman jangka waktunya {weeks} hari kerja.",
    "Ketika saya menelepon, tidak ada yang tahu di meja siapa berkasnya.",
    "Saya diminta membayar Rp{queue}.000 padahal pelayanan ini gratis.",
    "Ruang tunggu penuh dan pendingin udara mati sejak pukul {hour}.",
    "Petugas meminta fotokopi tambahan sebanyak {weeks} rangkap.",
    "Loket ditutup pukul {hour} padahal jam kerja belum selesai.",
    "Surat keterangan dari {place} dianggap tidak berlaku lagi.",
    "Kursi roda tidak bisa masuk karena ramp di pintu {desk} rusak.",
    "Jawaban lewat WhatsApp selalu sama dan tidak menjawab pertanyaan saya.",
    "Usaha saya di {place} terpaksa berhenti selama menunggu.",
    "Formulir di situs berbeda dengan formulir di loket {desk}.",
    "Saya sudah melengkapi semua yang diminta pada {day} {month}.",
)
_ENDINGS = (
    "Mohon penjelasan sampai di mana prosesnya.",
    "Saya mohon petugasnya ditegur.",
    "Tolong beri kepastian tanggal selesai.",
    "Saya berharap hal ini tidak terulang bagi warga lain di {place}.",
    "Mohon dokumen diperbaiki tanpa biaya.",
    "Kami menunggu jawaban resmi dari kantor.",
)
_SERVICES = (
    "izin praktik perawat",
    "tanda daftar bursa kerja khusus",
    "izin reklame",
    "izin apotek",
    "surat izin praktik bidan",
    "izin lembaga pelatihan kerja",
    "izin penelitian",
    "persetujuan bangunan gedung",
    "izin trayek",
    "izin usaha mikro",
)
_PLACES = (
    "Sukajadi",
    "Tampan",
    "Rumbai",
    "Senapelan",
    "Bukit Raya",
    "Marpoyan",
    "Lima Puluh",
    "Payung Sekaki",
    "Tenayan Raya",
    "Kulim",
    "Binawidya",
    "Tuah Madani",
    "Sail",
    "Pekanbaru Kota",
)
_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September")


_SYLLABLES = ("ba", "di", "ku", "la", "me", "na", "pi", "ra", "so", "tu")


def report(number: int) -> str:
    """Return the text of one report; the same number always says the same."""
    chance = random.Random(number)  # noqa: S311 - no secret, only variety
    words = {
        "service": chance.choice(_SERVICES),
        "place": chance.choice(_PLACES),
        "month": chance.choice(_MONTHS),
        "day": chance.randint(1, 28),
        "desk": chance.randint(1, 9),
        "weeks": chance.randint(2, 30),
        "queue": chance.randint(10, 999),
        "hour": chance.randint(8, 16),
    }
    parts = [chance.choice(_OPENINGS), *chance.sample(_MIDDLES, 2), chance.choice(_ENDINGS)]
    names = ("".join(chance.choices(_SYLLABLES, k=3)) for _name in range(12))
    own = f"Ini menyangkut {' '.join(names)}."  # what no other report says
    return " ".join([*parts, own]).format(**words)
