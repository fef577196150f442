"""Leases of buildings with reviews and at a peppercorn, in the accounts, to the pound, as reckoned apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.published import reckoning
from tests.published.support import Answer, published, work_out

BOOK = published("booked")
YEARS = 14
RATES = [*BOOK["rates"].values(), *[BOOK["rates"]["2026/27"]] * (YEARS - len(BOOK["rates"]))]
INDEX = [(1 + BOOK["growth"]) ** year for year in range(YEARS)]
POUND = 1.0
BOOKED = {
    "paid": "leases.payment",
    "remeasured": "leases.remeasured",
    "interest": "leases.interest",
    "depreciation": "leases.right_of_use_depreciation",
    "owed": "leases.liability",
}


def booked(of: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> Answer:
    """A site of one square metre that opens in a year of the lease's."""
    return work_out(
        [*BOOKED.values(), "leases.addition", "leases.given_depreciation"],
        {
            "estate.gross_internal_area": 1.0,
            "leases.rent_rate": of["rent"],
            "leases.term": of["term"],
            "leases.review_years": of["review"],
            "leases.peppercorn_value": of["worth"],
            "leases.in_advance": of["advance"],
            "leases.discount_rate": RATES,
            "leases.dilapidations_rate": 0.0,
            "equipment.is_open": [1 if year >= of["opens"] else 0 for year in range(YEARS)],
            "timeline.non_pay_growth": BOOK["growth"],
            "timeline.construction_growth": 0.0,
            **(more or {}),
        },
        years=YEARS,
    )


def reckoned(of: Mapping[str, Any]) -> tuple[reckoning.Books, list[float], list[float]]:
    """The same payment by payment; with what is recognised as each lease begins, and what of it was given."""
    books, begun, given = reckoning.Books.empty(YEARS), [0.0] * YEARS, [0.0] * YEARS
    beyond = [*INDEX, *[INDEX[-1]] * of["term"]]
    for start in range(of["opens"], YEARS, of["term"]):
        every = of["review"] or of["term"]
        payments = [of["rent"] * beyond[start + year - year % every] for year in range(of["term"])]
        owed = reckoning.worth([payments[0]] * of["term"], RATES[start], bool(of["advance"]))
        given[start] = max(of["worth"] * INDEX[start] - owed, 0)
        begun[start] = owed
        advance, more = bool(of["advance"]), given[start]
        books.add(reckoning.lease(payments, start, RATES[start], YEARS, advance=advance, initial=more))
    return books, begun, given


@pytest.mark.parametrize("name", BOOK["buildings"])
def test_leases_of_buildings_are_booked_to_the_pound(name: str) -> None:
    """Rent, reviews, interest, depreciation and liability of fourteen years, and the lease that follows."""
    of = BOOK["buildings"][name]
    answer, (books, begun, given) = booked(of), reckoned(of)
    for which, key in BOOKED.items():
        assert answer(key) == pytest.approx(getattr(books, which), abs=POUND, rel=0), key
    assert answer("leases.addition") == pytest.approx(begun, abs=POUND, rel=0)
    given_year = [
        sum(amount / of["term"] for start, amount in enumerate(given) if start <= year < start + of["term"])
        for year in range(YEARS)
    ]
    assert answer("leases.given_depreciation") == pytest.approx(given_year, abs=POUND, rel=0)


def test_a_review_by_hand() -> None:
    """After five years of ten £435,231 is owed; a tenth more rent adds a tenth of it, at the same rate."""
    hand = BOOK["review_by_hand"]
    growth = [0.0] * YEARS
    growth[5] = 0.1
    rates = {"leases.discount_rate": [0.0481] * 5 + [0.2] * (YEARS - 5)}  # of later years: not read
    of = {"rent": 100_000, "term": 10, "review": 5, "advance": 0, "opens": 0, "worth": 0}
    answer = booked(of, {"timeline.non_pay_growth": growth, **rates})
    owed, anew = answer("leases.liability")[4], answer("leases.remeasured")[5]
    assert owed == pytest.approx(hand["owed_after_five"], abs=0.5)
    assert anew == pytest.approx(hand["remeasured"], abs=0.5)
    assert owed + anew == pytest.approx(hand["worth_after_review"], abs=0.5)
    assert [year for year, amount in enumerate(answer("leases.remeasured")) if amount] == [5]
