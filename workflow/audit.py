"""Evidence that cannot be changed unseen: a hash chain of records for each office.

Apps name the rows to be chained with ``register``. ``extend_chains`` adds what is new, once a
minute: nothing that people do waits for it, and a worker that dies is followed by the next.
``verify`` recomputes everything. The heads leave the server every day (``portal.evidence``): with
them also a chain that was cut off, or made anew, is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db import transaction
from django.db.models import CharField, Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from workflow.domain import audit as domain
from workflow.models import AuditChain, AuditEntry, DestroyedRow

NO_OFFICE = "portal"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one model that are evidence.

    ``office`` is the lookup to the code of their office, empty for rows of none. ``final`` selects
    the rows that nobody may change any more; the others wait. Rows that ``may_change`` get an entry
    for every state in which they were seen: keep such tables small. ``later`` are columns that
    came when rows had entries already: while they are empty, the digest is what it was before.
    """

    model: str
    columns: Sequence[str]
    office: str = ""
    final: Q = Q()
    may_change: bool = False
    later: Sequence[str] = ()

    def rows(self) -> QuerySet[Any, tuple[Any, ...]]:
        """Return key, office and columns of every final row, oldest first."""
        names = [self.office] if self.office else []
        found = apps.get_model(self.model)._base_manager.filter(self.final)
        return found.order_by("pk").values_list("pk", *names, *self.columns, *self.later)

    def read(self, row: Sequence[Any]) -> tuple[str, str, str]:
        """Return chain, key and digest of a row of ``rows``."""
        chain = (row[1] or NO_OFFICE) if self.office else NO_OFFICE
        values = list(row[2 if self.office else 1 :])
        while len(values) > len(self.columns) and not values[-1]:
            values.pop()
        return str(chain), str(row[0]), domain.row_digest(values)


class Head(NamedTuple):
    """The last entry of a chain at some time."""

    chain: str
    number: int
    hash: str


class Problem(NamedTuple):
    """The first thing that is wrong with a chain, or a row that differs from its entry.

    ``what`` is tail (entries are missing at the end), entry (an entry was changed or removed) or
    row (the row was changed or removed).
    """

    chain: str
    number: int
    what: str
    source: str = ""
    row: str = ""


SOURCES: dict[str, Source] = {}


def register(*sources: Source) -> None:
    """Chain the rows of these sources from now on."""
    SOURCES.update({source.model: source for source in sources})


register(
    Source(
        "accounts.Appointment",
        ("user_id", "position_id", "capacity", "started_on", "ended_on", "decree"),
        "position__office__code",
        may_change=True,
    ),
    Source(
        "admin.LogEntry",
        (
            "action_time",
            "user_id",
            "content_type_id",
            "object_id",
            "object_repr",
            "action_flag",
            "change_message",
        ),
    ),
    Source(
        "workflow.DestroyedRow",
        ("source", "row", "act", "report", "left", "finished_at"),
        final=Q(finished_at__isnull=False),
    ),
)


# Adding ------------------------------------------------------------------------------------------


def extend_chains(at: datetime) -> int:
    """Add an entry for every row that has none in its present state; return how many."""
    return sum(_extend(source, at) for source in SOURCES.values())


def _extend(source: Source, at: datetime) -> int:
    added = 0
    while batch := _unchained(source)[:_BATCH]:
        by_chain: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for chain, key, digest in batch:
            by_chain[chain].append((key, digest))
        for chain, rows in by_chain.items():
            added += _append(chain, source, rows, at)
    return added


def _unchained(source: Source) -> list[tuple[str, str, str]]:
    if source.may_change:
        known = _last_digests(source.model)
        read = [source.read(row) for row in source.rows().iterator()]
        return [(chain, key, digest) for chain, key, digest in read if known.get(key) != digest]
    entries = AuditEntry.objects.filter(source=source.model, row=Cast(OuterRef("pk"), CharField()))
    return [source.read(row) for row in source.rows().filter(~Exists(entries))[:_BATCH]]


def _last_digests(model: str) -> dict[str, str]:
    entries = AuditEntry.objects.filter(source=model)
    last = entries.values("row").annotate(last=Max("pk")).values("last")
    return dict(entries.filter(pk__in=last).values_list("row", "digest"))


@transaction.atomic
def _append(name: str, source: Source, rows: Iterable[tuple[str, str]], at: datetime) -> int:
    """Add entries to one chain; two workers at once follow each other at its row."""
    chain, _new = AuditChain.objects.select_for_update().get_or_create(
        name=name, defaults={"hash": domain.EMPTY}
    )
    entries: list[AuditEntry] = []
    for row, digest in rows:
        known = AuditEntry.objects.filter(source=source.model, row=row).order_by("-pk").first()
        if known is not None and known.digest == digest:
            continue  # the other worker was first
        chain.number += 1
        chain.hash = domain.entry_hash(name, chain.number, source.model, row, digest, chain.hash)
        entries.append(
            AuditEntry(
                chain=chain,
                number=chain.number,
                source=source.model,
                row=row,
                digest=digest,
                form=domain.FORM,
                hash=chain.hash,
                added_at=at,
            )
        )
    AuditEntry.objects.bulk_create(entries)
    chain.save(update_fields=["number", "hash"])
    return len(entries)


# Checking ----------------------------------------------------------------------------------------


def heads() -> list[Head]:
    """Return the head of every chain."""
    rows = AuditChain.objects.order_by("name").values_list("name", "number", "hash")
    return [Head(*row) for row in rows]


def beginnings() -> dict[str, datetime]:
    """Return when the first entry of every chain was added, by the name of the chain."""
    rows = AuditEntry.objects.values("chain__name").annotate(first=Min("added_at"))
    return dict(rows.order_by("chain__name").values_list("chain__name", "first"))


def verify(published: Iterable[Head] = ()) -> Iterator[Problem]:
    """Recompute every chain; yield the first broken entry of each and every row that differs.

    ``published`` are heads kept outside the database: each must still be an entry of its chain.
    """
    outside: dict[str, list[Head]] = defaultdict(list)
    for head in published:
        outside[head.chain].append(head)
    chains = {chain.name: chain for chain in AuditChain.objects.order_by("name")}
    for name in sorted(chains.keys() | outside.keys()):
        yield from _verify_chain(name, chains.get(name), outside[name])
    for source in SOURCES.values():
        yield from _verify_rows(source)


def _verify_chain(
    name: str, chain: AuditChain | None, outside: Iterable[Head]
) -> Iterator[Problem]:
    number, previous, kept = 0, domain.EMPTY, {head.number: head.hash for head in outside}
    for entry in AuditEntry.objects.filter(chain=chain).order_by("number").iterator():
        number += 1
        expected = domain.entry_hash(
            name, number, entry.source, entry.row, entry.digest, previous, entry.form
        )
        if entry.number != number or entry.hash != expected:
            yield Problem(name, number, "entry", entry.source, entry.row)
            return
        if kept.pop(number, entry.hash) != entry.hash:
            yield Problem(name, number, "entry", entry.source, entry.row)
            return
        previous = entry.hash
    if kept or (chain and (chain.number, chain.hash) != (number, previous)):
        yield Problem(name, number + 1, "tail")


def destroyed() -> list[tuple[str, int]]:
    """Return the reports by which rows of evidence were destroyed, and how many rows each."""
    rows = DestroyedRow.objects.exclude(finished_at=None).values("report")
    found = rows.annotate(rows=Count("pk")).order_by("report")
    return [(row["report"], row["rows"]) for row in found]


def _verify_rows(source: Source) -> Iterator[Problem]:
    """Compare every chained row with its last entry; what was destroyed, with what was left."""
    gone = DestroyedRow.objects.filter(source=source.model).exclude(finished_at=None)
    left = dict(gone.values_list("row", "left"))
    entries = AuditEntry.objects.filter(source=source.model)
    last = entries.values("row").annotate(last=Max("pk")).values("last")
    present = {key: digest for _chain, key, digest in map(source.read, source.rows().iterator())}
    for entry in entries.filter(pk__in=last).select_related("chain").order_by("pk").iterator():
        expected = left.get(entry.row, entry.digest)
        if present.get(entry.row, "") != expected:
            yield Problem(entry.chain.name, entry.number, "row", source.model, entry.row)
