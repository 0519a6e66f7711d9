"""Form fields of days and times. A day has limits, and its year four digits."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.domain.text import clean_code

_DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y"]
_TIMES = ["%H:%M", "%H.%M", "%H:%M:%S", "%H.%M.%S"]
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{1,2}(\D.*)?")
_ERRORS: dict[str, Any] = {
    "invalid": _("Tulis tanggal yang ada, misalnya 27/11/2026."),
    "short_year": _("Tulis tahunnya dengan empat angka, misalnya 27/11/2026."),
    "limits": _("Tanggal di sini paling awal %(first)s dan paling akhir %(last)s."),
}


class _Limited(forms.Field):
    """The limits of a field, in years before and after today.

    ``ahead=0`` still allows tomorrow: it may be today in another zone of the country. Whoever needs
    the exact day of an office compares with it.
    """

    def __init__(self, *, back: int = 120, ahead: int = 50, **kwargs: Any) -> None:
        self.back, self.ahead = back, ahead
        super().__init__(**kwargs)

    def limits(self) -> tuple[date, date]:
        """Return the first and the last day that can be entered today."""
        today = timezone.localdate()
        last = _in_years(today, self.ahead) + timedelta(days=0 if self.ahead else 1)
        return _in_years(today, -self.back), last

    def to_python(self, value: Any) -> Any:
        """Return the day; ``ValidationError`` for a short year or a day out of the limits."""
        if isinstance(value, str):
            value = clean_code(value)
            if _SHORT_YEAR.fullmatch(value):
                raise ValidationError(self.error_messages["short_year"], code="short_year")
        return super().to_python(value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        first, last = self.limits()
        day = value.date() if isinstance(value, datetime) else value
        if day is not None and not first <= day <= last:
            shown = {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
            raise ValidationError(self.error_messages["limits"], code="limits", params=shown)


class DayField(_Limited, forms.DateField):
    """A day, picked or typed in one of the usual ways, within ``back`` and ``ahead`` years."""

    default_error_messages: ClassVar = _ERRORS

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**{"input_formats": _DAYS, **kwargs})

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """Tell the browser the limits, on the day on which the form is shown."""
        if getattr(self.widget, "input_type", "") == "date":
            for name, day in zip(("min", "max"), self.limits(), strict=True):
                self.widget.attrs.setdefault(name, day.isoformat())
        return super().get_bound_field(form, field_name)


class MomentField(_Limited, forms.DateTimeField):
    """A day and a time, within ``back`` and ``ahead`` years."""

    default_error_messages: ClassVar = _ERRORS

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = [f"{day} {time}" for day in _DAYS for time in _TIMES]
        super().__init__(**{"widget": widget, "input_formats": formats, **kwargs})


class TimeOfDayField(forms.TimeField):
    """A time of the day: 14:30 or 14.30."""

    default_error_messages: ClassVar = {
        "invalid": _("Tulis jam yang ada, misalnya 14.30."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(**{"widget": widget, "input_formats": _TIMES, **kwargs})

    def to_python(self, value: Any) -> Any:
        """Return the time."""
        return super().to_python(clean_code(value) if isinstance(value, str) else value)


def _in_years(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day and years else day.day)
