"""Containerfile and compose.yaml say what docs/operations.md says."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
import yaml

from tests.architecture.source import ROOT

OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
CONTAINERFILE = (ROOT / "Containerfile").read_text(encoding="utf-8")
PROCESSES = ("web", "worker", "beat", "watch")


def compose() -> dict[str, Any]:
    """Return compose.yaml, its anchors resolved."""
    return dict(yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8")))


def table(heading: str) -> list[list[str]]:
    """Return the rows of the table of operations.md that begins with ``heading``."""
    begin = OPERATIONS.index(heading)
    rows = OPERATIONS[begin:].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def documented_commands() -> dict[str, list[str]]:
    """Return the command of each process as operations.md has it, as written in a container."""
    found = {}
    for process, command, _many in table("| process | command |"):
        words = shlex.split(command.strip("`").replace("127.0.0.1:8000", "0.0.0.0:8000"))
        found[process] = ["python", *words] if words[0] == "manage.py" else words
    return found


def environment_names() -> tuple[set[str], set[str]]:
    """Return the names that operations.md explains, and those of them that are needed."""
    known, needed = set(), set()
    for names, need, _meaning in table("| name | needed |"):
        found = set(re.findall("`([A-Z_]+)`", names))
        known |= found
        needed |= found if need == "yes" else set()
    return known, needed


def image_environment() -> dict[str, str]:
    """Return what the Containerfile sets with ENV."""
    block = re.search(r"(?m)^ENV ((?:.*\\\n)*.*)$", CONTAINERFILE)
    assert block
    return dict(word.split("=", 1) for word in shlex.split(block[1].replace("\\\n", " ")))


@pytest.mark.parametrize("process", PROCESSES)
def test_each_process_is_started_as_documented(process: str) -> None:
    assert compose()["services"][process]["command"] == documented_commands()[process]


def test_all_documented_processes_are_services() -> None:
    assert set(documented_commands()) == set(PROCESSES) <= compose()["services"].keys()
    run = re.search(r"(?m)^CMD (\[.*\])$", CONTAINERFILE)
    assert run
    assert yaml.safe_load(run[1]) == documented_commands()["web"]


def test_images_are_pinned_to_the_documented_versions() -> None:
    images = {name: service["image"] for name, service in compose()["services"].items()}
    python = re.search(r"(?m)^FROM (\S+)$", CONTAINERFILE)
    assert python
    assert python[1].startswith("docker.io/library/python:3.11.")
    assert "Python 3.11" in OPERATIONS
    oldest = re.search(r"PostgreSQL (\d+) or newer, Redis (\d+)", OPERATIONS)
    assert oldest
    assert re.search(rf"/postgres:{oldest[1]}\.\d+-\w+$", images["postgresql"])
    assert re.search(rf"/redis:{oldest[2]}\.\d+\.\d+-\w+$", images["redis"])
    assert len({images[process] for process in PROCESSES}) == 1
    assert not [image for image in images.values() if not re.search(r":\d+(\.\d+)+", image)]


def test_every_setting_is_documented_and_every_needed_one_is_there() -> None:
    known, needed = environment_names()
    built = set(image_environment())
    for process in PROCESSES:
        given = {
            name.removesuffix("_FILE") for name in compose()["services"][process]["environment"]
        } | (built - {"PYTHONUNBUFFERED"})
        assert given - known == set()
        assert needed - given == set()
    assert image_environment()["DJANGO_SETTINGS_MODULE"] == "portal.settings.production"


def test_the_image_has_the_documented_system_packages() -> None:
    documented = re.search(r"(?m)^    apt-get install (.+)$", OPERATIONS)
    assert documented
    installed = re.search(r"apt-get install -y --no-install-recommends (.+) \\", CONTAINERFILE)
    assert installed
    assert set(documented[1].split()) - {"python3-venv"} == set(installed[1].split())


def test_secrets_are_files_that_are_declared_and_used() -> None:
    whole = compose()
    used = {name for service in whole["services"].values() for name in service.get("secrets", [])}
    assert used == whole["secrets"].keys()
    for name in used:
        assert f"`{name}`" in OPERATIONS
    for service in whole["services"].values():
        for name, value in service.get("environment", {}).items():
            assert not re.search("SECRET|PASSWORD|KEYS|_URL", name) or (
                name == "SITE_URL" or value.startswith("/run/secrets/")
            )


def test_a_worker_gets_the_documented_time_to_finish() -> None:
    patience = re.search(r"TimeoutStopSec=(\d+)", OPERATIONS)
    assert patience
    assert compose()["services"]["worker"]["stop_grace_period"] == f"{patience[1]}s"
