"""Run a function on an untrusted file in a process with limited processor time and memory.

A small PDF can expand to gigabytes or contain cycles. It is read in a forked child process with
resource limits, behind the processes that serve pages. The result is returned as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

SECONDS = 5  # of processor time
MEGABYTES = 512  # in addition to the memory of the parent
# Time on the clock is for a child that sleeps; a busy server must not refuse an honest file.
WALL_SECONDS = 25.0
_NICENESS = 10  # pages of others come first
_LONGEST_ANSWER = 64 * 1024  # bytes, unless the caller expects more


class SandboxLimitExceeded(Exception):
    """The file needed more time or memory than the limits allow."""


def run_in_sandbox(
    work: Callable[[], Any],
    *,
    seconds: int | None = None,
    megabytes: int | None = None,
    longest: int = _LONGEST_ANSWER,
) -> Any:
    """Return the result of ``work`` (JSON), computed in a child process within the limits.

    ``seconds`` are of processor time, whole ones; ``longest`` is the most bytes of the JSON. Raises
    ``SandboxLimitExceeded``. ``work`` must not touch database, files or locks of others.
    """
    seconds = SECONDS if seconds is None else seconds
    megabytes = MEGABYTES if megabytes is None else megabytes
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _work_and_end(work, reader, writer, seconds, megabytes)
    os.close(writer)
    try:
        answer = _read(reader, WALL_SECONDS, longest)
    finally:
        os.close(reader)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not answer:
        raise SandboxLimitExceeded
    return json.loads(answer)


def _work_and_end(
    work: Callable[[], Any], reader: int, writer: int, seconds: int, megabytes: int
) -> None:
    """Run the child process; never return, and skip the exit handlers of the parent."""
    status = 1
    try:
        os.close(reader)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGABRT):  # the buffers of the parent
            signal.signal(number, signal.SIG_DFL)
        with open("/proc/self/statm", encoding="ascii") as pages:
            present = int(pages.read().split()[0]) * resource.getpagesize()
        limit = present + megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # SIGXCPU would write the memory to disk
        os.nice(_NICENESS)
        answer = json.dumps(work()).encode()
        while answer:
            answer = answer[os.write(writer, answer) :]
        status = 0
    finally:  # also after MemoryError: an empty answer means failure
        os._exit(status)


def _read(reader: int, seconds: float, longest: int) -> bytes:
    """Return everything up to end of file; empty bytes after ``seconds`` or ``longest`` bytes."""
    until = time.monotonic() + seconds
    answer = b""
    while (left := until - time.monotonic()) > 0 and len(answer) < longest:
        if select.select([reader], [], [], left)[0]:
            piece = os.read(reader, 65536)
            if not piece:
                return answer
            answer += piece
    return b""
