"""What a bare machine is asked for."""

from pathlib import Path

import pytest

from portal.checks import PAGE_LIBRARIES
from scripts import bootstrap

LIST = """# a comment
alpha==1.0 \\
    --hash=sha256:aa
    # via beta
beta==2.0 ; python_version >= "3" \\
    --hash=sha256:bb
"""


def test_bootstrap_asks_for_every_library_that_pages_need() -> None:
    assert set(PAGE_LIBRARIES.values()) <= set(bootstrap.FOR_RUN)


def test_pins_keep_their_hashes_and_are_read_once(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(LIST)
    second.write_text(LIST.replace("beta==2.0", "gamma==3.0"))
    found = bootstrap.pins([first, second])
    assert [pin.split("==")[0] for pin in found] == ["alpha", "beta", "gamma"]
    assert all("--hash=sha256:" in pin for pin in found)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_a_hash_and_names_no_host(name: str) -> None:
    text = (bootstrap.ROOT / name).read_text()
    pins = bootstrap.pins([bootstrap.ROOT / name])
    assert len(pins) > 20
    assert all("--hash=sha256:" in pin for pin in pins)
    assert "://" not in text


def test_both_lists_agree_on_versions() -> None:
    def versions(name: str) -> dict[str, str]:
        pins = bootstrap.pins([bootstrap.ROOT / name])
        return dict(pin.split()[0].split("==") for pin in pins)

    run, test = versions("requirements.txt"), versions("requirements-dev.txt")
    assert {name: run[name] for name in run.keys() & test} == {
        name: test[name] for name in run.keys() & test
    }


def test_without_root_or_sudo_the_one_command_is_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bootstrap, "as_root", lambda: None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/usr/bin/" + name)
    with pytest.raises(SystemExit) as ended:
        bootstrap.install_system({"libpango-1.0-0": lambda: False, "qpdf": lambda: True})
    assert "apt-get install -y --no-install-recommends libpango-1.0-0\n" in f"{ended.value}\n"
    assert "qpdf" not in str(ended.value)


def test_nothing_is_installed_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*words: object, **more: object) -> None:
        raise AssertionError("nothing should be run")

    monkeypatch.setattr(bootstrap.subprocess, "run", fail)
    bootstrap.install_system({"qpdf": lambda: True})
