"""A board on paper: the tables of its spreadsheet as texts, with the letterhead of the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from accounts.models import Office
from accounts.officers import Officer
from boards.presenters import now, period, period_sheets
from boards.presenters.now import NowBoard
from boards.presenters.past_complaints import ComplaintPeriod
from boards.presenters.period import PeriodBoard
from boards.presenters.period_tables import text_of
from documents.content import in_indonesian, letterhead
from documents.spreadsheets import Table
from workflow.domain.dates import moment


@in_indonesian
def of_now(officer: Officer, office: Office) -> dict[str, Any]:
    """Return the content of the board of what is open."""
    board = now.board(officer, office)
    summary, *tables = now.sheets(board)
    figures = [
        [[str(name), str(number)] for _about, name, number in rows]
        for _about, rows in groupby(summary.rows, key=lambda row: row[0])
    ]
    charts = _charts(("stacked", "Berkas terbuka menurut layanan", board.chart))
    return _content(officer, board, now.title_of(board), figures, charts, tables)


@in_indonesian
def of_period(officer: Officer, office: Office, asked: str) -> dict[str, Any]:
    """Return the content of the board of the past, of the months ``asked`` for in the address."""
    board = period.board(officer, office, asked)
    tables = period_sheets.tables_of(board)
    figures = [["Berkas dijawab", str(board.answered)], ["Terlambat", str(board.late)]]
    if board.share is not None:
        figures.append(["Tepat waktu", f"{board.share}%"])
    charts = _charts(
        ("bars", "Tepat waktu menurut layanan", board.chart),
        ("line", "Tepat waktu menurut bulan", board.trend),
    )
    groups = [figures]
    if board.complaints is not None:
        groups.append(_complaints(board.complaints))
    return _content(officer, board, period.title_of(board), groups, charts, tables)


def _complaints(found: ComplaintPeriod) -> list[list[str]]:
    figures = [[one.name, str(one.number)] for one in found.figures]
    figures[1][0] = "Pengaduan terlambat"  # beside figures of files with the same name
    if found.share is not None:
        figures.append(["Pengaduan tepat waktu", f"{found.share}%"])
    return figures


def _charts(*charts: tuple[str, str, Any]) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "title": title, "chart": asdict(chart)}
        for kind, title, chart in charts
        if chart is not None
    ]


def _content(
    officer: Officer,
    board: NowBoard | PeriodBoard,
    title: str,
    figures: list[list[list[str]]],
    charts: list[dict[str, Any]],
    tables: Sequence[Table],
) -> dict[str, Any]:
    zone = board.office.zone
    counted = board.counted_at
    return {
        "office": letterhead(board.office),
        "title": title,
        "counted": moment(counted, zone) if counted else "",
        "figures": figures,
        "charts": charts,
        "tables": [
            {
                "title": table.title,
                "head": list(table.head),
                "rows": [[text_of(cell) for cell in row] for row in table.rows],
            }
            for table in tables
            if table.rows
        ],
        "printed": moment(officer.at, zone),
        "printed_by": officer.user.full_name,
    }
