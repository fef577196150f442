"""Steps to the order by hand, under each law, and who can commit by a date in time for delivery."""

from __future__ import annotations

from typing import Any

import pytest

from tests.published.support import Answer, work_out

STEPS = ("prepare", "tender", "assess", "standstill", "order")
MEMBERS = {
    "route": ("alone", "framework", "national"),
    "regime": ("regulations_2015", "act_2023", "call_off", "provider_selection"),
    "procurement_step": STEPS,
    "commitment": ("first", "second"),
    "equipment": ("mri", "echo"),
    "tranche": ("first", "second"),
    "site": ("north", "south"),
    "provider": ("a",),
}
MONTH = 365 / 12
GIVEN: dict[str, Any] = {
    "regimes.step_days": [70.0, 20, 60, 0, 0, 40, 20, 20, 0, 0, 40, 20, 50, 0, 37],
    "regimes.least_days": [0.0, 30, 0, 10, 0, 0, 25, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0],
    "regimes.in_working_days": [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
    "regimes.in_force_from": [2015.15, 2025.15, 2000.0, 2024.0],
    "regimes.calls_off": [0, 1, 1],
    "regimes.bought_days": [60.0, 30, 30, 0, 20],
    "timeline.base_year_number": 2023,
    "procurement.in_tranche": [1.0, 0.0, 0.0, 1.0],
    "estate.included": [1, 1],
    "programme.approval_end": [2.0, 14.0],  # May of the base year, and May of the next
    "commitments.commits_by_date": [0, 0, 1],
    "commitments.commitment_day": [65.0, 163.0] * 2,  # 4 June and 10 September
    "commitments.first_offered": [2000, 2000, 2020],
    "routes.serves": [1] * 6,
    "routes.delivery_year": [1, 2],
    "routes.lead_months": [7.5, 2.0],
    "routes.months_allowed": [18.0, 18.0],
    "procurement.units": [1.0, 1.0, 1.0, 1.0],
}


def worked(*wanted: str, **changed: Any) -> Answer:
    values = GIVEN | {key.replace("__", "."): value for key, value in changed.items()}
    return work_out(wanted, values, members=MEMBERS, unused_allowed=True)


def test_months_to_the_order_before_the_act() -> None:
    """70 days, 30 for tenders where 20 were planned, 60, and ten of standstill: 170; a call-off 80."""
    months = worked("routes.route_months")("routes.route_months")
    assert months == pytest.approx([170 / MONTH, 80 / MONTH, 147 / MONTH])


def test_months_to_the_order_under_the_act() -> None:
    """25 days for tenders, and eight working days of standstill, 11.2 by the calendar."""
    answer = worked("routes.route_months", "regimes.regime_taken", timeline__base_year_number=2025)
    assert answer("routes.route_months")[0] == pytest.approx((70 + 25 + 60 + 11.2) / MONTH)
    assert answer("regimes.regime_taken") == [2, 3, 3]


@pytest.mark.parametrize(
    ("year", "approved", "act"),
    [(2024, 10.0, 0), (2024, 10.9, 1), (2024, 12.0, 1), (2023, 12.0, 0)],
)
def test_the_law_is_that_of_the_day_on_which_the_purchase_begins(
    year: int, approved: float, act: int
) -> None:
    """The Act holds from 24 February 2025: begun in January is before it, late in February after."""
    answer = worked(
        "regimes.act_applies", timeline__base_year_number=year, programme__approval_end=[approved, 30.0]
    )
    assert answer("regimes.act_applies") == act


def test_bought_tests_have_a_regime_of_their_own() -> None:
    """140 days, and from January 2024 eight working days of standstill; ten calendar days before."""
    sooner = worked("regimes.bought_months", timeline__base_year_number=2022)("regimes.bought_months")
    later = worked("regimes.bought_months", timeline__base_year_number=2024)("regimes.bought_months")
    assert sooner * MONTH == pytest.approx(140 + 10)
    assert later * MONTH == pytest.approx(140 + 11.2)


def test_the_last_date_that_delivers_by_the_end_of_march() -> None:
    """An MRI scanner, 7.5 months after the order, needs June's date; an echo machine September's."""
    last = worked("routes.last_commitment")("routes.last_commitment")
    june, september = 65 / MONTH, 163 / MONTH
    assert 163 / MONTH + 37 / MONTH + 7.5 > 12 >= 65 / MONTH + 37 / MONTH + 7.5
    assert last == [
        pytest.approx([june, 12 + june]),
        pytest.approx([september, 12 + september]),
    ]


def test_a_date_too_late_is_that_of_the_year_before() -> None:
    """Eleven months from order to delivery: September of the year before."""
    last = worked("routes.last_commitment", routes__lead_months=[11.0, 2.0])("routes.last_commitment")
    assert last[0] == pytest.approx([163 / MONTH - 12, 163 / MONTH])


@pytest.mark.parametrize(
    ("approved", "mri", "echo"),
    [
        ([2.0, 14.0], 1, 1),  # before June of both years
        ([3.0, 14.0], 0, 1),  # after June of the first
        ([2.0, 17.5], 0, 0),  # after September of the second
    ],
)
def test_funding_approved_after_the_date_shuts_the_route(approved: list[float], mri: int, echo: int) -> None:
    answer = worked("routes.admissible", programme__approval_end=approved)
    national = answer("routes.admissible")[2]
    assert national == [mri, echo]
    assert answer("routes.admissible")[0] == [1, 1]  # a route without dates is not touched


def test_a_site_left_out_needs_no_funding() -> None:
    """The late site is not in the option: its tranche counts from the earliest approval."""
    answer = worked("routes.admissible", programme__approval_end=[2.0, 17.5], estate__included=[1, 0])
    assert answer("routes.admissible")[2] == [1, 1]


def test_a_class_without_units_in_a_tranche_waits_for_nothing() -> None:
    answer = worked(
        "routes.admissible", programme__approval_end=[2.0, 17.5], procurement__units=[1.0, 0, 1.0, 1.0]
    )
    assert answer("routes.admissible")[2] == [1, 0]


@pytest.mark.parametrize(("first", "open_"), [(2023, 1), (2024, 0), (2025, 0)])
def test_a_route_is_open_from_the_year_in_which_it_is_first_offered(first: int, open_: int) -> None:
    """The first delivery is in 2023/24."""
    answer = worked("routes.on_offer", commitments__first_offered=[2000, 2000, first])
    assert answer("routes.on_offer") == [[1, 1], [1, 1], [open_, open_]]
