"""The sentences of the report of an office, written from its figures. Reports are in Indonesian."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from boards.domain.changes import Change
from reports.domain.periods import Period, Rhythm

_LENGTHS = {Rhythm.MONTH: "bulan", Rhythm.QUARTER: "triwulan"}


def earlier(period: Period) -> tuple[str, str]:
    """Return "bulan sebelumnya" and "bulan yang sama tahun lalu"."""
    length = _LENGTHS[period.rhythm]
    return f"{length} sebelumnya", f"{length} yang sama tahun lalu"


def beside(change: Change, noun: str, when: str) -> str:
    """Return "naik 12 berkas (43 persen) dari 28 berkas pada triwulan sebelumnya"."""
    if not change.difference:
        return f"sama dengan {when}"
    verb = "naik" if change.difference > 0 else "turun"
    size = f"{abs(change.difference)} {noun}".strip()
    part = "" if change.percent is None else f" ({abs(change.percent)} persen)"
    return f"{verb} {size}{part} dari {change.before} {noun}".strip() + f" pada {when}"


def compared(
    subject: str, noun: str, period: Period, now: int, before: int | None, year_ago: int | None
) -> str:
    """Return the sentence of one figure: now, beside the period before and a year ago."""
    said = f"{subject} sebanyak {now} {noun}"
    return f"{said}{_beside_earlier(noun, period, now, before, year_ago)}."


def _beside_earlier(
    noun: str, period: Period, now: int, before: int | None, year_ago: int | None
) -> str:
    """Return how a figure stands beside two earlier ones; ``None`` is one that nobody knows."""
    pairs = list(zip(earlier(period), (before, year_ago), strict=True))
    known = [beside(Change(now, then), noun, when) for when, then in pairs if then is not None]
    unknown = [when for when, then in pairs if then is None]
    if not known:
        return "; belum ada data pembanding"
    missing = f"; belum ada data {listed(unknown)}" if unknown else ""
    return f", {', dan '.join(known)}{missing}"


def largest(groups: Sequence[tuple[str, int]], what: str) -> str:
    """Return which group is the largest of its kind, and its share."""
    total = sum(number for _name, number in groups)
    if not total:
        return f"Tidak ada permohonan masuk, sehingga tidak ada pembagian menurut {what}."
    most = max(number for _name, number in groups)
    names = [name for name, number in groups if number == most]
    share = 100 * most // total
    if len(names) > 1:
        return (
            f"Menurut {what}, permohonan terbanyak ada pada {listed(names)}, masing-masing {most} "
            f"dari {total} permohonan."
        )
    return (
        f"Menurut {what}, permohonan terbanyak ada pada {names[0]}, yaitu {most} dari {total} "
        f"permohonan ({share} persen)."
    )


def listed(names: Sequence[str]) -> str:
    """Return "A, B dan C"."""
    *first, last = names
    return f"{', '.join(first)} dan {last}" if first else last


Kept = tuple[int, int]  # files in time, and files with a promise


def on_time(now: Kept, before: Kept, year_ago: Kept, period: Period) -> str:
    """Return what was answered in time, beside the period before and a year ago."""
    kept, promised = now
    if not promised:
        return "Tidak ada permohonan berjangka waktu yang dijawab dalam periode ini."
    words = (
        f"Dari {promised} permohonan berjangka waktu yang dijawab, {kept} dijawab tepat waktu "
        f"({100 * kept // promised} persen)"
    )
    beside_it = [
        f"pada {when} {100 * other[0] // other[1]} persen dari {other[1]} permohonan"
        for when, other in zip(earlier(period), (before, year_ago), strict=True)
        if other[1]
    ]
    return f"{'; '.join([words, *beside_it])}."


def complaints(
    now: int,
    before: int | None,
    year_ago: int | None,
    in_time: int | None,
    late: int | None,
    running: int | None,
    period: Period,
) -> str:
    """Return how many complaints came, and what became of them as far as it tells of nobody."""
    changes = _beside_earlier("", period, now, before, year_ago)
    if not now:
        return f"Tidak ada pengaduan atau saran yang masuk dalam periode ini{changes}."
    words = f"Pengaduan dan saran yang masuk sebanyak {now}{changes}."
    if in_time is None or late is None or running is None:
        return f"{words} Ketepatan waktu jawabannya tidak dirinci karena jumlahnya sedikit."
    return (
        f"{words} Sampai akhir periode {in_time} dijawab tepat waktu, {late} terlambat, dan "
        f"{running} masih ditangani dalam jangka waktunya."
    )


def satisfaction(
    name: str,
    index: Decimal | None,
    grade: str,
    answers: int,
    earlier: Sequence[tuple[str, Decimal | None]],
) -> str:
    """Return the index of one survey period, beside those of earlier ones (name, index)."""
    if index is None:
        return f"Indeks Kepuasan Masyarakat {name} belum dapat dihitung: jawaban kurang dari lima."
    known = [_moved(index, before, when) for when, before in earlier if before is not None]
    unknown = [when for when, before in earlier if before is None]
    said = "".join(
        [
            f"Indeks Kepuasan Masyarakat {name} sebesar {points(index)} dengan mutu pelayanan "
            f"{grade}, dari {answers} responden",
            *(f", {words}" for words in known),
        ]
    )
    missing = f"; {listed(unknown)} tidak mempunyai indeks untuk dibandingkan" if unknown else ""
    return f"{said}{missing}."


def _moved(index: Decimal, before: Decimal, when: str) -> str:
    if index == before:
        return f"sama dengan {when}"
    verb = "naik" if index > before else "turun"
    return f"{verb} {points(abs(index - before))} dari {points(before)} pada {when}"


def points(index: Decimal) -> str:
    """Return an index with a decimal comma."""
    return f"{index:.2f}".replace(".", ",")
