"""One browser for all journeys, one portal for each module, and a person whenever one is needed."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.people import BEGINNING, Person, Stage, set_clock
from tests.servers import Portal, running_portal

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",  # a process for each page of each person costs twice the time
]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show beside a failure what the portal was saying."""
    report = yield
    portal = getattr(item, "funcargs", {}).get("portal")
    if report.failed and portal is not None:
        for part in ("web", "worker"):
            report.sections.append((f"log of the {part}", portal.log(part)[-4000:]))
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of the system."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing: apt-get install chromium"
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    """A portal of the module's own, on the morning of Monday 16 November 2026."""
    moved = {"DJANGO_SETTINGS_MODULE": "tests.journeys.moved_clock"}
    with running_portal(environment=moved, parts=()) as running:
        set_clock(running.var_dir, BEGINNING)
        running.start("web", "worker", "beat")
        yield running


@pytest.fixture
def stage(portal: Portal, browser: Browser) -> Iterator[Stage]:
    """The portal with nobody in front of it yet; no browser may have complained at the end."""
    made = Stage(portal, browser)
    yield made
    faults = made.clear()
    assert not faults, "\n".join(faults)


@pytest.fixture
def stranger(stage: Stage) -> Person:
    """Somebody without an account."""
    return stage.person()
