"""Worlds made once in a process: their rows are put back when a test wants them again.

Most tests begin with the same office and the same file at some desk; the services need a tenth of
a second for it, the rows a few milliseconds. A world is put back only where it was taken from: in
a database that holds what it held then, with nothing patched and no setting overridden. Whatever
else a test writes makes the next world of that test a real one again.
"""

from __future__ import annotations

import inspect
import pickle
import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import time_machine
from django.apps import apps
from django.conf import UserSettingsHolder, settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import get_language

P = ParamSpec("P")
R = TypeVar("R")
Row = tuple[Any, ...]
Rows = dict[Any, Row]  # by primary key

_WRITES = re.compile(r'\s*(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "?(\w+)')
_CLOCK = timezone.now
_HARMLESS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "SET CONSTRAINTS", "PRAGMA", "EXPLAIN")


@dataclass(frozen=True)
class _File:
    """A stored file as it was when its world was made."""

    path: Path
    content: bytes

    def put_back(self) -> None:
        """Write it again if a test has removed or changed it."""
        if not self.path.exists() or self.path.read_bytes() != self.content:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.unlink(missing_ok=True)
            self.path.write_bytes(self.content)


@dataclass(frozen=True)
class _World:
    """What one making wrote, and what it returned."""

    new: dict[str, Rows]
    changed: dict[str, Rows]
    files: list[_File]
    after_commit: list[tuple[Callable[[], Any], bool]]
    result: bytes


@dataclass
class _Test:
    """What a test has in its database, as far as it came from here."""

    patched: Callable[[], bool]
    path: tuple[Hashable, ...] | None = None  # None: unknown, everything is made for real
    known: dict[str, Rows] = field(default_factory=dict)
    looked: bool = False
    before: dict[str, Rows] | None = None  # while something is made: the tables it has touched
    keepable: bool = True


_worlds: dict[Hashable, _World] = {}
_current: _Test | None = None


@contextmanager
def one_test(patched: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Begin with an unknown database; ``patched`` tells whether anything is replaced just now."""
    global _current
    _forget()
    _current = _Test(patched)
    try:
        yield
    finally:
        _forget()


def _forget() -> None:
    global _current
    _current = None
    if _watch in connection.execute_wrappers:
        connection.execute_wrappers.remove(_watch)


def kept(make: Callable[P, R]) -> Callable[P, R]:
    """Make a world for real once in a process, and put it back from then on.

    What ``make`` returns must survive pickling; it may not change what it is given.
    """
    signature = inspect.signature(make)

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        test = _current
        if test is None or not _known(test):
            return make(*args, **kwargs)
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        asked = _key(make.__qualname__, bound.arguments)
        if asked is None:
            return make(*args, **kwargs)
        assert test.path is not None
        path = (*test.path, asked)
        world = _worlds.get(path)
        if world is None:
            return _record(test, path, lambda: make(*args, **kwargs))
        _put_back(test, world)
        test.path = path
        return pickle.loads(world.result)  # noqa: S301  (our own)

    return made


def _known(test: _Test) -> bool:
    """Whether it is known what the database holds, and no making is going on."""
    overridden = isinstance(vars(settings)["_wrapped"], UserSettingsHolder)
    if test.before is not None or overridden or test.patched():
        return False
    if not test.looked and connection.in_atomic_block and _empty():
        test.path = ()
        connection.execute_wrappers.append(_watch)
    test.looked = True
    return test.path is not None


def _empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM accounts_user), EXISTS (SELECT 1 FROM accounts_office), "
            "EXISTS (SELECT 1 FROM workflow_holiday)"
        )
        return not any(cursor.fetchone() or ())


def _key(name: str, arguments: dict[str, Any]) -> Hashable | None:
    """Return what tells this making from others; ``None`` if that cannot be said."""
    told = timezone.now is not _CLOCK or time_machine.escape_hatch.is_travelling()
    moment = timezone.now() if told else None
    key = (name, get_language(), moment, _plain(arguments))
    try:
        hash(key)
    except TypeError:
        return None
    return key


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value._meta.label, value.pk
    if isinstance(value, dict):
        return tuple((key, _plain(one)) for key, one in value.items())
    if is_dataclass(value):
        return tuple(_plain(getattr(value, one.name)) for one in fields(value))
    return value


# Taking a world ----------------------------------------------------------------------------------


def _watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    """See every statement: outside a making, a write makes the database unknown."""
    test, words = _current, str(sql).lstrip()
    if test is not None and not words.startswith(_HARMLESS):
        if test.before is None:
            test.path = None
        elif (found := _WRITES.match(words)) is not None:
            table = found[1]
            if table not in test.before:
                test.before[table] = test.known[table] if table in test.known else _read(table)
        elif not words.startswith("ROLLBACK TO SAVEPOINT"):
            test.keepable = False
    return execute(sql, params, many, context)


def _record(test: _Test, path: tuple[Hashable, ...], make: Callable[[], R]) -> R:
    """Make it for real, and keep what was written."""
    callbacks = len(connection.run_on_commit)
    test.before, test.keepable = {}, True
    try:
        result = make()
        new: dict[str, Rows] = {}
        changed: dict[str, Rows] = {}
        for table, before in test.before.items():
            now = _read(table)
            test.known[table] = now
            test.keepable = test.keepable and before.keys() <= now.keys()
            new[table] = {key: row for key, row in now.items() if key not in before}
            changed[table] = {
                key: row for key, row in now.items() if key in before and before[key] != row
            }
    except BaseException:
        test.path = None
        raise
    finally:
        test.before = None
    test.path = path if test.keepable else None
    if test.keepable:
        left = [(one[1], one[2]) for one in connection.run_on_commit[callbacks:]]  # type: ignore[misc]
        _worlds[path] = _World(new, changed, _files(new), left, pickle.dumps(result))
    return result


def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def _columns(table: str) -> list[str]:
    return [str(one.column) for one in _models()[table]._meta.concrete_fields]


def _key_index(table: str) -> int:
    meta = _models()[table]._meta
    return list(meta.concrete_fields).index(meta.pk)


def _read(table: str) -> Rows:
    """Return every row as the driver reads it; the plus keeps SQLite from converting."""
    plus = "+" if connection.vendor == "sqlite" else ""
    wanted = ", ".join(f'{plus}"{column}"' for column in _columns(table))
    index = _key_index(table)
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute(f'SELECT {wanted} FROM "{table}"')  # noqa: S608
        return {row[index]: tuple(row) for row in cursor.fetchall()}


def _files(new: dict[str, Rows]) -> list[_File]:
    """Return the stored files that new rows speak of."""
    found = []
    for table, rows in new.items():
        for index, one in enumerate(_models()[table]._meta.concrete_fields):
            if isinstance(one, models.FileField):
                for name in filter(None, (row[index] for row in rows.values())):
                    path = Path(one.storage.path(name))
                    found.append(_File(path, path.read_bytes()))
    return found


# Putting it back ---------------------------------------------------------------------------------


def _put_back(test: _Test, world: _World) -> None:
    with closing(connection.connection.cursor()) as cursor:
        # children first: a published standard takes no more of them, and keys wait for the end
        for table, rows in reversed(world.new.items()):
            if rows:
                columns = ", ".join(f'"{column}"' for column in _columns(table))
                _insert(cursor, f'INSERT INTO "{table}" ({columns}) VALUES', list(rows.values()))
        for table, rows in world.changed.items():
            blank = "?" if connection.vendor == "sqlite" else "%s"
            changes = ", ".join(f'"{column}" = {blank}' for column in _columns(table))
            for key, row in rows.items():
                name = _models()[table]._meta.pk.column
                change = f'UPDATE "{table}" SET {changes} WHERE "{name}" = {blank}'  # noqa: S608
                cursor.execute(change, [*row, key])
    for table in world.new:
        test.known[table] = {
            **test.known.get(table, {}), **world.new[table], **world.changed[table],
        }  # fmt: skip
    for one in world.files:
        one.put_back()
    for callback, robust in world.after_commit:
        transaction.on_commit(callback, robust=robust)


def _insert(cursor: Any, words: str, rows: list[Row]) -> None:
    if connection.vendor == "sqlite":
        cursor.executemany(f"{words} ({', '.join('?' * len(rows[0]))})", rows)
        return
    blanks = f"({', '.join(['%s'] * len(rows[0]))})"
    cursor.execute(words.encode() + b",".join(cursor.mogrify(blanks, row) for row in rows))
