"""Forms that several chapters write, made of operators: they need no reading of their own."""

from __future__ import annotations

from casebuilder.algebra.operators import above, absolute, maximum, total
from casebuilder.algebra.terms import Line, Term


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
