"""A compiled plan gives what formulas give, one draw at a time, whatever stands beside a draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from casebuilder.algebra.terms import Input, Line
from casebuilder.case import load_case
from casebuilder.evaluate.axes import DRAW, OPTION_AXIS, Array
from casebuilder.evaluate.compiled.kernels import Kernels
from casebuilder.evaluate.compiled.plan import WIDTH, Plan
from casebuilder.evaluate.compiled.team import Team
from casebuilder.evaluate.engine import Results, evaluate
from casebuilder.evaluate.headlines import FURTHER, HEADLINES, headline_line
from casebuilder.evaluate.problem import Problem
from casebuilder.units import CHOICE
from tests.starter import starter_case
from tests.workbook.operator_lines import operator_lines
from tests.workbook.test_operators import Expressions

CLOSE = 1e-12


def numbers(problem: Problem) -> list[Input]:
    """The inputs that are amounts: neither words, flags nor whole numbers, and not the calendar's."""
    return [
        item
        for item in problem.values
        if item.unit not in (CHOICE, "flag") and not item.whole and item.chapter != "timeline"
    ]


def moved(problem: Problem, inputs: Sequence[Input], draws: int, seed: int = 1) -> dict[Input, Array]:
    """Each input times a number of its own in every draw: the first draw is the case itself.

    The numbers of an input are by its key, so that another input beside it changes none of them.
    """
    samples = {}
    for item in inputs:
        chance = np.random.default_rng([seed, *item.key.encode()])
        factor = chance.uniform(0.9, 1.1, [draws if axis == DRAW else 1 for axis in range(problem.axes.rank)])
        factor[0] = 1.0
        samples[item] = problem.input_arrays[item] * factor
    return samples


def disagreements(
    problem: Problem, lines: Sequence[Line], compiled: Results, plain: Results, close: float = CLOSE
) -> list[str]:
    """Where a compiled line is not what its formula gives, among combinations that exist."""
    wrong = []
    for line in lines:
        draws = max(compiled.arrays[line].shape[DRAW], plain.arrays[line].shape[DRAW])
        full = problem.axes.shape(line.over)
        full[DRAW], full[OPTION_AXIS] = draws, problem.axes.options
        mask = problem.axes.mask(line.over)
        here = np.broadcast_to(True if mask is None else mask, full)
        a, b = (np.broadcast_to(each.arrays[line], full)[here] for each in (compiled, plain))
        # What is left of sums that nearly cancel is as exact as the sums: to the greatest of the line.
        scale = np.nanmax(np.abs(b), initial=0.0)
        same = (np.isnan(a) & np.isnan(b)) | (np.abs(a - b) <= close * scale)
        if not same.all():
            place = int(np.flatnonzero(~same)[0])
            wrong.append(f"{line.key}: {a[place]!r} for {b[place]!r}, {(~same).sum()} of {same.size}")
    return wrong


def test_every_operator_gives_what_its_formula_gives() -> None:
    """All lines about every operator, each input moved: draw by draw the same."""
    problem = operator_lines().solve().problem
    lines, samples = problem.lines, moved(problem, numbers(problem), 5)
    compiled = Plan(problem, lines, samples).run(samples)
    assert len(lines) > 150
    assert disagreements(problem, lines, compiled, evaluate(problem, lines, samples, partial=True)) == []


@pytest.mark.parametrize("item", range(0, 30, 3))
def test_what_is_missing_is_missing(item: int) -> None:
    """An input without a value in one draw reaches the lines that formulas say, and no other draw."""
    problem = operator_lines().solve().problem
    inputs = numbers(problem)
    samples = moved(problem, inputs, 4)
    samples[inputs[item % len(inputs)]][2] = np.nan
    compiled = Plan(problem, problem.lines, samples).run(samples)
    plain = evaluate(problem, problem.lines, samples, partial=True)
    assert disagreements(problem, problem.lines, compiled, plain) == []
    assert {each.key for each in compiled.no_values} == {each.key for each in plain.no_values}


@pytest.mark.parametrize("item", range(0, 30, 3))
def test_division_by_nought_is_where_formulas_have_it(item: int) -> None:
    """An input that is 0 in one draw: the same values, and the same lines said to have none."""
    problem = operator_lines().solve().problem
    inputs = numbers(problem)
    samples = moved(problem, inputs, 4)
    samples[inputs[item % len(inputs)]][1] = 0.0
    compiled = Plan(problem, problem.lines, samples).run(samples)
    plain = evaluate(problem, problem.lines, samples, partial=True)
    assert disagreements(problem, problem.lines, compiled, plain) == []
    assert {each.key for each in compiled.no_values} == {each.key for each in plain.no_values}


@pytest.mark.parametrize("seed", range(3, 9))
def test_random_formulas(seed: int) -> None:
    """Random formulas of inputs with every sign, zeros among them, drawn and not drawn."""
    made = Expressions(seed)
    shapes: list[tuple[str, ...]] = [(), ("site",), ("site", "test"), ("month",), ("site", "month")]
    for number in range(60):
        over = shapes[number % len(shapes)]
        made.m.line(f"f{number}", "number", over, made.term(over, 3))
    problem = made.m.solve().problem
    drawn = numbers(problem)[seed % 2 :: 2]
    samples = moved(problem, drawn, 6, seed)
    compiled = Plan(problem, problem.lines, samples, piece=16).run(samples)
    plain = evaluate(problem, problem.lines, samples, partial=True)
    assert disagreements(problem, problem.lines, compiled, plain) == []


def test_a_draw_has_the_same_bits_whatever_stands_beside_it() -> None:
    """Draws in another order, in other company and at the end of a chunk that is not full."""
    problem = starter_case().problem
    lines = [line for line in problem.lines if line.chapter in ("headlines", "further")]
    samples = moved(problem, numbers(problem), 2 * WIDTH + 5)
    plan = Plan(problem, lines, samples)
    every = plan.run(samples)
    order = np.random.default_rng(3).permutation(2 * WIDTH + 5)[: WIDTH + 9]
    some = plan.run({item: x[order] for item, x in samples.items()})
    for line in lines:
        assert np.array_equal(every.array(line)[order], some.array(line), equal_nan=True), line.key


@pytest.mark.parametrize("workers", [1, 2])
def test_threads_change_no_bit(workers: int) -> None:
    """One plan and two on threads: the same values, and the same lines said to have none."""
    problem = operator_lines().solve().problem
    samples = moved(problem, numbers(problem), 5 * WIDTH + 3)
    samples[numbers(problem)[3]][4 * WIDTH] = np.nan
    alone = Plan(problem, problem.lines, samples).run(samples)
    several = Team(problem, problem.lines, samples, workers).run(samples)
    for line in problem.lines:
        assert np.array_equal(alone.arrays[line], several.arrays[line], equal_nan=True), line.key
    assert {each.key for each in alone.no_values} == {each.key for each in several.no_values}


def test_a_draw_without_a_value_leaves_the_others_their_bits() -> None:
    """A step taken by its formulas, because of one draw, changes nothing in the rest of its chunk."""
    problem = starter_case().problem
    lines = [line for line in problem.lines if line.chapter in ("headlines", "further")]
    samples = moved(problem, numbers(problem), WIDTH)
    plan = Plan(problem, lines, samples)
    before = plan.run(samples)
    broken = {item: x.copy() for item, x in samples.items()}
    for item in [*broken][::7]:
        broken[item][4] = np.nan
    after = plan.run(broken)
    rest = np.arange(WIDTH) != 4
    assert any(np.isnan(after.array(line)[4]).any() for line in lines)
    for line in lines:
        assert np.array_equal(before.array(line)[rest], after.array(line)[rest], equal_nan=True), line.key


@pytest.mark.parametrize("name", ["digital_diagnostics", "norfolk_waveney"])
def test_every_line_of_a_shipped_case(name: str) -> None:
    """Every line of a real case is what its formula gives, in each of a few draws of all amounts."""
    problem = load_case(name).problem
    lines = problem.lines
    samples = moved(problem, numbers(problem), 3)
    plain = evaluate(problem, lines, samples, partial=True)
    assert disagreements(problem, lines, Plan(problem, lines, samples).run(samples), plain) == []


@pytest.mark.full
@pytest.mark.parametrize("name", ["cmast", "cmast_2025", "lancashire_south_cumbria"])
def test_every_headline_of_a_large_case(name: str) -> None:
    """Every headline and further figure of the large cases, in 40 draws of all amounts.

    Ratios of what nearly cancels (a cost for each of very few additional tests) lose digits of their own.
    """
    problem = load_case(name).problem
    found = (headline_line(problem, figure) for figure in (*HEADLINES, *FURTHER))
    lines = [line for line in found if line is not None]
    samples = moved(problem, numbers(problem), 40)
    plain = evaluate(problem, lines, samples, partial=True)
    compiled = Plan(problem, lines, samples).run(samples)
    assert disagreements(problem, lines, compiled, plain, 1e-10) == []


def test_an_operator_without_a_function_of_its_own_is_read_by_its_formula() -> None:
    """A plan that knows no operator that goes cell by cell gives the same, through each one's own reading."""

    class Unaided(Kernels):
        def __init__(self) -> None:
            super().__init__()
            self.cell_by_cell = {}

    problem = operator_lines().solve().problem
    samples = moved(problem, numbers(problem), 3)
    plan = Plan(problem, problem.lines, samples, kernels=Unaided())
    plain = evaluate(problem, problem.lines, samples, partial=True)
    assert disagreements(problem, problem.lines, plan.run(samples), plain) == []


def test_most_steps_have_calls() -> None:
    """What cannot be compiled is taken by its formulas, which is slow: in a shipped case nothing is."""
    problem = starter_case().problem
    plan = Plan(problem, problem.lines, numbers(problem))
    assert [each.step.lines[0].key for each in plan.steps if each.entries is None] == []
    assert plan.calls > len(plan.steps)
