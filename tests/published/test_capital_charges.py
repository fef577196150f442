"""Leases under IFRS 16, depreciation and the dividend, worked out by the model's own lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.published.support import Answer, published, work_out

BOOK = published("capital_charges")


def lease(payment: float, years: int, rate: float, advance: int = 0, keys: tuple[str, ...] = ()) -> Answer:
    """A site that opens in the first year and pays a rent from then on."""
    return work_out(
        ["leases.addition", "leases.liability", "leases.interest", "leases.right_of_use_depreciation", *keys],
        {
            "estate.gross_internal_area": 1.0,
            "leases.rent_rate": payment,
            "leases.term": years,
            "leases.review_years": 0.0,
            "leases.peppercorn_value": 0.0,
            "leases.discount_rate": rate,
            "leases.in_advance": advance,
            "leases.dilapidations_rate": 0.0,
            "equipment.opened": [1.0, *[0.0] * (years + 1)],
            "timeline.non_pay_growth": 0.0,
            "timeline.construction_growth": 0.0,
        },
        years=years + 2,
    )


@pytest.mark.parametrize("rate", BOOK["leases"]["arrears"])
def test_a_lease_in_arrears(rate: float) -> None:
    """The liability on the first day, at the rate of each year."""
    book = BOOK["leases"]
    answer = lease(book["payment"], book["years"], rate)
    assert answer("leases.addition")[0] == pytest.approx(book["arrears"][rate], abs=book["tolerance"])


def test_a_lease_in_advance() -> None:
    """Rent at the start of the year is owed for one year less."""
    book = BOOK["leases"]
    for rate, liability in book["advance"].items():
        answer = lease(book["payment"], book["years"], rate, advance=1)
        assert answer("leases.addition")[0] == pytest.approx(liability, abs=book["tolerance"])


def test_what_the_first_year_of_a_lease_is_charged() -> None:
    """Interest and depreciation exceed the rent at first."""
    book, first = BOOK["leases"], BOOK["leases"]["first_year"]
    answer = lease(book["payment"], book["years"], first["rate"])
    interest, depreciation = answer("leases.interest")[0], answer("leases.right_of_use_depreciation")[0]
    assert interest == pytest.approx(first["interest"], abs=book["tolerance"])
    assert depreciation == pytest.approx(first["depreciation"], abs=book["tolerance"])
    assert interest + depreciation == pytest.approx(first["charge"], abs=book["tolerance"])


@pytest.mark.parametrize("advance", [0, 1])
def test_a_lease_is_charged_what_is_paid(advance: int) -> None:
    """Over the term interest and depreciation are the rent, and nothing is owed at its end."""
    book = BOOK["leases"]
    years = book["years"]
    answer = lease(book["payment"], years, 0.0481, advance)
    charged = sum(answer("leases.interest")[:years]) + sum(answer("leases.right_of_use_depreciation")[:years])
    assert charged == pytest.approx(book["payment"] * years, rel=1e-12)
    assert answer("leases.liability")[years - 1] == 0


def test_a_lease_is_taken_anew_when_its_term_ends() -> None:
    """The year after the term a new liability is recognised, at the rate of that year."""
    book = BOOK["leases"]
    answer = lease(book["payment"], book["years"], 0.0481)
    begun = answer("leases.addition")
    assert begun[book["years"]] == pytest.approx(begun[0], rel=1e-12)
    assert sum(1 for one in begun if one) == 2


@pytest.mark.parametrize("rate", BOOK["equipment_lease"]["liability"])
def test_a_lease_of_seven_years(rate: float) -> None:
    """The shared vectors' lease of equipment."""
    book = BOOK["equipment_lease"]
    answer = lease(book["payment"], book["years"], rate)
    assert answer("leases.addition")[0] == pytest.approx(book["liability"][rate], abs=book["tolerance"])


@pytest.mark.parametrize(("rate", "digits"), [(0.0481, 12), (0.0532, 9)])
def test_a_lease_of_seven_years_in_the_shared_vectors(rate: float, digits: int) -> None:
    """£150,000 a year for seven years, at both rates, to as many digits as the vectors give."""
    text = Path(__file__).with_name("costs.json").read_text(encoding="utf-8")
    expected = json.loads(text)["finance"][f"ifrs16_150k_7y_{rate:.2%}".replace("%", "pct")]
    found = lease(150_000, 7, rate)("leases.addition")[0]
    assert found == pytest.approx(expected, rel=10.0**-digits)


def scheme() -> dict[str, Any]:
    """£6m of building and £4m of equipment, spent in year 0 and in use from the start of year 1."""
    book = BOOK["dividend"]
    return {
        "estate.included": 1,
        "capital.phasing": [1.0, 0.0, 0.0, 0.0],
        "equipment.is_open": [0, 1, 1, 1],
        "equipment.opened": [0, 1, 0, 0],
        "programme.open_year": [0, 1, 1, 1],
        "equipment.units_needed": 1.0,
        "equipment.age": [0.0, 1.0, 0.0, 0.0],
        "financed.price_bought": book["equipment"]["cost"],
        "equipment.life": book["equipment"]["life"],
        "capital.price_ratio": 1.0,
        "timeline.gdp_growth": 0.0,
        "capital.vat_rate": 0.0,
        "capital.recovery_equipment": 0.0,
        "capital.buildings_cash": book["building"]["cost"],
        "assets.impairment_share": 0.0,
        "assets.component_share": 1.0,
        "assets.component_life": book["building"]["life"],
        "assets.ends_with_lease": 0,
        "renewal.lifecycle_outturn": 0.0,
        "assets.lifecycle_share": 1.0,
        "leases.rent_rate": 0.0,
        "leases.peppercorn_value": 0.0,
        "leases.term": 10.0,
    }


def test_depreciation_by_component() -> None:
    """£550,000 a year from the first year in use."""
    book = BOOK["dividend"]
    answer = work_out(
        ["assets.depreciation"],
        scheme(),
        members={"component": ["structure"], "capital_line": ["equipment"]},
        years=4,
    )
    assert answer("assets.depreciation") == pytest.approx([0, *[book["depreciation"]] * 3])


def test_depreciation_starts_with_the_opening() -> None:
    """Open for a quarter of the first year: a quarter of a year's charge, and the rest at the end."""
    values = scheme() | {"programme.open_year": [0, 0.25, 1, 1]}
    answer = work_out(
        ["assets.depreciation"],
        values,
        members={"component": ["structure"], "capital_line": ["equipment"]},
        years=4,
    )
    year = BOOK["dividend"]["depreciation"]
    assert answer("assets.depreciation") == pytest.approx([0, year / 4, year, year])


def test_the_dividend_on_average_relevant_net_assets() -> None:
    """3.5 % of the mean of opening and closing relevant net assets, year by year."""
    book = BOOK["dividend"]
    cost = book["building"]["cost"] + book["equipment"]["cost"]
    values = {
        "accounts.additions": [cost, 0, 0, 0],
        "accounts.depreciation": [0, *[book["depreciation"]] * 3],
        "accounts.impairment": 0,
        "accounts.donated_income": 0,
        "accounts.peppercorn_income": 0,
        "accounts.donated_charges": 0,
        "accounts.national_income": 0,
        "accounts.commissioner_income": 0,
        "accounts.non_pay": 0,
        "accounts.network_cost": 0,
        "position.income_days": 0,
        "position.payment_days": 0,
        "position.right_of_use_begun": 0,
        "position.lease_liability": 0,
        "position.provisions_made": 0,
        "position.dividend_rate": book["rate"],
        "position.opening_weight": 0.5,
    }
    answer = work_out(["position.dividend"], values, members={"provider": ["rbl"]}, years=4)
    assert answer("position.dividend")[1:] == pytest.approx(book["dividend"], abs=book["tolerance"])
