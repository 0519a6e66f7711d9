"""A standard with a hundred requirements (``make bench``): set, and read by a citizen.

One process, SQLite, Django's test client. References in the same turns: Django admin's change page
of the same version with its requirements in one table, and a bare crispy form of a hundred fields.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.bench")

from scripts.bench_base import say, timed  # noqa: E402

REQUIREMENTS, LOOKS, WARMED = 100, 40, 5
OFFICE, SERVICE = "pekanbaru", "tanda-daftar-bkk"


def big_draft() -> Any:
    """Return a draft of a shipped standard that asks for a hundred requirements."""
    from django.utils import timezone

    from standards.models import Requirement, Service
    from standards.services.drafting import new_draft

    service = Service.objects.get(office__code=OFFICE, slug=SERVICE)
    now = timezone.now()
    published = service.versions.published().latest("effective_on")
    draft = new_draft(published, actor=None, at=now)
    draft.effective_on = service.office.local_date(now)
    draft.save()
    group = draft.requirement_groups.order_by("order")[0]
    have = Requirement.objects.filter(version=draft).count()
    for number in range(have + 1, REQUIREMENTS + 1):
        Requirement.objects.create(
            version=draft, group=group, order=1000 + number, kind="unggah",
            text=f"Salinan surat keterangan nomor {number}",
        )  # fmt: skip
    return draft


def publishing(draft: Any) -> float:
    """Return the median milliseconds of publishing ``draft``; each time it is taken back."""
    from django.db import transaction
    from django.utils import timezone

    from standards.services.publishing import publish_version

    times = []
    for _turn in range(WARMED):
        with transaction.atomic():
            times.append(timed(lambda: publish_version(draft, actor=None, at=timezone.now())))
            transaction.set_rollback(True)
        draft.refresh_from_db()
    return statistics.median(times)


def reading(version: Any) -> dict[str, float]:
    """Ask the pages in turns; return the median milliseconds of each."""
    from django.test import Client

    from accounts.models import User

    visitor, officer = Client(), Client()
    officer.force_login(User.objects.filter(is_superuser=True)[0])
    pages = {
        "service": (visitor, f"/layanan/{OFFICE}/{SERVICE}/"),
        "admin": (officer, f"/bench/admin/standards/standardversion/{version.pk}/change/"),
        "crispy": (visitor, "/bench/crispy/"),
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _look in range(LOOKS + WARMED):
        for name, (client, address) in pages.items():

            def ask(client: Client = client, address: str = address) -> None:
                answer = client.get(address)
                if answer.status_code != 200:
                    raise SystemExit(f"{address}: {answer.status_code}")

            times[name].append(timed(ask))
    return {name: statistics.median(found[WARMED:]) for name, found in times.items()}


def main() -> None:
    """Fill a database of its own, measure, print."""
    with tempfile.TemporaryDirectory(prefix="bench-standards-") as folder:
        os.environ["VAR_DIR"] = folder
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.utils import timezone

        from accounts.models import User
        from standards.services.publishing import publish_version

        settings.ALLOWED_HOSTS = ["*"]
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", verbosity=0)
        call_command("load_standards", verbosity=0, stdout=io.StringIO())
        User.objects.create_superuser("bench@demo.invalid", "bench")
        draft = big_draft()
        say(f"publishing a version with {REQUIREMENTS} requirements: {publishing(draft):.0f} ms")
        version = publish_version(draft, actor=None, at=timezone.now() - timedelta(seconds=1))
        p50 = reading(version)
        say(
            f"service page with {REQUIREMENTS} requirements, p50: {p50['service']:.1f} ms "
            f"(admin's change page {p50['admin']:.1f} ms, "
            f"ratio {p50['service'] / p50['admin']:.2f}; bare crispy form of as many fields "
            f"{p50['crispy']:.1f} ms, ratio {p50['service'] / p50['crispy']:.2f})"
        )


if __name__ == "__main__":
    main()
