"""A case kept as it is: some inputs changed give what the whole case with them gives, and leave no trace."""

from __future__ import annotations

import numpy as np
import pytest

from casebuilder.evaluate.compiled.kept import Kept
from casebuilder.evaluate.engine import evaluate
from tests.starter import starter_case
from tests.unit.evaluate.test_compiled import disagreements
from tests.workbook.operator_lines import operator_lines


def test_each_input_changed_gives_what_the_whole_case_gives() -> None:
    """One input after the other, words left out: every line about every operator as its formula has it."""
    problem = operator_lines().solve().problem
    kept = Kept(problem, problem.lines)
    for item in (each for each in problem.values if not each.choices):
        samples = {item: problem.input_arrays[item] * 0.75}
        plain = evaluate(problem, problem.lines, samples, partial=True)
        assert disagreements(problem, problem.lines, kept.change(samples), plain) == [], item.key


def test_a_change_leaves_no_trace() -> None:
    """After changes, one of which leaves lines without a value, the case is as it was, to the last bit."""
    problem = operator_lines().solve().problem
    kept = Kept(problem, problem.lines)
    before = kept.change({})
    inputs = [each for each in problem.values if not each.choices]
    for item in inputs[::3]:
        kept.change({item: np.full_like(problem.input_arrays[item], np.nan)})
    after = kept.change({})
    for line in problem.lines:
        assert np.array_equal(before.arrays[line], after.arrays[line], equal_nan=True), line.key
    assert before.no_values == after.no_values


@pytest.mark.parametrize("first", range(3))
def test_changes_of_a_case(first: int) -> None:
    """Every third input of a small bid, one after the other: all headlines as the whole case gives them."""
    problem = starter_case().problem
    lines = [line for line in problem.lines if line.chapter == "headlines"]
    kept = Kept(problem, lines)
    inputs = [each for each in problem.values if not each.choices][first :: 3 * 8]
    for item in inputs:
        samples = {item: problem.input_arrays[item] * 1.05}
        plain = evaluate(problem, lines, samples, partial=True)
        assert disagreements(problem, lines, kept.change(samples), plain, 1e-10) == [], item.key
