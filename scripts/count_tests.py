"""Add up JUnit files and print the sum as the last line of ``make test``."""

import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from pathlib import Path


def total(files: Iterable[Path]) -> str:
    """Return how many tests passed, failed and were skipped, as one line."""
    tests = failed = skipped = 0
    for file in files:
        for suite in ElementTree.parse(file).getroot().iter("testsuite"):  # noqa: S314  (our own)
            tests += int(suite.get("tests", "0"))
            failed += int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
            skipped += int(suite.get("skipped", "0"))
    line = f"{tests - failed - skipped} passed, {failed} failed"
    return f"{line}, {skipped} skipped" if skipped else line


if __name__ == "__main__":
    print(total(sorted(Path(sys.argv[1]).glob("*.xml"))))
