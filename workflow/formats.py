"""How dates, instants, money and sizes are written, in the language of the reader.

Printed documents are always Indonesian: they use ``workflow.domain.dates``. Facts of messages are
lazy, as with ``gettext_lazy``: the outbox writes them in the language of each recipient.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext, ngettext

SPACE = "\N{NO-BREAK SPACE}"
LONG_DAY = "l, j F Y"
SHORT_DAY = "j M Y"


def _in_english() -> bool:
    return (get_language() or "").startswith("en")


def day(value: date | None) -> str:
    """``{{ due_on|day }}`` -> "Jumat, 27 November 2026"; nothing for ``None``."""
    return date_format(value, LONG_DAY) if isinstance(value, date) else ""


def day_short(value: date | None) -> str:
    """``{{ due_on|day_short }}`` -> "27 Nov 2026"; nothing for ``None``."""
    return date_format(value, SHORT_DAY) if isinstance(value, date) else ""


def moment(value: datetime | None, zone: tzinfo | str | None = None) -> str:
    """``{{ sent_at|moment:office.zone }}`` -> "27 Nov 2026 14.05 WIB".

    ``zone`` is a time zone or its name; without it the portal's own zone is used.
    """
    if not isinstance(value, datetime):
        return ""
    if timezone.is_aware(value):
        place = ZoneInfo(zone) if zone and isinstance(zone, str) else zone
        value = value.astimezone(
            place if isinstance(place, tzinfo) else timezone.get_current_timezone()
        )
    clock = "H:i" if _in_english() else "H.i"
    return f"{date_format(value, f'{SHORT_DAY} {clock}')} {value.tzname() or ''}".rstrip()


def when(value: date | str | None) -> str:
    """A day, an instant or finished words, as a component shows it."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return str(value) if value else ""


def filesize_id(size: int | None) -> str:
    """``{{ document.size|filesize_id }}`` -> "1,4 MB" (decimal units, as phones show them)."""
    if size is None:
        return ""
    amount, unit = float(size), "B"
    for larger in ("kB", "MB", "GB"):
        if amount < 999.5:  # what rounds to 1000 belongs to the next unit
            break
        amount, unit = amount / 1000, larger
    figure = f"{amount:.1f}" if unit != "B" and amount < 9.95 else f"{amount:.0f}"
    figure = figure.removesuffix(".0")
    return f"{figure if _in_english() else figure.replace('.', ',')}{SPACE}{unit}"


def decimal(value: float | Decimal, places: int | None = None) -> str:
    """2.5 -> "2,5", in English "2.5"; always with so many ``places`` if they are given."""
    figure = f"{value:g}" if places is None else f"{value:.{places}f}"
    return figure if _in_english() else figure.replace(".", ",")


def money(rupiah: int | Decimal | None) -> str:
    """``{% money fee.amount %}`` -> "Rp 1.000.000", "Gratis" for 0, words when not decided."""
    if rupiah is None:
        return gettext("Belum ditetapkan")
    if not rupiah:
        return gettext("Gratis")
    figure = f"{rupiah:,.0f}"
    return f"Rp{SPACE}{figure if _in_english() else figure.replace(',', '.')}"


def working_time(minutes: int) -> str:
    """Return "35 menit" or "2 jam 5 menit"."""
    hours, rest = divmod(minutes, 60)
    in_minutes = ngettext("%(n)s menit", "%(n)s menit", rest) % {"n": rest}
    if not hours:
        return in_minutes
    in_hours = ngettext("%(n)s jam", "%(n)s jam", hours) % {"n": hours}
    return f"{in_hours} {in_minutes}" if rest else in_hours


day_lazy = lazy(day, str)
moment_lazy = lazy(moment, str)
money_lazy = lazy(money, str)
date_format_lazy = lazy(date_format, str)
