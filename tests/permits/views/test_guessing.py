"""Misses are counted by all processes together."""

from __future__ import annotations

import os

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

from portal.settings import base
from workflow import throttling

VERIFY = "/periksa-dokumen/"


@pytest.fixture
def shared(transactional_db: None, settings: object) -> None:
    """The cache of the real settings."""
    settings.CACHES = base.CACHES  # type: ignore[attr-defined]
    call_command("createcachetable", verbosity=0)
    caches["default"].clear()


def in_another_process(misses: int) -> None:
    """Miss so often in a process of its own, with a connection of its own."""
    connections.close_all()
    child = os.fork()
    if not child:
        status = 1
        try:
            client = Client()
            for _miss in range(misses):
                client.post(VERIFY, {"nomor": "salah"})
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.postgres
@pytest.mark.usefixtures("shared")
def test_misses_of_other_processes_count():
    in_another_process(throttling.MISSES - 1)
    client = Client()
    assert client.post(VERIFY, {"nomor": "salah"}).status_code == 200
    assert client.post(VERIFY, {"nomor": "salah"}).status_code == 429


@pytest.mark.usefixtures("shared")
def test_they_are_kept_in_the_database_and_run_out():
    client = Client()
    for _miss in range(throttling.MISSES):
        assert client.post(VERIFY, {"nomor": "salah"}).status_code == 200
    assert client.get(VERIFY).status_code == 429
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_shared_cache")
        assert cursor.fetchone() == (1,)
        cursor.execute("DELETE FROM portal_shared_cache")
    assert client.get(VERIFY).status_code == 200
