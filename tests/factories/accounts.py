"""People, offices and positions, made with as few words as possible."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from accounts.authorities import OFFICE_ADMINISTRATORS
from accounts.models import Appointment, Capacity, Office, Position, User

PASSWORD = "kata-sandi-uji-0761"
_next = count(1)


def make_user(email: str = "", **fields: Any) -> User:
    """Make one person with a confirmed e-mail address and ``PASSWORD``."""
    from allauth.account.models import EmailAddress

    number = next(_next)
    user = User.objects.create_user(
        email or f"orang{number}@contoh.test", PASSWORD,
        **{"full_name": f"Orang {number}", **fields},
    )  # fmt: skip
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_admin(email: str = "", **fields: Any) -> User:
    """Make one administrator (staff and superuser)."""
    return make_user(email, **{"is_staff": True, "is_superuser": True, **fields})


def make_office_admin(*offices: Office, **fields: Any) -> User:
    """Make one administrator of these offices, with the authorities made for it."""
    user = make_user(**{"is_staff": True, **fields})
    user.groups.add(Group.objects.get(name=OFFICE_ADMINISTRATORS))
    user.administers.set(offices)
    return user


def make_officer(position: Position, **fields: Any) -> User:
    """Make one person who holds ``position`` since the beginning of 2020."""
    user = make_user(**{"employee_number": f"19700101199503{next(_next):04}", **fields})
    appoint(user, position)
    return user


def appoint(
    user: User,
    position: Position,
    started_on: date = date(2020, 1, 1),
    ended_on: date | None = None,
    capacity: str = Capacity.DEFINITIVE,
) -> Appointment:
    """Put ``user`` into ``position``."""
    return Appointment.objects.create(
        user=user, position=position, started_on=started_on, ended_on=ended_on, capacity=capacity
    )


def number_code(number: int) -> str:
    """Return three letters, from KAA to ZZZ, another three for each number below 10,816."""
    return chr(75 + number // 676) + chr(65 + number // 26 % 26) + chr(65 + number % 26)


def make_office(**fields: Any) -> Office:
    """Make one office in WIB."""
    number = next(_next)
    return Office.objects.create(
        **{
            "code": f"kantor-{number}", "number_code": number_code(number),
            "name": f"DPMPTSP Kota Contoh {number}",
            "short_name": f"DPMPTSP Contoh {number}",
            "government": f"Pemerintah Kota Contoh {number}",
            "address": "Jalan Merdeka Nomor 1", "city": "Contoh", **fields,
        }
    )  # fmt: skip


def make_position(office: Office, code: str = "", **fields: Any) -> Position:
    """Make one post of ``office``."""
    code = code or f"jabatan-{next(_next)}"
    return Position.objects.create(
        office=office, code=code, **{"name": code.replace("-", " ").capitalize(), **fields}
    )
