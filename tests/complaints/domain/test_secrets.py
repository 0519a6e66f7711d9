"""The secret can be read out on the telephone and stays as strong as it was."""

from __future__ import annotations

import math
import re

from complaints.domain import secrets
from permits.domain.printed import DISTINCT, grouped


def test_it_comes_in_groups_of_four_without_signs_that_look_alike() -> None:
    signs = set()
    for _one in range(300):
        secret = secrets.new_secret()
        assert re.fullmatch(r"([3-9A-Z]{4}-){7}[3-9A-Z]{4}", secret)
        signs |= set(secret) - {"-"}
    assert not signs & set("0O1IL2Z5S8BV")
    assert math.log2(len(signs)) * 32 >= 140


def test_each_sign_has_a_word_of_its_own() -> None:
    said = secrets.spelled(grouped(DISTINCT))
    words = ", ".join(words for _group, words in said).split(", ")
    assert said[0] == ("3467", "tiga, empat, enam, tujuh")
    assert len(set(words)) == len(words) == len(DISTINCT)
    assert all(len(word) > 2 for word in words)


def test_an_older_secret_with_signs_that_look_alike_has_its_digest() -> None:
    assert secrets.digest("zsbv zs-bv") == secrets.digest("ZSBV-ZSBV")
