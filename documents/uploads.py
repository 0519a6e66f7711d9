"""Validation of uploads: PDF, JPEG and PNG whose content matches the name (docs/permissions.md)."""

from __future__ import annotations

import hashlib
import io
import logging
import re
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from documents.pdf_rules import ends_properly, is_active
from documents.sandbox import SandboxLimitExceeded, run_in_sandbox
from workflow.domain.errors import DomainError
from workflow.formats import decimal

logger = logging.getLogger(__name__)
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ZIP = "application/zip"  # made here, never taken
ACCEPT = ".pdf,image/*"  # a phone offers its camera and turns HEIC into JPEG
_MAGIC = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
_SCAN = b"\xff\xda"
_ENDING = {PDF: "pdf", JPEG: "jpg", PNG: "png"}
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")  # brands, ISO/IEC 23008-12
# Looked at before a pixel is decoded; of a JPEG at the fraction at which it will be decoded. Four
# bytes a pixel, of a transparent one three times, stay below the memory of the sandbox.
_MAX_PIXELS = 50_000_000
_MAX_SCANS = 32  # of a JPEG: a progressive one has about ten, each costs as much as a picture
# the codes of what ``check`` and ``store`` refuse, for the field that took the file
REFUSALS = (
    "file_empty", "file_too_large", "file_wrong_type", "file_name_differs", "file_heic",
    "file_locked", "file_active", "file_continues", "file_too_heavy", "image_too_heavy",
    "storage_full",
)  # fmt: skip
_HOSTILE = {"file_active", "file_continues", "file_too_heavy", "image_too_heavy"}
_LONGEST = 4000  # pixels: 340 dots an inch on A4
_KNOWN_NAME = re.compile(r"\.(pdf|jpe?g|png)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that passed validation: its bytes as they will be stored."""

    content: bytes
    content_type: str
    name: str

    @property
    def sha256(self) -> str:
        """SHA-256 of the stored bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def columns(self) -> dict[str, Any]:
        """What a row keeps of the file beside where it is stored."""
        return {
            "original_name": self.name,
            "content_type": self.content_type,
            "size": len(self.content),
            "sha256": self.sha256,
        }


class LostUpload(UploadedFile):
    """An uploaded file that could not be stored because the disk was full."""


class SpoolToDisk(TemporaryFileUploadHandler):
    """The upload handler of Django for large files; a full disk loses one file, not the request."""

    lost = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start a new file."""
        self.lost = False
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self.lost = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write one chunk; after the first failure the rest is discarded."""
        if self.lost:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self._lose()

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Return the file, or a ``LostUpload``."""
        if not self.lost:
            try:
                return super().file_complete(file_size)
            except OSError:  # the last chunk was still in a buffer
                self._lose()
        return LostUpload(io.BytesIO(), self.file_name, self.content_type, file_size)

    def _lose(self) -> None:
        self.lost = True
        with suppress(OSError):
            self.file.close()

    def upload_interrupted(self) -> None:
        """Delete the temporary file."""
        if not self.lost:
            super().upload_interrupted()


def check(upload: UploadedFile, *, images_only: bool = False) -> Checked:
    """Return the file as it will be stored; images are decoded and re-encoded (no hidden data).

    What looks like an attack is written to the log, without any name.

    Raises ``DomainError`` with a code of ``REFUSALS``.
    """
    try:
        return _checked(upload, images_only=images_only)
    except DomainError as refusal:
        if refusal.code in _HOSTILE:
            logger.warning("upload refused: %s", refusal.code)
        raise


def _checked(upload: UploadedFile, *, images_only: bool) -> Checked:
    if isinstance(upload, LostUpload):
        raise DomainError("storage_full")
    size = upload.size or 0
    if size == 0:
        raise DomainError("file_empty")
    upload.seek(0)
    head = upload.read(16)
    content_type = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    limit = _limit(content_type)
    if size > limit:
        raise DomainError("file_too_large", size=_megabytes(size), limit=_megabytes(limit))
    content = head + upload.read()
    name = _clean_name(upload.name or "")
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        raise DomainError("file_heic")
    if not content_type:
        code = "file_name_differs" if _KNOWN_NAME.search(name) else "file_wrong_type"
        raise DomainError(code, name=name)
    if content_type == PDF:
        if images_only:
            raise DomainError("file_wrong_type")
        _check_pdf(content)
        if not ends_properly(content):
            raise DomainError("file_continues")
    else:
        content = _cleaned_image(content, content_type)
    return Checked(content, content_type, with_ending(name, content_type))


def _limit(content_type: str) -> int:
    """Return the most bytes of an upload; photos may be larger, because they are made smaller."""
    photo = content_type in (JPEG, PNG)
    return settings.UPLOAD_MAX_PHOTO_BYTES if photo else settings.UPLOAD_MAX_BYTES


def store(folder: str, checked: Checked) -> str:
    """Store the bytes in private storage under a random name; return that name.

    Raises ``DomainError("storage_full")`` if the disk is full.
    """
    name = f"{folder}/{secrets.token_hex(16)}.{_ENDING[checked.content_type]}"
    try:
        return default_storage.save(name, ContentFile(checked.content))
    except OSError as error:
        raise DomainError("storage_full") from error


def _check_pdf(content: bytes) -> None:
    import pikepdf  # noqa: F401  before the fork, so that each need not import it anew

    try:
        fault = run_in_sandbox(lambda: _fault_of_pdf(content))
    except SandboxLimitExceeded as error:
        raise DomainError("file_too_heavy") from error
    if fault:
        raise DomainError(fault)


def _fault_of_pdf(content: bytes) -> str:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):
                return "file_wrong_type"
            if is_active(pdf):
                return "file_active"
    except pikepdf.PasswordError:
        return "file_locked"
    except MemoryError:
        raise
    except Exception:  # a malformed file may raise anything; it is not readable
        return "file_wrong_type"
    return ""


def _cleaned_image(content: bytes, content_type: str) -> bytes:
    """Return a picture encoded anew: upright, at most ``_LONGEST`` pixels long, nothing hidden."""
    from PIL import Image, JpegImagePlugin, PngImagePlugin  # noqa: F401  before the fork

    with tempfile.TemporaryFile() as out:
        try:
            fault = run_in_sandbox(lambda: _encode_anew(content, content_type, cast(BinaryIO, out)))
        except SandboxLimitExceeded as error:
            raise DomainError("image_too_heavy") from error
        if fault:
            raise DomainError(fault)
        out.seek(0)
        return out.read()


def _encode_anew(content: bytes, content_type: str, out: BinaryIO) -> str:
    """Write the picture to ``out``; return the code of what is wrong with it, or ""."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # this process has limits of its own
    if content_type == JPEG and content.count(_SCAN) > _MAX_SCANS:
        return "image_too_heavy"
    try:
        with Image.open(io.BytesIO(content)) as image:
            if content_type == JPEG:
                image.draft("RGB", (_LONGEST, _LONGEST))  # decodes a huge photo at half its size
            clear = content_type != JPEG and "A" in image.getbands()
            if image.width * image.height > (_MAX_PIXELS / 2 if clear else _MAX_PIXELS):
                return "image_too_heavy"
            mode = "RGBA" if clear else "RGB"
            bare = image if image.mode == mode else image.convert(mode)
            bare.thumbnail((_LONGEST, _LONGEST))  # before it is turned: half the memory
            ImageOps.exif_transpose(bare, in_place=True)
            bare.info = {}  # Pillow would copy the comment of a JPEG and the profile of a PNG
            if content_type == JPEG:
                bare.save(out, "JPEG", quality=90)
            else:
                bare.save(out, "PNG")
    except MemoryError:
        raise
    except Exception:  # a malformed image may raise anything; it is not readable
        return "file_wrong_type"
    out.flush()
    return ""


def with_ending(name: str, content_type: str) -> str:
    """Return ``name`` with the ending of what the file is; the sender's own is no promise."""
    known = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",), ZIP: (".zip",)}.get(
        content_type, (".bin",)
    )
    for text in (name, re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)):
        if text.lower().endswith(known):
            return text
    return text + known[0]


def _clean_name(name: str) -> str:
    base = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f\"<>]", "", base).strip()[-150:] or "berkas"


def _megabytes(size: int) -> str:
    return f"{decimal(size / 1024 / 1024, 1)} MB"
