"""A kind of report for tests, and the roles of the people around it."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Office
from reports.domain import content
from reports.domain.content import Content
from reports.domain.periods import Period, Rhythm, period_of
from reports.kinds import ReportKind
from reports.models import Report, ReportRole
from reports.services import compiling
from tests.factories.permits import NOON, Cast

QUARTER = period_of(NOON.date(), Rhythm.QUARTER).previous
COMPILER, SECRETARY, HEAD = "back-office", "sekretaris", "kepala-dinas"
QUOTE = "Terima kasih Bu Ani di loket dua."


def compose(office: Office, period: Period, at: datetime) -> Content:
    """Return a small content with every kind of block."""
    return content.report(
        content.chapter(
            "Pendahuluan",
            content.text(f"Laporan {office.name}.", "pembuka"),
            content.bars("Nilai unsur", [("Waktu", 62.5, "62,50", "late")]),
            content.line("Tren", [("TW 2", 80, "80,00"), ("TW 3", 82.5, "82,50")]),
            content.table("Nilai", ["Unsur", "Jumlah"], [["Waktu", 7], ["Biaya [x]", 8]], "nilai"),
            content.quotes([("satu", QUOTE), ("dua", "Kursi kurang.")]),
            number="BAB I",
        )
    )


KIND = ReportKind("uji", "Laporan uji", lambda office: Rhythm.QUARTER, compose)


def make_roles(cast: Cast) -> None:
    """Name who compiles and who checks."""
    for desk, role in ((COMPILER, "penyusun"), (SECRETARY, "sekretaris")):
        position = cast.at(desk).appointments.get().position
        ReportRole.objects.get_or_create(position=position, role=role)


def make_report(cast: Cast, *, kind: ReportKind = KIND, at: datetime = NOON) -> Report:
    """Return a compiled report of the last quarter, its quotes read."""
    actor = cast.at(COMPILER)
    report = compiling.compile_report(kind, cast.office, QUARTER, actor=actor, at=at)
    return compiling.change_words(report, {}, actor=actor, at=at, seen=report.digest)


def make_approved(cast: Cast, *, kind: ReportKind = KIND) -> Report:
    """Return a report that waits for the signature of the head."""
    report = make_report(cast, kind=kind)
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    return compiling.approve(report, actor=cast.at(SECRETARY), at=NOON, seen=report.digest)
