"""After a fire: database and files are lost, and a backup set is restored. On PostgreSQL and Redis.

Applications are issued, a set is made and read back, everything is lost, the set is restored; then
every document that was issued is verified. ``bench_restore.py 20`` issues at least so many instead
of 100.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import pyrage

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench import SETTINGS  # noqa: E402
from scripts.bench_base import say, templates  # noqa: E402
from scripts.databases import postgresql, redis_server  # noqa: E402
from tests.servers import burn, running_portal  # noqa: E402

MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 100
_ISSUE = f"""
from itertools import cycle, islice
from django.utils import timezone
from accounts.models import User
from demo import samples
from permits.models import Certificate
from standards.models import Service
now = timezone.now()
applicant = User.objects.get(email="pemohon1@demo.invalid")
for service in islice(cycle(Service.objects.order_by("pk")), {MANY}):
    samples.advance(samples.submit(samples.draft(service, applicant, now), now), None, now)
print(Certificate.objects.public().exclude(file="").count())
"""
_VERIFY = """
from documents.verification import examine, sha256
from permits.models import Certificate
right = 0
for certificate in Certificate.objects.public().exclude(file=""):
    pdf = certificate.file.read()
    right += examine(pdf).problem is None and sha256(pdf) == certificate.sha256
print(right)
"""


def main() -> None:
    """Issue, back up, lose, restore, verify."""
    key = pyrage.x25519.Identity.generate()
    environment = {**SETTINGS, "BACKUP_RECIPIENTS": str(key.to_public())}
    with (
        tempfile.TemporaryDirectory(prefix="portal-restore-") as folder,
        postgresql() as database,
        redis_server() as broker,
        templates(),
        running_portal(
            database_url=database, redis_url=broker, environment=environment, parts=()
        ) as portal,
    ):
        identity = Path(folder, "key.txt")
        identity.write_text(f"{key}\n", encoding="utf-8")
        issued = int(portal.play(_ISSUE).split()[-1])
        portal.end_player()
        began = time.monotonic()
        portal.manage("backup", folder)
        made = time.monotonic() - began
        (one,) = Path(folder).glob("portal-*.tar.age")
        burn(portal)
        began = time.monotonic()
        portal.manage("restore", str(one), "--identity", str(identity))
        restored = time.monotonic() - began
        right = int(portal.manage("shell", "--command", _VERIFY).split()[-1])
    say(
        f"restore drill: {issued} documents issued, {issued - right} lost or changed after the "
        f"restore (aim 0); backup {made:.1f} s, restore {restored:.1f} s, "
        f"set {one.name} read back"
    )


if __name__ == "__main__":
    main()
