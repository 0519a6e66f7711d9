"""The pages of officers beside what an office would use instead (``make bench``).

The worklist and the application page stand beside Django admin's changelist and change page of the
same thousand applications, as they come and as the same work would need them (``bench_admin``), and
beside django-helpdesk's list and ticket page with as many tickets: one PostgreSQL, the same server,
one officer, asked in turns in one run.
"""

from __future__ import annotations

import contextlib
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench_base import say, templates  # noqa: E402
from scripts.bench_complaints import (  # noqa: E402
    PAGES,
    Browser,
    install_rival,
    last_json,
    p95,
    rival_site,
)
from scripts.databases import postgresql  # noqa: E402
from tests.servers import running_portal  # noqa: E402

MANY = 1000
ROUNDS, LOOKS = 10, 10
AIM = 0.7  # of the time of each of the others
SETTINGS = {"DJANGO_SETTINGS_MODULE": "portal.settings.bench"}


@dataclass(frozen=True)
class Page:
    """A page of one of the sites, for somebody who has signed in."""

    port: int
    cookie: str
    look: Callable[[Browser], object]

    def times(self, many: int) -> list[float]:
        """Open it so many times on one connection; return milliseconds."""
        key, _, value = self.cookie.partition("=")
        browser = Browser(self.port, {key: value})
        found = []
        for _look in range(many):
            began = time.perf_counter()
            self.look(browser)
            found.append((time.perf_counter() - began) * 1000)
        browser.close()
        return found


def in_turns(paths: list[str]) -> Callable[[Browser], object]:
    """Return a look at the next of ``paths``."""
    turn = itertools.cycle(paths)
    return lambda browser: browser.get(next(turn))


def compare(name: str, pages: dict[str, Page]) -> None:
    """Ask all pages in turns and print ours beside each other one: p50 and p95."""
    times: dict[str, list[float]] = {site: [] for site in pages}
    for page in pages.values():
        page.times(5)
    for _round in range(ROUNDS):
        for site, page in pages.items():
            times[site] += page.times(LOOKS)
    ours, *others = pages
    for word, of in (("p50", statistics.median), ("p95", p95)):
        figure = of(times[ours])
        beside = ", ".join(
            f"{other} {of(times[other]):.1f} ms, ratio {figure / of(times[other]):.2f}"
            for other in others
        )
        say(f"{name} {word}: {figure:.1f} ms ({beside}; aim {AIM})")


@contextlib.contextmanager
def helpdesk(server: str, folder: Path) -> Iterator[tuple[Page, Page] | None]:
    """Yield django-helpdesk's list and ticket page; None if it cannot be installed."""
    if not install_rival():
        yield None
        return
    folder.mkdir()
    with rival_site(server, folder, MANY) as site:
        tickets = in_turns([f"/tickets/{number}/" for number in range(MANY - 20, MANY)])
        yield (
            Page(site.port, site.cookie, PAGES["worklist"]),
            Page(site.port, site.cookie, tickets),
        )


def main() -> None:
    """Measure and print."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(templates())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-")))
        server = stack.enter_context(postgresql())
        portal = stack.enter_context(
            running_portal(database_url=server, environment=SETTINGS, parts=("web",))
        )
        loader = [sys.executable, str(ROOT / "scripts" / "bench_world.py")]
        world = last_json(loader, portal.environment)

        def ours(paths: list[str], cookie: str = "cookie") -> Page:
            return Page(portal.port, world[cookie], in_turns(paths))

        def admin(page: str) -> Page:
            return ours(world["admin"][page], "admin_cookie")

        lists = {
            "worklist": ours(world["pages"]["worklist with 1,000 files"]),
            "Django admin's changelist": admin("bench_admin changelist"),
            "the same with the worklist's columns": admin("bench_work changelist"),
        }
        pages = {
            "application page": ours(world["pages"]["desk file"]),
            "Django admin's change page": admin("bench_admin change page"),
            "the same with what the work needs": admin("bench_work change page"),
        }
        other = stack.enter_context(helpdesk(server, folder / "helpdesk"))
        if other is not None:
            lists["django-helpdesk's list"], pages["django-helpdesk's ticket page"] = other
        compare("worklist of 1,000 applications", lists)
        compare("application page", pages)


if __name__ == "__main__":
    main()
