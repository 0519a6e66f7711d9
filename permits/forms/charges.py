"""Forms about money: charges are set, payments are recorded."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import DayField, LongTextField, MoneyField, OneLineField
from documents import uploads
from permits import selectors
from permits.forms.desk_form import DeskForm
from permits.models import Charge
from standards.domain.fees import MOST, allowed
from workflow.domain.errors import DomainError
from workflow.formats import money
from workflow.refusals import sentence


class SetChargesForm(DeskForm):
    """Set the charges of the step; the officer enters what no rule computes."""

    name = "tetapkan"
    number = OneLineField(
        label=gettext_lazy("Nomor SKRD atau tagihan"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Kosong: nomor surat ketetapan yang dibuat di portal, bila ada."),
    )
    due_on = DayField(label=gettext_lazy("Dibayar paling lambat"), back=0, ahead=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.charges = selectors.to_set(self.application)
        entered = {
            f"amount_{row.pk}": MoneyField(
                label=row.label, help_text=self._limits(row), min_value=0, max_value=MOST
            )
            for row in self.charges
            if row.officer_enters
        }
        self.fields = {**entered, **self.fields}
        words = _("Kosong: %(days)s hari sejak pemohon diminta membayar.")
        self.fields["due_on"].help_text = words % {"days": self.application.office.payment_days}

    @staticmethod
    def _limits(row: Charge) -> str:
        rule = row.rule.rule()
        if rule.maximum is None:
            return _("Tidak dapat dihitung dari isian. Tulis jumlahnya.")
        low, high = money(rule.minimum), money(rule.maximum)
        return _("Dari %(low)s sampai %(high)s.") % {"low": low, "high": high}

    def clean(self) -> dict[str, Any]:
        """Refuse what lies outside the limits of a rule, at its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        for row in self.charges:
            amount = cleaned.get(f"amount_{row.pk}")
            rule = row.rule.rule()
            if amount is not None and not allowed(rule, amount):
                limits = {"low": money(rule.minimum), "high": money(rule.maximum or MOST)}
                error = DomainError("charge_outside", item=row.label, **limits)
                self.add_error(f"amount_{row.pk}", sentence(error))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return the entered amounts by charge, the number and the day."""
        cleaned = self.cleaned_data
        amounts = {
            row.pk: cleaned[f"amount_{row.pk}"] for row in self.charges if row.officer_enters
        }
        return {"amounts": amounts, "number": cleaned["number"], "due_on": cleaned["due_on"]}


class CorrectChargeForm(DeskForm):
    """Another amount for a set charge, with the reason."""

    name = "ralat"
    charge = forms.TypedChoiceField(label=gettext_lazy("Tagihan yang diralat"), coerce=int)
    amount = MoneyField(label=gettext_lazy("Jumlah yang benar"), min_value=0, max_value=MOST)
    reason = LongTextField(
        label=gettext_lazy("Mengapa diralat?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Tercatat di riwayat berkas."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["charge"]).choices = [
            (row.pk, f"{row.label}: {money(row.amount)}")
            for row in selectors.correctable(self.application)
        ]


class PaymentForm(DeskForm):
    """A payment of the applicant, with its proof."""

    name = "bayar"
    paid_on = DayField(label=gettext_lazy("Dibayar pada"), back=1, ahead=0)
    amount = MoneyField(label=gettext_lazy("Jumlah yang dibayar"), min_value=1, max_value=MOST)
    proof = forms.FileField(
        label=gettext_lazy("Bukti pembayaran"),
        help_text=gettext_lazy("PDF, JPEG, atau PNG, paling besar 30 MB."),
    )

    def clean_proof(self) -> uploads.Checked | None:
        """Check the file, so that an error is shown at its field."""
        return self.checked_field("proof")
