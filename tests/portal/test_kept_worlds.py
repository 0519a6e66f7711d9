"""What tests begin with may be put back instead of made: it must be the same to the last row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Office
from permits.models import Application, Document
from standards.domain.steps import StepKind
from standards.models import StandardComponent
from tests.factories import kept
from tests.factories.permits import at_step, make_cast, make_submitted
from tests.factories.workflow import load_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Begin with no worlds, whatever other tests have kept."""
    worlds = dict(kept._worlds)
    kept._worlds.clear()
    yield
    kept._worlds.clear()
    kept._worlds.update(worlds)


class _Again(Exception):
    """Ends one beginning, so that the next finds an empty database."""


def play(at: datetime, times: int) -> list[tuple[Application, dict[str, kept.Rows]]]:
    """Make the same file several times, each time in an empty database; return rows as well."""
    found = []
    for _turn in range(times):
        try:
            with kept.one_test(), transaction.atomic():
                load_calendar()
                file = at_step(make_cast(), StepKind.INSPECT, at)
                found.append((file, {table: kept._read(table) for table in kept._models()}))
                raise _Again
        except _Again:
            pass
    return found


def test_what_is_put_back_is_what_was_made(monday: datetime) -> None:
    (made, rows), (back, rows_back) = play(monday, 2)
    assert rows == rows_back
    assert rows["permits_application"]
    assert (made.pk, made.number, made.applicant) == (back.pk, back.number, back.applicant)
    assert made is not back


def test_each_is_made_for_real_once(monday: datetime) -> None:
    play(monday, 2)
    names = [path[-1][0] for path in kept._worlds]  # type: ignore[index]
    assert names == ["load_calendar", "make_cast", "_walked"]


def test_another_hour_is_another_world(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    play(monday, 1)
    monkeypatch.setattr(timezone, "now", lambda: monday)
    before = len(kept._worlds)
    play(monday, 2)
    assert len(kept._worlds) == 2 * before


def test_what_a_test_writes_makes_the_next_world_a_real_one(monday: datetime) -> None:
    play(monday, 2)
    with kept.one_test():
        load_calendar()
        cast = make_cast()
        Office.objects.filter(pk=cast.office.pk).update(city="Pindah")
        file = at_step(cast, StepKind.INSPECT, monday)
        assert kept._current is not None
        assert kept._current.path is None
    assert file.office.city == "Pindah"


def test_nothing_is_put_back_where_something_is_patched(monday: datetime) -> None:
    play(monday, 2)
    with kept.one_test(lambda: True):
        load_calendar()
        assert kept._current is not None
        assert kept._current.path is None


def test_a_stored_file_that_was_changed_or_removed_is_there_again(monday: datetime) -> None:
    def papers(harm: str) -> bytes:
        content = b""
        try:
            with kept.one_test(), transaction.atomic():
                load_calendar()
                file = make_submitted(make_cast(), monday)
                paper = Document.objects.get(application=file).file
                with paper.open() as opened:
                    content = opened.read()
                if harm == "remove":
                    paper.storage.delete(paper.name or "")
                elif harm == "change":
                    with open(paper.path, "ab") as opened:
                        opened.write(b"x")
                raise _Again
        except _Again:
            return content

    made = papers("")
    assert made.startswith(b"%PDF-")
    assert papers("").startswith(b"%PDF-")
    kept_one = papers("change")
    assert papers("remove") == papers("") == kept_one


def test_a_standard_that_is_put_back_is_guarded_as_before(monday: datetime) -> None:
    play(monday, 2)
    with kept.one_test():
        load_calendar()
        version = make_cast().version
        assert kept._current is not None
        assert kept._current.path in kept._worlds
    with transaction.atomic(), pytest.raises(DatabaseError):
        StandardComponent.objects.filter(version=version).update(body="diubah")
    connection.check_constraints()
