"""Our scripts write no key that they have read into an object, so none reaches a prototype."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

SCRIPTS = sorted((ROOT / "portal/static/portal/js").glob("*.js"))

# Ways in which a name that somebody else chose becomes a key of an object, or of its prototype.
FORBIDDEN = re.compile(
    r"__proto__|\bprototype\b|\bconstructor\b|\bsetPrototypeOf\b"
    r"|\bObject\.(?:assign|defineProperty|defineProperties)\b|\bReflect\.(?:set|defineProperty)\b"
    r"|[\w)\]]\[[^\]]+\]\s*(?:[-+*/|&?]{0,2}=)(?!=)"  # some[name] = …
    r"|\bfor\s*\(\s*(?:const|let|var)\s+\w+\s+in\b"
    r"|\beval\b|\bnew\s+Function\b"
)


def test_every_script_of_ours_is_read() -> None:
    assert len(SCRIPTS) >= 9


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_writes_a_key_that_it_has_read(script: Path) -> None:
    lines = script.read_text(encoding="utf-8").splitlines()
    assert [line.strip() for line in lines if FORBIDDEN.search(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        'target["__proto__"] = value;',
        "target[name] = value;",
        "rows[0][key] += 1;",
        "find(one)[key] ||= {};",
        "Object.assign(target, JSON.parse(text));",
        "for (const name in source) copy(name);",
        "node.constructor.prototype.open = true;",
    ],
)
def test_the_rule_bites(line: str) -> None:
    assert FORBIDDEN.search(line)


@pytest.mark.parametrize(
    "line",
    [
        'const [visit] = performance.getEntriesByType("navigation");',
        "if (found[0] === open) return;",
        "const item = { key, ...JSON.parse(text) };",
        "const open = new Set(JSON.parse(text));",
    ],
)
def test_the_rule_lets_the_rest_be(line: str) -> None:
    assert not FORBIDDEN.search(line)
