"""Who must approve: the published limits, and twelve schemes whose approver is public."""

from __future__ import annotations

import pytest

from tests.published.support import work_out

BOARD, NATIONAL, MINISTERS, TREASURY = 1, 2, 3, 4
YEARS = ("2015/16", "2022/23", "2023/24", "2025/26")
# Pounds by year: HFMA, 16 February 2023 (£15m before, £25m then; £50m for foundation trusts not in distress;
# HM Treasury above £50m), and NHS England's addendum of 2025 (HM Treasury above £300m). What the addendum
# gives trusts' boards could not be read, and stays as in 2023.
LIMITS = {
    "board": [15e6, 15e6, 25e6, 25e6],
    "board_greater": [50e6, 50e6, 50e6, 50e6],
    "national": [50e6, 50e6, 50e6, 300e6],
}
REVENUE = 150e6


def approver(amount: float, year: str, *, centre: bool, greater: bool = False, contracts: float = 0.0) -> int:
    """The highest approver of a scheme of one site and one trust: 1 board to 4 HM Treasury."""
    found = work_out(
        ["approval.route", "approval.route_site"],
        {
            "approval.site_amount": [amount],
            "approval.programme_amount": amount,
            "approval.contracts_amount": contracts,
            "approval.approval_year": YEARS.index(year) + 1,
            "approval.limit": [pounds for of in LIMITS.values() for pounds in of],
            "approval.revenue_limit": [REVENUE] * len(YEARS),
            "approval.greater_authority": [int(greater)],
            "approval.ministers": [int(centre)],
            "hosting.hosts": [1.0],
        },
        members={"approver": tuple(LIMITS), "site": ("site",), "provider": ("trust",)},
        years=len(YEARS),
    )
    if not contracts:
        assert found("approval.route_site") == found("approval.route")
    return int(found("approval.route"))


@pytest.mark.parametrize(
    ("amount", "year", "greater", "expected"),
    [
        (14e6, "2022/23", False, BOARD),
        (15e6, "2022/23", False, BOARD),  # what equals a limit is within it
        (16e6, "2022/23", False, NATIONAL),
        (16e6, "2023/24", False, BOARD),
        (26e6, "2023/24", False, NATIONAL),
        (26e6, "2023/24", True, BOARD),
        (51e6, "2023/24", True, TREASURY),
        (51e6, "2025/26", True, NATIONAL),
        (301e6, "2025/26", True, TREASURY),
    ],
)
def test_limits_by_year_and_authority(amount: float, year: str, greater: bool, expected: int) -> None:
    """A trust's own scheme, of no national programme."""
    assert approver(amount, year, centre=False, greater=greater) == expected


@pytest.mark.parametrize(("contracts", "expected"), [(150e6, BOARD), (151e6, TREASURY)])
def test_contracts_for_services_have_a_limit_of_their_own(contracts: float, expected: int) -> None:
    """£150m for revenue, which the addendum leaves; capital of £1m."""
    assert approver(1e6, "2025/26", centre=False, contracts=contracts) == expected


# Centres whose approval by the Health and Social Care Secretary is public, with the capital where it is
# public too. Express and Star, 11 October 2022; BBC, 15 May 2023 (65600434).
CENTRES = (
    ("Dudley", "2022/23", None),
    ("Isle of Wight", "2022/23", None),
    ("Burnley", "2022/23", None),
    ("Medway", "2022/23", None),
    ("Warrington", "2022/23", 15e6),
    ("Newmarket", "2022/23", 15e6),
    ("Rotherham", "2022/23", None),
    ("Chelmsley Wood, Solihull", "2023/24", None),
    ("Hereford", "2023/24", 18e6),
)
# Kettering's energy centre: the Joint Investment Committee of NHS England and DHSC (hospitalmanagement.net,
# 29 November 2022; £38m released). Royal Cornwall's Women and Children's Hospital: DHSC and HM Treasury (the
# trust, 25 September 2023; £291m by The Post). 3Ts, Brighton: HM Treasury, December 2015 (£485m).
OTHERS = (
    ("Kettering, energy centre", "2022/23", 38e6, NATIONAL),
    ("Royal Cornwall, Women and Children's Hospital", "2023/24", 291e6, TREASURY),
    ("Brighton, 3Ts", "2015/16", 485e6, TREASURY),
)


@pytest.mark.parametrize(("name", "year", "amount"), CENTRES, ids=[name for name, *_ in CENTRES])
def test_centres_went_to_ministers(name: str, year: str, amount: float | None) -> None:
    """Whatever the value (written question 174194): where it is not public, at £1m and at £30m."""
    for tried in (1e6, 30e6) if amount is None else (amount,):
        assert approver(tried, year, centre=True) == MINISTERS


@pytest.mark.parametrize(("name", "year", "amount", "expected"), OTHERS, ids=[name for name, *_ in OTHERS])
def test_other_schemes_went_where_their_amount_says(
    name: str, year: str, amount: float, expected: int
) -> None:
    """By the limits of their year: none is a centre of the national programme."""
    assert approver(amount, year, centre=False) == expected
