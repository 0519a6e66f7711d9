"""A column that holds a condition on facts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.domain.conditions import ALWAYS, Condition, dumped, loaded
from workflow.domain.errors import DomainError


class ConditionField(models.JSONField):
    """A ``Condition`` as JSON; empty: always. It is written as a literal, never looked into."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"default": Condition, "blank": True, "verbose_name": _("berlaku bila"), **kwargs}
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Condition:
        """Return the condition of a row."""
        return loaded(super().from_db_value(value, expression, connection) or [])

    def get_prep_value(self, value: Any) -> Any:
        """Return what is stored."""
        return dumped(value) if isinstance(value, Condition) else value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(self.get_prep_value(value or ALWAYS), connection)

    def to_python(self, value: Any) -> Condition:
        """Return the condition; ``ValidationError`` for JSON that is none."""
        if isinstance(value, Condition):
            return value
        try:
            return loaded(value or [])
        except DomainError as error:
            raise ValidationError(_("Ini bukan syarat."), code="invalid") from error

    def validate(self, value: Any, model_instance: Any) -> None:
        """A condition that ``to_python`` has read is well formed; publishing checks the rest."""

    def value_to_string(self, obj: Any) -> Any:
        return dumped(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> None:
        """A form names its own field, in which a condition is typed as text."""
