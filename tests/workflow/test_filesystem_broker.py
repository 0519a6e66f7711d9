"""The broker of files: a message is there whole or not at all, and a broken one kills nobody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

import portal.celery  # noqa: F401  (names the transport)
from workflow import filesystem_broker


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[filesystem_broker.Channel]:
    """An empty folder of messages, opened under the address that the settings name."""
    folders = dict.fromkeys(("data_folder_in", "data_folder_out"), tmp_path)
    with Connection(
        "filesystem://", transport_options={**folders, "control_folder": tmp_path / "control"}
    ) as connection:
        opened = connection.channel()
        assert isinstance(opened, filesystem_broker.Channel)
        yield opened


def test_what_is_put_is_got_once(channel, tmp_path):
    channel._put("celery", {"body": "Berkas é"})
    assert channel._get("celery") == {"body": "Berkas é"}
    with pytest.raises(Empty):
        channel._get("celery")
    assert list(tmp_path.iterdir()) == []


def test_other_queues_are_left_alone(channel):
    channel._put("other", {"body": "x"})
    with pytest.raises(Empty):
        channel._get("celery")
    assert channel._get("other") == {"body": "x"}


@pytest.mark.parametrize("content", [b"", b'{"body": "W1td', b"\xff\xfe"])
def test_a_broken_message_is_dropped_and_the_next_is_heard(channel, tmp_path, content):
    (tmp_path / "0_broken.celery.msg").write_bytes(content)
    channel._put("celery", {"body": "whole"})
    assert channel._get("celery") == {"body": "whole"}
    with pytest.raises(Empty):
        channel._get("celery")


def test_a_message_appears_only_when_it_is_whole(channel, tmp_path, monkeypatch):
    def stop(*names: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(ChannelError):
        channel._put("celery", {"body": "x"})
    with pytest.raises(Empty):
        channel._get("celery")
    assert channel._size("celery") == 0
