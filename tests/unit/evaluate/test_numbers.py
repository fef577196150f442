"""The numbers reading: each operator gives what is reckoned by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    MONTH_NUMBER,
    YEAR_NUMBER,
    YEAR_OF_MONTH,
    above,
    absolute,
    along_bends,
    at,
    bends,
    binomial_at_least,
    by_member,
    choose,
    cumulative,
    deflate,
    difference,
    discount,
    erlang_c,
    exp,
    first_period,
    inflate,
    interpolate,
    lagged,
    largest,
    lease_rate,
    maximum,
    minimum,
    normal_quantile,
    per_year,
    power,
    previous,
    quantity,
    ratio,
    recurring,
    rise,
    round_up,
    share_of,
    smallest,
    spread,
    stated,
    step,
    tier,
    total,
    where,
    which_smallest,
    window_total,
)
from casebuilder.evaluate.axes import DRAW
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.numbers import NUMBER_READINGS
from tests.unit.evaluate.small_case import PAIRS, items, pounds, small, solved
from tests.workbook.mini import Mini, frame

Case = tuple[str, str, tuple[str, ...], Callable[[Any], Any], Any]
CASES: list[Case] = [
    ("add", "number", ("site",), lambda i: i["n"] + i["two"], [5, -3]),
    ("subtract", "number", ("site",), lambda i: 1 - i["n"], [-2, 6]),
    ("difference", "number", ("site",), lambda i: difference(i["n"], i["two"]), [1, -7]),
    ("multiply", "number", ("site",), lambda i: i["n"] * i["two"] * 2, [12, -20]),
    ("divide", "number", ("site",), lambda i: i["n"] / i["two"] / 2, [0.75, -1.25]),
    ("negate", "number", ("site",), lambda i: -i["n"], [-3, 5]),
    ("absolute", "number", ("site",), lambda i: absolute(i["n"]), [3, 5]),
    ("largest", "number", ("test",), lambda i: largest(absolute(-i["pair"]), over="site"), [3, 6]),
    ("minimum", "number", ("site",), lambda i: minimum(i["n"], i["two"], 1), [1, -5]),
    ("maximum", "number", ("site",), lambda i: maximum(i["n"], i["two"], 1), [3, 2]),
    ("smallest", "number", ("test",), lambda i: smallest(i["pair"], over="site"), [1, 6]),
    ("largest", "number", ("test",), lambda i: largest(-i["pair"], over="site"), [-1, -6]),
    ("which_smallest", "number", ("site",), lambda i: which_smallest(i["two"], i["n"], i["two"]), [1, 2]),
    ("above", "flag", ("site",), lambda i: above(i["n"], i["two"]), [1, 0]),
    ("where", "number", ("site",), lambda i: where(above(i["n"], 0), i["two"], -1), [2, -1]),
    ("choose", "number", (), lambda i: choose(i["word"], {"blue": 3, "red": 1, "green": 2}), 1),
    ("ratio", "number", ("site",), lambda i: ratio(i["n"], i["two"]), [1.5, -2.5]),
    ("round_up", "number", ("site",), lambda i: round_up(i["n"] / i["two"]), [2, -3]),
    ("power", "number", ("site",), lambda i: power(i["n"], i["two"]), [9, 25]),
    ("normal_quantile", "number", (), lambda i: normal_quantile(1 / i["two"]), 0),
    # One server, half busy: half wait. Two servers at a load of one: a third wait.
    ("erlang_c", "number", (), lambda i: erlang_c(1 / i["two"], 1) + erlang_c(i["two"] / 2, 2), 5 / 6),
    # Three or four of four at one half each: (4 + 1) / 16.
    ("binomial_at_least", "number", (), lambda i: binomial_at_least(3, i["two"] * 2, 1 / i["two"]), 5 / 16),
    ("exp", "number", (), lambda i: exp(i["zero"]) + exp(i["two"]), 1 + math.e**2),
    ("total", "number", ("test",), lambda i: total(i["pair"], over="site"), [4, 6]),
    ("total", "number", (), lambda i: total(i["pair"], over=("test", "site")), 10),
    ("total", "tests", (), lambda i: total(i["flow"], over="month"), 63),
    ("share_of", "share", ("test",), lambda i: at(share_of(i["pair"], over="site"), site="b"), [0.75, 1]),
    ("share_of", "share", ("site",), lambda i: share_of(i["n"] * i["zero"], over="site"), [0, 0]),
    ("at", "number", ("site",), lambda i: at(i["pair"], test="us"), [0, 6]),
    ("by_member", "number", ("site",), lambda i: by_member(site={"b": i["two"], "a": i["n"] * 2}), [6, 2]),
    ("by_member", "number", (), lambda i: total(by_member(site={"a": i["n"]}, others=1), over="site"), 4),
    ("by_member", "number", ("site",), lambda i: total(by_member(site={"a": i["pair"] * 2},
                                                                  others=i["pair"]), over="test"), [2, 9]),
    ("lagged", "tests / month", ("month",), lambda i: lagged(i["flow"], 2), [0, 0, 1, 2, 4, 8]),
    ("lagged", "tests / month", ("month",), lambda i: lagged(i["flow"], 9), [0] * 6),
    ("cumulative", "tests", ("month",), lambda i: cumulative(i["flow"]), [1, 3, 7, 15, 31, 63]),
    ("window_total", "tests", ("month",), lambda i: window_total(i["flow"], 3), [1, 3, 7, 14, 28, 56]),
    ("window_total", "tests", ("month",), lambda i: window_total(i["flow"], 0), [0] * 6),
    ("recurring", "tests / month", ("month",), lambda i: recurring(i["flow"], 2), [1, 2, 5, 10, 21, 42]),
    ("recurring", "tests / month", ("month",), lambda i: recurring(i["flow"], 9), [1, 2, 4, 8, 16, 32]),
    ("first_period", "months", (), lambda i: first_period(i["flag"]), 3),
    ("first_period", "months", (), lambda i: first_period(i["flag"], i["two"]), 1),
    # Three payments of £402.11 repay £1,000 at 10 % (the annuity is 2.486852).
    ("lease_rate", "share", (), lambda i: lease_rate(3, pounds(402.114804), pounds(1000)), 0.1),
    ("step", "tests", ("month",), lambda i: step(i["flow"]), [1, 2, 4, 8, 16, 32]),
    ("per_year", "tests / year", ("year",), lambda i: per_year(i["flow"]), [63, 0, 0]),
    ("per_year", "flag", ("year",), lambda i: per_year(i["flag"], "mean"), [0.5, 0, 0]),
    ("per_year", "flag", ("year",), lambda i: per_year(i["flag"], "last"), [1, 0, 0]),
    ("stated", "GBP_real / year", ("statement",), lambda i: stated(i["year_flow"]), [100, 0, 300]),
    ("spread", "index", ("month",), lambda i: spread(i["index"]), [1] * 6),
    ("spread", "GBP_real / month", ("month",), lambda i: spread(i["year_flow"], "evenly"), [100 / 12] * 6),
    ("tier", "GBP_real", (), lambda i: tier(items(4), i["starts"], i["prices"], kind="all_unit"), 4),
    ("tier", "GBP_real", (), lambda i: tier(items(5), i["starts"], i["prices"], kind="all_unit"), 4.5),
    ("tier", "GBP_real", (), lambda i: tier(items(7), i["starts"], i["prices"], kind="incremental"), 6.8),
    ("interpolate", "share", (), lambda i: interpolate(i["two"] / 2, i["at_x"], i["curve"]), 0.3),
    ("interpolate", "share", (), lambda i: interpolate(i["two"] + 0.5, i["at_x"], i["curve"]), 0.35),
    ("interpolate", "share", (), lambda i: interpolate(i["two"] * 9, i["at_x"], i["curve"]), 0.2),
    # Slopes 0.2 and −0.3, level before and after.
    ("bends", "share", ("point",), lambda i: bends(i["at_x"], i["curve"]), [0.2, -0.5, 0.3]),
    ("rise", "share", ("point",), lambda i: rise(i["curve"], along="point"), [0.1, 0.4, -0.3]),
    ("tier", "share", (), lambda i: along_bends(i["two"] / 2, i["at_x"], i["curve"]), 0.1),
    ("tier", "share", (), lambda i: along_bends(i["two"] + 0.5, i["at_x"], i["curve"]), 0.5),
    ("inflate", "GBP_nominal / year", ("year",),
     lambda i: inflate(i["year_flow"], i["index"]), [100, 0, 600]),
    ("discount", "GBP_real / year", ("year",), lambda i: discount(i["year_flow"], i["index"]), [100, 0, 600]),
    ("deflate", "GBP_real / year", ("year",),
     lambda i: deflate(quantity(50, "GBP_nominal / year"), i["index"]), [50, 40, 25]),
    ("add", "number", ("month",),
     lambda i: MONTH_NUMBER + 100 * YEAR_OF_MONTH, [101, 102, 103, 104, 105, 106]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_reckoned_by_hand(case: Case) -> None:
    """The operator gives the value worked out on paper."""
    _, unit, over, formula, expected = case
    assert solved(unit, over, formula) == pytest.approx(expected, rel=1e-12)


def test_every_operator_is_reckoned_by_hand() -> None:
    """No operator is without a value worked out on paper; `previous` and `internal_rate` have their own."""
    assert set(NUMBER_READINGS) == {case[0] for case in CASES} | {"previous", "internal_rate"}


def test_previous_starts_from_the_opening_value() -> None:
    """A list that others feed on is worked out period by period from its opening value."""
    m = small()
    waiting = m.line("waiting", "tests", ("month",), opening=quantity(10, "test"))
    done = m.line(
        "done",
        "tests / month",
        ("month",),
        minimum(quantity(6, "tests / month"), previous(waiting) / quantity(1, "month") + m.named["flow"]),
    )
    waiting.define(previous(waiting) + step(m.named["flow"]) - step(done))
    results = m.solve()
    assert results.array(waiting)[0, 0].tolist() == [5, 1, 0, 2, 12, 38]
    assert results.array(done)[0, 0].tolist() == [6, 6, 5, 6, 6, 6]
    assert results.opening(waiting)[0].tolist() == [10, 10]


def test_previous_of_a_line_that_is_known() -> None:
    """Outside a loop `previous` is the row shifted by one; without an opening it starts at 0."""
    m = small()
    stock = m.line("stock", "tests", ("month",), step(m.named["flow"]))
    shifted = m.line("shifted", "tests", ("month",), previous(stock))
    assert m.solve().array(shifted)[0, 1].tolist() == [0, 1, 2, 4, 8, 16]


def test_options_differ_only_where_they_say_so() -> None:
    """An override of one site in one option leaves the rest as it was."""
    assert solved("number", ("site",), lambda i: i["n"] * 1, "preferred") == [3, 7]
    assert solved("number", ("site",), lambda i: i["n"] - at(i["n"], option=BASELINE), "preferred") == [0, 12]
    assert (
        solved("number", (), lambda i: choose(i["word"], {"red": 1, "green": 2, "blue": 3}), "preferred") == 3
    )


def test_draws_taken_in_chunks_are_the_same_draws() -> None:
    """Monte Carlo samples give one value a draw, however many are taken at a time."""
    m = small()
    waiting = m.line("waiting", "tests", ("month",), opening=quantity(1, "test"))
    waiting.define(previous(waiting) * m.named["two"] + step(m.named["flow"]))
    problem = m.problem()
    sample = np.linspace(1, 3, 10).reshape([10] + [1] * (problem.axes.rank - 1))
    item = next(i for i in problem.values if i.name == "two")
    all_at_once = evaluate(problem, [waiting], {item: sample}, chunk=100).array(waiting)
    in_chunks = evaluate(problem, [waiting], {item: sample}, chunk=3).array(waiting)
    assert all_at_once.shape[DRAW] == 10
    assert np.array_equal(all_at_once, in_chunks)
    assert all_at_once[0, 0, 1] == 1 * (1 * 1 + 1) + 2


numbers = st.floats(-1e6, 1e6, allow_nan=False)


def over_site_tests(values: list[float]) -> dict[tuple[str, str], float]:
    """Three values for the pairs that exist."""
    return dict(zip(sorted(PAIRS), values, strict=True))


@settings(max_examples=40, deadline=None)
@given(st.lists(numbers, min_size=3, max_size=3))
def test_a_total_is_the_sum_of_its_members(values: list[float]) -> None:
    """`total` over a dimension is the sum of `at` over the members."""
    m = small()
    pair = m.input("drawn", "number", ("site", "test"), over_site_tests(values))
    whole = m.line("whole", "number", ("site",), total(pair, over="test"))
    parts = m.line("parts", "number", ("site",), at(pair, test="ct") + at(pair, test="us"))
    results = m.solve()
    assert results.array(whole) == pytest.approx(results.array(parts), rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.lists(numbers, min_size=30, max_size=30), st.sampled_from(["2021-04", "2021-10", "2022-10"]))
def test_years_conserve_what_months_hold(values: list[float], first: str) -> None:
    """The years' sums add up to the months', whatever month the case starts in."""
    months = {"2021-04": 24, "2021-10": 30, "2022-10": 18}[first]
    m = Mini(frame(first_month=first, months=months, years=4))
    flow = m.input("flow", "tests / month", ("month",), values[:months])
    yearly = m.line("yearly", "tests / year", ("year",), per_year(flow))
    whole = m.line("whole", "tests", (), total(flow, over="month"))
    mean = m.line(
        "mean", "tests", ("year",), per_year(m.line("stock", "tests", ("month",), step(flow)), "mean")
    )
    results = m.solve()
    assert results.array(yearly)[0, 0].sum() == pytest.approx(results.array(whole)[0, 0], rel=1e-9, abs=1e-3)
    counts = [m.shape.year_of_month.count(year) for year in range(1, 5)]
    assert (results.array(mean)[0, 0] * counts).sum() == pytest.approx(
        sum(values[:months]), rel=1e-9, abs=1e-3
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(numbers, min_size=6, max_size=6), st.integers(0, 8))
def test_sums_so_far_step_by_step(values: list[float], length: int) -> None:
    """A running sum is the one before plus the step; a window is the difference of two such sums."""
    m = small()
    flow = m.input("drawn", "tests / month", ("month",), values)
    so_far = m.line("so_far", "tests", ("month",), cumulative(flow))
    again = m.line("again", "tests", ("month",), previous(so_far) + step(flow))
    window = m.line("window", "tests", ("month",), window_total(flow, length))
    by_hand = m.line("by_hand", "tests", ("month",), so_far - lagged(so_far, length))
    results = m.solve()
    assert results.array(again) == pytest.approx(results.array(so_far), rel=1e-12, abs=1e-6)
    assert results.array(window) == pytest.approx(results.array(by_hand), rel=1e-9, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=3, max_size=3), st.floats(-50, 50))
def test_a_curve_stays_between_its_points(values: list[float], x: float) -> None:
    """A value read from a curve lies between the values of the points beside it."""
    m = small()
    curve = m.input("drawn", "share", ("point",), dict(zip(("p1", "p2", "p3"), values, strict=True)))
    line = m.line(
        "answer", "share", (), interpolate(quantity(x, "1") + m.named["zero"], m.named["at_x"], curve)
    )
    found = float(m.solve().array(line)[0, 0])
    assert found == pytest.approx(float(np.interp(x, [0, 2, 3], values)), rel=1e-9, abs=1e-9)
    assert min(values) - 1e-9 <= found <= max(values) + 1e-9


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 30))
def test_a_tier_never_costs_less_for_more_when_incremental(units: float) -> None:
    """Incremental tiers rise with the quantity; all-unit tiers equal quantity times one price."""
    m = small()
    table = (m.named["starts"], m.named["prices"])
    part = m.line("part", "GBP_real", (), tier(items(units), *table, kind="incremental"))
    more = m.line("more", "GBP_real", (), tier(items(units + 1), *table, kind="incremental"))
    whole = m.line("whole", "GBP_real", (), tier(items(units), *table, kind="all_unit"))
    results = m.solve()
    by_key = {line.name: float(results.array(line)[0, 0]) for line in (part, more, whole)}
    assert by_key["more"] > by_key["part"] >= by_key["whole"] - 1e-9
    assert by_key["whole"] == pytest.approx(units * (0.9 if units >= 5 else 1.0), abs=1e-7)


def test_arrays_keep_their_natural_shape() -> None:
    """A line keeps size-1 axes where it does not vary, so that reading costs what numpy costs."""
    m = small()
    line = m.line("answer", "number", (), m.named["two"] * 3)
    results = m.solve()
    assert results.arrays[line].size == 1
    assert results.array(line).shape == (1, 2)
    assert results.arrays[line].ndim == m.problem().axes.rank
    assert solved("number", ("year",), lambda i: YEAR_NUMBER * 1) == [1, 2, 3]
