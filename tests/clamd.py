"""A real clamd with one signature of its own: the test file of EICAR, anywhere in a file."""

from __future__ import annotations

import contextlib
import os
import pwd
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

from scripts.databases import end_process
from scripts.supervisor import last_words, start_process

# split, so that no scanner finds this repository
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Portal.Test.EICAR.UNOFFICIAL"
_PROGRAM = "/usr/sbin/clamd"


@contextlib.contextmanager
def running_clamd(longest: str = "40M") -> Iterator[str]:
    """Run clamd; yield its address. ``longest`` is the longest stream that it takes."""
    with tempfile.TemporaryDirectory(prefix="portal-clamd-") as name:
        folder = Path(name)
        (folder / "portal.ndb").write_text(f"Portal.Test.EICAR:0:*:{EICAR.hex()}\n")
        settings, address, log = folder / "conf", folder / "socket", folder / "log"
        settings.write_text(
            f"LocalSocket {address}\nDatabaseDirectory {folder}\nTemporaryDirectory {folder}\n"
            f"User {pwd.getpwuid(os.getuid()).pw_name}\nForeground yes\nMaxThreads 2\n"
            f"StreamMaxLength {longest}\n"
        )
        with log.open("ab") as output:
            process = start_process([_PROGRAM, "-c", str(settings)], output=output.fileno())
        try:
            until = monotonic() + 60
            while not address.exists():
                assert process.poll() is None, last_words(log)
                assert monotonic() < until, last_words(log)
                sleep(0.05)
            yield str(address)
        finally:
            end_process(process, None, 0)
