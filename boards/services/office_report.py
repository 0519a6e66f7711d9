"""The monthly and the quarterly report of an office: what came in, went out, and stands open.

Composed from records of status, the figures of the boards, complaints and surveys. Under each
table stands one sentence, which an officer may change before the head approves it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from accounts.models import Office
from boards.domain.figures import share
from boards.selectors import past
from boards.selectors.account import Account, account, bounds_of, services_named
from boards.services import report_words as words
from permits.domain.lifecycle import Status
from reports.domain import content
from reports.domain.content import Block, Content
from reports.domain.periods import Period, Rhythm, period_of
from reports.wording import period_name
from standards.models import Service, TermUnit
from surveys.domain.elements import Kind
from surveys.selectors import rules_of
from surveys.services.results import Figures, figures_of
from workflow.domain.errors import DomainError

MONTHLY, QUARTERLY = "kantor_bulanan", "kantor_triwulan"
_OUTCOMES = {
    Status.ISSUED: "Dokumen terbit",
    Status.REJECTED: "Ditolak",
    Status.WITHDRAWN: "Ditarik pemohon",
    Status.LAPSED: "Gugur",
}
_GOOD, _FAIR = 95, 80  # percent in time, as on the boards


def compose(office: Office, period: Period, at: datetime) -> Content:
    """Return the report of ``period``. Raises ``DomainError``: boards_not_counted."""
    _began, ended = bounds_of(office, period)
    counted = past.counted_at(office)
    if counted is None or counted < ended:
        raise DomainError("boards_not_counted")
    last_year = Period(period.rhythm, period.year - 1, period.number)
    three = [account(office, one) for one in (period, period.previous, last_year)]
    services = services_named(sorted({key for one in three for key in (*one.came, *one.open)}))
    return content.report(
        _summary(three),
        _applications(three[0], services),
        _promises(three),
        _complaints(three),
        _satisfaction(_surveys(office, period)),
    )


Cell = str | int | float
Figure = TypeVar("Figure")


def _known(accounts: Sequence[Account], figure: Callable[[Account], Figure]) -> list[Figure | None]:
    """Return a figure of the period and of earlier ones; ``None`` where the portal knows none."""
    now, *earlier = accounts
    return [figure(now), *(figure(one) if one.is_known else None for one in earlier)]


def _cells(figures: Iterable[Cell | None]) -> list[Cell]:
    return ["-" if figure is None else figure for figure in figures]


def _heads(accounts: Sequence[Account]) -> list[str]:
    return [period_name(one.period) for one in accounts]


def _summary(accounts: Sequence[Account]) -> dict[str, Any]:
    now = accounts[0]
    figures = (
        ("masuk", "Permohonan yang masuk", _known(accounts, lambda one: one.came.total())),
        ("keluar", "Permohonan yang keluar", _known(accounts, lambda one: one.all_out)),
        (
            "terbuka",
            "Permohonan yang masih terbuka",
            _known(accounts, lambda one: one.open.total()),
        ),
    )
    came, went, stand = (_cells(numbers) for _key, _subject, numbers in figures)
    outcomes = [
        [f"- {name}", *_cells(_known(accounts, partial(Account.out, outcome=to)))]
        for to, name in _OUTCOMES.items()
    ]
    rows: list[list[str | int | float]] = [
        ["Permohonan masuk", *came],
        ["Permohonan keluar", *went],
        *outcomes,
        ["Masih terbuka di akhir periode", *stand],
        ["Tepat waktu (persen)", *_cells(_known(accounts, _percent))],
        ["Pengaduan dan saran masuk", *_cells(_known(accounts, lambda one: one.complaints))],
    ]
    sentences = [
        content.text(
            words.compared(subject, "berkas", now.period, numbers[0] or 0, numbers[1], numbers[2]),
            key,
        )
        for key, subject, numbers in figures
    ]
    return content.chapter(
        "Ikhtisar",
        content.table("Angka pokok", ["Uraian", *_heads(accounts)], rows),
        *sentences,
        number="BAB I",
    )


def _applications(now: Account, services: dict[int, Service]) -> dict[str, Any]:
    listed = sorted(services.values(), key=lambda one: (one.name, one.pk))
    by_service = [(one.name, now.came[one.pk]) for one in listed]
    risks: list[tuple[str, Service]] = [(str(one.get_risk_display()), one) for one in listed]
    return content.chapter(
        "Permohonan menurut layanan, sektor dan risiko",
        *_shares("Permohonan masuk menurut layanan", by_service),
        content.table(
            "Menurut layanan",
            ["Layanan", "Masuk", "Keluar", "Terbuka"],
            [[one.name, now.came[one.pk], now.out_of(one.pk), now.open[one.pk]] for one in listed],
        ),
        content.text(words.largest(by_service, "layanan"), "layanan"),
        *_group("sektor", "Sektor", now, [(one.sector or "Tanpa sektor", one) for one in listed]),
        *_group("risiko", "Tingkat risiko", now, risks),
        number="BAB II",
    )


def _shares(title: str, groups: Sequence[tuple[str, int]]) -> list[Block]:
    total = sum(number for _name, number in groups)
    rows = [
        (name, 100 * number / total, str(number), "neutral") for name, number in groups if number
    ]
    return [content.bars(title, rows)] if rows else []


def _group(key: str, head: str, now: Account, named: Iterable[tuple[str, Service]]) -> list[Block]:
    came: Counter[str] = Counter()
    went: Counter[str] = Counter()
    stand: Counter[str] = Counter()
    for name, service in named:
        came[name] += now.came[service.pk]
        went[name] += now.out_of(service.pk)
        stand[name] += now.open[service.pk]
    rows: list[list[str | int | float]] = [
        [name, came[name], went[name], stand[name]] for name in sorted(came)
    ]
    groups = [(name, came[name]) for name in sorted(came)]
    return [
        content.table(f"Menurut {head.lower()}", [head, "Masuk", "Keluar", "Terbuka"], rows),
        content.text(words.largest(groups, head.lower()), key),
    ]


def _promises(accounts: Sequence[Account]) -> dict[str, Any]:
    now = accounts[0]
    drawn = [
        (one.name, float(one.share), f"{one.share}%", _meaning(one.share))
        for one in now.kept
        if one.share is not None
    ]
    rows: list[list[str | int | float]] = [
        [
            one.name,
            one.answered,
            "-" if one.share is None else one.share,
            ", ".join(map(str, sorted(one.promises))) or "-",
            _number(one.median),
            "-" if one.most is None else one.most,
            str(TermUnit(one.unit).label),
        ]
        for one in now.kept
    ]
    head = [
        "Layanan",
        "Dijawab",
        "Tepat waktu (persen)",
        "Janji",
        "Median",
        "Persentil 90",
        "Satuan",
    ]
    pairs = [past.total(one.kept) for one in accounts]
    kept, before, year_ago = ((on_time, promised) for _answered, promised, on_time in pairs)
    return content.chapter(
        "Ketepatan waktu",
        *([content.bars("Tepat waktu menurut layanan (persen)", drawn)] if drawn else []),
        content.table("Janji dan kenyataan", head, rows),
        content.text(words.on_time(kept, before, year_ago, now.period), "tepat_waktu"),
        number="BAB III",
    )


def _complaints(accounts: Sequence[Account]) -> dict[str, Any]:
    now = accounts[0]
    came = _known(accounts, lambda one: one.complaints)
    rows: list[list[str | int | float]] = [
        ["Masuk", *_cells(came)],
        ["Dijawab tepat waktu", *_cells(_known(accounts, lambda one: _shown(one.in_time)))],
        ["Terlambat", *_cells(_known(accounts, lambda one: _shown(one.late)))],
        ["Masih ditangani", *_cells(_known(accounts, lambda one: _shown(one.running)))],
    ]
    return content.chapter(
        "Pengaduan",
        content.table("Pengaduan dan saran", ["Uraian", *_heads(accounts)], rows),
        content.text(
            words.complaints(
                now.complaints,
                came[1],
                came[2],
                now.in_time,
                now.late,
                now.running,
                now.period,
            ),
            "pengaduan",
        ),
        number="BAB IV",
    )


def _satisfaction(surveys: Sequence[Figures]) -> dict[str, Any]:
    rows: list[list[str | int | float]] = [
        [
            period_name(one.period),
            words.points(one.result.index) if one.result else "-",
            one.result.grade if one.result else "-",
            _shown(one.answered if one.result or not one.answered else None),
            one.target,
        ]
        for one in surveys
    ]
    now, *earlier = [(period_name(one.period), one.result) for one in surveys]
    name, result = now
    sentence = words.satisfaction(
        name,
        result.index if result else None,
        result.grade if result else "",
        surveys[0].answered,
        [(before, found.index if found else None) for before, found in earlier],
    )
    head = ["Periode survei", "Indeks", "Mutu", "Responden", "Sasaran sampel"]
    return content.chapter(
        "Survei kepuasan masyarakat",
        content.table("Indeks Kepuasan Masyarakat", head, rows),
        content.text(sentence, "survei"),
        number="BAB V",
    )


def _surveys(office: Office, period: Period) -> list[Figures]:
    """Return the last survey period that was over, the one before it, and that of a year ago.

    Where surveys are yearly, the last two are one.
    """
    rhythm = Rhythm(rules_of(office).rhythm)
    now = period_of(period.ends_before, rhythm).previous
    three = [now, now.previous, Period(rhythm, now.year - 1, now.number)]
    return [figures_of(office, [one], [Kind.SKM])[0] for one in dict.fromkeys(three)]


def _percent(one: Account) -> int | None:
    _answered, promised, on_time = past.total(one.kept)
    return share(on_time, promised)


def _meaning(percent: int | None) -> str:
    if percent is None:
        return "neutral"
    return "good" if percent >= _GOOD else "attention" if percent >= _FAIR else "late"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}".replace(".", ",")


def _shown(number: int | None) -> str | int:
    return "kurang dari 5" if number is None else number
