"""The forms that narrow a list: what they ask, what they say of nonsense, how they are drawn."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines

from workflow.forms.filters import FilterForm, KeyField, SearchField

GONE = "Pilihan ini tidak ada, jadi tidak dipakai."


class Sample(FilterForm):
    title = "Cari contoh"
    small = ("tahun",)
    q = SearchField(label="Nama", max_length=20)
    tahun = forms.TypedChoiceField(
        label="Tahun",
        choices=[(2026, 2026), (2025, 2025)],
        coerce=int,
        required=False,
        initial=2026,
    )
    layanan = KeyField(label="Layanan", widget=forms.Select(choices=[("", "Semua"), (7, "Izin")]))


def asked(query: str) -> Sample:
    return Sample(QueryDict(query))


def drawn(form: FilterForm) -> str:
    written: str = engines["django"].from_string("{% crispy form %}").render({"form": form})
    return " ".join(written.split())


@pytest.mark.parametrize(
    ("query", "answers"),
    [
        ("", {"q": "", "tahun": 2026, "layanan": None}),
        ("q=+PT%0AMaju+&tahun=2025&layanan=7", {"q": "PT Maju", "tahun": 2025, "layanan": 7}),
        ("tahun=1999&layanan=x", {"q": "", "tahun": 2026, "layanan": None}),
        ("layanan=0", {"q": "", "tahun": 2026, "layanan": 0}),
        (f"layanan={'9' * 40}&q={'a' * 21}", {"q": "", "tahun": 2026, "layanan": None}),
    ],
)
def test_what_is_asked_wrongly_counts_as_not_asked(query: str, answers: dict[str, Any]) -> None:
    assert asked(query).answers == answers


@pytest.mark.parametrize("query", ["tahun=1999", "layanan=x", "layanan=-1", f"layanan={'9' * 40}"])
def test_the_field_says_that_a_choice_does_not_exist(query: str) -> None:
    name = query.partition("=")[0]
    form = asked(query)
    assert form.errors == {name: [GONE]}
    page = drawn(form)
    assert page.count(GONE) == 1
    assert f'aria-describedby="id_{name}_error"' in page


def test_the_whole_form_is_drawn_and_asks_by_get() -> None:
    page = drawn(asked("q=maju&layanan=7"))
    assert page.startswith("<form ")
    assert 'method="get"' in page
    assert 'role="search"' in page
    assert 'aria-label="Cari contoh"' in page
    assert 'value="maju"' in page
    assert '<option value="7" selected>' in page
    assert page.count("<button") == 1
    assert "csrfmiddlewaretoken" not in page


def test_nothing_in_it_is_marked_as_optional_or_required() -> None:
    page = drawn(asked(""))
    assert "(opsional)" not in page
    assert "required" not in page


def test_each_field_has_the_room_that_it_needs() -> None:
    page = drawn(asked(""))
    places = [
        page.index(f'class="list-tool{width}"')
        for width in (" list-tool--wide", " list-tool--small", "")
    ]
    assert places == sorted(places)
