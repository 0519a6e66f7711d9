"""The field of a pattern of numbers, for rows that may have one of their own."""

from __future__ import annotations

from typing import Any

from accounts.number_patterns import validate_number_pattern


class PatternMixin:
    """A form with the field ``number_pattern``, which may stay empty."""

    cleaned_data: dict[str, Any]

    def clean_number_pattern(self) -> str:
        """A pattern of its own has number and year."""
        pattern: str = self.cleaned_data["number_pattern"]
        if pattern:
            validate_number_pattern(pattern)
        return pattern
