"""Formulas are worked out once for options that read the same: they differ in the names of sheets alone."""

from __future__ import annotations

import re

import pytest

from casebuilder.algebra.dimensions import without_time
from casebuilder.algebra.terms import Line
from casebuilder.workbook.layout.addresses import KINDS, Block, Layout
from casebuilder.workbook.readings.formulas import formula
from casebuilder.workbook.readings.nearby import lay_out_near
from casebuilder.workbook.readings.references import Place
from casebuilder.workbook.readings.row_texts import LineTexts, RowTexts
from tests.shipped import ShippedCases

_OPTION = re.compile(rf"'(?:{'|'.join(KINDS)}) (\w+)'!")


def direct_texts(layout: Layout, line: Line, block: Block, option: str) -> list[RowTexts]:
    """As `LineTexts.of` gives them, for one option and nothing shared with another."""
    kind, made = layout.sheet_of[line], []
    for members, row in block.rows.items():
        named = dict(zip(without_time(line.over), members, strict=True))
        place = Place(layout, kind, option, option, named, row, named)
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
                ours = texts.of(line, block, option)
                alone = direct_texts(layout, line, block, option)
                assert len(ours) == len(alone) == len(block.rows)
                for mine, by_itself in zip(ours, alone, strict=True):
                    named = {*_OPTION.findall(mine.formula), *_OPTION.findall(mine.opening)}
                    assert named <= {option, baseline}, (line.key, option)
                    rows, otherwise = rows + 1, otherwise + (mine != by_itself)
    assert rows > 3_000 and otherwise <= rows / 200
