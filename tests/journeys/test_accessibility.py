"""Every page keeps to WCAG 2.2 AA, on a phone and on a desk, in both languages; paper is white.

The rules are those of axe, asked of each page twice: on a desk in Indonesian, on a phone in
English. What belongs to a language is the same in both sizes, what belongs to a size in both
languages. Whether a page is wider than the screen hangs on its words: it is asked in all four.

Its script is put into pages whose policy would refuse it, so only here the browser is told to
pass the policy by. Two browsers look at once, one for each language.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from scripts.shots_pages import DESK, PAGES, PHONE, Gallery, by_visitor, gallery, show
from tests.journeys.people import launch

pytestmark = [pytest.mark.browser, pytest.mark.once]

AXE = Axe().axe_script
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "reporter": "no-passes",
    "resultTypes": ["violations"],
    "elementRef": False,
    "iframes": False,  # what is framed are papers
}
# what the style sheets say of turning the screen: they are the same on every page of a visitor
LATER = {**RULES, "preload": False}
PAPERS = ["*/berkas/*-*", "*/konsep.pdf"]
# and the size in which the rules are asked
LANGUAGES = {"id": DESK, "en": PHONE}
# asked when the page has been drawn in its new size
WIDER = """() => new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame(() =>
  tell(document.documentElement.scrollWidth - window.innerWidth))))"""

PRINTED = [page for page in PAGES if page.dark or page.paper]
# what is at least as large as a line of text and would be printed dark; buttons keep their colour
DARK = """() => {
  const all = document.querySelectorAll('html, body, body *:not(.btn)');
  return [...all].filter((one) => {
    const box = one.getBoundingClientRect();
    const colour = getComputedStyle(one).backgroundColor.match(/[\\d.]+/g) || [];
    const [red, green, blue, alpha = 1] = colour.map(Number);
    return box.width * box.height > 4000 && alpha > 0.5 && red + green + blue < 300;
  }).map((one) => `${one.localName}.${one.className}`);
}"""

Findings = dict[str, list[str]]


@pytest.fixture(scope="module")
def made() -> Iterator[Gallery]:
    """A portal with files at every step of their way."""
    with gallery() as running:
        yield running


@pytest.fixture(scope="module")
def findings(made: Gallery) -> dict[str, Findings]:
    """What is wrong with each page, by language and name."""
    with ThreadPoolExecutor(len(LANGUAGES)) as hands:
        return dict(zip(LANGUAGES, hands.map(partial(look, made), LANGUAGES), strict=True))


def look(made: Gallery, language: str) -> Findings:
    """Open every page in one language, in both sizes, and return what is wrong with each."""
    found: Findings = {}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for who, theirs in by_visitor(PAGES):
            tab = visit(made, browser, who, language)
            own, sizes = LANGUAGES[language], [DESK, PHONE]
            for index, page in enumerate(theirs):
                show(tab, made, page)
                tab.evaluate(AXE)
                spoken = tab.locator("html").get_attribute("lang")
                found[page.name] = [] if spoken == language else [f"speaks {spoken}"]
                for size in [own] if page.again else sizes:
                    tab.set_viewport_size(size)
                    # the style sheets are the same on every page of a visitor
                    wrong = faults(tab, LATER if index else RULES) if size == own else []
                    found[page.name] += [
                        f"{size['width']} px: {one}" for one in [*wrong, *too_wide(tab)]
                    ]
                sizes.reverse()  # the next page comes in the size this one was left in
            tab.context.close()
        browser.close()
    return found


def visit(made: Gallery, browser: Browser, who: str, language: str) -> Tab:
    """Return a browser into which axe may be put, and in which papers stay unread."""
    context = made.visitor(browser, who, bypass_csp=True, reduced_motion="reduce", viewport=DESK)
    made.speak(context, language)
    tab = context.new_page()
    network = context.new_cdp_session(tab)  # a route would also turn off the browser's cache
    network.send("Network.enable")
    network.send("Network.setBlockedURLs", {"urls": PAPERS})
    return tab


def faults(tab: Tab, rules: dict[str, Any] = RULES) -> list[str]:
    """Return what axe finds on the open page."""
    found = tab.evaluate("rules => axe.run(document, rules).then(found => found.violations)", rules)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]}"
        for one in found
        for node in one["nodes"]
    ]


def too_wide(tab: Tab) -> list[str]:
    """Return whether the open page is wider than the screen."""
    wider = tab.evaluate(WIDER)
    return [f"{wider} px wider than the screen"] if wider > 0 else []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_axe_finds_nothing(findings: dict[str, Findings], name: str, language: str) -> None:
    assert findings[language][name] == []


def test_axe_bites(made: Gallery, browser: Browser) -> None:
    tab = visit(made, browser, "", "id")
    tab.goto("/")
    tab.set_viewport_size(PHONE)
    tab.evaluate(AXE)
    assert faults(tab) + too_wide(tab) == []
    faulty = "<img src=x><input><p style='width: 500px; color: #ccc; background: #fff'>pudar</p>"
    tab.evaluate("faulty => { document.querySelector('main').innerHTML = faulty; }", faulty)
    found = " ".join(faults(tab) + too_wide(tab))
    tab.context.close()
    assert "image-alt" in found
    assert "label" in found
    assert "color-contrast" in found
    assert "wider than the screen" in found


def test_no_dark_band_is_printed_from_a_dark_screen(made: Gallery, browser: Browser) -> None:
    found = {}
    for who, theirs in by_visitor(PRINTED):
        context = made.visitor(browser, who, viewport=DESK, color_scheme="dark")
        tab = context.new_page()
        for page in theirs:
            show(tab, made, page)
            tab.emulate_media(media="print", color_scheme="dark")
            tab.wait_for_timeout(300)  # colours change in steps
            if dark := tab.evaluate(DARK):
                found[page.name] = dark
            tab.emulate_media(media="screen", color_scheme="dark")
        context.close()
    assert found == {}


def test_the_screen_itself_is_dark(made: Gallery, browser: Browser) -> None:
    context = made.visitor(browser, "", viewport=DESK, color_scheme="dark")
    tab = context.new_page()
    tab.goto("/")
    assert tab.evaluate(DARK) != []  # what the test above would find, were it printed
    context.close()
