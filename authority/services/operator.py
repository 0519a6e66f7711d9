"""What the operator of the server does by command is recorded, and told to those concerned."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Office, User
from authority.models import OperatorAct
from authority.services import notifying


def two_names(given: Iterable[str]) -> list[str]:
    """Return the two different names in ``given``; empty if there are not two."""
    names = list({name.strip().casefold(): name.strip() for name in given if name.strip()}.values())
    return names if len(names) >= 2 else []


def ask_for_names(parser: ArgumentParser) -> None:
    """Give a command the option with which two people are named: ``--by NAME``, twice."""
    parser.add_argument(
        "--by", action="append", default=[], metavar="NAMA", help=_("siapa yang menyetujui; dua")
    )


@transaction.atomic
def record(
    what: OperatorAct.What,
    *,
    names: list[str],
    at: datetime,
    person: User | None = None,
    office: Office | None = None,
    detail: str = "",
) -> OperatorAct:
    """Record an act with the names of two people, and tell administrators and heads at once.

    ``names`` is empty for what nobody put a name to; the message says so.

    The head of ``office`` is told; without an office, the heads of all.
    """
    act = OperatorAct.objects.create(
        what=what, names=names, person=person, office=office, detail=detail[:300], at=at
    )
    offices = [office] if office else list(Office.objects.all())
    notifying.notify_operator(act, offices, at)
    return act
