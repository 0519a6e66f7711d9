"""Photos of phones: large ones are made smaller, and what cannot be read gets a reason."""

from __future__ import annotations

import io
import os
from typing import Any

import pytest
from PIL import Image

from documents import uploads
from tests.factories.filing import named
from workflow.domain.errors import DomainError


def picture(size: tuple[int, int], kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def test_a_photo_of_108_megapixels_is_made_smaller() -> None:
    checked = uploads.check(named("foto.jpg", picture((12000, 9000)), "image/jpeg"))
    with Image.open(io.BytesIO(checked.content)) as image:
        assert max(image.size) <= 4000
        assert image.width * 3 == pytest.approx(image.height * 4, rel=0.01)


def test_a_photo_above_the_limit_of_a_pdf_is_taken() -> None:
    noise = io.BytesIO()
    Image.frombytes("RGB", (2400, 2000), os.urandom(2400 * 2000 * 3)).save(noise, "PNG")
    assert len(noise.getvalue()) > 13_700_000
    assert uploads.check(named("foto.png", noise.getvalue())).content_type == uploads.PNG


def test_a_picture_that_is_too_large_to_open_says_so() -> None:
    with pytest.raises(DomainError, match="image_too_heavy"):
        uploads.check(named("peta.png", picture((12000, 9000), "PNG")))


def test_a_heic_photo_says_what_to_do() -> None:
    content = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 200
    for name in ("IMG_0001.HEIC", "IMG_0001.jpg"):
        with pytest.raises(DomainError, match="file_heic"):
            uploads.check(named(name, content))


def test_a_picture_is_decoded_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def run(work: Any, **limits: Any) -> str:
        seen.append(limits)
        return "file_wrong_type"

    monkeypatch.setattr(uploads, "run_in_sandbox", run)
    with pytest.raises(DomainError, match="file_wrong_type"):
        uploads.check(named("foto.jpg", picture((40, 30))))
    assert seen == [{"seconds": 15.0}]
