"""Answers to a survey a second (``make bench``), against a bare Django form of nine questions.

One process, SQLite, Django's test client, the same middleware. In turns: an answer by the link of a
message, and the bare form, which validates nine choices and stores one row.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.bench")

from scripts.bench_base import say, timed  # noqa: E402

ANSWERS, WARMED = 200, 10
OFFICE, SERVICE = "pekanbaru", "tanda-daftar-bkk"
LEAST = 0.7  # of the answers a second of the bare form
BARE = "/bench/nine/"


def invited(many: int) -> list[str]:
    """Return the addresses of as many invitations, each about a finished file of its own."""
    from django.urls import reverse
    from django.utils import timezone

    from accounts.models import User
    from permits.models import Application
    from standards.models import Service
    from surveys.domain.secrets import digest, new_secret
    from surveys.models import Invitation, InvitationLink

    service = Service.objects.select_related("office").get(office__code=OFFICE, slug=SERVICE)
    version = service.versions.published().latest("effective_on")
    procedure = version.procedure_links.select_related("procedure")[0].procedure
    now, today = timezone.now(), service.office.local_date(timezone.now())
    applicant = User.objects.create_user("pemohon@demo.invalid", "bench")
    files = Application.objects.bulk_create(
        Application(
            applicant=applicant, office=service.office, service=service, version=version,
            procedure=procedure, status="selesai", number=f"UKUR-{uuid.uuid4().hex[:20]}",
            created_at=now, submitted_at=now, closed_at=now,
        )
        for _one in range(many)
    )  # fmt: skip
    rows = Invitation.objects.bulk_create(
        Invitation(application=file, sent_on=today, ends_on=today) for file in files
    )
    secrets = [new_secret() for _row in rows]
    InvitationLink.objects.bulk_create(
        InvitationLink(invitation=row, digest=digest(secret))
        for row, secret in zip(rows, secrets, strict=True)
    )
    return [reverse("surveys:invited", args=[secret]) for secret in secrets]


def filled() -> dict[str, Any]:
    """Return the fields of the questionnaire, all answered."""
    from accounts.models import Office
    from surveys.selectors import versions_asked

    [version] = versions_asked(Office.objects.get(code=OFFICE))
    return {f"q{question.pk}": 3 for question in version.questions.all()}


def answering(pages: list[str], fields: dict[str, Any]) -> tuple[float, float, float, float]:
    """Return the median milliseconds of answer and bare answer, then of the two pages."""
    from django.test import Client

    client, bare = Client(), {f"q{number}": 3 for number in range(1, 10)}
    times: list[list[float]] = [[], [], [], []]

    def ask(address: str, sent: dict[str, Any] | None, status: int) -> None:
        answer = client.post(address, sent) if sent else client.get(address)
        if answer.status_code != status:
            raise SystemExit(f"{address}: {answer.status_code}")

    for page in pages:
        asked = ((page, fields, 302), (BARE, bare, 302), (page, None, 200), (BARE, None, 200))
        order = (2, 3, 0, 1)  # the page is looked at before it is answered
        for nth in order:
            times[nth].append(timed(lambda turn=asked[nth]: ask(*turn)))  # type: ignore[misc]
    ours, plain, shown, drawn = (statistics.median(found[WARMED:]) for found in times)
    return ours, plain, shown, drawn


def main() -> None:
    """Fill a database of its own, measure, print."""
    with tempfile.TemporaryDirectory(prefix="bench-surveys-") as folder:
        os.environ["VAR_DIR"] = folder
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from surveys.models import Response

        settings.ALLOWED_HOSTS = ["*"]
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", verbosity=0)
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            call_command("load_standards", verbosity=0, stdout=nowhere)
            call_command("load_surveys", verbosity=0, stdout=nowhere)
        pages = invited(ANSWERS + WARMED)
        ours, plain, shown, drawn = answering(pages, filled())
        say(
            f"survey answers: {1000 / ours:.0f} a second (bare form of nine questions "
            f"{1000 / plain:.0f}, ratio {plain / ours:.2f}; at least {LEAST})"
        )
        say(
            f"survey page, p50: {shown:.1f} ms (bare form {drawn:.1f} ms, "
            f"ratio {shown / drawn:.2f})"
        )
        stored = Response.objects.filter(source=Response.Source.LINK).count()
        say(f"survey answers stored: {stored} of {len(pages)}")


if __name__ == "__main__":
    main()
