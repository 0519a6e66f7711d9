"""What a bare machine is asked for."""

import re
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from portal import installation_checks
from portal.checks import PAGE_LIBRARIES
from scripts import bootstrap

_PIN = re.compile(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ \\;]+).*\\\n((?: +--hash=.*\n)+)")
_NAMED = re.compile(r"(?m)^[A-Za-z0-9].*==")


def pins(name: str) -> dict[str, str]:
    """Return the version of every package of a list, each of which has a hash."""
    text = (bootstrap.ROOT / name).read_text()
    found = {package: version for package, version, _hashes in _PIN.findall(text)}
    assert len(found) == len(_NAMED.findall(text)), f"{name} has a package without a hash"
    return found


def test_bootstrap_asks_for_every_library_that_pages_need() -> None:
    assert set(PAGE_LIBRARIES.values()) <= set(bootstrap.FOR_RUN)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("requirements.txt", 20),
        ("requirements-dev.txt", 20),
        ("requirements-uv.txt", 1),
        ("requirements-audit.txt", 10),
    ],
)
def test_every_requirement_is_pinned_with_a_hash_and_names_no_host(name: str, least: int) -> None:
    assert len(pins(name)) >= least
    assert "://" not in (bootstrap.ROOT / name).read_text()


def test_every_list_is_audited() -> None:
    lists = {file.name for file in bootstrap.ROOT.glob("requirements*.txt")}
    audited = re.search(r"(?m)^AUDITED := (.+)$", (bootstrap.ROOT / "Makefile").read_text())
    assert audited is not None
    assert lists == set(audited[1].split())


@pytest.mark.parametrize(("days", "said"), [(183, []), (184, ["portal.W022"])])
def test_packages_of_more_than_six_months_are_said(
    days: int, said: list[str], settings: Any, tmp_path: Path
) -> None:
    settings.BASE_DIR = tmp_path
    renewed = timezone.localdate() - timedelta(days=days)
    (tmp_path / "requirements.in").write_text(f"# What runs\n# renewed {renewed}\nDjango\n")
    found = installation_checks.packages_are_not_old(None)
    assert [message.id for message in found] == said
    assert not [message for message in found if message.is_serious()]


def test_the_day_of_the_last_renewal_is_said() -> None:
    file = bootstrap.ROOT / "requirements.in"
    assert date(2026, 11, 1) < installation_checks.packages_renewed_on(file) <= timezone.localdate()


def test_both_lists_agree_on_versions() -> None:
    run, test = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: run[name] for name in run.keys() & test} == {
        name: test[name] for name in run.keys() & test
    }


def test_without_root_or_sudo_the_one_command_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    present = {"ensurepip": "/x", "apt-get": "/usr/bin/apt-get"}
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap.shutil, "which", present.get)
    with pytest.raises(SystemExit) as ended:
        bootstrap.install_system({"libpango-1.0-0": "libnone.so.0", "python3-venv": "ensurepip"})
    assert "apt-get install -y --no-install-recommends libpango-1.0-0\n" in f"{ended.value}\n"
    assert "python3-venv" not in str(ended.value)


def test_nothing_is_installed_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*words: object, **more: object) -> None:
        raise AssertionError("nothing should be run")

    monkeypatch.setattr(bootstrap.subprocess, "run", fail)
    bootstrap.install_system({"libc6": "libc.so.6", "coreutils": "ls", "base-files": "/etc/*_ver*"})


@pytest.mark.parametrize(
    ("mark", "there"),
    [
        ("libc.so.6", True),
        ("libnone.so.6", False),
        ("ls", True),
        ("no-such-program", False),
        ("ensurepip", True),
        ("/bin/l?", True),
        ("/no/such/*/file", False),
    ],
)
def test_a_package_is_known_by_library_program_module_or_file(mark: str, there: bool) -> None:
    assert bootstrap.present(mark) is there


def test_uv_is_told_what_pip_is_configured_with(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "global.index-url='file:///wheels'\n:env:.cert='/etc/one.crt'\nglobal.timeout='9'\n"
    monkeypatch.setattr(bootstrap, "pip", lambda *words: said)
    monkeypatch.setenv("SSL_CERT_FILE", "/etc/own.crt")
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    environment = bootstrap.uv_environment()
    assert environment["UV_DEFAULT_INDEX"] == "file:///wheels"
    assert environment["SSL_CERT_FILE"] == "/etc/own.crt"
    assert "9" not in {environment.get("UV_TIMEOUT"), environment.get("UV_HTTP_TIMEOUT")}


def test_lists_are_installed_once_and_again_when_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], **more: object) -> "subprocess.CompletedProcess[str]":
        ran.append(command)
        return subprocess.CompletedProcess(command, 0, "")

    for name in ("requirements.txt", "requirements-uv.txt", "pyvenv.cfg"):
        (tmp_path / name).write_text("one")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    bootstrap.install_requirements("run")
    uv = [command for command in ran if command[0].endswith("/uv")]
    assert len(uv) == 1
    assert {"--require-hashes", "--only-binary"} <= set(uv[0])
    ran.clear()
    bootstrap.install_requirements("run")
    assert ran == []
    (tmp_path / "requirements.txt").write_text("two")
    bootstrap.install_requirements("run")
    assert ran
