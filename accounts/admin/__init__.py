"""Offices, positions and people, for the clerk who keeps them."""

from accounts.admin import offices, people, positions

__all__ = ["offices", "people", "positions"]
