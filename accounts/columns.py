"""Columns that follow from another column of the same row."""

from __future__ import annotations

from typing import Any

from django.db import models

from accounts.domain.phones import e164


class NumberOf(models.CharField):
    """The telephone number of the column ``typed`` in E.164, "" if it is none; for comparing.

    Written with every save of its row. ``save(update_fields=…)`` names both columns.
    """

    def __init__(self, typed: str, **kwargs: Any) -> None:
        self.typed = typed
        super().__init__(
            **{"max_length": 16, "blank": True, "default": "", "editable": False, **kwargs}
        )

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.typed, *args], kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Return the number, and keep it in the row."""
        number = e164(getattr(model_instance, self.typed))
        setattr(model_instance, self.attname, number)
        return number
