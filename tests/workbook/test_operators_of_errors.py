"""An error in one input reaches the same cells in a spreadsheet as NaN does in numpy, operator by operator.

In turn each input of the lines about every operator has an error in one cell; every cell of every line is
recalculated by IronCalc and compared. A cell that numpy can work out must have that value, one that it
cannot must be an error (or empty, where a line may be): neither may pass for a number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from casebuilder.algebra.derive import UNIT_READINGS
from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.emptiness import may_be_empty
from casebuilder.algebra.terms import Input, Line
from casebuilder.evaluate.axes import OPTION_AXIS, Array
from casebuilder.evaluate.engine import evaluate
from casebuilder.workbook.layout.addresses import MONTHS, SHEET_OF_AXIS, letter
from casebuilder.workbook.readings.formulas import formula
from casebuilder.workbook.readings.references import Place, cell
from tests.workbook.mini import TOLERANCE, Recalculated, Written, cells, write
from tests.workbook.operator_lines import operator_lines

ERROR = "=1/0"
OPTION = "more"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The workbook of all operators."""
    return write(operator_lines().solve(), tmp_path_factory.mktemp("errors") / "operators.xlsx")


def read_by_formulas(written: Written, item: Input, members: tuple[str, ...], option: str) -> tuple[str, str]:
    """The cell that the formulas of an option read for one value of an input: sheet and address."""
    frame = written.layout.problem.frame
    axis = time_of(item.over)
    named = dict(zip(item.over, members, strict=True))
    kind = MONTHS if axis is None else SHEET_OF_AXIS[axis]
    text = cell(item, Place(written.layout, kind, option, option, named, 1))
    if axis is not None:
        column = letter(written.layout.inputs.period(axis, frame.positions[axis][members[-1]]))
        text = text.format("", "", column, column, "")
    sheet, _, address = text.replace("$", "").rpartition("!")
    return sheet.strip("'"), address


def spoiled(written: Written, item: Input, members: tuple[str, ...]) -> Array:
    """The values of an input, one missing in every option whose formulas read the same cell."""
    frame = written.layout.problem.frame
    axes = written.layout.problem.axes
    x = axes.input_array(written.layout.problem.values[item])
    shape = list(x.shape)
    shape[OPTION_AXIS] = len(frame.option_ids)
    x = np.array(np.broadcast_to(x, shape))
    place: list[Any] = [slice(None)] * x.ndim
    spoilt = read_by_formulas(written, item, members, OPTION)
    place[OPTION_AXIS] = [
        number
        for number, option in enumerate(frame.option_ids)
        if read_by_formulas(written, item, members, option) == spoilt
    ]
    for dimension, member in zip(item.over, members, strict=True):
        place[axes.place[dimension]] = frame.positions[dimension][member]
    x[tuple(place)] = np.nan
    return x


def places(written: Written) -> Iterator[tuple[Input, tuple[str, ...]]]:
    """Each input but the words with two of its combinations, or the one it has."""
    for item, given in written.layout.problem.values.items():
        if not item.choices:
            members = list(given.base)
            for place in sorted({len(members) // 3, 0}):
                yield item, members[place]


def differs(line: Line, value: Any, expected: float, before: float) -> bool:
    """Whether a cell is not what numpy says: a number, an error, or nothing, as it was before the error."""
    failed = isinstance(value, str) and value.startswith("#")
    if math.isnan(expected):
        empty = may_be_empty(line) and math.isnan(before)
        return not (failed or (empty and value in ("", None)))
    return (
        failed
        or isinstance(value, bool)
        or not isinstance(value, int | float)
        or abs(value - expected) > TOLERANCE * max(abs(expected), 1.0)
    )


def test_an_error_in_an_input_reaches_the_same_cells(written: Written) -> None:
    """All operators, each input in turn; every operator is met by an error at least once."""
    problem = written.layout.problem
    engine = Recalculated(written.path)
    wrong, met = [], set()
    before = {line: list(cells(written, line)) for line in problem.lines}
    for item, members in places(written):
        sheet, address = read_by_formulas(written, item, members, OPTION)
        row, column = int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), 0
        for character in address.rstrip("0123456789"):
            column = 26 * column + ord(character) - 64
        content = engine.model.get_cell_content(engine.sheets[sheet], row, column)
        engine.model.set_user_input(engine.sheets[sheet], row, column, ERROR)
        engine.model.evaluate()
        found = evaluate(problem, samples={item: spoiled(written, item, members)}, partial=True)
        spoilt = Written(written.path, written.layout, found)
        for line in problem.lines:
            bad = [
                (sheet, address, value, expected)
                for (sheet, address, expected), (_, _, was) in zip(
                    cells(spoilt, line), before[line], strict=True
                )
                if differs(line, value := engine.value(sheet, address), expected, was)
            ]
            if (np.isnan(found.array(line)) & ~np.isnan(written.results.array(line))).any():
                met.add(line.name)
            if bad:
                wrong.append(f"{item.key}{list(members)}: {line.name} {bad[0]} and {len(bad) - 1} more")
        engine.model.set_user_input(engine.sheets[sheet], row, column, content)
    assert not wrong, "\n".join(wrong)
    reached = {o for o in UNIT_READINGS if any(name.startswith(f"{o}_") for name in met)}
    assert reached == set(UNIT_READINGS)


def test_a_guard_stands_only_where_an_error_would_not_show_anyway(written: Written) -> None:
    """None is needed where the line divides by the same periods, or by what is reckoned from them."""

    def guarded(key: str) -> bool:
        problem = written.layout.problem
        line = next(line for line in problem.lines if line.key.endswith(f".{key}"))
        kind = written.layout.sheet_of[line]
        members, row = next(iter(written.layout.sheets[kind].blocks[line].rows.items()))
        named = dict(zip(without_time(line.over), members, strict=True))
        place = Place(written.layout, kind, OPTION, OPTION, named, row, named)
        return "+0*" in formula(line.definition, place)

    assert guarded("window_total_by_member")
    assert guarded("window_total_where_long")
    assert not guarded("window_total_shared")
    assert not guarded("window_total_of_part")
