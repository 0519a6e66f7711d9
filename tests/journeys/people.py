"""People in front of the portal: each has a browser of their own and looks at words, not at ids."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPRedirectHandler, Request, build_opener
from zoneinfo import ZoneInfo

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    expect,
)

from tests.servers import Portal

PASSWORD = "demo-sungai-kampar"
WIB = ZoneInfo("Asia/Jakarta")
BEGINNING = datetime(2026, 11, 16, 9, 0, tzinfo=WIB)  # a Monday, no holiday that week or the next
PATIENCE = 45.0  # seconds for what a worker does
ARRIVAL = 5.0  # seconds for a page that is on its way
# htmx reports it as an error when a form is sent while it still saves itself
_LEFT_THE_PAGE = ("htmx:sendAbort", "htmx:afterRequest")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",  # a process for each page of each person costs twice the time
]


def launch(playwright: Playwright, *, reads_papers: bool = False) -> Browser:
    """Start the Chromium of the system: the one without a window, or the one that shows PDFs."""
    names = ["chromium"] if reads_papers else ["chromium-headless-shell", "chromium"]
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, f"Chromium is missing: apt-get install {names[0]}"
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


@dataclass
class Tally:
    """What a person did with hand and eye, and an estimate of the time it took.

    The rates are those of an unhurried clerk: a page is read for fifteen seconds, a click with its
    way costs three, to find a field four, and three signs a second are typed.
    """

    pages: int = 0
    clicks: int = 0
    fields: int = 0
    signs: int = 0

    def field(self, words: str) -> None:
        """Count one field that was filled with ``words``."""
        self.fields += 1
        self.signs += len(words)

    def choice(self) -> None:
        """Count one field in which something was chosen: a click, and nothing is typed."""
        self.fields += 1
        self.clicks += 1

    @property
    def minutes(self) -> float:
        """The estimate, in minutes of work."""
        return (15 * self.pages + 3 * self.clicks + 4 * self.fields + self.signs / 3) / 60

    def __str__(self) -> str:
        parts = f"{self.pages} pages, {self.clicks} clicks, {self.fields} fields"
        return f"{parts}, {self.signs} signs: about {self.minutes:.0f} minutes"


@dataclass
class Person:
    """Somebody with a browser. What the browser complains about is kept in ``faults``."""

    name: str
    context: BrowserContext
    page: Page
    faults: list[str]
    tally: Tally = field(default_factory=Tally)

    def visit(self, path: str) -> None:
        """Type an address."""
        self.tally.pages += 1
        self.page.goto(path)

    def follow(self, words: str | re.Pattern[str], *, exact: bool = False) -> None:
        """Click a link."""
        self.tally.clicks += 1
        self.tally.pages += 1
        self.page.get_by_role("link", name=words, exact=exact).first.click()

    def press(self, words: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Click a button, once the page stands still: what it moves away from is not pressed."""
        self.tally.clicks += 1
        self.tally.pages += 1
        self.page.wait_for_load_state()
        (within or self.page).get_by_role("button", name=words).first.click()

    def open(self, words: str | re.Pattern[str]) -> None:
        """Open a fold, unless the page came with it open; a page on its way may close it again."""
        self.tally.clicks += 1
        self.page.wait_for_load_state()
        summary = self.page.locator("summary", has_text=words).first
        for _turn in range(3):
            if summary.locator("..").get_attribute("open") is None:
                summary.click()
            self.page.wait_for_timeout(200)

    def write(self, label: str, words: str) -> None:
        """Fill one field."""
        self.tally.field(words)
        self.page.get_by_label(label).fill(words)

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Fail unless ``words`` are on the page."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def reads(self, *words: str) -> None:
        """Fail unless the text of the page holds all of ``words``; blanks do not count."""
        until = time.monotonic() + ARRIVAL
        while missing := [one for one in words if one not in (text := self.text())]:
            assert time.monotonic() < until, f"{missing} not on {self.page.url}:\n{text}"
            self.page.wait_for_timeout(50)

    def text(self) -> str:
        """Return the words of the page, every run of blanks made one."""
        main = self.page.locator("main")
        whole = main if main.count() else self.page.locator("body")
        return " ".join(whole.inner_text().split())

    def heading(self, words: str | re.Pattern[str]) -> None:
        """Fail unless the page is headed so."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def waits_for(self, make: Callable[[], Locator]) -> None:
        """Load the page again and again until something is there: a worker is busy with it."""
        until = time.monotonic() + PATIENCE
        while not make().first.is_visible():
            assert time.monotonic() < until, f"not there: {make()}\n{self.text()}"
            self.page.wait_for_timeout(200)
            self.page.reload()

    def status_of(self, path: str) -> int:
        """Return how the portal answers this person at ``path``, without showing it."""
        return self.context.request.get(path, max_redirects=0).status

    def download(self, path: str) -> bytes:
        """Return the bytes behind ``path``."""
        answer = self.context.request.get(path)
        assert answer.ok, f"{path}: {answer.status}"
        return answer.body()

    def request(self, path: str, form: dict[str, str]) -> Request:
        """Return a form as this person's browser would send it, to be sent by hand."""
        kept = {one["name"]: one["value"] for one in self.context.cookies()}
        fields = urlencode({"csrfmiddlewaretoken": kept["csrftoken"], **form})
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in kept.items())}
        return Request(urljoin(self.page.url, path), fields.encode(), headers)  # noqa: S310

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        """Log in on the real page."""
        self.visit("/akun/login/")
        self.write("Alamat e-mail", email)
        self.write("Kata sandi", password)
        self.press("Masuk")
        expect(self.page.get_by_role("button", name="Masuk", exact=True)).to_have_count(0)

    def come_in(self, email: str, password: str = PASSWORD) -> None:
        """Log in without a look at the page, which costs as much as an act at a desk."""
        self.context.request.get("/akun/login/")
        kept = {one["name"]: one["value"] for one in self.context.cookies()}
        typed = {"csrfmiddlewaretoken": kept["csrftoken"], "login": email, "password": password}
        answer = self.context.request.post("/akun/login/", form={**typed}, max_redirects=0)
        assert answer.status == 302, f"{email} is not let in: {answer.status}"


@dataclass
class Stage:
    """A running portal, a browser, and a clock that only goes when it is told to."""

    portal: Portal
    browser: Browser
    people: list[Person] = field(default_factory=list)

    def at(self, moment: datetime) -> None:
        """Set the clock of the portal; logins last twelve hours."""
        set_clock(self.portal.var_dir, moment)

    def person(
        self,
        email: str = "",
        *,
        password: str = PASSWORD,
        javascript: bool = True,
        width: int = 1280,
    ) -> Person:
        """Return somebody with a fresh browser, logged in if ``email`` is given."""
        context = self.browser.new_context(
            base_url=self.portal.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        context.set_default_timeout(20_000)
        one = Person(email or "a stranger", context, context.new_page(), [])
        listen(one)
        self.people.append(one)
        if email:
            one.come_in(email, password)
        return one

    def leave(self, person: Person) -> None:
        """Close somebody's browser and fail if it complained."""
        self.people.remove(person)
        person.context.close()
        assert not person.faults, f"{person.name}: " + "\n".join(person.faults)

    def clear(self) -> list[str]:
        """Close every browser; return what they complained about."""
        faults = [f"{person.name}: {fault}" for person in self.people for fault in person.faults]
        for person in self.people:
            person.context.close()
        self.people.clear()
        return faults


class _Stay(HTTPRedirectHandler):
    """Where one is sent is an answer, not a further question."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def send(request: Request) -> tuple[int, str]:
    """Send a form by hand, as a page that was left open would; return status and words."""
    try:
        with build_opener(_Stay).open(request, timeout=60) as answer:
            return int(answer.status), answer.read().decode()
    except HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def at_once(*requests: Request) -> list[int]:
    """Send several forms in the same moment; return how each was answered."""
    with ThreadPoolExecutor(len(requests)) as hands:
        return [status for status, _words in hands.map(send, requests)]


def set_clock(var_dir: Path, moment: datetime) -> None:
    """Tell the processes of the portal what time it is; their clock never goes back."""
    file = var_dir / "clock"
    ahead = (moment - datetime.now(UTC)).total_seconds()
    if file.exists():
        ahead = max(ahead, float(file.read_text(encoding="ascii")))
    file.with_suffix(".new").write_text(str(ahead), encoding="ascii")
    file.with_suffix(".new").replace(file)


def listen(person: Person) -> None:
    """Keep every error of the console (violations of the content policy are there as well)."""

    def heard(message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if place.startswith("chrome:"):  # the browser's own PDF page, left before it had its font
            return
        if message.type == "error" and not message.text.startswith(_LEFT_THE_PAGE):
            person.faults.append(f"{message.text} ({place})")

    person.context.on("console", heard)
    person.context.on("weberror", lambda fault: person.faults.append(str(fault.error)))
    person.context.on(
        "response",
        lambda answer: (
            person.faults.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
        ),
    )
