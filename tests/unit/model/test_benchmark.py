"""The cost of a test beside the National Cost Collection: keys, parts and the whole, by hand."""

from __future__ import annotations

import pytest

from casebuilder.case import Case
from tests.published.support import work_out
from tests.shipped import ShippedCases

TESTS = ("ct", "mri")
STAFF = ("radiographer", "administrator")


def test_staff_by_the_posts_of_rooms() -> None:
    """Radiographers: 2 rooms × 1 post of CT, 1 × 2 of MRI, so half each of £400,000.

    Reception, £90,000, has no room of its own: two rooms to one.
    """
    wanted = ["benchmark.room_pay", "benchmark.pay"]
    found = work_out(
        wanted,
        {
            "benchmark.role_pay": [400_000.0, 90_000.0],
            "estate.rooms_open": [2.0, 1.0],
            "estate.hired_rooms_used": 0.0,
            "throughput.share_of_week": 1.0,
            "workforce.posts_per_room": [1.0, 2.0, 0.0, 0.0],
        },
        members={"test": TESTS, "staff": STAFF},
    )
    assert found(wanted[0]) == pytest.approx([200_000, 200_000])
    assert found(wanted[1]) == pytest.approx([260_000, 230_000])


def test_equipment_by_the_units_of_its_class() -> None:
    """Two CT scanners at £50,000 a year, one MRI at £80,000, two injectors at £3,000: one for each room.

    CT: 2 × 50,000 + 3 × 3,000 × 2/3; MRI: 80,000 + 3 × 3,000 × 1/3.
    """
    key = "benchmark.maintenance_price"
    found = work_out(
        [key],
        {
            "benchmark.units": [2.0, 1.0, 3.0],
            "procurement.price_paid": [500_000.0, 800_000.0, 30_000.0],
            "equipment.maintenance_rate": 0.1,
            "procurement.maintenance_factor": 1.0,
            "financed.maintenance_margin": 1.0,
            "estate.rooms_open": [2.0, 1.0],
            "equipment.units_per_room": [1.0, 0.0, 0.0, 1.0, 1.0, 1.0],
        },
        members={"test": TESTS, "equipment": ("ct", "mri", "injector")},
    )
    assert found(key) == pytest.approx([106_000, 83_000])


def test_the_national_cost_of_a_mix() -> None:
    """300 at £100 and 100 at £140 are £110; a currency without a national cost does not count."""
    key = "benchmark.national"
    found = work_out(
        [key],
        {"income.currency_tests": [300.0, 100.0, 50.0], "benchmark.national_cost": [100.0, 140.0, 0.0]},
        members={"currency": ("rd20a", "rd26z", "new")},
    )
    assert found(key) == pytest.approx(110)


@pytest.mark.parametrize(("cost", "warns"), [(59_000, 1), (61_000, 0), (139_000, 0), (141_000, 1)])
def test_a_cost_outside_the_band_warns(cost: float, warns: int) -> None:
    """1,000 tests at a national £100: plausible from £60,000 to £140,000."""
    key = "benchmark.cost_is_plausible"
    found = work_out(
        [key],
        {
            "benchmark.test_cost": cost,
            "benchmark.national": 100.0,
            "benchmark.centre_tests": 1_000.0,
            "benchmark.lowest_ratio": 0.6,
            "benchmark.highest_ratio": 1.4,
        },
    )
    assert found(key) == warns


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case("norfolk_waveney")


def test_tests_bear_the_whole_cost_of_the_centres(case: Case) -> None:
    """The sum over tests is running cost without rent, and capital charges, of the steady-state year.

    Worked out from the hosts' own accounts and the network's: three centres, one preferred option.
    """
    value = case.results.value
    option = "preferred"
    year = case.headlines[option].steady_state
    lines = {
        "revenue.revenue_cost_total": 1,
        "revenue.network_cost": -1,
        "finance.rent": -1,
        "finance.depreciation": 1,
        "finance.lease_interest": 1,
        "finance.dividend": 1,
    }
    cash = sum(sign * value(key, option, (year,)) for key, sign in lines.items())
    cash -= value("assets.hospital_depreciation", option, (year,))
    real = cash / value("timeline.gdp_index", option, (year,))
    costs = sum(value("benchmark.test_cost", option, (test,)) for test in ("mri", "ct", "ultrasound", "xray"))
    assert costs == pytest.approx(real, rel=1e-9)
