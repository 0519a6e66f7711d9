"""A photo from a good telephone: the browser makes it small and upright before it is sent."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.people import Stage

pytestmark = [pytest.mark.browser, pytest.mark.once]

KTP = "Foto Copy KTP"
LAID_ON_ITS_SIDE = 6  # EXIF orientation of a telephone that was held upright
_HEARS_WHAT_IS_SENT = """
() => {
  window.sent = [];
  document.addEventListener("change", (event) => {
    window.sent.push(...[...event.target.files].map((file) => file.size));
  });
}
"""


def photo_of_12_megapixels(path: Path) -> Path:
    """Write a JPEG that does not pack well, as grass and gravel do not."""
    picture = Image.effect_noise((4000, 3000), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = LAID_ON_ITS_SIDE
    picture.save(path, quality=90, exif=exif)
    return path


def test_a_large_photo_arrives_small_and_upright(stage: Stage, tmp_path: Path) -> None:
    applicant = stage.person("pemohon1@demo.invalid", width=400)
    page = applicant.page
    applicant.visit(acts.start(applicant) + "berkas/")
    photo = photo_of_12_megapixels(tmp_path / "ktp-dari-telepon.jpg")
    page.evaluate(_HEARS_WHAT_IS_SENT)
    page.get_by_label(re.compile(f"Pilih berkas.*: {KTP}", re.S)).set_input_files(photo)
    link = page.get_by_role("link", name=photo.name)
    expect(link).to_be_visible()
    [sent] = page.evaluate("() => window.sent")
    assert 0 < sent < photo.stat().st_size * 0.8
    with Image.open(io.BytesIO(applicant.download(link.get_attribute("href") or ""))) as arrived:
        assert (arrived.format, arrived.size) == ("JPEG", (2250, 3000))


def test_a_small_photo_goes_as_it_is(stage: Stage, tmp_path: Path) -> None:
    applicant = stage.person("pemohon1@demo.invalid", width=400)
    applicant.visit(acts.start(applicant) + "berkas/")
    photo = acts.paper(tmp_path, "pas-foto.png")
    acts.upload(applicant, "Pas Photo 4x6", photo)
    link = applicant.page.get_by_role("link", name=photo.name)
    with Image.open(io.BytesIO(applicant.download(link.get_attribute("href") or ""))) as arrived:
        assert (arrived.format, arrived.size) == ("PNG", (640, 480))
