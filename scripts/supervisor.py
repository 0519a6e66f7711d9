"""Keep a few processes alive, and let none of them outlive the one that keeps them.

Each service runs in a session of its own. When its main process dies, whatever is left of its
group is killed and it is started again, later each time it dies young. When the supervisor itself
dies, even by ``kill -9``, the kernel sends each main process a TERM (parent-death signal). The
supervisor adopts what its children leave behind (child subreaper), so nothing hides from it.
"""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)

_STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
_WATCHED = _STOPPING | {signal.SIGCHLD}
_LONG_LIFE = 30.0  # seconds after which a death counts as the first one again
_FIRST_DELAY, _LONGEST_DELAY = 0.5, 30.0
_PATIENCE = 15.0  # seconds for an orderly end: a worker finishes the task it has in hand


def die_with_parent(parent: int, by: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to send this process a signal when its parent dies."""
    _libc.prctl(_PR_SET_PDEATHSIG, int(by), 0, 0, 0)
    if os.getppid() != parent:  # it died before we could ask
        os._exit(1)


def start_process(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    output: int | None = None,
    folder: Path | None = None,
    user: int | None = None,
    group: int | None = None,
    by: signal.Signals = signal.SIGTERM,
) -> "subprocess.Popen[bytes]":
    """Start ``command`` in a session of its own; it gets signal ``by`` when this process dies."""
    parent = os.getpid()

    def in_child() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        die_with_parent(parent, by)

    return subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        cwd=folder,
        user=user,
        group=group,
        extra_groups=[] if user is not None else None,
        start_new_session=True,
        preexec_fn=in_child,
    )


@dataclass(frozen=True)
class Service:
    """One kind of process: its name, how it is started, where its words go."""

    name: str
    command: Sequence[str]
    log: Path


@dataclass
class _Kept:
    """A service and its present life."""

    service: Service
    process: "subprocess.Popen[bytes] | None" = None
    began: float = 0.0
    due: float = 0.0
    delay: float = _FIRST_DELAY
    left: list[int] = field(default_factory=list)  # groups that must be empty before a new start


def _signal_group(group: int, number: int) -> bool:
    """Send a signal to a process group; return whether anybody was there."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _how(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"


def last_words(log: Path, lines: int = 8) -> str:
    """Return the end of a log, indented."""
    try:
        text = log.read_bytes()[-8000:].decode("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


class Supervisor:
    """Keeps services alive. Use it from a process that has no threads."""

    def __init__(self, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
        self._environment = environment
        self._say = say
        self._kept: list[_Kept] = []
        _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)

    def add(self, *services: Service) -> None:
        """Keep these services from now on."""
        self._kept += [_Kept(service) for service in services]

    def turn(self, wait: float) -> bool:
        """Start what is due and look after the dead; return False when asked to end."""
        for kept in self._kept:
            self._start_if_due(kept)
        received = signal.sigtimedwait(_WATCHED, wait)
        if received and received.si_signo in _STOPPING:
            return False
        self._reap()
        return True

    def stop(self) -> None:
        """End everything: first orderly, then by force; a second Ctrl-C shortens the wait."""
        mains = [kept.process.pid for kept in self._kept if kept.process]
        for pid in mains:
            os.kill(pid, signal.SIGTERM)  # the main alone: it knows how to end its children
        until = time.monotonic() + _PATIENCE
        while self._reap(restart=False) and time.monotonic() < until:
            received = signal.sigtimedwait(_WATCHED, 0.2)
            if received and received.si_signo in _STOPPING:
                break
        for group in {*mains, *(group for kept in self._kept for group in kept.left)}:
            _signal_group(group, signal.SIGKILL)
        until = time.monotonic() + 5
        while self._reap(restart=False) and time.monotonic() < until:
            signal.sigtimedwait({signal.SIGCHLD}, 0.2)

    def _start_if_due(self, kept: _Kept) -> None:
        if kept.process or time.monotonic() < kept.due:
            return
        kept.left = [group for group in kept.left if _signal_group(group, signal.SIGKILL)]
        if kept.left:  # a port or a lock may still be held
            return
        kept.service.log.parent.mkdir(parents=True, exist_ok=True)
        with kept.service.log.open("ab") as log:
            kept.process = start_process(
                kept.service.command, environment=self._environment, output=log.fileno()
            )
        kept.began = time.monotonic()

    def _reap(self, *, restart: bool = True) -> bool:
        """Bury every dead child; return whether any child, own or adopted, is left."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if not pid:
                return True
            for kept in self._kept:
                if kept.process and kept.process.pid == pid:
                    kept.process.returncode = os.waitstatus_to_exitcode(status)
                    self._lost(kept, pid, status, restart=restart)

    def _lost(self, kept: _Kept, pid: int, status: int, *, restart: bool) -> None:
        """A main process is dead: kill what it left and say when it comes back."""
        kept.process = None
        if _signal_group(pid, signal.SIGKILL):
            kept.left.append(pid)
        if not restart:
            return
        now = time.monotonic()
        kept.delay = (
            _FIRST_DELAY if now - kept.began > _LONG_LIFE else min(kept.delay * 2, _LONGEST_DELAY)
        )
        kept.due = now + kept.delay
        name = kept.service.name
        self._say(f"{name} {_how(status)} and starts again in {kept.delay:.1f} s; its last words:")
        self._say(last_words(kept.service.log))
