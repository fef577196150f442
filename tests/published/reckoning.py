"""Leases reckoned payment by payment, apart from our code: what is owed, held, charged and scored each year.

Every present value is the plain sum of payments ÷ (1 + rate)^years: no annuity formula, no recursion shared
with the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Books:
    """A lease by year of the case: flows of the year, and balances at its end, in pounds."""

    paid: list[float]
    scored: list[float] = field(default_factory=list)
    remeasured: list[float] = field(default_factory=list)
    interest: list[float] = field(default_factory=list)
    depreciation: list[float] = field(default_factory=list)
    owed: list[float] = field(default_factory=list)

    @classmethod
    def empty(cls, years: int) -> Books:
        """Nothing in any year."""
        return cls(*([0.0] * years for _ in range(6)))

    def add(self, other: Books, times: float = 1.0) -> None:
        """Put so many of another lease beside what is there."""
        for name in ("paid", "scored", "remeasured", "interest", "depreciation", "owed"):
            mine, its = getattr(self, name), getattr(other, name)
            for year, amount in enumerate(its):
                mine[year] += times * amount


def worth(payments: Sequence[float], rate: float, advance: bool) -> float:
    """Present value of yearly payments, the first of them now or in a year."""
    first = 0 if advance else 1
    return sum(paid / (1 + rate) ** (first + year) for year, paid in enumerate(payments))


def lease(
    payments: Sequence[float], start: int, rate: float, years: int, *, advance: bool, initial: float = 0.0
) -> Books:
    """One lease, from the first day of year `start`; a payment that differs from the last measures it anew.

    Until it changes a payment is taken to stay as it is to the end of the term (IFRS 16, paragraphs 27 (b),
    42 (b) and 43): the rate stays, and the right of use changes by what the liability does.

    Parameters
    ----------
    payments
        The payment that each year of the term turns out to have.
    start, years
        The year of the case in which it begins, from 0, and how many the case has.
    rate
        HM Treasury's, of the year in which it begins.
    advance
        Whether a payment falls due at the start of its year.
    initial
        What is added to the cost of the right of use on the first day, beside the liability.
    """
    books = Books.empty(years)
    term = len(payments)
    owed = worth([payments[0]] * term, rate, advance)
    held = owed + initial
    for number in range(min(term, years - start)):
        year, left = start + number, term - number
        if number == 0:
            books.scored[year] = owed
        else:
            anew = worth([payments[number]] * left, rate, advance)
            was = worth([payments[number - 1]] * left, rate, advance)
            books.remeasured[year] = books.scored[year] = anew - was
            owed, held = owed + anew - was, held + anew - was
        books.paid[year] = payments[number]
        bearing = owed - payments[number] if advance else owed
        books.interest[year] = bearing * rate
        owed = owed + books.interest[year] - payments[number]
        books.owed[year] = owed
        books.depreciation[year] = held / left
        held -= books.depreciation[year]
    return books


def unit(
    charge: float,
    contract: int,
    life: int,
    rise: float,
    start: int,
    rates: Sequence[float],
    index: Sequence[float],
) -> Books:
    """A unit that is financed and those that replace it: a contract, another to the end of life, and anew."""
    years = len(rates)
    books, bought = Books.empty(years), start
    while bought < years:
        for begins, ends, level in (
            (bought, bought + contract, charge),
            (bought + contract, bought + life, charge * (1 + rise)),
        ):
            if begins < ends and begins < years:
                beyond = [*index, *[index[-1]] * life]
                payments = [level * beyond[year] for year in range(begins, ends)]
                books.add(lease(payments, begins, rates[begins], years, advance=True))
        bought += life
    return books


def rental(
    price: float, years: int, rate: float, residual: float, margin: float, *, tolerance: float = 1e-12
) -> float:
    """The level payment in advance that repays a price less what is left of it, by halving: no formula."""
    low, high = 0.0, 2 * price
    while high - low > tolerance * price:
        middle = (low + high) / 2
        if worth([middle] * years, rate, True) + residual * price / (1 + rate) ** years < price:
            low = middle
        else:
            high = middle
    return (low + high) / 2 * (1 + margin)
