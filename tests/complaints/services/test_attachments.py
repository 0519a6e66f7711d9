"""Files of a report: what is hidden in them goes, and what is never sent is forgotten."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from complaints.models import ComplaintFile
from complaints.services import attachments
from permits.services.orphans import clear_orphans
from tests.factories.complaints import make_complaint, make_complaint_desk
from tests.factories.permits import Cast
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
CANARY = b"Budi-Kenari-7731"


def a_photo(kind: str = "JPEG") -> bytes:
    """Return a picture that says in its EXIF who took it."""
    image = Image.new("RGB", (40, 30), "navy")
    exif = Image.Exif()
    exif[0x013B] = CANARY.decode()  # artist
    exif[0x010E] = CANARY.decode()  # description
    out = io.BytesIO()
    image.save(out, kind, exif=exif, comment=CANARY, icc_profile=CANARY)
    return out.getvalue() * (2 if kind == "JPEG" else 1)  # a telephone appends a second picture


def a_pdf(*, password: str = "") -> bytes:
    """Return a PDF that names its author in each of the places that a PDF has for it."""
    word = CANARY.decode()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 200))
        pdf.docinfo["/Author"] = word
        with pdf.open_metadata() as xmp:
            xmp["dc:creator"] = [word]
        photo = pikepdf.Stream(pdf, a_photo())
        photo.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40, Height=30,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        photo.stream_dict.Metadata = pdf.make_stream(word.encode())
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Foto=photo))
        page.Contents = pdf.make_stream(b"q 100 0 0 100 0 0 cm /Foto Do Q")
        remark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=word,
            Contents="Perhatikan",
        )  # fmt: skip
        page.Annots = pikepdf.Array([pdf.make_indirect(remark)])
        page.PieceInfo = pikepdf.Dictionary(Alat=pikepdf.Dictionary(Private=word))
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner=password, user="") if password else False)
        return out.getvalue()


def taken(content: bytes, name: str, at: datetime) -> ComplaintFile:
    return attachments.take(SimpleUploadedFile(name, content), at=at)


def unfolded(content: bytes) -> bytes:
    """Return a PDF with nothing compressed in it, to be searched."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(
            out, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    return out.getvalue()


@pytest.mark.parametrize("password", ["", "rahasia"])
def test_a_pdf_loses_its_author_wherever_it_names_one(monday: datetime, password: str) -> None:
    content = a_pdf(password=password)
    assert unfolded(content).count(CANARY) >= 5 or password
    kept = taken(content, f"{CANARY.decode()}.pdf", monday)
    with kept.file.open() as handle:
        stored = handle.read()
    assert CANARY not in unfolded(stored)
    assert CANARY.decode() not in str(kept.file)
    with pikepdf.open(io.BytesIO(stored)) as pdf:
        assert pdf.pages[0].Annots[0].Contents == "Perhatikan"
        (photo,) = pdf.pages[0].get_images().values()
        assert isinstance(photo, pikepdf.Stream)
        assert pikepdf.PdfImage(photo).as_pil_image().size == (40, 30)


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png")])
def test_a_photo_loses_what_the_camera_wrote(monday: datetime, kind: str, ending: str) -> None:
    content = a_photo(kind)
    assert CANARY in content
    kept = taken(content, f"foto.{ending}", monday)
    with kept.file.open() as handle:
        assert CANARY not in handle.read()
        with Image.open(handle) as image:
            assert image.size == (40, 30)
            assert not {"comment", "icc_profile", "exif"} & set(image.info)


def test_what_is_no_picture_and_no_pdf_is_refused(monday: datetime) -> None:
    with pytest.raises(DomainError, match="file_wrong_type"):
        taken(b"<script>", "surat.html", monday)
    assert not ComplaintFile.objects.exists()


def test_what_was_never_sent_is_forgotten_with_its_bytes(
    cast: Cast, monday: datetime, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    make_complaint_desk(cast)
    sent, left = taken(a_photo(), "a.jpg", monday), taken(a_photo(), "b.jpg", monday)
    make_complaint(cast, monday, files=[sent.pk])
    late = monday + timedelta(days=1, minutes=1)
    fresh = taken(a_photo(), "c.jpg", late)
    assert attachments.forget_waiting(monday + timedelta(hours=23)).done == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert attachments.forget_waiting(late).done == 1
    assert not default_storage.exists(str(left.file))
    assert set(ComplaintFile.objects.values_list("pk", flat=True)) == {sent.pk, fresh.pk}
    assert default_storage.exists(str(sent.file))
    assert left.pk not in [row.pk for row in attachments.waiting([left.pk, fresh.pk])]


def test_no_sweep_of_orphans_takes_the_files_of_reports(cast: Cast, monday: datetime) -> None:
    make_complaint_desk(cast)
    kept = taken(a_photo(), "a.jpg", monday)
    make_complaint(cast, monday, files=[kept.pk])
    lost = attachments.uploads.store(
        attachments.FOLDER, attachments.uploads.Checked(b"x", "image/png", "")
    )
    clear_orphans(datetime.now(monday.tzinfo) + timedelta(days=3))
    assert default_storage.exists(str(kept.file))
    assert not default_storage.exists(lost)


def test_five_files_at_most_and_no_file_of_another_report(cast: Cast, monday: datetime) -> None:
    make_complaint_desk(cast)
    keys = [taken(a_photo(), f"{n}.jpg", monday).pk for n in range(6)]
    assert len(attachments.waiting(keys)) == attachments.MOST
    make_complaint(cast, monday, files=keys[:1])
    assert [row.pk for row in attachments.waiting(keys[:2])] == keys[1:2]
