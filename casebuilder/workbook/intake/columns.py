"""The columns of a sheet of rows: what describes a row, what is typed, and its periods to the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from casebuilder.algebra.dimensions import TIME, Frame
from casebuilder.workbook.edits.grid import HIGH, KEY, LOW, SOURCE, VALUE, WHY
from casebuilder.workbook.intake.rows import FormRow
from casebuilder.workbook.layout.columns import letter

LABEL, UNIT, REFERENCE, STATUS, NOTE = "Label", "Unit", "Reference value", "Status", "Note"
CHAPTER, KIND, LEAST, MOST, WORDS = "Chapter", "Kind", "Least", "Most", "Words"
# All there are, and those of a sheet whose rows stand beside room to paste.
FULL = (
    KEY, LABEL, UNIT, VALUE, REFERENCE, LOW, HIGH, SOURCE, WHY, STATUS, NOTE, CHAPTER, KIND, LEAST, MOST,
    WORDS,
)  # fmt: skip
SHORT = (KEY, LABEL, UNIT, VALUE, SOURCE, WHY, STATUS, KIND, LEAST, MOST, WORDS)
HEADER_ROW, FIRST_ROW = 7, 8
_WIDTHS: Mapping[str, float] = {
    KEY: 30, LABEL: 46, UNIT: 16, VALUE: 13, REFERENCE: 12, LOW: 11, HIGH: 11, SOURCE: 34, WHY: 22, STATUS: 9,
    NOTE: 84, CHAPTER: 16, KIND: 9, LEAST: 11, MOST: 13, WORDS: 20,
}  # fmt: skip
_PERIOD_WIDTH = 12.0
# Characters of a text to one of a column's width, and the most lines of a row.
_PER_WIDTH, _MOST_LINES = 1.0, 4
_HIDDEN = (KEY, WORDS)
_LEFT = (KEY, LABEL, UNIT, SOURCE, WHY, STATUS, NOTE, CHAPTER, KIND, WORDS)


@dataclass(frozen=True)
class Columns:
    """The columns of one sheet.

    Attributes
    ----------
    frame
        The periods of the case.
    names
        What heads the columns before the periods.
    axes
        The time axes that rows of the sheet run over, in the order of the frame.
    """

    frame: Frame
    names: tuple[str, ...]
    axes: tuple[str, ...]

    @cached_property
    def headers(self) -> list[str]:
        """The header of every column, from A. Years of two axes that are the same stand once."""
        periods = [label for axis in self.axes for label in self.frame.ids(axis)]
        return list(dict.fromkeys((*self.names, *periods)))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.headers, 1)}

    def __contains__(self, header: str) -> bool:
        """Whether there is such a column."""
        return header in self._numbers

    def __getitem__(self, header: str) -> int:
        """The column under a header, from 1."""
        return self._numbers[header]

    def cell(self, header: str, row: int, fixed: str = "") -> str:
        """The address of a cell; `fixed` is a dollar where the column is not to move."""
        return f"{fixed}{letter(self[header])}{row}"

    @property
    def last(self) -> int:
        """The last column."""
        return len(self.headers)

    @property
    def widths(self) -> list[float]:
        """The width of every column, in characters."""
        return [_WIDTHS.get(header, _PERIOD_WIDTH) for header in self.headers]

    def lines(self, texts: Mapping[str, str]) -> int:
        """How many lines a row needs that wraps some texts, by header; no more than a few.

        Programs other than Excel do not make a row as high as its text by themselves.
        """
        shown = {header: text for header, text in texts.items() if header in self and header not in _HIDDEN}
        needed = [ceil(len(text) / (_PER_WIDTH * _WIDTHS[header])) for header, text in shown.items()]
        return max(1, min(max(needed, default=1), _MOST_LINES))

    @property
    def hidden(self) -> list[bool]:
        """Which columns nobody needs to see."""
        return [header in _HIDDEN for header in self.headers]

    def style(self, header: str) -> str:
        """The role of a header: words stand left, numbers right."""
        return "form_head" if header in _LEFT else "form_head_right"


def columns_for(frame: Frame, rows: Iterable[FormRow], names: Sequence[str] = FULL) -> Columns:
    """The columns for some rows, with the periods of those that run over time.

    Parameters
    ----------
    frame
        The periods of the case.
    rows
        The rows of the sheet.
    names
        What heads the columns before the periods.
    """
    used = {row.axis for row in rows}
    return Columns(frame, tuple(names), tuple(axis for axis in TIME if axis in used))
