"""What tells whether the inputs of an engine result are still those it was worked out on.

The result rests on some lines; these on inputs of their own chapters and on lines of others. Each of them
is added up, every cell times its row, live in the workbook: where a sum is no longer what it was, something
under the result has changed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import fsum

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.terms import Input, Line, Named
from casebuilder.evaluate.engine import Results
from casebuilder.workbook.layout.addresses import Layout, letter


@dataclass(frozen=True)
class Print:
    """One block of cells: what it is, the formula of its weighted sum, and what that was."""

    label: str
    text: str
    value: float


def leaves(layout: Layout, line: Line, chapters: Collection[str]) -> list[Named]:
    """What a line rests on, by key: inputs that lines of some chapters read, and lines of other chapters."""
    problem = layout.problem
    found: set[Named] = set()
    seen: set[Line] = set()
    stack = [line]
    while stack:
        one = stack.pop()
        if one in seen:
            continue
        seen.add(one)
        for named in problem.sources_of(one):
            if isinstance(named, Line) and named.chapter in chapters:
                stack.append(named)
            else:
                found.add(named)
    return sorted(found, key=lambda named: named.key)


def fingerprint(layout: Layout, results: Results, named: Named, option: str) -> Print:
    """The weighted sum of an input's or a line's cells for an option."""
    if isinstance(named, Line):
        return _of_line(layout, results, named, option)
    assert isinstance(named, Input)
    return _of_input(layout, named, option)


def _of_line(layout: Layout, results: Results, line: Line, option: str) -> Print:
    """Over all periods, or the line's own value; each row weighs as its number."""
    frame = layout.problem.frame
    sheet = layout.sheets[layout.sheet_of[line]]
    block = sheet.blocks[line]
    values = results.array(line)[0, frame.option_ids.index(option)]
    time = time_of(line.over)
    first, last = (sheet.first, sheet.last) if time else (sheet.total, sheet.total)
    terms = []
    for members, row in block.rows.items():
        place = tuple(frame.positions[d][m] for d, m in zip(without_time(line.over), members, strict=True))
        terms += [float(x) * row for x in values[place].reshape(-1)]
    span = f"'{layout.holding(line, option)}'!${letter(first)}${block.first}:${letter(last)}${block.last}"
    return Print(line.label, _weighted(span), fsum(terms))


def _of_input(layout: Layout, item: Input, option: str) -> Print:
    """Each cell in use weighs as the number of its row."""
    inputs, given = layout.inputs, layout.problem.values[item]
    block, start = inputs.block(item, option), inputs.prefix(item)
    axis = time_of(item.over)
    if axis is None:
        first = last = letter(inputs.use_column(item, option))
        terms = [float(given.amount(option, members)) * row for members, row in block.rows.items()]
    else:
        periods = layout.problem.frame.ids(axis)
        first, last = (letter(inputs.period(axis, number)) for number in (0, len(periods) - 1))
        terms = [
            float(given.amount(option, (*members, period))) * row
            for members, row in block.rows.items()
            for period in periods
        ]
    span = f"{start}${first}${block.first}:${last}${block.last}"
    return Print(item.label, _weighted(span), fsum(terms))


def _weighted(span: str) -> str:
    return f"SUMPRODUCT({span}*ROW({span}))"
