"""The two administrators of the tests of proposals, and the limits of production."""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.factories.accounts import make_admin
from tests.factories.permits import Cast


@pytest.fixture(autouse=True)
def _as_in_production(limits_on: None) -> None:
    """Whatever is tested works while guesses are counted, refused and recorded."""


@pytest.fixture
def ani(cast: Cast) -> User:
    """The administrator who proposes."""
    return make_admin(full_name="Ani Pengusul")


@pytest.fixture
def budi(ani: User) -> User:
    """The other administrator."""
    return make_admin(full_name="Budi Kedua")
