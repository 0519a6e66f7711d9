"""The kinds of SOP steps, and what makes a written procedure walkable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise, takewhile
from typing import Any, Final, Protocol, TypeVar

from standards.domain.conditions import ALWAYS, Condition, holds


class StepKind(StrEnum):
    """What the portal does at a step; the words on screen are the procedure's own."""

    FILE = "ajukan"
    CHECK = "periksa"
    WORK = "kerjakan"
    INSPECT = "tinjau"
    PAY = "bayar"
    DRAFT = "konsep"
    INITIAL = "paraf"
    SIGN = "tanda_tangan"
    NUMBER = "nomor"
    SURVEY = "kuesioner"
    HAND_OVER = "serahkan"

    @property
    def is_auxiliary(self) -> bool:
        """Whether the paper goes its way without the step.

        Only such a step may be skipped with a reason, or let the service clock stand: what is not
        checked, drafted, signed or numbered is no permit, and all that is the office's own time.
        """
        return self in (StepKind.WORK, StepKind.INSPECT, StepKind.PAY, StepKind.SURVEY)

    @property
    def waits_for_applicant(self) -> bool:
        """Whether the applicant, not the desk, decides how long the step takes."""
        return self in (StepKind.SURVEY, StepKind.HAND_OVER)


class StepClock(StrEnum):
    """Whose time a step is: the service clock runs, or it stands until the step is left."""

    USUAL = ""  # as its kind has it
    RUNS = "berjalan"
    APPLICANT = "pemohon"
    OTHER_BODY = "lembaga"
    NOT_COUNTED = "tidak_dihitung"

    @property
    def stands(self) -> bool:
        """Whether the service clock stands while the application is at the step."""
        return self not in (StepClock.USUAL, StepClock.RUNS)


def clock_of(kind: str, clock: str) -> StepClock:
    """Return whose time a step is; a payment waits for the applicant unless the SOP says else."""
    if clock:
        return StepClock(clock)
    return StepClock.APPLICANT if kind == StepKind.PAY else StepClock.RUNS


# the kinds that the desk finishes by passing the application on, and by nothing else
PASSED_ON: Final = (StepKind.WORK, StepKind.PAY, StepKind.SURVEY)
# the kinds at which an officer can record facts about the application, and several may take part
RECORDING: Final = (StepKind.WORK, StepKind.INSPECT)
# the kinds of a row at which rows that run side by side meet: its desk finishes it by itself
MEETING: Final = (StepKind.WORK, StepKind.INSPECT, StepKind.DRAFT)
OF_PARTNERS: Final = (StepKind.WORK, StepKind.INSPECT, StepKind.PAY)  # also at partner bodies


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the SOP as the walker sees it; ``when`` says whether it is a step of a file.

    A ``parallel`` row runs side by side with its neighbours that are parallel too (``met_at``).
    """

    pk: int
    order: int
    kind: StepKind
    parallel: bool = False
    optional: bool = False
    returns_to: int | None = None
    has_desk: bool = True
    clock: StepClock = StepClock.USUAL
    when: Condition = field(default=ALWAYS)


def applying(
    steps: Iterable[Step], answers: Mapping[str, Any], here: int | None = None
) -> list[Step]:
    """Return the steps whose condition ``answers`` meet (values by key, ``facts.asked``).

    ``here`` is the key of the step at which the file is: it stays, whatever the answers say now.
    """
    return [step for step in steps if step.pk == here or holds(step.when, answers)]


def time_words(least: int | None, most: int | None, unit: str) -> str:
    """Return a time as standards and SOPs print it: "3 menit", "2-3 hari"; "" without one.

    ``least`` is ``None`` where one value is printed, ``unit`` is the word for the unit.
    """
    return "" if most is None else f"{range_figure(least, most)} {unit}".strip()


def range_figure(least: int | None, most: int) -> str:
    """Return "3", or "2-3" of a range; ``least`` is ``None`` where there is one value."""
    return f"{least}-{most}" if least is not None else str(most)


def is_range(least: int | None, most: int | None) -> bool:
    """Whether ``least`` may stand before ``most``: it is empty, or less."""
    return least is None or (most is not None and least < most)


class AnyStep(Protocol):
    """A step as a row or as a value."""

    @property
    def order(self) -> int: ...

    @property
    def kind(self) -> str: ...


class AnyRow(AnyStep, Protocol):
    """A row that may run side by side with others."""

    @property
    def parallel(self) -> bool: ...


_Row = TypeVar("_Row", bound=AnyRow)


def visited(steps: Iterable[_Row]) -> list[_Row]:
    """Return the steps to which a file is handed over, in the order of ``steps``.

    Rows that run side by side are none of them: they are parts of the step at which they meet.
    """
    return [step for step in steps if not step.parallel]


def met_at(steps: Iterable[_Row], target: AnyRow) -> list[_Row]:
    """Return the rows that run side by side and meet at ``target``, in their order.

    They stand directly before it. ``steps`` are those that apply to one file.
    """
    before = [step for step in steps if step.order < target.order]
    before.sort(key=lambda step: step.order, reverse=True)
    return [*takewhile(lambda step: step.parallel, before)][::-1] if not target.parallel else []


def runs(steps: Iterable[_Row]) -> list[list[_Row]]:
    """Return the rows of an SOP in their order: side by side together, every other alone."""
    rows = sorted(steps, key=lambda step: step.order)
    found: list[list[_Row]] = []
    for row in rows:
        if found and row.parallel and found[-1][-1].parallel:
            found[-1].append(row)
        else:
            found.append([row])
    return found


class Phase(StrEnum):
    """Where a step stands in the SOP; only the steps of ``RUN`` belong to the service itself."""

    BEFORE = "sebelum"  # before filing: information, an account; the portal does not walk it
    RUN = "proses"
    AFTER = "sesudah"  # after the hand-over: supervision, reports; the office's own work


def phase(order: int, filed: int | None, handed_over: int | None) -> Phase:
    """Return the phase of the step at ``order``.

    ``filed`` and ``handed_over`` are the orders of filing and hand-over, ``None`` without one.
    """
    if filed is not None and order < filed:
        return Phase.BEFORE
    return Phase.AFTER if handed_over is not None and order > handed_over else Phase.RUN


def order_of(steps: Iterable[AnyStep], kind: StepKind) -> int | None:
    """Return the order of the first step of ``kind``; ``None`` without one."""
    return min((step.order for step in steps if step.kind == kind), default=None)


def faults(steps: Sequence[Step]) -> list[str]:
    """Return the codes of what keeps a procedure from being walked (``placed_faults``)."""
    return [code for code, _step in placed_faults(steps)]


def placed_faults(steps: Sequence[Step]) -> list[tuple[str, int | None]]:
    """Return what keeps a procedure from being walked; empty when it is sound.

    Each is a code and the key of the first step that it is about, ``None``: of no single one.

    ``steps`` are those that apply in one case (``applying``).

    What must hold is only: one filing, one check before the first paper, the paper drafted before
    it is signed and signed before it is numbered, and handed over. Work, inspections, payments and
    questionnaires stand wherever the office's decree says; before the filing only ordinary work.
    """
    rows = sorted(steps, key=lambda step: step.order)
    kinds = [step.kind for step in rows]
    once = (
        (StepKind.FILE, "procedure_needs_file"),
        (StepKind.CHECK, "procedure_needs_check"),
        (StepKind.DRAFT, "procedure_needs_draft"),
        (StepKind.SIGN, "procedure_needs_sign"),
        (StepKind.NUMBER, "procedure_needs_number"),
        (StepKind.HAND_OVER, "procedure_needs_hand_over"),
    )
    found: list[tuple[str, int | None]] = [
        (code, next((step.pk for step in rows if step.kind is kind), None))
        for kind, code in once
        if kinds.count(kind) != 1
    ]
    if found:
        return found
    place = {kind: kinds.index(kind) for kind in kinds}
    filed, checked, handed_over = (
        place[kind] for kind in (StepKind.FILE, StepKind.CHECK, StepKind.HAND_OVER)
    )
    in_order = place[StepKind.DRAFT] < place[StepKind.SIGN] < place[StepKind.NUMBER]
    by_pk: dict[int | None, Step] = {step.pk: step for step in steps}
    about = {
        "procedure_acts_before_filing": [
            step for step in rows[:filed] if step.kind is not StepKind.WORK
        ],
        "procedure_check_out_of_order": (
            [] if filed < checked < place[StepKind.DRAFT] else [rows[checked]]
        ),
        "procedure_signs_out_of_order": [
            *([] if in_order else [rows[place[StepKind.SIGN]]]),
            *(
                step
                for at, step in enumerate(rows)
                if step.kind is StepKind.INITIAL
                and not place[StepKind.DRAFT] < at < place[StepKind.SIGN]
            ),
        ],
        "procedure_hands_over_too_early": (
            [] if place[StepKind.NUMBER] < handed_over else [rows[handed_over]]
        ),
        "procedure_skips_what_must_be": [
            step for step in rows if step.optional and not step.kind.is_auxiliary
        ],
        "procedure_clock_stands_at_paper": [
            step for step in rows if step.clock.stands and not step.kind.is_auxiliary
        ],
        "procedure_step_without_desk": [step for step in rows[filed + 1 :] if not step.has_desk],
        "procedure_returns_forward": [
            step
            for step in rows
            if (target := by_pk.get(step.returns_to)) and target.order >= step.order
        ],
    }
    found = [(code, wrong[0].pk) for code, wrong in about.items() if wrong]
    return [*found, *_parallel_faults(rows, place[StepKind.CHECK], handed_over)]


def _parallel_faults(
    rows: Sequence[Step], checked: int, handed_over: int
) -> Iterator[tuple[str, int]]:
    """What is wrong with rows that run side by side; the others are places in ``rows``."""
    for at, step in enumerate(rows):
        if not step.parallel:
            continue
        if step.kind is not StepKind.WORK:
            yield "procedure_parallel_wrong_kind", step.pk
        if not checked < at < handed_over:
            yield "procedure_parallel_out_of_place", step.pk
    for run, following in pairwise([*runs(rows), []]):
        if not run[0].parallel:
            continue
        meeting = next(iter(following), None)
        if meeting is None or meeting.kind not in MEETING or meeting.optional:
            yield "procedure_parallel_never_meets", run[0].pk
