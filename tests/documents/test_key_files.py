"""The way of a key: made beside the one in use, certified elsewhere, put into use, renewed."""

from __future__ import annotations

import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Office
from authority.models import OperatorAct
from documents.keys import key_state
from documents.signing import signer_for
from documents.verification import examine
from tests.factories import keys
from tests.factories.accounts import make_office
from tests.factories.signed import printed_certificate

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def folders(settings: Any, tmp_path: Path) -> tuple[Path, Path]:
    signing, trust = tmp_path / "signing", tmp_path / "trust"
    signing.mkdir(mode=0o700)
    trust.mkdir()
    settings.SIGNING_DIR, settings.TRUST_DIR = signing, trust
    return signing, trust


@pytest.fixture
def office(folders: tuple[Path, Path]) -> Office:
    return make_office(code=keys.OFFICE)


def request(*options: str) -> str:
    said = StringIO()
    call_command("make_signing_key", keys.OFFICE, *options, stdout=said)
    return said.getvalue()


def take(certificate: bytes, folder: Path, names: tuple[str, ...] = ("Ani", "Budi")) -> str:
    said, file = StringIO(), folder / "from-issuer.pem"
    file.write_bytes(certificate)
    call_command("take_signing_certificate", keys.OFFICE, str(file), by=names, stdout=said)
    return said.getvalue()


def sign() -> bytes:
    return signer_for(keys.OFFICE).sign(
        printed_certificate(), reason="Uji", location="Contoh", at=timezone.now()
    )


def test_from_request_to_signature_and_renewal(
    office: Office, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    signing, trust = folders
    issuer = keys.Issuer(trust)
    asked = request("--name", "Kepala Dinas Contoh")
    assert request("--name", "Kepala Dinas Contoh") == asked, "a lost request is asked for again"
    assert "Kepala Dinas Contoh" in take(issuer.certify(asked), tmp_path)
    state = key_state(office, timezone.now())
    assert (state.usable, state.signer_name) == (True, "Kepala Dinas Contoh")
    first = sign()
    assert examine(first).valid

    renewed = request("--name", "Kepala Dinas Contoh")
    assert signer_for(keys.OFFICE).serial == state.serial, "the old key signs until the new is here"
    certificate = issuer.certify(renewed)
    for names in ((), ("Ani",), ("Ani", " ani ")):
        with pytest.raises(CommandError, match="Sebut dua nama"):
            take(certificate, tmp_path, names)
    assert signer_for(keys.OFFICE).serial == state.serial, "without two names nothing is changed"
    take(certificate, tmp_path, ("Citra", "Budi"))
    acts = OperatorAct.objects.filter(office=office).order_by("pk")
    assert [act.names for act in acts] == [["Ani", "Budi"], ["Citra", "Budi"]]
    assert acts[1].detail.startswith("Kepala Dinas Contoh, ")
    assert signer_for(keys.OFFICE).serial != state.serial
    assert examine(sign()).valid
    assert examine(first).valid, "what the former key signed stays valid"
    assert len(list((signing / "former").glob("contoh-*.p12"))) == 1
    for path in (signing, *signing.rglob("*")):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_what_does_not_fit_is_refused_and_changes_nothing(
    office: Office, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    signing, trust = folders
    issuer = keys.Issuer(trust)
    with pytest.raises(CommandError, match="Tidak ada kunci yang menunggu"):
        take(keys.certificate(keys.new_key(), "Lain").public_bytes(Encoding.PEM), tmp_path)
    asked = request()
    before = {path.name: path.read_bytes() for path in signing.iterdir()}
    with pytest.raises(CommandError, match="milik kunci lain"):
        take(keys.certificate(keys.new_key(), "Lain").public_bytes(Encoding.PEM), tmp_path)
    with pytest.raises(CommandError, match="tidak berlaku hari ini"):
        take(issuer.certify(asked, valid=(DAY, 3 * DAY)), tmp_path)
    with pytest.raises(CommandError, match="tidak memuat sertifikat"):
        take(b"bukan sertifikat", tmp_path)
    genuine = issuer.certify(asked)
    keys.Issuer(trust)  # another one is trusted now
    with pytest.raises(CommandError, match="belum dikenal portal"):
        take(genuine, tmp_path)
    assert before == {path.name: path.read_bytes() for path in signing.iterdir()}


def test_only_who_has_the_keys_makes_keys(office: Office, settings: Any) -> None:
    settings.SIGNING_DIR = None
    with pytest.raises(CommandError, match="SIGNING_DIR"):
        request()


def test_an_unknown_office_is_refused_with_those_that_are_known(office: Office) -> None:
    with pytest.raises(CommandError, match=r"Yang ada: .*contoh"):
        call_command("make_signing_key", "salah")
