"""A plan worked out by the engine is the case with the same changes made by hand through `--set`."""

from __future__ import annotations

import numpy as np
import pytest

from casebuilder.analysis.sites.inputs import PlanInputs
from casebuilder.analysis.sites.programme import OUT, Plan
from casebuilder.analysis.sites.values import SiteValues
from casebuilder.case import Case, load_case
from casebuilder.errors import CaseError
from tests.shipped import ShippedCases

CASE, OPTION = "lancashire_south_cumbria", "centres"


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case(CASE)


@pytest.fixture(scope="module")
def inputs(case: Case) -> PlanInputs:
    return PlanInputs(case.problem, OPTION, ("mri",))


@pytest.fixture(scope="module")
def values(inputs: PlanInputs) -> SiteValues:
    return SiteValues(inputs)


def plan_of(inputs: PlanInputs, **starts: int) -> Plan:
    """A plan by the ids of its sites, with all their kit."""
    return tuple(starts.get(candidate.site, OUT) for candidate in inputs.candidates)


def agrees(values: SiteValues, plan: Plan, changed: Case) -> None:
    """The plan's value, capital, tests and people are those of the changed case."""
    worth, found = values.worth(plan), changed.headlines[OPTION].headlines
    assert worth.npsv == found["npsv"]
    assert worth.by_year.sum() == pytest.approx(found["capital_outturn"], rel=1e-12, abs=1e-6)
    results, frame = changed.results, changed.problem.frame
    row, baseline = frame.option_ids.index(OPTION), frame.option_ids.index(frame.baseline)
    for key, got in (
        ("revenue.option_tests", worth.tests),
        ("activity.additional_tests_year", worth.additional),
    ):
        every = results.array(changed.problem.by_key[key])[0, row]
        assert got == pytest.approx(every.sum() / len(frame.ids("year")), rel=1e-12)
    near = results.array(changed.problem.by_key["access.near_district"])[0]
    assert worth.people.sum() == pytest.approx(near[row].sum() - near[baseline].sum())


def test_all_sites_on_time_are_the_option_as_it_is(case: Case, values: SiteValues) -> None:
    agrees(values, (0,) * len(values.inputs.candidates), case)


def test_sites_left_out_are_those_set_to_0(values: SiteValues) -> None:
    plan = plan_of(values.inputs, westmorland=0, preston=0, barrow=0)
    out = ("rossendale", "whitegate_drive", "fleetwood", "burnley")
    changed = load_case(CASE, [f"{OPTION}:estate.included[{site}]=0" for site in out])
    agrees(values, plan, changed)


def test_no_site_is_all_set_to_0(values: SiteValues) -> None:
    sites = [each.site for each in values.inputs.candidates if not each.test]
    changed = load_case(CASE, [f"{OPTION}:estate.included[{site}]=0" for site in sites])
    agrees(values, plan_of(values.inputs), changed)


def test_a_late_start_is_a_later_approval_with_its_capital(values: SiteValues) -> None:
    """Burnley two years and Preston one: approval by 24 and 12 months, capital of 2022/23 in 2024/25."""
    plan = plan_of(values.inputs, preston=1, burnley=2)
    out = ("westmorland", "rossendale", "whitegate_drive", "fleetwood", "barrow")
    sets = [f"{OPTION}:estate.included[{site}]=0" for site in out]
    sets += [
        f"{OPTION}:programme.approval_month[preston]=25",
        f"{OPTION}:programme.approval_month[burnley]=61",
        f"{OPTION}:capital.phasing[preston,2021/22]=0",
        f"{OPTION}:capital.phasing[preston,2022/23]=1",
        f"{OPTION}:capital.phasing[burnley,2022/23]=0",
        f"{OPTION}:capital.phasing[burnley,2024/25]=1",
        # Preston has hired units beside its rooms: they too come a year late.
        f"{OPTION}:estate.hired_from_month[preston]=30",
        f"{OPTION}:estate.hired_to_month[preston]=252",
    ]
    agrees(values, plan, load_case(CASE, sets))
    on_time, late = (
        values.worth(plan_of(values.inputs, preston=0)),
        values.worth(plan_of(values.inputs, preston=1)),
    )
    site = values.frame.positions["site"]["preston"]
    assert late.opening[site] == on_time.opening[site] + 12
    assert on_time.by_year[1] > 0 and late.by_year[1] == 0 < late.by_year[2]


def test_what_a_plan_sets_gives_the_plan(values: SiteValues) -> None:
    """The `--set` words that a plan is told in, with kit left out and a site late."""
    plan = list(plan_of(values.inputs, westmorland=0, preston=1, burnley=0, rossendale=0))
    sets = values.inputs.sets(tuple(plan))
    assert f"{OPTION}:estate.included[barrow]=0" in sets
    assert f"{OPTION}:programme.approval_month[preston]=25" in sets
    assert not [word for word in sets if "westmorland" in word], "what is as the case has it is not told"
    agrees(values, tuple(plan), load_case(CASE, sets))


def test_kit_left_out_has_no_rooms() -> None:
    inputs = PlanInputs(load_case("norfolk_waveney").problem, "preferred", ("mri",))
    assert [each.id for each in inputs.candidates][3:] == ["norwich:mri", "james_paget:mri", "kings_lynn:mri"]
    values = SiteValues(inputs)
    plan = (0, OUT, 0, OUT, OUT, 0)
    found = (
        load_case(
            "norfolk_waveney",
            ["preferred:estate.included[james_paget]=0", "preferred:estate.rooms[norwich,mri]=0"],
        )
        .headlines["preferred"]
        .headlines
    )
    worth = values.worth(plan)
    assert worth.npsv == found["npsv"]
    assert worth.by_year.sum() == pytest.approx(found["capital_outturn"], rel=1e-12)
    assert inputs.sets(plan) == [
        "preferred:estate.included[james_paget]=0",
        "preferred:estate.rooms[norwich,mri]=0",
    ]


def test_a_site_keeps_one_test(case: Case) -> None:
    """Fleetwood does ultrasound alone: it is in or out as a whole."""
    kit = [each.id for each in PlanInputs(case.problem, OPTION, ("ultrasound", "ct")).candidates if each.test]
    assert "preston:ultrasound" in kit and "fleetwood:ultrasound" not in kit
    assert not {"preston:ct", "preston:ultrasound"} <= set(kit)


def test_plans_worked_out_together_are_those_worked_out_alone(inputs: PlanInputs) -> None:
    rng = np.random.default_rng(4)
    plans = [
        plan_of(inputs, **{c.site: int(rng.integers(-1, 2)) for c in inputs.candidates}) for _ in range(20)
    ]
    together, alone = SiteValues(inputs), SiteValues(inputs)
    together.work_out(plans)
    for plan in plans[:4]:
        assert np.array_equal(together.worth(plan).measures, alone.worth(plan).measures)
        assert np.array_equal(together.worth(plan).capital, alone.worth(plan).capital)


def test_weights_count_people_by_quintile(inputs: PlanInputs, values: SiteValues) -> None:
    plan = plan_of(inputs, westmorland=0, burnley=0)
    plain, weighted = values.worth(plan), SiteValues(inputs, weights={"q1": 3.0, "q5": 0.5}).worth(plan)
    assert plain.weighted == plain.people.sum() > 0
    assert weighted.weighted == pytest.approx(plain.people @ [3, 1, 1, 1, 0.5])


def test_near_a_centre_alone_counts_more(inputs: PlanInputs, values: SiteValues) -> None:
    plan = plan_of(inputs, preston=0)
    assert values.worth(plan).people.sum() == 0, "Preston is near its own hospital"
    assert SiteValues(inputs, near="centre").worth(plan).people.sum() > 100_000


def test_a_site_stands_in_the_district_nearest_to_it(values: SiteValues) -> None:
    labels = {
        values.frame.label("district", id): [values.inputs.candidates[n].site for n in numbers]
        for id, numbers in values.districts().items()
    }
    assert labels["Burnley"] == ["burnley"] and labels["Preston"] == ["preston"]
    assert labels["Wyre"] == ["fleetwood"] and labels["Blackpool"] == ["whitegate_drive"]
    assert sum(map(len, labels.values())) == 7


def test_faults_are_told(case: Case) -> None:
    with pytest.raises(CaseError, match="takes no site in"):
        PlanInputs(case.problem, "pooling")
    with pytest.raises(CaseError, match="did you mean 'mri'"):
        PlanInputs(case.problem, OPTION, ("mrj",))
