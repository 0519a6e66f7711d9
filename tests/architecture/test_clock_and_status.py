"""The clock is read only at the edges; a status is written only by its one writer."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import modules

EDGES = (
    "/views", "/admin.py", "/admin/", "/tasks.py", "/management/", "/adapter.py", "/throttling.py",
    "/once.py", "/context.py", "/health.py", "/middleware.py", "/mailbox.py", "/forms/",
    "portal/",
)  # fmt: skip
# the heartbeat tells when a loop ran; query sets ask who holds a post now
READS_THE_CLOCK = {
    "workflow/sweeps.py", "permits/querysets.py", "complaints/querysets.py",
    "notices/services.py",
    "accounts/officers.py",  # a decorator of views: when the officer asks
    "accounts/fields/days.py",  # a field belongs to a form: its limits are counted from today
    "documents/serving.py",  # it answers a request: when a file is found missing
    "documents/verification.py",  # a signature dated ahead is judged by today
}  # fmt: skip
WRITES_A_STATUS = {"workflow/transitions.py", "standards/services/publishing.py"}


def clock_readers(source: str) -> list[int]:
    """Return the lines that read the clock."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "today", "localdate", "localtime")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("timezone", "datetime", "date")
    ]


def status_writers(source: str) -> list[int]:
    """Return the lines that write a status."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            lines += [
                t.lineno for t in targets if isinstance(t, ast.Attribute) and t.attr == "status"
            ]
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "update"
            and any(keyword.arg == "status" for keyword in node.keywords)
        ):
            lines.append(node.lineno)
    return lines


def test_the_clock_is_read_only_at_the_edges():
    found = {
        f"{path}:{line}"
        for path, text in modules()
        if path not in READS_THE_CLOCK and not any(edge in f"/{path}" for edge in EDGES)
        for line in clock_readers(text)
    }
    assert not found


def test_a_status_has_one_writer():
    found = {
        f"{path}:{line}"
        for path, text in modules()
        if path not in WRITES_A_STATUS
        for line in status_writers(text)
    }
    assert not found


@pytest.mark.parametrize("bad", ["at = timezone.now()", "day = date.today()"])
def test_the_clock_rule_bites(bad):
    assert clock_readers(bad) == [1]


@pytest.mark.parametrize("bad", ["x.status = 'selesai'", "rows.update(status='selesai')"])
def test_the_status_rule_bites(bad):
    assert status_writers(bad) == [1]
