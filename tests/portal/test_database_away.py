"""While the database is away every page says so with 503, and comes back by itself."""

from __future__ import annotations

import http.client
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
from django.core import mail
from django.db import OperationalError
from django.test import Client

from scripts.databases import postgresql
from tests.servers import running_portal

SENTENCE = "Portal sedang tidak dapat dijangkau"


def ask(port: int, path: str, method: str = "GET") -> tuple[int, str | None, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body=b"x=1" if method == "POST" else None)
    answer = connection.getresponse()
    return answer.status, answer.getheader("Retry-After"), answer.read().decode()


@pytest.mark.postgres
@pytest.mark.slow
def test_pages_say_503_while_postgresql_is_away_and_come_back() -> None:
    with (
        postgresql() as server,
        running_portal(database_url=server, parts=("web",)) as portal,
    ):
        assert ask(portal.port, "/")[0] == 200
        socket = Path(unquote(urlsplit(server).netloc.partition("@")[2])) / ".s.PGSQL.5432"
        with psycopg2.connect(server) as administrator, administrator.cursor() as cursor:
            hidden = socket.rename(socket.with_name("away"))
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            for path in ("/", "/cari/?q=kursus"):
                status, retry, text = ask(portal.port, path)
                assert (path, status, retry) == (path, 503, "30")
                assert SENTENCE in text
            hidden.rename(socket)
        assert ask(portal.port, "/")[0] == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "words", "mails"),
    [(OperationalError, 503, SENTENCE, 0), (ValueError, 500, "Ada gangguan di sisi kami", 1)],
)
def test_operators_get_a_mail_for_a_fault_and_none_for_each_page_without_a_database(
    error: type[Exception],
    status: int,
    words: str,
    mails: int,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    def broken(*args: object) -> None:
        raise error("could not connect to server")

    settings.ADMINS = [("", "operator@contoh.id")]
    monkeypatch.setattr("portal.views.most_asked", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert len(mail.outbox) == mails
