"""The processes of ``make run``, as real ones."""

import contextlib
import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

from scripts.launcher import answer
from tests.servers import Portal, running_portal


def processes_of(portal: Portal) -> list[str]:
    """Return the command lines of everything that runs on this portal's data."""
    mark = f"VAR_DIR={portal.var_dir}\0".encode()
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark in (folder / "environ").read_bytes() + b"\0":
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return [line for line in found if line]


def gone(portal: Portal, word: str = "") -> bool:
    """Whether no process with ``word`` is left; what was killed may need a moment to vanish."""
    until = time.monotonic() + 10
    while any(word in line for line in processes_of(portal)):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def answers_beside_the_silent(port: int) -> bool:
    """Whether connections on which a browser says nothing yet leave room for others."""
    with contextlib.ExitStack() as silent:
        for _browser in range(3):
            silent.enter_context(socket.create_connection(("127.0.0.1", port)))
        return answer(port) == 200


@pytest.mark.slow
def test_portal_serves_survives_its_worker_and_leaves_nothing() -> None:
    with running_portal() as portal:
        assert answer(portal.port) == 200
        assert answers_beside_the_silent(portal.port)
        assert portal.environment["SITE_URL"] == portal.url
        assert "migrate" in portal.manage("help", "migrate")
        assert any("worker" in line for line in processes_of(portal))
        portal.kill("worker")
        assert gone(portal, " worker ")
        assert answer(portal.port) == 200
        portal.start("worker")
        assert any(" worker " in line for line in processes_of(portal))
        if os.environ.get("TEST_REDIS_URL"):
            assert "redis://" in portal.log("worker")
        else:
            assert "filesystem://" in portal.log("worker")
    assert gone(portal)
    assert not portal.var_dir.exists()
    assert answer(portal.port) is None


@pytest.mark.slow
def test_each_portal_has_data_of_its_own() -> None:
    count = (
        "from django.contrib.auth import get_user_model as g;"
        "g().objects.create_user('x@example.id', full_name='X') if {} else None;"
        "print('people', g().objects.filter(email='x@example.id').count())"
    )
    with running_portal(parts=()) as first, running_portal(parts=()) as second:
        assert "people 1" in first.manage("shell", "-c", count.format(True))
        assert "people 0" in second.manage("shell", "-c", count.format(False))


def test_taken_port_is_said_plainly() -> None:
    import sys

    from tests.servers import ROOT

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "scripts/launcher.py", "--port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert f"make run PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["", "abc", "0", "70000", "-1"])
def test_nonsense_for_a_port_is_said_plainly(port: str) -> None:
    from scripts.launcher import port_or_stop

    with pytest.raises(SystemExit, match="is not a port number"):
        port_or_stop(port)
