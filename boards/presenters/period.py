"""The board of the past, as its page and its spreadsheet show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import Office
from accounts.officers import Officer
from accounts.selectors import position_text
from boards.domain import figures
from boards.domain.listed import MANY, Listed
from boards.domain.months import Span, bounds
from boards.models import ClockTally
from boards.policies import positions_led
from boards.presenters.lists import SPANS, Lists
from boards.presenters.past_complaints import ComplaintPeriod, complaint_period
from boards.presenters.period_tables import Minutes, PeriodTable, days, meaning_of
from boards.presenters.tables import Figure
from boards.selectors import past
from boards.selectors.past import MonthFigures, OfficerFigures, ServiceFigures, StepFigures
from documents.spreadsheets import Cell
from standards.models import TermUnit
from workflow.charts import Chart, LineChart, bars, line
from workflow.filters import Choice

FAULTS = 10  # reasons of returns that are shown before the rest is asked for


@dataclass(frozen=True, slots=True)
class PeriodBoard:
    """The whole page; without ``counted_at`` nothing was counted yet."""

    office: Office
    span: Span
    spans: Sequence[Choice]
    counted_at: datetime | None
    answered: int
    late: int
    figures: Sequence[Figure]
    share: int | None
    meaning: str
    chart: Chart | None
    trend: LineChart | None
    tables: Sequence[PeriodTable]
    complaints: ComplaintPeriod | None


def board(
    officer: Officer, office: Office, asked: str, *, every_reason: bool = False
) -> PeriodBoard:
    """Return the figures of ``office`` in the months ``asked`` for in the address.

    ``every_reason``: the page shows all reasons of returns, not only the most frequent ones.

    A partner body has its steps and its officers in the files of its permit office.
    """
    span = Span(asked) if asked in list(Span) else Span.QUARTER
    first, last = bounds(span, office.local_date(officer.at))
    services = past.services(first, last, office=office)
    months = past.by_month(office, first, last)
    answered, promised, on_time = past.total(services)
    late, share = promised - on_time, figures.share(on_time, promised)
    home = office.partner_of or office
    lists = Lists(office, span)
    tables = [
        _services(services, lists),
        _months(months, lists),
        _steps(_at_desks_of(office, past.steps(home, first, last)), lists),
        _rounds(services, lists),
        _faults(past.faults(office, first, last), lists, every_reason=every_reason),
        _clock(past.clock_by_service(office, first, last), lists),
    ]
    led = positions_led(officer)
    if led:
        tables.append(_officers(past.officers(home, first, last, led, officer.at), lists))
    spans = [
        Choice(str(label), f"?kantor={office.code}&periode={one}", one is span)
        for one, label in SPANS.items()
    ]
    counted = past.counted_at(home)
    shown = [table for table in tables if table.rows and counted]  # nothing of a first count
    return PeriodBoard(
        office,
        span,
        spans,
        counted,
        answered,
        late,
        _figures(answered, late, lists),
        share,
        meaning_of(share),
        _chart(services),
        _trend(months),
        shown,
        complaint_period(officer, office, span, led),
    )


def _figures(answered: int, late: int, lists: Lists) -> list[Figure]:
    return [
        Figure(_("Berkas dijawab"), answered, lists.url(Listed.ANSWERED)),
        Figure(_("Terlambat"), late, lists.url(Listed.LATE), "late" if late else ""),
    ]


def title_of(board: PeriodBoard) -> str:
    """Return the title of its spreadsheet and its print."""
    return _("Papan %(office)s, %(span)s") % {
        "office": board.office.short_name,
        "span": SPANS[board.span],
    }


def _chart(services: Sequence[ServiceFigures]) -> Chart | None:
    rows = [
        (name, one.share, f"{one.share}%", meaning_of(one.share))
        for name, one in zip(bar_names(services), services, strict=True)
        if one.share is not None
    ]
    return bars(rows) if rows else None


def bar_names(services: Sequence[ServiceFigures]) -> list[str]:
    """Return the name of each bar; a service with terms in several units has one for each."""
    bars_of = Counter(one.service for one in services)
    return [
        f"{Truncator(one.name).chars(30)} ({TermUnit(one.unit).label})"
        if bars_of[one.service] > 1
        else one.name
        for one in services
    ]


def _trend(months: Sequence[MonthFigures]) -> LineChart | None:
    """Return the share in time of each month as a line; one month alone is none."""
    points = [
        (date_format(one.month, "M"), one.share, str(one.share))
        for one in months
        if one.share is not None
    ]
    return line(points) if len(points) > 1 else None


def _services(services: Sequence[ServiceFigures], lists: Lists) -> PeriodTable:
    lines = Counter(one.service for one in services)

    def narrowed(one: ServiceFigures) -> dict[str, object]:
        unit = {"satuan": one.unit} if lines[one.service] > 1 else {}
        return {"layanan": one.service, **unit}

    return PeriodTable(
        "layanan",
        _("Janji dan kenyataan menurut layanan"),
        _(
            "Hari bersih dihitung seperti tanggal janji: tanpa hari libur dan tanpa jeda. Hari "
            "kotor menghitung jeda juga. Sembilan dari sepuluh berkas tidak melebihi persentil 90."
        ),
        [
            _("Layanan"),
            _("Dijawab"),
            _("Tepat waktu (%)"),
            _("Terlambat"),
            _("Janji"),
            _("Satuan"),
            _("Median bersih"),
            _("Persentil 90 bersih"),
            _("Median kotor"),
            _("Persentil 90 kotor"),
        ],
        [
            [
                one.name,
                lists.cell(one.answered, Listed.ANSWERED, **narrowed(one)),
                one.share,
                lists.cell(one.late, Listed.LATE, **narrowed(one)) if one.with_promise else None,
                promise_of(one),
                str(TermUnit(one.unit).label),
                days(one.median),
                one.most,
                days(one.gross_median),
                one.gross_most,
            ]
            for one in services
        ],
        lead=2,
    )


def promise_of(one: ServiceFigures) -> Cell:
    """Return what was promised, from the shortest to the longest if it was not always the same."""
    if len(one.promises) > 1:
        return f"{min(one.promises)}-{max(one.promises)}"
    return next(iter(one.promises), None)


def _months(months: Sequence[MonthFigures], lists: Lists) -> PeriodTable:
    rows: list[list[Cell]] = [
        [
            date_format(one.month, "F Y"),
            lists.cell(one.answered, Listed.ANSWERED, bulan=f"{one.month:%Y-%m}"),
            one.share,
        ]
        for one in months
    ]
    return PeriodTable(
        "bulan",
        _("Tepat waktu menurut bulan"),
        _("Menurut bulan berkas dijawab; bulan yang belum selesai dihitung sejauh ini."),
        [_("Bulan"), _("Dijawab"), _("Tepat waktu (%)")],
        rows if len(rows) > 1 else [],
        lead=2,
    )


def _rounds(services: Sequence[ServiceFigures], lists: Lists) -> PeriodTable:
    whole: dict[int, ServiceFigures] = {}  # of a service, whatever the units of its terms
    for one in services:
        known = whole.setdefault(one.service, ServiceFigures(one.service, one.name, one.unit))
        known.answered += one.answered
        known.returns += one.returns
    return PeriodTable(
        "putaran",
        _("Berapa kali berkas dikembalikan"),
        _("Berkas yang dijawab, menurut berapa kali pemohon diminta melengkapinya."),
        [
            _("Layanan"),
            _("Tidak pernah"),
            _("Sekali"),
            _("Dua kali"),
            _("Tiga kali atau lebih"),
            _("Rata-rata setiap berkas"),
        ],
        [
            [
                one.name,
                *(
                    lists.cell(
                        one.returned(times, or_more=times == MANY),
                        Listed.ANSWERED,
                        layanan=one.service,
                        kali=times,
                    )
                    for times in range(MANY + 1)
                ),
                float(one.returns_a_file),
            ]
            for one in whole.values()
        ],
        lead=5,
    )


def _at_desks_of(office: Office, steps: Sequence[StepFigures]) -> list[StepFigures]:
    """Return all steps of a permit office; of a partner body those at its own desks."""
    if office.partner_of_id is None:
        return list(steps)
    return [one for one in steps if one.step.desk and one.step.desk.office_id == office.pk]


def _steps(steps: Sequence[StepFigures], lists: Lists) -> PeriodTable:
    rows: list[list[Cell]] = []
    for one in steps:
        step = one.step
        name = f"{step.printed_number} {step.activity}"
        desk = position_text(step.desk) if step.desk else _("Pemohon")
        rows.append(
            [
                Truncator(name).chars(140),
                desk,
                lists.cell(one.visits, Listed.VISITS, langkah=step.pk),
                step.standard_time,
                Minutes(one.average),
                Minutes(one.longest),
                lists.cell(one.over, Listed.OVER, langkah=step.pk) if one.timed else None,
                lists.cell(one.sent_back, Listed.SENT_BACK, langkah=step.pk),
            ]
        )
    return PeriodTable(
        "langkah",
        _("Waktu setiap langkah SOP"),
        _(
            "Yang paling sering melewati waktu baku ada di atas. Waktu dalam jam kerja. Waktu "
            "pemohon sendiri tidak dibandingkan dengan waktu baku."
        ),
        [
            _("Langkah"),
            _("Meja"),
            _("Selesai"),
            _("Waktu baku"),
            _("Rata-rata"),
            _("Terlama"),
            _("Lewat waktu baku"),
            _("Dikembalikan"),
        ],
        rows,
        lead=4,
    )


def _faults(
    rows: Sequence[tuple[str, str, int]], lists: Lists, *, every_reason: bool
) -> PeriodTable:
    return PeriodTable(
        "kekurangan",
        _("Mengapa berkas dikembalikan"),
        _("Persyaratan yang paling sering tidak sesuai atau tidak ada."),
        [_("Persyaratan"), _("Layanan"), _("Kali")],
        [
            [Truncator(text or _("Isian formulir")).chars(160), service, number]
            for service, text, number in rows
        ],
        lead=2,
        most=None if every_reason else FAULTS,
        all_url=f"?kantor={lists.office.code}&periode={lists.span}&alasan=semua#kekurangan",
    )


def _clock(rows: Sequence[tuple[int, str, Counter[str]]], lists: Lists) -> PeriodTable:
    kinds = ClockTally.Kind
    return PeriodTable(
        "jam",
        _("Kejujuran jam layanan"),
        _("Berapa kali jam dihentikan, dan yang patut ditanyakan."),
        [_("Layanan"), *(str(kind.label) for kind in kinds)],
        [
            [name, *(lists.cell(counts[kind], Listed(kind), layanan=service) for kind in kinds)]
            for service, name, counts in rows
        ],
        lead=1,
    )


def _officers(rows: Sequence[OfficerFigures], lists: Lists) -> PeriodTable:
    kinds = ClockTally.Kind
    return PeriodTable(
        "petugas",
        _("Beban dan waktu setiap petugas"),
        _(
            "Hanya petugas di bawah Anda. Berkas dihitung pada yang menerimanya, juga bila orang "
            "lain yang menyelesaikannya. Bagian yang masih ditunggu dihitung pada pemegang jabatan."
        ),
        [
            _("Petugas"),
            _("Jabatan"),
            _("Di tangan sekarang"),
            _("Pernah di tangan"),
            _("Diselesaikan"),
            _("Rata-rata di tangan"),
            *(str(kind.label) for kind in kinds),
        ],
        [
            [
                one.name,
                one.position,
                one.in_hand,
                one.held,
                one.finished,
                None if one.average is None else Minutes(one.average),
                *(
                    lists.cell(one.acts[kind], Listed(kind), petugas=one.officer, jabatan=one.seat)
                    for kind in kinds
                ),
            ]
            for one in rows
        ],
        lead=2,
    )
