"""How fast it is (``make bench``): one line a figure, ``name: value unit (reference, ratio)``.

Ratios are taken in one run on one machine: each measured page is asked in turns with a bare page
of the same server, the officers' pages also with Django admin's and django-helpdesk's
(``bench_desk.py``), each certificate in turns with the bare libraries. ``--skip-clone`` leaves out
the start from an empty clone, ``--skip-sweeps`` the million files and the complaints.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench_base import say  # noqa: E402
from scripts.databases import free_port  # noqa: E402
from tests.servers import running_portal  # noqa: E402

CLIENTS = 8
ROUNDS = 3
SECONDS = 4.0
TURNS = 8  # into which these seconds are cut
SETTINGS = {"DJANGO_SETTINGS_MODULE": "portal.settings.bench"}
START_LIMIT = 600.0
REFERENCE = "bare one-query page"


# --- from an empty clone ---------------------------------------------------------------------


def first_answer(folder: Path) -> float:
    """Start ``make run`` in ``folder`` and return the seconds until a page answers."""
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if k not in ("VAR_DIR", "SITE_URL")}
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        while time.monotonic() - began < START_LIMIT:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    if answer.status == 200:
                        return time.monotonic() - began
            except OSError:
                if process.poll() is not None:
                    break
                time.sleep(0.05)
        raise SystemExit("make run did not answer")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)


def bench_start() -> None:
    """Cold: empty clone, no .venv, no database. Warm: the second start."""
    clone = ROOT / "build" / "bench-clone"
    shutil.rmtree(clone, ignore_errors=True)
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    try:
        say(f"start from an empty clone, cold: {first_answer(clone):.1f} s")
        say(f"second start: {first_answer(clone):.1f} s (aim 5 s)")
    finally:
        shutil.rmtree(clone, ignore_errors=True)


# --- pages -----------------------------------------------------------------------------------


def load(port: int, paths: list[str], cookie: str, seconds: float) -> list[float]:
    """Ask ``paths`` in turns with eight clients for some seconds; return each's milliseconds."""
    turn = itertools.count()
    until = time.monotonic() + seconds
    times: list[list[float]] = [[] for _client in range(CLIENTS)]
    failures: list[str] = []

    def client(mine: list[float]) -> None:
        while time.monotonic() < until and not failures:
            path = paths[next(turn) % len(paths)]
            began = time.perf_counter()
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            connection.close()
            if answer.status != 200:
                failures.append(f"{path}: {answer.status}")
            mine.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=client, args=(mine,)) for mine in times]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(failures[0])
    return [value for mine in times for value in mine]


def percentile(values: list[float], share: float) -> float:
    """Return the value below which ``share`` of all lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def bench_pages(port: int, world: dict[str, Any]) -> None:
    """Every page in turns with the bare one; the best pair counts for the ratio.

    A page with several addresses is asked for another one each time.
    """
    cookie, queries = world["cookie"], world["queries"]
    bare = [world["references"][REFERENCE]]
    for name, paths in world["pages"].items():
        for warmed in (paths, bare):
            load(port, warmed, cookie, 0.5)
        pairs: list[tuple[float, float]] = []
        all_times = []
        for _round in range(ROUNDS):
            ours: list[float] = []
            answered = 0
            for _turn in range(TURNS):  # what else the machine does falls on each alike
                ours += load(port, paths, cookie, SECONDS / TURNS)
                answered += len(load(port, bare, cookie, SECONDS / TURNS))
            all_times += ours
            pairs.append((len(ours) / SECONDS, answered / SECONDS))
        say(f"{name} p50: {statistics.median(all_times):.1f} ms")
        say(f"{name} p95: {percentile(all_times, 0.95):.1f} ms")
        say(f"{name} queries: {queries[name]} queries (aim at most 20)")
        rate, reference_rate = max(pairs, key=lambda pair: pair[0] / pair[1])
        say(
            f"{name} rate: {rate:.0f} requests/s ({REFERENCE} {reference_rate:.0f} requests/s, "
            f"ratio {rate / reference_rate:.2f})"
        )
    worst = max(world["steps"], key=world["steps"].get)
    say(
        f"application page at the costliest step ({worst}) queries: "
        f"{world['steps'][worst]} queries (aim at most 20)"
    )


def bench_certificates(figures: dict[str, float]) -> None:
    """Rendering and signing beside the bare libraries, and the memory of one process."""
    say(
        f"certificate render+sign: {figures['ours']:.1f} ms "
        f"(bare WeasyPrint+pyHanko {figures['bare']:.1f} ms, "
        f"ratio {figures['ratio']:.2f}, aim 1.15)"
    )
    say(
        f"certificate render+sign, median: {figures['ours_median']:.1f} ms "
        f"(bare {figures['bare_median']:.1f} ms, "
        f"ratio {figures['ours_median'] / figures['bare_median']:.2f})"
    )
    growth = figures["memory_after"] - figures["memory_before"]
    say(
        f"memory growth over {figures['many']:.0f} certificates: {growth:.1f} MB "
        f"(process {figures['memory_after']:.0f} MB, aim at most 5 MB)"
    )


def inside(script: str, environment: dict[str, str]) -> Any:
    """Run one of our scripts in the portal's environment and return its JSON."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script)],
        cwd=ROOT,
        env={**environment, **SETTINGS},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{script} failed:\n{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--skip-clone", action="store_true")
    parser.add_argument("--skip-sweeps", action="store_true")
    options = parser.parse_args()
    if not options.skip_clone:
        bench_start()
    with tempfile.TemporaryDirectory(prefix="portal-templates-") as folder:
        os.environ.setdefault("TEST_TEMPLATES", folder)  # where running_portal makes its world
        measure()
        subprocess.run([sys.executable, str(ROOT / "scripts" / "bench_desk.py")], check=True)
        subprocess.run([sys.executable, str(ROOT / "scripts" / "bench_catalogue.py")], check=True)
        subprocess.run([sys.executable, str(ROOT / "scripts" / "bench_standards.py")], check=True)
        subprocess.run([sys.executable, str(ROOT / "scripts" / "bench_conditions.py")], check=True)
        subprocess.run([sys.executable, str(ROOT / "scripts" / "bench_surveys.py")], check=True)
        if not options.skip_sweeps:
            for name in ("jobs", "hostile", "logins", "submissions", "restore"):
                script = str(ROOT / "scripts" / f"bench_{name}.py")
                subprocess.run([sys.executable, script], check=True)
    if not options.skip_sweeps:
        subprocess.run([sys.executable, str(ROOT / "scripts" / "bench_sweeps.py")], check=True)
        subprocess.run([sys.executable, str(ROOT / "scripts" / "bench_clock.py")], check=True)
        subprocess.run([sys.executable, str(ROOT / "scripts" / "bench_boards.py")], check=True)
        subprocess.run([sys.executable, str(ROOT / "scripts" / "bench_complaints.py")], check=True)


def measure() -> None:
    """Everything that a running portal is needed for."""
    with running_portal(environment=SETTINGS, parts=("web",)) as portal:
        world = inside("bench_world.py", portal.environment)
        bench_pages(portal.port, world)
        bench_certificates(inside("bench_certificates.py", portal.environment))


if __name__ == "__main__":
    main()
