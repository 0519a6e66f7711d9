"""The sentences of refusals about complaints."""

from django.utils.translation import gettext_lazy as _

from workflow import refusals

refusals.add(
    {
        "complaint_not_classified": _(
            "Tentukan dahulu kategori atau bobot pengaduan ini, agar jelas siapa yang harus "
            "menyetujui jawabannya."
        ),
        "apip_without_consent": _(
            "Pelibatan APIP memerlukan persetujuan kepala dinas yang tercatat."
        ),
    }
)
