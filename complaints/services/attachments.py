"""Files of a report: uploaded before it is submitted, stored without names and metadata."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from complaints.models import Complaint, ComplaintFile
from documents import quotas, scanning, uploads
from documents.sandbox import SandboxLimitExceeded, run_in_sandbox
from documents.uploads import PDF, Checked
from workflow.domain.errors import DomainError
from workflow.sweeps import SweepResult, sweep

FOLDER = "complaint-files"
MOST = 5  # files of one report, and of one addition to it
_KEPT = timedelta(days=1)  # lifetime of a file without a report


def take(
    upload: UploadedFile, *, at: datetime, address: str = "", to: Complaint | None = None
) -> ComplaintFile:
    """Store an upload that is not attached to a report yet.

    ``address`` is the ``hashed_address`` of a sender from the web, ``to`` the report to which the
    upload will be added. Raises ``DomainError``: the codes of ``uploads.check``, file_infected,
    quota_sender, quota_unsent, quota_complaint.
    """
    size = upload.size or 0
    if address:
        quotas.refuse_too_much("unsent", _waiting(), size)
    if to is not None:
        quotas.refuse_too_much("complaint", to.files.all(), size)
    with quotas.metered(size, at, *([quotas.of_sender(address)] if address else [])):
        checked = _cleaned(uploads.check(upload))
        scan = scanning.first_status(checked.content)
    scanning.notify_worker_if_waiting(scan)
    return ComplaintFile.objects.create(
        file=uploads.store(FOLDER, checked),
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=checked.sha256,
        scan=scan,
        added_at=at,
    )


def register() -> None:
    """Have attachments scanned; officer and sender read on their page what was found."""
    scanning.register(ComplaintFile, lambda _file, _virus, _at: None)


def waiting(keys: Iterable[int]) -> list[ComplaintFile]:
    """Return the files not attached to a report yet, in the order of upload."""
    return list(_waiting().filter(pk__in=list(keys)).order_by("pk")[:MOST])


def give(complaint: Complaint, keys: Sequence[int], *, at: datetime) -> int:
    """Attach uploaded files to their report, with the time ``at``; return how many."""
    return _waiting().filter(pk__in=keys).update(complaint=complaint, added_at=at)


def forget_waiting(at: datetime) -> SweepResult:
    """Delete rows and stored bytes of files whose report was never submitted."""
    old = _waiting().filter(added_at__lt=at - _KEPT)
    names = dict(old.values_list("pk", "file"))

    def forget(pk: int) -> bool:
        with transaction.atomic():
            deleted, _rows = _waiting().filter(pk=pk).delete()
            transaction.on_commit(lambda: default_storage.delete(names[pk]))
        return bool(deleted)

    return sweep("complaints.forget_waiting_files", list(names), forget)


def _waiting() -> Any:
    return ComplaintFile.objects.filter(complaint=None, purpose=ComplaintFile.Purpose.EVIDENCE)


def _cleaned(checked: Checked) -> Checked:
    """Return the file without metadata about its author; images are re-encoded already."""
    if checked.content_type != PDF:
        return checked
    import pikepdf  # noqa: F401  before the fork, so that each need not import it anew

    with tempfile.TemporaryFile() as out:
        try:
            cleaned = run_in_sandbox(lambda: _write_cleaned(checked.content, cast(BinaryIO, out)))
        except SandboxLimitExceeded as error:
            raise DomainError("file_too_heavy") from error
        if not cleaned:
            raise DomainError("file_wrong_type")
        out.seek(0)
        return replace(checked, content=out.read())


def _write_cleaned(content: bytes, out: BinaryIO) -> bool:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for name in ("/Info", "/ID"):
                if name in pdf.trailer:
                    del pdf.trailer[name]
            for part in pdf.objects:
                _clean_part(part)
            pdf.save(out, fix_metadata_version=False)
    except MemoryError:
        raise
    except Exception:  # any error of the parser means an unreadable file
        return False
    out.flush()
    return True


def _clean_part(part: Any) -> None:
    """Remove author, dates, software and camera metadata from one object of a PDF."""
    import pikepdf

    if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
        return
    names = ["/Metadata", "/PieceInfo", "/LastModified"]
    if part.get("/Subtype") != "/Widget" and "/Rect" in part:
        names += ["/T", "/M", "/CreationDate", "/NM"]  # a remark: its author and days
    for name in names:
        if name in part:
            del part[name]
    if isinstance(part, pikepdf.Stream) and part.get("/Filter") == "/DCTDecode":
        shape: Any = part.get("/DecodeParms")
        bare = _without_camera(part.read_raw_bytes())
        part.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=shape)


def _without_camera(jpeg: bytes) -> bytes:
    """Return a JPEG without EXIF, XMP, IPTC, comments and trailing data.

    Some telephones append a second image with its own metadata. Other formats are unchanged.
    """
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    segments, place = [b"\xff\xd8"], 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        mark = jpeg[place + 1]
        if mark == _END:
            return b"".join([*segments, jpeg[place : place + 2]])
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if mark == _SCAN:
            after = _NEXT_MARK.search(jpeg, end)
            end = after.start() if after else len(jpeg)
        if mark not in _TELLING:
            segments.append(jpeg[place:end])
        place = end
    return b"".join([*segments, jpeg[place:]])


_SCAN, _END = 0xDA, 0xD9
_NEXT_MARK = re.compile(rb"\xff(?![\x00\xd0-\xd7])")
# comments and APPn segments, except JFIF and Adobe, which define the colours
_TELLING = {0xFE, *range(0xE1, 0xF0)} - {0xEE}
