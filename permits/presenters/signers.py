"""What is unusual about who signs: for the warning before the signature and for the record."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Appointment
from accounts.selectors import capacity_text, clashing
from permits.models import Application, Initial


def signer_remarks(
    application: Application, initial: Initial | None, appointment: Appointment | None, at: datetime
) -> str:
    """Return sentences about one's own ``initial`` and a chair held by others; "" if usual."""
    remarks = []
    if initial is not None:
        remarks.append(
            _("Penanda tangan juga memberi paraf pada konsep ini sebagai %(capacity)s.")
            % {"capacity": initial.capacity}
        )
    day = application.office.local_date(at)
    others = clashing(appointment, day) if appointment is not None else []
    if others:
        remarks.append(
            _("Pada hari yang sama jabatan ini juga dipegang %(others)s.")
            % {"others": "; ".join(f"{row.user} ({capacity_text(row)})" for row in others)}
        )
    return " ".join(remarks)
