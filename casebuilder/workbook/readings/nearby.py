"""Lines kept on an option's own sheet though no override reaches them, so that what reads them stays short.

A reference to the baseline's sheet names it. Where that makes formulas longer than one can follow, and the
lines they read have fewer cells than those formulas, the option holds these lines itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from casebuilder.algebra.dimensions import time_of
from casebuilder.algebra.terms import Line
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.edits import Scenario
from casebuilder.workbook.layout.addresses import Layout, lay_out
from casebuilder.workbook.readings.excel import NotAlignedError
from casebuilder.workbook.readings.formulas import formula
from casebuilder.workbook.readings.references import Place

# A formula that one can follow.
FOLLOWED = 160
_COLUMN = "AA"  # as long as most
_SWEEPS = 6
# How many cells must be shortened for each that is added.
_WORTH = 4


def lay_out_near(
    problem: Problem, options: Collection[str] | None = None, scenarios: Sequence[Scenario] = ()
) -> Layout:
    """Give every line and input its place, with what long formulas read beside them.

    Parameters
    ----------
    problem, options, scenarios
        As for `lay_out`.

    Raises
    ------
    LayoutError
        A line has no formula.
    """
    layout = lay_out(problem, options, scenarios)
    own = dict(layout.own)
    for option in layout.options:
        if option == problem.frame.baseline:
            continue
        long: dict[Line, bool] = {}
        for _ in range(_SWEEPS):
            more = _worth_holding(replace(layout, own=own), option, long)
            if not more:
                break
            own[option] = own[option] | more
            for line in list(long):  # what reads a line that has moved is written anew
                if not more.isdisjoint(problem.sources_of(line)):
                    del long[line]
    return replace(layout, own=own)


def _worth_holding(layout: Layout, option: str, long: dict[Line, bool]) -> frozenset[Line]:
    """The lines that formulas too long for their references read, where these formulas are far more cells.

    `long` keeps what is known of each line.
    """
    for line in layout.own[option]:
        if line not in long:
            long[line] = _is_long_by_names(layout, line, option)
    left = [line for line in layout.own[option] if long[line]]
    while True:
        gain: dict[Line, int] = {}
        for line in left:
            for read in _read_elsewhere(layout, line, option):
                gain[read] = gain.get(read, 0) + cells(layout, line)
        worth = frozenset(line for line, saved in gain.items() if saved >= _WORTH * cells(layout, line))
        held = replace(layout, own={**layout.own, option: layout.own[option] | worth})
        followed = [line for line in left if len(_last_row(held, line, option)) <= FOLLOWED]
        if len(followed) == len(left):
            return worth
        left = followed  # what stays too long with all of these beside it gains nothing by them


def _is_long_by_names(layout: Layout, line: Line, option: str) -> bool:
    """Whether the formula of a line's last row could be followed but for the baseline's name in it."""
    text = _last_row(layout, line, option)
    baseline = layout.problem.frame.baseline
    names = sum(
        text.count(prefix) * len(prefix)
        for prefix in (f"'{layout.sheet_name(each, baseline)}'!" for each in layout.kinds)
    )
    return len(text) > FOLLOWED >= len(text) - names


def _last_row(layout: Layout, line: Line, option: str) -> str:
    """The formula of a line's last row; empty where it has none."""
    rows = layout.sheets[layout.sheet_of[line]].blocks[line].rows
    if not rows:
        return ""
    members, row = list(rows.items())[-1]
    try:
        marked = formula(line.definition, Place.of_row(layout, line, option, members, row))
    except NotAlignedError:
        return ""  # no formula says it: the writer refuses the line and names it
    return marked.format(*[_COLUMN] * 5)


def _read_elsewhere(layout: Layout, line: Line, option: str) -> Iterator[Line]:
    for read in layout.problem.sources_of(line):
        if isinstance(read, Line) and layout.holder(read, option) != option:
            yield read


def cells(layout: Layout, line: Line) -> int:
    """How many formula cells a line takes on a sheet, but for its totals and openings."""
    sheet = layout.sheets[layout.sheet_of[line]]
    periods = 1 if time_of(line.over) is None else len(sheet.periods)
    return len(sheet.blocks[line].rows) * periods
