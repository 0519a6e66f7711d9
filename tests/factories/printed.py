"""Frozen contents of printed documents, as the services will write them."""

from typing import Any

OFFICE: dict[str, str] = {
    "government": "Pemerintah Kota Pekanbaru",
    "name": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "address": "Jalan Jenderal Sudirman Nomor 464, Pekanbaru 28126",
    "contact": "Telepon (0761) 555 0100 · Pos-el layanan@contoh.go.id",
    "logo_data_uri": "",
}


def certificate_content(**changes: Any) -> dict[str, Any]:
    """Return the content of a signed Tanda Daftar BKK; ``changes`` replace whole keys."""
    return {
        "title": "Tanda Daftar Bursa Kerja Khusus",
        "subtitle": "",
        "office": dict(OFFICE),
        "number": "0001/BKK/DPMPTSP/XI/2026",
        "grounds": [
            "Undang-Undang Nomor 13 Tahun 2003 tentang Ketenagakerjaan;",
            "Peraturan Menteri Ketenagakerjaan Nomor 39 Tahun 2016 tentang Penempatan "
            "Tenaga Kerja;",
            "Peraturan Wali Kota Pekanbaru tentang Pendelegasian Kewenangan Perizinan dan "
            "Nonperizinan kepada Kepala Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu.",
        ],
        "statement": "Lembaga yang datanya tercantum dalam dokumen ini telah terdaftar sebagai "
        "penyelenggara Bursa Kerja Khusus di Kota Pekanbaru.",
        "holder": [
            ["Nama satuan pendidikan", "SMK Negeri 12 Contoh"],
            ["Alamat", "Jalan Garuda Sakti Kilometer 3, Kecamatan Binawidya, Kota Pekanbaru"],
            ["Penanggung jawab", "Siti Rahmawati, S.Pd., M.M."],
        ],
        "data_title": "Bursa kerja khusus",
        "data": [
            ["Nama bursa kerja", "BKK Cakrawala"],
            ["Nomor rekomendasi teknis", "560/1123/Disnaker/2026 tanggal 24 November 2026"],
            ["Wilayah pelayanan", "Kota Pekanbaru"],
        ],
        "conditions": [
            "Melaporkan kegiatan penempatan tenaga kerja setiap bulan kepada dinas yang "
            "membidangi ketenagakerjaan.",
            "Tidak memungut biaya penempatan dari pencari kerja.",
        ],
        "validity": "Tanda daftar ini berlaku sampai dengan 27 November 2031.",
        "place": "Pekanbaru",
        "date": "27 November 2026",
        "signer": {
            "on_behalf_of": "Wali Kota Pekanbaru",
            "prefix": "",
            "position": "Kepala Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
            "name": "Drs. H. Contoh Pejabat, M.Si.",
            "rank": "Pembina Utama Muda (IV/c)",
            "nip": "19700101 199503 1 001",
        },
        "verification": {
            "url": "https://izin.contoh.go.id/verifikasi/q3Zk8vYt1xWbN5rLpD2m",
            "code": "7KQM-X4TD-9RWB",
        },
        "draft": False,
        **changes,
    }


def receipt_content(**changes: Any) -> dict[str, Any]:
    """Return the content of a receipt."""
    return {
        "office": dict(OFFICE),
        "number": "PKU-2026-000123",
        "tracking": {"url": "https://izin.contoh.go.id/lacak/MJ4K-92TR", "code": "MJ4K-92TR"},
        "service": "Tanda Daftar Bursa Kerja Khusus",
        "applicant": [
            ["Nama", "SMK Negeri 12 Contoh"],
            ["Penanggung jawab", "Siti Rahmawati, S.Pd., M.M."],
            ["Alamat", "Jalan Garuda Sakti Kilometer 3, Kecamatan Binawidya, Kota Pekanbaru"],
        ],
        "received": "Senin, 16 November 2026 pukul 09.12 WIB",
        "complete": "Kamis, 19 November 2026 pukul 10.05 WIB",
        "term": "6 hari kerja",
        "promised": "Jumat, 27 November 2026",
        "counting": [
            "Hitungan dimulai pada hari kerja setelah berkas dinyatakan lengkap dan benar: "
            "Jumat, 20 November 2026.",
            "Tidak dihitung: Sabtu dan Minggu, 21 dan 22 November 2026.",
            "Hitungan berhenti bila berkas dikembalikan untuk dilengkapi.",
        ],
        "fee": "Tidak dipungut biaya",
        "documents": [
            {
                "number": str(number),
                "requirement": requirement,
                "file": file,
                "verdict": verdict,
                "note": note,
            }
            for number, (requirement, file, verdict, note) in enumerate(
                [
                    ("Surat permohonan kepada Kepala Dinas", "permohonan.pdf", "Diterima", ""),
                    ("Salinan izin operasional sekolah", "izin-operasional.pdf", "Diterima", ""),
                    ("Struktur organisasi BKK", "struktur.png", "Diterima", "Halaman 2 dipakai"),
                    ("Rencana kegiatan satu tahun", "", "Tidak disyaratkan", "Pendaftaran baru"),
                ],
                start=1,
            )
        ],
        "channels": [
            ["WhatsApp", "0811 7550 100"],
            ["Pos-el", "pengaduan@contoh.go.id"],
            ["Loket", "Mal Pelayanan Publik, Senin sampai Jumat pukul 08.00–15.00 WIB"],
        ],
        "officer": {"name": "Rina Oktaviani, A.Md.", "position": "Petugas loket"},
        "place": "Pekanbaru",
        "date": "19 November 2026",
        **changes,
    }


def routing_card_content(**changes: Any) -> dict[str, Any]:
    """Return the content of a routing card of ten steps, one of them late."""
    names = [
        ("Menerima dan mencatat permohonan", "Petugas loket"),
        ("Memeriksa kelengkapan berkas", "Front office"),
        ("Memeriksa kesesuaian teknis", "Tim teknis"),
        ("Membuat berita acara pemeriksaan", "Tim teknis"),
        ("Menyusun konsep tanda daftar", "Back office"),
        ("Memberi paraf", "Analis Kebijakan Ahli Muda"),
        ("Memberi paraf", "Penata Perizinan Ahli Madya"),
        ("Memberi paraf", "Sekretaris Dinas"),
        ("Menandatangani tanda daftar", "Kepala Dinas"),
        ("Menyerahkan tanda daftar kepada pemohon", "Petugas loket"),
    ]
    return {
        "office": dict(OFFICE),
        "number": "PKU-2026-000123",
        "service": "Tanda Daftar Bursa Kerja Khusus",
        "applicant": "SMK Negeri 12 Contoh",
        "accepted": "Kamis, 19 November 2026 pukul 10.05 WIB",
        "promised": "Jumat, 27 November 2026",
        "steps": [
            {
                "number": str(number),
                "name": name,
                "performer": performer,
                "handed_by": "Rina Oktaviani, A.Md." if number > 1 else "",
                "handed_at": "19 Nov 2026 pukul 10.40" if number > 1 else "",
                "received_by": "Budi Santoso, S.T.",
                "received_at": "19 Nov 2026 pukul 10.55",
                "standard": "2 hari kerja" if number == 4 else "30 menit",
                "used": "3 hari kerja" if number == 4 else "12 menit",
                "late": number == 4,
                "note": "Menunggu jadwal tinjauan lapangan." if number == 4 else "",
                "initials": ["terima BS", "serah RO"] if number < 9 else [],
            }
            for number, (name, performer) in enumerate(names, start=1)
        ],
        "standard_total": "6 hari kerja",
        "used_total": "6 hari kerja",
        "notes": ["Waktu menunggu pemohon tidak dihitung."],
        "printed": "Jumat, 27 November 2026 pukul 14.05 WIB",
        "tracking": {"url": "https://izin.contoh.go.id/lacak/MJ4K-92TR", "code": "MJ4K-92TR"},
        **changes,
    }
