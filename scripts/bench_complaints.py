"""Complaints beside django-helpdesk on the same machine in the same run (``make bench``).

Both stand on one PostgreSQL with a hundred thousand reports of the same texts, behind the same
server with as many workers and threads, warm, and are asked in turns, never at once. The portal
runs as in production, with worker, beat and Redis; its mails go into files like those of
django-helpdesk, which writes them before it answers. django-helpdesk gets an environment of its
own under ``build/``; without a network to install it our figures stand alone.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import html
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench_base import say, templates  # noqa: E402
from scripts.bench_texts import report  # noqa: E402
from scripts.databases import end_process, free_port, postgresql, redis_server  # noqa: E402
from scripts.launcher import answer, web_command  # noqa: E402
from scripts.supervisor import last_words, start_process  # noqa: E402
from tests.servers import _database, _sql, running_portal  # noqa: E402

MANY = 100_000  # one in twenty is open
CLIENTS, EACH, ROUNDS = 50, 5, 2
LOOKS, HINTS = 50, 200
ROWS = 50  # of the book; django-helpdesk is told to show as many
SETTINGS = {"DJANGO_SETTINGS_MODULE": "portal.settings.bench"}
RIVAL = ROOT / "scripts" / "bench_helpdesk"
VENV = ROOT / "build" / "helpdesk-venv"


# --- a browser without eyes --------------------------------------------------------------------


@dataclass
class Browser:
    """One person: a connection that is kept, and cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> str:
        """Return the page."""
        return self._ask("GET", path, None, {})[1]

    def post(self, path: str, fields: dict[str, str]) -> tuple[str, str]:
        """Return where we are sent, if anywhere, and the page."""
        body = urllib.parse.urlencode(fields)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection.request(method, path, body, {**headers, "Cookie": cookie})
        answered = self._connection.getresponse()
        page = answered.read().decode()
        for line in answered.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        if answered.status not in (200, 302):
            raise SystemExit(f"{method} {path}: {answered.status}\n{page[:2000]}")
        return answered.headers.get("Location", ""), page


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of all forms of a page."""
    found = {}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', page):
        pairs = dict(re.findall(r'(name|value)="([^"]*)"', tag))
        found[pairs["name"]] = html.unescape(pairs.get("value", ""))
    return found


# --- the portal --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Site:
    """What is measured: how a report is sent, what officers look at."""

    port: int
    cookie: str
    send: Callable[[Browser, int], float]
    pages: dict[str, Callable[[Browser], None]]
    hint: Callable[[Browser, str], None]


def milliseconds(since: float) -> float:
    """Return how long it is since."""
    return (time.perf_counter() - since) * 1000


def portal_site(port: int, world: dict[str, Any]) -> Site:
    """Return the portal: fill in, check, send."""
    form = world["form"]

    def send(browser: Browser, number: int) -> float:
        fields = {
            **hidden(browser.get(form)),
            "identity": "ya",
            "name": f"Warga {number}",
            "phone": f"0812{number:08d}",
            "email": f"warga{number}@contoh.test",
            "text": report(number),
            "langkah": "periksa",
        }
        _where, check = browser.post(form, fields)
        began = time.perf_counter()
        _where, receipt = browser.post(form, {**hidden(check), "langkah": "kirim"})
        took = milliseconds(began)
        if "PGD-" not in receipt:
            raise SystemExit(f"no receipt:\n{receipt[:2000]}")
        return took

    def look(path: str) -> Callable[[Browser], None]:
        def page(browser: Browser) -> None:
            if "PGD-" not in browser.get(path):
                raise SystemExit(f"{path} lists nothing")

        return page

    def hint(browser: Browser, text: str) -> None:
        if "csrftoken" not in browser.cookies:
            browser.get(form)
        token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
        browser.post(world["hint"], {**token, "text": text})

    pages = {name: look(path) for name, path in world["pages"].items()}
    return Site(port, world["cookie"], send, pages, hint)


# --- django-helpdesk ---------------------------------------------------------------------------


def install_rival() -> bool:
    """Make its environment, or keep the one of an earlier run; False if it cannot be fetched."""
    wanted = RIVAL / "requirements.txt"
    stamp = VENV / "installed"
    mark = hashlib.sha256(wanted.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == mark:
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    done = subprocess.run(
        [
            str(VENV / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "-q",
            "--require-hashes",
            "-r",
            str(wanted),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        say(f"django-helpdesk cannot be installed: {done.stderr.strip().splitlines()[-1]}")
        return False
    stamp.write_text(mark)
    return True


@contextlib.contextmanager
def rival_site(server: str, folder: Path, many: int) -> Iterator[Site]:
    """Load and serve django-helpdesk as the portal is served."""
    _sql(server, "CREATE DATABASE helpdesk")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "scripts.bench_helpdesk.settings",
        "HELPDESK_DATABASE": _database(server, "helpdesk"),
        "HELPDESK_FOLDER": str(folder),
        "HELPDESK_ROWS": str(ROWS),
    }
    python = str(VENV / "bin" / "python")
    loaded = last_json([python, str(RIVAL / "load.py"), str(many), str(many // 20)], environment)
    port = free_port()
    command = [
        "scripts.bench_helpdesk.wsgi:application" if word == "portal.wsgi:application" else word
        for word in [python, *web_command(port)[1:]]
    ]
    log = folder / "helpdesk.log"
    with log.open("ab") as output:
        process = start_process(command, environment=environment, output=output.fileno())
    try:
        until = time.monotonic() + 60
        while answer(port, "/tickets/submit/") != 200:
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"django-helpdesk did not start:\n{last_words(log, 30)}")
            time.sleep(0.2)
        yield Site(port, loaded["cookie"], rival_send(loaded["queue"]), PAGES, search)
    finally:
        end_process(process, None, 0)


def rival_send(queue: int) -> Callable[[Browser, int], float]:
    """Return how a ticket is sent: the form, then the page to which it leads."""

    def send(browser: Browser, number: int) -> float:
        text = report(number)
        fields = {
            **hidden(browser.get("/tickets/submit/")),
            "queue": str(queue),
            "title": text[:80],
            "body": text,
            "priority": "3",
            "submitter_email": f"warga{number}@contoh.test",
        }
        began = time.perf_counter()
        where, page = browser.post("/tickets/submit/", fields)
        took = milliseconds(began)
        if not where:
            raise SystemExit(f"no ticket:\n{page[:2000]}")
        browser.get(where)
        return took

    return send


def rival_list(path: str) -> Callable[[Browser], None]:
    """Return one look: the page, then its rows as its script asks for them."""
    rows = urllib.parse.urlencode(
        {"draw": 1, "start": 0, "length": ROWS, "order[0][column]": 0, "order[0][dir]": "desc"}
    )

    def look(browser: Browser) -> None:
        asked = re.search(r"/datatables_ticket_list/[A-Za-z0-9+/=]+", browser.get(path))
        if not asked:
            raise SystemExit(f"{path} names no rows")
        if "data" not in json.loads(browser.get(f"{asked[0]}?{rows}")):
            raise SystemExit(f"{path} lists nothing")

    return look


PAGES = {
    "worklist": rival_list("/tickets/"),  # what is open
    "book": rival_list("/tickets/?status=1&status=2&status=3&status=4&status=5&sort=id"),
}


def search(browser: Browser, text: str) -> None:
    """Look for some of the words: the next best to a hint."""
    words = " ".join(text.split()[:4])
    rival_list("/tickets/?" + urllib.parse.urlencode({"q": words}))(browser)


# --- measuring ---------------------------------------------------------------------------------


def last_json(command: list[str], environment: dict[str, str]) -> Any:
    """Run a script and return the JSON of its last line."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[1]} failed:\n{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


_numbers = iter(range(10_000_000, 20_000_000))  # no text is sent twice


def intakes(site: Site, each: int) -> tuple[list[float], list[float]]:
    """Let fifty people send ``each`` reports; return milliseconds of the whole and of the send."""
    whole: list[float] = []
    sends: list[float] = []
    failures: list[str] = []

    def person(numbers: list[int]) -> None:
        for number in numbers:
            browser = Browser(site.port)
            began = time.perf_counter()
            try:
                took = site.send(browser, number)
            except (SystemExit, OSError, http.client.HTTPException, KeyError) as error:
                failures.append(repr(error))
                return
            finally:
                browser.close()
            whole.append(milliseconds(began))
            sends.append(took)

    people = [
        threading.Thread(target=person, args=([next(_numbers) for _turn in range(each)],))
        for _person in range(CLIENTS)
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()
    if failures:
        raise SystemExit(failures[0])
    return whole, sends


def officer(site: Site) -> Browser:
    """Return somebody who has signed in."""
    key, _, value = site.cookie.partition("=")
    return Browser(site.port, {key: value})


def looks(site: Site, name: str, many: int) -> list[float]:
    """Open one page some times by one officer; return milliseconds."""
    browser = officer(site)
    times = []
    for _look in range(many):
        began = time.perf_counter()
        site.pages[name](browser)
        times.append(milliseconds(began))
    browser.close()
    return times


def p95(values: list[float]) -> float:
    """Return the value below which 95 of a hundred lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def beside(name: str, ours: float, other: float | None) -> None:
    """Print one figure with its reference."""
    reference = f" (django-helpdesk {other:.1f} ms, ratio {ours / other:.2f})" if other else ""
    say(f"{name}: {ours:.1f} ms{reference}")


def measure_intake(sites: list[Site], how: str = "") -> None:
    """Fifty people at once, in turns."""
    whole: list[list[float]] = [[] for _site in sites]
    sends: list[list[float]] = [[] for _site in sites]
    for site in sites:
        intakes(site, 1)
    for _round in range(ROUNDS):
        for mine, mine_sent, site in zip(whole, sends, sites, strict=True):
            some, some_sent = intakes(site, EACH)
            mine += some
            mine_sent += some_sent
    for title, found in (("form to receipt", whole), ("the send alone", sends)):
        for word, of in (("p50", statistics.median), ("p95", p95)):
            figures = [of(values) for values in found]
            beside(f"complaint intake of {CLIENTS} clients{how}, {title}, {word}", *pair(figures))


def measure_pages(sites: list[Site], queries: dict[str, int], many: int) -> None:
    """One officer, in turns."""
    for name in ("worklist", "book"):
        times: list[list[float]] = [[] for _site in sites]
        for site in sites:
            looks(site, name, 5)
        for _round in range(LOOKS // 10):
            for mine, site in zip(times, sites, strict=True):
                mine += looks(site, name, 10)
        for word, of in (("p50", statistics.median), ("p95", p95)):
            beside(f"{name} at {many} complaints {word}", *pair([of(values) for values in times]))
        say(f"{name} at {many} complaints queries: {queries[name]} queries")


def measure_hints(sites: list[Site], many: int) -> None:
    """Texts that are known and texts that are new; the other has no hints, only its search."""
    found = []
    for site, tries in zip(sites, (HINTS, HINTS // 10), strict=False):
        browser, times = officer(site), []
        site.hint(browser, report(0))
        for turn in range(tries):
            text = report(turn * 7 % many if turn % 2 else next(_numbers))
            began = time.perf_counter()
            site.hint(browser, text)
            times.append(milliseconds(began))
        browser.close()
        found.append(p95(times))
    searched = f" (search of django-helpdesk for four words {found[1]:.1f} ms)" if found[1:] else ""
    say(f"duplicate hint at {many} complaints p95: {found[0]:.1f} ms{searched}")


def pair(figures: list[float]) -> tuple[float, float | None]:
    """Return ours and, if there is one, the other's."""
    return figures[0], figures[1] if len(figures) > 1 else None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=MANY, help="complaints in the register")
    many = parser.parse_args().many
    with contextlib.ExitStack() as stack:
        stack.enter_context(templates())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-")))
        server = stack.enter_context(postgresql())
        broker = stack.enter_context(redis_server())
        portal = stack.enter_context(
            running_portal(database_url=server, redis_url=broker, environment=SETTINGS)
        )
        loader = [sys.executable, str(ROOT / "scripts" / "bench_complaints_world.py")]
        world = last_json([*loader, str(many), str(many // 20)], portal.environment)
        sites = [portal_site(portal.port, world)]
        if install_rival():
            (folder / "helpdesk").mkdir()
            sites.append(stack.enter_context(rival_site(server, folder / "helpdesk", many)))
        try:
            measure_pages(sites, world["queries"], many)
            measure_hints(sites, many)
            measure_intake(sites)
            portal.stop("worker")  # what of it is the delivery of messages, on the same cores?
            measure_intake(sites, " while no mail is sent")
        except SystemExit:
            say(portal.log("web")[-3000:])
            raise


if __name__ == "__main__":
    main()
