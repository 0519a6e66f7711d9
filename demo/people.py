"""The people of the demo: one in each position, applicants, administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.authorities import OFFICE_ADMINISTRATORS
from accounts.models import Appointment, Office, Position, User
from workflow import tomlfile
from workflow.tomlfile import FileFault, Table, save_validated

FILE = "demo_people.toml"


@dataclass(frozen=True, slots=True)
class Person:
    """One account of the file; ``office`` and ``position`` are empty for applicants.

    An administrator with an ``office`` keeps that office, without one the portal.
    """

    email: str
    name: str
    office: str = ""
    position: str = ""
    rank: str = ""
    employee_number: str = ""
    administrator: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """The whole file."""

    path: Path
    password: str
    appointed_on: date
    persons: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the table who logs in as whom."""

    office: str
    position: str
    email: str
    name: str


def read_people(folder: Path) -> People:
    """Return the people of ``demo_people.toml``; raises ``FileFault``."""
    page = tomlfile.read(folder / FILE)
    persons = [_person(page.table("administrator"), administrator=True)]
    for table in page.tables("office_administrators"):
        persons.append(_person(table, office=table.text("office"), administrator=True))
    persons += [_person(table) for table in page.tables("applicants")]
    for office, table in page.table("offices").named():
        persons += [_person(officer, office=office) for officer in table.tables("officers")]
        table.end()
    people = People(page.path, page.text("password"), page.day("appointed_on"), tuple(persons))
    page.end()
    return people


@transaction.atomic
def load_people(people: People) -> int:
    """Add the accounts that are not there yet, with verified addresses; return how many.

    All share one password, so it is hashed once: the start of the demo must not take seconds.
    """
    known = set(User.objects.values_list("email", flat=True))
    missing = [person for person in people.persons if person.email not in known]
    if not missing:
        return 0
    hashed = make_password(people.password)
    positions = {
        (position.office.code, position.code): position
        for position in Position.objects.select_related("office")
    }
    for person in missing:
        user = save_validated(_user(person, hashed), people.path, person.email)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if person.administrator and person.office:
            user.administers.set(Office.objects.filter(code=person.office))
            user.groups.add(Group.objects.get(name=OFFICE_ADMINISTRATORS))
        if not person.position:
            continue
        position = positions.get((person.office, person.position))
        if position is None:
            raise FileFault(
                people.path,
                person.email,
                _("jabatan %(code)s tidak ada di unit %(office)s")
                % {"code": person.position, "office": person.office},
            )
        appointment = Appointment(
            user=user, position=position, started_on=people.appointed_on, decree=_("Akun demo")
        )
        save_validated(appointment, people.path, person.email)
    return len(missing)


def accounts() -> list[Account]:
    """Return every demo account: administrators and applicants first, then the officers."""
    users = User.objects.filter(is_demo=True, is_active=True).prefetch_related(
        "appointments__position__office", "administers"
    )
    officers, others = [], []
    for user in users.order_by("pk"):
        held = [appointment.position for appointment in user.appointments.all()]
        for position in held:
            officers.append(
                Account(position.office.short_name, position.name, user.email, user.full_name)
            )
        if not held:
            kept = ", ".join(office.short_name for office in user.administers.all())
            others.append(Account(kept, _role(user), user.email, user.full_name))
    return others + officers


def _role(user: User) -> str:
    if user.is_superuser:
        return _("Administrator portal")
    return _("Administrator unit") if user.is_staff else _("Pemohon")


def password() -> str:
    """Return the password all demo accounts share."""
    return read_people(settings.BASE_DIR / "fixtures").password


def _person(table: Table, *, office: str = "", administrator: bool = False) -> Person:
    person = Person(
        email=table.text("email"),
        name=table.text("name"),
        office=office,
        position=table.text("position") if office and not administrator else "",
        rank=table.text("rank", ""),
        employee_number=table.text("employee_number", ""),
        administrator=administrator,
    )
    table.end()
    return person


def _user(person: Person, hashed: str) -> User:
    return User(
        email=person.email,
        password=hashed,
        full_name=person.name,
        rank=person.rank,
        employee_number=person.employee_number,
        is_demo=True,
        is_staff=person.administrator,
        is_superuser=person.administrator and not person.office,
    )
