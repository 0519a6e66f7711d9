"""Evidence about surveys, complaints and kept promises: figures and numbers, never a person."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import ChannelKind, Office, OfficeChannel
from boards.domain.months import year_until
from boards.selectors import past
from boards.services.files import begins
from boards.services.pekppp.evidence import Evidence, site
from boards.services.pekppp.policy import Subject
from boards.wording import usual
from complaints.models import Complaint
from complaints.services.figures import answers_sent, days_text, figures_since
from reports.domain import content
from reports.domain.lifecycle import ReportStatus
from reports.domain.periods import Period, period_of
from reports.kinds import KINDS
from reports.models import Report
from reports.wording import period_name
from standards.models import OfficeProof
from surveys.domain.follow_up import share_done
from surveys.models import FollowUp
from workflow.domain.dates import add_months, long_date

_TWO_YEARS = timedelta(days=2 * 366)
_SIGNED = (ReportStatus.SIGNED, ReportStatus.PUBLISHED)
_SKM = "skm"
_FACE_TO_FACE = (ChannelKind.OFFICER, ChannelKind.COUNTER)
_MOST = 500  # complaints listed


def _reports(subject: Subject) -> list[Report]:
    rows = Report.objects.filter(office=subject.office, kind=_SKM)
    recent = rows.filter(begins__gte=subject.today - _TWO_YEARS).select_related("paper")
    return list(recent.order_by("begins"))


def _periods_missing(subject: Subject, rows: list[Report]) -> list[str]:
    """Return the periods of the last two years that no signed report tells of, the oldest first.

    A report of another rhythm, from before the office changed it, tells of its months as well.
    """
    rhythm = KINDS[_SKM].rhythm(subject.office) if _SKM in KINDS else None
    if rhythm is None:
        return []
    told = {month for row in rows if row.status in _SIGNED for month in _months(row.span)}
    periods: list[Period] = []
    period = period_of(subject.today, rhythm).previous
    while period.begins >= subject.today - _TWO_YEARS:
        periods.insert(0, period)
        period = period.previous
    return [period_name(one) for one in periods if not told.issuperset(_months(one))]


def _months(period: Period) -> list[date]:
    return [add_months(period.begins, ahead) for ahead in range(period.rhythm.months)]


def survey(subject: Subject) -> Evidence:
    """Indicator 6: signed survey reports of the last two years."""
    rows = _reports(subject)
    signed = [row for row in rows if row.status in _SIGNED]
    found = Evidence(bool(signed))
    listed = [[row.title, row.get_status_display()] for row in rows]
    for row in signed:
        paper = getattr(row, "paper", None)
        if paper is not None and paper.file:
            found.papers.append((f"laporan-{row.period}.pdf", paper.file.name, paper.sha256))
        else:
            words = f"{row.title}: PDF bertanda tangan belum selesai dibuat."
            found.gaps.append((words, row.get_absolute_url()))
    for missing in _periods_missing(subject, rows):
        words = f"Laporan SKM {missing} belum ditandatangani."
        found.gaps.append((words, _of(subject, "reports:list")))
    if not rows and not found.gaps:
        found.gaps.append(("Belum ada laporan SKM.", _of(subject, "reports:list")))
    table = content.table("Laporan SKM dua tahun terakhir", ["Laporan", "Keadaan"], listed)
    found.chapters = [content.chapter("Laporan SKM", table)]
    return found


def survey_media(subject: Subject) -> Evidence:
    """Indicator 7: where results of surveys are published."""
    rows = _reports(subject)
    published = [row for row in rows if row.status == ReportStatus.PUBLISHED]
    listed = [["Hasil survei", site(reverse("surveys:office", args=[subject.office.code]))]]
    listed += [
        [row.title, site(reverse("reports:published", args=[row.public_id]))] for row in published
    ]
    found = Evidence(bool(published))
    for row in rows:
        if row.status == ReportStatus.SIGNED:
            words = f"{row.title}: sudah ditandatangani, belum diterbitkan."
            found.gaps.append((words, row.get_absolute_url()))
    if not published:
        words = "Belum ada laporan SKM yang diterbitkan di halaman kantor."
        found.gaps.append((words, _of(subject, "reports:list")))
    table = content.table("Media publikasi", ["Yang diterbitkan", "Alamat"], listed)
    found.chapters = [content.chapter("Publikasi hasil survei", table)]
    return found


def _follow_ups(subject: Subject) -> list[FollowUp]:
    rows = FollowUp.objects.filter(office=subject.office).counted()
    recent = rows.filter(opened_at__gte=subject.at - _TWO_YEARS)
    recent = recent.select_related("deadline", "document")
    return list(recent.order_by("opened_at", "pk"))


def follow_ups(subject: Subject) -> Evidence:
    """Indicator 8: what was owed or planned after surveys, and how much of it is done."""
    rows = _follow_ups(subject)
    done = sum(row.done_on is not None for row in rows)
    found = Evidence(bool(rows))
    url = _of(subject, "surveys:follow_ups")
    if not rows:
        found.gaps.append(("Belum ada tindak lanjut survei yang tercatat.", url))
        return found
    for number, row in enumerate(rows, start=1):
        if row.done_on is None:
            words = f"{row.name} ({row.period_words}): tindak lanjut belum dicatat selesai."
            found.gaps.append((words, reverse("surveys:finish", args=[row.pk])))
        elif row.document is not None:
            found.attach(f"bukti-tindak-lanjut-{number}", row.document, "", url)
    listed = [
        [
            row.period_words,
            row.name,
            row.grade,
            row.programme or "-",
            long_date(row.done_on) if row.done_on else "belum",
            row.evidence or "-",
        ]
        for row in rows
    ]
    head = ["Periode", "Unsur", "Mutu", "Program", "Selesai", "Bukti"]
    found.chapters = [
        content.chapter(
            "Tindak lanjut survei",
            content.text(
                f"{done} dari {len(rows)} tindak lanjut selesai ({share_done(done, len(rows))}%)."
            ),
            content.table("Tindak lanjut survei dua tahun terakhir", head, listed),
        )
    ]
    return found


def follow_up_speed(subject: Subject) -> Evidence:
    """Indicator 9: days from the opening of a follow-up until it was done."""
    rows = [row for row in _follow_ups(subject) if row.done_on is not None]
    found = Evidence(bool(rows))
    listed = []
    for row in rows:
        opened = subject.office.local_date(row.opened_at)
        if row.done_on is not None:
            days = (row.done_on - opened).days
            listed.append(
                [row.period_words, row.name, long_date(opened), long_date(row.done_on), days]
            )
    if not rows:
        words = "Belum ada tindak lanjut survei yang selesai."
        found.gaps.append((words, _of(subject, "surveys:follow_ups")))
    head = ["Periode", "Unsur", "Dibuka", "Selesai", "Hari"]
    table = content.table("Lama tindak lanjut", head, listed)
    found.chapters = [content.chapter("Kecepatan tindak lanjut", table)]
    return found


def face_to_face(subject: Subject) -> Evidence:
    """Indicator 25: counters and officers for complaints, and photos of them."""
    rows = subject.office.channels.filter(kind__in=_FACE_TO_FACE)
    lacking = "Foto tempat konsultasi dan pengaduan tatap muka belum diunggah."
    return _channels(subject, rows, OfficeProof.Kind.COUNTER, lacking)


def channels(subject: Subject) -> Evidence:
    """Indicator 26: all channels, and photos of what eases their use by everybody."""
    lacking = "Foto sarana saluran konsultasi dan pengaduan bagi semua belum diunggah."
    rows = subject.office.channels.all()
    return _channels(subject, rows, OfficeProof.Kind.CHANNELS, lacking)


def _channels(
    subject: Subject, rows: QuerySet[OfficeChannel], kind: OfficeProof.Kind, lacking: str
) -> Evidence:
    listed = [
        [row.get_kind_display(), row.label, row.value or "-"] for row in rows.order_by("order")
    ]
    found = Evidence(bool(listed))
    if not listed:
        url = reverse("admin:accounts_office_change", args=[subject.office.pk])
        found.gaps.append(("Saluran seperti itu belum tercatat.", f"{url}#channels-group"))
    table = content.table("Saluran", ["Jenis", "Nama", "Alamat atau nomor"], listed)
    found.chapters = [content.chapter("Saluran konsultasi dan pengaduan", table)]
    found.prove(subject.office, kind, lacking)
    return found


def _since(subject: Subject) -> datetime:
    """Return the beginning of the twelve months: a calendar year has nothing in its January."""
    first, _last = year_until(subject.today)
    return begins(subject.office, first)


def _title(subject: Subject) -> str:
    first, _last = year_until(subject.today)
    return f"Pengaduan sejak {long_date(first)}"


def _complaints(subject: Subject) -> QuerySet[Complaint]:
    rows = Complaint.objects.filter(
        office=subject.office,
        received_at__gte=_since(subject),
        received_at__lte=subject.at,
        confidential=False,
        destroyed_at=None,
    )
    return rows.order_by("received_at", "pk")


def register(subject: Subject) -> Evidence:
    """Indicator 27: complaints of twelve months by number, without those kept confidential.

    With when each was answered first, in how many working days, and whether in time.
    """
    office, every = subject.office, _complaints(subject)
    number = every.count()
    sent = answers_sent(every, _since(subject), subject.at).order_by("-sent_at", "-pk")
    first = {row.complaint_id: row for row in sent}  # a later answer follows a reopening
    listed = [
        [
            row.number,
            f"{_day(row.received_at, office)}, {row.get_channel_display()}",
            row.get_status_display(),
            _answered(first.get(row.pk), office),
        ]
        for row in every[:_MOST]
    ]
    found = Evidence(bool(listed))
    if not listed:
        found.gaps.append(
            ("Belum ada pengaduan yang tercatat dalam dua belas bulan.", reverse("complaints:list"))
        )
    head = ["Nomor", "Diterima", "Keadaan", "Dijawab"]
    table = content.table(_title(subject), head, listed)
    words = f"{number} pengaduan. Pengaduan rahasia tidak ada dalam daftar ini."
    if number > _MOST:
        words += f" Yang dicantumkan {_MOST} yang pertama; selebihnya di buku pengaduan."
    late = sum(row.late for row in first.values())
    times = (
        f"{len(first)} sudah dijawab: {len(first) - late} tepat waktu, {late} terlambat. "
        "Hari kerja dihitung sejak diterima sampai jawaban pertama tersampaikan."
    )
    found.chapters = [
        content.chapter("Pencatatan pengaduan", table, content.text(words), content.text(times))
    ]
    return found


def _day(at: datetime, office: Office) -> str:
    """Return the day of an instant, short enough for a column of a table."""
    return f"{office.local_date(at):%d/%m/%Y}"


def _answered(answer: Any, office: Office) -> str:
    """Return day, working days and punctuality of an answer in the register."""
    if answer is None:
        return "-"
    late = "terlambat" if answer.late else "tepat waktu"
    return ", ".join(filter(None, [_day(answer.sent_at, office), days_text(answer.workdays), late]))


def answers(subject: Subject) -> Evidence:
    """Indicator 28: how complaints of twelve months ended, by the rules of the public page."""
    figures = figures_since(subject.office, _since(subject), subject.at)
    listed = [[one.label, one.number or "disamarkan"] for one in figures.outcomes]
    found = Evidence(figures.total not in ("", "0"))
    if not found.found:
        words = "Dua belas bulan terakhir: tidak ada pengaduan yang boleh dihitung di sini."
        found.gaps.append((words, reverse("complaints:list")))
    for row in _complaints(subject).filter(closed_at=None, due_at__lte=subject.at):
        found.gaps.append((f"Pengaduan {row.number}: lewat waktu.", row.get_absolute_url()))
    table = content.table(_title(subject), ["Keadaan", "Jumlah"], listed)
    days = content.text(
        f"Hari kerja sampai dijawab: median {figures.median or '-'}, sembilan dari sepuluh paling "
        f"lama {figures.most or '-'}."
    )
    found.chapters = [content.chapter("Tindak lanjut pengaduan", table, days)]
    return found


def sop(subject: Subject) -> Evidence:
    """Supplement: share on time and time per step of twelve months, from the boards."""
    first, last = year_until(subject.today)
    counted = past.counted_at(subject.office)
    services = past.promised(first, last, office=subject.office)
    found = Evidence(bool(services))
    listed: list[list[object]] = []
    for one in services:
        median, most = usual(one)
        share = f"{100 * one.on_time // one.with_promise}%" if one.with_promise else "-"
        listed.append([one.name, one.answered, share, median, most])
    steps: list[list[object]] = [
        [str(one.step), one.visits, one.average, one.timed, one.over]
        for one in past.steps(subject.office, first, last)
    ]
    if not services:
        words = "Belum ada berkas yang dijawab dan dihitung dalam dua belas bulan."
        found.gaps.append((words, reverse("boards:period")))
    head = ["Layanan", "Dijawab", "Tepat waktu", "Median", "Sembilan dari sepuluh"]
    of_steps = ["Langkah", "Kali", "Rata-rata (menit kerja)", "Dengan waktu baku", "Lewat"]
    when = long_date(subject.office.local_date(counted)) if counted else "-"
    found.chapters = [
        content.chapter(
            "Ketepatan waktu",
            content.text(f"Dihitung sampai {when}."),
            content.table("Ketepatan waktu menurut layanan", head, listed),
        ),
        content.chapter("Langkah SOP", content.table("Waktu langkah SOP", of_steps, steps)),
    ]
    return found


def _of(subject: Subject, name: str) -> str:
    return f"{reverse(name)}?kantor={subject.office.code}"
