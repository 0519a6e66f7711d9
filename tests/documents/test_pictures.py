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


def test_pixels_are_counted_before_any_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = picture((7100, 7100), "PNG")  # 660 kB, 200 MB when decoded

    def decoded(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)
    with pytest.raises(DomainError, match="image_too_heavy"):
        uploads.check(named("peta.png", bomb))


def test_a_photo_of_many_scans_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    Image.new("RGB", (80, 80), "teal").save(out, "JPEG", progressive=True)
    content = out.getvalue()
    assert uploads.check(named("foto.jpg", content)).content_type == uploads.JPEG
    last = content[content.rindex(b"\xff\xda") : -2]
    many = content[:-2] + last * 40 + b"\xff\xd9"
    with pytest.raises(DomainError, match="image_too_heavy"):
        uploads.check(named("foto.jpg", many))


@pytest.mark.parametrize("mode", ["RGB", "P", "L", "RGBA", "LA"])
def test_the_largest_pictures_fit_into_the_memory(mode: str) -> None:
    side = 4990 if mode.endswith("A") else 7070
    out = io.BytesIO()
    Image.new(mode, (side, side)).save(out, "PNG", compress_level=1)
    checked = uploads.check(named("peta.png", out.getvalue()))
    with Image.open(io.BytesIO(checked.content)) as image:
        assert image.size == (4000, 4000)
        assert image.mode == ("RGBA" if mode.endswith("A") else "RGB")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_is_turned_upright(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    out = io.BytesIO()
    image = Image.new("RGB", (60, 40), "white")
    image.paste("red", (0, 0, 30, 40))
    image.save(out, kind, exif=exif)
    checked = uploads.check(named(f"foto.{kind.lower()}", out.getvalue()))
    with Image.open(io.BytesIO(checked.content)) as upright:
        assert upright.size == (40, 60)
        greens = upright.convert("RGB").getchannel("G")
        assert greens.getpixel((20, 5)) < 40 < 200 < greens.getpixel((20, 55))  # type: ignore[operator]
        assert not upright.getexif()


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
    assert seen == [{}]  # the limits that a PDF has
