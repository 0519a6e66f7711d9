"""A storm of guesses from fifty addresses behind the documented nginx: do the right people get in?

Everybody of the demo signs in once on a device of their own. Then fifty addresses guess the
passwords of all of them at once, while the same people sign in again and again. On PostgreSQL and
Redis. ``bench_logins.py 4`` has each address guess so often instead of twenty times.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench import SETTINGS, percentile  # noqa: E402
from scripts.bench_base import say, templates  # noqa: E402
from scripts.bench_web import documented_web  # noqa: E402
from scripts.databases import postgresql, redis_server  # noqa: E402
from tests.nginx import Visitor, running_nginx  # noqa: E402
from tests.servers import running_portal  # noqa: E402

ADDRESSES = 50
GUESSES = int(sys.argv[1]) if len(sys.argv) > 1 else 20  # from each address
PASSWORD = "demo-sungai-kampar"  # noqa: S105  printed by `make run`
_PEOPLE = """
from accounts.models import User
print(*User.objects.filter(is_active=True).exclude(email="").values_list("email", flat=True))
"""


def sign_in(device: Visitor, email: str) -> tuple[bool, float]:
    """Sign in on a known device; return whether it opened, and the milliseconds."""
    device.cookies.pop("sessionid", None)
    began = time.perf_counter()
    entered = device.login(email, PASSWORD)
    return entered, (time.perf_counter() - began) * 1000


def storm(port: int, people: list[str], devices: dict[str, Visitor]) -> None:
    """Guess from all addresses while the people sign in; say who got in and how fast."""
    over = threading.Event()
    guesses: Counter[str] = Counter()
    times: list[float] = []
    kept_out: list[str] = []

    def guesser(nth: int) -> None:
        visitor = Visitor(port, f"127.0.30.{nth + 1}")
        for turn in range(GUESSES):
            email = people[(nth + turn) % len(people)]
            try:
                entered = visitor.login(email, f"salah-{nth}-{turn}")
                guesses["in" if entered else "refused"] += 1
            except OSError:
                guesses["no answer"] += 1

    def person(email: str) -> None:
        while not over.is_set():
            try:
                entered, took = sign_in(devices[email], email)
            except OSError:  # no answer within a minute
                entered, took = False, 60_000.0
            times.append(took)
            if not entered:
                kept_out.append(email)
            over.wait(5)

    guessers = [threading.Thread(target=guesser, args=(nth,)) for nth in range(ADDRESSES)]
    others = [threading.Thread(target=person, args=(email,)) for email in people]
    began = time.monotonic()
    for thread in (*guessers, *others):
        thread.start()
    for thread in guessers:
        thread.join()
    took = time.monotonic() - began
    over.set()
    for thread in others:
        thread.join()
    say(
        f"login storm: {guesses['refused']} wrong guesses from {ADDRESSES} addresses in {took:.0f} "
        f"s, {guesses['in']} let in (aim 0), {guesses['no answer']} without an answer"
    )
    say(
        f"the right {len(people)} people meanwhile: {len(times)} logins, {len(kept_out)} kept out "
        f"(aim 0), form and answer p50 {percentile(times, 0.5):.0f} ms, p95 "
        f"{percentile(times, 0.95):.0f} ms"
    )


def main() -> None:
    """Run the portal, have everybody sign in once, then let the storm begin."""
    with postgresql() as database, redis_server() as broker, templates():
        environment = {**SETTINGS, "PROXY_COUNT": "1"}
        with (
            running_portal(
                database_url=database, redis_url=broker, environment=environment, parts=()
            ) as portal,
            documented_web(portal) as (web, uploads),
            running_nginx(web, uploads) as port,
        ):
            people = portal.play(_PEOPLE).split()
            devices = {
                email: Visitor(port, f"127.0.31.{nth + 1}") for nth, email in enumerate(people)
            }
            first = [sign_in(devices[email], email) for email in people]
            if not all(entered for entered, _took in first):
                raise SystemExit("somebody cannot sign in on a quiet day")
            quiet = percentile([took for _entered, took in first], 0.95)
            say(f"sign in on a quiet day: p95 {quiet:.0f} ms of {len(first)}")
            storm(port, people, devices)


if __name__ == "__main__":
    main()
