"""The checks that look at the machine and at what the demo has left behind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.checks import ERROR, WARNING
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from accounts.models import User
from portal import checks, database_checks
from portal.settings.security import DEVELOPMENT_SECOND_FACTOR_KEY


def test_missing_page_library_is_named_with_the_package_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks, "_loads", lambda name: "harfbuzz" not in name)
    [message] = checks.page_libraries(None)
    assert "libharfbuzz-subset.so.0" in message.msg
    assert message.hint == "On Debian: apt-get install --no-install-recommends libharfbuzz-subset0"
    assert message.level == WARNING  # the demo still serves its pages
    with override_settings(DEMO=False):
        [message] = checks.page_libraries(None)
    assert message.level == ERROR


def test_nothing_is_said_when_all_page_libraries_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_loads", lambda name: True)
    assert checks.page_libraries(None) == []


# --- production ----------------------------------------------------------------------------------


@pytest.fixture
def office(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folders of an office that does everything right; every test spoils one thing."""
    for name, mode in {"private": 0o750, "signing": 0o700, "trust": 0o755, "var": 0o750}.items():
        (tmp_path / name).mkdir(mode=mode)
    # the tests make their tables themselves: tests/portal/test_database_roles.py
    monkeypatch.setattr(database_checks, "powers", list)
    with override_settings(
        DEMO=False,
        SECRET_KEY="k3Vq-" * 12,
        SECOND_FACTOR_REQUIRED=True,
        SECOND_FACTOR_KEYS=[Fernet.generate_key().decode()],
        PRIVATE_ROOT=tmp_path / "private",
        SIGNING_DIR=tmp_path / "signing",
        TRUST_DIR=tmp_path / "trust",
        VAR_DIR=tmp_path / "var",
        STATIC_ROOT=tmp_path / "var" / "static",
    ):
        yield tmp_path


def reason() -> str:
    """Return why the start is refused."""
    with pytest.raises(ImproperlyConfigured) as refusal:
        checks.refuse_unsafe_start()
    return str(refusal.value)


def test_nothing_stands_in_the_way_of_an_office_that_does_everything_right(office: Path) -> None:
    checks.refuse_unsafe_start()


@pytest.mark.parametrize("place", ["signing", "signing/pekanbaru", "trust"])
def test_development_key_is_refused(office: Path, place: str) -> None:
    folder = office / place
    folder.mkdir(exist_ok=True, mode=0o700)
    (folder / "DEVELOPMENT").touch(mode=0o600)
    assert "portal.E004" in reason()


def test_missing_key_folder_is_refused(office: Path) -> None:
    (office / "signing").rmdir()
    assert "portal.E005" in reason()


@pytest.mark.parametrize("mode", [0o701, 0o710, 0o750, 0o755])
def test_key_folder_that_others_can_enter_is_refused(office: Path, mode: int) -> None:
    (office / "signing").chmod(mode)
    assert "portal.E006" in reason()


@pytest.mark.parametrize("mode", [0o604, 0o640])
def test_a_key_that_others_can_read_is_refused(office: Path, mode: int) -> None:
    (office / "signing" / "contoh.p12").touch(mode=0o600)
    checks.refuse_unsafe_start()
    (office / "signing" / "contoh.p12").chmod(mode)
    assert "contoh.p12" in reason()


def test_a_process_without_keys_is_asked_for_none(office: Path) -> None:
    (office / "signing").chmod(0o755)
    with override_settings(SIGNING_DIR=None):
        checks.refuse_unsafe_start()


def test_a_missing_folder_of_issuers_is_refused_and_an_empty_one_is_said(office: Path) -> None:
    assert [message.id for message in checks.trust_is_readable(None)] == ["portal.W013"]
    (office / "trust" / "ca.pem").touch()
    assert checks.trust_is_readable(None) == []
    (office / "trust" / "ca.pem").unlink()
    (office / "trust").rmdir()
    assert "portal.E011" in reason()


@pytest.mark.parametrize("name", ["private", "var"])
def test_missing_folder_is_refused(office: Path, name: str) -> None:
    (office / name).rmdir()
    said = reason()
    assert "portal.E008" in said
    assert str(office / name) in said


@pytest.mark.parametrize("name", ["PRIVATE_ROOT", "SIGNING_DIR"])
def test_private_files_may_not_lie_under_the_public_ones(office: Path, name: str) -> None:
    inside = office / "var" / "static" / "inside"
    inside.mkdir(parents=True, mode=0o750)
    with override_settings(**{name: inside}):
        assert "portal.E007" in reason()


def test_a_user_of_the_database_who_could_lift_its_guards_is_refused(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_checks, "powers", lambda: ["is superuser"])
    assert "The user of DATABASE_URL is superuser." in reason()
    assert "deploy/postgresql/roles.sql" in reason()


def test_demo_people_are_refused_by_mark_and_by_address(office: Path) -> None:
    User.objects.create_user("real@example.id", full_name="Ani")
    checks.refuse_unsafe_start()
    User.objects.create_user("budi@DEMO.invalid", full_name="Budi")
    assert "holds 1 demo accounts" in reason()
    User.objects.create_user("sari@example.id", full_name="Sari", is_demo=True)
    assert "holds 2 demo accounts" in reason()


def test_officers_without_a_second_factor_are_refused(office: Path) -> None:
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        assert "portal.E013" in reason()


@pytest.mark.parametrize("keys", [[], [DEVELOPMENT_SECOND_FACTOR_KEY]])
def test_second_factors_sealed_with_no_key_of_the_office_are_refused(
    office: Path, keys: list[str]
) -> None:
    with override_settings(SECOND_FACTOR_KEYS=keys):
        assert "portal.E014" in reason()


def test_the_demo_itself_is_left_alone(office: Path) -> None:
    (office / "signing" / "DEVELOPMENT").touch()
    with override_settings(DEMO=True):
        checks.refuse_unsafe_start()


def test_an_office_without_a_usable_list_of_leaked_passwords_is_warned(
    settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "list").write_text(f"{'0' * 40}:3\n{'A' * 40}:1\n")
    (tmp_path / "passwords").write_text("123456\nqwerty\n")
    for path, warned in {
        "": "leaked elsewhere are taken",
        str(tmp_path / "list"): "",
        str(tmp_path / "passwords"): "no sorted list",
        str(tmp_path / "away"): "cannot be read",
    }.items():
        settings.LEAKED_PASSWORDS = path
        found = checks.leaked_passwords_are_known(None)
        assert [message.id for message in found] == ["portal.W023"] * bool(warned)
        assert all(warned in message.msg and message.level == WARNING for message in found)


def test_an_office_without_backups_scanner_and_addresses_for_errors_is_warned(
    settings: Any,
) -> None:
    ids = ["portal.W011", "portal.W016", "portal.W012"]
    settings.ADMINS, settings.BACKUP_RECIPIENTS, settings.CLAMD_ADDRESS = [], [], ""
    found = checks.somebody_is_told(None)
    assert [message.id for message in found] == ids
    assert all(message.level == WARNING for message in found)
    settings.ADMINS, settings.BACKUP_RECIPIENTS = [("", "operator@contoh.id")], ["age1x"]
    settings.CLAMD_ADDRESS = "/run/clamav/clamd.ctl"
    assert checks.somebody_is_told(None) == []
