"""Charts and tables write decimals in the language of their reader; papers in Indonesian."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from boards.presenters.period_tables import PeriodTable
from boards.wording import in_days
from complaints.services.figures import days_text
from documents.content import in_indonesian
from standards.models import TermUnit
from surveys.tables import decimal_text
from workflow.charts import bars, line


def _table() -> str:
    table = PeriodTable("uji", "Uji", "", ["Nama", "Median"], [["Satu", 2.5]], lead=1)
    return render_to_string("boards/_table.html", {"table": table})


def _bars() -> str:
    chart = bars([("Satu", Decimal("88.30"), decimal_text(Decimal("88.30")), "good")])
    return render_to_string("components/bars.html", {"chart": chart, "label": "Uji"})


def _line() -> str:
    chart = line([(one, Decimal(one), decimal_text(Decimal(one))) for one in ("80", "88.30")])
    return render_to_string("components/line.html", {"chart": chart, "label": "Uji"})


@pytest.mark.parametrize(
    ("write", "number"),
    [
        (_table, "2.5"),
        (_bars, "88.30"),
        (_line, "88.30"),
        (lambda: in_days(2.5, TermUnit.WORKDAY), "2.5"),
        (lambda: days_text(2.5), "2.5"),
    ],
)
def test_a_decimal_has_a_point_in_english_and_a_comma_in_indonesian(
    write: Callable[[], str], number: str
) -> None:
    comma = number.replace(".", ",")
    assert comma in write()
    with translation.override("en"):
        text = write()
        assert number in text
        assert comma not in text
        assert comma in in_indonesian(write)()
