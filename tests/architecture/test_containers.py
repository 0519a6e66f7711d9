"""Containerfile, compose.yaml and the units of systemd say what docs/operations.md says."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
import yaml

from tests.architecture.source import ROOT

OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
UNITS = ROOT / "deploy" / "systemd"
WORKER_UNIT = (UNITS / "portal-worker.service").read_text(encoding="utf-8")
CONTAINERFILE = (ROOT / "Containerfile").read_text(encoding="utf-8")
PROCESSES = ("web", "uploads", "worker", "signing", "beat", "watch")


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
        words = shlex.split(command.strip("`").replace("127.0.0.1:80", "0.0.0.0:80"))
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


@pytest.mark.parametrize("process", PROCESSES)
def test_each_unit_starts_what_is_documented(process: str) -> None:
    unit = (UNITS / f"portal-{process}.service").read_text(encoding="utf-8")
    [started] = re.findall(r"(?m)^ExecStart=/srv/portal/current/\.venv/bin/(.+)$", unit)
    documented = next(row[1] for row in table("| process | command |") if row[0] == process)
    assert started.replace("%%", "%").removeprefix("python ") == documented.strip("`")
    assert ("EnvironmentFile=/etc/portal/signing" in unit) == (process == "signing")
    assert ("InaccessiblePaths=/var/lib/portal-signing" in unit) == (process != "signing")


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
        assert ("SIGNING_DIR" in given) == (process == "signing")
    assert image_environment()["DJANGO_SETTINGS_MODULE"] == "portal.settings.production"


def test_the_image_has_the_packages_of_the_installation() -> None:
    script = (ROOT / "deploy" / "install.sh").read_text(encoding="utf-8")
    documented = re.search(r"apt-get install -y --no-install-recommends ((?:.*\\\n)*.*)", script)
    assert documented
    elsewhere = {"python3-venv", "postgresql", "redis-server", "nginx", "logrotate"}
    installed = re.search(r"apt-get install -y --no-install-recommends (.+) \\", CONTAINERFILE)
    assert installed
    words = set(documented[1].replace("\\\n", " ").split())
    assert words - elsewhere == set(installed[1].split())


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
    patience = re.search(r"TimeoutStopSec=(\d+)", WORKER_UNIT)
    assert patience
    assert compose()["services"]["worker"]["stop_grace_period"] == f"{patience[1]}s"


def test_the_signing_keys_are_mounted_for_the_signing_worker_alone() -> None:
    services = compose()["services"]
    place = services["signing"]["environment"]["SIGNING_DIR"]
    holders = [
        name
        for name, service in services.items()
        if any(mount.endswith(f":{place}") for mount in service.get("volumes", []))
    ]
    assert holders == ["signing"]
    assert "portal" in {mount.split(":")[0] for mount in services["signing"]["volumes"]}


def test_nginx_speaks_tls_of_today_alone() -> None:
    text = (ROOT / "deploy/nginx/portal.conf").read_text(encoding="utf-8")
    said = dict(re.findall(r"(?m)^\s+(ssl_\w+)\s+([^;]+);", text))
    assert said["ssl_protocols"].split() == ["TLSv1.2", "TLSv1.3"]
    for suite in said["ssl_ciphers"].split(":"):
        assert suite in ("ECDHE+AESGCM", "ECDHE+CHACHA20"), suite
