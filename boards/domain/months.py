"""Months by their first day, and the spans of months that boards offer."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Span(StrEnum):
    """Which months a board sums up; the value stands in the address."""

    THIS = "bulan-ini"
    LAST = "bulan-lalu"
    QUARTER = "3-bulan"
    YEAR = "12-bulan"


def month_of(day: date) -> date:
    """Return the first day of the month of ``day``."""
    return day.replace(day=1)


def back(month: date, months: int) -> date:
    """Return the month so many months before ``month``."""
    index = month.year * 12 + month.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def following(month: date) -> date:
    """Return the next month."""
    return month_of(month + timedelta(days=31))


def bounds(span: Span, today: date) -> tuple[date, date]:
    """Return the first and the last month of a span; all but the last month end with today."""
    month = month_of(today)
    if span is Span.LAST:
        return back(month, 1), back(month, 1)
    return {Span.THIS: month, Span.QUARTER: back(month, 2), Span.YEAR: back(month, 11)}[span], month


def year_until(today: date) -> tuple[date, date]:
    """Return the first of the last twelve whole months, and the running month.

    So a year is never counted from eleven months, also not on the first day of a month.
    """
    month = month_of(today)
    return back(month, 12), month
