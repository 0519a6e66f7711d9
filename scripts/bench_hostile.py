"""Hostile uploads: what each costs, and whether the home page notices.

First every file is looked at alone, with the processor time and memory of its process. Then four
senders of reports send them, behind the documented nginx, to the web processes of
docs/operations.md, with a real clamd, while somebody else opens the home page. On PostgreSQL and
Redis. ``bench_hostile.py 60`` makes so many files instead of 240.
"""

from __future__ import annotations

import http.client
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench import SETTINGS, percentile  # noqa: E402
from scripts.bench_base import say, templates  # noqa: E402
from scripts.bench_web import documented_web  # noqa: E402
from scripts.databases import postgresql, redis_server  # noqa: E402
from scripts.hostile_files import File, hostile_files  # noqa: E402
from tests.clamd import running_clamd  # noqa: E402
from tests.nginx import Visitor, running_nginx  # noqa: E402
from tests.servers import running_portal  # noqa: E402

SENDERS = 4
MANY = int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else 240
SECONDS, MEGABYTES = 5.0, 512
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_OFFICE = "from accounts.models import Office; print(Office.objects.public()[0].code)"
_STORED = """
from complaints.models import ComplaintFile
print(ComplaintFile.objects.count())
"""


def look_alone(folder: Path) -> None:
    """Look at each file of ``folder`` in this process; say the worst processor time and memory.

    This process holds one file at a time, so that what its children hold is theirs.
    """
    import django

    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile

    from documents import scanning, uploads
    from workflow.domain.errors import DomainError

    worst: tuple[float, str] = (0.0, "")
    codes: Counter[str] = Counter()
    paths = sorted(folder.iterdir())
    for path in paths:
        _nth, kind, name = path.name.split("-", 2)
        before = _children()
        try:
            checked = uploads.check(SimpleUploadedFile(name, path.read_bytes()))
            codes[str(scanning.first_status(checked.content))] += 1
        except DomainError as refusal:
            codes[refusal.code] += 1
        worst = max(worst, (_children() - before, kind))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    clean = codes.pop("bersih", 0)
    say(
        f"{len(paths)} hostile files alone: {clean} taken as clean (aim 0), worst processor time "
        f"{worst[0]:.1f} s ({worst[1]}, aim at most {SECONDS:.0f} s), largest process "
        f"{most:.0f} MB (aim at most {MEGABYTES} MB)"
    )
    say("not taken: " + ", ".join(f"{code} {n}" for code, n in codes.most_common()))


def look_apart(files: list[tuple[str, File]], clamd: str) -> None:
    """Have a small process look at the files."""
    with tempfile.TemporaryDirectory(prefix="portal-hostile-") as folder:
        for nth, (kind, (name, content)) in enumerate(files):
            Path(folder, f"{nth:03}-{kind}-{name}").write_bytes(content)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "CLAMD_ADDRESS": clamd,
            "LOG_LEVEL": "ERROR",  # what is refused is counted below
        }
        words = [sys.executable, str(Path(__file__)), folder]
        subprocess.run(words, cwd=ROOT, env=environment, check=True)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def send(visitor: Visitor, path: str, file: File) -> tuple[int, str]:
    """Send the form of a report with one file; return status and page."""
    token = _TOKEN.search(visitor.ask(path)[1])
    if not token:
        raise SystemExit("the form of a report does not open")
    edge, body = uuid.uuid4().hex, b""
    for key, value in (("csrfmiddlewaretoken", token[1]), ("langkah", "periksa"), ("text", "x")):
        body += (
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        ).encode()
    body += (
        f'--{edge}\r\nContent-Disposition: form-data; name="attachments"; filename="{file[0]}"'
        "\r\nContent-Type: application/octet-stream\r\n\r\n"
    ).encode()
    body += file[1] + f"\r\n--{edge}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={edge}",
        "Cookie": "; ".join("=".join(one) for one in visitor.cookies.items()),
    }
    connection = http.client.HTTPConnection(
        "127.0.0.1", visitor.port, timeout=300, source_address=(visitor.address, 0)
    )
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def open_home(port: int, times: list[float], until: threading.Event) -> None:
    """Open the home page ten times a second; add the milliseconds of each to ``times``."""
    visitor = Visitor(port, "127.0.20.1")
    while not until.wait(0.1):
        began = time.perf_counter()
        status, _page = visitor.ask("/")
        if status != 200:
            raise SystemExit(f"the home page answers {status}")
        times.append((time.perf_counter() - began) * 1000)


def storm(files: list[tuple[str, File]], port: int, path: str) -> tuple[list[float], Counter[int]]:
    """Have four senders send all files; return the times of the home page and all statuses."""
    times: list[float] = []
    statuses: Counter[int] = Counter()
    over = threading.Event()

    def sender(nth: int) -> None:
        visitor = Visitor(port, f"127.0.21.{nth + 1}")
        for _kind, file in files[nth::SENDERS]:
            statuses[send(visitor, path, file)[0]] += 1

    reader = threading.Thread(target=open_home, args=(port, times, over))
    senders = [threading.Thread(target=sender, args=(nth,)) for nth in range(SENDERS)]
    for thread in (reader, *senders):
        thread.start()
    for thread in senders:
        thread.join()
    over.set()
    reader.join()
    return times, statuses


def main() -> None:
    """Make the files, look at each alone, then send them."""
    files = list(hostile_files(MANY))
    with (
        running_clamd() as clamd,
        postgresql() as database,
        redis_server() as broker,
        templates(),
    ):
        look_apart(files, clamd)
        environment = {**SETTINGS, "PROXY_COUNT": "1", "CLAMD_ADDRESS": clamd}
        with (
            running_portal(
                database_url=database,
                redis_url=broker,
                environment=environment,
                parts=("worker",),
            ) as portal,
            documented_web(portal) as (web, uploads),
            running_nginx(web, uploads) as port,
        ):
            office = portal.play(_OFFICE)
            quiet: list[float] = []
            over = threading.Event()
            reader = threading.Thread(target=open_home, args=(port, quiet, over))
            reader.start()
            time.sleep(5)
            over.set()
            reader.join()
            began = time.monotonic()
            times, statuses = storm(files, port, f"/pengaduan/{office.strip()}/kirim/")
            took = time.monotonic() - began
            stored = int(portal.play(_STORED))
    say(
        f"{MANY} hostile files from {SENDERS} senders behind nginx in {took:.0f} s: {stored} "
        f"stored (aim 0), answers {dict(statuses)}"
    )
    say(
        f"home page meanwhile: p50 {percentile(times, 0.5):.0f} ms, p95 "
        f"{percentile(times, 0.95):.0f} ms of {len(times)} (aim 200 ms; before, p95 "
        f"{percentile(quiet, 0.95):.0f} ms)"
    )


if __name__ == "__main__":
    if sys.argv[1:] and not sys.argv[1].isdigit():
        look_alone(Path(sys.argv[1]))
    else:
        main()
