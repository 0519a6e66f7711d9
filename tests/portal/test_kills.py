"""Whatever is killed while thousands of messages are owed: all leave, none twice.

A mail server cannot take a mail back: one that had left when its worker was killed leaves once
more, under the same Message-ID, by which mail programs know it for the same. So a kill may cost one
repeat for each process of the pool, and never more.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from scripts.databases import end_process, free_port
from tests.servers import Portal, running_portal

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
OWED = 5_000
LIMIT = 120.0  # seconds after the last kill
POOL = 2  # processes of the worker
_NUMBER = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)

_OWE = f"""
from django.utils import timezone
from notices.models import Notice
from notices.kinds import RENDERED
at = timezone.now()
Notice.objects.bulk_create(
    Notice(
        dedupe_key=f"kill:{{n}}", template=RENDERED, address=f"orang{{n}}@contoh.test",
        context={{"subject": f"Surat {{n}}", "body": "Isi"}}, created_at=at, next_try_at=at,
    )
    for n in range({OWED})
)
"""
_LEFT = """
from notices.models import Notice
print(Notice.objects.filter(dedupe_key__startswith="kill:").exclude(job_status="selesai").count())
"""


class Broker:
    """A Redis of our own that can be killed and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        words = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        process = subprocess.Popen(
            [*words, "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with contextlib.suppress(redis.ConnectionError):
                redis.Redis(port=self.port).ping()
                return process
            time.sleep(0.05)
        raise AssertionError("redis-server did not start")

    def kill(self) -> None:
        """Kill it; all it knew is gone."""
        end_process(self.process, signal.SIGKILL, 5)

    def kill_and_start(self) -> None:
        """A power cut of the broker alone."""
        self.kill()
        self.process = self._start()

    def forget(self) -> None:
        """FLUSHALL."""
        redis.Redis(port=self.port).flushall()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """One for this test."""
    made = Broker(tmp_path)
    yield made
    made.kill()


def numbers(portal: Portal) -> Counter[bytes]:
    """Count the mails that have left by their Message-ID."""
    found: Counter[bytes] = Counter()
    for file in portal.mail_dir.glob("*.log"):
        for mail in file.read_bytes().split(b"-" * 79):
            if b"\nTo: orang" in mail:
                found.update(_NUMBER.findall(mail))
    return found


def left(portal: Portal) -> int:
    """Return how many messages have not left."""
    return int(portal.play(_LEFT))


def test_no_message_is_lost_or_doubled_whatever_dies(broker: Broker) -> None:
    assert os.environ["TEST_DATABASE_URL"]
    with running_portal(redis_url=broker.url) as portal:
        portal.play(_OWE)
        worker_kills = 0
        for blow in ("worker", "broker", "beat", "forget", "worker", "web"):
            time.sleep(2)
            if blow == "broker":
                broker.kill_and_start()
            elif blow == "forget":
                broker.forget()
            else:
                portal.kill(blow)
                portal.start(blow)
                worker_kills += blow == "worker"
        until = time.monotonic() + LIMIT
        while left(portal):
            assert time.monotonic() < until, f"{left(portal)} of {OWED} have not left"
            time.sleep(1)
        gone = numbers(portal)
        assert len(gone) == OWED
        assert sum(gone.values()) - OWED <= worker_kills * POOL
