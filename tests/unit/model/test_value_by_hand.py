"""Value as an assurer reads it, by hand: freed time once, no patient twice, staff and tests that are lost.

Each test states what was found wrong when the case was read as one, and fails where that comes back.
"""

from __future__ import annotations

import pytest

from tests.published.support import Answer, work_out

TESTS, STAFF = ("mri", "ct"), ("radiographer", "assistant")


def freed(**changed: object) -> Answer:
    """Hospitals do 1,000 MRI and 2,000 CT in their own hours, and with the option 600 and 2,100.

    Capacity for 100 MRI left with staff. An MRI takes an hour of a radiographer and half one of an assistant,
    a WTE gives 40 × 52.18 × 0.8 = 1,670 hours a year. Hospitals still buy 60 CT, of half an hour each.
    """
    wanted = ["freed_year", "freed_wte", "withdrawn", "taken_over", "taken_over_wte", "left_wte"]
    wanted += ["relief_taken_over_year", "own_undone_year", "no_more_is_withdrawn_than_freed"]
    return work_out(
        [f"freed.{name}" for name in wanted],
        {
            "freed.own_tests_year": [1_000.0, 2_000.0],
            "freed.own_capacity_year": [1_000.0, 2_500.0],
            "activity.relief_bought_year": [0.0, 60.0],
            "hospital_staff.hours_a_test": [1.0, 0.5, 0.5, 0.0],
            "workforce.contract_hours": 40.0,
            "workforce.headroom": 0.2,
            "freed.withdrawn_wte": 0.0,
            "freed.reuse_share": 1.0,
        },
        members={"test": TESTS, "staff": STAFF},
        by_option={
            "preferred": {
                "freed.own_tests_year": [600.0, 2_100.0],
                "freed.own_capacity_year": [900.0, 2_500.0],
                **changed,
            }
        },
    )


HOURS = 40 * 365.25 / 7 * 0.8


def test_what_left_with_staff_is_not_freed() -> None:
    """400 MRI fewer, 100 of which hospitals can no longer do: 300 are freed, and no CT."""
    found = freed()
    assert found("freed.own_undone_year", "preferred") == pytest.approx([400, -100])
    assert found("freed.freed_year", "preferred") == pytest.approx([300, 0])
    assert found("freed.freed_wte", "preferred") == pytest.approx([300 / HOURS, 150 / HOURS])
    assert found("freed.freed_year") == [0, 0]


def test_freed_time_takes_over_relief_of_other_tests() -> None:
    """The 60 CT that are bought take 30 of the 300 hours; the rest is left, and all of the assistant's."""
    found = freed()
    assert found("freed.relief_taken_over_year", "preferred") == pytest.approx([0, 60])
    assert found("freed.taken_over_wte", "preferred") == pytest.approx([30 / HOURS, 0])
    assert found("freed.left_wte", "preferred") == pytest.approx([270 / HOURS, 150 / HOURS])


def test_a_share_that_cannot_be_put_to_other_lists_is_left() -> None:
    """Of 300 hours 1 % can: 3 hours, of the 30 that relief takes: 6 of the 60 CT."""
    found = freed(**{"freed.reuse_share": 0.01})
    assert found("freed.relief_taken_over_year", "preferred") == pytest.approx([0, 6])
    assert found("freed.left_wte", "preferred") == pytest.approx([297 / HOURS, 150 / HOURS])


def test_posts_withdrawn_come_first_and_are_no_more_than_are_freed() -> None:
    """All 300 hours of radiographers withdrawn, and more: none is left for relief, and a warning says so."""
    found = freed(**{"freed.withdrawn_wte": [1.0, 0.0]})
    assert found("freed.withdrawn", "preferred") == pytest.approx([300 / HOURS, 0])
    assert found("freed.relief_taken_over_year", "preferred") == pytest.approx([0, 0])
    assert found("freed.left_wte", "preferred") == pytest.approx([0, 150 / HOURS])
    assert found("freed.no_more_is_withdrawn_than_freed", "preferred") == [1, 0]


def test_relief_taken_over_costs_consumables_and_reports_only() -> None:
    """60 CT at £100 and a tenth more are £6,600; taken over, £9 of contrast and £20 for the report each."""
    found = work_out(
        ["revenue.relief_real"],
        {
            "activity.relief_bought_year": 60.0,
            "freed.relief_taken_over_year": 0.0,
            "revenue.bought_test_price": 100.0,
            "revenue.price_to_cost": 1.0,
            "revenue.relief_premium": 0.1,
            "revenue.consumables_price": 9.0,
            "reporting.outside_cost": 20.0,
            "cost_lines.factor": 1.0,
        },
        members={"cost_line": ("bought_tests", "consumables", "reporting")},
        by_option={"preferred": {"freed.relief_taken_over_year": 60.0}},
    )
    assert found("revenue.relief_real") == pytest.approx(6_600)
    assert found("revenue.relief_real", "preferred") == pytest.approx(60 * 29)


def test_consumables_are_not_saved_on_relief_that_is_not_bought() -> None:
    """A price of relief has consumables in it: only the 400 that hospitals do less themselves save theirs."""
    found = work_out(
        ["revenue.displaced_saving_real"],
        {
            "freed.own_undone_year": 400.0,
            "revenue.consumables_price": 9.0,
            "reporting.outside_cost": 20.0,
            "cost_lines.factor": 1.0,
        },
        members={"cost_line": ("consumables", "reporting")},
    )
    assert found("revenue.displaced_saving_real") == pytest.approx(400 * 29)


def test_a_benefit_of_displaced_tests_counts_freed_time_again() -> None:
    """Bed days on top of freed time are a failure, and none where no time is freed."""
    given = {
        "benefits.per_displaced_test": 0.003,
        "benefits.displaced_counted": 300.0,
        "benefits.attribution": 0.5,
        "benefits.ramp": 1.0,
        "benefits.is_societal": 0.0,
        "freed.freed_wte": 0.2,
    }
    key = "benefits.freed_time_is_used_once"
    members = {"benefit": ("beds",)}
    assert work_out([key], given, members=members)(key) == 1
    assert work_out([key], given | {"freed.freed_wte": 0.0}, members=members)(key) == 0
    assert work_out([key], given | {"benefits.per_displaced_test": 0.0}, members=members)(key) == 0
    # What patients save of their own time is no time of the hospital.
    assert work_out([key], given | {"benefits.is_societal": 1.0}, members=members)(key) == 0


def test_patients_save_the_visits_of_hospital_tests_that_the_scheme_replaces() -> None:
    """Of 1,000 displaced tests 150 are not done since staff left; of the rest a quarter stay in hospitals."""
    found = work_out(
        ["benefits.displaced_counted", "benefits.journeys"],
        {
            "activity.displaced_tests_year": 1_000.0,
            "activity.scheme_tests_year": 2_000.0,
            "activity.extended_hours_tests_year": 500.0,
            "freed.capacity_left_year": 150.0,
            "benefits.counts": 1.0,
            "access.hours_saved": 200.0,
            "access.travel_cost_saved": 0.0,
            "benefits.value_of_time": 10.0,
        },
        members={"benefit": ("time",)},
    )
    assert found("benefits.displaced_counted") == pytest.approx(850 * 0.75)
    assert found("benefits.journeys") == pytest.approx(200 * 10 * 850 * 0.75 / 2_000)


def waits(option: dict[str, float]) -> Answer:
    """900 tested and 100 removed a year, 500 waiting: half a year's leavers, up to 52 weeks that count."""
    return work_out(
        ["health.wait_year", "health.tested_either_way", "health.weeks_saved", "health.tested_instead"],
        {
            "activity.list_done_year": 900.0,
            "activity.removed_year": 100.0,
            "health.waiting_year": 500.0,
            "health.unreported_mean_year": 0.0,
            "health.longest_wait": 52.0,
        },
        by_option={"preferred": option},
    )


def test_the_wait_is_over_all_who_leave_the_list() -> None:
    """500 ÷ (900 + 100) of a year, 26.09 weeks; 45 waiting for a report, 45 ÷ 900 of a year more."""
    found = waits({"health.unreported_mean_year": 45.0})
    assert found("health.wait_year") == pytest.approx(0.5 * 365.25 / 7)
    assert found("health.wait_year", "preferred") == pytest.approx(0.55 * 365.25 / 7)


def test_no_patient_is_counted_twice() -> None:
    """Of 960 tested 60 would have left the list untested: they are found, and 900 are tested sooner."""
    option = {
        "activity.list_done_year": 960.0,
        "activity.removed_year": 40.0,
        "health.waiting_year": 250.0,
    }
    found = waits(option)
    assert found("health.tested_instead", "preferred") == pytest.approx(60)
    assert found("health.tested_either_way", "preferred") == pytest.approx(900)
    sooner = (0.5 - 0.25) * 365.25 / 7
    assert found("health.weeks_saved", "preferred") == pytest.approx(900 * sooner)


def health(**option: float) -> Answer:
    """Of 200 who would have left untested a tenth are on the pathway, a twentieth of whom have it: 1."""
    values = {
        "health.tested_instead": 0.0,
        "activity.additional_tests_year": 0.0,
        "health.pathway_share": 0.1,
        "health.found_share": 0.05,
        "health.weeks_unfound": 13.0,
        "health.qalys_a_week": 0.02,
        "health.weeks_saved": 0.0,
        "health.treatment_capacity": 1_000.0,
        "health.treatment_cost": 12_000.0,
        "health.health_attribution": 0.5,
        "health.health_optimism": 0.0,
    }
    return work_out(
        ["health.qalys", "health.treatment", "health.found_instead"],
        values,
        members={"pathway": ("cancer",)},
        by_option={"preferred": {"health.tested_instead": 200.0, **option}},
    )


def test_treatment_and_health_fall_on_the_same_patients() -> None:
    """One patient found, 13 weeks at 0.02, half of it ours: 0.13 QALYs and £6,000.

    What hospitals test more from a list that grows shorter brings no treatment that was not due anyway.
    """
    found = health()
    assert found("health.found_instead", "preferred") == pytest.approx(1)
    assert found("health.qalys", "preferred") == pytest.approx(0.13)
    assert found("health.treatment", "preferred") == pytest.approx(6_000)
    shorter = health(**{"activity.additional_tests_year": 5_000.0})
    assert shorter("health.treatment", "preferred") == pytest.approx(6_000)


@pytest.mark.parametrize("attribution", [0.0, 0.25, 1.0])
def test_attribution_moves_treatment_as_it_moves_health(attribution: float) -> None:
    """Nothing attributed: no health and no treatment."""
    found = health(**{"health.health_attribution": attribution})
    assert found("health.qalys", "preferred") == pytest.approx(0.26 * attribution)
    assert found("health.treatment", "preferred") == pytest.approx(12_000 * attribution)


def test_the_untested_cost_health_in_every_option_alike() -> None:
    """200 more who leave untested lose what 200 fewer gain, and so does their treatment."""
    lost, gained = health(**{"health.tested_instead": -200.0}), health()
    for key in ("health.qalys", "health.treatment"):
        assert lost(key, "preferred") == pytest.approx(-gained(key, "preferred"))
        assert gained(key) == 0


def test_staff_who_leave_for_a_centre_are_paid_once() -> None:
    """Two lent of ten at £40,000: the hospital does not pay £80,000; of 12 lent only the ten it has."""
    given = {
        "hospital_staff.short_year": 0.0,
        "hospital_staff.members_wte": 10.0,
        "pay.employer_cost_financial": 40_000.0,
        "cost_lines.factor": 1.0,
    }
    key, members = "revenue.released_pay_real", {"cost_line": ("pay",)}
    for lent, released in ((2.0, 80_000), (12.0, 400_000)):
        found = work_out(
            [key], given, members=members, by_option={"preferred": {"hospital_staff.short_year": lent}}
        )
        assert found(key, "preferred") == pytest.approx(released)
        assert found(key) == 0


def lost(removed: float, left: float, has_list: float) -> float:
    """Tests lost where 100 a year go untested at baseline and `removed` with the option."""
    found = work_out(
        ["economics.lost_tests_year"],
        {"activity.removed_year": 100.0, "freed.capacity_left_year": 0.0, "lists.has_list": has_list},
        by_option={"preferred": {"activity.removed_year": removed, "freed.capacity_left_year": left}},
    )
    assert found("economics.lost_tests_year") == 0
    return float(found("economics.lost_tests_year", "preferred"))


def test_tests_lost_are_asked_for_and_not_done() -> None:
    """More than at baseline; of blood tests also what those who left would have done of those not done.

    Requests that are avoided lose nothing: fewer are asked for, and none more goes undone.
    """
    assert lost(removed=150, left=0, has_list=1) == 50
    assert lost(removed=80, left=0, has_list=1) == 0
    assert lost(removed=80, left=60, has_list=0) == 60  # all 60 could have been done
    assert lost(removed=40, left=60, has_list=0) == 40  # no more than go undone
    assert lost(removed=80, left=60, has_list=1) == 0  # the list waits, and relief and health count it


def test_tests_lost_cost_what_others_would_take_for_them() -> None:
    """50 lost: £30 of relief each, or half an hour of agency staff at £60 an hour and £6 beside."""
    given = {
        "economics.lost_tests_year": 50.0,
        "revenue.relief_price": 30.0,
        "hospital_staff.hours_a_test": 0.5,
        "pay.agency_cost": 60.0 * HOURS,
        "workforce.contract_hours": 40.0,
        "workforce.headroom": 0.2,
        "revenue.consumables_price": 4.0,
        "reporting.outside_cost": 2.0,
        "timeline.real_non_pay_index": 1.0,
        "timeline.real_pay_index": 1.0,
    }
    key = "economics.lost_tests"
    assert work_out([key], given)(key) == pytest.approx(50 * 36)
    assert work_out([key], given | {"revenue.relief_price": 40.0})(key) == pytest.approx(50 * 40)


def test_weights_fall_on_what_patients_pay_and_not_on_health_or_budgets() -> None:
    """A mean weight of 1.3 on £10 of journeys and time; QALYs and cost stay as they are."""
    found = work_out(
        ["value.npsv_weighted"],
        {"economics.npsv": 100.0, "value.mean_weight": 1.3, "value.societal_increment": 10.0},
    )
    assert found("value.npsv_weighted") == pytest.approx(103)


def test_what_attribution_decides() -> None:
    """Worth -£20 at a half, health less treatment £50 of it: nothing is left at 0.7, £30 with all of it."""
    found = work_out(
        ["published_health.attribution_at_nought", "published_health.npsv_full_attribution"],
        {
            "health.health_attribution": 0.5,
            "economics.npsv": [0.0],
            "published_health.chain_value": 0.0,
        },
        by_option={"preferred": {"economics.npsv": -20.0, "published_health.chain_value": 50.0}},
    )
    assert found("published_health.attribution_at_nought", "preferred") == pytest.approx(0.7)
    assert found("published_health.npsv_full_attribution", "preferred") == pytest.approx(30)
