"""A column that the database keeps: a number in the form in which it is searched."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Replace, Upper

from permits.domain.printed import LOOK_ALIKES, SEPARATORS


def folded_column(name: str) -> Any:
    """Return a generated column with ``permits.domain.printed.folded`` of the column ``name``."""
    expression: Func = Upper(name)
    for sign, other in [*((sign, "") for sign in SEPARATORS), *LOOK_ALIKES.items()]:
        expression = Replace(expression, Value(sign), Value(other))
    return models.GeneratedField(
        expression=expression,
        output_field=models.CharField(max_length=120, null=True),
        db_persist=True,
        db_index=True,
    )
