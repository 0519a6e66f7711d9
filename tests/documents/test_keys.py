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
from documents.keys import (
    LOOK,
    STALE_AFTER,
    KeyState,
    key_state,
    look_at_keys,
    watch_signing_worker,
)
from documents.models import SigningKey
from documents.verification import trust_anchors
from permits.services import certificates
from standards.domain.steps import StepKind
from tests.factories import keys
from tests.factories.accounts import make_office
from tests.factories.filing import signed_in
from tests.factories.permits import Cast, at_step, lose_keys, make_keys
from workflow import admin_tasks
from workflow.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """An empty folder of keys with the authority of the tests."""
    settings.SIGNING_DIR = settings.TRUST_DIR = tmp_path
    (tmp_path / "ca.pem").write_bytes((keys.signing_folder() / "ca.pem").read_bytes())
    return tmp_path


@pytest.fixture
def office(folder: Path) -> Office:
    return make_office(code=keys.OFFICE)


def give(folder: Path) -> None:
    for ending in (".p12", ".passphrase"):
        name = f"{keys.OFFICE}{ending}"
        (folder / name).write_bytes((keys.signing_folder() / name).read_bytes())


def looked(office: Office) -> KeyState:
    """Let the signing worker look at its keys, and return what pages show of it."""
    at = timezone.now()
    look_at_keys(at)
    return key_state(office, at)


def test_a_key_nobody_has_looked_at_is_not_usable(office: Office, folder: Path) -> None:
    give(folder)
    state = key_state(office, timezone.now())
    assert not state.usable
    assert "belum pernah diperiksa" in state.problem


def test_a_new_office_has_no_key(office: Office) -> None:
    state = looked(office)
    assert not state.usable
    assert "Belum ada kunci tanda tangan (contoh.p12)" in state.problem


def test_a_key_is_usable_and_says_until_when(office: Office, folder: Path) -> None:
    give(folder)
    state = looked(office)
    assert (state.problem, state.usable, state.signer_name) == ("", True, keys.SIGNER_NAME)
    assert state.valid_until is not None
    row = SigningKey.objects.get(office=office)
    assert (len(row.fingerprint), row.serial) == (64, state.serial)


def test_each_fault_of_a_key_has_its_words(office: Office, folder: Path) -> None:
    give(folder)
    (folder / "contoh.passphrase").unlink()
    assert "Kata sandi" in looked(office).problem
    (folder / "contoh.passphrase").write_text("salah")
    assert "tidak dapat dibuka" in looked(office).problem
    give(folder)
    later = timezone.now() + timedelta(days=20_000)
    look_at_keys(later)
    assert "hanya berlaku" in key_state(office, later).problem
    SigningKey.objects.all().delete()
    (folder / "ca.pem").unlink()
    assert trust_anchors() == ()
    assert "ca.pem" in looked(office).problem
    keys.other_authority(folder)
    (folder / "ca.pem").write_bytes((keys.signing_folder() / "ca.pem").read_bytes())
    assert "ca.pem" in looked(office).problem


def test_pages_need_no_key_and_show_what_was_recorded(
    office: Office, folder: Path, settings: Any
) -> None:
    give(folder)
    look_at_keys(timezone.now())
    settings.SIGNING_DIR = None  # as in the web process
    assert key_state(office, timezone.now()).usable
    root = User.objects.create_superuser("root@example.org", "x")
    address = reverse("admin:accounts_office_change", args=[office.pk])
    page = signed_in(root).get(address).content.decode()
    assert f"Siap dipakai atas nama {keys.SIGNER_NAME}" in page
    assert "Terakhir diperiksa" in page


def test_a_process_without_keys_records_nothing(office: Office, settings: Any) -> None:
    settings.SIGNING_DIR = None
    assert look_at_keys(timezone.now()).failed == Office.objects.count()
    assert not SigningKey.objects.filter(office=office).exists()


def test_an_old_record_is_called_old(office: Office, folder: Path) -> None:
    give(folder)
    at = timezone.now()
    look_at_keys(at)
    assert key_state(office, at + STALE_AFTER).usable
    state = key_state(office, at + STALE_AFTER + timedelta(seconds=1))
    assert "tidak memberi kabar: kunci terakhir diperiksa" in state.problem
    assert state.signer_name == keys.SIGNER_NAME


def test_a_slow_look_does_not_hide_a_later_one(office: Office, folder: Path) -> None:
    give(folder)
    at = timezone.now()
    look_at_keys(at)
    (folder / "contoh.p12").unlink()
    look_at_keys(at - timedelta(seconds=1))
    assert key_state(office, at).usable


def test_a_clock_that_was_put_back_does_not_keep_an_old_look(office: Office, folder: Path) -> None:
    ahead = timezone.now() + timedelta(days=13)
    look_at_keys(ahead)
    look_at_keys(ahead - timedelta(days=13))
    assert SigningKey.objects.get(office=office).looked_at == ahead - timedelta(days=13)


def test_a_silent_signing_worker_opens_a_task_that_its_next_look_closes(folder: Path) -> None:
    at = timezone.now()
    assert not watch_signing_worker(at), "it may be about to start"
    later = at + STALE_AFTER + timedelta(minutes=1)
    assert watch_signing_worker(later)
    [task] = admin_tasks.waiting().filter(kind="signing_worker")
    assert "tidak memberi kabar sejak" in admin_tasks.sentence(task)
    look_at_keys(timezone.now())
    assert Heartbeat.objects.get(sweep=LOOK).finished_at
    assert not watch_signing_worker(timezone.now())
    assert not admin_tasks.waiting().filter(kind="signing_worker").exists()


def test_a_small_key_is_called_weak(office: Office, folder: Path) -> None:
    key = keys.small_rsa_key()
    path = keys.write_p12(folder / "contoh.p12", key, keys.certificate(key, "Kecil"))
    path.with_suffix(".passphrase").write_text(keys.PASSPHRASE)
    assert "terlalu lemah" in looked(office).problem


def test_the_page_of_an_office_shows_its_key(office: Office, folder: Path) -> None:
    root = User.objects.create_superuser("root@example.org", "x")
    address = reverse("admin:accounts_office_change", args=[office.pk])
    look_at_keys(timezone.now())
    page = signed_in(root).get(address).content.decode()
    assert "Belum ada kunci tanda tangan" in page
    give(folder)
    look_at_keys(timezone.now())
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
    assert task.path == reverse("documents:key", args=[cast.office.code])
    make_keys(cast)
    certificates.sign_due(monday + timedelta(hours=2))
    assert samples.reload(application).certificate.signed_at is not None
    assert not admin_tasks.waiting().filter(kind="signing_key").exists()
