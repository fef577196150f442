"""Benefits: when cash is released, who answers, and what is counted twice, by hand."""

from __future__ import annotations

import pytest

from tests.published.support import Answer, work_out

BENEFITS, BODIES = ("contract", "slots"), ("board", "committee")


def released(year: float) -> Answer:
    """A contract of £100 a year and slots worth £40: in three years the contract may end."""
    return work_out(
        ["benefits.cash_releasing_real", "benefits.non_cash_releasing"],
        {
            "benefits.value": [100.0] * 3 + [40.0] * 3,
            "benefits.is_cash_releasing": [1.0, 0.0],
            "benefits.is_societal": 0.0,
            "benefits.is_health": 0.0,
            "benefits.release_year": [year, 0.0],
            "benefits.staff_time": 0.0,
            "benefits.withdrawn_pay": 0.0,
            "benefits.freed_time": 0.0,
        },
        members={"benefit": BENEFITS},
        years=3,
    )


@pytest.mark.parametrize(
    ("year", "cash"), [(1, [100, 100, 100]), (2, [0, 100, 100]), (4, [0, 0, 0]), (0, [0, 0, 0])]
)
def test_cash_is_released_from_the_year_the_contract_ends(year: float, cash: list[float]) -> None:
    """Before it, or where it never ends, the same value is of use but is no cash; nothing is lost."""
    found = released(year)
    assert found("benefits.cash_releasing_real") == cash
    assert found("benefits.non_cash_releasing") == [140 - amount for amount in cash]


@pytest.mark.parametrize(("owner", "breach"), [([1, 0, 0, 1], [0, 0]), ([1, 1, 0, 0], [1, 1])])
def test_every_benefit_has_one_owner(owner: list[float], breach: list[float]) -> None:
    """Two owners are as bad as none."""
    found = work_out(
        ["benefits.every_benefit_has_an_owner"],
        {"benefits.owner": owner},
        members={"benefit": BENEFITS, "body": BODIES},
    )
    assert found("benefits.every_benefit_has_an_owner") == breach


@pytest.mark.parametrize(("share", "claimed", "breach"), [(0.3, 0.55, 0), (0.8, 1.05, 1)])
def test_a_test_is_avoided_once(share: float, claimed: float, breach: float) -> None:
    """Half a test with every test, half of it ours, and half with every test and every additional one.

    The first claims 0.5 × 0.5 = 0.25 a test, the second (0.5 + 0.5) × its share: more than one is too many.
    """
    keys = ["benefits.claimed", "benefits.no_test_is_avoided_twice"]
    found = work_out(
        keys,
        {
            "benefits.per_option_test": 0.5,
            "benefits.per_additional_test": [0.0, 0.5],
            "benefits.per_displaced_test": 0.0,
            "benefits.counts": 1.0,
            "benefits.claims_test": 1.0,
            "benefits.attribution": [0.5, share],
        },
        members={"benefit": BENEFITS},
    )
    assert found("benefits.claimed") == pytest.approx(claimed)
    assert found("benefits.no_test_is_avoided_twice") == breach
