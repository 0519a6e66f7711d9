"""What the board of the past is made of: tables, their rows on a telephone, cells as texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.spreadsheets import Cell
from workflow.formats import decimal, working_time

GOOD, FAIR = 95, 80  # percent in time: above, all is well; below, it is late
_NO_BREAK = "\u00a0"


class Minutes(int):
    """Working minutes: a number in a spreadsheet, words on a page."""


class Counted(int):
    """A number that opens the list it counts; in a spreadsheet and on paper a number."""

    url: str

    @classmethod
    def of(cls, number: int, url: str) -> int:
        """Return ``number`` with the address of its list; nothing opens an empty one."""
        if not number:
            return number
        found = cls(number)
        found.url = url
        return found


@dataclass(frozen=True, slots=True)
class Text:
    """A cell as a page shows it: the name of its column, whether it is words, its list or ""."""

    column: str
    is_words: bool
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """A row of a table on a telephone."""

    name: str
    lead: Text
    figures: Sequence[Text]


@dataclass(frozen=True, slots=True)
class PeriodTable:
    """One table of the page; ``lead`` is the column that stands beside the name on a telephone.

    A page shows the first ``most`` rows and says how many more there are; ``all_url`` is the
    address that shows them all.
    """

    key: str
    title: str
    hint: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    lead: int
    most: int | None = None
    all_url: str = ""

    @property
    def lead_name(self) -> str:
        """The name of that column."""
        return self.columns[self.lead]

    @property
    def cards(self) -> list[Card]:
        """The rows for a telephone: the name and one figure, the others on opening."""
        return [Card(row[0].text, row[self.lead], row[1:]) for row in self.texts]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """The names of the columns, and whether words stand in them."""
        first = self.rows[0] if self.rows else [""] * len(self.columns)
        return [
            (name, isinstance(cell, str)) for name, cell in zip(self.columns, first, strict=True)
        ]

    @property
    def texts(self) -> list[list[Text]]:
        """The rows as a page shows them; "-" stands for nothing."""
        return [
            [
                Text(*head, text_of(cell) or "-", cell.url if isinstance(cell, Counted) else "")
                for head, cell in zip(self.heads, row, strict=True)
            ]
            for row in self.rows[: self.most]
        ]

    @property
    def more(self) -> int:
        """How many rows the page leaves out."""
        return 0 if self.most is None else max(len(self.rows) - self.most, 0)


def days(value: float | None) -> Cell:
    """Return a number of days, whole where it is."""
    return int(value) if value is not None and value == int(value) else value


def meaning_of(share: int | None) -> str:
    """Return what a share in time means."""
    if share is None:
        return "neutral"
    return "good" if share >= GOOD else "attention" if share >= FAIR else "late"


def text_of(cell: Cell) -> str:
    """Return a cell as a page shows it."""
    if isinstance(cell, Minutes):
        return working_time(cell).replace(" ", _NO_BREAK)
    if isinstance(cell, float):
        return decimal(cell)
    return "" if cell is None else str(cell)
