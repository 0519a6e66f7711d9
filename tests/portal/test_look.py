"""The look of the whole: files of others, colours, weight, the layouts and the error pages."""

from __future__ import annotations

import gzip
import hashlib
import re
from datetime import datetime
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import _unmask_cipher_token  # type: ignore[attr-defined]
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import URLPattern, include, path, reverse
from django.utils import translation
from django.utils.html import escape
from pytest_django import Settings

from portal import context, waiting_counts

STATIC = Path(context.__file__).parent / "static" / "portal"
VENDOR = STATIC / "vendor"
TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
BUDGET = 150_000  # bytes of style, script and font that a citizen's phone loads, compressed


def _page(request: HttpRequest, **words: str) -> HttpResponse:
    return HttpResponse()


def _named(app: str, *names: str) -> tuple[list[URLPattern], str]:
    return [path(f"{app}/{name}/", _page, name=name) for name in names], app


urlpatterns = [
    path(
        "",
        include(
            _named(
                "portal",
                *("home", "search", "after_login", "mailbox", "health"),
                *("waiting", "waiting_counts"),
            )
        ),
    ),
    path("", include(_named("standards", "service_list", "open_data"))),
    path("", include(_named("notices", "messages"))),
    path("", include(_named("archives", "notice", "own"))),
    path("", include(_named("authority", "list", "account"))),
    path("", include(_named("complaints", "home", "list", "reports"))),
    path("", include(_named("surveys", "results"))),
    path("", include(_named("boards", "now", "promises_home"))),
    path(
        "",
        include(
            _named(
                "permits",
                "track",
                "verify",
                "public_register",
                "my_applications",
                "worklist",
                "register",
            )
        ),
    ),
    path("", include(_named("admin", "index"))),
    path("akun/", include("allauth.urls")),
    path("bahasa/", _page, name="set_language"),
]
with_stub_addresses = pytest.mark.urls(__name__)


def ask(**extra: object) -> HttpRequest:
    request = RequestFactory().get("/x/?a=1")
    request.user = AnonymousUser()
    for name, value in extra.items():
        setattr(request, name, value)
    return request


@pytest.fixture(autouse=True)
def _without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are drawn here without a database: an officer has one position and two messages."""

    def officer_of(user: Officer, at: datetime) -> SimpleNamespace:
        user.asked += 1
        desk = {
            "office": SimpleNamespace(zone=None),
            "position": SimpleNamespace(name="Verifikator"),
        }
        return SimpleNamespace(user=user, at=at, seats={1: desk}, headed=set(), desk=desk)

    monkeypatch.setattr(context, "officer_of", officer_of)
    monkeypatch.setattr(context, "menu_of", lambda officer: waiting_counts.Menu(unread=2))


class Officer(SimpleNamespace):
    """A person of the desk, without a database."""

    is_authenticated = True
    is_staff = False
    email = "rina@example.go.id"
    asked = 0

    def get_full_name(self) -> str:
        return "Rina Wulandari"

    get_short_name = get_full_name


# Files of others


def test_vendored_files_are_as_published_and_all_of_them_are_listed() -> None:
    rows = re.findall(r"^\| (\S+) \| ([0-9a-f]{64}) \|$", (VENDOR / "VENDOR.md").read_text(), re.M)
    found = {
        file.relative_to(VENDOR).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "VENDOR.md"
    }
    assert dict(rows) == found


# Colours


def _block(opening: str) -> dict[str, str]:
    body = TOKENS[TOKENS.index(opening) + len(opening) :]
    return dict(re.findall(r"--([\w-]+): ([^;]+);", body[: body.index("}")]))


LIGHT = _block(":root {")
DARK = _block('[data-bs-theme="dark"] {')
MEANINGS = ("good", "attention", "late", "neutral")
GROUNDS = ("paper", "surface", "sunk")
SOFT = ("good-soft", "attention-soft", "late-soft", "neutral-soft", "primary-soft", "accent-soft")
PAIRS = [
    *product(("ink", "ink-soft"), GROUNDS + SOFT),
    *product(("primary", *MEANINGS), GROUNDS),
    *((meaning, f"{meaning}-soft") for meaning in ("primary", *MEANINGS)),
    *product(("on-band", "on-band-soft"), ("band", "band-deep")),
    *product(("surface",), ("good", "attention", "late")),  # words on buttons of these colours
    *product(("on-primary",), ("primary", "primary-strong")),
    *product(("on-accent",), ("accent", "accent-strong")),
]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_stand_out_from_their_ground(theme: dict[str, str]) -> None:
    faint = [pair for pair in PAIRS if contrast(theme[pair[0]], theme[pair[1]]) < 4.5]
    assert faint == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_controls_and_the_focus_can_be_seen(theme: dict[str, str]) -> None:
    for edge in ("line-strong", "focus"):
        assert contrast(theme[edge], theme["surface"]) >= 3
        assert contrast(theme[edge], theme["paper"]) >= 3


def test_the_dark_of_the_device_and_of_the_switch_are_one() -> None:
    assert _block(':root:not([data-bs-theme="light"]) {') == DARK
    assert DARK.keys() == LIGHT.keys()


def test_colours_stand_in_the_tokens_only() -> None:
    style = (STATIC / "css" / "app.css").read_text(encoding="utf-8").split("/* On paper")[0]
    assert set(re.findall(r"#[0-9a-f]{6}\b", style)) <= {"#ffffff"}


# Weight


@with_stub_addresses
def test_a_citizen_page_is_light() -> None:
    page = render_to_string("public.html", request=ask())
    names = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|woff2))"', page))
    assert "portal/vendor/bootstrap/bootstrap.min.css" in names
    assert "portal/js/portal.js" in names
    weight = 0
    for name in names:
        body = Path(str(finders.find(name))).read_bytes()
        weight += len(body if name.endswith("woff2") else gzip.compress(body))
    assert weight <= BUDGET


@with_stub_addresses
@pytest.mark.parametrize("layout", ["public.html", "desk.html", "print.html"])
def test_scripts_wait_for_the_page(layout: str) -> None:
    page = render_to_string(layout, request=ask(user=Officer()))
    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts
    assert all("defer" in script and "src=" in script for script in scripts)


# Layouts


@with_stub_addresses
@pytest.mark.parametrize("layout", ["public.html", "desk.html"])
def test_a_layout_can_be_walked_by_landmarks_and_keyboard(layout: str) -> None:
    page = render_to_string(layout, request=ask(user=Officer()))
    assert page.index('href="#isi"') < page.index("<header")
    assert page.count('<main class="') == 1
    assert 'id="isi" tabindex="-1"' in page
    assert '<html lang="id"' in page


@with_stub_addresses
def test_the_language_of_the_page_is_declared() -> None:
    with translation.override("en"):
        page = render_to_string("public.html", request=ask())
    assert '<html lang="en"' in page
    assert 'name="language" value="id"' in page
    assert '<input type="hidden" name="next" value="/x/?a=1">' in page


@with_stub_addresses
def test_strangers_are_asked_in_and_people_find_their_menu() -> None:
    assert 'href="/akun/login/"' in render_to_string("public.html", request=ask())
    page = render_to_string("public.html", request=ask(user=Officer()))
    assert 'href="/akun/login/"' not in page
    assert 'action="/akun/logout/"' in page
    assert "rina@example.go.id" in page


@with_stub_addresses
def test_only_administrators_see_the_administration() -> None:
    assert "/admin/index/" not in render_to_string("desk.html", request=ask(user=Officer()))
    clerk = Officer()
    clerk.is_staff = True
    assert "/admin/index/" in render_to_string("desk.html", request=ask(user=clerk))


# The side and the foot of the desk are written once: nothing in them may be somebody else's


ONE = {
    "name": "Rina Wulandari", "email": "rina@example.go.id", "office": "DPMPTSP Pekanbaru",
    "position": "Petugas loket", "unread": 3, "said": "Tersimpan.", "theme": "dark",
    "path": "/x/?a=1",
}  # fmt: skip
OTHER = {
    "name": "Budi & Anak", "email": "budi@example.go.id", "office": "DPMPTSP Kampar",
    "position": "Kepala dinas", "unread": 7, "said": "Dikirim.", "theme": "light",
    "path": "/y/?b=2&c=3",
}  # fmt: skip


def desk_of(person: dict[str, Any], secret: str = "s" * 32, **more: Any) -> str:
    """Draw the layout of the desk for ``person``."""
    request = RequestFactory().get(person["path"])
    request.META["CSRF_COOKIE"] = secret
    request.COOKIES["theme"] = person["theme"]
    request.user = Officer(  # type: ignore[assignment]
        email=person["email"],
        get_full_name=lambda: person["name"],
        is_staff=more.pop("staff", False),
    )
    request.resolver_match = SimpleNamespace(view_name=more.pop("page", ""))  # type: ignore[assignment]
    words = {
        "desk": {"office": person["office"], "position": person["position"]},
        "menu": waiting_counts.Menu(unread=person["unread"], complaint_roles=more.pop("roles", 0)),
        "messages": [person["said"]], **more,
    }  # fmt: skip
    return render_to_string("desk.html", words, request=request)


def _tokens(page: str) -> list[str]:
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)


def _without_tokens(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)


@with_stub_addresses
def test_only_who_has_a_desk_asks_how_much_waits() -> None:
    address = f'hx-get="{reverse("portal:waiting_counts")}"'
    assert address in desk_of(ONE)
    assert address not in desk_of(ONE, desk={})  # an administrator without a position


@with_stub_addresses
def test_the_desk_never_shows_what_belongs_to_another_officer() -> None:
    first = desk_of(ONE)
    others = desk_of(OTHER)
    again = desk_of(ONE)
    assert _without_tokens(again) == _without_tokens(first)
    for page, mine, alien in ((first, ONE, OTHER), (others, OTHER, ONE)):
        for name in ("name", "email", "office", "position", "said", "path"):
            assert escape(mine[name]) in page
            assert escape(alien[name]) not in page
        assert f"{mine['unread']} belum dibaca" in page
        assert f"{alien['unread']} belum dibaca" not in page
        assert f' data-bs-theme="{mine["theme"]}"' in page
        assert f'<meta name="color-scheme" content="{mine["theme"]}">' in page


@with_stub_addresses
@pytest.mark.parametrize("name", sorted(ONE))
def test_the_desk_of_two_who_differ_in_one_thing_differs_in_it(name: str) -> None:
    desk_of(ONE)
    page = desk_of({**ONE, name: OTHER[name]})
    shown = "{} belum dibaca" if name == "unread" else 'theme="{}"' if name == "theme" else "{}"
    assert shown.format(escape(str(OTHER[name]))) in page
    assert shown.format(escape(str(ONE[name]))) not in page


@with_stub_addresses
def test_the_desk_follows_each_thing_it_shows() -> None:
    plain = desk_of(ONE)
    assert "/admin/index/" not in plain
    assert "/complaints/list/" not in plain
    assert "aria-current" not in plain
    assert "/admin/index/" in desk_of(ONE, staff=True)
    assert "/complaints/list/" in desk_of(ONE, roles=1)
    assert "belum dibaca" not in desk_of({**ONE, "unread": 0})
    assert 'href="/permits/register/" aria-current="page"' in desk_of(ONE, page="permits:register")
    with translation.override("en"):
        english = desk_of(ONE)
    assert ">Dark</button>" in english
    assert "Ganti kata sandi" not in english
    assert 'name="language" value="id"' in english
    assert _without_tokens(desk_of(ONE)) == _without_tokens(plain)


@with_stub_addresses
def test_the_token_of_the_desk_is_that_of_the_request() -> None:
    one, other = "1" * 32, "2" * 32
    for secret in (one, other, one):
        tokens = _tokens(desk_of(ONE, secret))
        assert len(tokens) == 2
        assert {_unmask_cipher_token(token) for token in tokens} == {secret}
    assert desk_of(ONE, one) != desk_of(ONE, one), "each page masks the token afresh"


@with_stub_addresses
def test_messages_are_announced_by_their_weight() -> None:
    told = [
        SimpleNamespace(level_tag="success", __str__=lambda self: "Tersimpan."),
        SimpleNamespace(level_tag="error"),
    ]
    page = " ".join(render_to_string("public.html", {"messages": told}, request=ask()).split())
    assert 'class="notice notice--good" role="status"' in page
    assert 'class="notice notice--late" role="alert"' in page


@with_stub_addresses
@pytest.mark.parametrize(
    ("cookie", "attribute"),
    [("dark", ' data-bs-theme="dark"'), ("light", ' data-bs-theme="light"'), ('"><script>', "")],
)
def test_the_theme_of_the_cookie_is_sent_with_the_page(cookie: str, attribute: str) -> None:
    page = render_to_string("public.html", request=ask(COOKIES={"theme": cookie}))
    assert f'<html lang="id"{attribute}>' in page


@with_stub_addresses
def test_the_demo_says_that_it_is_one(settings: Settings) -> None:
    assert "demo-banner" in render_to_string("public.html", request=ask())
    settings.DEMO = False
    assert "demo-banner" not in render_to_string("public.html", request=ask())


def test_the_desk_names_the_position_held_today_and_asks_only_when_needed() -> None:
    officer = Officer()
    desk = context.site(ask(user=officer))["desk"]
    assert officer.asked == 0
    assert desk["position"].name == "Verifikator"  # type: ignore[index]
    assert officer.asked == 1


def test_the_public_has_no_desk() -> None:
    assert dict(context.site(ask())["desk"]) == {}  # type: ignore[call-overload]
    nobody = RequestFactory().get("/")
    assert dict(context.site(nobody)["desk"]) == {}  # type: ignore[call-overload]


# Error pages


@with_stub_addresses
def test_a_refusal_gives_its_reason() -> None:
    page = render_to_string("403.html", {"exception": "Berkas <ini> dipegang."}, request=ask())
    assert "Berkas &lt;ini&gt; dipegang." in page
    assert "bukan untuk akun" in render_to_string("403.html", request=ask())


@with_stub_addresses
@pytest.mark.parametrize("name", ["404.html", "403_csrf.html", "429.html"])
def test_an_error_page_shows_a_way_on(name: str) -> None:
    assert "/portal/home/" in render_to_string(name, request=ask())


def test_no_template_names_a_static_file_by_its_plain_address(settings: Settings) -> None:
    """Production keeps the names with a hash alone: such a page would come without its look."""
    templates = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    assert [one for one in templates if '"/static/' in one.read_text(encoding="utf-8")] == []


def test_the_page_of_a_breakdown_needs_nothing() -> None:
    page = render_to_string("500.html")
    assert '<html lang="id">' in page
    assert "Ada gangguan di sisi kami" in page
    for name in re.findall(r'(?:href|src)="/static/([^"]+)"', page):
        assert finders.find(name), name
