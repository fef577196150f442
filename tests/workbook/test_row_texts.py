"""Formulas are worked out once for options that read the same: they differ in the names of sheets alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import at
from casebuilder.algebra.terms import Line
from casebuilder.workbook.layout.addresses import KINDS, Block, Layout
from casebuilder.workbook.readings.formulas import formula
from casebuilder.workbook.readings.nearby import lay_out_near
from casebuilder.workbook.readings.references import Place
from casebuilder.workbook.readings.row_texts import LineTexts, RowTexts
from tests.shipped import ShippedCases
from tests.workbook.mini import Mini, Recalculated, cells, differences, frame, write

_OPTION = re.compile(rf"'(?:{'|'.join(KINDS)}) (\w+)'!")


def direct_texts(layout: Layout, line: Line, block: Block, option: str) -> list[RowTexts]:
    """As `LineTexts.of` gives them, for one option and nothing shared with another."""
    made = []
    for members, row in block.rows.items():
        place = Place.of_row(layout, line, option, members, row)
        opening = "" if line.opening is None else formula(line.opening, place)
        made.append(RowTexts(formula(line.definition, place), opening))
    return made


@pytest.mark.parametrize(
    "name",
    [
        "short",
        "digital_diagnostics",
        pytest.param("lancashire_south_cumbria", marks=pytest.mark.full),
        pytest.param("norfolk_waveney", marks=pytest.mark.full),
    ],
)
def test_each_option_has_the_formulas_that_it_would_have_by_itself(
    name: str, shipped_cases: ShippedCases
) -> None:
    """Read for each option alone, but where two ways to write a sum are of about one length.

    Which is written depends on how long the names are: what is worked out once is by the longest. No formula
    names a sheet of another option than its own and the baseline.
    """
    layout = lay_out_near(shipped_cases.case(name).problem)
    texts, baseline = LineTexts(layout), layout.problem.frame.baseline
    rows = otherwise = 0
    for option in layout.options:
        for kind in layout.kinds:
            for line, block in layout.blocks_on(kind, option).items():
                ours = texts.of(line, option)
                alone = direct_texts(layout, line, block, option)
                assert len(ours) == len(alone) == len(block.rows)
                for mine, by_itself in zip(ours, alone, strict=True):
                    named = {*_OPTION.findall(mine.formula), *_OPTION.findall(mine.opening)}
                    assert named <= {option, baseline}, (line.key, option)
                    rows, otherwise = rows + 1, otherwise + (mine != by_itself)
    assert rows > 3_000 and otherwise <= rows / 200


def test_a_line_that_names_an_option_is_read_for_each(tmp_path: Path) -> None:
    """Options with names of one length, so that no sum is written another way: not one formula differs."""
    m = Mini(frame({"site": ("a", "b")}, options=("bau", "one", "two")))
    own = {"one": {("a",): 3.0}, "two": {("a",): 5.0, ("b",): 7.0}}
    x = m.input("x", "number", ("site",), {("a",): 1.0, ("b",): 2.0}, own)
    y = m.line("y", "number", ("site",), x * 2)
    m.line("plain", "number", ("site",), y + 1)
    m.line("to_baseline", "number", ("site",), y - at(y, option=BASELINE))
    m.line("to_one", "number", ("site",), y - at(y, option="one"))
    written = write(m.solve(), tmp_path / "three.xlsx")
    layout = written.layout
    for option in layout.options:
        texts = LineTexts(layout)
        for kind in layout.kinds:
            for line, block in layout.blocks_on(kind, option).items():
                assert texts.of(line, option) == direct_texts(layout, line, block, option), (line.key, option)
    engine = Recalculated(written.path)
    for line in written.results.problem.lines:
        assert differences(engine, cells(written, line)) == [], line.key
