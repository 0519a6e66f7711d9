"""A new signing key in the pages: asked for, certified elsewhere, agreed on by two, used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Office, User
from authority.models import OperatorAct, Proposal
from authority.services import proposals
from documents import key_requests, keys
from documents.keys import ENDS_SOON, key_state, look_at_keys
from documents.models import KeyRequest
from documents.signing import signer_for
from documents.verification import examine
from notices.models import Notice
from tests.factories import keys as made
from tests.factories.accounts import (
    make_admin,
    make_office,
    make_office_admin,
    make_position,
    make_user,
)
from tests.factories.filing import signed_in
from tests.factories.signed import printed_certificate
from workflow import admin_tasks
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
State = KeyRequest.State


@pytest.fixture
def signing(settings: Any, tmp_path: Path) -> Path:
    """An empty folder of keys; the folder of issuers lies beside it."""
    settings.SIGNING_DIR, settings.TRUST_DIR = tmp_path / "signing", tmp_path / "trust"
    settings.SIGNING_DIR.mkdir(mode=0o700)
    settings.TRUST_DIR.mkdir()
    return Path(settings.SIGNING_DIR)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """RSA keys of the real size take seconds: each test takes some that are made once."""
    ready = iter(strong_keys())  # made before the patch
    monkeypatch.setattr(rsa, "generate_private_key", lambda **_size: next(ready))


@cache
def strong_keys() -> tuple[rsa.RSAPrivateKey, ...]:
    return tuple(rsa.generate_private_key(public_exponent=65537, key_size=3072) for _ in range(3))


@pytest.fixture
def issuer(signing: Path, settings: Any) -> made.Issuer:
    return made.Issuer(settings.TRUST_DIR)


@pytest.fixture
def office(signing: Path) -> Office:
    office = make_office(code=made.OFFICE)
    make_position(office, "kepala", name="Kepala Dinas Contoh", is_head=True)
    return office


@pytest.fixture
def ani() -> User:
    return make_admin(full_name="Ani")


@pytest.fixture
def budi() -> User:
    return make_admin(full_name="Budi")


def url(name: str, office: Office) -> str:
    return reverse(f"documents:{name}", args=[office.code])


def shown(user: User, office: Office) -> str:
    return signed_in(user).get(url("key", office)).content.decode()


def work() -> None:
    """Let the signing worker do what is due."""
    assert not key_requests.work_key_requests(timezone.now()).failed


def requested(office: Office, user: User) -> KeyRequest:
    """Ask in the page, and let the worker make the key."""
    answer = signed_in(user).post(url("ask_key", office), {"name": "Kepala Dinas Contoh"})
    assert answer.status_code == 302
    work()
    return KeyRequest.objects.get(office=office, state=State.MADE)


def offered(office: Office, user: User, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("dari-penerbit.pem", content)
    typed = {"certificate": file, "reason": "Kunci lama berakhir", **more}
    return signed_in(user).post(url("offer_certificate", office), typed)


def agreed(office: Office, user: User, second: User, content: bytes) -> Proposal:
    assert offered(office, user, content).status_code == 302
    proposal = Proposal.objects.open().get()
    proposals.confirm(proposal, actor=second, at=timezone.now())
    return proposal


def test_a_key_is_asked_for_certified_and_used_by_two(
    office: Office, issuer: made.Issuer, ani: User, budi: User, signing: Path, settings: Any
) -> None:
    assert 'value="Kepala Dinas Contoh"' in shown(ani, office)
    with_keys, settings.SIGNING_DIR = settings.SIGNING_DIR, None  # the web process has none
    signed_in(ani).post(url("ask_key", office), {"name": "Kepala Dinas Contoh"})
    assert "Menunggu proses penanda tangan membuat kunci" in shown(ani, office)
    assert signed_in(ani).get(url("key_request", office)).status_code == 404, "not made yet"
    settings.SIGNING_DIR = with_keys
    work()
    settings.SIGNING_DIR = None
    file = signed_in(budi).get(url("key_request", office))
    assert file["Content-Disposition"] == 'attachment; filename="contoh.csr"'
    assert b"PRIVATE" not in file.content
    sent = issuer.certify(file.content.decode())
    answer = offered(office, ani, sent)
    proposal = Proposal.objects.get()
    assert answer["Location"] == proposal.get_absolute_url()
    page = signed_in(budi).get(answer["Location"]).content.decode()
    assert "Kepala Dinas Contoh" in page
    assert "CN=Penerbit" in page
    assert proposal.facts["fingerprint"] in page
    with pytest.raises(DomainError, match="own_proposal"):
        proposals.confirm(proposal, actor=ani, at=timezone.now())
    assert "menunggu orang kedua" in shown(ani, office)
    proposals.confirm(proposal, actor=budi, at=timezone.now())
    assert "disetujui dua orang" in shown(ani, office)

    settings.SIGNING_DIR = with_keys
    work()
    state = key_state(office, timezone.now())
    assert (state.usable, state.signer_name) == (True, "Kepala Dinas Contoh")
    [act] = OperatorAct.objects.filter(office=office)
    assert act.names == ["Ani", "Budi"]
    assert Notice.objects.filter(template="authority/operator", recipient=budi).exists()
    signed = signer_for(office.code).sign(
        printed_certificate(), reason="Uji", location="Contoh", at=timezone.now()
    )
    assert examine(signed).valid
    assert "Terpasang" in shown(ani, office)
    assert "Minta kunci baru" in shown(ani, office)
    for row in KeyRequest.objects.values():
        assert "PRIVATE" not in str(row)


def test_certificates_in_other_forms_and_orders_are_taken(
    office: Office, issuer: made.Issuer, ani: User
) -> None:
    row = requested(office, ani)
    pem = issuer.certify(row.csr)
    own = x509.load_pem_x509_certificate(pem)
    both = [issuer.certificate, own]
    for content in (
        own.public_bytes(Encoding.DER),
        issuer.certificate.public_bytes(Encoding.PEM) + pem,
        pkcs7.serialize_certificates(both, Encoding.DER),
        pkcs7.serialize_certificates(both, Encoding.PEM),
    ):
        facts = key_requests.certificate_facts(row, content, timezone.now())
        assert facts["subject"] == "Kepala Dinas Contoh"
        assert facts["certificate"].startswith(pem.decode().strip()), "its own is the first"


Bad = Callable[[made.Issuer, str, Path], bytes]
BAD: dict[str, tuple[Bad, str]] = {
    "of another key": (
        lambda issuer, csr, folder: made.certificate(
            made.new_key(), "Lain", issuer=issuer.certificate, issuer_key=issuer.key
        ).public_bytes(Encoding.PEM),
        "milik kunci lain",
    ),
    "expired": (
        lambda issuer, csr, folder: issuer.certify(
            csr, valid=(timedelta(days=-9), timedelta(days=-1))
        ),
        "tidak berlaku hari ini",
    ),
    "not yet": (
        lambda issuer, csr, folder: issuer.certify(
            csr, valid=(timedelta(days=1), timedelta(days=9))
        ),
        "tidak berlaku hari ini",
    ),
    "garbage": (lambda issuer, csr, folder: b"\x30\x82garbage" * 9, "tidak memuat sertifikat"),
    "broken PEM": (
        lambda issuer, csr, folder: (
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
        ),
        "tidak memuat sertifikat",
    ),
    "the request itself": (lambda issuer, csr, folder: csr.encode(), "tidak memuat sertifikat"),
    "5 MB": (lambda issuer, csr, folder: b"a" * 5_000_000, "terlalu besar"),
    "a private key": (
        lambda issuer, csr, folder: (folder / f"{made.OFFICE}.pending.pem").read_bytes(),
        "memuat kunci pribadi",
    ),
    "a PKCS#12 file": (
        lambda issuer, csr, folder: made.write_p12(
            folder / "lain.p12", issuer.key, issuer.certificate
        ).read_bytes(),
        "memuat kunci pribadi",
    ),
    "empty": (lambda issuer, csr, folder: b"", "kosong"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_does_not_fit_is_said_at_the_field(
    name: str, office: Office, issuer: made.Issuer, ani: User, signing: Path
) -> None:
    row = requested(office, ani)
    content, words = BAD[name]
    answer = offered(office, ani, content(issuer, row.csr, signing), decree_number="1/2026")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert 'value="1/2026"' in page, "nothing that was typed is lost"
    assert not Proposal.objects.exists()


def test_an_unknown_issuer_is_refused_now_and_at_the_confirmation(
    office: Office, issuer: made.Issuer, ani: User, budi: User, settings: Any
) -> None:
    row = requested(office, ani)
    genuine = issuer.certify(row.csr)
    assert offered(office, ani, genuine).status_code == 302
    made.Issuer(settings.TRUST_DIR)  # another one is trusted now
    with pytest.raises(DomainError, match="key_certificate_unfit"):
        proposals.confirm(Proposal.objects.get(), actor=budi, at=timezone.now())
    proposals.withdraw(Proposal.objects.get(), actor=ani, at=timezone.now())
    assert "belum dikenal portal" in offered(office, ani, genuine).content.decode()


def test_a_worker_that_is_away_loses_nothing(
    office: Office, issuer: made.Issuer, ani: User, budi: User
) -> None:
    signed_in(ani).post(url("ask_key", office), {"name": "Kepala"})
    later = timezone.now() + timedelta(hours=3)
    look_at_keys(timezone.now())
    assert "tidak memberi kabar" in key_state(office, later).problem
    work()
    row = KeyRequest.objects.get()
    agreed(office, ani, budi, issuer.certify(row.csr))
    row.refresh_from_db()
    assert row.state == State.AGREED, "it waits for the worker"
    with pytest.raises(DomainError, match="key_request_agreed"):
        key_requests.cancel(row, at=timezone.now())
    work()
    row.refresh_from_db()
    assert row.state == State.DONE


def test_a_worker_that_dies_between_files_and_row_is_followed_by_the_next(
    office: Office,
    issuer: made.Issuer,
    ani: User,
    budi: User,
    signing: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = requested(office, ani)
    agreed(office, ani, budi, issuer.certify(row.csr))
    with monkeypatch.context() as dying:
        dying.setattr(key_requests.operator, "record", lambda *_a, **_k: 1 / 0)
        assert key_requests.work_key_requests(timezone.now()).failed == 1
    assert not (signing / "contoh.pending.pem").exists()
    row.refresh_from_db()
    assert row.state == State.AGREED
    work()
    row.refresh_from_db()
    assert row.state == State.DONE
    assert OperatorAct.objects.filter(office=office).count() == 1
    work()
    assert OperatorAct.objects.filter(office=office).count() == 1


def test_two_workers_at_once_make_one_key(
    office: Office, ani: User, signing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = key_requests.ask(office, name="Kepala", actor=ani, at=timezone.now())
    first = key_requests.make_request

    def slow(*args: Any, **options: Any) -> bytes:
        monkeypatch.setattr(key_requests, "make_request", first)
        work()  # the other worker, meanwhile
        return first(*args, **options)

    monkeypatch.setattr(key_requests, "make_request", slow)
    work()
    row.refresh_from_db()
    waiting = x509.load_pem_x509_csr(row.csr.encode()).public_key()
    again = first(signing, office.code, name="Kepala", organisation=office.short_name)
    assert x509.load_pem_x509_csr(again).public_key() == waiting


def test_a_lost_key_is_said_opens_a_task_and_a_new_request_closes_it(
    office: Office, issuer: made.Issuer, ani: User, budi: User, signing: Path
) -> None:
    row = requested(office, ani)
    agreed(office, ani, budi, issuer.certify(row.csr))
    (signing / "contoh.pending.pem").unlink()
    work()
    page = shown(ani, office)
    assert "Tidak ada kunci yang menunggu sertifikat" in page
    [task] = admin_tasks.waiting().filter(kind="key_request")
    assert task.path == url("key", office)
    requested(office, ani)
    assert not admin_tasks.waiting().filter(kind="key_request").exists()


def test_one_open_request_an_office_and_what_is_late_is_said(
    office: Office, issuer: made.Issuer, ani: User, budi: User
) -> None:
    row = requested(office, ani)
    answer = signed_in(budi).post(url("ask_key", office), {"name": "Lain"}, follow=True)
    assert "sudah punya permintaan kunci" in answer.content.decode()
    assert KeyRequest.objects.count() == 1
    assert offered(office, ani, issuer.certify(row.csr)).status_code == 302
    answer = signed_in(budi).post(url("cancel_key_request", office), follow=True)
    assert "dibatalkan" in answer.content.decode()
    with pytest.raises(DomainError, match="key_certificate_unfit"):
        proposals.confirm(Proposal.objects.get(), actor=budi, at=timezone.now())
    answer = signed_in(budi).post(url("cancel_key_request", office), follow=True)
    assert "sudah berubah" in answer.content.decode()
    answer = signed_in(ani).post(url("ask_key", office), {"name": ""})
    assert answer.status_code == 200
    assert KeyRequest.objects.filter(state__in=KeyRequest.OPEN).count() == 0
    assert key_requests.latest(office).pk == row.pk


def test_only_administrators_of_the_office_and_no_partner_body(
    office: Office, issuer: made.Issuer, ani: User
) -> None:
    requested(office, ani)
    here, elsewhere = make_office_admin(office), make_office_admin(make_office(code="lain"))
    for person, status in ((make_user(), 403), (elsewhere, 404), (here, 200)):
        for name in ("key", "key_request"):
            assert signed_in(person).get(url(name, office)).status_code == status
    led = signed_in(ani).get(url("offer_certificate", office))
    assert led["Location"] == url("key", office), "a page with a fault that is loaded again"
    partner = make_office(code="mitra", partner_of=office)
    assert signed_in(ani).get(url("key", partner)).status_code == 404


def test_demo_and_ending_keys_are_marked(office: Office, signing: Path, ani: User) -> None:
    folder = made.signing_folder()
    for name in ("contoh.p12", "contoh.passphrase"):
        (signing / name).write_bytes((folder / name).read_bytes())
    (signing.parent / "trust" / "ca.pem").write_bytes((folder / "ca.pem").read_bytes())
    look_at_keys(timezone.now())
    assert "Kunci contoh" not in shown(ani, office)
    (signing / "DEVELOPMENT").touch()
    look_at_keys(timezone.now())
    assert "Kunci contoh" in shown(ani, office)
    admin = signed_in(ani).get(reverse("admin:accounts_office_change", args=[office.pk]))
    assert "Kunci contoh: tanda tangannya tidak sah." in admin.content.decode()
    other = made.certificate(made.new_key(), "Penerbit peragaan", is_ca=True)
    for authority, is_demo in (
        (other.public_bytes(Encoding.PEM), False),  # another issuer certified it
        ((folder / "ca.pem").read_bytes(), True),
    ):
        (signing / "ca.pem").write_bytes(authority)
        look_at_keys(timezone.now())
        assert ("Kunci contoh" in shown(ani, office)) is is_demo
    other = made.certificate(made.new_key(), "Penerbit peragaan", is_ca=True)
    for authority, is_demo in (
        (other.public_bytes(Encoding.PEM), False),  # another issuer certified it
        ((folder / "ca.pem").read_bytes(), True),
    ):
        (signing / "ca.pem").write_bytes(authority)
        look_at_keys(timezone.now())
        assert ("Kunci contoh" in shown(ani, office)) is is_demo
    until = key_state(office, timezone.now()).valid_until
    assert until is not None
    before, after = until - ENDS_SOON - timedelta(days=1), until - ENDS_SOON + timedelta(days=1)
    for at, ends in ((before, False), (after, True), (before, False)):
        look_at_keys(at)
        assert key_state(office, at).ends_soon is ends
        assert admin_tasks.waiting().filter(kind="signing_key_ends").exists() is ends
    assert keys.key_state(office, until + timedelta(days=1)).ends_soon is False
