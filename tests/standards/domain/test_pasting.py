"""Lists out of documents are nested by their markers, whatever became of the indentation."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.domain.outline import Item
from standards.domain.pasting import flattened, pasted


def tree(items: Sequence[Item]) -> list[object]:
    """Return the words as nested lists."""
    return [
        [f"{item.marker} {item.text}".strip(), *tree(item.children)]
        if item.children
        else f"{item.marker} {item.text}".strip()
        for item in items
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KTP\nNPWP", ["KTP", "NPWP"]),
        ("ktp\nnpwp", ["ktp", "npwp"]),  # nothing is numbered: every line is a row
        ("1. KTP\n2. NPWP\n\n3. NIB", ["1. KTP", "2. NPWP", "3. NIB"]),
        (
            "1. Identitas:\na. KTP\nb. KK\n2. NPWP",
            [["1. Identitas:", "a. KTP", "b. KK"], "2. NPWP"],
        ),
        (
            "1. A\n  a. B\n    1) C\n    2) D\n  b. E\n2. F",
            [["1. A", ["a. B", "1) C", "2) D"], "b. E"], "2. F"],
        ),
        # after h comes the letter i; after 1. it begins a list of small Roman numbers
        ("h. A\ni. B\nj. C", ["h. A", "i. B", "j. C"]),
        ("1. A\ni. B\nii. C\niii. D\niv. E\n2. F",
         [["1. A", "i. B", "ii. C", "iii. D", "iv. E"], "2. F"]),
        ("I. A\nII. B\n1. C\nIII. D", ["I. A", ["II. B", "1. C"], "III. D"]),
        # dashes below a number, and below dashes when they are indented
        ("1. A\n- B\n- C\n2. D", [["1. A", "- B", "- C"], "2. D"]),
        ("- A\n  - B\n  - C\n- D", [["- A", "- B", "- C"], "- D"]),
        ("• A\n• B", ["• A", "• B"]),
        # headings without a marker begin again
        (
            "Persyaratan umum\n1. KTP\n2. NPWP\nPersyaratan khusus\n1. Gambar",
            [["Persyaratan umum", "1. KTP", "2. NPWP"], ["Persyaratan khusus", "1. Gambar"]],
        ),
        # a number that is missing or begins again does not swallow the rest
        ("1. A\n3. B\n4. C", ["1. A", "3. B", "4. C"]),
        ("1. A\n2. B\n1. C\n2. D", ["1. A", "2. B", "1. C", "2. D"]),
        ("1.1 A\n1.2 B\n1.2.1 C\n1.3 D", ["1.1 A", ["1.2 B", "1.2.1 C"], "1.3 D"]),
        ("A.1 A\nA.2 B", ["A.1 A", "A.2 B"]),
        # broken lines
        ("1. Fotokopi KTP\nyang masih berlaku\n2. NPWP",
         ["1. Fotokopi KTP yang masih berlaku", "2. NPWP"]),
        (
            "1. Surat permohonan bermeterai yang ditandatangani oleh\nKepala Badan Usaha\n2. NPWP",
            ["1. Surat permohonan bermeterai yang ditandatangani oleh Kepala Badan Usaha",
             "2. NPWP"],
        ),
        ("1.\tKTP\r\n2.\u00a0NPWP\r\n", ["1. KTP", "2. NPWP"]),
        ("", []),
        (" \n\t\n", []),
    ],
)  # fmt: skip
def test_what_was_pasted_is_nested_by_its_markers(text: str, expected: list[object]) -> None:
    assert tree(pasted(text)) == expected


_NAMES = st.text("KTP", min_size=1, max_size=5)


def _lines(items: list[object], depth: int = 0) -> list[str]:
    """Print nested names as documents do: 1. a. 1) a) by depth, without indentation."""
    lines: list[str] = []
    for number, item in enumerate(items, 1):
        letter = chr(ord("a") + number - 1)
        mark = (f"{number}.", f"{letter}.", f"{number})", f"{letter})")[depth]
        name, *children = item if isinstance(item, list) else [item]
        lines.append(f"{mark} {name}")
        lines += _lines(children, depth + 1)
    return lines


@st.composite
def _nested(draw: st.DrawFn, depth: int = 3) -> list[object]:
    items: list[object] = []
    for _number in range(draw(st.integers(1, 4))):
        name = draw(_NAMES)
        below = draw(_nested(depth=depth - 1)) if depth and draw(st.booleans()) else []
        items.append([name, *below] if below else name)
    return items


def _names(items: Sequence[Item]) -> list[object]:
    return [[i.text, *_names(i.children)] if i.children else i.text for i in items]


@given(_nested())
def test_a_numbered_list_of_any_shape_is_read_back_without_indentation(items: list[object]) -> None:
    assert _names(pasted("\n".join(_lines(items)))) == items


@given(st.text(max_size=400))
def test_no_text_is_lost_or_breaks_it(text: str) -> None:
    words = "".join(f"{item.marker}{item.text}" for item in flattened(pasted(text)))
    assert "".join(words.split()) == "".join(text.split())
