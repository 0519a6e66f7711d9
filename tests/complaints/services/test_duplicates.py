"""Reports of the same thing, and to whom they are said."""

from __future__ import annotations

from datetime import datetime

import pytest

from complaints.services import complainant, duplicates
from complaints.services.identity import Person
from tests.factories.complaints import OFFICER, TEXT, make_complaint, make_complaint_desk
from tests.factories.permits import Cast, make_accepted, make_cast

pytestmark = pytest.mark.django_db
OTHER = "Loket dua tutup sebelum waktunya padahal antrean masih panjang dan nomor saya dipanggil."


@pytest.fixture(autouse=True)
def _desk(cast: Cast) -> None:
    make_complaint_desk(cast)


def numbers(cast: Cast, text: str, **about: object) -> list[str]:
    found = duplicates.hints(cast.office, cast.at(OFFICER), text=text, **about)  # type: ignore[arg-type]
    return [hint.number for hint in found]


def test_the_same_and_nearly_the_same_text_are_found(cast: Cast, monday: datetime) -> None:
    first = make_complaint(cast, monday)
    make_complaint(cast, monday, text=OTHER)
    assert numbers(cast, TEXT) == [first.number]
    assert numbers(cast, f"{TEXT.upper()} Mohon dibantu.") == [first.number]
    assert numbers(cast, "Ruang tunggu terlalu panas sejak pagi dan kursinya kurang.") == []
    assert numbers(cast, "") == []


def test_the_same_file_is_found_whatever_is_written(cast: Cast, monday: datetime) -> None:
    file = make_accepted(cast, monday)
    first = make_complaint(cast, monday, application=file, text=OTHER)
    second = make_complaint(cast, monday, application=file)
    (hint,) = duplicates.others(second, cast.at(OFFICER)).hints
    assert (hint.number, hint.why, hint.day) == (first.number, "berkas yang sama", monday.date())
    assert hint.url == first.get_absolute_url()


def test_nobody_is_hinted_at_what_they_may_not_see(cast: Cast, monday: datetime) -> None:
    first = make_complaint(cast, monday)
    officer = cast.at(OFFICER)
    assert numbers(cast, TEXT) == [first.number]
    first.subjects.add(officer)
    assert numbers(cast, TEXT) == []
    assert duplicates.hints(cast.office, cast.at("front-office"), text=TEXT) == []


def test_no_other_office_is_searched(cast: Cast, monday: datetime) -> None:
    elsewhere = make_cast()
    make_complaint_desk(elsewhere)
    make_complaint(elsewhere, monday)
    assert numbers(cast, TEXT) == []
    assert duplicates.known_since(cast.office, text=TEXT) is None


def test_the_public_learns_the_day_of_the_very_same_words(cast: Cast, monday: datetime) -> None:
    make_complaint(cast, monday)
    same = TEXT.upper().replace(".", " !")
    assert duplicates.known_since(cast.office, text=same) == monday.date()
    assert duplicates.known_since(cast.office, text=f"{TEXT} Mohon dibantu.") is None


def test_a_few_words_prove_nothing(cast: Cast, monday: datetime) -> None:
    make_complaint(cast, monday, text="Berkas saya hilang")
    assert duplicates.known_since(cast.office, text="Berkas saya hilang") is None


def test_the_public_proves_a_file_by_its_code_not_its_number(cast: Cast, monday: datetime) -> None:
    file = make_accepted(cast, monday)
    make_complaint(cast, monday, application=file)
    said = {
        reference: duplicates.known_since(cast.office, text=OTHER, reference=reference)
        for reference in (file.tracking_code, file.number or "", "7KQM-X4TD-9RWB-2HLP", "")
    }
    assert {key for key, day in said.items() if day} == {file.tracking_code}


def test_of_a_confidential_or_withdrawn_one_nothing_is_said(cast: Cast, monday: datetime) -> None:
    file = make_accepted(cast, monday)
    make_complaint(cast, monday, application=file, confidential=True)
    gone = make_complaint(cast, monday, application=file)
    complainant.withdraw(gone, note="Keliru", at=monday)
    asked = {"text": TEXT, "reference": file.tracking_code}
    assert duplicates.known_since(cast.office, **asked) is None


def test_a_nameless_one_is_found_as_well(cast: Cast, monday: datetime) -> None:
    first = make_complaint(cast, monday, person=Person())
    assert numbers(cast, TEXT) == [first.number]
