"""The fields of every form: limits of days, lengths of texts, numbers as they are shown again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.utils import timezone

from accounts.fields import (
    DayField,
    EmailField,
    FigureField,
    LongTextField,
    MomentField,
    MoneyField,
    OneLineField,
    PhoneField,
    TimeOfDayField,
    WholeNumberField,
)


def faults(field: forms.Field, typed: Any) -> list[str]:
    try:
        field.clean(typed)
    except forms.ValidationError as error:
        return [str(one.code) for one in error.error_list]
    return []


def test_a_text_as_long_as_the_browser_allows_is_taken():
    field = LongTextField(max_length=10)
    assert field.clean("123456789\r\n0"[:11]) == "123456789"
    assert field.clean("1234567\r\n90") == "1234567\n90"
    assert faults(field, "12345678901") == ["max_length"]


def test_a_text_of_invisible_signs_is_empty():
    assert faults(OneLineField(), "\u200b\ufeff") == ["required"]


def test_an_empty_text_keeps_what_its_column_has_for_it():
    assert OneLineField(required=False, empty_value=None).clean("\u200b") is None


def test_an_address_with_a_hidden_sign_is_the_address_without_it():
    assert EmailField().clean(" Siti@Contoh\u200b.id ") == "siti@contoh.id"


def test_a_telephone_number_stays_as_it_was_typed():
    assert PhoneField().clean("0062 812\u00ad 3456 7890") == "0062 812 3456 7890"


@pytest.mark.parametrize(
    "typed", ["01/01/0001", "0025-03-04", "04-03-0098", "9999-12-31", "1066-10-14"]
)
def test_a_day_that_cannot_be_meant_is_refused(typed):
    assert faults(DayField(), typed) == ["limits"]


@pytest.mark.parametrize("typed", ["27/11/26", "27-11-26", "27.11.26", "1/2/3"])
def test_a_year_has_four_digits(typed):
    assert faults(DayField(), typed) == ["short_year"]
    assert faults(MomentField(), f"{typed} 10.00") == ["short_year"]


@pytest.mark.parametrize(
    "typed", ["2026-11-27", "27/11/2026", "27-11-2026", "27.11.2026", "\uff12\uff17/11/2026"]
)
def test_a_day_in_the_usual_ways(typed):
    assert DayField().clean(typed).isoformat() == "2026-11-27"


def test_the_limits_are_counted_from_today():
    today = timezone.localdate()
    field = DayField(back=1, ahead=0)
    assert faults(field, (today + timedelta(days=2)).isoformat()) == ["limits"]
    assert faults(field, (today - timedelta(days=400)).isoformat()) == ["limits"]
    assert faults(field, today.isoformat()) == []


def test_the_browser_is_told_the_limits():
    class Form(forms.Form):
        day = DayField(back=1, ahead=0)

    tomorrow = timezone.localdate() + timedelta(days=1)
    assert f'max="{tomorrow.isoformat()}"' in str(Form()["day"])


def test_a_moment_is_limited_like_a_day():
    assert faults(MomentField(back=1), "0025-03-04T10:00") == ["limits"]
    assert faults(MomentField(), "2026-11-27T10:00") == []


@pytest.mark.parametrize("typed", ["14:30", "14.30", "\uff11\uff14.30"])
def test_a_time_with_a_dot_or_a_colon(typed):
    assert TimeOfDayField().clean(typed).isoformat() == "14:30:00"


def test_money_is_shown_as_it_is_written_and_is_unchanged_then():
    class Form(forms.Form):
        amount = MoneyField()

    form = Form({"amount": "150.000"}, initial={"amount": 150_000})
    assert form.is_valid()
    assert form.cleaned_data == {"amount": 150_000}
    assert not form.has_changed()
    assert 'value="150.000"' in str(Form(initial={"amount": 150_000})["amount"])


def test_a_number_says_how_to_write_it():
    form_error = "Tulis bilangan bulat dengan angka saja, misalnya 1500 atau 1.500."
    with pytest.raises(forms.ValidationError, match=form_error):
        WholeNumberField().clean("1.5")
    assert WholeNumberField(max_value=365).clean("14") == 14
    assert faults(WholeNumberField(max_value=365), "1.400") == ["max_value"]
    assert FigureField().clean("1.500") == "1500"


def test_what_no_font_of_the_documents_has_is_refused_and_named():
    field = OneLineField()
    with pytest.raises(forms.ValidationError, match="U\\+4E2D") as refused:
        field.clean("Toko \u4e2d\u6587")
    assert refused.value.messages == [
        "Tidak dapat dicetak pada dokumen: “\u4e2d” (U+4E2D), “\u6587” (U+6587). "
        "Hapus atau ganti dengan huruf lain."
    ]
    assert faults(LongTextField(), "Baik \U0001f600") == ["unprintable"]
    assert faults(LongTextField(printed=False), "Baik \U0001f600") == []
