"""Add up JUnit files and print the sum as the last lines of ``make test``."""

import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable
from pathlib import Path


def total(files: Iterable[Path]) -> str:
    """Return how many tests passed, failed and were skipped, and which passed at a second try."""
    tests = failed = skipped = 0
    unsteady: list[str] = []
    for file in files:
        for suite in ElementTree.parse(file).getroot().iter("testsuite"):  # noqa: S314  (our own)
            tests += int(suite.get("tests", "0"))
            failed += int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
            skipped += int(suite.get("skipped", "0"))
            unsteady += _tried_twice(suite)
    line = f"{tests - failed - skipped} passed, {failed} failed"
    if skipped:
        line += f", {skipped} skipped"
    return "\n".join([*(f"passed only at a second try: {name}" for name in unsteady), line])


def _tried_twice(suite: ElementTree.Element) -> list[str]:
    """Return the names of tests that a suite holds twice and that passed in the end."""
    cases = list(suite.iter("testcase"))
    tries = Counter(map(_name, cases))
    red = {_name(case) for case in cases if {"failure", "error"} & {part.tag for part in case}}
    return sorted(name for name, count in tries.items() if count > 1 and name not in red)


def _name(case: ElementTree.Element) -> str:
    return f"{case.get('classname')}::{case.get('name')}"


if __name__ == "__main__":
    print(total(sorted(Path(sys.argv[1]).glob("*.xml"))))
