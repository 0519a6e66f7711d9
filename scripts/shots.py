"""Pictures of every page, phone and desk, under build/shots/ (``make shots``).

    make shots ARGS='meja tanda'    only the pages whose name holds one of these words

``index.html`` in that folder shows them all side by side.
"""

from __future__ import annotations

import argparse
import email
import html
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from email import policy
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from playwright.sync_api import Page as Tab  # noqa: E402

from scripts.shots_pages import (  # noqa: E402
    DESK,
    PAGES,
    PDFS,
    PHONE,
    STRICT,
    Gallery,
    Page,
    by_visitor,
    gallery,
    show,
)
from tests.journeys.people import launch  # noqa: E402

SHOTS = ROOT / "build" / "shots"
SIZES = {"ponsel": PHONE, "meja": DESK}


def main() -> None:
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="parts of the names of pages")
    words = parser.parse_args().words
    begun = time.monotonic()
    if not words:
        shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="portal-templates-") as folder:
        os.environ["TEST_TEMPLATES"] = folder
        with gallery() as made, sync_playwright() as playwright:
            browser = launch(playwright, reads_papers=True)
            print(f"the world is made: {time.monotonic() - begun:.0f} s", flush=True)
            for size in SIZES:
                for scheme in ("light", "dark"):
                    take(browser, made, size, scheme, chosen(PAGES, words))
            print_papers(browser, made, chosen(PAGES, words))
            draw_pdfs(browser, made, chosen(PDFS, words))
            if not words or "gangguan" in words:
                show_outage(browser, made)
            if not words:
                show_mails(browser, made)
            browser.close()
        if strict := chosen(STRICT, words):
            with gallery(strict=True) as made, sync_playwright() as playwright:
                browser = launch(playwright, reads_papers=True)
                for size in SIZES:
                    take(browser, made, size, "light", strict)
                browser.close()
    write_index()
    count = len(list(SHOTS.glob("*.png")))
    print(f"{count} pictures in {SHOTS} after {time.monotonic() - begun:.0f} s")


def chosen(pages: Sequence[Page], words: Sequence[str]) -> list[Page]:
    """Return the pages whose name holds one of the words; no words mean all."""
    return [page for page in pages if not words or any(word in page.name for word in words)]


def take(browser: Browser, made: Gallery, size: str, scheme: str, pages: Sequence[Page]) -> None:
    """Take the pages in one size and one scheme of colours."""
    wanted = [page for page in pages if scheme == "light" or page.dark]
    for who, theirs in by_visitor(wanted):
        context = made.visitor(
            browser,
            who,
            viewport=SIZES[size],
            color_scheme=scheme,
            has_touch=size == "ponsel",
            reduced_motion="reduce",
        )
        tab = context.new_page()
        for page in theirs:
            show(tab, made, page)
            settle(tab)
            wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                print(f"{page.name} ({size}) is {wide} px wider than the screen", flush=True)
            end = "-gelap" if scheme == "dark" else ""
            tab.screenshot(path=SHOTS / f"{page.name}-{size}{end}.png", full_page=True)
        context.close()


def settle(tab: Tab) -> None:
    """Wait for what comes late: pictures further down, and the viewer of PDFs."""
    tab.evaluate(
        "Promise.all([...document.images].map((one) => {"
        " one.loading = 'eager'; return one.decode().catch(() => null); }))"
    )
    if tab.locator("iframe:visible").count():
        tab.wait_for_timeout(1200)


def print_papers(browser: Browser, made: Gallery, pages: Sequence[Page]) -> None:
    """Print the pages that have a print design, as the browser's printer would."""
    for who, theirs in by_visitor([page for page in pages if page.paper]):
        context = made.visitor(browser, who)
        tab = context.new_page()
        for page in theirs:
            show(tab, made, page)
            draw(tab.pdf(prefer_css_page_size=True, print_background=False), f"{page.name}-kertas")
        context.close()


def draw_pdfs(browser: Browser, made: Gallery, pages: Sequence[Page]) -> None:
    """Draw the papers that the portal itself makes."""
    for page in pages:
        context = made.visitor(browser, page.who)
        answer = context.request.get(made.path(page))
        if not answer.ok:
            raise SystemExit(f"{page.name}: {answer.status}")
        draw(answer.body(), page.name)
        context.close()


def draw(pdf: bytes, name: str) -> None:
    """Write each page of a PDF as a picture."""
    command = ["pdftoppm", "-r", "80", "-png", "-", str(SHOTS / name)]
    subprocess.run(command, input=pdf, check=True)


def show_outage(browser: Browser, made: Gallery) -> None:
    """Take the page that is shown while the database is away: it needs nothing from it."""
    page = made.portal.play(
        "from django.template.loader import render_to_string; print(render_to_string('503.html'))"
    )
    for size, viewport in SIZES.items():
        context = made.visitor(browser, "", viewport=viewport)
        tab = context.new_page()
        tab.route("**/gangguan/", lambda route: route.fulfill(status=503, body=page))
        tab.goto("/gangguan/")
        tab.screenshot(path=SHOTS / f"gangguan-{size}.png", full_page=True)
        context.close()


def show_mails(browser: Browser, made: Gallery) -> None:
    """Take the newest mail of each kind as a mail program shows it."""
    context = browser.new_context(viewport=PHONE)
    tab = context.new_page()
    seen: set[str] = set()
    for file in sorted(made.portal.mail_dir.glob("*.log")):
        for part in file.read_bytes().split(b"-" * 79 + b"\n"):
            mail = email.message_from_bytes(part, policy=policy.default)
            body = mail.get_body(("html",)) if part.strip() else None
            kind = "-".join(str(mail["Subject"]).split()[2:5]).strip(":").lower()
            if body is None or kind in seen:
                continue
            seen.add(kind)
            tab.set_content(body.get_content())
            tab.screenshot(path=SHOTS / f"surel-{len(seen)}.png", full_page=True)
    context.close()


def write_index() -> None:
    """Write a page that shows all pictures."""
    figures = "\n".join(
        f'<figure><a href="{name}"><img src="{name}" loading="lazy"></a>'
        f"<figcaption>{name}</figcaption></figure>"
        for name in (html.escape(path.name) for path in sorted(SHOTS.glob("*.png")))
    )
    style = "body{display:flex;flex-wrap:wrap;gap:1rem;font:14px sans-serif}img{height:26rem}"
    (SHOTS / "index.html").write_text(
        f"<!doctype html><meta charset=utf-8><title>Shots</title><style>{style}</style>{figures}"
    )


if __name__ == "__main__":
    main()
