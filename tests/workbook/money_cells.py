"""Every calculated cell of the chapters of money: where a workbook has it, and what the engine gives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.terms import Line
from casebuilder.case import Case, load_case
from casebuilder.evaluate.engine import Results
from casebuilder.workbook.proof.engines import IronCalc
from tests.shipped import Reopened, ShippedCases
from tests.workbook.changing import Change, choose_one_each, headlines, input_cell, same, together
from tests.workbook.reading import Sheet, calculation_sheets

MONEY = (
    "timeline",
    "hosting",
    "equipment",
    "leases",
    "procurement",
    "bias",
    "capital",
    "cost_form",
    "approval",
    "funding",
    "funds",
    "revenue",
    "slip",
    "income",
    "benefits",
    "health",
    "risks",
    "economics",
    "value",
    "assets",
    "accounts",
    "position",
    "finance",
    "plans",
    "reconcile",
    "money_checks",
    "pay",
    "staff_cost",
    "transition",
    "cost_lines",
    "cost_by_line",
    "host_costs",
    "benchmark",
    "spend",
    "governance",
    "appraisal",
    "routes",
    "whole_life",
    "route_years",
    "pool",
    "sharing",
    "procurement_checks",
)
Numbers = np.ndarray[Any, Any]
TOLERANCE = 1e-9


class Cells:
    """The cells of some chapters' lines on the calculation sheets, by key in column A and by header.

    Parameters
    ----------
    sheets
        The workbook as read.
    case
        The case it was built from.
    chapters
        Whose lines are taken.
    """

    def __init__(self, sheets: dict[str, Sheet], case: Case, chapters: Collection[str] = MONEY) -> None:
        """Find them."""
        frame = case.problem.frame
        self.places: list[tuple[str, int, int]] = []
        self.lines: dict[Line, list[tuple[int, ...]]] = {}
        self.order: list[Line] = []
        found: dict[Line, list[tuple[tuple[str, int, int], tuple[int, ...]]]] = {}
        for name, sheet in calculation_sheets(sheets).items():
            option = frame.option_ids.index(name.partition(" ")[2])
            columns = sheet.columns()
            for key, row in sheet.keyed():
                of, _, rest = key.partition("[")
                line = case.problem.by_key[of]
                if line.chapter not in chapters:
                    continue
                members = [m for m in rest.rstrip("]").split(",") if m]
                spot = [frame.positions[d][m] for d, m in zip(without_time(line.over), members, strict=True)]
                axis = time_of(line.over)
                if axis is None:
                    found.setdefault(line, []).append(((name, row, columns["Total"]), (option, *spot)))
                    continue
                for number, period in enumerate(frame.ids(axis)):
                    place = name, row, columns[period]
                    found.setdefault(line, []).append((place, (option, *spot, number)))
        for line, cells in found.items():
            self.order += [line] * len(cells)
            self.places += [place for place, _ in cells]
            self.lines[line] = [spot for _, spot in cells]

    def live(self, engine: IronCalc) -> Numbers:
        """What the workbook's cells hold; NaN where one is empty."""
        read, numbers = engine.model.get_cell_value, engine.sheets
        found = (read(numbers[name], row, column) for name, row, column in self.places)
        return np.array([np.nan if value in ("", None) else value for value in found], dtype=float)

    def ours(self, results: Results) -> Numbers:
        """What the engine gives for the same cells."""
        lines = results.problem.by_key  # a line of rebased prices belongs to its own reading of the case
        return np.concatenate(
            [
                results.array(lines[line.key])[0][tuple(np.array(spots).T)]
                for line, spots in self.lines.items()
            ]
        )

    def name(self, place: int) -> str:
        """A cell, for messages."""
        sheet, row, column = self.places[place]
        return f"{self.order[place].key} in row {row}, column {column} of {sheet}"


def agree(live: Numbers, ours: Numbers) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Cell by cell, whether two readings agree to 1e-9; an empty cell only with an empty cell."""
    return np.isclose(live, ours, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True)


def idle_among(
    changes: Sequence[Change],
    name: str,
    case: Case,
    engine: Reopened,
    sheets: dict[str, Sheet],
    cells: Cells,
) -> list[str]:
    """Type the changes into Inputs and put them back: cells and headlines are what --set gives.

    Gives the changes that move none of the cells, as --set takes them.
    """
    before = cells.ours(case.results)
    engine.settle()
    assert agree(cells.live(engine), before).all()
    idle = []
    for batch in together(changes):
        sets = [change.as_set for change in batch]
        for change in batch:
            engine.put(*input_cell(sheets, change), change.after)
        engine.calculate()
        live, shown = cells.live(engine), headlines(engine, sheets["Options"], case)
        for change in batch:
            engine.put(*input_cell(sheets, change), change.before)
        again = load_case(name, sets)
        wrong = np.flatnonzero(~agree(live, cells.ours(again.results)))
        assert not wrong.size, (sets, cells.name(int(wrong[0])), live[wrong[0]])
        for (key, option), value in shown.items():
            assert same(value, again.headlines[option].headlines[key]), (sets, key, option)
    for change in changes:
        if agree(cells.ours(load_case(name, [change.as_set]).results), before).all():
            idle.append(change.as_set)
    return idle


def idle_of(
    name: str, count: int, chapters: Sequence[str], compared: Sequence[str], seed: int, shipped: ShippedCases
) -> list[str]:
    """Change one cell of as many inputs of a shipped case, chapter by chapter in turn; gives the idle ones.

    Each is typed, recalculated and put back, and every cell of the chapters compared is what --set gives.
    """
    case, sheets = shipped.case(name), shipped.sheets(name)
    engine = shipped.engine(name)
    changes = choose_one_each(case, count, chapters, seed=seed)
    assert len(changes) == len({change.item.key for change in changes}) == count
    assert {change.item.chapter for change in changes} == set(chapters)
    return idle_among(changes, name, case, engine, sheets, Cells(sheets, case, compared))
