"""The operators that formulas are written with.

Each is a row of `algebra.operator_table` and has its readings; a test holds that none is missing. Forms
that are made of several stand in `algebra.shapes`. numpy and spreadsheets differ at the edge, so one meaning
holds everywhere: `above` and `round_up` round to nine decimals first, and nothing else tests a number.
"""

from __future__ import annotations

from collections.abc import Mapping

from casebuilder.algebra.terms import Call, Input, Line, Number, PeriodNumber, Term, as_term
from casebuilder.errors import ModelError

MONTH_NUMBER = PeriodNumber("month")
YEAR_NUMBER = PeriodNumber("year")
YEAR_OF_MONTH = PeriodNumber("year_of_month")


def quantity(value: float, unit: str) -> Number:
    """A constant of arithmetic with its unit, such as 12 months a year."""
    return Number(value, unit)


def minimum(*terms: Term | float) -> Term:
    """The least of several terms, cell by cell."""
    return Call("minimum", *map(as_term, terms))


def maximum(*terms: Term | float) -> Term:
    """The greatest of several terms, cell by cell."""
    return Call("maximum", *map(as_term, terms))


def absolute(x: Term) -> Term:
    """`x` without its sign: how far it is from nothing, whichever way."""
    return Call("absolute", x)


def difference(a: Term, b: Term) -> Term:
    """`a - b`, and exactly 0 where they agree to nine significant digits.

    Two sums that should be equal differ in their last bits, and differently in every engine. Where
    such a difference is itself a line (a gap, an increment on the baseline) it is written so.
    """
    return Call("difference", a, b)


def smallest(x: Term, over: str) -> Term:
    """The least along a dimension, of the members that exist."""
    return Call("smallest", x, over=(over,))


def largest(x: Term, over: str) -> Term:
    """The greatest along a dimension, of the members that exist."""
    return Call("largest", x, over=(over,))


def which_smallest(*terms: Term) -> Term:
    """The place (from 1) of the least of several terms: what binds. The first of equals."""
    return Call("which_smallest", *terms)


def above(a: Term | float, b: Term | float) -> Term:
    """1 where a is greater than b, to nine decimals, else 0: ROUND(a - b, 9) > 0."""
    return Call("above", as_term(a), as_term(b))


def where(condition: Term, x: Term | float, y: Term | float) -> Term:
    """`x` where the condition is 1, else `y`; only the one that counts is calculated."""
    return Call("where", condition, as_term(x), as_term(y))


def choose(selector: Input, cases: Mapping[str, Term | float]) -> Term:
    """The term named by an input whose value is a word.

    Raises
    ------
    ModelError
        The words are not those the input allows.
    """
    if set(cases) != set(selector.choices):
        raise ModelError(f"'{selector.label}' allows {selector.choices}, not {tuple(cases)}")
    return Call("choose", selector, *map(as_term, cases.values()), members=tuple(cases))


def ratio(a: Term, b: Term) -> Term:
    """`a / b`, empty where b is 0. Only a headline or a report may be empty."""
    return Call("ratio", a, b)


def round_up(x: Term) -> Term:
    """The next whole number: ROUNDUP(ROUND(x, 9), 0), so that 3.0000000000000004 stays 3."""
    return Call("round_up", x)


def power(x: Term | float, y: Term | float) -> Term:
    """`x` to the power `y`; both plain numbers, and not 0 to the power 0."""
    return Call("power", x, y)


def exp(x: Term) -> Term:
    """The exponential of a plain number."""
    return Call("exp", x)


def normal_quantile(share: Term | float) -> Term:
    """Standard deviations above the mean below which a share of a normal distribution lies.

    The share lies strictly between 0 and 1.
    """
    return Call("normal_quantile", as_term(share))


def erlang_c(load: Term | float, servers: Term | float) -> Term:
    """The probability of waiting for one of several servers, in the queue M/M/c.

    Parameters
    ----------
    load
        Arrivals × time each takes: the number of servers that would just be busy.
    servers
        Rounded up to a whole number. 1 where they are no more than the load.
    """
    return Call("erlang_c", as_term(load), as_term(servers))


def binomial_at_least(needed: Term | float, size: Term | float, share: Term | float) -> Term:
    """The probability that at least `needed` of `size` are there, each with probability `share`.

    `needed` and `size` are rounded up to whole numbers. 1 where none is needed, 0 where more are
    needed than there are.
    """
    return Call("binomial_at_least", as_term(needed), as_term(size), as_term(share))


def total(x: Term, *, over: str | tuple[str, ...]) -> Term:
    """The sum over one or more dimensions; over time only of a flow, and the per-period goes."""
    return Call("total", x, over=(over,) if isinstance(over, str) else over)


def share_of(x: Term, *, over: str | tuple[str, ...]) -> Term:
    """A member's share of the sum over some dimensions; 0 where the sum is 0."""
    return Call("share_of", x, over=(over,) if isinstance(over, str) else over)


def at(x: Term, **chosen: str) -> Term:
    """`x` for one member of one dimension: `at(tests, test="ct")`, `at(cost, option=BASELINE)`.

    A line that names a member which a case does not have is left out of that case.
    """
    ((dimension, member),) = chosen.items()
    return Call("at", x, dimension=dimension, member=member)


def by_member(*, others: Term | float | None = None, **cases: Mapping[str, Term | float]) -> Term:
    """Rows that each have their member's own formula: `by_member(cost_line={"pay": x, "rates": y})`.

    Within a sum over the dimension each of its members counts with its own. A member that a case does not
    have is left out; one that it has and that nothing is said of is a fault of the case.

    Parameters
    ----------
    others
        What every member gives that is not named; by default each must be.
    cases
        One dimension, and the term of each of its members, all of one unit.

    Raises
    ------
    ModelError
        Not one dimension, or no member of it.
    """
    if len(cases) != 1 or not all(cases.values()):
        raise ModelError("by_member takes the members of one dimension, each with its term")
    ((dimension, terms),) = cases.items()
    rest = () if others is None else (as_term(others),)
    return Call(
        "by_member",
        *map(as_term, terms.values()),
        *rest,
        dimension=dimension,
        members=tuple(terms),
        others=bool(rest),
    )


def previous(x: Line) -> Term:
    """The line's value one period earlier; its opening value in the first period."""
    return Call("previous", x)


def lagged(x: Line | Input, periods: Term | int) -> Term:
    """The value some periods earlier, to the nearest whole one; 0 before the first."""
    return Call("lagged", x, as_term(periods))


def cumulative(x: Line | Input) -> Term:
    """The sum of a flow from the first period to this one: a stock."""
    return Call("cumulative", x)


def window_total(x: Line | Input, length: Term | int) -> Term:
    """The sum of a flow over the last `length` periods (a whole number), this one included."""
    return Call("window_total", x, as_term(length))


def recurring(x: Line | Input, periods: Term | int) -> Term:
    """A flow and its repeats every so many whole periods (at least 1): purchases and what replaces them."""
    return Call("recurring", x, as_term(periods))


def first_period(condition: Line, after: Term | float = 0) -> Term:
    """The number of the first period in which a 0/1 line is 1, less `after`; empty where never."""
    return Call("first_period", condition, as_term(after))


def step(x: Term) -> Term:
    """A flow times one period: what it adds to a stock."""
    return Call("step", x)


def per_year(x: Term, how: str = "sum") -> Term:
    """A monthly term by year: the `sum` of a flow, the `mean` or the `last` of a stock.

    Years without a month give 0. A mean and a last value are those of a line or an input alone.
    """
    if how not in ("sum", "mean", "last"):
        raise ModelError(f"per_year knows sum, mean and last, not '{how}'")
    return Call("per_year", x, how=how)


def spread(x: Line | Input, how: str = "hold") -> Term:
    """A yearly line by month: `hold` its value, or share a flow `evenly` over twelve months."""
    if how not in ("hold", "evenly"):
        raise ModelError(f"spread knows hold and evenly, not '{how}'")
    return Call("spread", x, how=how)


def stated(x: Term) -> Term:
    """A yearly line, or one that `by_member` chooses, in the years of the statements: the first of them."""
    return Call("stated", x)


def tier(x: Term, starts: Input | Line, prices: Input | Line, *, kind: str) -> Term:
    """What a quantity costs on a table of tiers.

    Parameters
    ----------
    x
        The quantity.
    starts, prices
        The quantity at which each tier starts (rising, the first at or below x) and its price,
        both over `tier`.
    kind
        `all_unit`: the whole quantity at the price of the tier it reaches.
        `incremental`: each part of it at the price of the tier it falls in.
    """
    if kind not in ("all_unit", "incremental"):
        raise ModelError(f"tier knows all_unit and incremental, not '{kind}'")
    return Call("tier", x, starts, prices, kind=kind, over=("tier",))


def interpolate(x: Term, at_x: Input | Line, values: Input | Line) -> Term:
    """The value on a curve of straight pieces through points; level beyond the first and last.

    Parameters
    ----------
    x
        Where to read.
    at_x, values
        The points, both over `point`; `at_x` rises strictly.
    """
    return Call("interpolate", x, at_x, values, over=("point",))


def bends(at_x: Term, values: Term) -> Term:
    """How much steeper a curve gets at each of its points; it is level before the first and after the last.

    Parameters
    ----------
    at_x, values
        The points, over `point`; `at_x` rises strictly.
    """
    return Call("bends", at_x, values)


def along_bends(x: Term, at_x: Input | Line, bent: Input | Line) -> Term:
    """How far a curve has risen at `x` since its first point: at each point passed it bends by so much.

    The same as `interpolate` without the first value, in a shorter formula where the bends are a line.

    Parameters
    ----------
    x
        Where to read.
    at_x, bent
        The points, and the `bends` there, both over `point`.
    """
    return Call("tier", x, at_x, bent, over=("point",), kind="bent")


def rise(x: Term, *, along: str) -> Term:
    """How much `x` is above that of the member before along a dimension; of the first member `x` itself."""
    return Call("rise", x, along=along)


def internal_rate(so_far: Line) -> Term:
    """The internal rate of return of a flow, from the line that adds it up so far.

    A share a year, to six decimals. Empty where no one rate is right: unless what has come so far falls
    below nothing, turns once for good, ends above its own mean, and the rate is below 100 %. More than
    one rate may make a flow that turns twice worth nothing, and programs then give different ones.

    Parameters
    ----------
    so_far
        A line that is `cumulative(flow)` by year.

    Raises
    ------
    ModelError
        The line is not a cumulative one.
    """
    formula = so_far.definition
    if not isinstance(formula, Call) or formula.operator != "cumulative":
        raise ModelError(f"'{so_far.label}' is not the cumulative of a flow")
    return Call("internal_rate", formula.arguments[0], so_far)


def lease_rate(
    periods: Term | float,
    payment: Term,
    value: Term,
    residual: Term | float = 0,
    in_advance: Term | float = 0,
) -> Term:
    """The rate at which level payments, and what is left at the end, are worth a value.

    A share a period, to six decimals. Empty where there is none between a hundredth of a per cent and
    10 % + 120 % ÷ periods, up to which every program finds it.

    Parameters
    ----------
    periods
        Payments, rounded up to a whole number.
    payment, value, residual
        Sums of the same unit: each payment, what they are worth at the start, and what is left at the end.
    in_advance
        1 where payments fall due at the start of a period, 0 where at its end.
    """
    return Call("lease_rate", *map(as_term, (periods, payment, value, residual, in_advance)))


def inflate(x: Term, index: Term) -> Term:
    """Base-year pounds to cash, by an index that is 1 in the base year."""
    return Call("inflate", x, index)


def deflate(x: Term, index: Term) -> Term:
    """Cash to base-year pounds, by an index that is 1 in the base year."""
    return Call("deflate", x, index)


def discount(x: Term, factor: Term) -> Term:
    """Base-year pounds of a later year at their present value."""
    return Call("discount", x, factor)
