"""A password is found in a sorted list of digests, wherever it stands in it."""

from __future__ import annotations

import hashlib
import io

import pytest

from accounts.domain.leaked import is_list, is_listed

LEAKED = [f"kata sandi bocor {number}" for number in range(20)]
OTHERS = [f"kata sandi lain {number}" for number in range(200)]


def digest(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def listed(*lines: str, end: str = "\r\n") -> io.BytesIO:
    return io.BytesIO(end.join(lines).encode())


DIGESTS = sorted(map(digest, LEAKED))


@pytest.mark.parametrize(
    "digests",
    [
        listed(*(f"{one}:{nth * 977}" for nth, one in enumerate(DIGESTS))),
        listed(*DIGESTS, "", end="\n"),
        listed(*map(str.lower, DIGESTS), end="\n"),
    ],
    ids=["as downloaded", "digests alone", "small letters"],
)
def test_what_leaked_is_found_and_nothing_else(digests: io.BytesIO) -> None:
    assert is_list(digests)
    assert all(is_listed(password, digests) for password in LEAKED)
    assert not any(is_listed(password, digests) for password in OTHERS)


def test_a_list_of_one_or_none() -> None:
    assert is_listed(LEAKED[0], listed(digest(LEAKED[0])))
    assert not is_listed(LEAKED[1], listed(digest(LEAKED[0])))
    assert not is_listed(LEAKED[0], io.BytesIO())


@pytest.mark.parametrize(
    "lines",
    [[], ["password", "123456"], [one[:32] for one in DIGESTS], DIGESTS[::-1]],
    ids=["empty", "passwords", "digests of another kind", "not in order"],
)
def test_what_is_no_such_list_is_seen(lines: list[str]) -> None:
    assert not is_list(listed(*lines))
