"""The head of each chain is stamped by somebody else, or waits for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from documents.evidence import publish_heads, stamp_heads
from documents.tasks import stamp_heads_task
from documents.timestamps import TimestampError
from tests.documents import tsa
from tests.factories.accounts import make_admin
from tests.factories.permits import Cast
from workflow import audit
from workflow.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tsa.Authority]:
    with tsa.running(tmp_path_factory.mktemp("authority") / "tsa") as authority:
        yield authority


@pytest.fixture
def authority(running: tsa.Authority, settings: Any) -> tsa.Authority:
    running.mode = "answer"
    running.asked.clear()
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = running.url, str(running.ca)
    return running


@pytest.fixture
def chains(cast: Cast, monday: datetime) -> int:
    """Make chains for the appointments of the office; return how many chains there are."""
    audit.extend_chains(monday)
    return len(audit.heads())


def stamps(settings: Any) -> list[Path]:
    return sorted(settings.AUDIT_DIR.glob("*.tsr"))


def verified() -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    return out.getvalue()


def test_a_head_is_stamped_and_anybody_can_check_it(
    authority: tsa.Authority, chains: int, settings: Any
) -> None:
    make_admin("operator@contoh.id")
    publish_heads(timezone.now())
    assert len(stamps(settings)) == len(authority.asked) == chains
    for stamp in stamps(settings):
        head = stamp.with_suffix(".json")
        said = tsa.openssl(
            authority.folder, "ts", "-verify", "-data", str(head), "-in", str(stamp),
            "-CAfile", "ca.pem",
        )  # fmt: skip
        assert b"Verification: OK" in said
        assert head.read_bytes() not in authority.asked  # it learns a hash, not what is in it
    (letter,) = mail.outbox
    assert stamps(settings)[0].name in [name for name, _content, _kind in letter.attachments]
    assert f"{chains} cap waktu diperiksa: semua sah" in verified()
    assert stamp_heads() == []


def test_without_an_authority_nothing_is_owed(chains: int, settings: Any) -> None:
    publish_heads(timezone.now())
    assert stamp_heads() == stamps(settings) == []
    assert "cap waktu" not in verified()


@pytest.mark.parametrize("mode", ["away", "wrong", "closed"])
def test_an_authority_that_fails_holds_up_nothing_and_is_asked_again(
    mode: str, authority: tsa.Authority, chains: int, settings: Any
) -> None:
    make_admin("operator@contoh.id")
    if mode == "wrong":  # an answer to another question: it was recorded and is played again
        publish_heads(timezone.now())
        stamps(settings)[0].unlink()
        mail.outbox.clear()
    authority.mode = mode
    if mode == "closed":
        settings.TIMESTAMP_URL = "http://127.0.0.1:9/ts"
    if mode != "wrong":
        publish_heads(timezone.now())
        assert len(mail.outbox) == 1
    owed = chains - len(stamps(settings))
    assert owed
    with pytest.raises(TimestampError):
        stamp_heads()
    stamp_heads_task()
    assert Heartbeat.objects.get(sweep="documents.stamp_heads").failed == 1
    assert f"Belum bercap waktu: {owed} berkas" in verified()
    authority.mode, settings.TIMESTAMP_URL = "answer", authority.url
    stamp_heads_task()
    beat = Heartbeat.objects.get(sweep="documents.stamp_heads")
    assert (beat.done, beat.failed) == (owed, 0)
    assert "semua sah" in verified()


def test_a_stamp_of_another_head_does_not_hold(
    authority: tsa.Authority, chains: int, settings: Any
) -> None:
    publish_heads(timezone.now())
    stamp = stamps(settings)[0]
    head = stamp.with_suffix(".json")
    told = json.loads(head.read_text())
    head.write_text(json.dumps({**told, "at": "2020-01-01T00:00:00+00:00"}))
    with pytest.raises(CommandError, match=f"{head.name}: cap waktu tidak sah"):
        verified()
    stamp.write_bytes(b"nonsense")
    with pytest.raises(CommandError, match=f"{head.name}: cap waktu tidak sah"):
        verified()


def test_a_stamp_of_a_stranger_does_not_hold(
    authority: tsa.Authority, chains: int, settings: Any, tmp_path: Path
) -> None:
    publish_heads(timezone.now())
    stranger = tsa.Authority(tmp_path / "stranger")
    stranger.make_keys()
    settings.TIMESTAMP_CA = str(stranger.ca)
    with pytest.raises(CommandError, match="cap waktu tidak sah"):
        verified()


def test_a_head_with_an_older_date_than_its_stamp_is_named(
    authority: tsa.Authority, chains: int, settings: Any
) -> None:
    """Whoever makes a chain anew can write any date into its head, but not stamp it then."""
    then = timezone.now() - timedelta(days=30)
    publish_heads(then)
    with time_machine.travel(then):
        assert f"Dicap lebih dari dua hari kemudian: {chains} berkas" in verified()


def test_a_second_run_on_a_day_stamps_the_later_heads(
    authority: tsa.Authority, chains: int, settings: Any
) -> None:
    at = timezone.now()
    publish_heads(at)
    publish_heads(at + timedelta(seconds=1))
    assert len(authority.asked) == 2 * chains
    assert f"{chains} cap waktu diperiksa" in verified()
