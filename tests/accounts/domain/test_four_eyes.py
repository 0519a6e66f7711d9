"""Nobody approves or signs what they wrote, unless the office's standard lets one person answer."""

from __future__ import annotations

import pytest

from accounts.domain.four_eyes import breaks_four_eyes

HEAD, CLERK, ADVISER = 1, 2, 3


@pytest.mark.parametrize(
    ("authors", "broken"),
    [
        (set(), False),
        ({CLERK}, False),
        ({HEAD}, True),
        ({CLERK, ADVISER}, False),
        ({HEAD, CLERK}, True),  # one revision is enough, whoever wrote the last one
    ],
)
def test_nobody_signs_what_they_wrote(authors: set[int], broken: bool) -> None:
    assert breaks_four_eyes(HEAD, authors) is broken


def test_an_answer_that_one_person_gives_is_signed_by_its_author() -> None:
    assert not breaks_four_eyes(CLERK, {CLERK}, answered_by_one=True)
