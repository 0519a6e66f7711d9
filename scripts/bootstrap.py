"""Bring a bare Debian to the point where the rest can run: system packages, .venv, requirements.

Called by the Makefile with the system's own python3, so it uses the standard library only.

    python3 scripts/bootstrap.py run     what the portal needs
    python3 scripts/bootstrap.py test    the same, and what tests, lints and journeys need

As root, or with sudo, it installs what is missing with apt. Otherwise it prints the one command
that does and stops. A second call finds its stamp and returns at once.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)
LISTS = {"run": ["requirements.txt"], "test": ["requirements.txt", "requirements-dev.txt"]}


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)


def stop(line: str) -> NoReturn:
    """End with a sentence instead of a traceback."""
    sys.exit(f"\n{line}\n")


# --- system packages -----------------------------------------------------------------------------


def loads(library: str) -> Callable[[], bool]:
    """Return a question: can this shared library be loaded?"""

    def answer() -> bool:
        try:
            ctypes.CDLL(library)
        except OSError:
            return False
        return True

    return answer


def runs(program: str) -> Callable[[], bool]:
    """Return a question: is this program on the path?"""
    return lambda: shutil.which(program) is not None


def venv_works() -> bool:
    """Return whether .venv is whole: it has a Python that exists, and pip."""
    return PYTHON.exists() and any(VENV.glob("lib/python3.*/site-packages/pip/__main__.py"))


def makes_venv() -> bool:
    """Return whether .venv works or this Python can make it (Debian keeps ensurepip apart)."""
    return venv_works() or importlib.util.find_spec("ensurepip") is not None


def has_postgres() -> bool:
    """Return whether a PostgreSQL server is installed; Debian does not put it on the path."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or runs("initdb")()


# Debian package -> is it there? The three libraries make pages; the third is required too, because
# without it every certificate takes ten times as long (portal/checks.py says the same).
FOR_RUN: dict[str, Callable[[], bool]] = {
    "python3-venv": makes_venv,
    "libpango-1.0-0": loads("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": loads("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": loads("libharfbuzz-subset.so.0"),
}
FOR_TEST: dict[str, Callable[[], bool]] = {
    **FOR_RUN,
    "postgresql": has_postgres,
    "redis-server": runs("redis-server"),
    "chromium": runs("chromium"),
    "chromium-headless-shell": runs("chromium-headless-shell"),  # draws no toolbar: half the time
    "poppler-utils": runs("pdfsig"),
    "qpdf": runs("qpdf"),
}


def missing(wanted: dict[str, Callable[[], bool]]) -> list[str]:
    """Return the packages of ``wanted`` that are not there."""
    return [package for package, present in wanted.items() if not present()]


def as_root() -> list[str] | None:
    """Return the words to put before a command that needs root, or None when there is no way."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    silent = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    if silent.returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


# Debian starts a server when its package is installed. The tests start their own, on ports and
# data of their own, so for the moment of the installation the system is told not to.
INSTALL = """
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\\nexit 101\\n' > "$policy"
    chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
install() {
    apt-get -q install -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}
set -- "$@"
if ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1 && install "$@"; then
    exit 0
fi
apt-get -q update
install "$@"
"""


def install_system(wanted: dict[str, Callable[[], bool]]) -> None:
    """Install what is missing, or say how and stop."""
    packages = missing(wanted)
    if not packages:
        return
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        stop("Missing on this system (names of Debian packages): " + " ".join(packages))
    prefix = as_root()
    if prefix is None:
        stop(
            "System packages are missing. Run this once as root, then start again:\n\n"
            f"    {command}"
        )
    say(f"Installing system packages: {' '.join(packages)}")
    log = tempfile.NamedTemporaryFile("w+", prefix="portal-apt-", suffix=".log", delete=False)  # noqa: SIM115
    with log:
        done = subprocess.run(
            [*prefix, "sh", "-c", INSTALL, "install", *packages],
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
        log.seek(0)
        tail = log.read().splitlines()[-15:]
    still = missing(wanted)
    if done.returncode or still:
        stop(
            "\n".join(tail)
            + f"\n\napt did not bring: {' '.join(still or packages)} (all of its words: {log.name})"
            + f"\nThe command was: {command}"
        )
    os.unlink(log.name)


# --- Python packages -----------------------------------------------------------------------------


def make_venv() -> None:
    """Make .venv when there is none that works."""
    if venv_works():
        return
    say("Making .venv")
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)  # half made, or of a Python that is gone
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def fingerprint(paths: Iterable[Path]) -> str:
    """Return one hash over the Python in use and the content of ``paths``."""
    sum_ = hashlib.sha256((VENV / "pyvenv.cfg").read_bytes())
    for path in paths:
        sum_.update(path.read_bytes())
    return sum_.hexdigest()


def pins(paths: Iterable[Path]) -> list[str]:
    """Return the pinned packages with their hashes, each once."""
    found: dict[str, str] = {}
    for path in paths:
        for pin in re.split(r"(?m)^(?=[A-Za-z0-9])", path.read_text(encoding="utf-8")):
            if "==" in pin.split("\n", 1)[0]:
                found.setdefault(pin.split("==", 1)[0], pin)
    return list(found.values())


def pip_install(packages: list[str]) -> None:
    """Install pinned packages with one pip for each core, which halves the time on two.

    That is safe because every package is pinned with its dependencies and none is resolved
    (``--no-deps``): the runs touch different packages. ``pip check`` afterwards proves it.
    """
    count = max(1, min(os.cpu_count() or 1, 4, len(packages)))
    with tempfile.TemporaryDirectory(prefix="portal-pip-") as folder:
        started = []
        for number in range(count):
            part = Path(folder) / f"part-{number}.txt"
            part.write_text("".join(packages[number::count]), encoding="utf-8")
            words = ["install", "--quiet", "--no-deps", "--only-binary", ":all:"]
            words += ["--require-hashes", "--disable-pip-version-check", "-r", str(part)]
            started.append(subprocess.Popen([str(PYTHON), "-m", "pip", *words]))
        ended = [pip.wait() for pip in started]  # all of them, also after a failure
        if any(ended):
            stop("pip could not install the requirements; its own words stand above.")
    check = [str(PYTHON), "-m", "pip", "check", "--disable-pip-version-check"]
    if subprocess.run(check, stdout=subprocess.PIPE, check=False).returncode:
        subprocess.run(check, check=False)
        stop("The installed packages do not fit together; remove .venv and start again.")


def install_requirements(kind: str) -> None:
    """Install the lists of ``kind`` unless the stamp says that exactly they are there."""
    paths = [ROOT / name for name in LISTS[kind]]
    stamp = VENV / f".installed-{kind}"
    wanted = fingerprint(paths)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing Python packages from {' and '.join(LISTS[kind])}")
    begun = time.monotonic()
    pip_install(pins(paths))
    for done in LISTS:  # who has the packages of the tests has those of the portal too
        if set(LISTS[done]) <= set(LISTS[kind]):
            lists = [ROOT / name for name in LISTS[done]]
            (VENV / f".installed-{done}").write_text(fingerprint(lists))
    say(f"Installed in {time.monotonic() - begun:.0f} s")


def main() -> None:
    """Do the steps in order; each one returns at once when there is nothing to do."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("kind", choices=sorted(LISTS))
    kind = parser.parse_args().kind
    if sys.version_info < OLDEST_PYTHON:
        stop(f"Python 3.11 or newer is needed; this is {shlex.quote(sys.version.split()[0])}.")
    install_system(FOR_TEST if kind == "test" else FOR_RUN)
    make_venv()
    install_requirements(kind)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
