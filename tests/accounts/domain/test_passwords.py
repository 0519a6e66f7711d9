"""Which passwords are made of the words of this place."""

from __future__ import annotations

import pytest

from accounts.domain.passwords import LEFT, WORDS, is_made_of


@pytest.mark.parametrize(
    "password",
    [
        "Perizinan2026!",
        "dpmptsp-2026-01",
        "PORTAL perizinan 1",
        "kepala.dinas.1234",
        "izinizinizin",
    ],
)
def test_words_of_this_place_make_no_password(password: str) -> None:
    assert is_made_of(password)


@pytest.mark.parametrize(
    "password", ["kucing biru makan awan", "izin kucing biru makan", "7hQ2-vvNp-31xz", ""]
)
def test_others_do(password: str) -> None:
    assert not is_made_of(password)


def test_a_longer_word_is_taken_out_before_one_that_it_holds() -> None:
    for place, word in enumerate(WORDS):
        assert not any(word in later for later in WORDS[place + 1 :]), word
    assert LEFT > 0
