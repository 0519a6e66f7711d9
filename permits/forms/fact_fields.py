"""The form field of each kind of fact, and its answer as text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.fields import (
    BusinessLineField,
    BusinessNumberField,
    DayField,
    EmailField,
    FigureField,
    LongTextField,
    MoneyField,
    NationalIdField,
    OneLineField,
    PhoneField,
    TaxNumberField,
    WholeNumberField,
)
from documents.uploads import ACCEPT
from standards.domain.facts import NO, YES, FactKind, choices_of, read
from standards.models import Fact
from standards.selectors import lists_without

_FEW = 5  # up to this number of choices are shown as radio buttons
_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


def field_of(row: Fact) -> forms.Field:
    """Return the form field in which ``row`` is answered."""
    common = {"label": row.label, "required": row.required, "help_text": row.help_text}
    return _FIELDS[FactKind(row.kind)](row, common)


def initial_of(row: Fact, text: str) -> object:
    """Return a stored answer as the field of ``row`` shows it."""
    kind = FactKind(row.kind)
    if kind is FactKind.CHOICES:
        return list(choices_of(text))
    value = read(kind, text) if kind is FactKind.RUPIAH else None
    return text if value is None else int(value)  # type: ignore[arg-type]


def as_text(value: object) -> str:
    """Return a cleaned value as it is stored: several choices on a line each."""
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


class PlaceField(OneLineField):
    """A place by region, from the small to the large: village, district, regency or city.

    That three names are given is checked, not that there is such a place.
    """

    def validate(self, value: Any) -> None:
        """Raise ``ValidationError`` unless three parts are named."""
        super().validate(value)
        if value and read(FactKind.PLACE, value) is None:
            raise ValidationError(
                _(
                    "Tulis desa atau kelurahan, kecamatan, lalu kabupaten atau kota, dipisahkan "
                    "koma: Simpang Baru, Binawidya, Pekanbaru."
                )
            )


class ListedLineField(BusinessLineField):
    """A code of the KBLI; where the portal has the whole list of its division, one of that list."""

    def validate(self, value: str) -> None:
        """Raise ``ValidationError`` for a code that no complete list has."""
        super().validate(value)
        if value and (editions := lists_without(value)):
            named = {"code": value, "editions": ", ".join(map(str, editions))}
            raise ValidationError(
                _("Kode %(code)s tidak ada dalam daftar KBLI %(editions)s."), params=named
            )


def _yes_no(row: Fact, common: dict[str, Any]) -> forms.Field:
    pairs = [(YES, _("Ya")), (NO, _("Tidak"))]
    return forms.ChoiceField(choices=pairs, widget=forms.RadioSelect, **common)


def _choice(row: Fact, common: dict[str, Any]) -> forms.Field:
    pairs = [(option, option) for option in choices_of(row.choices_text)]
    if len(pairs) <= _FEW:
        return forms.ChoiceField(choices=pairs, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[("", _("Pilih salah satu")), *pairs], **common)


def _choices(row: Fact, common: dict[str, Any]) -> forms.Field:
    pairs = [(option, option) for option in choices_of(row.choices_text)]
    return forms.MultipleChoiceField(choices=pairs, widget=forms.CheckboxSelectMultiple, **common)


def _long_text(row: Fact, common: dict[str, Any]) -> forms.Field:
    return LongTextField(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), **common)


def _figure(row: Fact, common: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return FigureField(max_length=30, widget=widget, **common)


def _email(row: Fact, common: dict[str, Any]) -> forms.Field:
    return EmailField(max_length=254, **common)


def _phone(row: Fact, common: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    return PhoneField(max_length=20, widget=widget, **common)


def _digits(field: type[forms.CharField]) -> Callable[[Fact, dict[str, Any]], forms.Field]:
    def make(row: Fact, common: dict[str, Any]) -> forms.Field:
        return field(max_length=30, widget=forms.TextInput(attrs=_DIGITS), **common)

    return make


_FIELDS: dict[FactKind, Callable[[Fact, dict[str, Any]], forms.Field]] = {
    FactKind.YES_NO: _yes_no,
    FactKind.CHOICE: _choice,
    FactKind.CHOICES: _choices,
    FactKind.TEXT: lambda row, common: OneLineField(max_length=250, **common),
    FactKind.LONG_TEXT: _long_text,
    FactKind.WHOLE: lambda row, common: WholeNumberField(**common),
    FactKind.DECIMAL: _figure,
    FactKind.RUPIAH: lambda row, common: MoneyField(min_value=0, **common),
    FactKind.DATE: lambda row, common: DayField(**common),
    FactKind.EMAIL: _email,
    FactKind.PHONE: _phone,
    FactKind.NIK: _digits(NationalIdField),
    FactKind.NIB: _digits(BusinessNumberField),
    FactKind.NPWP: _digits(TaxNumberField),
    FactKind.KBLI: _digits(ListedLineField),
    FactKind.AREA: _figure,
    FactKind.PLACE: lambda row, common: PlaceField(max_length=250, **common),
    FactKind.DOCUMENT: lambda row, common: forms.FileField(
        widget=forms.FileInput(attrs={"accept": ACCEPT}), **common
    ),
}
