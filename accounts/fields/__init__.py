"""The form fields of every form and administration page: one place where typed values are read."""

from accounts.fields.days import DayField, MomentField, TimeOfDayField
from accounts.fields.figures import FigureField, FigureInput, MoneyField, WholeNumberField
from accounts.fields.people import (
    BusinessLineField,
    BusinessNumberField,
    NationalIdField,
    PhoneField,
    TaxNumberField,
)
from accounts.fields.text import (
    CleanText,
    CodeField,
    EmailField,
    LongTextField,
    OneLineField,
    SlugField,
)

__all__ = [
    "BusinessLineField",
    "BusinessNumberField",
    "CleanText",
    "CodeField",
    "DayField",
    "EmailField",
    "FigureField",
    "FigureInput",
    "LongTextField",
    "MomentField",
    "MoneyField",
    "NationalIdField",
    "OneLineField",
    "PhoneField",
    "SlugField",
    "TaxNumberField",
    "TimeOfDayField",
    "WholeNumberField",
]
