"""``createsuperuser`` of Django, recorded and told: the first administrator is made by command."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from authority.models import OperatorAct
from authority.selectors import administrators
from authority.services import operator


class Command(createsuperuser.Command):
    """``manage.py createsuperuser [--by A --by B]``.

    The first administrator needs no names. Once there is one, another is proposed and confirmed on
    the pages; by command it takes the names of two people.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        operator.ask_for_names(parser)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        names = operator.two_names(options["by"])
        if administrators().exists() and not names:
            raise CommandError(
                _(
                    "Sudah ada administrator. Usulkan yang berikutnya di /usulan/, atau sebut dua "
                    'nama yang menyetujui: --by "..." --by "...".'
                )
            )
        known = set(User.objects.values_list("pk", flat=True))
        super().handle(*args, **options)
        for person in User.objects.exclude(pk__in=known):
            operator.record(
                OperatorAct.What.ADMINISTRATOR, names=names, at=timezone.now(), person=person
            )
