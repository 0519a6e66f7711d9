"""Offices, positions and people, for the clerk who keeps them."""

from accounts.admin import guesses, offices, people, positions

__all__ = ["guesses", "offices", "people", "positions"]
