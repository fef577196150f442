"""Disposals that a site enables, by hand: receipts, cost saved, and what is counted under which benefit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.published.support import Answer, work_out
from tests.unit.model.proving import differing

CLINIC, SURGERY = 0, 1


def disposals(folder: Path, wanted: Sequence[str], **more: Any) -> Answer:
    """A clinic is left in the second year and sold in the third for £1m; the lease of a surgery ends at once.

    The clinic goes with the first site, the surgery with the second. A workbook gives the same.
    """
    values = {
        "disposals.freed_by": [1, 0, 0, 1],
        "disposals.vacated": [2, 1],
        "disposals.sold": [3, 0],
        "disposals.receipt": [1_000_000, 0],
        "disposals.sale_cost": 0.1,
        "disposals.kept": 0.5,
        "disposals.paid_into": [1, 0],
        "disposals.running_cost": [80_000, 30_000],
        "disposals.backlog": [200_000, 0],
        "disposals.backlog_planned": 0.25,
        "disposals.owner": [1, 0, 0, 1],
        "disposals.running_benefit": [1, 0, 1, 0],
        "disposals.capital_benefit": [0, 1, 0, 0],
        "estate.included": [1, 1],
        "timeline.gdp_index": [1.0, 1.02, 1.04, 1.06],
        "lump.pounds": 0.0,
        "funding.award_by_fund": [0, 0, 0, 400_000],
        "benefits.is_cash_releasing": [1, 0],
        "benefits.release_year": [1, 0],
        "benefits.quantity_year": 0.0,
        "benefits.value_of_one": 0.0,
        "benefits.ramp": 0.0,
        "benefits.attribution": [1.0, 0.5],
        "benefits.optimism": [0.2, 0.4],
        "benefits.withdrawn_pay": 0.0,
        **more,
    }
    found = work_out(
        wanted,
        values,
        members={
            "disposal": ("clinic", "surgery"),
            "site": ("here", "there"),
            "fund": ("receipts",),
            "body": ("board", "committee"),
            "benefit": ("estate_running", "estate_capital"),
        },
        years=4,
        unused_allowed=True,
    )
    assert differing(found, folder) == []
    return found


def test_what_a_disposal_saves_and_brings(tmp_path: Path) -> None:
    """£0.9m after the cost of sale, half of it kept, at 1.04 in cash; a quarter of backlog was planned."""
    names = ["enabled", "running_saved", "net_receipt", "backlog_avoided", "kept_cash"]
    found = disposals(tmp_path, [f"disposals.{name}" for name in names])
    assert found("disposals.enabled") == [1, 1]
    assert found("disposals.running_saved") == [[0, 80_000, 80_000, 80_000], [30_000] * 4]
    assert found("disposals.net_receipt")[CLINIC] == pytest.approx([0, 0, 900_000, 0])
    assert found("disposals.backlog_avoided")[CLINIC] == pytest.approx([0, 50_000, 0, 0])
    assert found("disposals.kept_cash")[CLINIC] == pytest.approx([0, 0, 450_000 * 1.04, 0])
    for name in names[2:]:
        assert found(f"disposals.{name}")[SURGERY] == [0, 0, 0, 0]


def test_disposals_count_under_the_benefits_of_the_log(tmp_path: Path) -> None:
    """No realisation is put on what is dated by itself; attribution and optimism are the benefit's."""
    keys = ["disposals.by_benefit", "benefits.value", "benefits.cash_releasing_real"]
    found = disposals(tmp_path, keys)
    running, capital = [30_000, 110_000, 110_000, 110_000], [0, 50_000, 900_000, 0]
    assert found("disposals.by_benefit") == [pytest.approx(running), pytest.approx(capital)]
    assert found("benefits.value") == [
        pytest.approx([each * 0.8 for each in running]),
        pytest.approx([each * 0.5 * 0.6 for each in capital]),
    ]
    assert found("benefits.cash_releasing_real") == pytest.approx([each * 0.8 for each in running])


def test_only_disposals_of_sites_in_the_option_count(tmp_path: Path) -> None:
    """Without the first site the clinic stays, whatever its dates."""
    found = disposals(
        tmp_path, ["disposals.by_benefit", "disposals.kept_cash"], **{"estate.included": [0, 1]}
    )
    assert found("disposals.by_benefit") == [[30_000] * 4, [0] * 4]
    assert found("disposals.kept_cash")[CLINIC] == [0] * 4


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, [0, 0]),
        ({"disposals.vacated": [0, 1]}, [1, 0]),
        ({"disposals.sold": [0, 0]}, [1, 0]),
        ({"disposals.owner": [1, 1, 0, 1]}, [1, 0]),
        ({"disposals.owner": [1, 0, 0, 0]}, [0, 1]),
        ({"disposals.owner": 0.0, "estate.included": [0, 1]}, [0, 1]),
    ],
)
def test_a_disposal_has_a_date_and_an_owner(
    changed: dict[str, Any], expected: list[float], tmp_path: Path
) -> None:
    """Left, and sold where there is a receipt; one body answers. What is not enabled is not asked."""
    found = disposals(tmp_path, ["disposal_checks.dated_and_owned"], **changed)
    assert found("disposal_checks.dated_and_owned") == expected


def test_a_building_without_a_date_saves_nothing(tmp_path: Path) -> None:
    """The warning says so; nothing is counted on a hope."""
    keys = ["disposals.running_saved", "disposals.net_receipt", "disposals.backlog_avoided"]
    found = disposals(tmp_path, keys, **{"disposals.vacated": [0, 0], "disposals.sold": [0, 0]})
    assert [found(key) for key in keys] == [[[0] * 4] * 2] * 3


def test_nothing_is_counted_twice(tmp_path: Path) -> None:
    """Under two benefits, under none, or beside a sum of the year under the same one."""
    keys = ["disposal_checks.counted_once", "disposal_checks.not_stated_twice"]
    found = disposals(tmp_path, keys)
    assert found(keys[0]) == [0, 0]
    assert found(keys[1]) == [[0] * 4] * 2
    twice = {"disposals.running_benefit": [1, 1, 1, 0], "lump.pounds": [0, 0, 0, 0, 0, 0, 5, 0]}
    found = disposals(tmp_path, keys, **twice)
    assert found(keys[0]) == [1, 0]
    assert found(keys[1]) == [[0, 0, 1, 0], [0] * 4]
    none = disposals(tmp_path, keys[:1], **{"disposals.capital_benefit": 0.0})
    assert none(keys[0]) == [1, 0]


def test_a_receipt_releases_no_cash(tmp_path: Path) -> None:
    """It pays for capital; a benefit that ends contracts cannot hold it."""
    key = "disposal_checks.receipt_is_capital"
    assert disposals(tmp_path, [key])(key) == [[0, 0], [0, 0]]
    wrong = disposals(tmp_path, [key], **{"benefits.is_cash_releasing": [1, 1]})
    assert wrong(key) == [[0, 1], [0, 0]]


def test_money_of_a_receipt_is_not_spent_before_it_is_there(tmp_path: Path) -> None:
    """£468,000 comes in the third year: £400,000 awarded in the fourth is covered, in the second not."""
    key = "disposal_checks.receipt_before_award"
    assert disposals(tmp_path, [key])(key) == [[0] * 4] * 2
    early = {"funding.award_by_fund": [0, 400_000, 0, 0]}
    assert disposals(tmp_path, [key], **early)(key) == [[0, 1, 0, 0], [0] * 4]
    more = {"funding.award_by_fund": [0, 0, 0, 500_000]}
    assert disposals(tmp_path, [key], **more)(key) == [[0, 0, 0, 1], [0] * 4]
