"""Random money compared with itself: an option that does nothing, and every pound doubled.

No price, limit or threshold may hide in a formula: were one there, doubling every input in pounds would
not double every line in pounds, or would move a share, a ratio or an approval.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings

from casebuilder.algebra.operators import above, at, quantity
from casebuilder.algebra.terms import Call, Check, Input, Line, Number, Term, walk
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.problem import Problem
from casebuilder.model.capital import leases
from casebuilder.model.results import approval
from casebuilder.model.running import income
from casebuilder.model.setting import pay
from casebuilder.model.value import economics, value
from tests.planted import misread, planted
from tests.unit.model.random_money import CLOSE, Drawn, draws, everything, money, pounds, solve

NAME = "norfolk_waveney"
QUICK, FULL = 15, 300
CASES = ("norfolk_waveney", "cmast", "cmast_2025", "lancashire_south_cumbria", "digital_diagnostics")

# Nothing done


def as_the_baseline(drawn: Drawn, option: str) -> dict[Input, Array]:
    """Values in which one option has exactly the inputs of the baseline, whatever chapter they are of."""
    of, values = money(drawn.name), drawn.values()
    place = of.problem.frame.option_ids.index(option)
    for key, item in of.items.items():
        x = values[item] if item in values else of.as_given(key)
        if x.shape[1] > 1:
            x = x.copy()
            x[:, place] = x[:, of.axes.baseline]
            values[item] = x
    return values


def compares(line: Line) -> bool:
    """Whether a line is another line less what that is in the baseline."""
    formula = line.definition
    if not isinstance(formula, Call) or formula.operator not in ("subtract", "difference"):
        return False
    left, right = formula.arguments
    return isinstance(right, Call) and right.operator == "at" and right.arguments[0] is left


def nothing_done(drawn: Drawn) -> None:
    """An option with the baseline's inputs costs, gains and changes nothing."""
    of = money(drawn.name)
    option = of.problem.frame.option_ids.index("preferred")
    found = solve(of, as_the_baseline(drawn, "preferred"))
    assert found("economics.npsv")[option] == 0
    assert np.isnan(found("economics.bcr")[option])
    against = [line for line in of.lines() if compares(line)]
    assert {"economics.incremental_cost", "position.cash_change", "value.risk_increment"} <= {
        line.key for line in against
    }
    for line in against:
        assert not found(line.key)[option].any(), line.key
    for line in of.lines():
        x = found(line.key)
        assert np.array_equal(x[option], x[of.axes.baseline], equal_nan=True), line.key


def test_an_option_that_does_nothing_is_worth_nothing() -> None:
    """Some random cases: no value, no ratio, and no change in any line against the baseline."""
    settings(max_examples=QUICK, deadline=None, derandomize=True)(given(draws(NAME))(nothing_done))()


@pytest.mark.full
def test_an_option_that_does_nothing_is_worth_nothing_in_300_random_cases() -> None:
    """Three hundred random cases."""
    settings(max_examples=FULL, deadline=None)(given(draws(NAME))(nothing_done))()


def test_a_comparison_with_another_option_is_caught() -> None:
    """Cost compared with the do-minimum and not the baseline gives a value to doing nothing."""
    of, cost = money(NAME), economics.net_present_cost
    values = as_the_baseline(everything(NAME), "preferred")
    with planted(economics.incremental_cost, cost - at(cost, option="do_minimum")):
        problem = of.again()
        found = solve(of, values, problem)
        assert found("economics.npsv")[problem.frame.option_ids.index("preferred")] != 0


# Every pound doubled


def with_pounds_inside(problem: Problem) -> list[Line]:
    """The lines in whose own formula an amount of pounds stands; £0 is no amount."""
    return [line for line in problem.lines if amounts_in(line)]


def amounts_in(line: Line) -> set[float]:
    """The amounts of pounds in a line's own formula."""
    numbers = [part for part in walk(line.definition) if isinstance(part, Number) and pounds(part.unit)]
    return {number.value for number in numbers} - {0.0}


def doubled(values: dict[Input, Array]) -> dict[Input, Array]:
    """Each input as it is in a first draw; in a second, twice where it is in pounds, half where per pound."""
    return {i: np.concatenate([x, x * 2.0 ** pounds(i.unit)]) for i, x in values.items()}


def not_doubled(values: dict[Input, Array], problem: Problem, lines: list[Line]) -> list[str]:
    """The lines in pounds that do not double, and the others that move."""
    used = {item: x for item, x in values.items() if item in problem.values}
    results = evaluate(problem, lines, doubled(used))
    wrong = []
    for line in lines:
        first, *rest = results.array(line)
        second = rest[0] if rest else first
        expected = first * 2.0 ** pounds(line.unit)
        if not np.allclose(second, expected, rtol=CLOSE, atol=0, equal_nan=True):
            wrong.append(line.key)
    return wrong


def every_pound_doubled(drawn: Drawn) -> None:
    """Twice every price, award, limit and plan: twice every cost, and the same shares and ratios."""
    of = money(drawn.name)
    values = {item: of.as_given(key) for key, item in of.items.items() if pounds(item.unit)} | drawn.values()
    # A tolerance of £1 in a check does not double, so that a check may go either way.
    lines = [line for line in of.problem.lines if not isinstance(line, Check)]
    assert not_doubled(values, of.problem, lines) == []


@pytest.mark.parametrize("name", CASES)
def test_every_pound_doubled_in_a_shipped_case(name: str) -> None:
    """All lines of all chapters of each case, with what the case gives."""
    every_pound_doubled(Drawn(name, 0, ()))


def test_every_pound_doubled_in_random_cases() -> None:
    """Some random cases."""
    settings(max_examples=QUICK, deadline=None, derandomize=True)(given(draws(NAME))(every_pound_doubled))()


@pytest.mark.full
def test_every_pound_doubled_in_300_random_cases() -> None:
    """Three hundred random cases."""
    settings(max_examples=FULL, deadline=None)(given(draws(NAME))(every_pound_doubled))()


@pytest.mark.parametrize("name", CASES)
def test_pounds_stand_only_in_the_tolerance_of_a_check(name: str) -> None:
    """No formula holds an amount of pounds but £1 that a check allows for rounding."""
    for line in with_pounds_inside(money(name).problem):
        assert isinstance(line, Check), line.key
        assert amounts_in(line) == {1}, line.key


FAULTS: dict[str, tuple[Line, Callable[[Term], Term], str]] = {
    "£1,000 a year of rent in a formula": (
        leases.rent_full,
        lambda right: right + quantity(1_000, "GBP_real / year"),
        "leases.payment",
    ),
    "a limit of £10m in a formula": (
        approval.above_national_site,
        lambda right: above(approval.site_amount, quantity(10e6, "GBP_nominal")),
        "approval.route_site",
    ),
    "a threshold of £5,000 in a formula": (
        pay.national_insurance,
        lambda right: misread(
            right,
            {
                pay.national_insurance_threshold: quantity(5_000, "GBP_real / wte / year"),
            },
        ),
        "revenue.pay_cost",
    ),
    "a cap of £4m in a formula": (
        income.national_gross,
        lambda right: misread(right, {income.national_allocation: quantity(4e6, "GBP_nominal / year")}),
        "income.national_income",
    ),
    "£15,000 a QALY in a formula": (
        value.qalys_displaced,
        lambda right: misread(right, {value.nhs_cost_of_a_qaly: quantity(15_000, "GBP_real / qaly")}),
        "value.net_qalys",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_number_in_pounds_in_a_formula_is_caught(fault: str) -> None:
    """A price, a limit, a threshold, a cap and a value that are planted in a formula do not double."""
    line, wrong, moved = FAULTS[fault]
    of = money("cmast")
    values = {item: of.as_given(key) for key, item in of.items.items() if pounds(item.unit)}
    with planted(line, wrong(line.definition)):
        problem = of.again()
        assert moved in not_doubled(values, problem, of.lines(problem))
        assert line.key in {item.key for item in with_pounds_inside(problem)}
    assert moved not in not_doubled(values, of.problem, of.lines())
