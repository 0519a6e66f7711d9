"""What is typed in one form: hidden signs, wide letters, line breaks, addresses, search."""

import pytest

from accounts.domain.text import clean_code, clean_email, clean_line, clean_text, fold


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Si\u200bti", "Siti"),  # zero width space
        ("Si\u00adti", "Siti"),  # soft hyphen
        ("\u202aSiti\u202c", "Siti"),  # embedding of a direction
        ("\ufeffSiti", "Siti"),  # mark of the byte order
        ("Siti\u2060\u00a0Aminah", "Siti Aminah"),
        ("\uff33\uff49\uff54\uff49\u3000\uff12\uff13", "Siti 23"),  # full width
        ("Si\x00ti\x07", "Siti"),
        ("Si\ud800ti", "Siti"),  # half of a pair cannot be stored
        ("\u3164\u2800", ""),  # letters that show nothing
        ("e\u0301", "\u00e9"),  # composed
        ("luas 12 m\u00b2, \u00bd", "luas 12 m\u00b2, \u00bd"),  # signs that mean something stay
        ("Ma\u2019ruf", "Ma\u2019ruf"),
    ],
)
def test_only_what_is_seen_is_kept(typed, kept):
    assert clean_text(typed) == clean_line(typed) == kept


@pytest.mark.parametrize("broken", ["a\r\nb", "a\rb", "a\nb", "a\u2028b", "a\u0085b", "a\vb"])
def test_a_line_break_is_one_sign(broken):
    assert clean_text(broken) == "a\nb"
    assert clean_line(broken) == "a b"


def test_codes_have_ascii_digits():
    assert clean_code("\uff17KQM-\u0664TD") == "7KQM-4TD"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Siti@Contoh.ID", "siti@contoh.id"),
        ("siti@conto\u200bh.id", "siti@contoh.id"),
        ("\uff53iti\uff20contoh\uff0eid", "siti@contoh.id"),
        ("siti@m\u00fcnchen.de", "siti@xn--mnchen-3ya.de"),
        ("siti@", "siti@"),
        ("siti", "siti"),
        ("siti@contoh..id", "siti@contoh..id"),
    ],
)
def test_an_address_has_one_form(typed, kept):
    assert clean_email(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1471 0145 0790 0001", "1471014507900001"),
        ("Ma\u2019ruf", "ma'ruf"),
        ("\u201cMaju\u201d", '"maju"'),
        ("503/0001/BKK", "503 / 0001 / bkk"),
        ("PT. Maju-Jaya", "PT Maju Jaya"),
        ("Nur\u02bbaini", "Nuraini"),
    ],
)
def test_a_search_sees_no_difference(one, other):
    assert fold(one) == fold(other)
