"""The lookups of every search: texts are compared in the form of ``accounts.domain.text.fold``."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.signals import connection_created
from django.db.models.lookups import Contains, Exact
from django.dispatch import receiver

from accounts.columns import NumberOf
from accounts.domain.phones import e164
from accounts.domain.text import FOLDED_AWAY, fold


class _Folded:
    """Folds both sides: the text that is looked for here, the column in the database."""

    rhs: Any

    def get_prep_lookup(self) -> str:
        return fold(str(self.rhs))

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:
        sql, params = super().process_lhs(compiler, connection, lhs)  # type: ignore[misc]
        if connection.vendor == "postgresql":
            return f"TRANSLATE(LOWER({sql}), %s, '')", [*params, FOLDED_AWAY]
        return f"TEXT_FOLD({sql})", params


@receiver(connection_created)
def teach_sqlite(connection: Any, **_: Any) -> None:
    """Give a new connection to SQLite the function that PostgreSQL has as ``TRANSLATE``."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("TEXT_FOLD", 1, _fold, deterministic=True)


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(str(text))


@models.CharField.register_lookup
@models.TextField.register_lookup
class Alike(_Folded, Contains):
    """``name__alike=text``: contains the text, whatever its blanks, quotes, hyphens and case."""

    lookup_name = "alike"

    def get_rhs_op(self, connection: Any, rhs: Any) -> str:
        return str(connection.operators["contains"] % rhs)


@models.CharField.register_lookup
@models.TextField.register_lookup
class Same(_Folded, Exact):
    """``number__same=text``: the whole text, compared in the same way."""

    lookup_name = "same"

    def get_rhs_op(self, connection: Any, rhs: Any) -> str:
        return str(connection.operators["exact"] % rhs)


@NumberOf.register_lookup
class SameNumber(Exact):
    """``phone_e164__alike=text``: the same telephone number, however it is written."""

    lookup_name = "alike"

    def get_prep_lookup(self) -> str:
        return e164(str(self.rhs)) or "-"  # no number has this form

    def get_rhs_op(self, connection: Any, rhs: Any) -> str:
        return str(connection.operators["exact"] % rhs)
