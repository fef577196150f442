"""Leases and managed services of equipment in the accounts, to the pound, as reckoned apart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.published import reckoning
from tests.published.support import Answer, published, work_out

BOOK = published("booked")
YEARS = 14
RATES = [*BOOK["rates"].values(), *[BOOK["rates"]["2026/27"]] * (YEARS - len(BOOK["rates"]))]
INDEX = [(1 + BOOK["growth"]) ** year for year in range(YEARS)]
POUND = 1.0
UNITS = 2.0
BOOKED = {
    "paid": "equipment_leases.rental",
    "scored": "equipment_leases.addition",
    "interest": "equipment_leases.interest",
    "depreciation": "equipment_leases.depreciation",
    "owed": "equipment_leases.liability",
}


def booked(of: Mapping[str, Any], *, is_lease: int = 1, recovered: float = 0.0, taken: float = 1.0) -> Answer:
    """Two units of one class at one site, bought alone but for the share `taken` that is paid by the year."""
    open_in = [1 if year >= of["opens"] else 0 for year in range(YEARS)]
    return work_out(
        [*BOOKED.values(), "equipment_leases.expensed", "equipment_leases.charges_real",
         "equipment_leases.remeasured", "equipment_leases.vat", "financed.site_purchase",
         "financed.maintenance_margin", "financed.charge"],
        {
            "procurement.route_taken": [1 - taken, taken],
            "procurement.pools": 0,
            "procurement.joined_share": 1.0,
            "procurement.price_alone": of["price"],
            "procurement.route_price": of["price"],
            "routes.is_financed": [0, 1],
            "routes.is_lease": [0, is_lease],
            "routes.supplier_rate": of["rate"],
            "routes.supplier_margin": [0, of["margin"]],
            "routes.residual_share": [0, of["residual"]],
            "routes.contract_length": of["contract"],
            "routes.lock_in_premium": [0, of["rise"]],
            "routes.vat_recovered_charge": recovered,
            "equipment.units_needed": UNITS,
            "equipment.life": of["life"],
            "equipment.is_open": open_in,
            "leases.discount_rate": RATES,
            "timeline.gdp_growth": BOOK["growth"],
            "capital.vat_rate": BOOK["vat"],
        },
        members={"route": ["alone", "financed"]},
        years=YEARS,
    )  # fmt: skip


def reckoned(of: Mapping[str, Any], times: float = UNITS) -> reckoning.Books:
    """The same, payment by payment."""
    charge = reckoning.rental(of["price"], of["contract"], of["rate"], of["residual"], of["margin"])
    one = reckoning.unit(charge, of["contract"], of["life"], of["rise"], of["opens"], RATES, INDEX)
    books = reckoning.Books.empty(YEARS)
    books.add(one, times)
    return books


@pytest.mark.parametrize("name", BOOK["leases"])
def test_six_leases_are_booked_to_the_pound(name: str) -> None:
    """Charges, CDEL, interest, depreciation and liability of fourteen years, with renewals and new units."""
    answer, books = booked(BOOK["leases"][name]), reckoned(BOOK["leases"][name])
    for which, key in BOOKED.items():
        assert answer(key) == pytest.approx(getattr(books, which), abs=POUND, rel=0), key
    assert answer("equipment_leases.remeasured") == pytest.approx(books.remeasured, abs=POUND, rel=0)


@pytest.mark.parametrize("name", BOOK["managed"])
def test_two_managed_services_are_booked_to_the_pound(name: str) -> None:
    """The part that repays the kit is a lease, maintenance is expensed once, and all VAT comes back."""
    of = BOOK["managed"][name]
    answer, books = booked(of, recovered=1.0), reckoned(of)
    for which, key in BOOKED.items():
        assert answer(key) == pytest.approx(getattr(books, which), abs=POUND, rel=0), key
    assert answer("equipment_leases.expensed") == pytest.approx([0] * YEARS)
    assert answer("financed.maintenance_margin") == pytest.approx(1 + of["margin"])


@pytest.mark.parametrize("name", BOOK["managed"])
def test_a_service_without_an_asset_of_its_own_is_expensed(name: str) -> None:
    """Where the trust controls no scanner of its own, nothing is recognised: the charge is what is paid."""
    of = BOOK["managed"][name]
    answer, books = booked(of, is_lease=0, recovered=1.0), reckoned(of)
    assert answer("equipment_leases.expensed") == pytest.approx(books.paid, abs=POUND, rel=0)
    for key in BOOKED.values():
        assert answer(key) == pytest.approx([0] * YEARS, abs=1e-6), key


def test_vat_that_stays_is_expensed_and_never_owed() -> None:
    """A fifth of each charge, in the year it is paid; the liability and CDEL are without it."""
    of = BOOK["leases"]["ct"]
    answer, books = booked(of), reckoned(of)
    vat = [BOOK["vat"] * paid for paid in books.paid]
    assert answer("equipment_leases.expensed") == pytest.approx(vat, abs=POUND, rel=0)
    assert answer("equipment_leases.vat") == pytest.approx(vat, abs=POUND, rel=0)


def test_what_is_leased_is_not_bought() -> None:
    """Of three parts in ten leased, seven are capital; the economic case has the charges before inflation."""
    of = BOOK["leases"]["mri"]
    answer, books = booked(of, taken=0.3), reckoned(of, 0.3 * UNITS)
    assert answer("financed.site_purchase") == pytest.approx(0.7 * UNITS * of["price"])
    assert answer("equipment_leases.rental") == pytest.approx(books.paid, abs=POUND, rel=0)
    real = [paid / index for paid, index in zip(books.paid, INDEX, strict=True)]
    assert answer("equipment_leases.charges_real") == pytest.approx(real, abs=POUND, rel=0)
    assert booked(of)("financed.site_purchase") == 0


def test_a_lease_costs_what_is_paid_for_it() -> None:
    """Over a contract of ten years interest and depreciation are the charges, and nothing is owed or held."""
    of = {**BOOK["leases"]["mri"], "opens": 0}
    answer = booked(of)
    charged = sum(answer("equipment_leases.interest")[:10]) + sum(
        answer("equipment_leases.depreciation")[:10]
    )
    assert charged == pytest.approx(sum(answer("equipment_leases.rental")[:10]), rel=1e-12)
    assert answer("equipment_leases.liability")[9] == pytest.approx(0, abs=1e-6)
    scored = sum(answer("equipment_leases.addition")[:10])
    assert scored == pytest.approx(sum(answer("equipment_leases.depreciation")[:10]), rel=1e-12)


def test_the_scanner_of_the_page_is_booked_as_by_hand() -> None:
    """Two years of a lease with a pocket calculator, in docs/procurement.md; the model and the page agree."""
    hand = BOOK["by_hand"]
    answer = work_out(
        [*BOOKED.values(), "equipment_leases.expensed"],
        {
            "financed.lease_charge": hand["charge"],
            "financed.expensed_charge": 0.0,
            "financed.charge_with_vat": hand["charge"],
            "financed.contract_years": hand["years"],
            "financed.rise": 0.0,
            "equipment.units_needed": 1.0,
            "equipment.life": 10.0,
            "equipment.is_open": 1,
            "leases.discount_rate": hand["rate"],
            "timeline.gdp_growth": BOOK["growth"],
            "capital.vat_rate": BOOK["vat"],
        },
        years=2,
    )
    for which, key in [*BOOKED.items(), ("vat", "equipment_leases.expensed")]:
        assert answer(key) == pytest.approx(hand[which], abs=0.51, rel=0), key
    page = (Path(__file__).parents[2] / "docs" / "procurement.md").read_text(encoding="utf-8")
    part = page.partition("## In the accounts: a scanner leased")[2].partition("\n## ")[0]
    rows = [line.split("|")[2:4] for line in part.splitlines() if line.startswith("| ")][1:]
    shown = [[int(cell.replace(",", "")) for cell in row] for row in rows]
    keys = ("owed_before", "scored", "paid", "interest", "owed", "depreciation", "vat")
    assert shown == [hand[key] for key in keys]
