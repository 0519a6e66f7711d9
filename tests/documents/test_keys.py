"""Whether an office can sign: said at its page, before publishing, at the desk and in a task."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Office, User
from demo import samples
from documents.keys import key_state
from documents.verification import trust_anchors
from permits.services import certificates
from standards.domain.steps import StepKind
from tests.factories import keys
from tests.factories.accounts import make_office
from tests.factories.filing import signed_in
from tests.factories.permits import Cast, at_step, lose_keys, make_keys
from workflow import admin_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """An empty folder of keys with the authority of the tests."""
    settings.SIGNING_DIR = tmp_path
    (tmp_path / "ca.pem").write_bytes((keys.signing_folder() / "ca.pem").read_bytes())
    return tmp_path


@pytest.fixture
def office(folder: Path) -> Office:
    return make_office(code=keys.OFFICE)


def give(folder: Path) -> None:
    for ending in (".p12", ".passphrase"):
        name = f"{keys.OFFICE}{ending}"
        (folder / name).write_bytes((keys.signing_folder() / name).read_bytes())


def test_a_new_office_has_no_key(office: Office) -> None:
    state = key_state(office, timezone.now())
    assert not state.usable
    assert "memasang contoh.p12 di folder kunci" in state.problem


def test_a_key_is_usable_and_says_until_when(office: Office, folder: Path) -> None:
    give(folder)
    state = key_state(office, timezone.now())
    assert (state.problem, state.usable, state.signer_name) == ("", True, keys.SIGNER_NAME)
    assert state.valid_until is not None


def test_each_fault_of_a_key_has_its_words(office: Office, folder: Path) -> None:
    give(folder)
    (folder / "contoh.passphrase").unlink()
    assert "Kata sandi" in key_state(office, timezone.now()).problem
    (folder / "contoh.passphrase").write_text("salah")
    assert "tidak dapat dibuka" in key_state(office, timezone.now()).problem
    give(folder)
    later = timezone.now() + timedelta(days=20_000)
    assert "hanya berlaku" in key_state(office, later).problem
    (folder / "ca.pem").unlink()
    assert trust_anchors() == ()
    assert "ca.pem" in key_state(office, timezone.now()).problem
    keys.other_authority(folder)
    (folder / "ca.pem").write_bytes((keys.signing_folder() / "ca.pem").read_bytes())
    assert "ca.pem" in key_state(office, timezone.now()).problem


def test_a_small_key_is_called_weak(office: Office, folder: Path) -> None:
    key = keys.small_rsa_key()
    path = keys.write_p12(folder / "contoh.p12", key, keys.certificate(key, "Kecil"))
    path.with_suffix(".passphrase").write_text(keys.PASSPHRASE)
    assert "terlalu lemah" in key_state(office, timezone.now()).problem


def test_the_page_of_an_office_shows_its_key(office: Office, folder: Path) -> None:
    root = User.objects.create_superuser("root@example.org", "x")
    address = reverse("admin:accounts_office_change", args=[office.pk])
    page = signed_in(root).get(address).content.decode()
    assert "Belum ada kunci tanda tangan" in page
    give(folder)
    page = signed_in(root).get(address).content.decode()
    assert f"Siap dipakai atas nama {keys.SIGNER_NAME}" in page


def test_a_waiting_signature_opens_a_task_that_the_key_closes(cast: Cast, monday: Any) -> None:
    lose_keys(cast)
    application = at_step(cast, StepKind.SIGN, monday)
    lose_keys(cast)
    head = cast.at("kepala-dinas")
    page = signed_in(head).get(application.get_desk_url()).content.decode()
    assert "Dokumen akan menunggu setelah Anda menandatangani. Belum ada kunci" in page
    draft = application.drafts.latest("pk")
    certificates.sign_certificate(application, actor=head, at=monday, digest=draft.digest)
    certificates.sign_due(monday)
    [task] = admin_tasks.waiting().filter(kind="signing_key")
    words = admin_tasks.sentence(task)
    assert "padahal ada dokumen yang menunggu. Belum ada kunci tanda tangan" in words
    assert task.path == reverse("admin:accounts_office_change", args=[cast.office.pk])
    make_keys(cast)
    certificates.sign_due(monday + timedelta(hours=2))
    assert samples.reload(application).certificate.signed_at is not None
    assert not admin_tasks.waiting().filter(kind="signing_key").exists()
