"""Everything that must be green (``make test``).

The stages on PostgreSQL and Redis run beside the others, for both wait now and then; what they say
is shown when all is over. All stages are run to the end even when one fails, so that one run tells
all. Whatever was started is stopped, however the run ends. The last line counts the tests.
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.databases import NoServer, end_process, postgresql, redis_server  # noqa: E402
from scripts.supervisor import start_process  # noqa: E402

BUILD = ROOT / "build"
_LONGEST_STAGE = 1200.0  # seconds; a stage that hangs is ended and counts as failed

# Settings of a developer's shell must not change what the tests see.
_NOT_INHERITED = {
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "DATABASE_URL",
    "DEBUG",
    "DEMO",
    "DJANGO_SETTINGS_MODULE",
    "PORT",
    "PRIVATE_ROOT",
    "PROXY_COUNT",
    "PYTHONDONTWRITEBYTECODE",  # each of a hundred processes would compile everything anew
    "REDIS_URL",
    "SECRET_KEY",
    "SIGNING_DIR",
    "SITE_URL",
    "VAR_DIR",
}


@dataclass(frozen=True)
class Stage:
    """One thing that must be green."""

    name: str
    command: Sequence[str]
    servers: bool = False  # on PostgreSQL and Redis instead of SQLite and files
    counts: bool = False  # writes a JUnit file

    @property
    def file(self) -> str:
        """Name its files begin with."""
        return self.name.replace(": ", "-").replace(" ", "-")


@dataclass
class Result:
    """How a stage ended."""

    name: str
    failed: bool
    seconds: float
    passed: int = 0
    broken: int = 0
    left_out: int = 0


@dataclass
class Run:
    """What the stages of one run share."""

    folder: Path
    arguments: list[str]
    servers: Mapping[str, str] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)


@dataclass
class Started:
    """A stage that is going on."""

    stage: Stage
    process: subprocess.Popen[bytes]
    report: Path
    begun: float = field(default_factory=time.monotonic)

    def is_over(self) -> bool:
        """Tell whether it has ended or must be ended."""
        return self.process.poll() is not None or self._lasts() > _LONGEST_STAGE

    def end(self) -> Result:
        """Return how it went; one that goes on for too long is ended and failed."""
        status = self.process.poll()
        if status is None:
            say(f"{self.stage.name} was ended after {_LONGEST_STAGE:.0f} s")
        end_process(self.process, signal.SIGINT, 20)
        result = Result(self.stage.name, status != 0, self._lasts())
        if self.stage.counts:
            _count(self.report, result)
        return result

    def _lasts(self) -> float:
        return time.monotonic() - self.begun


@dataclass
class Lane:
    """Stages that follow one another; those of a lane ``aside`` speak into files."""

    waiting: list[Stage]
    aside: bool = False
    going: Started | None = None

    def go_on(self, run: Run) -> bool:
        """Start the next stage when none is going; return whether there is one to wait for."""
        if self.going and self.going.is_over():
            run.results[self.going.stage.name] = self.going.end()
            self.going = None
        if not self.going and self.waiting:
            self.going = start_stage(self.waiting.pop(0), run, aside=self.aside)
        return self.going is not None


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)


def _python(*words: str) -> list[str]:
    return [sys.executable, *words]


def _pytest(*words: str) -> list[str]:
    return _python("-m", "pytest", "-q", *words)


def stages() -> list[Stage]:
    """Return all stages in their order: the quick ones first."""
    lint_imports = (
        "import sys; from importlinter.cli import lint_imports_command as l; sys.exit(l())"
    )
    plain = ("--dist", "worksteal", "-m", "not browser")  # neighbours share what they look at
    browser = ("--dist", "loadfile", "-m", "browser", "tests/journeys")
    return [
        Stage("lint: ruff check", _python("-m", "ruff", "check", ".")),
        Stage("lint: ruff format", _python("-m", "ruff", "format", "--check", ".")),
        Stage("lint: types", _python("-m", "mypy", ".")),
        Stage("lint: import contracts", _python("-c", lint_imports, "--no-logo")),
        Stage("lint: migrations", _python("manage.py", "makemigrations", "--check", "--dry-run")),
        Stage("tests: sqlite", _pytest("-n", "2", *plain), counts=True),
        Stage("tests: postgresql", _pytest("-n", "1", *plain), servers=True, counts=True),
        Stage("journeys: sqlite", _pytest("-n", "2", *browser), counts=True),
        Stage("journeys: postgresql", _pytest("-n", "1", *browser), servers=True, counts=True),
    ]


def environment_of(stage: Stage, run: Run) -> dict[str, str]:
    """Return the environment of a stage: nothing of the developer's settings, servers if wanted."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name.removesuffix("_FILE") not in _NOT_INHERITED and not name.startswith("TEST_")
    }
    environment["TEST_TEMPLATES"] = str(run.folder / "templates")
    environment["VAR_DIR"] = str(run.folder / ("var-servers" if stage.servers else "var"))
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    if stage.servers:
        environment.update(run.servers)
    return environment


def start_stage(stage: Stage, run: Run, *, aside: bool) -> Started:
    """Start one stage."""
    say(f"\n=== {stage.name}{' (goes on beside)' if aside else ''}")
    report = run.folder / f"{stage.file}.xml"
    command = list(stage.command)
    if stage.counts:
        command += [f"--junitxml={report}", *run.arguments]
    with (run.folder / f"{stage.file}.log").open("wb") as log:
        process = start_process(
            command,
            environment=environment_of(stage, run),
            output=log.fileno() if aside else None,
            folder=ROOT,
            by=signal.SIGINT,
        )
    return Started(stage, process, report)


def run_lanes(wanted: Sequence[Stage], run: Run) -> None:
    """Run the stages on the servers beside the others, each lane in its order."""
    plain, second = ([stage for stage in wanted if stage.servers is one] for one in (False, True))
    lanes = [Lane(plain), Lane(second, aside=bool(plain))]
    try:
        while sum(lane.go_on(run) for lane in lanes):  # each of them, not up to the first
            time.sleep(0.05)
    finally:
        for lane in lanes:
            if lane.going:
                end_process(lane.going.process, signal.SIGINT, 20)
        for stage in wanted:
            log = run.folder / f"{stage.file}.log"
            if log.is_file() and (said := log.read_text(errors="replace")):
                say(f"\n=== {stage.name}\n{said}")


def _count(report: Path, result: Result) -> None:
    """Read how many tests a stage ran."""
    try:
        suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314  (our own file)
    except (OSError, ElementTree.ParseError):
        return
    for suite in suites:
        tests, left_out = int(suite.get("tests", "0")), int(suite.get("skipped", "0"))
        broken = int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
        result.broken += broken
        result.left_out += left_out
        result.passed += tests - broken - left_out


@contextlib.contextmanager
def servers_for(wanted: Sequence[Stage], folder: Path) -> Iterator[dict[str, str]]:
    """Start PostgreSQL and Redis when a stage needs them; yield what tells the tests about them."""
    if not any(stage.servers for stage in wanted):
        yield {}
        return
    with postgresql(folder / "postgresql") as database, redis_server(folder / "redis") as redis:
        yield {"DATABASE_URL": database, "TEST_DATABASE_URL": database, "TEST_REDIS_URL": redis}


@contextlib.contextmanager
def run_folder() -> Iterator[Path]:
    """Yield a folder of our own under build/ and remove it, and those of runs that were killed."""
    BUILD.mkdir(exist_ok=True)
    for old in BUILD.glob("run-*"):
        if not Path("/proc", old.name.removeprefix("run-")).exists():
            for link in old.iterdir():
                if link.is_symlink():
                    shutil.rmtree(link.resolve(), ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
    folder = BUILD / f"run-{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def summary(results: Sequence[Result], wanted: int, seconds: float) -> int:
    """Print the table and the closing line; return the exit status."""
    say("")
    for result in results:
        counted = f"{result.passed} passed, {result.broken} failed" if result.passed else ""
        verdict = "FAILED" if result.failed else "ok"
        say(f"{result.name:24} {verdict:7} {result.seconds:6.1f} s  {counted}")
    failed = [result.name for result in results if result.failed]
    if len(results) < wanted:
        failed.append(f"{wanted - len(results)} stages not run")
    if failed:
        say(f"\nNot green: {'; '.join(failed)}")
    passed = sum(result.passed for result in results)
    broken = sum(result.broken for result in results)
    left_out = sum(result.left_out for result in results)
    skipped = f", {left_out} skipped" if left_out else ""
    counted = f"{passed} passed, {broken} failed{skipped}"
    if not (passed or broken):
        counted = f"{len(results)} stages run, {len(failed)} not green"
    say(f"\n{counted} in {seconds:.0f} s")
    return 1 if failed else 0


def _leave(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an ordinary end, so that everything on the way out is closed."""
    sys.exit(128 + number)


def main() -> int:
    """Run the stages that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", default="", help="stages whose name holds one of these words, e.g. lint,sqlite"
    )
    parser.add_argument("pytest", nargs="*", help="words for pytest, after --")
    asked = parser.parse_args()
    words = [word for word in asked.only.split(",") if word]
    wanted = [stage for stage in stages() if not words or any(w in stage.name for w in words)]
    if not wanted:
        parser.error(f"no stage is called so; there are: {', '.join(s.name for s in stages())}")
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _leave)
    begun = time.monotonic()
    with contextlib.ExitStack() as stack:
        run = Run(stack.enter_context(run_folder()), asked.pytest)
        try:
            run.servers = stack.enter_context(servers_for(wanted, run.folder))
        except NoServer as failure:
            say(str(failure))
            return summary([], len(wanted), time.monotonic() - begun)
        run_lanes(wanted, run)
    results = [run.results[stage.name] for stage in wanted if stage.name in run.results]
    return summary(results, len(wanted), time.monotonic() - begun)


if __name__ == "__main__":
    sys.exit(main())
