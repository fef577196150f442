"""Prices by currency: a price list that the user gives, weighted by the mix of each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebuilder.case import load_case
from casebuilder.errors import InputError
from casebuilder.resources import resource
from tests.published.support import work_out

PRICES = """currency,description,price
rd01a,MRI of one area,130
rd04z,MRI of two or three areas,160
rd20a,CT of one area,90
rd26z,CT of three areas,120
rd40z,Ultrasound,50
pf,Plain film,30
"""
INCOME = """
price_basis: {unit: choice, value: currency, source: L11, state: chosen, note: The price list.}
currency_price:
  unit: GBP_real / test
  over: [currency]
  prices_of: 2022/23
  table: data/prices.csv
  column: price
  source: L11
  state: local
currency_tests:
  unit: tests / year
  over: [test, currency]
  values:
    mri: {rd01a: 3_000, rd04z: 1_000, others: 0}
    ct: {rd20a: 500, rd26z: 500, others: 0}
    ultrasound: {rd40z: 1, others: 0}
    xray: {pf: 1, others: 0}
  source: L11
  state: local
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Norfolk and Waveney with a price list of the trusts' own."""
    made = tmp_path / "bid"
    shutil.copytree(resource("assumptions/cases/norfolk_waveney"), made)
    (made / "data" / "prices.csv").write_text(PRICES, encoding="utf-8")
    income = made / "income.yaml"
    income.write_text(income.read_text(encoding="utf-8") + INCOME, encoding="utf-8")
    case = made / "case.yaml"
    named = "  currency: {table: data/prices.csv, id: currency, label: description}\n"
    text = case.read_text(encoding="utf-8").replace("  test:\n", f"{named}  test:\n")
    case.write_text(text, encoding="utf-8")
    return made


def test_a_price_by_its_currencies() -> None:
    """300 at £100 and 100 at £140: £110; the price by test where that is chosen."""
    key = "income.price"
    for basis, price in (("currency", 110), ("test", 95)):
        found = work_out(
            [key],
            {
                "income.price_basis": basis,
                "income.unit_price": 95.0,
                "income.currency_tests": [300.0, 100.0],
                "income.currency_price": [100.0, 140.0],
            },
            members={"currency": ("rd20a", "rd26z")},
        )
        assert found(key) == pytest.approx(price)


def test_the_price_list_of_a_case_is_what_is_paid(folder: Path) -> None:
    """MRI (3 × 130 + 160) ÷ 4 = 137.50, CT 105, at the prices of the base year, and × 1.01 of the factor."""
    case = load_case(str(folder), ["revenue.price_to_cost=1"])
    value = case.results.value
    for test, price in {"mri": 137.5, "ct": 105, "ultrasound": 50, "xray": 30}.items():
        assert value("income.price", "preferred", (test,)) == pytest.approx(price)
        assert value("income.payment", "preferred", (test,)) == pytest.approx(price * 1.01)
    assert case.checks.failed == []


def test_a_currency_that_no_case_names_is_a_fault_of_its_line(folder: Path) -> None:
    """A code in the mix that the price list lacks is named with its place."""
    income = folder / "income.yaml"
    text = income.read_text(encoding="utf-8").replace("rd26z: 500", "rd27z: 500")
    income.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="rd27z"):
        load_case(str(folder))
