"""A storm of guesses from fifty addresses behind the documented nginx: do the right people get in?

Everybody of the demo signs in once on a device of their own. Then fifty addresses guess the
passwords of all but ten of them, while all sign in again and again. Those ten also come on a device
that the portal has never seen, each from an address of their own, and go on until they are in: they
wait in the same queue as the guessers. (Whose account is guessed at comes in on a new device by the
link in a mail.) On PostgreSQL and Redis.
``bench_logins.py 4 3`` has each address guess four times over each of three connections, instead of
twenty times over one.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
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
GUESSES = int(sys.argv[1]) if len(sys.argv) > 1 else 20  # over each connection
CONNECTIONS = int(sys.argv[2]) if len(sys.argv) > 2 else 1  # at once, from each address
FRESH = 10  # people on devices that the portal does not know
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


@dataclass
class Fresh:
    """What became of somebody on a new device: seconds until they were in, and times sent away."""

    waited: float = 0.0
    refused: int = 0
    entered: bool = False


def try_until_in(port: int, nth: int, email: str, over: threading.Event) -> Fresh:
    """Sign in on a fresh device as people do who are sent away: again, three seconds later."""
    device, found, began = Visitor(port, f"127.0.32.{nth + 1}"), Fresh(), time.monotonic()
    while not found.entered:
        try:
            found.entered = device.login(email, PASSWORD)
        except (AssertionError, OSError):  # no form, or no answer within a minute
            found.entered = False
        found.waited = time.monotonic() - began
        if not found.entered:
            found.refused += 1
            if over.wait(3):
                break
    return found


def storm(port: int, people: list[str], devices: dict[str, Visitor]) -> None:
    """Guess from all addresses while the people sign in; say who got in and how fast."""
    over = threading.Event()
    guessed, guesses = people[FRESH:], Counter[str]()
    times: list[float] = []
    kept_out: list[str] = []
    fresh: list[Fresh] = []

    def guesser(nth: int) -> None:
        visitor = Visitor(port, f"127.0.30.{nth % ADDRESSES + 1}")
        for turn in range(GUESSES):
            email = guessed[(nth + turn) % len(guessed)]
            try:
                entered = visitor.login(email, f"salah-{nth}-{turn}")
                guesses["in" if entered else "refused"] += 1
            except (AssertionError, OSError):  # sent away by nginx, or no answer within a minute
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

    def newcomer(nth: int, email: str) -> None:
        fresh.append(try_until_in(port, nth, email, over))

    guessers = [
        threading.Thread(target=guesser, args=(nth,)) for nth in range(ADDRESSES * CONNECTIONS)
    ]
    others = [threading.Thread(target=person, args=(email,)) for email in people]
    others += [
        threading.Thread(target=newcomer, args=(nth, email))
        for nth, email in enumerate(people[:FRESH])
    ]
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
    waits = [one.waited for one in fresh if one.entered]
    say(
        f"{len(fresh)} of them also on new devices: {len(waits)} got in, the slowest after "
        f"{max(waits, default=0):.0f} s, sent away {sum(one.refused for one in fresh)} times"
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
