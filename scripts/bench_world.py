"""Run inside the bench's portal: a thousand files on one desk, and what to ask the server for."""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.bench")

import django

django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from demo import samples  # noqa: E402
from permits.domain.numbering import tracking_code  # noqa: E402
from permits.models import Application, ApplicationStep  # noqa: E402
from standards.domain.steps import StepKind  # noqa: E402
from standards.models import Service  # noqa: E402

FILES = 1000
OPENED = 20  # files with papers, asked in turns: an officer seldom opens the same one twice
OFFICER = "fo@pekanbaru.demo.invalid"
APPLICANT = "pemohon1@demo.invalid"


def main() -> None:
    """Make the files and print cookies, addresses and queries per page as JSON."""
    now = timezone.now()
    applicant = User.objects.get(email=APPLICANT)
    service = Service.objects.get(office__code="pekanbaru", slug="tanda-daftar-bkk")
    played = [
        samples.reload(
            samples.submit(samples.draft(service, applicant, now, mark=str(number)), now)
        )
        for number in range(1, OPENED + 1)
    ]
    with transaction.atomic():
        multiply(played[0])
    pages = {
        "home": ["/"],
        "service page": [service.get_absolute_url()],
        "worklist with 1,000 files": ["/meja/"],
        "desk file": [file.get_desk_url() for file in played],
    }
    officer = User.objects.get(email=OFFICER)
    made = {
        "cookie": session_of(officer),
        "admin_cookie": session_of(User.objects.create_superuser("admin-bench@demo.invalid")),
        "admin": {**admin_pages("bench_admin", played), **admin_pages("bench_work", played)},
        "pages": pages,
        "queries": {
            name: max(count_queries(officer, url) for url in urls) for name, urls in pages.items()
        },
        "steps": dict(queries_on_the_way(played[0], now)),
        "references": {"bare one-query page": "/bench/bare/"},
    }
    print(json.dumps(made))


def admin_pages(site: str, played: list[Application]) -> dict[str, list[str]]:
    """Return the list and the change pages of one of the admin sites of ``bench_admin``."""
    return {
        f"{site} changelist": [reverse(f"{site}:permits_application_changelist")],
        f"{site} change page": [
            reverse(f"{site}:permits_application_change", args=[file.pk]) for file in played
        ],
    }


def queries_on_the_way(application: Application, now: datetime) -> Iterator[tuple[str, int]]:
    """Walk a twin of the file through the SOP; yield what its page costs at each desk."""
    twin = samples.draft(application.service, application.applicant, now)
    twin = samples.reload(samples.submit(twin, now))
    while twin.current_step is not None:
        step = StepKind(twin.current_step.step.kind)
        yield step, count_queries(samples.officer_at(twin, now), twin.get_desk_url())
        twin = samples.act(twin, now)


def multiply(played: Application) -> None:
    """Copy one sent file a thousand times, each lying on the same desk."""
    visit = ApplicationStep.objects.open().get(application=played)
    copies = []
    for index in range(FILES):
        copy = Application.objects.get(pk=played.pk)
        copy.pk = None
        copy.public_id = uuid.uuid4()
        copy.number = f"BENCH-{index:06d}"
        copy.tracking_code = tracking_code()
        copy.current_step = None
        copy.submitted_at = played.created_at - timedelta(minutes=index)
        copies.append(copy)
    copies = Application.objects.bulk_create(copies)
    steps = ApplicationStep.objects.bulk_create(
        [
            ApplicationStep(
                application=copy,
                step=visit.step,
                handed_over_at=visit.handed_over_at,
                handed_over_by=visit.handed_over_by,
            )
            for copy in copies
        ]
    )
    for copy, step in zip(copies, steps, strict=True):
        copy.current_step = step
    Application.objects.bulk_update(copies, ["current_step"], batch_size=200)


def count_queries(user: User, url: str) -> int:
    """Return how many queries the warm page asks, those of session and user included."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url}: {answer.status_code}")
    return len(asked)


def session_of(user: User) -> str:
    """Return the cookie of a signed-in officer."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    main()
