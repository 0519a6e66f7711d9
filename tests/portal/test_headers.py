"""What every answer tells the browser."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.accounts import make_user

PAGES = ["/", "/akun/login/", "/akun/signup/", "/layanan/", "/no-such-page/", "/v/AAAA-BBBB-CCCC/"]


def policy(header: str) -> dict[str, list[str]]:
    """Return the directives of a content security policy."""
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name: values for name, *values in parts}


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_every_answer_says_what_the_browser_may_do(client: Client, path: str) -> None:
    answer = client.get(path)
    rules = policy(answer["Content-Security-Policy"])
    assert rules["default-src"] == rules["base-uri"] == rules["object-src"] == ["'none'"]
    for name in ("script-src", "style-src", "connect-src", "form-action", "frame-ancestors"):
        assert rules[name] == ["'self'"], name
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert not [name for name in answer.headers if name.startswith("Access-Control-")]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND"])
def test_a_method_that_is_not_meant_gives_nothing_back(client: Client, method: str) -> None:
    answer = client.generic(method, "/akun/login/", HTTP_X_SECRET="kenari")
    assert answer.status_code in (403, 405)
    assert b"kenari" not in answer.content


@pytest.mark.django_db
def test_signing_out_clears_what_the_browser_kept(client: Client) -> None:
    client.force_login(make_user(), "django.contrib.auth.backends.ModelBackend")
    assert "Clear-Site-Data" not in client.get("/akun/logout/").headers
    answer = client.post("/akun/logout/")
    assert answer["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get("/").headers
