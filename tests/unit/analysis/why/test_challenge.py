"""A reviewer's questions: asked in order, answered by the case's own numbers, and set beside other cases."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from rich.console import Console

from casebuilder.analysis.uncertainty.chance.possible import of_chance
from casebuilder.analysis.uncertainty.ends import sets
from casebuilder.analysis.uncertainty.why.answers import Answer, Challenge
from casebuilder.analysis.uncertainty.why.questions import questions
from casebuilder.analysis.uncertainty.why.standing import least_to_compare, published, standings_of
from casebuilder.case import load_case
from casebuilder.errors import CaseError
from casebuilder.findings import STRESSED_BY
from casebuilder.inputs.values import CaseInputs, Origin, Value
from casebuilder.summary.challenge.data import challenge_data
from casebuilder.summary.challenge.page import print_challenge
from casebuilder.tasks.challenge import challenge
from tests.cases.starter import starter
from tests.starter import starter_case


@cache
def _asked() -> Challenge:
    return challenge(starter_case(), "preferred", {}, lambda _: None)


@cache
def _answers() -> dict[str, Answer]:
    return {each.target.name: each for own in _asked().answers.values() for each in own}


def test_the_order_of_the_questions() -> None:
    """Ranking first, then affordability and the standard, and the ratio last with what says so."""
    found = challenge_data(_asked(), "0")
    assert [each["name"] for each in found["questions"]] == ["ranking", "affordability", "standard", "ratio"]
    ratio = found["questions"][-1]
    assert ratio["source"] in starter_case().inputs.sources and "no threshold" in ratio["note"]


def test_whether_it_holds_is_the_headline_against_its_limit() -> None:
    """What is said to hold is what the summary's headline says, limit by limit."""
    own = starter_case().headlines["preferred"]
    answers = _answers()
    assert answers["ranking"].holds == (own.rank == 1)
    for name, limit, more in (
        ("surplus_worst_year", 0.0, True),
        ("system_revenue_ask_steady_state", 0.0, False),
        ("capital_unfunded", 0.0, False),
        ("over_six_weeks_end", 0.01, False),
        ("bcr", 1.0, True),
    ):
        value = own.value(name)
        assert value is not None and answers[name].value == value
        assert answers[name].holds == (value >= limit if more else value <= limit)


def test_ranges_together_are_their_sets() -> None:
    """The ranges said to suffice together do: the case read with all of them set keeps the limit, and with
    one fewer it does not.
    """
    answer = _answers()["over_six_weeks_end"]
    laid = answer.together
    assert laid is not None and laid.enough is not None and laid.enough > 1
    problem = starter_case().problem

    def value(count: int) -> float:
        typed: list[str] = []
        for step in laid.steps[:count]:
            given = problem.values[step.varied.item]
            typed += sets(given, step.varied.ends[step.end])
        found = load_case(str(starter()), typed).headlines["preferred"].headlines["over_six_weeks_end"]
        assert found is not None
        return found

    assert value(laid.enough) <= answer.target.limit < value(laid.enough - 1)
    assert laid.steps[laid.enough - 1].gap == pytest.approx(answer.target.limit - value(laid.enough))


def test_no_decision_is_a_value_that_may_turn_out_well() -> None:
    """What is laid on each other is what `simulate` draws; decisions that would help stand by themselves."""
    drawn = {each.item.key for each in of_chance(starter_case().problem)[0]}
    laid = [each.together for each in _answers().values() if each.together is not None]
    assert laid and any(each.decisions for each in laid)
    for each in laid:
        assert {step.varied.item.key for step in each.steps} <= drawn
        assert not {one.item.key for one in each.decisions} & drawn


def test_stresses_have_the_figures_of_the_workbook() -> None:
    """The surplus in steady state stands beside the others, as on the sheet Sensitivity."""
    assert _asked().figures == list(STRESSED_BY)
    assert all(set(each.effects) == set(STRESSED_BY) for each in _asked().stressed if not each.stress.cannot)


def test_a_limit_of_ones_own() -> None:
    """`--limit` holds a headline to another limit; one that no question is about is refused by name."""
    problem = starter_case().problem
    asked = questions(problem, "preferred", {"surplus_worst_year": -5_000_000.0})
    found = {target.name: target.limit for question in asked for target in question.targets}
    assert found["surplus_worst_year"] == -5_000_000.0 and found["capital_unfunded"] == 0
    with pytest.raises(CaseError, match="no question is about 'surplus_wors'; did you mean"):
        questions(problem, "preferred", {"surplus_wors": 0.0})


def _other(amount: float, file: str = "throughput.yaml") -> CaseInputs:
    """The small case with another uptime everywhere, given by some file."""
    inputs = starter_case().inputs
    given = inputs.values["throughput.uptime"]
    origin = Origin(file, 1, 1, "L1", "local")
    base = {members: Value(amount) for members in given.base}
    changed = replace(given, base=base, base_origin=origin, other_origins={})
    return replace(inputs, values={**inputs.values, "throughput.uptime": changed})


def test_where_an_assumption_stands() -> None:
    """The share of others below it, half of those equal; what the reference set gives is no other case's."""
    case = _other(0.9)
    others = {"a": _other(0.8), "b": _other(0.85), "c": _other(0.9), "d": _other(0.95)}
    (found,) = standings_of(case, others, ["throughput.uptime"])
    assert found.percentile == pytest.approx((2 + 0.5) / 4)
    assert (found.lowest, found.highest, found.others) == (0.8, 0.95, 4)
    few = {"a": _other(0.8), "b": _other(0.85), "c": _other(0.9, "reference/throughput.yaml")}
    (found,) = standings_of(case, few, ["throughput.uptime"])
    assert found.others == 2 < least_to_compare() and found.percentile is None


def test_capital_among_published_centres() -> None:
    """The percentile is the share of the class that costs less by the same measure, reckoned from lines."""
    case = starter_case()
    results = case.results
    found = {each.basis: each for each in published(results, "preferred")}
    assert found["rooms"].centres == 36
    for basis, each in found.items():
        costs = [
            cost
            for centre in case.problem.frame.ids("built_centre")
            if (cost := results.value("reference_class.unit_cost", "preferred", [basis, centre]))
        ]
        own = results.value("reference_class.option_unit_cost", "preferred", [basis])
        assert own == each.value and len(costs) == each.centres
        assert each.percentile == pytest.approx(sum(cost < own for cost in costs) / len(costs))


@pytest.mark.parametrize("width", [80, 140])
def test_the_page(width: int) -> None:
    """Every question and stress stands on the page, in order, and no line is wider than the terminal."""
    console = Console(width=width, highlight=False, markup=False, emoji=False, record=True, file=_nowhere())
    print_challenge(console, _asked())
    text = console.export_text()
    places = [text.index(question.asks) for question in _asked().answers]
    assert places == sorted(places)
    assert all(len(line) <= width for line in text.splitlines())
    joined = " ".join(text.split())
    for each in _asked().stressed:
        assert each.stress.label.lower() in joined.lower() or not each.moves
        assert not each.stress.cannot or each.stress.cannot in joined
    assert "mitigated" in text and "−£" in text
    assert all(word in joined for word in ("Key", "Ranks first", "steady state", "It changes nothing here: "))


def _nowhere() -> Any:
    import io

    return io.StringIO()
