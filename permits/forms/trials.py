"""Forms of a trial: one verdict instead of a button at each requirement, and samples to press on.

The forms of the desks are shown in a trial with a sample in each field that must be filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import DayField, MoneyField, OneLineField
from permits import selectors
from permits.domain.samples import sample
from permits.forms.charges import PaymentForm, SetChargesForm
from permits.forms.desk_form import DeskForm
from permits.forms.fact_fields import initial_of
from permits.forms.recording import RecordingFields
from standards.domain.facts import choices_of
from standards.domain.fees import MOST

_TARIFF = 150_000  # rupiah: the sample of an amount that an officer enters


class RefuseOneForm(DeskForm):
    """Refuse one file with a reason; the officer then returns the application."""

    name = "tidak_sesuai"
    requirement = forms.TypedChoiceField(label=gettext_lazy("Berkas persyaratan"), coerce=int)
    reason = OneLineField(label=gettext_lazy("Alasan"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = selectors.checklist(self.application).checkable()
        cast(forms.ChoiceField, self.fields["requirement"]).choices = [
            (line.requirement.pk, line.requirement.text) for line in lines
        ]


def put_samples(form: DeskForm, today: date) -> None:
    """Put a sample into each field that must be filled and is empty; a choice has its first answer.

    The first answers are those that carry the application on (no objection, fit). ``today`` is the
    day of the office.
    """
    known = {**_recorded(form), **_amounts(form)}
    for name, field in form.fields.items():
        if form.get_initial_for_field(field, name) in (None, "", []):
            value = known.get(name) or (_usual(field, today) if field.required else None)
            if value is not None:
                form.initial[name] = value


def _recorded(form: DeskForm) -> dict[str, object]:
    """What the step records, by the kinds of its facts."""
    rows = form.rows if isinstance(form, RecordingFields) else {}
    return {
        name: initial_of(row, sample(row.kind, choices_of(row.choices_text)))
        for name, row in rows.items()
    }


def _amounts(form: DeskForm) -> dict[str, object]:
    """What is to be paid in full; what an officer sets, within the bounds of its rule."""
    if isinstance(form, PaymentForm):
        return {"amount": selectors.balance(form.application).unpaid}
    if not isinstance(form, SetChargesForm):
        return {}
    rules = {f"amount_{row.pk}": row.rule.rule() for row in form.charges if row.officer_enters}
    return {
        name: max(rule.minimum, min(_TARIFF, MOST if rule.maximum is None else rule.maximum))
        for name, rule in rules.items()
    }


def _usual(field: forms.Field, today: date) -> object:
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices  # pairs: the choices of the desks stand in no groups
        return next((value for value, _label in choices if value not in ("", None)), None)
    if isinstance(field, DayField):
        return today
    if isinstance(field, MoneyField):
        return _TARIFF
    return _("Contoh isian") if isinstance(field, forms.CharField) else None


def as_sent(shown: Iterable[forms.BaseForm]) -> Mapping[str, list[str]]:
    """Return what a browser would send of these forms as they are shown."""
    sent = {}
    for form in shown:
        for name, field in form.fields.items():
            value = field.widget.format_value(form[name].value())
            values = value if isinstance(value, list) else [value]
            if given := [str(one) for one in values if one not in (None, "")]:
                sent[name] = given
    return sent
