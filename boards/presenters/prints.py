"""A board on paper: the tables of its spreadsheet as texts, with the letterhead of the office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.officers import Officer
from boards.presenters import now, period
from boards.presenters.now import NowBoard
from boards.presenters.period import PeriodBoard
from documents.content import in_indonesian, letterhead
from documents.spreadsheets import Table
from workflow.domain.dates import moment


@in_indonesian
def of_now(officer: Officer, board: NowBoard) -> dict[str, Any]:
    """Return the content of the board of what is open."""
    title, tables = now.sheets(board)
    figures = [[one.name, str(one.number)] for one in (*board.figures, *board.complaints)]
    return _content(officer, board, title, figures, tables)


@in_indonesian
def of_period(officer: Officer, board: PeriodBoard) -> dict[str, Any]:
    """Return the content of the board of the past."""
    title, tables = period.sheets(board)
    figures = [["Berkas dijawab", str(board.answered)]]
    if board.share is not None:
        figures.append(["Tepat waktu", f"{board.share}%"])
    return _content(officer, board, title, figures, tables)


def _content(
    officer: Officer,
    board: NowBoard | PeriodBoard,
    title: str,
    figures: list[list[str]],
    tables: Sequence[Table],
) -> dict[str, Any]:
    zone = board.office.zone
    counted = board.counted_at
    return {
        "office": letterhead(board.office),
        "title": title,
        "counted": moment(counted, zone) if counted else "",
        "figures": figures,
        "tables": [
            {
                "title": table.title,
                "head": list(table.head),
                "rows": [[period.text_of(cell) for cell in row] for row in table.rows],
            }
            for table in tables
            if table.rows
        ],
        "printed": moment(officer.at, zone),
        "printed_by": officer.user.full_name,
    }
