"""Questions of which only the values change: their words are composed once per process.

Django needs ten times longer to compose a question over several tables than the database to
answer it. What is composed here is an ordinary query set with blanks in it::

    _VISITS = Prepared(lambda: ApplicationStep.objects.filter(application=Blank("file")))
    visits = _VISITS.ask(file=application.pk)

The blanks stand where a value is compared with a column, and a value is never ``None``.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, Expression, Field, QuerySet

Row = TypeVar("Row")


class Blank(Expression):
    """A value that is given when the question is asked; a key unless ``field`` says otherwise."""

    def __init__(self, name: str, field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=field or BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Stand among the parameters itself, until ``ask`` puts the value in its place."""
        return "%s", [self]

    def filled(self, given: dict[str, object], connection: Any) -> object:
        """Return the value as the database wants it."""
        return self.output_field.get_db_prep_value(given[self.name], connection)


class Prepared(Generic[Row]):
    """A question to the database; ``compose`` is called when it is asked for the first time."""

    def __init__(self, compose: Callable[[], QuerySet[Any, Row]]) -> None:
        self._compose = compose
        self._composed: tuple[QuerySet[Any, Row], Any, str, list[Any]] | None = None
        self._read: tuple[Any, Any] | None = None  # how a connection reads the columns

    def ask(self, **given: object) -> list[Row]:
        """Return the rows for these values."""
        connection = connections[DEFAULT_DB_ALIAS]
        if self._composed is None:
            rows = self._compose()
            compiler = rows.query.get_compiler(connection=connection)
            self._composed = (rows, compiler, *compiler.as_sql())
        rows, compiler, sql, blanks = self._composed
        values = [
            one.filled(given, connection) if isinstance(one, Blank) else one for one in blanks
        ]
        mine = copy(compiler)
        mine.connection = connection
        mine.as_sql = lambda *_args, **_kwargs: (sql, values)
        mine.get_converters = lambda columns: self._converters(compiler, connection, columns)
        answer = rows.all()
        answer.query.get_compiler = lambda *_args, **_kwargs: mine  # type: ignore[method-assign]
        return list(answer)

    def _converters(self, compiler: Any, connection: Any, columns: Any) -> Any:
        """Return what turns columns into values: always the same for one connection."""
        if self._read is None or self._read[0] is not connection:
            asked = copy(compiler)
            asked.connection = connection
            self._read = (connection, asked.get_converters(columns))
        return self._read[1]
