"""Names as everybody may read them."""

from __future__ import annotations

from permits.domain.public_names import initials_only, is_named


def test_a_name_is_reduced_word_by_word() -> None:
    assert initials_only("SMK Negeri 12 Contoh") == "S*** N*** 1*** C***"
    assert initials_only("") == ""


def test_a_business_is_named_and_a_person_is_not() -> None:
    assert is_named("PT Contoh Maju", is_body=True, responsible="Budi Santoso")
    assert not is_named("Budi Santoso", is_body=False, responsible="Budi Santoso")
    assert not is_named("BUDI Santoso", is_body=True, responsible="Budi Santoso")
