"""All that was written down about one file, in one question: each row is a part and its facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import CharField, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, JSONObject, NullIf

from accounts.models import User
from accounts.prepared import Blank, Prepared
from notices.selectors import Delivery, deliveries, instant, told_about
from permits.models import (
    Application,
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationRecord,
    CertificateDraft,
    Printout,
)
from permits.presenters import mails
from standards.models import LegalBasis
from workflow.domain.clock import ClockEvent, ClockKind

Facts = Mapping[str, Any]


class Part(StrEnum):
    """What a row is about."""

    RECORD = "riwayat"
    CLOCK = "jam"
    MESSAGE = "pesan"
    DRAFT = "konsep"
    PRINTOUT = "cetakan"
    TARGET = "target"
    REPEALED = "dicabut"


class Record(NamedTuple):
    """One change of status: when, which event, its note, by whom ("" is the portal itself)."""

    at: datetime
    event: str
    note: str
    who: str


class Paper(NamedTuple):
    """One printout: what it is, what became of it."""

    kind: str
    key: str
    state: str
    file: str
    last_error: str


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The parts; changes of status and messages with the latest first, all else in order."""

    records: list[Record]
    events: list[ClockEvent]
    messages: list[Delivery]
    drafts: list[CertificateDraft]
    papers: list[Paper]
    target: ApplicationDeadline | None
    repealed: list[tuple[str, str]]


def chronicle(application: Application) -> Chronicle:
    """Return what was written about ``application``."""
    rows = _QUESTION.ask(
        file=application.pk, version=application.version_id, about=mails.about(application)
    )
    parts: dict[str, list[Facts]] = defaultdict(list)
    for part, facts in rows:
        parts[part].append(facts)
    for found in parts.values():
        found.sort(key=lambda one: (instant(one["at"]) if "at" in one else 0, one["pk"]))
    records = [Record(instant(one["at"]), one["event"], one["note"], one["who"])
               for one in reversed(parts[Part.RECORD])]  # fmt: skip
    targets = [_target(one, application) for one in parts[Part.TARGET]]
    return Chronicle(
        records=records,
        events=[_event(one) for one in parts[Part.CLOCK]],
        messages=deliveries(reversed(parts[Part.MESSAGE])),
        drafts=[_draft(one, application) for one in parts[Part.DRAFT]],
        papers=[Paper(*(one[name] for name in Paper._fields)) for one in parts[Part.PRINTOUT]],
        target=targets[-1] if targets else None,
        repealed=[
            (one["title"], one["by"])
            for one in sorted(parts[Part.REPEALED], key=lambda one: one["order"])
        ],
    )


def _event(facts: Facts) -> ClockEvent:
    return ClockEvent(
        ClockKind(facts["kind"]), instant(facts["at"]), seq=facts["pk"], key=facts["key"],
        amount=facts["amount"], corrects=facts["corrects"], reason=facts["reason"],
    )  # fmt: skip


def _draft(facts: Facts, application: Application) -> CertificateDraft:
    draft = CertificateDraft(
        pk=facts["pk"], application=application, revision=facts["revision"],
        digest=facts["digest"], written_at=instant(facts["at"]),
        written_by=User(pk=facts["by"], full_name=facts["name"], email=facts["email"]),
    )  # fmt: skip
    draft.statement = facts["statement"]  # type: ignore[attr-defined]
    return draft


def _target(facts: Facts, application: Application) -> ApplicationDeadline:
    days = {"due_on": date.fromisoformat(facts["due_on"]) if facts["due_on"] else None}
    instants = {
        name: instant(facts[name]) if facts[name] else None
        for name in ("due_at", "met_at", "breached_at")
    }
    return ApplicationDeadline(
        pk=facts["pk"], application=application, kind=ApplicationDeadline.Kind.TARGET,
        term_amount=facts["term_amount"], term_unit=facts["term_unit"], **days, **instants,
    )  # fmt: skip


# The question ------------------------------------------------------------------------------------


def _part(part: Part, rows: QuerySet[Any], **facts: Any) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(part), JSONObject(pk="pk", **facts))


def _compose() -> QuerySet[Any, Any]:
    file = Blank("file")
    name = Coalesce(
        NullIf("actor__full_name", Value("")), "actor__email", Value(""), output_field=CharField()
    )
    records = ApplicationRecord.objects.filter(subject=file)
    clock = ApplicationClockEvent.objects.filter(application=file)
    drafts = CertificateDraft.objects.filter(application=file)
    papers = Printout.objects.filter(application=file)
    targets = ApplicationDeadline.objects.filter(
        application=file, kind=ApplicationDeadline.Kind.TARGET
    )
    cited = LegalBasis.objects.filter(version=Blank("version")).exclude(regulation=None)
    messages, facts = told_about(Blank("about", CharField()))
    return _part(Part.RECORD, records, at="at", event="event", note="note", who=name).union(
        _part(Part.CLOCK, clock, at="at", kind="kind", reason="reason", key="key",
              amount="amount", corrects="corrects_id"),
        _part(Part.MESSAGE, messages, **facts),
        _part(Part.DRAFT, drafts, at="written_at", revision="revision", digest="digest",
              statement=KT("content__statement"), by="written_by_id",
              name="written_by__full_name", email="written_by__email"),
        _part(Part.PRINTOUT, papers, kind="kind", key="key", state="owed_state", file="file",
              last_error="last_error"),
        _part(Part.TARGET, targets, due_on="due_on", due_at="due_at", met_at="met_at",
              breached_at="breached_at", term_amount="term_amount", term_unit="term_unit"),
        _part(Part.REPEALED, cited.exclude(regulation__repealed_by=""),
              order="order", title="regulation__title", by="regulation__repealed_by"),
        all=True,
    )  # fmt: skip


_QUESTION: Prepared[tuple[str, Facts]] = Prepared(_compose)
