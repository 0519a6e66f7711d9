"""Pages of long lists by the key of their last row: the thousandth is as fast as the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.http import QueryDict

AFTER, BEFORE = "sesudah", "sebelum"
_BETWEEN = "~"
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Key:
    """One column of the order; an empty value counts as later than every other.

    ``computed`` is an annotation of whole numbers, which the model does not know.
    """

    name: str
    descending: bool = False
    computed: bool = False

    def order(self, *, backwards: bool) -> Any:
        """Return the column as ``order_by`` takes it."""
        if self.descending != backwards:
            return F(self.name).desc(nulls_first=True)
        return F(self.name).asc(nulls_last=True)

    def beyond(self, value: Any, *, backwards: bool) -> Q | None:
        """Return what lies further on than ``value``; ``None`` if nothing can."""
        if self.descending != backwards:
            return (
                Q(**{f"{self.name}__isnull": False})
                if value is None
                else Q(**{f"{self.name}__lt": value})
            )
        if value is None:
            return None
        return Q(**{f"{self.name}__gt": value}) | Q(**{f"{self.name}__isnull": True})

    def same(self, value: Any) -> Q:
        """Return the rows with this very value."""
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page; an empty address means that there is nothing on that side."""

    rows: list[M]
    previous_url: str
    next_url: str
    label: str = ""


def page(rows: QuerySet[M], keys: Sequence[Key], parameters: QueryDict, size: int) -> Page[M]:
    """Return the page of ``rows`` for the query string; an invalid cursor gives the first page."""
    backwards = BEFORE in parameters
    cursor = _read(rows.model, keys, parameters.get(BEFORE if backwards else AFTER, ""))
    backwards = backwards and cursor is not None
    if cursor is not None:
        rows = rows.filter(_beyond(keys, cursor, backwards=backwards))
    items = list(nearest(rows, keys, size, backwards=backwards))
    more = len(items) > size
    items = items[:size]
    if backwards:
        items.reverse()
    earlier, later = (more, True) if backwards else (cursor is not None, more)
    return Page(
        items,
        _address(parameters, BEFORE, keys, items[0]) if items and earlier else "",
        _address(parameters, AFTER, keys, items[-1]) if items and later else "",
    )


def nearest(
    rows: QuerySet[M], keys: Sequence[Key], size: int, *, backwards: bool = False
) -> QuerySet[M]:
    """Return the rows of a page and one more, which shows whether another page follows.

    Bare keys are sorted first: a sort that carries every column of every row is four times as long.
    """
    order = [key.order(backwards=backwards) for key in keys]
    bare = rows.order_by(*order).values("pk")[: size + 1]
    return rows.filter(pk__in=bare).order_by(*order)


def _beyond(keys: Sequence[Key], cursor: Sequence[Any], *, backwards: bool) -> Q:
    condition = Q(pk__in=[])
    same = Q()
    for key, value in zip(keys, cursor, strict=True):
        further = key.beyond(value, backwards=backwards)
        if further is not None:
            condition |= same & further
        same &= key.same(value)
    return condition


def _read(model: type[Model], keys: Sequence[Key], text: str) -> list[Any] | None:
    parts = text.split(_BETWEEN)
    if not text or len(parts) != len(keys):
        return None
    try:
        return [_parsed(model, key, part) for key, part in zip(keys, parts, strict=True)]
    except (ValidationError, OverflowError, ValueError):
        return None


def _parsed(model: type[Model], key: Key, text: str) -> Any:
    if not text:
        return None
    if key.computed:
        return int(text)
    field: Any = model._meta.pk if key.name == "pk" else model._meta.get_field(key.name)
    value = field.to_python(text)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("an instant without its zone")
    return value


def _address(parameters: QueryDict, side: str, keys: Sequence[Key], row: Model) -> str:
    query = parameters.copy()
    query.pop(AFTER, None)
    query.pop(BEFORE, None)
    query[side] = _BETWEEN.join(_written(getattr(row, key.name)) for key in keys)
    return f"?{query.urlencode()}"


def _written(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)
