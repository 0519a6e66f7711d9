"""Papers beside the permit: what their text may name, and what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from standards.domain.condition_faults import faults as condition_faults
from standards.domain.facts import Fact, FactKind, choices_of
from standards.domain.faults import Fault
from standards.domain.step_conditions import known_at
from standards.domain.steps import StepKind, order_of
from standards.domain.versions import PaperText, ProcedureText, StepText, VersionSnapshot

Found = Iterator[tuple[str, Mapping[str, object]]]

_NEVER_PRINTED = (FactKind.NIK, FactKind.DOCUMENT)
_PLACE = re.compile(r"\{([A-Za-z0-9_-]+)\}")


class PaperKind(StrEnum):
    """What a paper is; all kinds are written, signed, numbered and verified alike."""

    LETTER = "surat"
    ASSESSMENT = "ketetapan"  # surat ketetapan retribusi daerah (SKRD)
    MINUTES = "berita_acara"


class PaperAct(StrEnum):
    """What a step does with a paper."""

    WRITE = "tulis"
    INITIAL = "paraf"
    SIGN = "tanda_tangan"


# where several have a part, the desk passes the file on when all are in, and does nothing else
_BY_SEVERAL = {
    PaperAct.INITIAL: "paper_initialed_by_several",
    PaperAct.SIGN: "paper_signed_by_several",
}


class AnyPaper(Protocol):
    """A paper as a row or as a value: the printed numbers of its steps.

    ``initialed_at`` holds one a line.
    """

    @property
    def written_at(self) -> str: ...

    @property
    def initialed_at(self) -> str: ...

    @property
    def signed_at(self) -> str: ...


class Place(StrEnum):
    """What a text may name besides the facts of the version."""

    NUMBER = "nomor_permohonan"
    FILED_ON = "tanggal_permohonan"
    SERVICE = "layanan"
    HOLDER = "pemegang"
    RESPONSIBLE = "penanggung_jawab"
    ADDRESS = "alamat"
    NIB = "nib"
    CHARGES = "tagihan"
    INSPECTION = "hasil_peninjauan"


def acts(paper: AnyPaper) -> list[tuple[str, PaperAct]]:
    """Return the printed numbers of the steps that make ``paper``, each with what it does."""
    named = [
        (paper.written_at, PaperAct.WRITE),
        *((number, PaperAct.INITIAL) for number in choices_of(paper.initialed_at)),
        (paper.signed_at, PaperAct.SIGN),
    ]
    return [(number, act) for number, act in named if number]


def act_at(paper: AnyPaper, number: str) -> PaperAct | None:
    """Return what the step with the printed ``number`` does with ``paper``; ``None``: nothing."""
    return next((act for named, act in acts(paper) if named == number), None)


def steps_of(papers: Iterable[AnyPaper], *wanted: PaperAct) -> set[str]:
    """Return the printed numbers of the steps that do one of ``wanted`` with one of ``papers``."""
    return {number for paper in papers for number, act in acts(paper) if act in wanted}


def goes_to_applicant(kind: str, addressee: str) -> bool:
    """Whether a paper is meant for the applicant: an assessment, or a text addressed to them."""
    named = places(addressee)
    return kind == PaperKind.ASSESSMENT or Place.HOLDER in named or Place.RESPONSIBLE in named


def places(text: str) -> list[str]:
    """Return the names between braces in ``text``, each once, in their order."""
    return list(dict.fromkeys(_PLACE.findall(text)))


def filled(text: str, value: Callable[[str], str]) -> str:
    """Return ``text`` with each name between braces replaced by its ``value``."""
    return _PLACE.sub(lambda match: value(match[1]), text)


def nameable(facts: Sequence[Fact]) -> list[str]:
    """Return all names that a text may hold: no identity number, no file is ever printed."""
    return [*Place, *(fact.key for fact in facts if fact.kind not in _NEVER_PRINTED)]


def faults(version: VersionSnapshot) -> Iterator[Fault]:
    """Yield what keeps the papers of ``version`` from being published."""
    facts = version.asked()
    places_of: dict[str, list[int]] = defaultdict(list)
    for at, paper in enumerate(version.papers):
        places_of[paper.key].append(at)
    for key, (_first, *more) in places_of.items():
        if more:
            yield Fault("paper_key_twice", {"key": key}, f"papers-{more[0]}")
    for at, paper in enumerate(version.papers):
        for code, named in _paper_faults(paper, version, facts):
            yield Fault(code, {"item": paper.title, **named}, f"papers-{at}")
    for number in _shared(version.papers):
        at = next(
            at
            for at, paper in enumerate(version.papers)
            if number in (named for named, _act in acts(paper))
        )
        yield Fault("paper_step_shared", {"step": number}, f"papers-{at}")


def _paper_faults(paper: PaperText, version: VersionSnapshot, facts: Sequence[Fact]) -> Found:
    if not paper.written_at:
        yield "paper_without_step", {}
    if not paper.signed_at:
        yield "paper_without_signer", {}
    for name in _unknown((paper.body, paper.addressee), nameable(facts)):
        yield "paper_place_unknown", {"name": name}
    only = steps_of([paper], PaperAct.INITIAL, PaperAct.SIGN)
    for fact in facts:
        if fact.asked_at in only:
            yield "paper_step_records", {"step": fact.asked_at, "fact": fact.label}
    for procedure in version.procedures:
        found = [*_step_faults(paper, procedure, facts), *_initial_faults(paper, procedure)]
        for code, named in found:
            yield code, {**named, "procedure": procedure.name}


def statement_faults(version: VersionSnapshot) -> Found:
    """Yield what keeps the text of the permit from being filled: codes and what they name."""
    for text in (version.certificate_statement, *(row.statement for row in version.permits)):
        yield from _statement_faults(text, version)


def refusal_faults(version: VersionSnapshot) -> Found:
    """Yield what keeps the text of the letter of refusal from being filled.

    Every desk may propose to refuse: what a later step records may not be known yet.
    """
    text, facts = version.refusal_statement, version.asked()
    for name in _unknown((text,), nameable(facts)):
        yield "statement_place_unknown", {"name": name}
    recorded = {fact.key: fact.label for fact in facts if fact.asked_at}
    for name in places(text):
        if name in recorded:
            yield "refusal_fact_recorded", {"fact": recorded[name]}


def _statement_faults(text: str, version: VersionSnapshot) -> Found:
    facts = version.asked()
    for name in _unknown((text,), nameable(facts)):
        yield "statement_place_unknown", {"name": name}
    by_key = {fact.key: fact for fact in facts}
    for procedure in version.procedures:
        drafted = [step for step in procedure.steps if step.kind == StepKind.DRAFT]
        known = known_at(drafted[0], procedure, facts) if drafted else list(by_key)
        for name in places(text):
            if name in by_key and name not in known:
                said = {"fact": by_key[name].label, "procedure": procedure.name}
                yield "statement_fact_too_late", said


def _unknown(texts: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from (f"{{{name}}}" for name in places(text) if name not in known)
        rest = _PLACE.sub("", text)
        yield from (sign for sign in "{}" if sign in rest)


def _shared(papers: Sequence[PaperText]) -> list[str]:
    """Numbers of steps at which two papers, or two acts of one, would stand."""
    numbers = [number for row in papers for number, _act in acts(row)]
    return [number for number, times in Counter(numbers).items() if times > 1]


def step_of(number: str, procedure: ProcedureText) -> StepText | None:
    """Return the step with the printed ``number``; ``None`` unless there is exactly one."""
    found = [step for step in procedure.steps if step.printed_number == number]
    return found[0] if len(found) == 1 else None


def _step_faults(paper: PaperText, procedure: ProcedureText, facts: Sequence[Fact]) -> Found:
    checked = order_of(procedure.steps, StepKind.CHECK)
    for number, act in acts(paper):
        step = step_of(number, procedure)
        if step is None:
            yield "paper_step_unknown", {"step": number}
        elif step.kind != StepKind.WORK:
            yield "paper_step_wrong", {"step": number}
        elif step.parallel:
            yield "paper_step_parallel", {"step": number}
        elif checked is not None and step.order <= checked:
            yield "paper_step_too_early", {"step": number}
        elif step.performers and act in _BY_SEVERAL:
            yield _BY_SEVERAL[act], {"step": number}
    written, signed = (step_of(each, procedure) for each in (paper.written_at, paper.signed_at))
    if written is None:
        return
    if signed is not None and signed.order < written.order:
        yield "paper_signed_too_early", {"step": paper.signed_at}
    known = known_at(written, procedure, facts)
    by_key = {fact.key: fact for fact in facts}
    yield from condition_faults(paper.when, by_key, known)
    for name in [*places(paper.body), *places(paper.addressee)]:
        if name in by_key and name not in known:
            yield "paper_fact_too_late", {"fact": by_key[name].label, "step": paper.written_at}


def _initial_faults(paper: PaperText, procedure: ProcedureText) -> Found:
    written, signed = (step_of(each, procedure) for each in (paper.written_at, paper.signed_at))
    for number in sorted(steps_of([paper], PaperAct.INITIAL)):
        step = step_of(number, procedure)
        before = step and written and step.order < written.order
        behind = step and signed and step.order > signed.order
        if before or behind:
            yield "paper_initialed_out_of_order", {"step": number}
