"""Random money: what must hold of value whatever is freed, lent, withdrawn, attributed and priced.

Every property is worked out here from the lines it is about, in a shipped case whose inputs of money, staff
and activity are drawn anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.algebra.terms import Input, Line
from casebuilder.evaluate.engine import evaluate
from casebuilder.model.patients import freed, health
from casebuilder.model.value import economics
from tests.planted import misread, planted
from tests.unit.model.random_money import Array, Drawn, Money, Solved, draws, everything, money

NAME = "norfolk_waveney"
QUICK, FULL = 12, 300
TEN_MINUTES = 0.0001  # of a post in a year
PLANTED: list[str] = []  # holds the fault that is planted, if any
Values = dict[Input, Array]
LINES = (
    "freed.own_tests_year",
    "freed.own_capacity_year",
    "freed.capacity_left_year",
    "freed.freed_year",
    "freed.freed_wte",
    "freed.withdrawn",
    "freed.taken_over_wte",
    "freed.left_wte",
    "freed.relief_taken_over_year",
    "activity.relief_bought_year",
    "activity.network_tests_year",
    "hospital_staff.hours_a_test",
    "revenue.relief_real",
    "revenue.relief_price",
    "health.tested_either_way",
    "health.tested_instead",
    "activity.list_done_year",
    "health.treatment",
    "health.qalys",
    "benefits.value",
    "benefits.cash_releasing_real",
    "benefits.non_cash_releasing",
    "benefits.societal",
    "benefits.health",
    "benefits.freed_time",
    "benefits.withdrawn_pay",
    "benefits.staff_time",
    "benefits.journeys",
    "economics.npsv",
    "economics.cost",
)
BENEFITS = (
    "benefits.value",
    "benefits.freed_time",
    "benefits.withdrawn_pay",
    "benefits.staff_time",
    "benefits.journeys",
)


def solve(of: Money, values: Values) -> Solved:
    """The lines of value, with some inputs drawn anew; of the model as it is now, a planted fault with it."""
    problem = of.again() if PLANTED else of.problem
    return Solved(evaluate(problem, [problem.by_key[key] for key in LINES], values))


def input_of(of: Money, key: str) -> Input:
    """An input of the case by its key."""
    return next(item for item in of.problem.values if item.key == key)


def at(of: Money, values: Values, key: str, value: float) -> Values:
    """The same case with one input at a value, all its cells alike."""
    item = input_of(of, key)
    return values | {item: np.full_like(of.axes.input_array(of.problem.values[item]), value)}


def freed_time_is_used_once(of: Money, values: Values) -> None:
    """Each hour freed is withdrawn, takes over relief, or is left; none is more than hospitals do less.

    What is withdrawn and what is left are none below ten minutes a year, so that so much may be in no use.
    """
    found = solve(of, values)
    uses = [found(f"freed.{key}") for key in ("withdrawn", "taken_over_wte", "left_wte")]
    freed = found("freed.freed_wte")
    in_no_use = np.abs(freed - sum(uses[1:], uses[0]))
    assert (in_no_use <= 2 * TEN_MINUTES + 1e-9 * np.abs(freed).max()).all()
    assert all((use >= -1e-6).all() for use in uses)
    own, capacity = found("freed.own_tests_year"), found("freed.own_capacity_year")
    base = of.problem.frame.option_ids.index(of.problem.frame.baseline)
    less = np.maximum(own[[base]] - own, 0)
    gone = np.maximum(capacity[[base]] - capacity, 0)
    assert (found("freed.freed_year") <= np.maximum(less - gone, 0) + 2).all()  # one test a year is none
    assert not found("freed.freed_year")[base].any()
    over, bought = found("freed.relief_taken_over_year"), found("activity.relief_bought_year")
    assert (over >= -1e-9).all() and (over <= bought * (1 + 1e-9) + 1e-9).all()


def no_patient_is_counted_twice(of: Money, values: Values) -> None:
    """Tested sooner and found instead are together no more than are tested from the list."""
    found = solve(of, values)
    done = found("activity.list_done_year")
    instead = np.maximum(found("health.tested_instead"), 0)
    both = found("health.tested_either_way") + np.minimum(instead, done)
    assert (both <= done * (1 + 1e-9) + 1e-6).all()


def a_benefit_at_nought_raises_no_other(of: Money, values: Values) -> None:
    """Each benefit's value at nothing, one after another: no other benefit rises, and nor does the whole."""
    before = solve(of, values)
    nought = {
        "benefits.unit_value": 0.0,
        "benefits.qaly_value": 0.0,
        "benefits.value_of_time": 0.0,
        "benefits.freed_time_optimism": 1.0,
    }
    for key, value in nought.items():
        after = solve(of, at(of, values, key, value))
        for line in BENEFITS:
            assert (after(line) <= np.maximum(before(line), 0) * (1 + 1e-12) + 1e-6).all(), (key, line)


def the_baseline_is_worth_nothing(of: Money, values: Values) -> None:
    """Whatever is drawn."""
    base = of.problem.frame.option_ids.index(of.problem.frame.baseline)
    assert solve(of, values)("economics.npsv")[base] == 0


PROPERTIES: list[Callable[[Money, Values], None]] = [
    freed_time_is_used_once,
    no_patient_is_counted_twice,
    a_benefit_at_nought_raises_no_other,
    the_baseline_is_worth_nothing,
]


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_value_in_random_cases(holds: Any) -> None:
    """A few random cases; `test_value_in_300_random_cases` tries three hundred."""

    def one(drawn: Drawn) -> None:
        holds(money(NAME), drawn.values())

    settings(max_examples=QUICK, deadline=None, derandomize=True)(given(draws(NAME))(one))()


@pytest.mark.full
@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_value_in_300_random_cases(holds: Any) -> None:
    """Three hundred random cases."""

    def one(drawn: Drawn) -> None:
        holds(money(NAME), drawn.values())

    settings(max_examples=FULL, deadline=None)(given(draws(NAME))(one))()


# What is drawn beside the staff lent: prices, the labour market and what freed time is worth.
LENDING = (
    "benefits.freed_time_optimism",
    "economics.running_cost_bias",
    "freed.reuse_share",
    "pay.agency_premium",
    "revenue.bought_test_price",
    "revenue.relief_premium",
    "workforce.agency_cap",
    "workforce.turnover",
)


@st.composite
def lent(draw: Any, name: str) -> tuple[Drawn, int, float]:
    """A random case, and how many of which role are lent."""
    roles = len(money(name).problem.frame.members["staff"])
    seed = draw(st.integers(0, 2**32 - 1))
    return Drawn(name, seed, LENDING), draw(st.integers(0, roles - 1)), draw(st.floats(0.5, 15))


def lending_gains_nothing_while_tests_fall(name: str, case: tuple[Drawn, int, float]) -> None:
    """More of a role lent: where no test of any year rises and some fall, no option is worth more.

    Tests that fall are at least a hundredth of what those lent would have done: of staff with nothing to do
    only the agency that they replace at a centre counts.
    """
    of, (drawn, role, wte) = money(name), case
    item = input_of(of, "workforce.staff_lent")
    none = of.axes.input_array(of.problem.values[item])
    some = np.moveaxis(none.copy(), of.axes.place["staff"], 0)
    some[role] += wte
    values = drawn.values()
    before = solve(of, values)
    after = solve(of, values | {item: np.moveaxis(some, 0, of.axes.place["staff"])})
    tests = after("activity.network_tests_year") - before("activity.network_tests_year")
    axes = tuple(range(1, tests.ndim))
    taken = (after("freed.capacity_left_year") - before("freed.capacity_left_year")).sum(axis=axes)
    falls = (tests <= 0.01).all(axis=axes) & (-tests.sum(axis=axes) > 0.01 * np.maximum(taken, 100))
    gained = (after("economics.npsv") - before("economics.npsv")).reshape(falls.shape)
    scale = np.abs(before("economics.cost")).reshape(falls.shape[0], -1).sum(axis=1)
    assert (gained <= 1e-9 * scale)[falls].all(), gained[falls]


@pytest.mark.parametrize("name", [NAME, "cmast"])
def test_lending_gains_nothing_while_tests_fall(name: str) -> None:
    """A few random cases."""

    def one(case: tuple[Drawn, int, float]) -> None:
        lending_gains_nothing_while_tests_fall(name, case)

    settings(max_examples=8, deadline=None, derandomize=True)(given(lent(name))(one))()


@pytest.mark.full
@pytest.mark.parametrize("name", [NAME, "cmast"])
def test_lending_gains_nothing_while_tests_fall_300(name: str) -> None:
    """Three hundred."""

    def one(case: tuple[Drawn, int, float]) -> None:
        lending_gains_nothing_while_tests_fall(name, case)

    settings(max_examples=FULL, deadline=None)(given(lent(name))(one))()


@pytest.mark.parametrize("wte", [1.0, 4.0, 8.0, 12.0])
def test_phlebotomists_lent_to_ten_centres(wte: float) -> None:
    """As it was, lending 12 lost 57,750 blood tests a year and raised the value of the centres by £2.0m."""
    of = money("cmast")
    role = [member.id for member in of.problem.frame.members["staff"]].index("phlebotomist")
    lending_gains_nothing_while_tests_fall("cmast", (Drawn("cmast", 1, ()), role, wte))
    item = input_of(of, "workforce.staff_lent")
    more = np.moveaxis(of.axes.input_array(of.problem.values[item]).copy(), of.axes.place["staff"], 0)
    more[role] += wte
    after = solve(of, {item: np.moveaxis(more, 0, of.axes.place["staff"])})
    option = of.problem.frame.option_ids.index("preferred")
    gained = (after("economics.npsv") - solve(of, {})("economics.npsv")).reshape(-1)[option]
    assert gained < 0


FAULTS: dict[str, tuple[Callable[[Money, Values], None], Line, dict[Any, Any]]] = {
    "time withdrawn and left as well": (
        freed_time_is_used_once,
        freed.left_wte,
        {freed.withdrawn: 0 * freed.withdrawn},
    ),
    "what left with staff counted as freed": (
        freed_time_is_used_once,
        freed.freed_year,
        {freed.capacity_left_year: 0 * freed.capacity_left_year},
    ),
    "those found counted as tested sooner": (
        no_patient_is_counted_twice,
        health.tested_either_way,
        {health.tested_instead: 0 * health.tested_instead},
    ),
    "a baseline that is not compared with itself": (
        the_baseline_is_worth_nothing,
        economics.npsv,
        {economics.incremental_cost: economics.net_present_cost},
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    """Each property fails once a line of value is wrong."""
    holds, line, wrong = FAULTS[fault]
    of = money(NAME)
    values = [everything(NAME, seed).values() for seed in range(4)]
    for one in values:
        holds(of, one)
    PLANTED.append(fault)
    try:
        with planted(line, misread(line.definition, wrong)), pytest.raises(AssertionError):
            for one in values:
                holds(of, one)
    finally:
        PLANTED.clear()
