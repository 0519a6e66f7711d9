"""The messages of the domain errors of archives."""

from django.utils.translation import gettext_lazy as _

from workflow.refusals import add

add(
    {
        "named_by_decree": _(
            "Nama petugas tercetak pada surat keputusan dan dokumen. Minta administrator "
            "mengubahnya."
        ),
        "account_serves": _(
            "Akun petugas dan administrator tidak dapat dihapus: namanya tercatat pada berkas "
            "yang mereka tangani."
        ),
        "account_has_files": _(
            "Akun ini mempunyai permohonan yang sudah dikirim. Berkasnya wajib disimpan sebagai "
            "arsip (UU 43/2009), sehingga akunnya belum dapat dihapus."
        ),
        "account_has_requests": _(
            "Masih ada permintaan Anda yang belum dijawab. Tunggu jawabannya, lalu hapus akun."
        ),
        "too_many_requests": _(
            "Masih ada %(most)s permintaan Anda yang belum dijawab. Tunggu jawabannya dahulu."
        ),
        "account_held": _(
            "Data Anda sedang ditahan untuk suatu perkara, sehingga akun belum dapat dihapus."
        ),
        "disposal_decided": _("Usul ini sudah diputuskan."),
        "disposal_own_proposal": _("Yang mengusulkan tidak boleh menyetujui usulnya sendiri."),
        "disposal_own_matter": _(
            "Daftar ini memuat permohonan Anda sendiri: orang lain yang memutuskan."
        ),
        "head_missing": _("Salah satu dari kedua orang harus kepala kantor."),
        "nothing_chosen": _("Pilih sedikitnya satu berkas yang sudah waktunya."),
        "approval_missing": _("Tulis nomor dan tanggal persetujuan pemusnahan."),
        "refusal_without_reason": _("Tulis alasan penolakan."),
        "hold_lifted": _("Penahanan ini sudah dicabut."),
        "is_held": _("Berkas ini ditahan."),
        "has_order": _(
            "Ada usul pencabutan, pembatalan, atau penggantian dokumennya yang belum selesai."
        ),
        "not_due": _("Belum waktunya."),
        "done_already": _("Sudah dikerjakan."),
        "not_closed": _("Berkas ini belum selesai."),
        "is_deleted": _("Berkas ini sudah dihapus dari layanan sehari-hari."),
        "not_deleted": _("Berkas ini harus dihapus dari layanan sehari-hari lebih dahulu."),
        "is_destroyed": _("Isi berkas ini sudah dimusnahkan."),
        "request_answered": _("Permintaan ini sudah dijawab."),
        "own_request": _("Anda tidak boleh menjawab permintaan Anda sendiri."),
        "not_an_archivist": _(
            "Hanya kepala kantor dan pejabat yang membawahkan jabatan lain yang dapat melakukan "
            "ini."
        ),
    }
)
