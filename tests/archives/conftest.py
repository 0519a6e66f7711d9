"""The tests of archives run with the limits of production."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _as_in_production(limits_on: None) -> None:
    """Whatever is tested works while guesses are counted, refused and recorded."""
