"""``changepassword`` of Django with the names of two people, recorded and told."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from authority.models import OperatorAct
from authority.services import operator


class Command(changepassword.Command):
    """``manage.py changepassword E-MAIL --by A --by B``."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        operator.ask_for_names(parser)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> str:
        names = operator.two_names(options["by"])
        if not options["username"] or not names:
            raise CommandError(
                _('Sebut alamat e-mail dan dua nama yang menyetujui: --by "..." --by "...".')
            )
        done = super().handle(*args, **options)
        person = User.objects.get(email=options["username"])
        operator.record(OperatorAct.What.PASSWORD, names=names, at=timezone.now(), person=person)
        return str(done)
