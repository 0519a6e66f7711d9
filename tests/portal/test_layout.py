"""Scripts, entries of menus and messages of the layouts; nothing here needs a database."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import path, resolve

from portal.templatetags import layout


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("antrean/", _page, name="worklist"), path("register/", _page, name="register")]


def render(source: str, **context: object) -> str:
    return " ".join(Template(source).render(Context(context)).split())


@pytest.mark.parametrize(
    ("level", "meaning"),
    [("success", "good"), ("warning", "attention"), ("error", "late"), ("info", "neutral")],
)
def test_messages_use_the_four_meanings(level: str, meaning: str) -> None:
    message = SimpleNamespace(level_tag=level)
    assert layout.message_meaning(message) == meaning
    assert "<svg" in render("{% icon message|message_icon %}", message=message)


def test_a_script_is_a_deferred_file() -> None:
    assert render('{% script "htmx" %}') == (
        '<script src="/static/portal/vendor/htmx/htmx.min.js" defer></script>'
    )
    assert 'src="/static/portal/js/desk.js"' in render('{% script "portal/js/desk.js" %}')


@pytest.mark.urls(__name__)
def test_a_nav_link_knows_when_it_is_the_page() -> None:
    request = RequestFactory().get("/antrean/")
    request.user = AnonymousUser()
    request.resolver_match = resolve("/antrean/")
    source = (
        '{% nav_link "worklist" "Antrean" "inbox" %}{% nav_link "register" "Register" "list" %}'
    )
    written = render(source, request=request)
    assert written.count('aria-current="page"') == 1
    assert 'href="/antrean/" aria-current="page"' in written
