"""Reading a stranger's file where it can do no harm: bounded in time and memory.

A small PDF can unfold to gigabytes or lead in circles. It is read in a process of its own, a fork
without start-up, that the kernel stops; what is found comes back as JSON.
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

SECONDS = 5.0
MEGABYTES = 512  # beside what the process has already
_LONGEST_ANSWER = 64 * 1024


class SandboxLimitExceeded(Exception):
    """The file took more time or memory than any honest one."""


def run_in_sandbox(
    work: Callable[[], Any], *, seconds: float | None = None, megabytes: int | None = None
) -> Any:
    """Return what ``work`` returns (JSON), computed within the limits; it leaves no other trace.

    Raises ``SandboxLimitExceeded``. ``work`` must not touch database, files or locks of others.
    """
    seconds = SECONDS if seconds is None else seconds
    megabytes = MEGABYTES if megabytes is None else megabytes
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _work_and_end(work, reader, writer, seconds, megabytes)
    os.close(writer)
    try:
        answer = _read(reader, seconds)
    finally:
        os.close(reader)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not answer:
        raise SandboxLimitExceeded
    return json.loads(answer)


def _work_and_end(
    work: Callable[[], Any], reader: int, writer: int, seconds: float, megabytes: int
) -> None:
    """Be the child: never return, never run what the parent would run at its end."""
    status = 1
    try:
        os.close(reader)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGABRT):  # the parent's words
            signal.signal(number, signal.SIG_DFL)
        with open("/proc/self/statm", encoding="ascii") as pages:
            present = int(pages.read().split()[0]) * resource.getpagesize()
        limit = present + megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
        answer = json.dumps(work()).encode()
        while answer:
            answer = answer[os.write(writer, answer) :]
        status = 0
    finally:  # also after MemoryError: the parent hears nothing and knows
        os._exit(status)


def _read(reader: int, seconds: float) -> bytes:
    """Return all that comes before the end; nothing when it does not end in time."""
    until = time.monotonic() + seconds
    answer = b""
    while (left := until - time.monotonic()) > 0 and len(answer) < _LONGEST_ANSWER:
        if select.select([reader], [], [], left)[0]:
            piece = os.read(reader, 65536)
            if not piece:
                return answer
            answer += piece
    return b""
