"""``make test``: its servers, its environment, its last line."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.count_tests import total
from scripts.databases import ROOT


def test_figures_of_all_stages_are_added_up(tmp_path: Path) -> None:
    one = '<testsuites><testsuite tests="5" failures="1" errors="1" skipped="0"/></testsuites>'
    two = '<testsuites><testsuite tests="3" failures="0" errors="0" skipped="1"/></testsuites>'
    (tmp_path / "a.xml").write_text(one)
    assert total([tmp_path / "a.xml"]) == "3 passed, 2 failed"
    (tmp_path / "b.xml").write_text(two)
    assert total(tmp_path.glob("*.xml")) == "5 passed, 2 failed, 1 skipped"
    assert total([]) == "0 passed, 0 failed"


def test_who_passes_only_at_a_second_try_is_named(tmp_path: Path) -> None:
    steady = '<testcase classname="tests.a" name="steady"/>'
    unsteady = '<testcase classname="tests.a" name="unsteady"/>'
    red = '<testcase classname="tests.a" name="red"/>'
    failed = '<testcase classname="tests.a" name="red"><failure/></testcase>'
    cases = steady + unsteady * 2 + red + failed
    (tmp_path / "a.xml").write_text(f'<testsuite tests="3" failures="1">{cases}</testsuite>')
    said = total([tmp_path / "a.xml"]).splitlines()
    assert said == ["passed only at a second try: tests.a::unsteady", "2 passed, 1 failed"]


@pytest.mark.once
def test_what_fails_twice_stays_red() -> None:
    assert "--reruns 1 " in make("unit")
    assert "--reruns 1 " in make("journeys")


def make(*words: str, **environment: str) -> str:
    """Return what make would run (``--dry-run``); sub-makes are gone into."""
    done = subprocess.run(
        ["make", "--dry-run", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.once
def test_no_setting_of_a_developers_shell_reaches_the_tests() -> None:
    operations = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    table = operations[operations.index("| name | needed |") :].split("\n\n")[0]
    first = [row.split("|")[1] for row in table.splitlines()]
    documented = {name for column in first for name in re.findall("`([A-Z_]+)`", column)}
    documented -= {"DJANGO_SETTINGS_MODULE", "VAR_DIR"}  # set by make
    cleared = set(re.findall(r"-u (\w+)", make("test-sqlite")))
    assert len(documented) > 20
    assert documented - cleared == set()
    assert {f"{name}_FILE" for name in documented} <= cleared
    assert {"DEBUG", "DEMO", "PORT", "TEST_DATABASE_URL"} <= cleared


@pytest.mark.once
def test_arguments_reach_pytest_and_both_databases_are_tested() -> None:
    assert "suite-sqlite suite-postgresql" in make("test")
    for suite in ("suite-sqlite", "suite-postgresql"):
        assert "unit journeys" in make(suite)
    for stage in ("unit", "journeys"):
        assert "setpriv --pdeathsig TERM timeout" in make(stage)  # none outlives make
        assert re.search(r"-m pytest .* -k clock", make(stage, "ARGS=-k clock"), re.DOTALL)
        for url, name in (("", "sqlite"), ("postgresql:///x", "postgresql")):
            assert f"{stage}-{name}.xml" in make(stage, TEST_DATABASE_URL=url)
    lint = make("lint-all")
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports", "makemigrations"):
        assert tool in lint


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the user of PostgreSQL can enter; those of pytest are for their owner alone."""
    with tempfile.TemporaryDirectory(prefix="portal-make-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


_ASK = """
import os, psycopg2, redis
with psycopg2.connect(os.environ["TEST_DATABASE_URL"]) as one, one.cursor() as cursor:
    cursor.execute("SHOW listen_addresses")
    print("ports:", cursor.fetchone())
assert os.environ["DATABASE_URL"] == os.environ["TEST_DATABASE_URL"]
print("redis:", redis.Redis.from_url(os.environ["TEST_REDIS_URL"]).ping())
raise SystemExit(7)
"""


@pytest.mark.once
@pytest.mark.slow
def test_a_command_gets_both_servers_and_its_status_comes_back(open_folder: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "scripts/databases.py",
            sys.executable,
            "-c",
            _ASK,
        ],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(open_folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    assert "ports: ('',)" in done.stdout
    assert "redis: True" in done.stdout
    assert list(open_folder.iterdir()) == []


def left_over(mark: Path) -> list[str]:
    """Return the processes that were started with TMPDIR ``mark``."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"TMPDIR={mark}\0".encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text())
        except OSError:
            continue
    return [words for words in found if words]


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_servers_end_when_the_run_is_killed(open_folder: Path, number: signal.Signals) -> None:
    started = open_folder / "started"
    process = subprocess.Popen(
        [sys.executable, "scripts/databases.py", "sh", "-c", f"touch {started}; exec sleep 300"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(open_folder)},
    )
    until = time.monotonic() + 60
    while not started.exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert started.exists()
    assert len(left_over(open_folder)) >= 3
    process.send_signal(number)
    process.wait(40)
    while left_over(open_folder) and time.monotonic() < until:
        time.sleep(0.1)
    assert left_over(open_folder) == []
