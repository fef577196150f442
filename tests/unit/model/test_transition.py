"""Transition: the cost of opening by its parts, in the year it falls, by hand."""

from __future__ import annotations

import pytest

from tests.published.support import Answer, work_out

WEEKS_A_YEAR = 365.25 / 7
# The site opens in the second of three years, with four fifths of its posts in own post.
OPENED = [0.0, 1.0, 0.0]
VALUES = {
    "workforce.wte_required": [10.0, 5.0],
    "staff_years.in_post_share_year": [0.0, 0.8, 1.0, 0.0, 0.6, 1.0],
    "equipment.opened": OPENED,
    "pay.employer_cost_financial": [50_000.0, 30_000.0],
    # Eight and three WTE wait for six weeks of the second year, when the site recruits and then opens.
    "staff_years.waiting_year": [0.0, 8 * 6 / WEEKS_A_YEAR, 0.0, 0.0, 3 * 6 / WEEKS_A_YEAR, 0.0],
    "staff_years.before_opening": [0.0, 0.25, 0.0],
    "pay.pension_less_levy": [4_000.0, 2_500.0],
    "transition.double_running_weeks": 4.0,
    "transition.double_running_share": 0.25,
    "transition.recruitment_cost": [2_000.0, 1_000.0],
    "transition.training_cost": [1_500.0, 300.0],
    "transition.commissioning_cost": 40_000.0,
    "estate.included": 1.0,
}
MEMBERS = {"staff": ("radiographer", "administrator")}


def opening(*wanted: str, **more: object) -> Answer:
    """One site with two roles."""
    return work_out(list(wanted), {**VALUES, **more}, members=MEMBERS, years=3, unused_allowed=True)


def test_pay_before_opening() -> None:
    """Eight and three WTE in post for six weeks: (8 × 50,000 + 3 × 30,000) × 6 ÷ 52.18 weeks."""
    found = opening("transition.pre_opening_pay")("transition.pre_opening_pay")
    assert found == pytest.approx((8 * 50_000 + 3 * 30_000) * 6 / WEEKS_A_YEAR)
    assert found == pytest.approx(56_345, abs=1)


def waiting(before: list[list[float]], waits: list[float]) -> Answer:
    """Two sites of ten and of thirty posts at £50,000; how many wait in each of three years."""
    values = {
        "workforce.wte_required": [10.0, 30.0],
        "staff_years.waiting_year": waits,
        "staff_years.before_opening": [share for site in before for share in site],
        "pay.employer_cost_financial": 50_000.0,
        "estate.included": 1.0,
    }
    return work_out(["transition.waiting_pay_site"], values, members={"site": ("first", "second")}, years=3)


@pytest.mark.parametrize(
    ("before", "of_the_first"),
    [
        ([[0.5, 0, 0], [0.5, 0, 0]], 0.25),  # both recruit: by their posts
        ([[0.5, 0, 0], [0, 0.5, 0]], 1.0),  # the first alone
        ([[0, 0.5, 0], [0, 0.5, 0]], 0.25),  # neither, though somebody is in post: by posts, and not lost
    ],
)
def test_everybody_in_post_before_opening_is_paid_once(
    before: list[list[float]], of_the_first: float
) -> None:
    """Four WTE wait in the first year: £200,000, at the sites that they wait for, whoever those are."""
    first, second = waiting(before, [4.0, 0.0, 0.0])("transition.waiting_pay_site")
    assert first[0] == pytest.approx(200_000 * of_the_first)
    assert first[0] + second[0] == pytest.approx(200_000)
    assert [*first[1:], *second[1:]] == [0, 0, 0, 0]


def test_double_running() -> None:
    """A quarter of all posts, filled or not, for four weeks: (2.5 × 50,000 + 1.25 × 30,000) × 4 ÷ 52.18."""
    found = opening("transition.double_running_pay")("transition.double_running_pay")
    assert found == pytest.approx((2.5 * 50_000 + 1.25 * 30_000) * 4 / WEEKS_A_YEAR)


def test_recruitment_training_and_commissioning() -> None:
    """8 × 2,000 + 3 × 1,000; 8 × 1,500 + 3 × 300; 40,000. The parts add up."""
    wanted = [
        "transition.recruitment",
        "transition.training",
        "transition.commissioning",
        "transition.non_pay_cost",
    ]
    found = opening(*wanted)
    assert found(wanted[0]) == pytest.approx(19_000)
    assert found(wanted[1]) == pytest.approx(12_900)
    assert found(wanted[2]) == pytest.approx(40_000)
    assert found(wanted[3]) == pytest.approx(71_900)


def test_a_site_left_out_costs_nothing_to_open() -> None:
    """Nobody is required, it never opens, and nothing is commissioned."""
    found = opening(
        "transition.cost",
        **{
            "workforce.wte_required": [0.0, 0.0],
            "estate.included": 0.0,
            "equipment.opened": [0.0, 0.0, 0.0],
            "staff_years.waiting_year": 0.0,
            "staff_years.before_opening": 0.0,
        },
    )
    assert found("transition.cost") == 0


def test_what_the_economic_case_adds() -> None:
    """The pension paid centrally less levy, on the same work."""
    key = "transition.pension_year"
    found = sum(opening(key)(key))
    before = (8 * 4_000 + 3 * 2_500) * 6 / WEEKS_A_YEAR
    beside = (2.5 * 4_000 + 1.25 * 2_500) * 4 / WEEKS_A_YEAR
    assert found == pytest.approx(before + beside)


def test_it_falls_in_the_year_of_the_opening() -> None:
    """In the second year, and at 2 % beyond the index: 71,900 × 1.02; nothing in the years beside."""
    key = "revenue.opening"
    found = work_out(
        [key],
        {
            "transition.non_pay_cost": 71_900.0,
            "equipment.opened": OPENED,
            "cost_lines.inflation_differential": 0.02,
            "cost_lines.efficiency": 0.0,
        },
        members={"cost_line": ("transition",)},
        years=3,
    )
    assert found(key) == pytest.approx([0, 71_900 * 1.02, 0])
