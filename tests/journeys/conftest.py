"""One browser for all journeys, one portal for each module, and a person whenever one is needed."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.journeys.building import second_administrator
from tests.journeys.people import BEGINNING, Person, Stage, launch, set_clock
from tests.servers import Portal, running_portal


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show beside a failure what everybody has before them and what the portal was saying."""
    report = yield
    played = getattr(item, "funcargs", {})
    if report.failed and (stage := played.get("stage")):
        for one in stage.people:
            with suppress(PlaywrightError):  # a page that is just going away has no words
                report.sections.append((f"{one.name} at {one.page.url}", one.text()))
    if report.failed and (portal := played.get("portal")):
        for part in ("web", "worker"):
            report.sections.append((f"log of the {part}", portal.log(part)[-4000:]))
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of the system."""
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        chromium = launch(playwright)
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
        running.kill()  # nobody needs what they have in hand


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


@pytest.fixture
def administrators(stage: Stage) -> tuple[Person, Person]:
    """The administrator of the portal whom an installation makes, and the one they add."""
    first = stage.person("admin@demo.invalid")
    return first, second_administrator(stage, first)
