"""Run inside its own environment: a queue, one of the staff, a hundred thousand tickets."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import FollowUp, Queue, Ticket  # noqa: E402

from scripts.bench_texts import report  # noqa: E402


def main(many: int, unsolved: int) -> None:
    """Make them, the last ones still open; print the cookie and the queue as JSON."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)  # as its manual says
    people: Any = get_user_model()._default_manager  # not the portal's: those of Django itself
    officer = people.create_superuser("petugas", "petugas@contoh.test", "not-used")
    queue = Queue.objects.create(
        title="Pengaduan",
        slug="pengaduan",
        allow_public_submission=True,
        default_owner=officer,
        email_address="pengaduan@contoh.test",
    )
    fill(queue, officer, many, unsolved, timezone.now())
    session = SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    session.save()
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    print(json.dumps({"cookie": cookie, "queue": queue.pk}))


def fill(queue: object, officer: object, many: int, unsolved: int, now: datetime) -> None:
    """Write the tickets, each with the follow-up that it begins with."""
    began = now.replace(month=1, day=1)
    step = (now - began) / (many + 1)
    for first in range(0, many, 5000):
        numbers = range(first, min(first + 5000, many))
        tickets = Ticket.objects.bulk_create(
            Ticket(
                title=report(number)[:80],
                queue=queue,
                description=report(number),
                submitter_email=f"warga{number}@contoh.test",
                assigned_to=officer,
                status=1 if number >= many - unsolved else 4,
                priority=3,
                due_date=now + timedelta(days=14),
            )
            for number in numbers
        )
        FollowUp.objects.bulk_create(
            FollowUp(
                ticket=ticket,
                title="Ticket Opened Via Web",
                comment=ticket.description,
                public=True,
                date=began + step * number,
            )
            for number, ticket in zip(numbers, tickets, strict=True)
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE helpdesk_ticket t SET created = f.date "
            "FROM helpdesk_followup f WHERE f.ticket_id = t.id"
        )
        cursor.execute("VACUUM FULL helpdesk_ticket")
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
