"""What may not pass: the tamper table. Every row was accepted by some tool that is in daily use."""

import hashlib
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import time_machine
from django.test import override_settings
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigFieldSpec

from documents import pades, verification
from documents.signing import LocalKeySigner
from documents.verification import Examination, examine, sha256, trust_anchors
from permits.models import new_token
from tests.factories import keys
from tests.factories.signed import SIGNED_AT, printed_certificate, signed_certificate


@pytest.fixture(autouse=True)
def _local_keys(settings: Any) -> None:
    settings.SIGNING_DIR = settings.TRUST_DIR = keys.signing_folder()


def signed_by(folder: Path) -> bytes:
    """Return the certificate signed with the key in ``folder``, which trusts itself."""
    with override_settings(SIGNING_DIR=folder, TRUST_DIR=folder):
        signer = LocalKeySigner(folder / f"{keys.OFFICE}.p12", keys.PASSPHRASE)
        return signer.sign(printed_certificate(), reason="", location="", at=SIGNED_AT)


def update(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Append an incremental update, as an attacker would."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def overlay(writer: IncrementalPdfFileWriter) -> None:
    """Paint over the page."""
    paint = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 850 re f")
    page = writer.root["/Pages"]["/Kids"][0]
    old = page.raw_get("/Contents")
    page["/Contents"] = generic.ArrayObject([old, writer.add_object(paint)])
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))


def annotation(writer: IncrementalPdfFileWriter) -> None:
    """Stick a note on the page."""
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                [generic.NumberObject(edge) for edge in (50, 50, 500, 500)]
            ),
            generic.pdf_name("/Contents"): generic.TextStringObject("Berlaku selamanya"),
        }
    )
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))


def catalog(writer: IncrementalPdfFileWriter) -> None:
    """Change the catalog."""
    writer.root["/PageMode"] = generic.pdf_name("/FullScreen")
    writer.update_root()


def metadata(writer: IncrementalPdfFileWriter) -> None:
    """Change the title only: pyHanko's bottom line forgives it."""
    writer.trailer["/Info"]["/Title"] = generic.TextStringObject("Lain")
    writer.mark_update(writer.trailer.raw_get("/Info"))


def nothing(writer: IncrementalPdfFileWriter) -> None:
    """Append an update that changes nothing."""
    writer.mark_update(writer.root_ref)


def approve(pdf: bytes, key: pades.LoadedKey, field: str) -> bytes:
    """Add an ordinary signature, without our rules."""
    signer = PdfSigner(
        PdfSignatureMetadata(field_name=field, md_algorithm="sha256"),
        key,
        new_field_spec=SigFieldSpec(field),
    )
    output = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))
    return bytes(output.getvalue())


def own_key() -> pades.LoadedKey:
    """Return the real key, as somebody who stole it would have it."""
    folder = keys.signing_folder()
    passphrase = (folder / f"{keys.OFFICE}.passphrase").read_text()
    return LocalKeySigner(folder / f"{keys.OFFICE}.p12", passphrase)._key


def signature_room() -> tuple[int, int]:
    """Return where the hexadecimal signature begins and ends."""
    signed = signed_certificate()
    begin = signed.index(b"/Contents <", len(printed_certificate())) + len(b"/Contents <")
    return begin, signed.index(b">", begin)


def flipped(position: int) -> bytes:
    """Return the signed certificate with one bit turned."""
    changed = bytearray(signed_certificate())
    changed[position] ^= 1
    return bytes(changed)


# --- the genuine one -----------------------------------------------------------------------------


def test_the_genuine_certificate_is_valid() -> None:
    assert examine(signed_certificate()) == Examination(
        signatures=1,
        intact=True,
        trusted=True,
        covers_entire_file=True,
        unmodified=True,
        signer_name=keys.SIGNER_NAME,
        signed_at=SIGNED_AT,
        problem=None,
    )


def test_anchors_may_be_given() -> None:
    own = trust_anchors()
    assert examine(signed_certificate(), own).valid
    assert examine(signed_certificate(), []).problem == "no_anchors"


def test_the_digest_is_the_one_of_the_register() -> None:
    assert sha256(b"abc") == hashlib.sha256(b"abc").hexdigest()


# --- the tamper table --------------------------------------------------------------------------


@pytest.mark.parametrize("part", range(24))
def test_a_flipped_byte_anywhere_in_the_signed_part_is_refused(part: int) -> None:
    signed, (begin, end) = signed_certificate(), signature_room()
    covered = [*range(begin - 1), *range(end + 1, len(signed))]
    position = covered[(part * len(covered)) // 24 + part]
    found = examine(flipped(position))
    assert not found.valid
    assert found.signer_name == ""


@pytest.mark.parametrize("place", [*range(0, 100, 7), 99])
def test_a_flipped_byte_in_the_room_of_the_signature_is_refused(place: int) -> None:
    """The signature value, the certificate, the zeros behind: percent of the room."""
    begin, end = signature_room()
    position = begin + (place * (end - begin)) // 100
    changed = bytearray(signed_certificate())
    digit = int(chr(changed[position]), 16) ^ 1
    changed[position] = b"0123456789abcdef"[digit]
    assert not examine(bytes(changed)).valid


@pytest.mark.parametrize("change", [overlay, annotation, catalog, metadata, nothing])
def test_an_update_behind_the_signature_is_refused(
    change: Callable[[IncrementalPdfFileWriter], None],
) -> None:
    changed = update(signed_certificate(), change)
    assert changed.startswith(signed_certificate())
    found = examine(changed)
    assert found.intact, "the old part is whole; that alone must not be enough"
    assert not found.covers_entire_file
    assert found.problem == "not_entire_file"


@pytest.mark.parametrize("tail", [b"\n", b"\0", b"%%EOF\n", b"x" * 5000])
def test_bytes_behind_the_end_are_refused(tail: bytes) -> None:
    assert not examine(signed_certificate() + tail).valid


def test_a_missing_end_is_refused() -> None:
    for length in (1, 2, 100, 5000):
        assert not examine(signed_certificate()[:-length]).valid


def test_a_rewritten_file_is_refused() -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(signed_certificate())) as document:
        document.save(output)
    assert examine(output.getvalue()).problem in {"not_intact", "broken_signature"}


def test_a_removed_signature_is_refused() -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(signed_certificate())) as document:
        del document.Root.AcroForm
        del document.Root.Perms
        document.save(output)
    assert examine(output.getvalue()).problem == "unsigned"


def test_another_authority_is_not_trusted(tmp_path: Path) -> None:
    keys.other_authority(tmp_path)
    found = examine(signed_by(tmp_path))
    assert (found.intact, found.trusted, found.problem) == (True, False, "not_trusted")
    assert found.signer_name == "", "a name that nobody vouches for is not repeated"


def test_a_self_made_key_in_the_right_name_is_not_trusted(tmp_path: Path) -> None:
    keys.self_signed(tmp_path)
    found = examine(signed_by(tmp_path))
    assert (found.trusted, found.problem, found.signer_name) == (False, "not_trusted", "")


def test_two_signatures_are_one_too_many() -> None:
    """Even when both are by the right key and both cover what they can."""
    once = approve(printed_certificate(), own_key(), "Pertama")
    assert examine(once).valid
    found = examine(approve(once, own_key(), "Kedua"))
    assert (found.signatures, found.problem) == (2, "several_signatures")


def test_a_stranger_cannot_sign_after_the_office(tmp_path: Path) -> None:
    keys.other_authority(tmp_path)
    stranger = LocalKeySigner(tmp_path / f"{keys.OFFICE}.p12", keys.PASSPHRASE)._key
    once = approve(printed_certificate(), own_key(), "Pertama")
    assert examine(approve(once, stranger, "Kedua")).problem == "several_signatures"


def test_a_broken_signature_is_refused() -> None:
    begin, end = signature_room()
    signed = signed_certificate()
    for filling in (b"0" * (end - begin), b"3000" + b"0" * (end - begin - 4)):
        assert not examine(signed[:begin] + filling + signed[end:]).valid


def test_the_signature_of_another_file_does_not_fit(tmp_path: Path) -> None:
    """Same key, same length: only the signature is exchanged."""
    with override_settings(SIGNING_DIR=keys.signing_folder(), TRUST_DIR=keys.signing_folder()):
        path = keys.signing_folder() / f"{keys.OFFICE}.p12"
        signer = LocalKeySigner(path, path.with_suffix(".passphrase").read_text())
        other = signer.sign(printed_certificate(), reason="Lain", location="", at=SIGNED_AT)
    begin, end = signature_room()
    start = other.index(b"/Contents <", len(printed_certificate())) + len(b"/Contents <")
    exchanged = (
        signed_certificate()[:begin]
        + other[start : start + end - begin]
        + signed_certificate()[end:]
    )
    assert len(exchanged) == len(signed_certificate())
    assert examine(exchanged).problem == "not_intact"


def test_an_unsigned_file_is_refused() -> None:
    assert examine(printed_certificate()).problem == "unsigned"


@pytest.mark.parametrize(
    ("pdf", "problem"),
    [
        (b"", "not_a_pdf"),
        (b"<html>%PDF-1.7</html>", "not_a_pdf"),
        (b"PK\x03\x04", "not_a_pdf"),
        (b"%PDF-", "unreadable"),
        (b"%PDF-1.7\nstartxref\n99999\n%%EOF", "unreadable"),
        (b"%PDF-1.7\n" + b"[" * 50_000, "unreadable"),
        (b"%PDF-1.7" + b"\0" * verification.MAX_BYTES, "too_large"),
    ],
    ids=["empty", "html", "zip", "header only", "xref nowhere", "nested", "too large"],
)
def test_what_is_no_certificate_is_refused(pdf: bytes, problem: str) -> None:
    assert examine(pdf).problem == problem


def test_a_certificate_in_front_of_something_else_is_refused() -> None:
    assert not examine(b"GIF89a" + signed_certificate()).valid
    assert not examine(signed_certificate() + signed_certificate()).valid


def test_an_encrypted_file_is_refused() -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(printed_certificate())) as document:
        document.save(output, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert not examine(output.getvalue()).valid


def test_whatever_goes_wrong_is_no_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (RecursionError, MemoryError, KeyError, AssertionError):

        def fail(*args: object, error: type[Exception] = error) -> None:
            raise error

        monkeypatch.setattr(verification, "_judge", fail)
        assert examine(signed_certificate()).problem == "broken_signature"


def test_a_broken_anchor_is_no_yes(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----\nrusak\n")
    settings.SIGNING_DIR = settings.TRUST_DIR = tmp_path
    assert not examine(signed_certificate()).valid


def test_without_anchors_nothing_is_trusted(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING_DIR = settings.TRUST_DIR = tmp_path
    assert examine(signed_certificate()).problem == "no_anchors"


# --- the years -----------------------------------------------------------------------------------


def test_a_certificate_outlives_the_key_that_signed_it() -> None:
    with time_machine.travel(datetime(2040, 1, 1, tzinfo=UTC), tick=False):
        assert examine(signed_certificate()).valid


def test_a_key_of_earlier_years_stays_an_anchor(settings: Any, tmp_path: Path) -> None:
    keys.other_authority(tmp_path)
    settings.SIGNING_DIR = settings.TRUST_DIR = tmp_path
    assert examine(signed_certificate()).problem == "not_trusted"
    (tmp_path / "anchors").mkdir()
    shutil.copy(keys.signing_folder() / "ca.pem", tmp_path / "anchors" / "2025.pem")
    assert examine(signed_certificate()).valid


def test_a_signature_from_the_future_is_judged_today(tmp_path: Path) -> None:
    """Else a key whose certificate begins next year would be trusted today."""
    next_year = (timedelta(days=300), timedelta(days=900))
    path = keys.other_authority(tmp_path, valid=next_year)
    later = datetime.now(UTC) + timedelta(days=400)
    with (
        override_settings(SIGNING_DIR=tmp_path, TRUST_DIR=tmp_path),
        time_machine.travel(later, tick=False),
    ):
        signer = LocalKeySigner(path, keys.PASSPHRASE)
        signed = signer.sign(printed_certificate(), reason="", location="", at=later)
        assert examine(signed).valid
    with override_settings(SIGNING_DIR=tmp_path, TRUST_DIR=tmp_path):
        assert examine(signed).problem == "not_trusted"


def test_the_printed_address_can_be_copied_over_a_line_break() -> None:
    tokens = {new_token() for _one in range(200)}
    assert len(tokens) == 200
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Za-km-z]{33}", token) for token in tokens)
