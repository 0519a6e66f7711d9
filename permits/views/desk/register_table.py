"""The register as a table for a spreadsheet: one line a number, with what ended its document."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from documents.spreadsheets import CSV, XLSX, comma_separated, workbook
from permits.views.desk.register_page import Entry, Sheet

TableRow = list[str | date | None]


def table(sheet: Sheet) -> tuple[list[str], list[TableRow]]:
    """Return the names of the columns and the lines; days are those of the office."""
    head = [
        _("Nomor"),
        _("Pemegang"),
        _("Diwakili"),
        _("Layanan"),
        _("Judul dokumen"),
        _("Nomor permohonan"),
        _("Terbit"),
        _("Keadaan"),
        _("Alasan nomor batal"),
        _("Tidak berlaku sejak"),
        _("Nomor keputusan"),
        _("Tanggal keputusan"),
        _("Dasar hukum"),
        _("Diganti dengan"),
        _("Menggantikan"),
    ]
    lines = [_line(entry, sheet) for entry in sheet.entries]
    if sheet.cut:
        lines.append([_("Tabel ini terpotong. Saring menurut layanan untuk mendapat semuanya.")])
    return head, lines


def as_file(sheet: Sheet, kind: str) -> HttpResponse:
    """Return the table as a download; ``kind`` is xlsx or csv."""
    head, lines = table(sheet)
    title = _("Register %(office)s %(year)s") % {"office": sheet.office.code, "year": sheet.year}
    if kind == "csv":
        content, content_type = comma_separated(head, lines), CSV
    else:
        content, content_type = workbook(title, head, lines), XLSX
    headers = {
        "Content-Disposition": f'attachment; filename="{title}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def _line(entry: Entry, sheet: Sheet) -> TableRow:
    ended = entry.ended

    def day(at: datetime | None) -> date | None:
        return sheet.office.local_date(at) if at else None

    return [
        entry.text,
        entry.holder,
        entry.representative,
        entry.service,
        entry.title,
        entry.file_number,
        day(entry.issued_at),
        entry.state,
        entry.reason,
        day(ended.since) if ended else None,
        ended.decree_number if ended else None,
        ended.decree_date if ended else None,
        ended.ground if ended else None,
        str(ended.replacement.number) if ended and ended.replacement else None,
        entry.replaces,
    ]
