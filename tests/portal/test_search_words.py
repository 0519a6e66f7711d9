"""Ordinary words find the services of the five loaded standards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from portal.search import look, understand
from tests.standards.source_documents import loaded_fixtures

pytestmark = pytest.mark.django_db
BKK, COURSES, DROPOUTS = (
    "tanda-daftar-bkk",
    "kbli-78422",
    "rekomendasi-pelatih-anak-putus-sekolah",
)


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), loaded_fixtures():
        yield


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("dinas tenaga kerja", BKK),
        ("disnaker", BKK),
        ("disnaker", COURSES),
        ("LPK", COURSES),
        ("izin sekolah kerja", BKK),
        ("balai latihan kerja", COURSES),
        ("dinsos", DROPOUTS),
        ("loker", BKK),
    ],
)
def test_common_words_find_the_service(words: str, slug: str) -> None:
    found = look(understand(words), date(2026, 11, 16))
    assert slug in {offer.service.slug for offer in found.offers}


@pytest.mark.parametrize("words", ["bursa kerja kusus", "sertifikat kursus komputr", "konsultn"])
def test_what_is_suggested_finds_something(words: str) -> None:
    day = date(2026, 11, 16)
    found = look(understand(words), day)
    assert found.suggestion
    assert look(understand(found.suggestion), day).offers
