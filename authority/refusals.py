"""Sentences of what the rule of two people refuses."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.two_people import Why
from workflow.refusals import add

add(
    {
        Why.INACTIVE: _("Akun Anda tidak aktif lagi."),
        Why.OWN_PROPOSAL: _("Usulan sendiri disetujui orang lain."),
        Why.OWN_MATTER: _("Usulan ini menyangkut Anda sendiri: orang lain yang memutuskan."),
        Why.NOT_ENTITLED: _("Usulan ini disetujui administrator lain atau kepala unit."),
        Why.ADMINISTRATORS: _(
            "Usulan ini disetujui administrator lain. Sebagai kepala unit Anda dapat menolaknya."
        ),
        Why.ALONE_UNSAID: _(
            "Kepala unit baru dapat menyetujui setelah administrator menyatakan bahwa unit ini "
            "hanya punya satu administrator."
        ),
        "not_an_administrator": _("Hanya administrator yang dapat mengusulkan ini."),
        "not_a_full_administrator": _(
            "Hanya administrator dengan semua wewenang yang dapat mengusulkan ini."
        ),
        "not_the_proposer": _("Hanya pengusulnya yang dapat menarik usulan."),
        "proposal_settled": _("Usulan ini sudah selesai."),
        "proposal_open_already": _("Usulan yang sama masih menunggu orang kedua."),
        "proposal_changes_nothing": _("Usulan ini tidak mengubah apa pun."),
        "proposal_proposer_gone": _(
            "Pengusulnya bukan administrator lagi. Usulan ini tidak dapat disetujui; usulkan lagi "
            "bila masih perlu."
        ),
        "proposal_person_gone": _(
            "Akun orang ini tidak aktif lagi. Usulan ini tidak dapat disetujui."
        ),
        "proposal_chair_changed": _(
            "Pelaksana jabatan ini berubah sejak diusulkan. Usulan ini tidak dapat disetujui; "
            "usulkan lagi dengan keadaan sekarang."
        ),
        "proposal_appointed_already": _(
            "Orang ini sudah memegang jabatan itu sejak tanggal yang sama."
        ),
        "proposal_term_over": _("Masa jabatan yang diusulkan sudah lewat."),
        "proposal_changed": _(
            "Data yang akan diubah sudah berbeda sejak diusulkan. Usulan ini tidak dapat "
            "disetujui; usulkan lagi dengan keadaan sekarang."
        ),
        "proposal_last_administrator": _(
            "Portal harus punya paling sedikit satu administrator dengan semua wewenang."
        ),
        "proposal_two_heads": _(
            "Pada masa itu kursi pimpinan sudah dipegang pejabat definitif yang mulai pada hari "
            "yang sama atau sesudahnya. Usulkan dulu perubahan masa jabatannya."
        ),
        "position_elsewhere": _("Pilih atasan di unit yang sama."),
        "position_below_itself": _("Jabatan ini tidak dapat berada di bawah dirinya sendiri."),
        "position_held_by_several": _(
            "Jabatan ini dipegang beberapa pejabat definitif. Pimpinan unit hanya satu orang: "
            "akhiri dulu masa jabatan yang lain."
        ),
        "email_taken": _("Alamat e-mail ini sudah dipakai akun lain."),
        "no_second_factor": _("Orang ini tidak memakai verifikasi dua langkah."),
        "not_alone": _("Unit ini punya lebih dari satu administrator."),
        "alone_said_already": _("Pernyataan ini sudah tercatat."),
        "not_the_definitive_head": _("Hanya kepala definitif yang menandai ini sudah dilihat."),
    }
)
