"""How long the formulas of a case are, without writing a workbook.

A row's formula is made once and stepped along the periods, and the sheets of all options are alike, so
each line as the option of the longest name has it tells the lengths of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebuilder.algebra.dimensions import time_of
from casebuilder.algebra.terms import Line
from casebuilder.errors import LayoutError
from casebuilder.workbook.layout.addresses import Layout
from casebuilder.workbook.layout.columns import Block, Members
from casebuilder.workbook.layout.limits import nesting
from casebuilder.workbook.readings.references import column_marks
from casebuilder.workbook.readings.row_texts import LineTexts


@dataclass(frozen=True)
class Length:
    """The formulas of one row of a line: how many there are, how long, and the longest of them.

    Attributes
    ----------
    line, members
        Which row.
    lengths
        Characters of the formula of each period (of one cell for a line without time), and of the
        opening first where there is one.
    nesting
        The most brackets that stand inside one another.
    """

    line: Line
    members: Members
    lengths: tuple[int, ...]
    nesting: int

    @property
    def longest(self) -> int:
        """Characters of the longest formula."""
        return max(self.lengths, default=0)


def lengths(layout: Layout, option: str | None = None) -> Iterator[Length]:
    """The length of every formula of the calculation sheets of one option, or of each line once.

    Parameters
    ----------
    layout
        The addresses.
    option
        The option; by default each line is read once, for the option of the longest name that holds it.

    Raises
    ------
    LayoutError
        A line has no formula; the message begins with its key.
    """
    return _lengths(layout, option, LineTexts(layout))


def _lengths(layout: Layout, option: str | None, texts: LineTexts) -> Iterator[Length]:
    for kind in layout.kinds:
        marks = [tuple(map(len, columns)) for columns in column_marks(layout, layout.sheets[kind])]
        once = layout.each_once(kind) if option is None else {option: layout.blocks_on(kind, option)}
        for chosen, blocks in once.items():
            for line, block in blocks.items():
                yield from _of_line(texts, chosen, line, block, marks)


def _of_line(
    texts: LineTexts, option: str, line: Line, block: Block, marks: list[tuple[int, ...]]
) -> Iterator[Length]:
    timed = [(0,) * 5] if time_of(line.over) is None else marks
    try:
        rows = texts.of(line, option)
    except LayoutError as fault:
        raise LayoutError(f"{line.key}: {fault}") from fault
    for members, text in zip(block.rows, rows, strict=True):
        opening = [text.opening] if line.opening is not None else []
        found = [len(each) for each in opening] + _stepped(text.formula, timed)
        yield Length(line, members, tuple(found), max(map(nesting, [text.formula, *opening])))


def _stepped(text: str, columns: Iterable[Sequence[int]]) -> list[int]:
    """The length of a formula for each period, from the lengths of the columns behind its marks."""
    marks = [text.count(f"{{{number}}}") for number in range(5)]
    rest = len(text) - 3 * sum(marks)
    return [rest + sum(many * wide for many, wide in zip(marks, widths, strict=True)) for widths in columns]


def longest(layout: Layout) -> dict[Line, Length]:
    """Of each line the row with its longest formula."""
    found: dict[Line, Length] = {}
    for length in lengths(layout):
        if length.line not in found or length.longest > found[length.line].longest:
            found[length.line] = length
    return found


def counted(layout: Layout, characters: int) -> int:
    """How many formulas of the calculation sheets, of all options, are longer than so many characters."""
    texts = LineTexts(layout)
    return sum(
        length > characters
        for option in layout.options
        for row in _lengths(layout, option, texts)
        for length in row.lengths
    )
