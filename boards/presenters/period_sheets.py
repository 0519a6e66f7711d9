"""The board of the past as sheets of a spreadsheet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from boards.presenters.period import PeriodBoard
from documents.spreadsheets import Cell, Table


def sheets(board: PeriodBoard) -> list[Table]:
    """Return the sheets of its spreadsheet: the figures of the whole, and each table."""
    found = [*_summary(board), *tables_of(board)]
    return found or [Table(_("Tidak ada berkas dalam periode ini"), [], [])]


def tables_of(board: PeriodBoard) -> list[Table]:
    """Return its tables."""
    listed = [*board.tables, *(board.complaints.tables if board.complaints else ())]
    return [Table(one.title, one.columns, one.rows, one.title[:31]) for one in listed]


def _summary(board: PeriodBoard) -> list[Table]:
    """Return the sheet of the figures of the whole; none of files that were not counted yet."""
    files, on_time, other = _("Permohonan"), _("Tepat waktu (%)"), board.complaints
    rows: list[list[Cell]] = []
    if board.counted_at is not None:
        rows += [[files, one.name, one.number] for one in board.figures]
        rows += [[files, on_time, board.share]] if board.share is not None else []
    if other is not None:
        about = _("Pengaduan")
        rows += [[about, one.name, one.number] for one in other.figures]
        rows += [[about, on_time, other.share]] if other.share is not None else []
        if other.median:
            rows += [[about, _("Median"), other.median], [about, _("Persentil 90"), other.most]]
    head = [_("Tentang"), _("Angka"), _("Jumlah")]
    return [Table(_("Ringkasan"), head, rows, _("Ringkasan"))] if rows else []
