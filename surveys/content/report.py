"""The survey report of a period: the five chapters of a published SKM report.

A report on PermenPAN-RB 14/2017 holds: background and legal basis; who asked, how, and how many
against the sample; respondents, index, elements and suggestions; follow-up plan, trend and what
became of the plan before; a conclusion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Office
from reports.domain import content
from reports.domain.content import Block, Content
from reports.domain.periods import Period, Rhythm
from reports.kinds import ReportKind
from reports.wording import period_name
from surveys import selectors
from surveys.content.other_chapters import extras_annex, ipak_chapter
from surveys.content.recap import PLAN, recap_rows, recap_tables
from surveys.content.results_chapter import results_chapter
from surveys.content.trends import trend_blocks
from surveys.domain.elements import Kind
from surveys.domain.index import Result
from surveys.models import FollowUp
from surveys.services import follow_ups
from surveys.services.results import Figures, figures_of, suggestions
from surveys.tables import decimal_text, element_name, grade_words, weights_text
from workflow.calendars import calendar_of
from workflow.domain.dates import long_date, month_words

_TREND = 8  # periods
_FEW = "< 5"


def rhythm_of(office: Office) -> Rhythm:
    """Return how often an office reports its surveys."""
    return Rhythm(selectors.rules_of(office).rhythm)


def compose(office: Office, period: Period, at: datetime) -> Content:
    """Return the content of the report, and open the follow-ups of its low elements."""
    periods = [period]
    while len(periods) < _TREND:
        periods.append(periods[-1].previous)
    kinds = [Kind.SKM, Kind.IPAK] if selectors.rules_of(office).asks_ipak else [Kind.SKM]
    found = figures_of(office, periods, kinds)
    figures, *earlier = [one for one in found if one.kind == Kind.SKM]
    ipak = [one for one in found if one.kind == Kind.IPAK]
    beside = [ipak_chapter(ipak, "BAB V")] if ipak else []
    rows = follow_ups.open_for(office, period, figures.result, figures.questions, at)
    before = selectors.last_plan(office, period)
    return content.report(
        _introduction(office, period),
        _method(office, period, figures, at),
        results_chapter(figures, suggestions(office, period)),
        _analysis([figures, *earlier], rows, before),
        *beside,
        _conclusion(office, period, figures.result, "BAB VI" if beside else "BAB V"),
        *extras_annex([figures, *ipak[:1]]),
        recap=recap_rows(office, period, figures, before),
    )


def _introduction(office: Office, period: Period) -> dict[str, Any]:
    law = selectors.laws_of(office).get(Kind.SKM, "Peraturan Menteri PAN-RB Nomor 14 Tahun 2017")
    background = _(
        "%(office)s wajib mengukur kepuasan masyarakat secara berkala. Laporan ini memuat hasil "
        "Survei Kepuasan Masyarakat untuk %(period)s."
    ) % {"office": office.name, "period": period_name(period)}
    return content.chapter(
        _("Pendahuluan"),
        content.text(background, "latar-belakang"),
        content.text(_("Dasar hukum: %(law)s.") % {"law": law}, "dasar-hukum"),
        content.text(
            _(
                "Survei bertujuan mengetahui unsur pelayanan yang perlu diperbaiki dan memantau "
                "tindak lanjutnya."
            ),
            "tujuan",
        ),
        number="BAB I",
    )


def _method(office: Office, period: Period, figures: Figures, at: datetime) -> dict[str, Any]:
    last = period.ends_before - timedelta(days=1)
    span = f"{long_date(period.begins)} s.d. {long_date(last)}"
    way = _(
        "Survei dilaksanakan oleh %(office)s. Setiap pemohon yang berkasnya selesai diundang satu "
        "kali, menjawab melalui tautan, tablet di loket atau lembar kertas, dan tidak dapat "
        "dikenali dari jawabannya."
    ) % {"office": office.name}
    if figures.finished:
        state = _("sesuai") if figures.is_reached else _("belum sesuai")
    else:
        state = _("tidak ada berkas selesai")
    return content.chapter(
        _("Pelaksanaan survei"),
        content.text(way, "pelaksana"),
        content.table(
            _("Waktu, populasi dan sampel"),
            [_("Uraian"), _("Keterangan")],
            [
                [_("Tempat"), ", ".join(filter(None, (office.name, office.address)))],
                [_("Waktu pelaksanaan"), span],
                [_("Populasi: berkas selesai"), figures.finished],
                [_("Target sampel (Krejcie dan Morgan)"), figures.target],
                [_("Jawaban yang diperoleh"), _answers(figures)],
                [_("Kesesuaian dengan target"), state],
                *_weights(figures),
            ],
        ),
        _schedule(office, period, at),
        number="BAB II",
    )


def _weights(figures: Figures) -> list[list[str]]:
    words = weights_text(figures)
    return [[_("Bobot unsur dalam indeks"), words]] if words else []


def _schedule(office: Office, period: Period, at: datetime) -> Block:
    """Return when answers were collected and the report was written, in workdays of the office."""
    calendar, today = calendar_of(office), office.local_date(at)
    last = period.ends_before - timedelta(days=1)
    before = period.begins - timedelta(days=1)
    collected = [long_date(period.begins), long_date(last), calendar.count(before, last)]
    compiled = [long_date(period.ends_before), long_date(today), calendar.count(last, today)]
    return content.table(
        _("Jadwal kegiatan"),
        [_("Kegiatan"), _("Mulai"), _("Selesai"), _("Hari kerja")],
        [
            [_("Pengumpulan jawaban"), *collected],
            [_("Pengolahan jawaban dan penyusunan laporan"), *compiled],
        ],
    )


def _answers(figures: Figures) -> str | int:
    if figures.result is not None or figures.answered == 0:
        return figures.answered
    return _FEW


def _analysis(
    trend: Sequence[Figures],
    rows: Sequence[FollowUp],
    before: Sequence[FollowUp],
) -> dict[str, Any]:
    blocks: list[Block] = []
    figures = trend[0]
    if figures.result is not None:
        ranked = sorted(figures.result.elements, key=lambda one: one.average)
        low = ", ".join(element_name(figures, one) for one in ranked[:3])
        high = ", ".join(element_name(figures, one) for one in reversed(ranked[-3:]))
        blocks.append(
            content.text(
                _("Tiga unsur terendah: %(low)s. Tiga unsur tertinggi: %(high)s.")
                % {"low": low, "high": high},
                "lemah-kuat",
            )
        )
    blocks.append(plan_table(rows))
    blocks += trend_blocks(trend)
    blocks.append(_before_table(before))
    if not before:
        blocks.append(
            content.text(
                _("Tidak ada rencana tindak lanjut dari periode-periode sebelumnya."), "tl-lalu"
            )
        )
    return content.chapter(_("Analisis dan tindak lanjut"), *blocks, number="BAB IV")


def plan_table(rows: Sequence[FollowUp]) -> Block:
    """Return the follow-up plan as the table of the report that officers fill in."""
    return content.table(
        _("Rencana tindak lanjut"),
        [
            _("Nomor"),
            _("Prioritas unsur"),
            _("Mutu"),
            _("Program atau kegiatan"),
            _("Waktu"),
            _("Penanggung jawab"),
            _("Forum Konsultasi Publik"),
        ],
        [
            [
                number,
                row.name,
                row.grade,
                row.programme,
                month_words(row.month) if row.month else "",
                row.owner.full_name if row.owner else "",
                long_date(row.consulted_on) if row.consulted_on else "",
            ]
            for number, row in enumerate(rows, start=1)
        ],
        PLAN,
    )


def _before_table(before: Sequence[FollowUp]) -> Block:
    title = _("Tindak lanjut survei sebelumnya")
    return content.table(
        f"{title}: {before[0].period_words}" if before else title,
        [_("Unsur"), _("Program atau kegiatan"), _("Selesai pada"), _("Bukti")],
        [[row.name, row.programme, _done(row), row.evidence] for row in before],
    )


def _done(row: FollowUp) -> str:
    return long_date(row.done_on) if row.done_on else _("belum selesai")


def _conclusion(
    office: Office, period: Period, result: Result | None, number: str
) -> dict[str, Any]:
    if result is None:
        words = _("Untuk %(period)s %(office)s tidak mempunyai indeks yang dapat diterbitkan.") % {
            "period": period_name(period),
            "office": office.name,
        }
    else:
        words = _(
            "Kinerja pelayanan %(office)s pada %(period)s %(words)s dengan indeks %(index)s. Unsur "
            "yang rendah ditindaklanjuti menurut rencana pada Bab IV."
        ) % {
            "office": office.name,
            "period": period_name(period),
            "words": grade_words(result.grade).lower(),
            "index": decimal_text(result.index),
        }
    return content.chapter(_("Penutup"), content.text(words, "penutup"), number=number)


def why_not(office: Office, known: Mapping[str, Any]) -> str:
    """Return why the report may not be submitted yet: its plan has gaps; "" if it may."""
    for block in content.blocks(known):
        if block.get("key") == PLAN:
            for programme, month, owner, consulted in (row[3:7] for row in block["rows"]):
                if not (programme and month and owner):
                    return "survey_plan_missing"
                if not consulted:
                    return "survey_consulted_missing"
    return ""


def kind() -> ReportKind:
    """Return the kind of the survey report."""
    return ReportKind(
        code="skm",
        name=gettext_lazy("Laporan SKM"),
        rhythm=rhythm_of,
        compose=compose,
        why_not=why_not,
        tables=recap_tables,
        tools="surveys/desk/_report_tools.html",
    )
