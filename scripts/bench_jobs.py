"""Jobs on the embedded default (SQLite, broker of files): how fast, and through ``kill -9``.

Each run queues the same messages for a running portal. A worker that is killed leaves its row
leased; another takes it when the lease is over, so a run with a kill lasts a minute longer.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench_base import say, templates  # noqa: E402
from tests.servers import Portal, running_portal  # noqa: E402

MANY, KILLED, RUNS = 1_000, 500, 10
POOL = 2
_NUMBER = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)
_OWE = """
from django.utils import timezone
from notices.kinds import RENDERED
from notices.models import Notice
from notices.tasks import deliver_due_task
at = timezone.now()
Notice.objects.all().delete()
Notice.objects.bulk_create(
    Notice(
        dedupe_key=f"bench:{{n}}", template=RENDERED, address=f"orang{{n}}@contoh.test",
        context={{"subject": f"Surat {{n}}", "body": "Isi"}}, created_at=at, next_try_at=at,
    )
    for n in range({many})
)
deliver_due_task.delay()
"""


def enqueue(portal: Portal, many: int) -> None:
    """Owe so many messages, none of the run before."""
    for file in portal.mail_dir.glob("*.log"):
        file.unlink()
    portal.manage("shell", "-v0", "-c", _OWE.format(many=many))


def gone(portal: Portal) -> Counter[bytes]:
    """Count the messages that have left by their number."""
    found: Counter[bytes] = Counter()
    for file in portal.mail_dir.glob("*.log"):
        found.update(_NUMBER.findall(file.read_bytes()))
    return found


def wait(portal: Portal, many: int, limit: float = 200.0) -> float:
    """Return the seconds until all have left, from the first one on."""
    first = 0.0
    until = time.monotonic() + limit
    while (count := len(gone(portal))) < many:
        if count and not first:
            first = time.monotonic()
        if time.monotonic() > until:
            raise SystemExit(f"lost: {many - count} of {many} messages have not left")
        time.sleep(0.1)
    return time.monotonic() - (first or time.monotonic())


def main() -> None:
    """Measure the rate, then kill ten times."""
    with templates(), running_portal(parts=("worker", "beat")) as portal:
        enqueue(portal, MANY)
        seconds = wait(portal, MANY)
        say(f"messages on SQLite and files: {MANY / seconds:.0f} messages/s (aim at least 100)")
        repeats = 0
        for _run in range(RUNS):
            enqueue(portal, KILLED)
            while not gone(portal):
                time.sleep(0.02)
            time.sleep(random.uniform(0, 0.8))  # noqa: S311 - when it happens is not a secret
            portal.kill("worker")
            portal.start("worker")
            wait(portal, KILLED)
            twice = gone(portal).total() - KILLED
            if twice > POOL:
                raise SystemExit(f"{twice} messages left twice after one kill")
            repeats += twice
        say(
            f"kill -9 of the worker, {RUNS} runs of {KILLED}: 0 lost, 0 effects doubled "
            f"({repeats} mails repeated under the same Message-ID, at most {POOL} a kill)"
        )


if __name__ == "__main__":
    main()
