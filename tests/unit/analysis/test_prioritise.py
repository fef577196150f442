"""The choice of sites of a real case: against every plan, its rules, its words and its refusals."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from casebuilder.analysis.sites.prioritise import Ask, Outcome
from casebuilder.analysis.sites.prioritise import prioritise as choose
from casebuilder.analysis.sites.programme import OUT, Plan
from casebuilder.analysis.sites.values import Worth
from casebuilder.case import Case
from casebuilder.errors import CaseError
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.values import Priorities
from tests.shipped import ShippedCases

CASE = "lancashire_south_cumbria"
KNOWN: dict[Plan, Worth] = {}  # every question here is of the same case, so that a plan is worked out once
SPOKES = {"fleetwood": "whitegate_drive", "barrow": "westmorland", "burnley": "rossendale"}


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case(CASE)


@pytest.fixture(scope="module")
def all_tests(case: Case) -> Outcome:
    """The most tests for £4m, with the front, every plan worked out."""
    return prioritise(case.problem, Ask({"tests": 1.0}, total=4e6, pareto=True))


def prioritise(problem: Problem, ask: Ask) -> Outcome:
    return choose(problem, ask, known=KNOWN)


def with_priorities(case: Case, priorities: Priorities) -> Problem:
    return replace(case.problem, inputs=replace(case.problem.inputs, priorities=priorities))


def sites(outcome: Outcome, plan: Plan) -> set[str]:
    return {c.site for c, start in zip(outcome.search.candidates, plan, strict=True) if start != OUT}


def feasible(outcome: Outcome) -> list[Plan]:
    """Every set of sites that keeps to hubs and to £4m, read apart from the code under test."""
    ids = [c.site for c in outcome.search.candidates]
    kept = []
    for plan in product((OUT, 0), repeat=len(ids)):
        inside = {id for id, start in zip(ids, plan, strict=True) if start != OUT}
        if all(SPOKES.get(id, id) in inside for id in inside):
            worth = outcome.search.values.worth(plan)
            if worth.by_year.sum() <= 4e6:
                kept.append(plan)
    return kept


def test_the_best_is_the_best_of_every_set(all_tests: Outcome) -> None:
    plans = feasible(all_tests)
    best = max(all_tests.search.values.worth(plan).tests for plan in plans)
    assert all_tests.report.plan in plans
    assert all_tests.search.values.worth(all_tests.report.plan).tests == best == all_tests.report.score


def test_a_chosen_spoke_has_its_hub(all_tests: Outcome) -> None:
    chosen = sites(all_tests, all_tests.report.plan)
    assert all(SPOKES.get(site, site) in chosen for site in chosen)


@pytest.mark.parametrize(
    ("aims", "totals"),
    [
        ({"additional": 1.0}, [4e6]),
        pytest.param({"tests": 1.0}, [1e6, 2e6, 5e6], marks=pytest.mark.full),
        pytest.param({"people": 1.0}, [1e6, 2e6, 5e6], marks=pytest.mark.full),
        pytest.param({"npsv": 1.0, "additional": 1.0}, [1e6, 2e6, 5e6], marks=pytest.mark.full),
    ],
)
def test_the_search_finds_what_every_plan_gives(
    case: Case, aims: dict[str, float], totals: list[float]
) -> None:
    """The programme put to the engine, some plans worked out, against all plans worked out."""
    for total in totals:
        every = prioritise(case.problem, Ask(aims, total=total))
        some = choose(case.problem, Ask(aims, total=total, most=1))
        assert every.search.every and not some.search.every
        assert some.report.score == pytest.approx(every.report.score, rel=1e-9)
        assert len(some.search.values.evaluated) < len(every.search.values.evaluated)


def test_more_capital_never_gives_less(case: Case) -> None:
    scores = [
        prioritise(case.problem, Ask({"additional": 1.0}, total=total)).report.score
        for total in (0, 8e5, 2e6, 1e7)
    ]
    assert scores == sorted(scores) and scores[0] < scores[-1]


def test_the_front_has_no_beaten_plan_and_each_best(all_tests: Outcome) -> None:
    values = all_tests.search.values
    points = np.array([values.worth(plan).measures[[0, 1, 3]] for plan in feasible(all_tests)])
    found = np.array([values.worth(plan).measures[[0, 1, 3]] for plan in all_tests.front])
    for point in found:
        assert not ((points >= point).all(axis=1) & (points > point).any(axis=1)).any()
    assert found.max(axis=0) == pytest.approx(points.max(axis=0))
    for point in points:
        assert (found >= point - 1e-6).all(axis=1).any(), "what is not on the front is matched by it"


def test_what_a_site_is_worth_as_the_last_is_what_the_plan_loses(all_tests: Outcome) -> None:
    report, values = all_tests.report, all_tests.search.values
    for each in report.chosen:
        gone = {each.number} | {
            number
            for number, candidate in enumerate(all_tests.search.candidates)
            if SPOKES.get(candidate.site) == all_tests.search.candidates[each.number].site
        }
        less = tuple(OUT if number in gone else start for number, start in enumerate(report.plan))
        assert each.last == pytest.approx(report.score - values.worth(less).tests)
        alone = tuple(0 if number == each.number else OUT for number in range(len(report.plan)))
        assert each.alone == pytest.approx(values.worth(alone).tests - report.none)
    assert report.estimate == pytest.approx(report.none + sum(each.alone for each in report.chosen))


def test_what_is_left_out_says_by_how_much_it_passes_the_limit(all_tests: Outcome) -> None:
    report, values = all_tests.report, all_tests.search.values
    spent = values.worth(report.plan).by_year.sum()
    assert report.left_out and all(each.reason == "limit" for each in report.left_out)
    for each in report.left_out:
        assert each.over == pytest.approx(spent + each.capital - 4e6) and each.over > 0
        assert each.detail == "all years" and each.gain > 0
    assert len(report.chosen) + len(report.left_out) == len(report.plan)


def test_a_million_more_is_the_same_question_with_a_million_more(case: Case, all_tests: Outcome) -> None:
    (more,) = all_tests.report.more
    again = prioritise(case.problem, Ask({"tests": 1.0}, total=5e6))
    assert more.plan == again.report.plan
    assert more.gain == pytest.approx(again.report.score - all_tests.report.score)


def test_limits_of_years_hold_and_sites_may_start_late(case: Case) -> None:
    """£1m a year pays for two hubs only if one of them starts a year late."""
    by_year = {"2021/22": 1e6, "2022/23": 1e6, "2023/24": 0.0}
    outcome = prioritise(case.problem, Ask({"additional": 1.0}, by_year=by_year, delay=1, most=1))
    spent = outcome.search.values.worth(outcome.report.plan).by_year
    assert (spent[1:4] <= np.array([1e6, 1e6, 0.0]) + 0.005).all()
    hubs = {"westmorland", "rossendale"}
    assert hubs <= sites(outcome, outcome.report.plan) and 1 in outcome.report.plan
    on_time = prioritise(case.problem, Ask({"additional": 1.0}, by_year=by_year, delay=0))
    assert outcome.report.score > on_time.report.score


def test_value_may_be_most_with_no_site(case: Case) -> None:
    outcome = prioritise(case.problem, Ask(total=4e6))
    assert set(outcome.report.plan) == {OUT} and outcome.report.score == outcome.report.none
    assert {each.reason for each in outcome.report.left_out} == {"lowers"}
    least = prioritise(case.problem, Ask(total=4e6, least=1))
    assert len(least.report.chosen) == 1 and least.report.score < outcome.report.score
    (kept,) = least.report.chosen
    assert kept.last < 0 and kept.kept_for == "one centre"


def test_a_minimum_of_a_district_and_an_exclusion_hold(case: Case) -> None:
    where = {"burnley": Place("case.yaml", 9, 3)}
    problem = with_priorities(case, Priorities(at_least={"burnley": 1}, places=where))
    outcome = prioritise(problem, Ask(total=4e6))
    assert sites(outcome, outcome.report.plan) == {"burnley"}
    assert outcome.report.chosen[0].kept_for == "one centre in Burnley"
    apart = with_priorities(case, Priorities(excludes=(("preston", "rossendale"),)))
    outcome = prioritise(apart, Ask({"tests": 1.0}, total=4e6))
    chosen = sites(outcome, outcome.report.plan)
    assert not {"preston", "rossendale"} <= chosen and chosen & {"preston", "rossendale"}
    foe = next(each for each in outcome.report.left_out if each.reason == "excluded")
    assert {foe.detail} <= {"Preston Healthport", "Rossendale"}


def refused(problem: Problem, ask: Ask) -> str:
    with pytest.raises(CaseError) as caught:
        prioritise(problem, ask)
    return str(caught.value)


def test_a_limit_that_does_not_pay_is_named(case: Case) -> None:
    where = {"burnley": Place("case.yaml", 9, 3)}
    problem = with_priorities(
        case, Priorities({"burnley": ("rossendale",)}, at_least={"burnley": 1}, places=where)
    )
    said = refused(problem, Ask(total=1e6))
    assert said.startswith("£1m does not pay for the least that is asked for: one centre in Burnley")
    assert "(Rossendale, Burnley) cost £1.488m" in said
    said = refused(problem, Ask(by_year={"2021/22": 1e5}, delay=0))
    assert said.startswith("£0.1m in 2021/22 does not pay for")
    outcome = prioritise(problem, Ask(total=1.5e6))
    assert sites(outcome, outcome.report.plan) == {"burnley", "rossendale"}


def test_limits_that_only_together_cannot_be_kept_are_named(case: Case) -> None:
    """Late, the hub passes the limit of the second year; on time, that of the first."""
    said = refused(case.problem, Ask(by_year={"2021/22": 1e5, "2022/23": 1e5}, delay=1, least=5))
    assert "2021/22" in said


def test_rules_that_leave_no_set_are_named(case: Case) -> None:
    where = {"burnley": Place("case.yaml", 9, 3), "preston": Place("case.yaml", 10, 3)}
    both = Priorities(excludes=(("burnley", "preston"),), at_least={"burnley": 1, "preston": 1}, places=where)
    said = refused(with_priorities(case, both), Ask(total=9e6))
    assert said == (
        "no set of sites has one centre in Burnley and one centre in Preston: what sites need or exclude "
        "forbids it"
    )
    two = Priorities(at_least={"burnley": 2}, places=where)
    with pytest.raises(CaseError) as caught:
        prioritise(with_priorities(case, two), Ask(total=9e6))
    (fault,) = caught.value.faults
    assert (fault.line, fault.column) == (9, 3)
    assert fault.message == "Burnley: 2 centres at least, and the option has 1 there (Burnley)"


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (Ask(option="centre", total=1e6), "'centre' is no option; did you mean 'centres'?"),
        (Ask(option="bau", total=1e6), "option 'bau' takes no site in"),
        (Ask(option="centres", by_year={"2019/20": 1e6}), "'2019/20' is no year of this case"),
        (Ask(option="centres", total=1e6, delay=40), "cannot start 40 years late"),
        (Ask(option="centres", total=1e6, deprivation={"q9": 2.0}), "'q9' is no deprivation quintile"),
        (Ask(option="centres", total=1e6, least=8), "8 sites at least, and the option has 7"),
        (Ask(option="centres", total=1e6, kit=("pet",)), "'pet' is no test of this case"),
    ],
)
def test_what_is_not_in_the_case_is_told(case: Case, ask: Ask, said: str) -> None:
    assert said in refused(case.problem, ask)


def test_the_last_option_with_sites_is_taken(case: Case) -> None:
    assert prioritise(case.problem, Ask(total=0.0)).ask.option == "centres"
