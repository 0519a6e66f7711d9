"""Details of a due date: its rules, its calendar, the time spent, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Office
from permits import selectors
from permits.models import Application, ApplicationClockEvent, ApplicationDeadline
from standards.term_wording import term_words
from workflow.domain.clock import (
    ClockEvent,
    ClockKind,
    ClockRules,
    ClockState,
    ClockStatus,
    Term,
    Unit,
    reckon,
)
from workflow.domain.dates import ZONES
from workflow.domain.workdays import WorkCalendar
from workflow.formats import working_time

Kind = ApplicationDeadline.Kind


def amount(number: int, unit: Unit) -> str:
    """Return a number of units as text, such as "6 hari kerja"."""
    if unit is Unit.CALENDAR_DAY:
        template = ngettext("%(n)s hari kalender", "%(n)s hari kalender", number)
    elif unit is Unit.WORK_MINUTE:
        template = ngettext("%(n)s menit kerja", "%(n)s menit kerja", number)
    else:
        template = ngettext("%(n)s hari kerja", "%(n)s hari kerja", number)
    return template % {"n": number}


def term_of(promised: Term) -> str:
    """Return a term as text, such as "6 hari kerja", or "3-5 hari kerja" of a promised range."""
    if promised.least is None:
        return amount(promised.amount, promised.unit)
    return term_words(promised)


def calendar_used(calendar: WorkCalendar) -> str:
    """Return the version of the calendar, and until when its holidays are decreed."""
    return _("Kalender versi %(version)s. Hari libur sudah ditetapkan sampai %(until)s.") % {
        "version": calendar.version,
        "until": _day(calendar.confirmed_until),
    }


def rules(counting: ClockRules, unit: Unit, *, stands: bool = False) -> list[str]:
    """Return the counting rules of an office, as sentences.

    ``stands``: the clock stood at a step for which the SOP says so.
    """
    zone = ZONES.get(counting.zone.key, counting.zone.key)
    if unit is Unit.WORK_MINUTE:
        return [_("Dihitung menit demi menit selama jam kerja kantor (%(zone)s).") % {"zone": zone}]
    sentences = [
        _("Hari ketika berkas dinyatakan lengkap dan benar ikut dihitung sebagai hari ke-1.")
        if counting.counts_first_day
        else _("Hari ketika berkas dinyatakan lengkap dan benar adalah hari ke-0.")
    ]
    if unit is Unit.WORKDAY:
        sentences.append(_("Akhir pekan, hari libur, dan cuti bersama tidak dihitung."))
    last = _("jam tutup kantor")
    if counting.cut_off:
        last = _("pukul %(hour)s") % {"hour": counting.cut_off.strftime("%H.%M")}
    late = _("Yang datang setelah %(last)s berlaku mulai hari kerja berikutnya.")
    if not counting.late_rolls:
        late = _("Yang datang setelah %(last)s tetap berlaku mulai hari itu juga.")
    sentences += [
        late % {"last": last},
        _("Selama berkas berada pada pemohon untuk dilengkapi, waktu berhenti."),
        _("Hari berakhir pada tengah malam %(zone)s.") % {"zone": zone},
    ]
    if stands:
        sentences.insert(-1, _("Waktu juga berhenti pada langkah yang menurut SOP menunggu."))
    return sentences


def time_spent(
    events: Sequence[ClockEvent],
    term: Term,
    state: ClockState,
    calendar: WorkCalendar,
    rules: ClockRules,
    at: datetime,
) -> list[tuple[str, str]]:
    """Return gross time, net time, paused time, pauses and restarts, as label and value."""
    ends = (ClockKind.STOP, ClockKind.CORRECT)
    starts = (ClockKind.START, ClockKind.RESTART)
    first = min(event.seq for event in events if event.kind in starts)
    without_restarts = [event for event in events if event.seq == first or event.kind in ends]
    gross = reckon(without_restarts, term, calendar, rules, at).used
    net = state.used + sum(lap.used for lap in state.laps)
    rows = [
        (_("Waktu kotor"), amount(gross, term.unit)),
        (_("Waktu bersih"), amount(net, term.unit)),
        (_("Waktu berhenti"), amount(max(gross - net, 0), term.unit)),
        (_("Banyaknya jeda"), str(state.pauses)),
        (_("Diulang dari nol"), str(state.restarts)),
    ]
    if state.laps:
        earlier = ", ".join(amount(lap.used, term.unit) for lap in state.laps)
        rows.append((_("Terpakai sebelum diulang"), earlier))
    return rows


def what_would_change(
    events: Sequence[ClockEvent],
    term: Term,
    state: ClockState,
    calendar: WorkCalendar,
    rules: ClockRules,
    at: datetime,
) -> list[str]:
    """Return the events that would change the due date, each with the new date."""
    if state.state is ClockStatus.STOPPED:
        return [_("Tidak ada: hitungan sudah selesai.")]
    if state.state is ClockStatus.PAUSED:
        return _if_resumed(events, term, calendar, rules, at)
    sentences = []
    if state.due_on is not None and not state.late and term.unit is Unit.WORKDAY:
        later = _day(calendar.add(state.due_on, 1))
        sentences.append(
            _("Satu hari libur atau cuti bersama baru sampai tanggal itu: menjadi %(day)s.")
            % {"day": later}
        )
        sentences.append(
            _("Setiap hari kerja berkas berada pada pemohon menambah satu hari kerja: %(day)s.")
            % {"day": later}
        )
    if state.late:
        sentences.append(
            _("Janji sudah lewat: tanggal ini tidak berubah lagi oleh hari libur baru.")
        )
    if state.provisional:
        sentences.append(
            _(
                "Hari libur tahun %(year)s belum ditetapkan. Setelah ditetapkan, tanggal ini "
                "dihitung ulang dan yang berkepentingan diberi tahu."
            )
            % {"year": state.due_on.year if state.due_on else ""}
        )
    return sentences


def _if_resumed(
    events: Sequence[ClockEvent],
    term: Term,
    calendar: WorkCalendar,
    rules: ClockRules,
    at: datetime,
) -> list[str]:
    keys = {event.key for event in events if event.kind is ClockKind.PAUSE}
    last = max(event.seq for event in events)

    def due(back: datetime) -> str:
        resumed = [ClockEvent(ClockKind.RESUME, back, last + 1, key=key) for key in keys]
        day = reckon([*events, *resumed], term, calendar, rules, back).due_on
        return _day(day) if day else "-"

    tomorrow = calendar.next_workday(at.astimezone(rules.zone).date() + timedelta(days=1))
    hour = at.astimezone(rules.zone).timetz()
    template = _("Bila pemohon mengirim kembali %(sent)s: janji menjadi %(day)s.")
    if selectors.waits_for(max(events, key=lambda event: event.seq).key).stands:
        template = _("Bila langkah ini selesai %(sent)s: janji menjadi %(day)s.")
    return [
        template % {"sent": _("hari ini"), "day": due(at)},
        template % {"sent": _day(tomorrow), "day": due(datetime.combine(tomorrow, hour))},
    ]


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def changes_of_clock(application: Application) -> list[tuple[ApplicationClockEvent, str]]:
    """Return the extensions, restarts and corrections of the clock, each with what it did."""
    kinds = (ClockKind.EXTEND, ClockKind.RESTART, ClockKind.CORRECT)
    rows = application.clock_events.filter(kind__in=kinds).select_related("actor", "corrects")
    return [(row, _change(row, application.office)) for row in rows.order_by("recorded_at", "pk")]


def adjustments(application: Application) -> list[str]:
    """Return the extensions, restarts and corrections of the clock, as sentences."""
    return [
        _("%(at)s: %(done)s oleh %(person)s. %(reason)s (%(ground)s)")
        % {
            "at": _when(row.recorded_at, application.office),
            "done": change,
            "person": row.actor or "-",
            "reason": row.reason,
            "ground": row.ground,
        }
        for row, change in changes_of_clock(application)
    ]


def _change(row: ApplicationClockEvent, office: Office) -> str:
    if row.kind == ClockKind.EXTEND:
        return _("diperpanjang %(n)s") % {"n": row.amount}
    if row.kind == ClockKind.RESTART:
        return _("diulang dari nol")
    recorded = row.corrects.at if row.corrects else row.at
    return _("kejadian %(wrong)s diperbaiki menjadi %(right)s") % {
        "wrong": _when(recorded, office),
        "right": _when(row.at, office),
    }


def _when(at: datetime, office: Office) -> str:
    return date_format(at.astimezone(office.zone), "j M Y H.i")


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One deadline of an application for officers; ``url`` opens its explanation."""

    label: str
    term: str
    used: str
    due_on: date | None
    provisional: bool
    meaning: str
    words: str
    url: str


def norms(application: Application, at: datetime, calendar: WorkCalendar) -> list[DeadlineRow]:
    """Return the deadlines of the application: the legal term and the shorter internal target."""
    kinds = (Kind.SERVICE, Kind.TARGET)
    ordered = sorted(application.deadlines.all(), key=lambda row: row.pk)
    rows = {row.kind: row for row in ordered}
    deadline_rows = []
    for row in (rows[kind] for kind in kinds if kind in rows):
        state = selectors.clock(application, at, row.term, calendar=calendar)
        used, label = amount(state.used, row.term.unit), str(row.get_kind_display())
        deadline_rows.append(_deadline_row(application, row, label, used, at))
    return deadline_rows


def deadline_row(
    application: Application,
    row: ApplicationDeadline,
    at: datetime,
) -> DeadlineRow:
    """Return one deadline, without the time used."""
    return _deadline_row(application, row, str(row.get_kind_display()), "", at)


def steps(application: Application, at: datetime, calendar: WorkCalendar) -> list[DeadlineRow]:
    """Return each visit to a step with its working time and its standard time."""
    deadline_rows = []
    rows = application.deadlines.all()
    deadlines = {row.visit_id: row for row in rows if row.kind == Kind.STEP}
    for line in selectors.routing_card(application, at, calendar=calendar):
        visit = line.visit
        if line.part is not None:
            continue  # below, with its deadline
        label = f"{visit.step.printed_number}. {visit.step.activity}"
        used = amount(line.used_workdays, Unit.WORKDAY)
        if line.used_workdays == 0 or line.in_minutes:
            used = working_time(line.used_minutes)
        row = deadlines.get(visit.pk)
        if row is not None:
            deadline_rows.append(_deadline_row(application, row, label, used, at))
        else:
            deadline_rows.append(DeadlineRow(label, line.standard, used, None, False, "", "", ""))
        for part in selectors.parts_of(visit):
            if part.deadline is not None:
                number = (part.step or visit.step).printed_number
                label = f"{number}. {part.role.label}"
                deadline_rows.append(_deadline_row(application, part.deadline, label, "", at))
    return deadline_rows


def _deadline_row(
    application: Application,
    row: ApplicationDeadline,
    label: str,
    used: str,
    at: datetime,
) -> DeadlineRow:
    address = reverse("permits:desk_deadline", args=[application.public_id])
    meaning, sentence = _status(row, at)
    return DeadlineRow(
        label=label,
        term=term_of(row.term),
        used=used,
        due_on=row.due_on,
        provisional=row.provisional,
        meaning=meaning,
        words=sentence,
        url=f"{address}?janji={row.pk}",
    )


def _status(row: ApplicationDeadline, at: datetime) -> tuple[str, str]:
    late = row.breached_at is not None or (
        row.met_at is None and row.due_at is not None and row.due_at <= at
    )
    if late:
        return "late", _("lewat waktu")
    if row.met_at is not None:
        return "good", _("tepat waktu")
    return ("neutral", _("berjalan")) if row.due_at else ("attention", _("waktu berhenti"))
