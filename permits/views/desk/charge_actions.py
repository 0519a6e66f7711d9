"""Actions about money at a desk: charges are set, payments are recorded."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permits import policies
from permits.forms import desk as forms
from permits.forms.desk_form import DeskForm
from permits.selectors import balance, files_with_proof
from permits.services import payments
from permits.views.desk.actions import ApplicationAction
from workflow.formats import money

set_charges = ApplicationAction.as_view(
    form=forms.SetChargesForm,
    may=policies.may_set_charges,
    do=payments.set_charges,
    done=gettext_lazy("Tagihan ditetapkan."),
)


class CorrectAction(ApplicationAction):
    """A set charge gets another amount."""

    error_fields = {
        "note_missing": ("reason",),
        "charge_same_amount": ("amount",),
        "charge_outside": ("amount",),
        "charge_not_correctable": ("charge",),
    }


correct_charge = CorrectAction.as_view(
    form=forms.CorrectChargeForm,
    may=policies.may_correct_charge,
    do=payments.correct_charge,
    done=gettext_lazy("Tagihan diralat; jumlah lama dan alasannya tercatat di riwayat."),
)


class PayAction(ApplicationAction):
    """A payment: what was paid too little or too much is said."""

    error_fields = {"date_ahead": ("paid_on",), "paid_before_sent": ("paid_on",),
                    "payment_repeated": ("proof",),
                    "file_infected": ("proof",)}  # fmt: skip

    def success_message(self, form: DeskForm) -> str:
        """Say whether something is owed or paid beyond it, and where the proof stands already.

        One transfer may pay for several files, so such a proof is taken; the officer looks again.
        """
        others = files_with_proof(form.application, form.cleaned_data["proof"].sha256)
        if not others:
            return self._said_of_sum(form)
        also = _("Bukti yang sama juga tercatat pada permohonan %(numbers)s; periksa jumlahnya.")
        return f"{self._said_of_sum(form)} {also % {'numbers': ', '.join(others)}}"

    def _said_of_sum(self, form: DeskForm) -> str:
        state = balance(form.application)
        if state.unpaid:
            left = _("Pembayaran tercatat, tetapi masih kurang %(amount)s. Berkas tetap di sini.")
            return left % {"amount": money(state.unpaid)}
        if state.excess:
            more = _(
                "Pembayaran tercatat dan berkas diteruskan. Ada kelebihan %(amount)s yang harus "
                "dikembalikan atau diperhitungkan."
            )
            return more % {"amount": money(state.excess)}
        return super().success_message(form)


pay = PayAction.as_view(
    form=forms.PaymentForm,
    may=policies.may_pay,
    do=payments.record_payment,
    done=gettext_lazy("Pembayaran lunas tercatat dan berkas diteruskan."),
)
