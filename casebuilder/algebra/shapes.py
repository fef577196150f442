"""Forms that several chapters write, made of operators: they need no reading of their own."""

from __future__ import annotations

from casebuilder.algebra.operators import above, absolute, maximum, tier, total, where
from casebuilder.algebra.terms import Input, Line, Term


def differ(a: Term, b: Term, by: Term) -> Term:
    """1 where a and b are more than `by` apart, else 0.

    A check that two sums agree reads both sums, not their `difference`, which is nothing to nine digits and
    so hides pennies in millions.
    """
    return above(absolute(a - b), by)


def apart(a: Term, b: Term, by: Term) -> Term:
    """`a - b`, and exactly 0 where they are no more than `by` apart.

    For money that must keep its pennies in millions; see `difference`.
    """
    return (a - b) * differ(a, b, by)


def outside(x: Term, least: Term | float, most: Term | float) -> Term:
    """1 where x is above the most or below the least, else 0."""
    return maximum(above(x, most), above(least, x))


def not_one(x: Term, by: Term | float = 0) -> Term:
    """1 where x is more than `by` from one, else 0: shares that do not sum to one, what is not done once."""
    return above(absolute(x - 1), by)


def at_tiers(x: Term, first: Line, less: Term, rises: Line) -> Term:
    """What a quantity costs: what each tier passed adds to it.

    The same as `tier_from_unit`, in a shorter formula where lines say what a tier adds.

    Parameters
    ----------
    x
        The quantity.
    first
        The quantity above which a tier counts, over `tier`.
    less
        What of the quantity does not have its price: what lies before it, or nothing.
    rises
        How much the tier's price is above that of the tier before.
    """
    return total(above(x, first) * (x - less) * rises, over="tier")


def tier_from_unit(
    x: Term, first_units: Input | Line, prices: Input | Line, *, all_units: Term, one: Term
) -> Term:
    """What a quantity costs where tiers are given by their first unit: 1, 5, 10.

    Written with `tier` and `where`. An incremental price counts what lies above the unit before a tier's
    first, so that it reads one unit more.

    Parameters
    ----------
    x
        The quantity.
    first_units, prices
        The first unit of each tier and its price, both over `tier`.
    all_units
        1 where a tier reached prices every unit, 0 where each has the price of the tier it falls in.
    one
        One unit.
    """
    return where(
        above(all_units, 0),
        tier(x, first_units, prices, kind="all_unit"),
        tier(x + one, first_units, prices, kind="incremental"),
    )
