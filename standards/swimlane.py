"""An SOP as its printed table: a row a step, a column a performer, and the way between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from standards.domain.facts import Fact
from standards.domain.outline import Item, parse
from standards.domain.steps import Phase, StepKind, met_at, order_of, phase, runs
from standards.models import Procedure, ProcedureRole, SopStep
from standards.wording import condition_sentence

PORTAL_NOTE = "Catatan portal:"  # begins a remark that no office has printed


@dataclass(frozen=True, slots=True)
class Cell:
    """One performer at one step: the symbol if it is theirs, and the line that runs through."""

    performer: str = ""
    symbol: str = ""
    words: str = ""
    line: str = ""
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One step with finished words."""

    number: str
    activity: list[Item]
    performer: str
    recorded_by: str
    together: str
    beside: str
    waits: str
    cells: list[Cell]
    completeness: str
    time: str
    output: str
    condition: str
    back: str
    phase: str
    clock: str
    remark: str
    note: str


@dataclass(frozen=True, slots=True)
class Sop:
    """One procedure, ready for a page."""

    code: str
    name: str
    number: str
    edition: str
    total: str
    provisional_reason: str
    lanes: list[str]
    rows: list[Row]
    has_times: bool
    has_remarks: bool


def draw(procedure: Procedure, facts: Mapping[str, Fact] | None = None, edition: str = "") -> Sop:
    """Return the table of ``procedure``; its roles and steps must be loaded.

    ``facts`` are those of the standard, by key: they word the conditions of steps. ``edition``
    says which version of the SOP it is.
    """
    roles = list(procedure.roles.all())
    steps = list(procedure.steps.all())
    by_role = {role.pk: role for role in roles}
    by_step = {step.pk: step for step in steps}
    place = {role.pk: index for index, role in enumerate(roles)}
    columns = [place[step.role_id] for step in steps]
    filed = order_of(steps, StepKind.FILE)
    handed_over = max((row.order for row in steps if row.kind == StepKind.HAND_OVER), default=None)
    phases = {step.pk: phase(step.order, filed, handed_over) for step in steps}
    rows = [
        _row(step, index, columns, by_role, by_step, phases[step.pk], facts or {})
        for index, step in enumerate(steps)
    ]
    return Sop(
        code=procedure.code,
        name=procedure.name,
        number=procedure.sop_number,
        edition=edition,
        total=procedure.total_text,
        provisional_reason=procedure.provisional_reason,
        lanes=[role.label for role in roles],
        rows=rows,
        has_times=any(row.time for row in rows),
        has_remarks=any(row.remark for row in rows),
    )


def _row(
    step: SopStep,
    index: int,
    columns: Sequence[int],
    roles: dict[int, ProcedureRole],
    steps: dict[int, SopStep],
    where: Phase,
    facts: Mapping[str, Fact],
) -> Row:
    symbol = _symbol(step, index, len(columns))
    recorder = roles.get(step.recorded_by_id) if step.recorded_by_id else None
    shared = [roles[role.pk] for role in step.performers.all()]
    others = {place for place, pk in enumerate(roles) if pk in {role.pk for role in shared}}
    ours = step.remark.startswith(PORTAL_NOTE)
    return Row(
        number=step.printed_number,
        activity=parse(step.activity),
        performer=roles[step.role_id].label,
        recorded_by=recorder.label if recorder and recorder.pk != step.role_id else "",
        together=", ".join(role.label for role in shared),
        beside=_numbers(_beside(step, steps.values())),
        waits=_numbers(met_at(steps.values(), step)),
        cells=_cells(symbol, index, columns, list(roles.values()), others),
        completeness=step.completeness,
        time=step.standard_time,
        output=step.output,
        condition=_condition(step, facts),
        back=_back(step, roles, steps),
        phase=_phases().get(where, ""),
        clock=str(step.clock_words) if where is Phase.RUN else "",
        remark="" if ours else step.remark,
        note=step.remark if ours else "",
    )


def _beside(step: SopStep, steps: Iterable[SopStep]) -> list[SopStep]:
    """Return the other rows that run side by side with ``step``."""
    if not step.parallel:
        return []
    run = next(run for run in runs(steps) if step in run)
    return [row for row in run if row != step]


def _numbers(steps: Sequence[SopStep]) -> str:
    """Return printed numbers in words: "5", "5 dan 6", "5, 6 dan 7"; "" without one."""
    *most, last = [step.printed_number for step in steps] or [""]
    if not most:
        return last
    return _("%(most)s dan %(last)s") % {"most": ", ".join(most), "last": last}


def _symbol(step: SopStep, index: int, count: int) -> str:
    """The signs of a flow chart: a capsule begins and ends, a diamond decides."""
    if index in (0, count - 1):
        return "terminal"
    if step.kind == StepKind.CHECK or step.returns_to_id:
        return "decision"
    return "process"


def _words() -> dict[str, str]:
    return {
        "terminal": _("mulai atau selesai"),
        "decision": _("keputusan"),
        "process": _("kegiatan"),
    }


def _phases() -> dict[Phase, str]:
    return {
        Phase.BEFORE: _("Sebelum berkas dikirim: di luar jangka waktu penyelesaian"),
        Phase.AFTER: _("Sesudah dokumen diserahkan: di luar jangka waktu penyelesaian"),
    }


def _cells(
    symbol: str,
    index: int,
    columns: Sequence[int],
    roles: Sequence[ProcedureRole],
    others: Collection[int],
) -> list[Cell]:
    """The way comes in along the top of the row, from the column of the step before.

    The columns ``others`` take part; the way goes on from the step's own.
    """
    here = columns[index]
    before = columns[index - 1] if index else here
    last = index == len(columns) - 1
    signs = {**dict.fromkeys(others, "process"), here: symbol}
    return [
        Cell(
            performer=role.label,
            symbol=signs.get(column, ""),
            words=_words()[signs[column]] if column in signs else "",
            line=_line(column, before, here) if index else "",
            leaves=column == here and not last,
        )
        for column, role in enumerate(roles)
    ]


def _line(column: int, before: int, here: int) -> str:
    if before == here:
        return "straight" if column == here else ""
    if column == before:
        return "start-right" if here > before else "start-left"
    if column == here:
        return "end-left" if here > before else "end-right"
    return "pass" if min(before, here) < column < max(before, here) else ""


def _condition(step: SopStep, facts: Mapping[str, Fact]) -> str:
    """On which answers the step hangs, then the printed condition.

    It is "jika diperlukan" when the step is optional without one.
    """
    words = step.condition
    if step.optional and not words.lower().startswith("jika"):
        words = _("jika diperlukan: %(condition)s") % {"condition": words} if words else ""
        words = words or _("jika diperlukan")
    decided = condition_sentence([step.when], facts)
    return ". ".join(filter(None, [decided, words[:1].upper() + words[1:]]))


def _back(step: SopStep, roles: dict[int, ProcedureRole], steps: dict[int, SopStep]) -> str:
    target = steps.get(step.returns_to_id) if step.returns_to_id else None
    if target is None:
        return ""
    words = {"number": target.printed_number, "role": roles[target.role_id].label}
    if step.kind == StepKind.CHECK:
        return _("Jika tidak lengkap: kembali ke langkah %(number)s, %(role)s") % words
    return _("Jika tidak memenuhi syarat: kembali ke langkah %(number)s, %(role)s") % words
