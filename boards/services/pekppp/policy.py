"""Evidence about standards, their making, publication and review, and the maklumat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.urls import reverse

from accounts.models import Office
from boards.domain.indicators import file_name, standard_code
from boards.services.pekppp.evidence import Evidence, site
from reports.domain import content
from standards.changes import sentences_between
from standards.models import (
    Evaluation,
    OfficeProof,
    Publication,
    PublicConsultation,
    ServicePledge,
    StandardComponent,
    StandardVersion,
)
from standards.services import linting
from workflow.domain.dates import long_date

_YEAR = timedelta(days=365)
_CHANGES_SHOWN = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Subject:
    """The office at the cut-off, with the standards in force."""

    office: Office
    at: datetime
    today: date
    versions: Sequence[StandardVersion]


def subject_of(office: Office, at: datetime) -> Subject:
    """Return what evidence is collected about."""
    today = office.local_date(at)
    rows = StandardVersion.objects.in_force(today).filter(service__office=office)
    versions = rows.select_related("service__office").order_by("service__name", "pk")
    return Subject(office, at, today, list(versions.prefetch_related("components")))


def standards(subject: Subject) -> Evidence:
    """Indicator 1: each standard with its decree, its components and what the linter says."""
    found = Evidence(bool(subject.versions))
    rows, remarks = [], []
    every = dict(StandardComponent.Key.choices)
    for version in subject.versions:
        page = reverse("admin:standards_standardversion_change", args=[version.pk])
        name = version.service.name
        present = {row.key for row in version.components.all()}
        lacking = [str(label) for key, label in every.items() if key not in present]
        report = linting.lint(version, subject.at)
        rows.append(
            [
                name,
                version.number,
                version.decree or "-",
                _day(version.effective_on),
                f"{len(every) - len(lacking)} dari {len(every)}",
                report.score,
            ]
        )
        remarks += [[name, one.sentence] for one in report.warnings]
        for label in lacking:
            found.gaps.append((f"{name}: komponen {label} belum tercetak.", page))
        if not version.decree:
            found.gaps.append((f"{name}: keputusan penetapan belum diisi.", page))
    if not subject.versions:
        url = reverse("admin:standards_standardversion_changelist")
        found.gaps.append(("Belum ada standar pelayanan yang berlaku.", url))
    head = ["Layanan", "Versi", "Ditetapkan dengan", "Berlaku mulai", "Komponen", "Skor"]
    found.chapters.append(
        content.chapter("Standar yang berlaku", content.table("Standar yang berlaku", head, rows))
    )
    for number, version in enumerate(subject.versions, start=1):
        listed = [[row.printed_number, row.title] for row in version.components.all()]
        table = content.table("Komponen standar pelayanan", ["Nomor", "Judul tercetak"], listed)
        page = site(version.service.get_absolute_url())
        printed = file_name(standard_code(number))
        where = content.text(f"Bunyi lengkap: {printed} dalam paket ini, dan {page}")
        found.chapters.append(content.chapter(version.service.name, table, where))
    if remarks:
        table = content.table("Hal yang perlu diperhatikan", ["Layanan", "Temuan"], remarks)
        found.chapters.append(content.chapter("Hasil pemeriksaan standar", table))
    return found


def consultation(subject: Subject) -> Evidence:
    """Indicator 2: forums with the public, their minutes, and standards without any."""
    rows = PublicConsultation.objects.filter(office=subject.office).order_by("held_on", "pk")
    forums = list(rows.select_related("minutes").prefetch_related("versions__service"))
    found = Evidence(bool(forums))
    discussed: set[int] = set()
    listed = []
    for number, row in enumerate(forums, start=1):
        versions = list(row.versions.all())
        discussed |= {version.pk for version in versions}
        names = ", ".join(f"{one.service.name} versi {one.number}" for one in versions)
        listed.append(
            [
                _day(row.held_on),
                row.place,
                row.topic,
                names or "-",
                ", ".join(row.group_list),
                row.attendance,
                row.outcome,
            ]
        )
        page = reverse("admin:standards_publicconsultation_change", args=[row.pk])
        lacking = f"Berita acara konsultasi {_day(row.held_on)} belum diunggah."
        found.attach(f"berita-acara-{number}", row.minutes, lacking, page)
    add = reverse("admin:standards_publicconsultation_add")
    for version in subject.versions:
        if version.pk not in discussed:
            words = f"{version.service.name} versi {version.number}: belum ada konsultasi publik."
            found.gaps.append((words, add))
    if not subject.versions and not forums:
        found.gaps.append(("Belum ada konsultasi publik yang tercatat.", add))
    head = ["Tanggal", "Tempat", "Pokok bahasan", "Standar", "Diundang", "Hadir", "Hasil"]
    found.chapters = [
        content.chapter("Konsultasi publik", content.table("Konsultasi publik", head, listed))
    ]
    return found


def media(subject: Subject) -> Evidence:
    """Indicator 3: the page of each standard, and the other media in which it is made known."""
    services = [version.service for version in subject.versions]
    posted: dict[int, list[Publication]] = {}
    for row in Publication.objects.filter(service__in=services):
        posted.setdefault(row.service_id, []).append(row)
    found, rows, others = Evidence(bool(services)), [], []
    for one in services:
        known = posted.get(one.pk, [])
        rows.append([one.name, site(one.get_absolute_url()), 1 + len(known)])
        others += [
            [one.name, row.get_channel_display(), row.place or "-", _day(row.seen_on)]
            for row in known
        ]
        if not known:
            page = reverse("admin:standards_service_change", args=[one.pk])
            words = f"{one.name}: media selain portal (loket, SIPPN, media sosial) belum dicatat."
            found.gaps.append((words, f"{page}#publications-group"))
    if not services:
        url = reverse("admin:standards_standardversion_changelist")
        found.gaps.append(("Belum ada standar pelayanan yang berlaku.", url))
    data = [
        ["JSON", site(reverse("standards:open_data_json"))],
        ["CSV", site(reverse("standards:open_data_csv"))],
    ]
    found.chapters = [
        content.chapter(
            "Halaman portal",
            content.table("Halaman setiap layanan", ["Layanan", "Alamat", "Jumlah media"], rows),
        ),
        content.chapter(
            "Media lain",
            content.table("Media lain", ["Layanan", "Media", "Tempat", "Dilihat pada"], others),
        ),
        content.chapter(
            "Data terbuka", content.table("Data terbuka standar", ["Bentuk", "Alamat"], data)
        ),
    ]
    return found


def review(subject: Subject) -> Evidence:
    """Indicator 4: evaluations that were recorded or are overdue, and what versions changed."""
    rows = list(
        Evaluation.objects.filter(service__office=subject.office)
        .select_related("service", "document")
        .order_by("service__name", "due_on", "pk")
    )
    done = [row for row in rows if row.evaluated_on is not None]
    found = Evidence(bool(done))
    listed = [
        [
            row.service.name,
            _day(row.evaluated_on),
            row.evaluators,
            row.result,
            row.get_decision_display(),
        ]
        for row in done
    ]
    reviewed = {row.service_id for row in done}
    for number, row in enumerate(done, start=1):
        page = reverse("admin:standards_evaluation_change", args=[row.pk])
        if row.document is not None:
            found.attach(f"evaluasi-{number}", row.document, "", page)
    for row in rows:
        overdue = row.met_at is None and row.due_at is not None and row.due_at <= subject.at
        if overdue or (row.met_at is None and row.service_id not in reviewed):
            page = reverse("admin:standards_evaluation_change", args=[row.pk])
            when = "lewat waktu sejak" if overdue else "paling lambat"
            words = f"{row.service.name}: evaluasi belum dicatat, {when} {_day(row.due_on)}."
            found.gaps.append((words, page))
    if not rows:
        url = reverse("admin:standards_evaluation_changelist")
        found.gaps.append(("Belum ada evaluasi standar yang tercatat.", url))
    head = ["Layanan", "Tanggal", "Dievaluasi oleh", "Hasil", "Keputusan"]
    found.chapters = [
        content.chapter("Evaluasi standar", content.table("Evaluasi standar", head, listed)),
        content.chapter(
            "Perubahan standar dua tahun terakhir",
            content.table(
                "Perubahan antar versi", ["Layanan", "Versi", "Perubahan"], _changes(subject)
            ),
        ),
    ]
    return found


def _changes(subject: Subject) -> list[list[object]]:
    rows: list[list[object]] = []
    for version in subject.versions:
        if version.effective_on is None or version.effective_on < subject.today - _CHANGES_SHOWN:
            continue
        before = (
            version.service.versions.published()
            .filter(effective_on__lt=version.effective_on)
            .order_by("-effective_on")
            .first()
        )
        if before is not None:
            sentences = sentences_between(before, version)
            rows += [[version.service.name, version.number, sentence] for sentence in sentences]
    return rows


def pledge(subject: Subject) -> Evidence:
    """Indicator 5: the maklumat in force: made, made known, looked at again."""
    rows = list(
        ServicePledge.objects.filter(office=subject.office)
        .in_force(subject.today)
        .select_related("document")
    )
    found = Evidence(bool(rows))
    if not rows:
        url = reverse("admin:standards_servicepledge_add")
        found.gaps.append(("Maklumat pelayanan belum ditetapkan.", url))
        return found
    current = rows[0]
    page = reverse("admin:standards_servicepledge_change", args=[current.pk])
    lacking = "Naskah maklumat yang bertanda tangan belum diunggah."
    found.attach("maklumat", current.document, lacking, page)
    if not current.place_list:
        found.gaps.append(("Tempat maklumat diumumkan belum diisi.", page))
    looked = current.reviewed_on or current.effective_on
    if looked is not None and looked < subject.today - _YEAR:
        found.gaps.append(("Maklumat belum ditinjau kembali dalam setahun terakhir.", page))
    listed = [
        [
            row.number,
            row.decree or "-",
            _day(row.signed_on),
            row.signed_by,
            _day(row.effective_on),
            ", ".join(row.place_list),
            _day(row.reviewed_on),
        ]
        for row in rows
    ]
    head = [
        "Versi",
        "Ditetapkan dengan",
        "Ditandatangani",
        "Oleh",
        "Berlaku mulai",
        "Diumumkan di",
        "Ditinjau",
    ]
    found.chapters = [
        content.chapter("Isi maklumat", content.text(current.text)),
        content.chapter("Versi maklumat", content.table("Versi maklumat", head, listed)),
    ]
    return found


def hours(subject: Subject) -> Evidence:
    """Indicator 10: opening hours, and the decree about them."""
    rows = subject.office.hours.order_by("first_on", "weekday")
    listed = [
        [row.get_weekday_display(), f"{row.opens_at:%H.%M}-{row.closes_at:%H.%M}", row.season]
        for row in rows
    ]
    found = Evidence(bool(listed))
    table = content.table("Jam pelayanan", ["Hari", "Jam", "Musim"], listed)
    found.chapters = [content.chapter("Jam pelayanan", table)]
    if not listed:
        url = reverse("admin:accounts_office_change", args=[subject.office.pk]) + "#hours-group"
        found.gaps.append(("Jam pelayanan belum diisi.", url))
    lacking = "Keputusan tentang jam pelayanan belum diunggah."
    found.prove(subject.office, OfficeProof.Kind.HOURS, lacking)
    return found


def information(subject: Subject) -> Evidence:
    """Indicator 21: the public pages about this office."""
    code = subject.office.code
    pages = [
        ["Layanan dan jam pelayanan", site(reverse("standards:office", args=[code]))],
        ["Hasil survei kepuasan", site(reverse("surveys:office", args=[code]))],
        ["Janji layanan dan kenyataannya", site(reverse("boards:promises", args=[code]))],
        ["Laporan yang diterbitkan", site(reverse("reports:office", args=[code]))],
        ["Izin yang terbit", site(reverse("permits:public_register"))],
        ["Data terbuka", site(reverse("standards:open_data"))],
    ]
    found = Evidence(bool(subject.versions))
    if not subject.versions:
        url = reverse("admin:standards_standardversion_changelist")
        found.gaps.append(("Belum ada standar pelayanan yang berlaku.", url))
    table = content.table("Halaman tanpa masuk akun", ["Halaman", "Alamat"], pages)
    found.chapters = [content.chapter("Halaman untuk masyarakat", table)]
    return found


def working(subject: Subject) -> Evidence:
    """Indicator 22: dated checks and records that the information system works."""
    lacking = "Catatan ketersediaan atau pemeriksaan sistem informasi belum diunggah."
    return _proved(subject, OfficeProof.Kind.SYSTEM, lacking)


def quality(subject: Subject) -> Evidence:
    """Indicator 23: dated checks of what the information says."""
    lacking = "Hasil pemeriksaan mutu informasi belum diunggah."
    return _proved(subject, OfficeProof.Kind.QUALITY, lacking)


def _proved(subject: Subject, kind: OfficeProof.Kind, lacking: str) -> Evidence:
    """Return what was uploaded of a kind; it is to be of the last year."""
    dated = subject.office.proofs.filter(kind=kind).aggregate(last=Max("dated_on"))["last"]
    found = Evidence(dated is not None)
    found.prove(subject.office, kind, lacking)
    if dated is not None and dated < subject.today - _YEAR:
        add = reverse("admin:standards_officeproof_add")
        words = f"Yang terakhir bertanggal {_day(dated)}, lebih dari setahun yang lalu."
        found.gaps.append((words, f"{add}?office={subject.office.pk}&kind={kind.value}"))
    return found


def currency(subject: Subject) -> Evidence:
    """Indicator 24: when the information about each service was set and looked at last."""
    services = [version.service for version in subject.versions]
    looked = {
        row["service"]: row["evaluated_on"]
        for row in Evaluation.objects.filter(service__in=services, evaluated_on__isnull=False)
        .order_by("evaluated_on")
        .values("service", "evaluated_on")
    }
    found, rows = Evidence(bool(services)), []
    for version in subject.versions:
        last = looked.get(version.service_id)
        newest = max(filter(None, (version.effective_on, last)), default=None)
        rows.append([version.service.name, _day(version.effective_on), _day(last)])
        if newest is None or newest < subject.today - _YEAR:
            words = f"{version.service.name}: tidak ditinjau dalam setahun terakhir."
            url = reverse("admin:standards_evaluation_changelist")
            found.gaps.append((words, url))
    if not services:
        url = reverse("admin:standards_standardversion_changelist")
        found.gaps.append(("Belum ada standar pelayanan yang berlaku.", url))
    head = ["Layanan", "Versi berlaku mulai", "Terakhir dievaluasi"]
    found.chapters = [
        content.chapter("Kemutakhiran", content.table("Kemutakhiran halaman", head, rows))
    ]
    return found


def _day(day: date | None) -> str:
    return long_date(day) if day else "-"
