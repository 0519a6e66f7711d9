"""Install what the rest needs: Debian packages, .venv and Python packages.

The Makefile calls it with the system's own python3, so it uses the standard library only.

    python3 scripts/bootstrap.py run     what the portal needs
    python3 scripts/bootstrap.py test    the same, and what tests, lints and journeys need

A second call finds everything there and returns at once.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
LISTS = {"run": ["requirements.txt"], "test": ["requirements.txt", "requirements-dev.txt"]}

# Debian package -> the library, program, Python module or file that shows that it is there.
FOR_RUN = {
    "python3-venv": "ensurepip",
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
FOR_TEST = FOR_RUN | {
    "postgresql": "/usr/lib/postgresql/*/bin/initdb",
    "redis-server": "redis-server",
    "chromium": "chromium",
    "chromium-headless-shell": "chromium-headless-shell",  # half the time of the other
    "poppler-utils": "pdfsig",
    "qpdf": "qpdf",
    "gettext": "msgfmt",
    "nginx": "/usr/sbin/nginx",
    "clamav-daemon": "/usr/sbin/clamd",  # 7 MB, without its signatures
}

# Debian starts a server when its package is installed; the tests start their own.
APT = """
set -e
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\\nexit 101\\n' > $policy && chmod 755 $policy
fi
apt-get -qq update
apt-get -qq install -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
"""

# What pip is told in its own configuration, in the words of uv.
FROM_PIP = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}


def stop(line: str) -> NoReturn:
    """End with a sentence instead of a traceback."""
    sys.exit(f"\n{line}\n")


def present(mark: str) -> bool:
    """Tell whether a library, a program, a Python module or a file (of a pattern) is there."""
    if ".so." in mark:
        try:
            ctypes.CDLL(mark)
        except OSError:
            return False
        return True
    if mark.startswith("/"):
        return any(Path("/").glob(mark[1:]))
    return bool(shutil.which(mark) or importlib.util.find_spec(mark))


def install_system(wanted: dict[str, str]) -> None:
    """Install the missing Debian packages, as root or with sudo; otherwise say how and stop."""
    packages = [package for package, mark in wanted.items() if not present(mark)]
    if not packages:
        return
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if not shutil.which("apt-get") or (sudo and not shutil.which("sudo")):
        stop(f"System packages are missing. Run this once as root, then start again:\n\n{command}")
    print("Installing Debian packages:", *packages, flush=True)
    done = subprocess.run([*sudo, "sh", "-c", APT, "sh", *packages], check=False)
    if done.returncode:
        stop(f"apt failed; its words stand above. The command was:\n\n    {command}")


def make_venv() -> None:
    """Make .venv when there is none that works."""
    if PYTHON.exists() and any(VENV.glob("lib/python3*/site-packages/pip/__main__.py")):
        return
    print("Making .venv", flush=True)
    if VENV.is_symlink():
        VENV.unlink()
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def pip(*words: str) -> str:
    """Run the pip of .venv; return what it printed."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *words]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def uv_environment() -> dict[str, str]:
    """Return the environment of uv, which does not read pip's configuration by itself."""
    found = {}
    for line in pip("config", "list").splitlines():
        key, _equals, value = line.partition("=")
        if (name := FROM_PIP.get(key.rpartition(".")[2])) is not None:
            found[name] = value.strip("'\"")
    return {**found, **os.environ, "VIRTUAL_ENV": str(VENV)}


def install_requirements(kind: str) -> None:
    """Install the lists of ``kind`` unless .venv says that exactly they are there."""
    lists = [ROOT / name for name in LISTS[kind]]
    python = (VENV / "pyvenv.cfg").read_bytes()
    wanted = hashlib.sha256(python + b"".join(one.read_bytes() for one in lists)).hexdigest()
    stamp = VENV / f".installed-{kind}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing Python packages from {' and '.join(LISTS[kind])}", flush=True)
    pip("install", "--quiet", "--require-hashes", "-r", str(ROOT / "requirements-uv.txt"))
    words = ["--quiet", "--require-hashes", "--only-binary", ":all:"]
    files = [word for one in lists for word in ("-r", str(one))]
    uv = [str(VENV / "bin" / "uv"), "pip", "install", *words, *files]
    if subprocess.run(uv, env=uv_environment(), check=False).returncode:
        stop("uv could not install the requirements; its own words stand above.")
    stamp.write_text(wanted)


def main() -> None:
    """Do the steps in order; each one returns at once when there is nothing to do."""
    if len(sys.argv) != 2 or sys.argv[1] not in LISTS:
        stop(f"Usage: python3 scripts/bootstrap.py {'|'.join(LISTS)}")
    if sys.version_info < OLDEST:
        stop("Python 3.11 or newer is needed.")
    install_system(FOR_TEST if sys.argv[1] == "test" else FOR_RUN)
    make_venv()
    install_requirements(sys.argv[1])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
