"""Processes are kept alive, and none outlives the one that keeps it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# A supervisor of one service. The service has a child of its own, and writes both numbers down.
KEEPER = """
import sys
from pathlib import Path
from scripts.supervisor import Service, Supervisor

folder = Path(sys.argv[1])
child = "import os,sys,time;open(sys.argv[1],'a').write(f'{os.getpid()} ');time.sleep(600)"
main = (
    "import os,subprocess,sys,time;open(sys.argv[1],'a').write(f'{os.getpid()} ');"
    f"subprocess.Popen([sys.executable,'-c',{child!r},sys.argv[2]]);time.sleep(600)"
)
words = [sys.executable, "-c", main, str(folder / "mains"), str(folder / "children")]
supervisor = Supervisor({}, lambda line: print(line, flush=True))
supervisor.add(Service("busy", words, folder / "busy.log"))
while supervisor.turn(0.1):
    pass
supervisor.stop()
print("ended", flush=True)
"""


def until(fact: Callable[[], object], seconds: float = 20) -> None:
    """Wait until something is so; fail when it never is."""
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Return whether this process runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class Keeper:
    """The supervisor under test and what it has started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", KEEPER, str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def pids(self, name: str) -> list[int]:
        path = self.folder / name
        return [int(word) for word in path.read_text().split()] if path.exists() else []

    def started(self, lives: int) -> tuple[int, int]:
        """Wait for the given life of the service and return its main process and its child."""
        until(lambda: len(self.pids("mains")) >= lives and len(self.pids("children")) >= lives)
        return self.pids("mains")[lives - 1], self.pids("children")[lives - 1]

    def all_gone(self) -> bool:
        return not any(alive(pid) for pid in self.pids("mains") + self.pids("children"))


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    kept = Keeper(tmp_path)
    yield kept
    for pid in [kept.process.pid, *kept.pids("mains"), *kept.pids("children")]:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
    kept.process.wait()
    assert kept.process.stdout
    kept.process.stdout.close()


def test_killed_service_comes_back_without_its_old_children(keeper: Keeper) -> None:
    main, child = keeper.started(1)
    os.kill(main, signal.SIGKILL)
    keeper.started(2)
    assert not alive(main)
    assert not alive(child)


def test_no_process_outlives_a_killed_supervisor(keeper: Keeper) -> None:
    main, _ = keeper.started(1)
    keeper.process.kill()
    until(lambda: not alive(main), 5)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_everything(keeper: Keeper, number: signal.Signals) -> None:
    keeper.started(1)
    keeper.process.send_signal(number)
    assert keeper.process.wait(20) == 0
    assert keeper.process.stdout
    assert keeper.process.stdout.read().endswith("ended\n")
    assert keeper.all_gone()


def test_service_that_dies_at_once_is_started_later_and_later(tmp_path: Path) -> None:
    from scripts import supervisor

    program = (
        "import sys;from pathlib import Path;from scripts.supervisor import Service, Supervisor\n"
        "lines=[];s=Supervisor({}, lines.append)\n"
        "s.add(Service('sick', [sys.executable,'-c','print(7);raise SystemExit(3)'],"
        "Path(sys.argv[1])))\n"
        "import time;end=time.monotonic()+4\n"
        "while time.monotonic()<end: s.turn(0.1)\n"
        "s.stop();print('\\n'.join(lines))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "sick.log")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "sick ended with 3 and starts again in 1.0 s" in said
    assert "sick ended with 3 and starts again in 2.0 s" in said
    assert "    7" in said
    assert said.count("sick ended") <= 3
    assert supervisor.last_words(tmp_path / "absent.log") == ""
