"""Validation of uploads: PDF, JPEG and PNG whose content matches the name (docs/permissions.md)."""

from __future__ import annotations

import hashlib
import io
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from documents.sandbox import SandboxLimitExceeded, run_in_sandbox
from workflow.domain.errors import DomainError

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ACCEPT = ".pdf,.jpg,.jpeg,.png"
_MAGIC = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
_ENDING = {PDF: "pdf", JPEG: "jpg", PNG: "png"}
_ACTION = re.compile(rb"/(?:JavaScript|JS|Launch)(?![A-Za-z0-9])")
_MAX_PIXELS = 50_000_000
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

    Raises ``DomainError``: file_empty, file_too_large, file_wrong_type, file_name_differs,
    file_locked, file_active, file_too_heavy, storage_full.
    """
    if isinstance(upload, LostUpload):
        raise DomainError("storage_full")
    size = upload.size or 0
    if size == 0:
        raise DomainError("file_empty")
    if size > settings.UPLOAD_MAX_BYTES:
        raise DomainError(
            "file_too_large", size=_megabytes(size), limit=_megabytes(settings.UPLOAD_MAX_BYTES)
        )
    upload.seek(0)
    content = upload.read()
    name = _clean_name(upload.name or "")
    content_type = next((kind for magic, kind in _MAGIC if content.startswith(magic)), "")
    if not content_type:
        code = "file_name_differs" if _KNOWN_NAME.search(name) else "file_wrong_type"
        raise DomainError(code, name=name)
    if content_type == PDF:
        if images_only:
            raise DomainError("file_wrong_type")
        _check_pdf(content)
    else:
        content = _encode_anew(content, content_type)
    return Checked(content, content_type, name)


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
            names: Any = pdf.Root.get("/Names", {})
            if "/EmbeddedFiles" in names or any(_runs_something(part) for part in pdf.objects):
                return "file_active"
    except pikepdf.PasswordError:
        return "file_locked"
    except MemoryError:
        raise
    except Exception:  # a malformed file may raise anything; it is not readable
        return "file_wrong_type"
    return ""


def _runs_something(part: Any) -> bool:
    """Whether an object of a PDF holds an action that runs something (names as qpdf spells)."""
    import pikepdf

    shell = part.stream_dict if isinstance(part, pikepdf.Stream) else part
    written: bytes = shell.unparse(resolved=True)
    return _ACTION.search(written) is not None


def _encode_anew(content: bytes, content_type: str) -> bytes:
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > _MAX_PIXELS:
                raise DomainError("file_wrong_type")
            upright = ImageOps.exif_transpose(image)
            out = io.BytesIO()
            clear = content_type != JPEG and "A" in upright.getbands()
            bare = upright.convert("RGBA" if clear else "RGB")
            bare.info = {}  # Pillow would copy the comment of a JPEG and the profile of a PNG
            if content_type == JPEG:
                bare.save(out, "JPEG", quality=90)
            else:
                bare.save(out, "PNG")
            return out.getvalue()
    except DomainError:
        raise
    except Exception as error:  # a malformed image may raise anything; it is not readable
        raise DomainError("file_wrong_type") from error


def _clean_name(name: str) -> str:
    base = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f\"<>]", "", base).strip()[-150:] or "berkas"


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")
