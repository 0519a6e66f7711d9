"""Two thousand applications are sent while web and worker are killed: none lost, none twice.

A sender whose connection breaks presses again, as people do. On PostgreSQL and Redis.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import re
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench import SETTINGS, percentile  # noqa: E402
from scripts.bench_base import say, templates  # noqa: E402
from scripts.databases import postgresql, redis_server  # noqa: E402
from tests.nginx import Visitor  # noqa: E402
from tests.servers import Portal, PortalDown, running_portal  # noqa: E402

MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
SENDERS = 4
EMAIL, PASSWORD = "pemohon1@demo.invalid", "demo-sungai-kampar"
_FIELD = re.compile(r'name="(csrfmiddlewaretoken|once)" value="([^"]+)"')
_PATIENCE = 300.0
_STANDSTILL = 600.0
_DRAFTS = f"""
import uuid
from django.utils import timezone
from accounts.models import User
from demo import samples
from permits.domain.numbering import tracking_code
from permits.models import Application, Document
from permits.services import deadlines
from standards.models import Service
at = timezone.now()
user = User.objects.get(email="{EMAIL}")
service = Service.objects.public().filter(office__code="pekanbaru").first()
first = samples.draft(service, user, at)
papers = list(first.documents.all())
for nth in range({MANY}):
    copy = Application.objects.get(pk=first.pk)
    copy.pk, copy.public_id, copy.tracking_code = None, uuid.uuid4(), tracking_code()
    copy._state.adding = True
    copy.holder_name = f"Uji kirim {{nth:05}}"
    copy.save()
    deadlines.follow(copy, at)
    rows = []
    for paper in papers:
        row = Document.objects.get(pk=paper.pk)
        row.pk, row.public_id, row.application = None, uuid.uuid4(), copy
        row._state.adding = True
        rows.append(row)
    Document.objects.bulk_create(rows)
    print(copy.public_id)
"""
_RESULT = """
import json
from collections import Counter
from notices.models import Notice
from permits.models import Application, ApplicationRecord, ApplicationStep, Printout
mine = Application.objects.filter(holder_name__startswith="Uji kirim ")
sent = mine.exclude(status="konsep")
keys = set(sent.values_list("pk", flat=True))
numbers = [int(n.rpartition("-")[2]) for n in sent.values_list("number", flat=True)]
records = Counter(ApplicationRecord.objects.filter(subject__in=keys, event="kirim")
    .values_list("subject", flat=True))
steps = Counter(ApplicationStep.objects.filter(application__in=keys)
    .values_list("application", "step"))  # two of each: filed, and to be checked
papers = Counter(Printout.objects.filter(application__in=keys, kind=Printout.Kind.SUBMISSION)
    .values_list("application", flat=True))
mails = Counter(Notice.objects.filter(template="permits/received",
    about__in=[f"application:{pk}" for pk in keys]).values_list("about", flat=True))
print(json.dumps({
    "sent": len(keys), "drafts": mine.filter(status="konsep").count(),
    "numbers": len(set(numbers)), "gaps": max(numbers) - min(numbers) + 1 - len(numbers),
    **{name: [len(found), max(found.values(), default=0)] for name, found in
       [("records", records), ("steps", steps), ("papers", papers), ("mails", mails)]},
}))
"""
_OWED = """
from notices.models import Notice
from permits.models import Printout
print(Notice.objects.filter(template="permits/received", job_status="terutang").count()
      + Printout.objects.filter(job_status="terutang").count())
"""


class Sender(threading.Thread):
    """Sends its share of the drafts, each until it is told that it has arrived."""

    def __init__(self, port: int, cookies: dict[str, str], keys: list[str]) -> None:
        super().__init__()
        self.visitor = Visitor(port, "127.0.0.1", cookies=dict(cookies))
        self.keys, self.done, self.broken = keys, 0, 0
        self.times: list[float] = []

    def run(self) -> None:
        """Send all; a broken connection is tried again."""
        for key in self.keys:
            began = time.perf_counter()
            until = time.monotonic() + _PATIENCE
            while not self._sent(key):
                if time.monotonic() > until:
                    raise SystemExit(f"{key} could not be sent")
                self.broken += 1
                time.sleep(0.2)
            self.times.append((time.perf_counter() - began) * 1000)
            self.done += 1

    def _sent(self, key: str) -> bool:
        path = f"/permohonan/{key}/periksa/"
        try:
            status, page = self.visitor.ask(path)
            if status == 302:  # it had arrived, and the answer was lost
                return True
            fields = dict(_FIELD.findall(page))
            status, _page = self.visitor.ask(path, {**fields, "declared_true": "on"})
            return status == 302
        except (OSError, http.client.HTTPException):
            return False


def kill_now_and_then(portal: Portal, senders: list[Sender]) -> int:
    """Kill web or worker every ten to thirty seconds while there is a sender; return how often.

    A start that takes too long on a busy machine is another kill. Runs in the main thread: what a
    thread has started is ended with it.
    """
    kills = 0
    while _are_busy(senders, random.uniform(10, 30)):  # noqa: S311 - when it happens is no secret
        part = ("web", "worker")[kills % 2]
        portal.kill(part)
        started = False
        while not started:
            kills += 1
            with contextlib.suppress(PortalDown):
                portal.start(part)
                started = True
    return kills


def _are_busy(senders: list[Sender], seconds: float) -> bool:
    """Wait that long, or until all senders are done; return whether one is not."""
    until = time.monotonic() + seconds
    for sender in senders:
        sender.join(max(0.0, until - time.monotonic()))
    return any(sender.is_alive() for sender in senders)


def wait_until_done(portal: Portal) -> None:
    """Wait until nothing is owed; give up when nothing was done for ten minutes.

    The leases of killed workers end after a minute.
    """
    owed, since = int(portal.play(_OWED)), time.monotonic()
    while owed:
        time.sleep(10)
        left = int(portal.play(_OWED))
        if left < owed:
            owed, since = left, time.monotonic()
        elif time.monotonic() - since > _STANDSTILL:
            raise SystemExit(f"{left} messages and papers are owed and none was done lately")


def judge(found: dict[str, object], kills: int, senders: list[Sender]) -> None:
    """Say what was lost and what is there twice."""
    times = [took for sender in senders for took in sender.times]
    lost = MANY - int(str(found["sent"]))
    wanted = {"records": MANY, "steps": 2 * MANY, "papers": MANY, "mails": MANY}
    twice = {name: found[name] for name, many in wanted.items() if found[name] != [many, 1]}
    say(
        f"{MANY} submissions, {kills} kills of web and worker, "
        f"{sum(sender.broken for sender in senders)} broken connections: {lost} lost, "
        f"{MANY - int(str(found['numbers']))} numbers doubled, {found['gaps']} numbers left out; "
        f"not exactly once: {twice or 'nothing'} (aim: nothing)"
    )
    say(
        f"one submission, form and answer, kills included: p50 {percentile(times, 0.5):.0f} ms, "
        f"p95 {percentile(times, 0.95):.0f} ms"
    )


def send_and_kill(portal: Portal, keys: list[str]) -> tuple[int, list[Sender]]:
    """Send all drafts while web and worker are killed; return the kills and the senders."""
    door = Visitor(portal.port, "127.0.0.1")
    if not door.login(EMAIL, PASSWORD):
        raise SystemExit(f"{EMAIL} cannot sign in")
    senders = [Sender(portal.port, door.cookies, keys[nth::SENDERS]) for nth in range(SENDERS)]
    for sender in senders:
        sender.start()
    return kill_now_and_then(portal, senders), senders


def main() -> None:
    """Make the drafts, send and kill, then count."""
    with (
        postgresql() as database,
        redis_server() as broker,
        templates(),
        running_portal(database_url=database, redis_url=broker, environment=SETTINGS) as portal,
    ):
        keys = portal.play(_DRAFTS).split()
        kills, senders = send_and_kill(portal, keys)
        wait_until_done(portal)
        judge(json.loads(portal.play(_RESULT)), kills, senders)


if __name__ == "__main__":
    main()
