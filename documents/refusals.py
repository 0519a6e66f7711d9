"""Sentences of what the requests of signing keys refuse."""

from django.utils.translation import gettext_lazy as _

from workflow.refusals import add

add(
    {
        "key_request_open": _("Unit ini sudah punya permintaan kunci yang belum selesai."),
        "key_request_settled": _(
            "Permintaan kunci ini sudah berubah: muat ulang halaman untuk melihat keadaannya."
        ),
        "key_request_agreed": _(
            "Sertifikat ini sudah disetujui dan sedang dipasang: permintaannya tidak dapat "
            "dibatalkan lagi."
        ),
        "key_certificate_unfit": _(
            "Sertifikat ini tidak dapat dipasang lagi: permintaan kuncinya sudah selesai atau "
            "dibatalkan, masa berlakunya lewat, atau penerbitnya tidak dikenal portal."
        ),
    }
)
