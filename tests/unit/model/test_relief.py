"""Relief, and lists after the months, in random networks and by hand.

Trusts whose lists are long buy tests, those whose lists are short leave sessions unused; in the years after
the months a list goes on by the same rules, a year at a time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings

from casebuilder.model.patients import list_years, lists
from casebuilder.model.patients import relief as relief_chapter
from tests.planted import misread, planted
from tests.published.support import Answer, work_out
from tests.unit.model.random_networks import (
    LATER,
    OPTIONS,
    Network,
    Relief,
    by_trust,
    by_year,
    networks_with_relief,
    patients_done,
)

SHIPPED = Relief(strength=0.035, usual_cover=3.34)


def no_more(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether a is nowhere above b, but for the last bits of a sum."""
    return bool((a <= b + 1e-9 * np.maximum(1, np.abs(b))).all())


def patients_are_conserved(network: Network) -> None:
    """Every month, and every year after them: those before and those added are there, tested or removed."""
    answer = network.solve(years=True)
    rate = network.removal_rate
    kept = (1 - rate) ** 12
    of_flow = (1 - kept) / (12 * rate) if rate else 1.0
    for option in OPTIONS:
        waiting = by_trust(answer, "lists.waiting_list", option)
        before = np.column_stack([network.opening, waiting[:, :-1]])
        added = network.referrals + by_trust(answer, "lists.overdue", option)
        there = waiting + patients_done(answer, option)
        assert np.allclose(before * (1 - rate) + added, there, rtol=1e-12)

        at_end = by_year(answer, "list_years.waiting_list", option)
        assert np.allclose(at_end[:, 0], waiting[:, -1], rtol=1e-12)
        added = np.outer(network.need * 12, network.later)
        added += by_year(answer, "list_years.overdue", option)[:, 1:]
        done = years_done(answer, option)
        removed = at_end[:, :-1] * (1 - kept) + (added - done) * (1 - of_flow)
        assert np.allclose(at_end[:, :-1] + added, at_end[:, 1:] + done + removed, rtol=1e-12)
        told = np.array(answer("activity.removed_year", option))[1:]
        assert np.allclose(removed.sum(0), told, rtol=1e-9, atol=1e-6)
        for found in (at_end, done, removed, by_year(answer, "list_years.overdue", option)):
            assert (found >= -1e-6).all()
        assert not np.any(answer("waits.conservation_gap", option))
        assert not np.any(answer("activity.conservation_gap_year", option))


def years_done(answer: Answer, option: str) -> np.ndarray:
    """Tests done from each trust's list in the years after the months."""
    done = by_year(answer, "list_years.cdc_done", option)
    return (done + by_year(answer, "list_years.hospital_list_done", option))[:, 1:]


def relief_is_within_its_bounds(network: Network) -> None:
    """Never above what can be had or than there are patients to book, never below the sessions there are."""
    answer, of = network.solve(years=True), network.relief
    can_be_had = max(of.most - of.drawn, 0)
    for option in OPTIONS:
        waiting = by_trust(answer, "lists.waiting_list", option)
        before = np.column_stack([network.opening, waiting[:, :-1]])
        for chapter, read in (("lists", by_trust), ("list_years", by_year)):
            relief, capacity, bookable, away = (
                read(answer, f"{chapter}.{key}", option)
                for key in ("relief_done", "list_capacity", "bookable", "cdc_done")
            )
            assert no_more(relief, capacity * can_be_had)
            assert no_more(-relief, capacity * of.least)
            # What is bought has a patient to book: none is beyond those whom others leave.
            assert no_more(relief, np.maximum(bookable - away - capacity, 0))
        bought = by_trust(answer, "lists.relief_done", option)
        usual = network.usual[:, None]
        assert no_more(bought, np.maximum(before - usual, 0) * of.strength)
        assert not np.any(answer("waits.over_capacity", option))
        assert not np.any(answer("activity.over_capacity_year", option))


def nothing_is_bought_where_no_list_is_above_usual(network: Network) -> None:
    """Lists that begin below usual and are not outgrown: no relief in any month or year."""
    roomy = replace(
        network,
        opening=replace(network, relief=replace(network.relief, own_usual=0.0)).usual * 0.9,
        hospital=network.hospital * 0 + (network.need + network.planned + network.unscheduled)[:, None],
        referrals=np.tile(network.need[:, None], (1, network.referrals.shape[1])),
        relief=replace(network.relief, least=0.0, own_usual=0.0),
        later=(1.0,) * LATER,
    )
    answer = roomy.solve(years=True)
    for option in OPTIONS:
        assert no_more(by_trust(answer, "lists.relief_done", option), np.zeros(1))
        assert no_more(by_year(answer, "list_years.relief_done", option), np.zeros(1))


def more_capacity_never_lengthens_the_lists(network: Network) -> None:
    """A fifth more centre slots, or hospital capacity: no month or year ends in a longer list."""
    less = network.solve(years=True)
    for more in (
        network.with_slots(network.slots * 1.2 + 5),
        replace(network, hospital=network.hospital * 1.2),
    ):
        after = more.solve(years=True)
        for option in OPTIONS:
            for key, read in (("lists.waiting_list", by_trust), ("list_years.waiting_list", by_year)):
                assert no_more(read(after, key, option).sum(0), read(less, key, option).sum(0)), key


def what_adds_nothing_changes_nothing(network: Network) -> None:
    """Slots that nobody may use, beside none at all: list, relief and tests are the same to the last bit."""
    alone = replace(network.with_slots(network.slots * 0), moves=0.0).solve(years=True)
    beside = replace(network, moves=0.0).solve(years=True)
    for option in OPTIONS:
        for key in ("lists.waiting_list", "lists.relief_done", "lists.hospital_list_done"):
            assert alone(key, option) == beside(key, option) == alone(key, "bau")
        for key in ("list_years.waiting_list", "list_years.relief_done", "activity.removed_year"):
            assert alone(key, option) == beside(key, option) == alone(key, "bau")


PROPERTIES = [
    patients_are_conserved,
    relief_is_within_its_bounds,
    nothing_is_bought_where_no_list_is_above_usual,
    more_capacity_never_lengthens_the_lists,
    what_adds_nothing_changes_nothing,
]


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_networks_with_relief(holds: Any) -> None:
    """Some random networks; `test_300_networks_with_relief` tries three hundred."""
    settings(max_examples=10, deadline=None, derandomize=True)(given(networks_with_relief())(holds))()


@pytest.mark.full
@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_300_networks_with_relief(holds: Any) -> None:
    """Three hundred random networks for each property."""
    settings(max_examples=300, deadline=None)(given(networks_with_relief())(holds))()


def even(relief: Relief, removal_rate: float, opening: float, capacity: float) -> Network:
    """One trust of 1,000 referrals a month, with even flows; no centre, no planned tests."""
    months = np.ones((1, 12))
    return Network(
        referrals=1_000 * months,
        hospital=capacity * months,
        planned=np.zeros(1),
        unscheduled=np.zeros(1),
        opening=np.array([opening]),
        slots=0 * months,
        catchment=np.ones((1, 1)),
        removal_rate=removal_rate,
        booking_weeks=1.0,
        relief=relief,
    )


def month_by_month(network: Network, months: int) -> tuple[np.ndarray, np.ndarray]:
    """The list at the end of each month and the relief in it, reckoned one by one where nothing binds."""
    capacity, waiting, of = network.hospital[0, 0], network.opening[0], network.relief
    lists, bought = [], []
    for _ in range(months):
        relief = of.strength * (waiting - network.usual[0])
        waiting = waiting * (1 - network.removal_rate) + network.need[0] - capacity - relief
        lists.append(waiting)
        bought.append(relief)
    return np.array(lists), np.array(bought)


@pytest.mark.parametrize("removal_rate", [0.0, 0.05, 0.1])
def test_a_list_in_balance_stays(removal_rate: float) -> None:
    """Capacity of referrals less removals, and a list at usual: the same in every month and year."""
    usual = even(SHIPPED, removal_rate, 0, 0).usual[0]
    network = even(SHIPPED, removal_rate, usual, 1_000 - removal_rate * usual)
    answer = network.solve(years=True)
    for option in OPTIONS:
        assert answer("lists.waiting_list", option) == pytest.approx([usual] * 12)
        assert answer("list_years.waiting_list", option) == pytest.approx([usual] * (1 + LATER))
        assert answer("lists.relief_done", option) == pytest.approx([0] * 12, abs=1e-9)
        assert answer("list_years.relief_done", option) == pytest.approx([0] * (1 + LATER), abs=1e-9)


def test_a_specialist_trust_keeps_its_list() -> None:
    """Four waiting where a general trust has 770: no session is left unused for that, and none is bought."""
    network = even(replace(SHIPPED, own_usual=1.0), 0.05, 4, 1_000 - 0.05 * 4)
    answer = network.solve(years=True, **{"lists.booking_weeks": 0.0})
    assert answer("lists.waiting_list") == pytest.approx([4] * 12)
    assert answer("list_years.waiting_list") == pytest.approx([4] * (1 + LATER))
    general = even(SHIPPED, 0.05, 4, 1_000 - 0.05 * 4).solve(years=True)
    assert general("lists.relief_done")[0] == pytest.approx(
        0.035 * (4 - network.need[0] * 3.34 * 84 / 365.25)
    )


@pytest.mark.parametrize(
    ("relief", "removal_rate", "within"),
    [
        (Relief(strength=0.0), 0.0, 1e-12),
        (Relief(strength=0.0), 0.05, 1e-12),
        (SHIPPED, 0.0, 1e-12),
        (replace(SHIPPED, strength=0.06), 0.0, 1e-12),
        # With removals beside relief the year takes relief as if it were even over it.
        (SHIPPED, 0.05, 0.002),
        (replace(SHIPPED, strength=0.06), 0.1, 0.003),
    ],
)
@pytest.mark.parametrize("multiple", [0.8, 1.5])
def test_a_year_is_twelve_months(relief: Relief, removal_rate: float, within: float, multiple: float) -> None:
    """Even flows where nothing binds: list and relief of each year are those of its months, by hand."""
    usual = even(relief, removal_rate, 0, 0).usual[0]
    capacity = 990 - removal_rate * usual
    network = even(relief, removal_rate, usual * multiple, capacity)
    waiting, bought = month_by_month(network, 12 * (1 + LATER))
    answer = network.solve(years=True)
    assert answer("lists.waiting_list") == pytest.approx(waiting[:12])
    assert answer("lists.relief_done") == pytest.approx(bought[:12], abs=1e-9)
    assert answer("list_years.waiting_list") == pytest.approx(waiting[11::12], rel=within)
    by_hand = bought.reshape(-1, 12).sum(axis=1)[1:]
    assert answer("list_years.relief_done")[1:] == pytest.approx(by_hand, rel=1e-9, abs=12_000 * within)


def test_relief_costs_the_price_of_a_test_and_a_premium() -> None:
    """200 tests at £100 and 50 at £300, at 0.8 of it and a quarter more: £35,000; baseline 100 and 50."""
    found = work_out(
        ["revenue.relief_real", "revenue.relief_change_real"],
        {
            "activity.relief_bought_year": [100.0, 50.0],
            "freed.relief_taken_over_year": 0.0,
            "revenue.consumables_price": 9.0,
            "reporting.outside_cost": 0.0,
            "revenue.bought_test_price": [100.0, 300.0],
            "revenue.price_to_cost": 0.8,
            "revenue.relief_premium": 0.25,
            "cost_lines.factor": 1.0,
        },
        members={"test": ("mri", "ct"), "cost_line": ("bought_tests", "consumables", "reporting")},
        by_option={"preferred": {"activity.relief_bought_year": [200.0, 50.0]}},
    )
    assert found("revenue.relief_real", "preferred") == pytest.approx(35_000)
    assert found("revenue.relief_change_real", "preferred") == pytest.approx(10_000)
    assert found("revenue.relief_change_real") == 0


def test_longer_hours_and_bought_tests_draw_on_the_same_market() -> None:
    """Of 15 %, longer hours of 4 % and 50 bought beside 1,000 from the list leave 6; never below nothing."""
    values = {
        "relief.most": 0.15,
        "capacity.longer_hours": 0.04,
        "capacity.list_capacity_baseline": 1_000.0,
        "capacity.bought_slots": 50.0,
        "capacity.capacity_index": 1.0,
    }
    assert work_out(["relief.can_be_had"], values)("relief.can_be_had") == pytest.approx([0.06] * 12)
    drawn = {**values, "capacity.bought_slots": 500.0}
    assert work_out(["relief.can_be_had"], drawn)("relief.can_be_had") == [0.0] * 12


FAULTS: dict[str, tuple[Any, Any, dict[Any, Any]]] = {
    "bought beyond what can be had": (
        relief_is_within_its_bounds,
        lists.relief_done,
        {relief_chapter.can_be_had: 1 + relief_chapter.can_be_had},
    ),
    "bought for patients who are not there": (
        relief_is_within_its_bounds,
        lists.relief_done,
        {lists.bookable: 2 * lists.bookable},
    ),
    "a year's relief beyond what can be had": (
        relief_is_within_its_bounds,
        list_years.relief_done,
        {list_years.can_be_had: 1 + list_years.can_be_had},
    ),
    "sessions unused twice over": (
        relief_is_within_its_bounds,
        list_years.relief_done,
        {relief_chapter.least: 2 * relief_chapter.least + 0.1},
    ),
    "removals of a year forgotten": (
        patients_are_conserved,
        list_years.waiting_list,
        {list_years.kept_in_year: 1 + 0 * list_years.kept_in_year},
    ),
    "more done where the list is short": (
        nothing_is_bought_where_no_list_is_above_usual,
        lists.relief_done,
        {relief_chapter.usual_months: 0.5 * relief_chapter.usual_months},
    ),
    "two hospital slots lost for a test at a centre": (
        more_capacity_never_lengthens_the_lists,
        lists.list_capacity,
        {lists.freed_slots_used: lists.freed_slots_used - 2},
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    """Each property holds of random networks, and not of all once a line of the lists is wrong."""
    holds, line, wrong = FAULTS[fault]
    with planted(line, misread(line.definition, wrong)), pytest.raises(AssertionError):
        # The first network that tells is enough: none is made smaller.
        settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate])(
            given(networks_with_relief())(holds)
        )()
