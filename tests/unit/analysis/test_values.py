"""Which values matter: each input at its ends is what `--set` makes of it, one input at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from casebuilder.algebra.terms import Input
from casebuilder.analysis.uncertainty import kept, ranking
from casebuilder.analysis.uncertainty.ends import ENDS, inputs_in_use, sets, varied
from casebuilder.analysis.uncertainty.kept import ranking_kept
from casebuilder.analysis.uncertainty.ranking import MARGIN, VALUE, Ranked, Ranking, rank_inputs
from casebuilder.analysis.uncertainty.reach import Reach
from casebuilder.case import Case, load_case
from casebuilder.evaluate.checks import REASONS_GIVEN, REASONS_HOLD
from casebuilder.evaluate.engine import evaluate
from tests.edited import edited_case

CASE = "cmast_2025"
OPTION = "preferred"
PENNY = 0.005


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(CASE)


@pytest.fixture(scope="module")
def ranked(case: Case) -> Ranking:
    found = rank_inputs(case.results)
    assert found is not None
    return found


def one_at_a_time(name: str, case: Case, inputs: Sequence[Ranked]) -> None:
    """Both ends of some inputs, each a run of its own: value, margin, who is first, and what is asked for."""
    ends = {each.item.key: each.ends for each in varied(case.problem)[0]}
    given = inputs_in_use(case.problem)
    for each in inputs:
        for end in ENDS:
            alone = load_case(name, sets(given[each.key], ends[each.key][end]))
            told, values = each.ends[end], {o: r.headlines[VALUE] for o, r in alone.headlines.items()}
            own = alone.headlines[case.problem.frame.option_ids[-1]].headlines
            for figure, value in told.figures.items():
                if figure == MARGIN:
                    rest = max(v for o, v in values.items() if o != case.problem.frame.option_ids[-1])
                    assert value == pytest.approx(own[VALUE] - rest, abs=PENNY), (each.key, end)
                else:
                    assert value == pytest.approx(own[figure], abs=PENNY), (each.key, end, figure)
            assert told.first == max(values, key=lambda option: values[option])
            failed = {check.key for check in alone.checks.failed} - {c.key for c in case.checks.failed}
            # A reason that is now wanted, or no longer holds, does not make a case that could not be.
            assert set(told.breaks) == failed - {REASONS_GIVEN, REASONS_HOLD}, (each.key, end)


def test_a_dozen_inputs_agree_with_runs_of_one_at_a_time(case: Case, ranked: Ranking) -> None:
    """The first six, and six from all over the rest, some with no effect and some that break a check."""
    one_at_a_time(CASE, case, [*ranked.inputs[:6], *ranked.inputs[6::45]])


@pytest.mark.full
@pytest.mark.parametrize(("name", "count"), [("cmast", 100), ("digital_diagnostics", 40)])
def test_a_hundred_inputs_agree_with_runs_of_one_at_a_time(name: str, count: int) -> None:
    """Of CMAST the first fifty and every fifth after them: the order by effect is that of the single runs."""
    case = load_case(name)
    found = rank_inputs(case.results)
    assert found is not None
    chosen = [*found.inputs[: count // 2], *found.inputs[count // 2 :: 4]][:count]
    assert len(chosen) == count
    one_at_a_time(name, case, chosen)


def test_the_largest_effect_comes_first_and_is_the_widest_difference(ranked: Ranking) -> None:
    """Of the case and its ends, on whichever side they lie; an end that could not be is left out."""
    for decided in (False, True):
        effects = [each.effects[VALUE] for each in ranked.inputs if each.decided is decided]
        assert effects == sorted(effects, reverse=True) and effects[0] > 0
    # What somebody decides stands after what is uncertain, and is none of the first that are named.
    assert [each.decided for each in ranked.inputs] == sorted(each.decided for each in ranked.inputs)
    assert not any(each.decided for each in ranked.leading(10))
    for each in ranked.inputs:
        values = [end.figures[VALUE] for end in (ranked.base, *each.ends) if end.stands]
        assert each.effects[VALUE] == pytest.approx(max(values) - min(values), abs=1e-9)


def test_both_ends_on_one_side_still_count(ranked: Ranking) -> None:
    """Growth of demand is worth most near what the case has: the effect is not the distance of the ends."""
    growth = next(each for each in ranked.inputs if each.key == "demand.local_growth")
    low, high, base = (end.figures[VALUE] for end in (*growth.ends, ranked.base))
    assert low < base and high < base
    assert growth.effects[VALUE] == pytest.approx(base - min(low, high))


def test_an_end_that_breaks_a_check_counts_for_nothing(ranked: Ranking) -> None:
    """Catchments add up to one: all of them low, or high, are no case that could be."""
    catchment = next(each for each in ranked.inputs if each.key == "lists.catchment")
    assert [end.breaks for end in catchment.ends] == [("checks.catchment_sums_to_one",)] * 2
    assert catchment.effects[VALUE] == 0 and not catchment.changes_first


def test_where_one_end_breaks_a_check_the_other_counts(ranked: Ranking) -> None:
    """With no room at any centre a site has no part in anything: the high end alone tells what rooms do."""
    rooms = next(each for each in ranked.inputs if each.key == "estate.rooms")
    assert not rooms.low.stands and rooms.high.stands
    base, high = ranked.base.figures[VALUE], rooms.high.figures[VALUE]
    assert rooms.low.figures[VALUE] > base > high
    assert rooms.effects[VALUE] == pytest.approx(base - high)


def test_the_share_of_unverified_inputs_and_their_order(ranked: Ranking) -> None:
    every = sum(each.effects[VALUE] for each in ranked.inputs if not each.decided)
    unverified = [each for each in ranked.inputs if each.state == "unverified" and each.effects[VALUE] > 0]
    assert list(ranked.to_replace) == unverified
    assert ranked.share_unverified == pytest.approx(sum(each.effects[VALUE] for each in unverified) / every)
    assert 0.5 < ranked.share_unverified < 1


def test_an_option_s_own_values_go_with_those_of_the_base(case: Case) -> None:
    """`capacity.bought_tests` is nought in the base and stated by the option that buys: both move."""
    (each,) = [v for v in varied(case.problem)[0] if v.item.key == "capacity.bought_tests"]
    given = inputs_in_use(case.problem)["capacity.bought_tests"]
    moved = sets(given, each.ends[1])
    assert any(text.startswith("buy_tests:") for text in moved)
    for members, value in given.options["buy_tests"].items():
        if value.high is not None:
            assert each.ends[1].options["buy_tests"][members].amount == value.high


def test_whole_inputs_stay_whole(case: Case) -> None:
    """A range by factor may end between two whole numbers: the nearest within is taken."""
    whole = [each for each in varied(case.problem)[0] if each.item.whole]
    assert whole
    for each in whole:
        for end in each.ends:
            amounts = [value.amount for value in end.base.values()]
            assert all(float(amount).is_integer() for amount in amounts), each.item.key


def test_what_is_not_reached_is_not_evaluated_again(case: Case) -> None:
    """A price late in the case reaches few lines, and none of demand; the rest is taken as it was."""
    line = case.problem.by_key["economics.npsv"]
    item = case.problem.inputs_by_key["benefits.qaly_value"]
    reach = Reach(case.results, [line], [item])
    reached = {each.key for each in reach.reached([item])}
    assert line.key in reached and len(reached) < 40
    assert not any(key.startswith(("demand.", "waits.", "lists.")) for key in reached)


@pytest.mark.parametrize("key", ["benefits.qaly_value", "funding.carried_forward", "demand.removal_rate"])
def test_evaluating_what_is_reached_is_evaluating_all(case: Case, key: str) -> None:
    """For late and early inputs alike, every option and every figure."""
    item = case.problem.inputs_by_key[key]
    lines = [case.problem.by_key[f"headlines.{name}"] for name in (VALUE, *ranking.AFFORDABILITY)]
    sample = np.concatenate([case.problem.input_arrays[item] * factor for factor in (1.0, 0.5, 0.9)])
    part = Reach(case.results, lines, [item]).evaluate({item: sample})
    whole = evaluate(case.problem, lines, {item: sample}, partial=True)
    for line in lines:
        np.testing.assert_array_equal(
            *np.broadcast_arrays(part.array(line), whole.array(line)), err_msg=line.key
        )


def test_an_opening_value_of_a_line_that_stays_is_kept(case: Case) -> None:
    """Lines that read a line of before begin with its opening value, which is not evaluated again either."""
    problem = case.problem
    inputs: list[Input] = list({item.key: item for item in problem.values}.values())
    lines = [line for line in problem.lines if line in case.results.openings]
    reach = Reach(case.results, problem.lines, inputs)
    last = max(inputs, key=reach.first)
    again = reach.evaluate({last: np.repeat(problem.input_arrays[last], 2, axis=0)})
    for line in lines:
        np.testing.assert_array_equal(again.array(line)[0], case.results.array(line)[0], err_msg=line.key)


class Counted:
    """Counts how often a ranking is worked out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        monkeypatch.setattr(kept, "rank_inputs", self)

    def __call__(self, *_: object) -> Ranking:
        self.times += 1
        return Ranking(OPTION, ranking.End({VALUE: 1.0}, OPTION), (), {"a.b": "has no range"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEBUILDER_CACHE", str(tmp_path / "cache"))
    return tmp_path


def test_what_is_kept_is_what_was_found(case: Case, folder: Path) -> None:
    first = ranking_kept(case.results)
    again = ranking_kept(case.results)
    assert again == first and len(list((folder / "cache").iterdir())) == 1


def test_another_value_or_another_range_is_worked_out_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hash of the inputs is of values alone; a range changes the ranking and no value."""
    counted = Counted(monkeypatch)
    name = "lancashire_south_cumbria"
    case = load_case(name)
    ranking_kept(case.results), ranking_kept(case.results)
    assert counted.times == 1
    ranking_kept(load_case(name, ["benefits.qaly_value[gb2022]=61000"]).results)
    assert counted.times == 2
    text = "value: 0.8, range: [0.5, 1]"
    wider = edited_case(folder / name, name, "estate.yaml", text, text.replace("0.5", "0.6"))
    other = load_case(str(wider))
    assert other.inputs.sha256 == case.inputs.sha256
    ranking_kept(other.results)
    assert counted.times == 3


def test_a_fault_in_what_is_kept_is_no_fault_of_the_case(
    case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted(monkeypatch)
    ranking_kept(case.results)
    (file,) = (folder / "cache").iterdir()
    for text in ("", "{}", "[1]", json.dumps({"option": 1, "base": {}, "inputs": [{}], "without_range": {}})):
        file.write_text(text, encoding="utf-8")
        assert ranking_kept(case.results) is not None
    assert counted.times == 5


def test_nothing_is_kept_where_nothing_is_to_be(
    case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted(monkeypatch)
    monkeypatch.setenv("CASEBUILDER_CACHE", "")
    ranking_kept(case.results), ranking_kept(case.results)
    assert counted.times == 2 and not (folder / "cache").exists()


def test_the_oldest_make_room(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Counted(monkeypatch)
    cache = folder / "cache"
    cache.mkdir()
    for number in range(kept.MOST + 3):
        (cache / f"values-{number}.json").write_text("{}", encoding="utf-8")
    ranking_kept(case.results)
    assert len(list(cache.iterdir())) == kept.MOST


def test_a_case_without_a_value_has_no_ranking(case: Case) -> None:
    """A line without a value is told by the checks; a ranking of what cannot be worked out is none."""
    results = replace(case.results, no_values=(object(),))
    assert rank_inputs(results) is None and ranking_kept(results) is None
