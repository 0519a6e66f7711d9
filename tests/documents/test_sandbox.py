"""A small file that unfolds to a large one, or leads in circles, stops nothing."""

from __future__ import annotations

import errno
import os
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory

from documents import sandbox, uploads, verification
from documents.sandbox import SandboxLimitExceeded
from permits.views.public.verification import verify
from tests.factories.filing import plain_pdf
from workflow.domain.errors import DomainError


def bomb(unfolded: int) -> bytes:
    """Return a small PDF whose table of objects unfolds to so many bytes."""
    squeeze = zlib.compressobj(9)
    piece = b"\0" * 1_000_000
    stream = b"".join(squeeze.compress(piece) for _ in range(unfolded // len(piece)))
    stream += squeeze.flush()
    rows = unfolded // 4
    head = (
        f"%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size {rows} /W [1 2 1] /Root 2 0 R "
        f"/Filter /FlateDecode /Length {len(stream)} >>\nstream\n"
    ).encode()
    return head + stream + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


def as_upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("berkas.pdf", content, "application/pdf")


def test_what_is_found_comes_back():
    assert sandbox.run_in_sandbox(lambda: {"found": [1, "é", None]}) == {"found": [1, "é", None]}


def test_what_takes_too_long_is_stopped_and_gone(monkeypatch: pytest.MonkeyPatch):
    children, fork = [], os.fork

    def forked() -> int:
        children.append(fork())
        return children[-1]

    monkeypatch.setattr(os, "fork", forked)
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.3)
    with pytest.raises(SandboxLimitExceeded):
        sandbox.run_in_sandbox(lambda: time.sleep(600))
    assert not Path(f"/proc/{children[0]}").exists(), "not even as a zombie"


def test_what_computes_too_long_is_stopped():
    began = time.monotonic()
    with pytest.raises(SandboxLimitExceeded):
        sandbox.run_in_sandbox(lambda: sum(iter(int, 1)), seconds=1)
    assert time.monotonic() - began < sandbox.WALL_SECONDS


def test_a_busy_server_refuses_no_honest_file():
    """The limit is processor time: waiting for the processor counts for nothing."""

    def waits() -> str:
        time.sleep(1.5)
        return "done"

    assert sandbox.run_in_sandbox(waits, seconds=1) == "done"


def test_a_child_stands_behind_the_pages():
    assert sandbox.run_in_sandbox(lambda: os.nice(0)) == min(os.nice(0) + 10, 19)


def test_what_takes_too_much_memory_is_stopped():
    with pytest.raises(SandboxLimitExceeded):
        sandbox.run_in_sandbox(lambda: len(bytearray(400_000_000)), megabytes=100)
    assert sandbox.run_in_sandbox(lambda: len(bytearray(40_000_000)), megabytes=100) == 40_000_000


@pytest.mark.parametrize("work", [lambda: 1 / 0, lambda: os._exit(0), lambda: object()])
def test_what_dies_is_no_answer(work: Any):
    with pytest.raises(SandboxLimitExceeded):
        sandbox.run_in_sandbox(work)


def test_a_bomb_is_not_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "MEGABYTES", 64)
    content = bomb(200_000_000)
    assert len(content) < 300_000
    with pytest.raises(DomainError, match="file_too_heavy|file_wrong_type"):
        uploads.check(as_upload(content))
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.0)
    with pytest.raises(DomainError, match="file_too_heavy"):
        uploads.check(as_upload(plain_pdf()))


def test_a_bomb_is_not_genuine(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "MEGABYTES", 64)
    monkeypatch.setattr(verification, "trust_anchors", lambda: (b"anchor",))
    found = verification.examine_confined(bomb(200_000_000))
    assert not found.valid
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.0)
    assert verification.examine_confined(plain_pdf()).problem == "too_heavy"


def test_a_file_is_judged_the_same_in_confinement():
    assert verification.examine_confined(plain_pdf()) == verification.examine(plain_pdf())


# A disk without room ---------------------------------------------------------------------------


class FullDisk(TemporaryUploadedFile):
    """A temporary file that takes a megabyte and no more."""

    taken = 0

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.taken += len(piece)
        if self.taken > 1_000_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return len(piece)


def posted(monkeypatch: pytest.MonkeyPatch, kind: Any) -> Any:
    """Return a request with a large file and a word, read while the disk is full."""
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", kind)
    large = SimpleUploadedFile("besar.pdf", plain_pdf() + b"0" * 3_000_000, "application/pdf")
    return RequestFactory().post("/periksa-dokumen/", {"berkas": large, "kata": "tetap"})


def no_room(*args: Any, **kwargs: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("kind", [FullDisk, no_room], ids=["later", "at once"])
def test_without_room_one_file_is_lost_and_the_form_arrives(monkeypatch, kind):
    request = posted(monkeypatch, kind)
    assert request.POST["kata"] == "tetap"
    lost = request.FILES["berkas"]
    assert isinstance(lost, uploads.LostUpload)
    assert lost.name == "besar.pdf"
    assert (lost.size or 0) > 3_000_000
    with pytest.raises(DomainError, match="storage_full"):
        uploads.check(lost)


def test_with_room_a_large_file_arrives_whole():
    large = plain_pdf() + b"0" * 3_000_000
    request = RequestFactory().post("/", {"berkas": as_upload(large)})
    assert request.FILES["berkas"].read() == large
    assert isinstance(request.FILES["berkas"], TemporaryUploadedFile)


@pytest.mark.django_db
def test_a_lost_file_is_not_called_false(monkeypatch):
    request = posted(monkeypatch, no_room)
    request.user = AnonymousUser()
    page = verify(request).content.decode()
    assert "Belum dapat diperiksa" in page
    assert "bukan dokumen asli" not in page
