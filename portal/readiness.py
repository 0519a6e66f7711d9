"""What an office needs before it can serve: one line a setting, with the page that mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.number_patterns import faults, printed
from accounts.models import Appointment, Office, Position
from accounts.number_patterns import PATTERN_SENTENCES
from complaints.models import ComplaintRole, ComplaintRules, Role
from documents.keys import key_state
from notices.models import MessageHours
from standards.models import StandardVersion
from workflow import coverage
from workflow.formats import day


@dataclass(frozen=True, slots=True)
class ReadinessItem:
    """One setting. ``meaning``: good, attention (it works, but look at it) or late (missing)."""

    label: str
    meaning: str
    text: str
    url: str


def readiness(office: Office, at: datetime) -> list[ReadinessItem]:
    """Return every setting of ``office`` with its state at ``at``."""
    checks = _PARTNER_CHECKS if office.partner_of_id else _CHECKS
    return [line for check in checks for line in check(office, at)]


def missing(lines: list[ReadinessItem]) -> int:
    """Return how many settings keep the office from serving."""
    return sum(line.meaning == "late" for line in lines)


def _positions(office: Office, at: datetime) -> Iterator[ReadinessItem]:
    rows = list(Position.objects.filter(office=office))
    url = _own_page(office, "#positions-group")
    if not any(row.is_head for row in rows):
        text = _("Belum ada jabatan pimpinan unit.") if rows else _("Belum ada jabatan.")
        yield ReadinessItem(_("Jabatan"), "late", text, url)
    else:
        text = _("%(total)s jabatan, termasuk pimpinan unit.") % {"total": len(rows)}
        yield ReadinessItem(_("Jabatan"), "good", text, url)


def _holders(office: Office, at: datetime) -> Iterator[ReadinessItem]:
    serving = Appointment.objects.in_force(office.local_date(at)).filter(position=OuterRef("pk"))
    rows = Position.objects.filter(office=office)
    vacant = [row.name for row in rows.exclude(Exists(serving)).order_by("name")]
    if vacant or not rows.exists():
        names = ", ".join(vacant) or _("semua")
        text = _("Tanpa pelaksana hari ini: %(names)s.") % {"names": names}
        yield ReadinessItem(_("Pelaksana jabatan"), "late", text, reverse("authority:appoint"))
    else:
        text = _("Setiap jabatan ada pelaksananya hari ini.")
        yield ReadinessItem(_("Pelaksana jabatan"), "good", text, reverse("authority:appoint"))


def _hours(office: Office, at: datetime) -> Iterator[ReadinessItem]:
    days = office.hours.filter(first_on=None).values("weekday").distinct().count()
    url = _own_page(office, "#hours-group")
    if days:
        yield ReadinessItem(
            _("Jam kerja"), "good", _("%(total)s hari seminggu.") % {"total": days}, url
        )
    else:
        text = _("Belum diisi: dipakai jam kerja Perpres 21/2023.")
        yield ReadinessItem(_("Jam kerja"), "attention", text, url)


def _calendar(office: Office, at: datetime) -> Iterator[ReadinessItem]:
    year = coverage.missing_year(office.local_date(at))
    url = reverse("admin:workflow_calendaryear_changelist")
    if year is None:
        until = day(coverage.sure_until())
        text = _("Hari libur sudah ditetapkan sampai %(until)s.") % {"until": until}
        yield ReadinessItem(_("Kalender"), "good", text, url)
    else:
        text = _("Hari libur tahun %(year)s belum ditetapkan.") % {"year": year}
        yield ReadinessItem(_("Kalender"), "late", text, url)


def _channels(office: Office, at: datetime) -> Iterator[ReadinessItem]:
    total = office.channels.count()
    text = _("%(total)s saluran.") % {"total": total} if total else _("Belum ada.")
    url = _own_page(office, "#channels-group")
    yield ReadinessItem(_("Saluran pengaduan"), "good" if total else "late", text, url)


def _complaints(office: Office, at: datetime) -> Iterator[ReadinessItem]:
    officer = ComplaintRole.objects.filter(office=office, role=Role.OFFICER).exists()
    text = _("Ada jabatan petugas pengaduan.") if officer else _("Belum ada petugas pengaduan.")
    url = reverse("complaints:propose_role")
    yield ReadinessItem(_("Petugas pengaduan"), "good" if officer else "late", text, url)
    own = ComplaintRules.objects.filter(office=office).first()
    if own:
        text = _("Aturan unit ini: %(ladder)s.") % {"ladder": own.get_ladder_display()}
        url = reverse("admin:complaints_complaintrules_change", args=[own.pk])
        yield ReadinessItem(_("Aturan pengaduan"), "good", text, url)
    else:
        text = _("Belum ada aturan sendiri: berlaku PermenPAN-RB 5/2025.")
        url = reverse("admin:complaints_complaintrules_add")
        yield ReadinessItem(_("Aturan pengaduan"), "attention", text, url)


def _message_hours(office: Office, at: datetime) -> Iterator[ReadinessItem]:
    own = MessageHours.objects.filter(office=office).first()
    if own:
        text = _("Sudah diatur.")
        url = reverse("admin:notices_messagehours_change", args=[own.pk])
        yield ReadinessItem(_("Jam pengiriman pesan"), "good", text, url)
    else:
        text = _("Belum diatur: pesan dikirim pada jam berapa pun, rangkuman pukul 16.00.")
        url = reverse("admin:notices_messagehours_add")
        yield ReadinessItem(_("Jam pengiriman pesan"), "attention", text, url)


def _pledge(office: Office, at: datetime) -> Iterator[ReadinessItem]:
    label = _("Maklumat pelayanan")
    own = office.pledges.in_force(office.local_date(at)).first()
    if own:
        text = _("Berlaku mulai %(since)s.") % {"since": day(own.effective_on)}
        url = reverse("admin:standards_servicepledge_change", args=[own.pk])
        yield ReadinessItem(label, "good", text, url)
    else:
        text = _("Belum ditetapkan dan diumumkan (UU 25/2009 pasal 22).")
        yield ReadinessItem(label, "attention", text, reverse("admin:standards_servicepledge_add"))


def _letters(office: Office, at: datetime) -> Iterator[ReadinessItem]:
    label, pattern = _("Nomor surat"), office.letter_pattern
    url = _own_page(office, "#id_letter_pattern")
    for code in faults(pattern):
        text = str(PATTERN_SENTENCES[code]) % {"pattern": pattern}
        yield ReadinessItem(label, "late", text, url)
        return
    text = _("Buku surat bernomor menurut pola “%(pattern)s”.") % {"pattern": pattern}
    yield ReadinessItem(label, "good", text, url)


def _patterns(office: Office, at: datetime) -> Iterator[ReadinessItem]:
    current = StandardVersion.objects.in_force(office.local_date(at))
    rows = list(
        current.filter(service__office=office)
        .select_related("service")
        .prefetch_related("papers", "permits")
    )
    label = _("Standar dan pola nomor")
    if not rows:
        text = _("Belum ada standar yang berlaku.")
        yield ReadinessItem(
            label, "late", text, reverse("admin:standards_standardversion_changelist")
        )
        return
    numbered = [(row, pattern) for row in rows for pattern in _patterns_of(row)]
    used = Counter(printed(pattern) for _row, pattern in numbered)
    used[printed(office.letter_pattern)] += 1
    faulty = False
    for row, pattern in numbered:
        codes = faults(pattern)
        if codes:
            template = str(PATTERN_SENTENCES[codes[0]])
        elif printed(pattern) == printed(office.letter_pattern):
            template = _("Pola “%(pattern)s” juga pola nomor surat kantor ini.")
        elif used[printed(pattern)] > 1:
            template = _("Pola “%(pattern)s” juga dipakai dokumen lain kantor ini.")
        else:
            continue
        faulty = True
        text = f"{row.service}: {template % {'pattern': pattern}}"
        url = reverse("admin:standards_standardversion_change", args=[row.pk])
        yield ReadinessItem(label, "attention", text, url)
    if not faulty:
        text = _("%(total)s standar berlaku, pola nomornya berbeda-beda.") % {"total": len(rows)}
        yield ReadinessItem(
            label, "good", text, reverse("admin:standards_standardversion_changelist")
        )


def _patterns_of(version: StandardVersion) -> list[str]:
    """The patterns of the permit, and of permits and papers that have one of their own."""
    own = [row.number_pattern for row in version.permits.all()]
    own += [row.number_pattern for row in version.papers.all()]
    return [version.number_pattern, *filter(None, [version.refusal_number_pattern, *own])]


def _key(office: Office, at: datetime) -> Iterator[ReadinessItem]:
    key = key_state(office, at)
    url = reverse("documents:key", args=[office.code])
    if key.problem or key.valid_until is None:
        yield ReadinessItem(_("Kunci tanda tangan"), "late", key.problem, url)
        return
    words = {"name": key.signer_name, "until": day(office.local_date(key.valid_until))}
    text = _("Atas nama %(name)s, berlaku sampai %(until)s.") % words
    if key.is_demo:
        text += " " + _("Kunci contoh: tanda tangannya tidak sah.")
    yield ReadinessItem(_("Kunci tanda tangan"), key.meaning, text, url)


_CHECKS: tuple[Callable[[Office, datetime], Iterator[ReadinessItem]], ...] = (
    _positions,
    _holders,
    _hours,
    _calendar,
    _channels,
    _pledge,
    _complaints,
    _message_hours,
    _letters,
    _patterns,
    _key,
)

_PARTNER_CHECKS = (_holders, _hours, _calendar)  # a partner body has desks and a calendar


def _own_page(office: Office, place: str) -> str:
    return reverse("admin:accounts_office_change", args=[office.pk]) + place
