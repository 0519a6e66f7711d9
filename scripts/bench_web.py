"""The web processes of docs/operations.md: pages, and apart from them forms with files."""

from __future__ import annotations

import contextlib
import re
import shlex
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.databases import end_process, free_port  # noqa: E402
from scripts.launcher import answer  # noqa: E402
from scripts.supervisor import last_words, start_process  # noqa: E402
from tests.servers import Portal  # noqa: E402

_COMMAND = re.compile(r"^\| (web|uploads) \| `gunicorn ([^`]+)`", re.MULTILINE)


@contextlib.contextmanager
def documented_web(portal: Portal) -> Iterator[tuple[int, int]]:
    """Run the web processes as the manual says; yield the ports of pages and of uploads."""
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    commands = dict(_COMMAND.findall(manual))
    with contextlib.ExitStack() as stack:
        ports = []
        for name in ("web", "uploads"):
            port, log = free_port(), portal.var_dir / "log" / f"{name}.log"
            words = re.sub(r"--bind \S+", f"--bind 127.0.0.1:{port}", commands[name])
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("ab") as output:
                process = start_process(
                    [sys.executable, "-m", "gunicorn", "--chdir", str(ROOT), *shlex.split(words)],
                    environment=portal.environment,
                    output=output.fileno(),
                )
            stack.callback(end_process, process, None, 0)
            until = time.monotonic() + 60
            while answer(port) is None:
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"{name} did not start:\n{last_words(log)}")
                time.sleep(0.1)
            ports.append(port)
        yield ports[0], ports[1]
