"""Messages for the error codes of the boards."""

from django.utils.translation import gettext_lazy as _

from workflow import refusals

refusals.add(
    {
        "boards_not_counted": _(
            "Angka periode itu belum selesai dihitung. Penghitungan berjalan setiap malam; susun "
            "laporan besok."
        ),
    }
)
