"""Simulations against closed forms; the same seed, the same bits; what cannot be drawn as it stands."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from casebuilder.algebra.operators import above, total
from casebuilder.algebra.shapes import not_one
from casebuilder.analysis.uncertainty.chance import simulation as module
from casebuilder.analysis.uncertainty.chance.drawn import drawing
from casebuilder.analysis.uncertainty.chance.odds import affordable, best
from casebuilder.analysis.uncertainty.chance.simulation import Simulation, simulate
from casebuilder.analysis.uncertainty.chance.statistics import statistics
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import Uncertainty
from tests.starter import starter_case
from tests.unit.analysis.uncertainty.drawn_case import Drawn, linear, ranged

P90 = 1.2815515655446004
WEIGHTS = {"a": 3.0, "b": -2.0, "c": 0.5, "d": 1.0}
MIDDLES = {"a": 10.0, "b": 4.0, "c": -20.0, "d": 0.0}
SPREADS = {"a": 2.0, "b": 1.0, "c": 8.0, "d": 5.0}


def normals() -> tuple[Problem, float, float]:
    """A weighted sum of normals, with the mean and the deviation that it has."""
    values = {
        name: ranged(
            MIDDLES[name] - P90 * SPREADS[name], MIDDLES[name], MIDDLES[name] + P90 * SPREADS[name], "normal"
        )
        for name in WEIGHTS
    }
    mean = sum(WEIGHTS[name] * MIDDLES[name] for name in WEIGHTS)
    return linear(WEIGHTS, values), mean, math.hypot(*(WEIGHTS[name] * SPREADS[name] for name in WEIGHTS))


@pytest.mark.parametrize("sampling", ["sobol", "latin"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_linear_model_has_its_mean_and_percentiles(sampling: str, seed: int) -> None:
    """Within three standard errors of those of the normal that it is, by the errors that are told."""
    problem, mean, deviation = normals()
    found = statistics(
        simulate(problem, range(4_000), seed, ["npsv"], sampling=sampling).column("bau", "npsv")
    )
    assert found.mean is not None and found.error is not None
    assert found.error == pytest.approx(deviation / math.sqrt(4_000), rel=0.05)
    assert found.mean == pytest.approx(mean, abs=3 * found.error)
    for number, value in found.percentiles.items():
        density = norm.pdf(norm.ppf(number / 100)) / deviation
        error = math.sqrt(number / 100 * (1 - number / 100) / 4_000) / density
        assert value == pytest.approx(norm.ppf(number / 100, mean, deviation), abs=3 * error)
        if number in found.errors:
            assert found.errors[number] == pytest.approx(error, rel=0.35)
    assert found.settled and found.empty == 0


def test_even_draws_are_nearer_to_the_truth_than_is_told() -> None:
    """Of a linear model the mean is nearly exact, since each input is spread evenly."""
    problem, mean, _ = normals()
    found = statistics(simulate(problem, range(4_096), 1, ["npsv"]).column("bau", "npsv"))
    assert found.mean is not None and found.error is not None
    assert abs(found.mean - mean) < found.error / 5


@pytest.fixture(scope="module")
def whole() -> Simulation:
    return simulate(starter_case().problem, range(40), 11)


def test_the_same_seed_gives_the_same_bits_whatever_the_block(
    whole: Simulation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Draws 13 to 30 by themselves, and all in blocks of seven, are those of the whole, bit for bit."""
    problem = starter_case().problem
    part = simulate(problem, range(13, 30), 11)
    monkeypatch.setattr(module, "BLOCK", 7)
    cut = simulate(problem, range(40), 11)
    assert part.figures == whole.figures == cut.figures
    moved = 0
    for option in whole.options:
        for figure in whole.figures:
            column = whole.column(option, figure)
            assert part.column(option, figure).tobytes() == column[13:30].tobytes(), (option, figure)
            assert cut.column(option, figure).tobytes() == column.tobytes(), (option, figure)
            moved += len(np.unique(column)) > 1
    assert moved > 100
    other = simulate(problem, range(40), 12).column("preferred", "npsv")
    assert (other != whole.column("preferred", "npsv")).all()


def test_a_draw_is_the_case_with_these_values_set(whole: Simulation) -> None:
    """One draw evaluated by itself, its inputs in the case's arrays, gives the draw's value to the penny."""
    from casebuilder.evaluate.engine import evaluate

    problem = whole.problem
    line = problem.by_key["headlines.npsv"]
    samples = whole.drawing.samples(range(17, 18))
    value = evaluate(problem, [line], samples, partial=True).array(line)[0]
    for place, option in enumerate(whole.options):
        assert whole.column(option, "npsv")[17] == pytest.approx(value[place], abs=0.005)


def test_every_value_drawn_lies_within_its_range_or_the_bounds_of_its_input() -> None:
    """Whole numbers are whole, rows of shares add up to one, what may not fall does not."""
    problem = starter_case().problem
    drawn = drawing(problem, 3)
    assert len(drawn.inputs) > 100 and drawn.sums
    for item, x in drawn.samples(range(64)).items():
        given = problem.values[item]
        assert np.isfinite(x).all()
        if item.low is not None:
            assert x.min() >= min(item.low, problem.input_arrays[item].min())
        if item.high is not None:
            assert x.max() <= item.high * (1 + 1e-12)
        if item.whole:
            assert (x == np.round(x)).all()
        if item.never_falls:
            assert (np.diff(x, axis=problem.axes.place[item.never_falls]) >= 0).all()
        adds_up = drawn.sums.get(item.key)
        if adds_up is not None:
            axis = problem.axes.place[adds_up.along]
            before = problem.input_arrays[item].sum(axis=axis)
            sums = x.sum(axis=axis)
            assert sums.max() <= 1 + 1e-9
            if adds_up.exact:
                one = np.abs(before - 1) < 1e-9
                assert np.abs(sums - 1)[np.broadcast_to(one, sums.shape)].max() < 1e-9
        else:
            ends = [
                value for value in given.base.values() if value.low is not None and value.high is not None
            ]
            if not given.options and len(ends) == len(given.base):
                assert x[x != 0].min(initial=np.inf) >= min(float(end.low or 0.0) for end in ends) - 1e-9
                assert x.max() <= max(float(end.high or 0.0) for end in ends) + 1e-9


def shares(check: bool) -> Drawn:
    """Shares of three that add up to one; whether a check minds is the case's to say."""
    built = Drawn({"site": ("a", "b", "c")})
    values = {"a": ranged(0.3, 0.5, 0.7), "b": ranged(0.2, 0.3, 0.5), "c": ranged(0.1, 0.2, 0.4)}
    item = built.input("part", values, ("site",), unit="share", low=0.0, high=1.0)
    built.line("npsv", total(item, over="site") * 100, "share")
    if check:
        built.named["all_of_it"] = built.line("all_of_it", total(item, over="site"), "share")
        built.check("adds_up", not_one(built.named["all_of_it"]))
    return built


def test_shares_that_a_check_wants_to_add_up_do_in_every_draw() -> None:
    """Each is drawn for itself and the row brought back to one: the sum never moves, the shares do."""
    problem = shares(check=True).problem()
    drawn = drawing(problem, 1)
    assert drawn.sums["headlines.part"].exact and drawn.sums["headlines.part"].along == "site"
    found = simulate(problem, range(512), 1, ["npsv"])
    assert found.any_broken == 0 and found.checked == 512
    assert found.column("bau", "npsv") == pytest.approx(100, rel=1e-12)
    x = drawn.samples(range(512))[drawn.inputs[0].item].reshape(512, 3)
    assert (x.std(axis=0) > 0.02).all() and np.corrcoef(x[:, 0], x[:, 1])[0, 1] < 0


def test_shares_that_no_check_minds_are_drawn_as_they_stand() -> None:
    """That three numbers add up to one by accident binds nobody."""
    problem = shares(check=False).problem()
    assert drawing(problem, 1).sums == {}
    assert simulate(problem, range(64), 1, ["npsv"]).column("bau", "npsv").std() > 1


def test_what_no_draw_could_stand_is_held_and_named_and_the_rest_is_counted() -> None:
    """An input that breaks a check at any value but the case's stays; one that does now and then is drawn."""
    built = Drawn()
    never, sometimes = built.input("never", ranged(0, 0, 10)), built.input("sometimes", ranged(0, 5, 10))
    built.line("npsv", never + sometimes)
    built.check("nobody_owns", above(never, 0.001))
    built.check("too_much", above(sometimes, 8))
    problem = built.problem()
    found = simulate(problem, range(1_000), 1, ["npsv"])
    assert [each.item.key for each in found.drawing.inputs] == ["headlines.sometimes"]
    assert {each.item.key: each.why for each in found.drawing.without} == {
        "headlines.never": "any value but the case's breaks headlines.nobody_owns"
    }
    column = found.column("bau", "npsv")
    assert found.broken == {"headlines.too_much": int((column > 8).sum())} and 0 < found.any_broken < 100


def test_a_decision_is_no_matter_of_chance_unless_its_case_says_so() -> None:
    """What is chosen stays as the case has it, and is named; `draw: whole` draws it."""
    built = Drawn()
    rooms = built.input("rooms", ranged(1, 2, 6), state="chosen")
    price = built.input("price", ranged(0, 4, 10))
    built.line("npsv", rooms * 100 + price)
    problem = built.problem()
    drawn = drawing(problem, 1)
    assert [each.item.key for each in drawn.inputs] == ["headlines.price"]
    assert [(each.item.key, each.why) for each in drawn.without] == [("headlines.rooms", "is a decision")]
    column = simulate(problem, range(200), 1, ["npsv"]).column("bau", "npsv")
    assert column.min() > 200 and column.max() < 210
    said = built.problem(Uncertainty(whole=frozenset({"headlines.rooms"})))
    assert len(drawing(said, 1).inputs) == 2
    assert drawing(said, 1).scores(1, range(9)).tobytes() == drawn.scores(0, range(9)).tobytes()


def test_the_best_option_and_ties() -> None:
    """Each option's own values are drawn by the score of the base's; what is equal shares the draw."""
    built = Drawn()
    item = built.input(
        "gain", ranged(0, 10, 20), options={"preferred": {(): ranged(5, 15, 25)}}, unit="GBP_real"
    )
    built.line("npsv", item * 1, "GBP_real")
    found = simulate(built.problem(), range(100), 1)
    assert (found.column("preferred", "npsv") - found.column("bau", "npsv")) == pytest.approx(5)
    odds = best(found)
    assert odds is not None and odds.shares == {"bau": 0.0, "preferred": 1.0} and odds.empty == 0
    even = Drawn()
    even.line("npsv", even.input("gain", ranged(0, 10, 20), unit="GBP_real") * 1, "GBP_real")
    tied = best(simulate(even.problem(), range(100), 1))
    assert tied is not None and tied.shares == {"bau": 0.5, "preferred": 0.5}


@pytest.mark.parametrize("option", ["bau", "preferred"])
def test_what_is_afforded_is_counted_from_the_years_themselves(whole: Simulation, option: str) -> None:
    """Each test by year, all three in one draw, and every year in one draw, counted draw by draw."""
    found = affordable(whole, option)
    assert found is not None
    years = whole.problem.frame.ids("statement")

    def of(what: str) -> np.ndarray:
        return np.array([whole.column(option, f"{what}[{year}]") for year in years]).T

    case = np.array([whole.of_case(option, f"system_revenue_ask[{year}]") for year in years])
    holds = {
        "surplus": of("surplus") > -1,
        "loss_not_agreed": of("loss_not_agreed") < 1,
        "capital_headroom": of("capital_headroom") > -1,
    }
    asked = of("system_revenue_ask") < case + 1
    together = np.logical_and.reduce(list(holds.values()))
    for what, each in {**holds, "system_revenue_ask": asked}.items():
        assert [*found.years[what].values()] == pytest.approx(each.mean(axis=0))
        assert found.always[what] == pytest.approx(each.all(axis=1).mean())
    assert [*found.in_each.values()] == pytest.approx(together.mean(axis=0))
    assert found.always["all"] == pytest.approx(together.all(axis=1).mean())
    if option == "bau":
        assert found.always["surplus"] == 1


def test_the_years_are_those_of_the_case_itself(whole: Simulation) -> None:
    """With every input as the case has it: worst year, ask at steady state, headlines."""
    case = starter_case()
    for option, own in case.headlines.items():
        for name in ("npsv", "capital_outturn", "surplus_worst_year"):
            assert whole.of_case(option, name) == pytest.approx(own.headlines[name], rel=1e-12)
        years = whole.problem.frame.ids("statement")
        worst = min(whole.of_case(option, f"surplus[{year}]") for year in years)
        assert worst == pytest.approx(own.headlines["surplus_worst_year"], abs=0.005)
        if own.steady_state in years:
            ask = whole.of_case(option, f"system_revenue_ask[{own.steady_state}]")
            assert ask == pytest.approx(own.headlines["system_revenue_ask_steady_state"], abs=0.005)


def test_statistics_of_a_column_that_is_partly_empty() -> None:
    """By hand: four of five values, of which the median lies between the middle two."""
    found = statistics(np.array([4.0, np.nan, 1.0, 3.0, 2.0]))
    assert (found.mean, found.percentiles[50], found.empty) == (2.5, 2.5, pytest.approx(0.2))
    assert found.percentiles[10] == pytest.approx(1.3) and found.percentiles[95] == pytest.approx(3.85)
    assert found.error == pytest.approx(np.std([1, 2, 3, 4], ddof=1) / 2)
    none = statistics(np.full(3, np.nan))
    assert none.mean is None and none.empty == 1 and none.settled is None
