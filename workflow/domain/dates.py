"""Dates in Indonesian words, fast and the same everywhere."""

from __future__ import annotations

import calendar
from datetime import date, datetime
from zoneinfo import ZoneInfo

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def long_date(day: date) -> str:
    """Return "27 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_words(month: date) -> str:
    """Return "November 2026"."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def weekday_date(day: date) -> str:
    """Return "Jumat, 27 November 2026"."""
    return f"{WEEKDAYS[day.weekday()]}, {long_date(day)}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return "Jumat, 27 November 2026 pukul 14.05 WIB" in the office's zone."""
    local = at.astimezone(zone)
    return f"{weekday_date(local.date())} pukul {local:%H.%M} {ZONES.get(zone.key, zone.key)}"


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
