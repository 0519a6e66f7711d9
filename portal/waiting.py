"""What waits for a person: files, complaints, monthly reports, tasks of administrators.

The page "Menunggu Anda" shows the first of each kind; ``portal.waiting_counts`` counts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.officers import Officer
from accounts.selectors import capacity_text
from archives.selectors import requests_of
from authority import selectors as authority
from authority.kinds import kind_of
from complaints import selectors
from complaints.presenters.desk import promise_of, status_text
from permits.presenters.deadlines import Promise, short_promise
from permits.presenters.wording import at_the_desk
from permits.selectors import load_parts, papers_at_steps, promise_calendars
from portal import report_work, survey_work
from portal.waiting_counts import Counts, complaints_of, files_of, orders_of
from workflow import admin_tasks
from workflow.formats import moment

SHOWN = 5  # of each kind; the lists hold the rest


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: where it is, what it is, what is to be done."""

    url: str
    title: str
    hint: str = ""
    meaning: str = "attention"
    task: str = ""
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The first things of one kind, and the list that holds them all."""

    title: str
    total: int
    items: list[Item]
    url: str
    label: str


def landing(found: Counts) -> str:
    """Return where an officer comes after signing in: the only list with work, else the page."""
    lists = {
        reverse("permits:worklist"): found.files,
        reverse("permits:orders"): found.orders,
        reverse("complaints:list"): found.complaints,
        reverse("complaints:reports"): found.all_reports,
        reverse("reports:list"): found.office_reports,
        reverse("surveys:follow_ups"): found.follow_ups,
        reverse("authority:list"): found.proposals,
        reverse("portal:acting"): found.acting,
        reverse("admin:index"): found.tasks,
        reverse("archives:desk"): found.requests,
    }
    full = [address for address, number in lists.items() if number]
    return full[0] if len(full) == 1 else reverse("portal:waiting")


def groups(officer: Officer, found: Counts) -> list[Group]:
    """Return the first things of each kind that has any, the most urgent first."""
    made = []
    if found.files:
        made.append(
            Group(
                _("Berkas permohonan"),
                found.files,
                _first_files(officer),
                reverse("permits:worklist"),
                _("Buka antrean"),
            )
        )
    if found.orders:
        made.append(
            Group(
                _("Pencabutan dan penggantian dokumen izin"),
                found.orders,
                _first_orders(officer),
                reverse("permits:orders"),
                _("Buka daftar usul"),
            )
        )
    if found.complaints:
        made.append(
            Group(
                _("Pengaduan dan saran"),
                found.complaints,
                _first_complaints(officer),
                reverse("complaints:list"),
                _("Buka daftar pengaduan"),
            )
        )
    if found.all_reports:
        made.append(
            Group(
                _("Laporan bulanan pengaduan"),
                found.all_reports,
                _work(report_work.first_of_complaints(officer, SHOWN)),
                reverse("complaints:reports"),
                _("Buka daftar laporan"),
            )
        )
    if found.office_reports:
        made.append(
            Group(
                _("Laporan kantor"),
                found.office_reports,
                _work(report_work.first_of_office(officer, SHOWN)),
                reverse("reports:list"),
                _("Buka daftar laporan"),
            )
        )
    if found.follow_ups:
        made.append(
            Group(
                _("Tindak lanjut survei"),
                found.follow_ups,
                [Item(*one) for one in survey_work.first_follow_ups(officer, SHOWN)],
                reverse("surveys:follow_ups"),
                _("Buka daftar tindak lanjut"),
            )
        )
    if found.proposals:
        made.append(
            Group(
                _("Usulan wewenang"),
                found.proposals,
                _first_proposals(officer),
                reverse("authority:list"),
                _("Buka daftar usulan"),
            )
        )
    if found.requests:
        made.append(
            Group(
                _("Permintaan tentang data pribadi"),
                found.requests,
                _first_requests(officer),
                reverse("archives:desk"),
                _("Buka arsip dan data pribadi"),
            )
        )
    if found.acting:
        made.append(
            Group(
                _("Yang dilakukan Plt. dan Plh."),
                found.acting,
                _first_stand_ins(officer),
                reverse("portal:acting"),
                _("Buka daftarnya"),
            )
        )
    if found.tasks:
        items = [
            Item(task.path or reverse("admin:index"), admin_tasks.sentence(task))
            for task in admin_tasks.waiting_for(officer.user)[:SHOWN]
        ]
        made.append(
            Group(
                _("Tugas administrator"),
                found.tasks,
                items,
                reverse("admin:index"),
                _("Buka administrasi"),
            )
        )
    return made


def _first_files(officer: Officer) -> list[Item]:
    rows = files_of(officer).select_related(
        "service", "office", "current_step__step", "certificate"
    )
    order = ("rank", F("due_at").asc(nulls_last=True), "submitted_at", "pk")
    found = list(rows.with_rank().prefetch_related("deadlines").order_by(*order)[:SHOWN])
    load_parts(row.current_step for row in found)
    calendars = promise_calendars(found)
    papers = papers_at_steps(found)
    items = []
    for row in found:
        part = row.desk_id not in officer.seats  # it is here for the part that is owed
        meaning, sentence = at_the_desk(row, officer.at, paper=papers.get(row.pk), part=part)
        promise = short_promise(row, officer.at, calendars[row.pk])
        hint = f"{row.number}, {row.service.name}"
        items.append(Item(row.get_desk_url(), row.holder_name, hint, meaning, sentence, promise))
    return items


def _first_orders(officer: Officer) -> list[Item]:
    return [
        Item(
            row.certificate.application.get_paper_url(),
            f"{row.get_kind_display()} {row.certificate.number}",
            row.certificate.application.holder_name,
            task=_("Putuskan usul ini"),
        )
        for row in orders_of(officer).with_papers().order_by("proposed_at")[:SHOWN]
    ]


def _first_complaints(officer: Officer) -> list[Item]:
    rows = complaints_of(officer.user).select_related("office", "service").with_apip_asked()
    order = (F("due_at").asc(nulls_last=True), "received_at", "pk")
    found = list(rows.prefetch_related("deadlines").order_by(*order)[:SHOWN])
    calendars = selectors.promise_calendars(found)
    being_sent = selectors.being_sent(found)
    items = []
    for row in found:
        asked = row.apip_asked and row.office_id in officer.headed
        meaning, sentence = status_text(
            row.status, mine=True, being_sent=row.pk in being_sent, apip_asked=asked
        )
        promise = promise_of(row, officer.at, calendars[row.pk])
        service = row.service.name if row.service else _("Layanan tidak disebut")
        address = row.get_absolute_url()
        items.append(Item(address, row.number, service, meaning, sentence, promise))
    return items


def _first_requests(officer: Officer) -> list[Item]:
    rows = requests_of(officer).select_related("office")[:SHOWN]
    return [
        Item(
            row.get_absolute_url(),
            row.get_kind_display(),
            row.office.name,
            "late" if row.due_at <= officer.at else "attention",
            _("Jawab paling lambat %(until)s") % {"until": moment(row.due_at, row.office.zone)},
        )
        for row in rows
    ]


def _work(found: Iterable[report_work.Work]) -> list[Item]:
    return [Item(one.url, one.title, one.office, task=one.task) for one in found]


def _first_proposals(officer: Officer) -> list[Item]:
    rows = authority.waiting_for(officer.user, officer.at)
    return [
        Item(
            row.get_absolute_url(),
            kind_of(row).sentence(row),
            f"{row.office}, {row.proposed_by}",
            task=_("Setujui atau tolak"),
        )
        for row in rows[:SHOWN]
    ]


def _first_stand_ins(officer: Officer) -> list[Item]:
    offices = authority.definitive_offices(officer.user, officer.at)
    rows = authority.unseen_stand_ins(officer.user, offices, officer.at).select_related("user")
    return [
        Item(
            f"{reverse('portal:acting')}?kantor={row.position.office.code}",
            str(row.user),
            capacity_text(row),
            task=_("Lihat yang dilakukan"),
        )
        for row in rows.order_by("started_on")[:SHOWN]
    ]
