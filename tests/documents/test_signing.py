"""Signing: one signature that other tools trust too, a key opened once, clear words without one."""

import os
import re
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from pyhanko.pdf_utils.reader import PdfFileReader

from accounts.models import Office
from documents import verification
from documents.key_files import DEMO_MARKER as MARKER
from documents.signing import LocalKeySigner, Signer, SigningKeyMissing, SigningRefused, signer_for
from tests.factories import keys
from tests.factories.base import remove_base_world
from tests.factories.signed import SIGNED_AT, printed_certificate, signed_certificate

NSS_DATABASE = """
import ctypes, sys
nss = ctypes.CDLL("libnss3.so", mode=ctypes.RTLD_GLOBAL)
decode = ctypes.CDLL("libsmime3.so").CERT_DecodeCertFromPackage
pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
decode.restype, decode.argtypes = pointer, [text, number]
nss.PK11_GetInternalKeySlot.restype = nss.CERT_GetDefaultCertDB.restype = pointer
nss.PK11_InitPin.argtypes = [pointer, text, text]
nss.PK11_ImportCert.argtypes = [pointer, pointer, ctypes.c_ulong, text, number]
nss.CERT_ChangeCertTrust.argtypes = [pointer, pointer, pointer]
pem = open(sys.argv[2], "rb").read()
trust = (ctypes.c_uint * 3)()
steps = [nss.NSS_InitReadWrite(b"sql:" + sys.argv[1].encode())]
slot, certificate = nss.PK11_GetInternalKeySlot(), decode(pem, len(pem))
steps.append(nss.PK11_InitPin(slot, None, b""))
steps.append(nss.CERT_DecodeTrustString(trust, b"C,C,C"))
steps.append(nss.PK11_ImportCert(slot, certificate, 0, b"ca", 0))
steps.append(nss.CERT_ChangeCertTrust(nss.CERT_GetDefaultCertDB(), certificate, trust))
sys.exit(any(steps))
"""


@pytest.fixture(autouse=True)
def _local_keys(settings: Any) -> None:
    settings.SIGNING_DIR = settings.TRUST_DIR = keys.signing_folder()


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Return an empty folder for keys that the settings point to."""
    settings.SIGNING_DIR = settings.TRUST_DIR = tmp_path
    return tmp_path


def pdfsig(pdf: bytes, folder: Path, *options: str) -> str:
    """Return what poppler says about the signature."""
    file = folder / "signed.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdfsig", *options, str(file)], capture_output=True, check=False)
    return done.stdout.decode()


def openssl_cms(file: Path, *words: str) -> str:
    """Return what openssl says of a signature beside its text; fail when it is not right."""
    command = ["openssl", "cms", "-inform", "DER", "-in", str(file), *words]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def sign(signer: Signer, pdf: bytes | None = None, at: datetime = SIGNED_AT) -> bytes:
    """Sign the printed certificate, or ``pdf``."""
    return signer.sign(pdf or printed_certificate(), reason="Uji", location="Pekanbaru", at=at)


def own_authority(folder: Path) -> None:
    """Fill ``folder`` with an authority that vouches for itself."""
    keys.other_authority(folder)


# --- the signature ---------------------------------------------------------------------------


def test_a_signed_certificate_stands_our_own_examination() -> None:
    found = verification.examine(signed_certificate())
    assert found.valid
    assert found.signatures == 1
    assert found.signer_name == keys.SIGNER_NAME
    assert found.signed_at == SIGNED_AT


def test_the_signature_forbids_every_later_change_and_shows_nothing() -> None:
    with pikepdf.open(BytesIO(signed_certificate())) as document:
        (field,) = document.Root.AcroForm.Fields
        signature = field.V
        (reference,) = signature.Reference
        assert str(signature.SubFilter) == "/ETSI.CAdES.detached"
        assert str(reference.TransformMethod) == "/DocMDP"
        assert int(reference.TransformParams.P) == 1
        assert document.Root.Perms.DocMDP.objgen == signature.objgen
        assert [float(edge) for edge in field.Rect] == [0, 0, 0, 0]
        assert str(signature.Reason) == "Tanda Daftar Bursa Kerja Khusus"
        assert str(signature.Location) == "Pekanbaru"
        assert str(signature.M).startswith("D:20261120073000")


def test_signing_adds_to_the_file_and_changes_nothing_in_it() -> None:
    assert signed_certificate().startswith(printed_certificate())


def test_the_file_is_sound_and_still_says_pdf_a(tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed_certificate())
    subprocess.run(["qpdf", "--check", str(file)], check=True, capture_output=True)
    with pikepdf.open(file) as document, document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "U")


def test_poppler_finds_the_whole_document_signed(tmp_path: Path) -> None:
    report = pdfsig(signed_certificate(), tmp_path, "-nocert")
    assert "Signature is Valid" in report
    assert "Total document signed" in report
    assert "Not total" not in report
    assert "ETSI.CAdES.detached" in report
    assert "SHA-256" in report


def test_an_rsa_key_signs_with_pss_and_its_certificate_is_signed_so(tmp_path: Path) -> None:
    (signature,) = PdfFileReader(BytesIO(signed_certificate())).embedded_signatures
    used = signature.signer_info["signature_algorithm"]
    assert (used.signature_algo, used.hash_algo) == ("rsassa_pss", "sha256")
    assert signature.signer_cert["signature_algorithm"].signature_algo == "rsassa_pss"
    text, detached = tmp_path / "head.json", tmp_path / "head.p7s"
    text.write_bytes(b"kepala rantai")
    detached.write_bytes(signer_for(keys.OFFICE).sign_text(b"kepala rantai"))
    shown = openssl_cms(detached, "-cmsout", "-print")
    assert "rsassaPss" in shown
    anchor = str(keys.signing_folder() / "ca.pem")
    words = ("-verify", "-binary", "-content", str(text), "-CAfile", anchor, "-purpose", "any")
    assert openssl_cms(detached, *words) == "kepala rantai"


def test_poppler_trusts_it_once_it_knows_the_authority(tmp_path: Path) -> None:
    database = tmp_path / "nss"
    database.mkdir()
    anchor = keys.signing_folder() / "ca.pem"
    subprocess.run([sys.executable, "-c", NSS_DATABASE, str(database), str(anchor)], check=True)
    trusting = pdfsig(signed_certificate(), tmp_path, "-nssdir", f"sql:{database}")
    assert "Certificate is Trusted" in trusting
    assert f"Signer Certificate Common Name: {keys.SIGNER_NAME}" in trusting
    assert "Certificate is Trusted" not in pdfsig(signed_certificate(), tmp_path)


def test_poppler_sees_a_flipped_byte(tmp_path: Path) -> None:
    changed = bytearray(signed_certificate())
    changed[len(printed_certificate()) // 2] ^= 1
    assert "Signature is Valid" not in pdfsig(bytes(changed), tmp_path, "-nocert")


def test_a_second_signature_is_refused() -> None:
    with pytest.raises(SigningRefused, match="carries a signature already"):
        sign(signer_for(keys.OFFICE), signed_certificate())


@pytest.mark.parametrize("pdf", [b"", b"halo", b"%PDF-1.7\n%%EOF", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_pdf_is_refused(pdf: bytes) -> None:
    with pytest.raises(SigningRefused, match="cannot be signed"):
        signer_for(keys.OFFICE).sign(pdf, reason="", location="", at=SIGNED_AT)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(SigningRefused, match="time zone"):
        sign(signer_for(keys.OFFICE), at=datetime(2026, 11, 20))


def test_the_time_of_signing_is_the_one_given() -> None:
    at = datetime(2026, 3, 2, 23, 59, 58, tzinfo=UTC)
    assert verification.examine(sign(signer_for(keys.OFFICE), at=at)).signed_at == at


def test_an_elliptic_key_signs_as_well(folder: Path) -> None:
    own_authority(folder)
    signed = sign(signer_for(keys.OFFICE))
    assert verification.examine(signed).valid


def test_nothing_leaves_that_we_would_not_trust(folder: Path) -> None:
    own_authority(folder)
    signer = signer_for(keys.OFFICE)
    (folder / "ca.pem").write_bytes((keys.signing_folder() / "ca.pem").read_bytes())
    with pytest.raises(SigningRefused, match="not_trusted"):
        sign(signer)
    (folder / "ca.pem").unlink()
    with pytest.raises(SigningRefused, match="no_anchors"):
        sign(signer)


def test_a_certificate_that_has_run_out_signs_nothing(folder: Path) -> None:
    keys.other_authority(folder, valid=(timedelta(days=-900), timedelta(days=-400)))
    with pytest.raises(SigningRefused, match="not_trusted"):
        sign(signer_for(keys.OFFICE))


# --- the key -----------------------------------------------------------------------------------


def test_a_signer_says_who_it_is() -> None:
    signer = signer_for(keys.OFFICE)
    assert signer.name == keys.SIGNER_NAME
    assert re.fullmatch(r"[0-9a-f]{64}", signer.fingerprint)


def test_a_key_is_opened_once_and_again_when_it_is_replaced(folder: Path) -> None:
    path = keys.other_authority(folder)
    first = signer_for(keys.OFFICE)
    assert signer_for(keys.OFFICE) is first
    keys.other_authority(folder)
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000))
    assert signer_for(keys.OFFICE).fingerprint != first.fingerprint


def test_a_person_may_have_a_key_of_their_own(folder: Path) -> None:
    keys.other_authority(folder)
    key = keys.new_key()
    keys.write_p12(folder / f"{keys.OFFICE}.plt.p12", key, keys.certificate(key, "Plt. Kepala"))
    assert signer_for(keys.OFFICE, "plt").name == "Plt. Kepala"
    assert signer_for(keys.OFFICE, "kepala").name == keys.SIGNER_NAME
    assert signer_for(keys.OFFICE).name == keys.SIGNER_NAME


def test_a_missing_key_is_named(folder: Path) -> None:
    with pytest.raises(SigningKeyMissing, match=r"no signing key kampar\.p12 in "):
        signer_for("kampar")


def test_a_missing_folder_is_a_missing_key(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING_DIR = settings.TRUST_DIR = tmp_path / "nowhere"
    with pytest.raises(SigningKeyMissing, match="nowhere"):
        signer_for("kampar")


@pytest.mark.parametrize(
    ("office", "person"),
    [("../contoh", ""), ("a/b", ""), ("", ""), ("contoh", "../x"), ("a\0b", "")],
)
def test_no_name_leads_out_of_the_folder(office: str, person: str) -> None:
    with pytest.raises(SigningKeyMissing, match="cannot be the name of a key"):
        signer_for(office, person)


def test_a_missing_passphrase_is_named(folder: Path) -> None:
    keys.other_authority(folder).with_suffix(".passphrase").unlink()
    with pytest.raises(SigningKeyMissing, match="neither in SIGNING_PASSPHRASE nor in"):
        signer_for(keys.OFFICE)


def test_the_passphrase_may_come_from_the_settings(settings: Any, folder: Path) -> None:
    keys.other_authority(folder).with_suffix(".passphrase").unlink()
    settings.SIGNING_PASSPHRASE = keys.PASSPHRASE
    assert signer_for(keys.OFFICE).name == keys.SIGNER_NAME


@pytest.mark.parametrize("content", [b"", b"bukan kunci"])
def test_a_broken_key_is_named(folder: Path, content: bytes) -> None:
    keys.other_authority(folder).write_bytes(content)
    with pytest.raises(SigningKeyMissing, match="cannot be opened"):
        signer_for(keys.OFFICE)


def test_a_wrong_passphrase_is_no_secret_in_the_log(folder: Path) -> None:
    keys.other_authority(folder).with_suffix(".passphrase").write_text("salah-sekali")
    with pytest.raises(SigningKeyMissing, match="cannot be opened") as refusal:
        signer_for(keys.OFFICE)
    assert "salah-sekali" not in str(refusal.value)


def test_a_small_key_is_refused(folder: Path) -> None:
    key = keys.small_rsa_key()
    path = keys.write_p12(folder / "kecil.p12", key, keys.certificate(key, "Kecil"))
    with pytest.raises(SigningKeyMissing, match="RSA of 3072 bits, P-256, or more"):
        LocalKeySigner(path, keys.PASSPHRASE)


def test_pyhanko_is_not_asked_to_open_the_key_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own way costs 250 ms a signature."""
    from cryptography.hazmat.primitives import serialization

    signer = signer_for(keys.OFFICE)

    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("the key was opened again")

    for name in ("load_der_private_key", "load_pem_private_key"):
        monkeypatch.setattr(serialization, name, refuse)
    assert sign(signer)


# --- the local authority -------------------------------------------------------------------------


def make_authority(*codes: str) -> str:
    """Run the command and return what it says."""
    said = StringIO()
    options = ["--office", *codes] if codes else []
    call_command("make_signing_authority", *options, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_the_command_makes_a_key_that_signs_and_leaves_it_the_second_time(
    settings: Any, tmp_path: Path
) -> None:
    settings.SIGNING_DIR = settings.TRUST_DIR = tmp_path / "signing"
    assert "Kunci dibuat: kampar" in make_authority("kampar")
    files = {file.name: file.read_bytes() for file in settings.SIGNING_DIR.iterdir()}
    assert set(files) == {MARKER, "ca.key", "ca.pem", "kampar.p12", "kampar.passphrase"}
    assert sign(signer_for("kampar"))
    assert "Kunci sudah ada: kampar" in make_authority("kampar")
    assert files == {file.name: file.read_bytes() for file in settings.SIGNING_DIR.iterdir()}


@pytest.mark.django_db
def test_keys_are_for_their_owner_alone(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING_DIR = settings.TRUST_DIR = tmp_path / "signing"
    make_authority("kampar")
    assert stat.S_IMODE(settings.SIGNING_DIR.stat().st_mode) == 0o700
    for file in settings.SIGNING_DIR.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


@pytest.mark.django_db
def test_every_office_gets_a_key_in_the_name_of_its_head(settings: Any, folder: Path) -> None:
    office = Office.objects.create(
        code="kota-contoh", number_code="KTC", name="Dinas Contoh",
        short_name="DPMPTSP Kota Contoh",
        government="Pemerintah Kota Contoh", address="Jalan Contoh 1", city="Contoh",
    )  # fmt: skip
    office.positions.create(code="kepala", name="Kepala Dinas " + "Contoh " * 12, is_head=True)
    make_authority()
    assert signer_for("kota-contoh").name == ("Kepala Dinas " + "Contoh " * 12)[:64].strip()


@pytest.mark.django_db
def test_real_keys_are_left_alone(folder: Path) -> None:
    path = keys.other_authority(folder)
    before = path.read_bytes()
    with pytest.raises(CommandError, match="bukan kunci peragaan"):
        make_authority(keys.OFFICE)
    assert path.read_bytes() == before
    assert not (folder / MARKER).exists()


@pytest.mark.django_db
def test_production_makes_no_key_of_its_own(settings: Any, folder: Path) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="produksi"):
        make_authority("kampar")
    assert list(folder.iterdir()) == []


@pytest.mark.django_db
def test_without_offices_the_command_says_so(folder: Path) -> None:
    remove_base_world()
    with pytest.raises(CommandError, match="Belum ada unit penyelenggara"):
        make_authority()


@pytest.mark.django_db
def test_a_lost_authority_is_not_quietly_replaced(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING_DIR = settings.TRUST_DIR = tmp_path / "signing"
    make_authority("kampar")
    (settings.SIGNING_DIR / "ca.key").write_bytes(b"rusak")
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        make_authority("pekanbaru")
    (settings.SIGNING_DIR / "ca.pem").unlink()
    with pytest.raises(CommandError, match=r"ca\.pem hilang"):
        make_authority("pekanbaru")
