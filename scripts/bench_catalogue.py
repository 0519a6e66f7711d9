"""The catalogue at 100 and at 10,000 services: search, first page, page of a service.

References in the same turns: Django admin's search of the same table, and for each page a bare
crispy form of about as many bytes.

One process, one database, Django's test client: what the pages cost, without a network. With
DATABASE_URL (``scripts/databases.py``) on PostgreSQL, else on SQLite.
"""

from __future__ import annotations

import io
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.bench")

FEW, MANY = 100, 10_000
LOOKS = 60
LIMIT = 1.5  # how much slower a search may be among a hundred times as many services
THINGS = [
    "apotek",
    "klinik",
    "gudang",
    "reklame",
    "hotel",
    "restoran",
    "kursus",
    "bengkel",
    "koperasi",
    "tambak",
    "salon",
    "optik",
]
ACTS = [
    "pendirian",
    "perubahan",
    "perpanjangan",
    "penutupan",
    "pemindahan",
    "penggabungan",
    "operasional",
]
PAPERS = [
    "denah",
    "lokasi",
    "domisili",
    "andalalin",
    "rekomendasi",
    "ijazah",
    "sertifikat",
    "akta",
    "neraca",
    "surat",
]
SEARCHES = ["apotek {n}", "{n} wilayah", "perpanjangan hotel {n}", "hotle {n}", "domisili {n}"]


def add_services(upto: int) -> None:
    """Add services with a published standard until there are ``upto``."""
    from django.db import transaction
    from django.utils import timezone

    from accounts.models import Office
    from standards.domain.components import Key
    from standards.models import (
        Requirement,
        RequirementGroup,
        Service,
        StandardComponent,
        StandardVersion,
    )
    from standards.services.search_index import index_all

    chance = random.Random(7)  # noqa: S311 - the same services in every run
    offices = list(Office.objects.all())
    first = Service.objects.count()
    with transaction.atomic():
        services = Service.objects.bulk_create(
            Service(
                office=offices[number % len(offices)],
                slug=f"bench-{number}",
                name=f"Izin {chance.choice(ACTS)} {chance.choice(THINGS)} w{number}",
                keywords=f"{chance.choice(THINGS)} wilayah n{number}",
            )
            for number in range(first, upto)
        )
        versions = StandardVersion.objects.bulk_create(
            StandardVersion(
                service=service,
                effective_on=date(2026, 1, 5),
                term_amount=5,
                product="Izin",
                digest="0" * 64,
                published_at=datetime(2026, 1, 2, tzinfo=UTC),
            )
            for service in services
        )
        groups = RequirementGroup.objects.bulk_create(
            RequirementGroup(version=version, order=1, title="Umum") for version in versions
        )
        Requirement.objects.bulk_create(
            Requirement(
                version=group.version,
                group=group,
                order=order,
                kind="unggah",
                text=f"{' '.join(chance.sample(PAPERS, 4))} n{number}",
            )
            for number, group in enumerate(groups, first)
            for order in range(1, 6)
        )
        StandardComponent.objects.bulk_create(
            StandardComponent(
                version=version,
                key=key,
                order=order,
                printed_number=str(order),
                title=key,
                body=" ".join(chance.choices(PAPERS + THINGS + ACTS, k=40)),
            )
            for version in versions
            for order, key in enumerate(list(Key)[:4], 1)
        )
        StandardVersion.objects.filter(status="konsep").update(status="ditetapkan")
    began = time.perf_counter()
    index_all(on=timezone.localdate())
    print(f"catalogue: {upto:,} services indexed anew: {time.perf_counter() - began:.1f} s")


def p95(times: list[float]) -> float:
    """Return the time under which 95 of 100 stay."""
    return statistics.quantiles(times, n=20)[-1]


def crispy_like(client: Any, address: str) -> str:
    """Return where a bare crispy form has about as many bytes as the page at ``address``."""
    fields = 100
    a_field = len(client.get(f"/bench/crispy/?fields={fields}").content) / fields
    return f"/bench/crispy/?fields={max(1, round(len(client.get(address).content) / a_field))}"


def measure(upto: int) -> dict[str, float]:
    """Ask the pages in turns; return the p95 of each in milliseconds."""
    from django.test import Client

    from accounts.models import User

    visitor, officer = Client(), Client()
    officer.force_login(User.objects.filter(is_superuser=True)[0])
    chance = random.Random(11)  # noqa: S311
    search, service = "/layanan/?q=apotek", "/layanan/pekanbaru/tanda-daftar-bkk/"
    as_search, as_service = crispy_like(visitor, search), crispy_like(visitor, service)
    times: dict[str, list[float]] = {
        name: []
        for name in ("catalogue", "list", "service", "admin", "crispy search", "crispy service")
    }
    for look in range(LOOKS + 5):
        number = f"n{chance.randrange(10, upto)}"
        words = SEARCHES[look % len(SEARCHES)].format(n=number).replace(" ", "+")
        for name, client, address in (
            ("catalogue", visitor, f"/layanan/?q={words}"),
            ("admin", officer, f"/bench/admin/standards/service/?q={words}"),
            ("list", visitor, "/layanan/"),
            ("service", visitor, service),
            ("crispy search", visitor, as_search),
            ("crispy service", visitor, as_service),
        ):
            began = time.perf_counter()
            answer = client.get(address)
            if answer.status_code != 200:
                raise SystemExit(f"{address}: {answer.status_code}")
            if look >= 5:
                times[name].append((time.perf_counter() - began) * 1000)
    return {name: p95(found) for name, found in times.items()}


def main() -> None:
    """Fill a database of its own, measure, print."""
    with tempfile.TemporaryDirectory(prefix="bench-catalogue-") as folder:
        os.environ["VAR_DIR"] = folder
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from accounts.models import User

        settings.ALLOWED_HOSTS = ["*"]
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", verbosity=0)
        call_command("load_standards", verbosity=0, stdout=io.StringIO())
        User.objects.create_superuser("bench@demo.invalid", "bench")
        found = {}
        for upto in (FEW, MANY):
            add_services(upto)
            found[upto] = measure(upto)
        few, many = found[FEW], found[MANY]
        for name, label in (
            ("catalogue", "search of the catalogue"),
            ("list", "first page of the catalogue"),
            ("service", "service page"),
        ):
            ratio = many[name] / few[name]
            judged = "held" if ratio <= LIMIT else "NOT HELD"
            print(
                f"{label}, p95: {few[name]:.1f} ms at {FEW}, {many[name]:.1f} ms at {MANY:,} "
                f"(ratio {ratio:.2f}, limit {LIMIT}: {judged})"
            )
        print(
            f"search of the catalogue beside Django admin's, p95 at {MANY:,}: "
            f"{many['catalogue']:.1f} ms (admin {many['admin']:.1f} ms, "
            f"ratio {many['catalogue'] / many['admin']:.2f})"
        )
        for name, label in (("search", "catalogue"), ("service", "service")):
            page, bare = many[label], many[f"crispy {name}"]
            print(
                f"{label} page beside a bare crispy form of as many bytes, p95 at {MANY:,}: "
                f"{page:.1f} ms (crispy {bare:.1f} ms, ratio {page / bare:.2f})"
            )


if __name__ == "__main__":
    main()
