"""Form fields of numbers, in Indonesian notation everywhere: a dot separates thousands."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.domain.figures import decimal_figure, grouped, rupiah, whole_number
from accounts.fields.text import CodeField


class FigureInput(forms.TextInput):
    """A control for digits: a number control of the browser would read "150.000" as 150."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


class WholeNumberField(forms.IntegerField):
    """A whole number: "1.500" is 1500, and "1.5" is refused."""

    widget = FigureInput
    default_error_messages: ClassVar = {
        "invalid": _("Tulis bilangan bulat dengan angka saja, misalnya 1500 atau 1.500.")
    }

    @staticmethod
    def reading(text: str) -> int | None:
        """Return the number that was typed."""
        return whole_number(text)

    def to_python(self, value: Any) -> int | None:
        """Return the number; ``ValidationError`` for anything that is not a whole number."""
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        number = self.reading(str(value))
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class MoneyField(WholeNumberField):
    """An amount in whole rupiah: "150.000", "Rp 150.000", "150000" and "150.000,00" are equal."""

    reading = staticmethod(rupiah)
    default_error_messages: ClassVar = {
        "invalid": _("Tulis jumlah dalam rupiah penuh, misalnya 150.000 atau Rp 150.000.")
    }

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount with its thousands separated."""
        return grouped(value) if isinstance(value, int) else value


class FigureField(CodeField):
    """A number with or without decimals: "1.500" is 1500, "24,5" is 24.5.

    The cleaned value is text, without the separators of thousands.
    """

    def clean(self, value: Any) -> str:
        """Return the number in normal form; ``ValidationError`` if it is none."""
        text: str = super().clean(value)
        if not text:
            return text
        figure = decimal_figure(text)
        if figure is None:
            raise ValidationError(_("Tulis angka saja, misalnya 1500 atau 24,5."))
        return figure
