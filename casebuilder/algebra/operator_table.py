"""One table of the operators: how each is written, what it gives, and how readings may treat it.

An operator is one row here and its readings: numbers (`evaluate.numbers`), Excel text
(`workbook.readings`), units (`algebra.derive`), words (`algebra.words`), and, where it reads otherwise than
each of its arguments at its own place, a piece of the tree (`analysis.explain.readings`). No reading keeps a
list of operators of its own; `docs/operators.md` is this table.
"""

from __future__ import annotations

from dataclasses import dataclass

# How an operator reads its arguments: of the same period, of the one before, or the whole row.
SAME, BEFORE, WHOLE = "same", "before", "whole"
# What it takes out of the dimensions of its arguments: those of its setting, or time.
OVER, PICKED, TIME_AXIS = "over", "dimension", "time"
# When it is nought: where any of its arguments is, where the first is, or where all are.
ANY, FIRST, ALL = "any", "first", "all"
# When it is a whole number: always, or where all of its arguments are, or all its cases.
ALWAYS, OF_ARGUMENTS, OF_CASES = "always", "arguments", "cases"
# How alike programs work it out: digit by digit, after rounding, or by a function of their own.
EXACT, ROUNDED, NEAR = "to the last digit", "rounded before it is tested", "by a function of the program"


@dataclass(frozen=True)
class Operator:
    """One operator and its properties.

    Attributes
    ----------
    name, written
        As in a `Call`, and as a chapter writes it.
    gives
        What it gives, in a few words.
    excel
        The functions or the sign that its formula is made of; empty where it is a reference alone.
    function
        Whether its formula is the one function of its arguments and nothing else.
    unit
        The unit of what it gives, and what it asks of its arguments'.
    reads
        SAME, BEFORE or WHOLE: which periods of its arguments.
    removes
        OVER, PICKED or TIME_AXIS: the dimensions of its arguments that it does not vary by; empty for none.
    adds
        The setting that names a dimension which it varies by beside those of its arguments; empty for none.
    axis
        The time axis that it reads and the one that it gives, where they differ.
    reduces
        Whether it adds up, or finds an extreme, over dimensions that its argument must have.
    table
        Whether it looks up a table whose rows must lie side by side.
    nought
        ANY, FIRST or ALL: which arguments make it nought; empty where none does.
    within_a_sum
        Whether its Excel text works cell by cell on ranges.
    beside_nought
        The test by which its Excel text picks cells of a range set against nought alone; empty for none.
    may_be_empty
        Whether it may have no value, so that it stands alone in a headline or a report.
    may_fail
        Whether it is an error for some values: it divides.
    arithmetic
        Whether an error in any of its arguments is one in what it gives, in every reading.
    whole
        ALWAYS, OF_ARGUMENTS or OF_CASES: when it is a whole number to the last digit.
    exact
        EXACT, ROUNDED or NEAR.
    traced
        Whether the tree of `explain` has a piece of its own for it.
    """

    name: str
    written: str
    gives: str
    excel: str
    unit: str
    function: bool = False
    reads: str = SAME
    removes: str = ""
    adds: str = ""
    axis: tuple[str, str] | None = None
    reduces: bool = False
    table: bool = False
    nought: str = ""
    within_a_sum: bool = False
    beside_nought: str = ""
    may_be_empty: bool = False
    may_fail: bool = False
    arithmetic: bool = False
    whole: str = ""
    exact: str = EXACT
    traced: bool = False

    @property
    def scales(self) -> bool:
        """Whether it is nought cell by cell where its first argument is, of the same members and period."""
        return self.nought == FIRST and self.within_a_sum and self.reads == SAME and not self.removes


_LIKE = "all alike"
_KEPT = "that of x"
_PLAIN = "a plain number, of plain numbers"
_STOCK = "that of the flow × its period"

GROUPS = {
    "Arithmetic": (
        Operator("add", "x + y", "the sum", "+", _LIKE, nought=ALL, within_a_sum=True, arithmetic=True,
                 whole=OF_ARGUMENTS),
        Operator("subtract", "x - y", "the difference", "-", _LIKE, nought=ALL, within_a_sum=True,
                 arithmetic=True, whole=OF_ARGUMENTS),
        Operator("multiply", "x * y", "the product", "*", "the product of both", nought=ANY,
                 within_a_sum=True, arithmetic=True, whole=OF_ARGUMENTS),
        Operator("divide", "x / y", "the quotient; y is never 0", "/", "the quotient of both", nought=FIRST,
                 within_a_sum=True, may_fail=True, arithmetic=True),
        Operator("negate", "-x", "x with the other sign", "-", _KEPT, nought=FIRST, within_a_sum=True,
                 arithmetic=True, whole=OF_ARGUMENTS),
        Operator("absolute", "absolute(x)", "x without its sign", "ABS", _KEPT, function=True, nought=FIRST,
                 within_a_sum=True, arithmetic=True, whole=OF_ARGUMENTS),
        Operator("difference", "difference(a, b)",
                 "a − b, and 0 where both agree to nine significant digits", "IF ABS", _LIKE, nought=ALL,
                 arithmetic=True, exact=ROUNDED),
        Operator("ratio", "ratio(a, b)", "a ÷ b, empty where b is 0", "IF ROUND /", "the quotient of both",
                 may_be_empty=True, exact=ROUNDED),
        Operator("round_up", "round_up(x)", "the next whole number", "ROUNDUP ROUND", _KEPT, nought=FIRST,
                 arithmetic=True, whole=ALWAYS, exact=ROUNDED),
        Operator("power", "power(x, y)", "x to the power y; not 0 to the power 0", "^ POWER", _PLAIN,
                 arithmetic=True, exact=NEAR),
        Operator("exp", "exp(x)", "the exponential", "EXP", _PLAIN, function=True, within_a_sum=True,
                 arithmetic=True, exact=NEAR),
    ),
    "What binds, and choices": (
        Operator("minimum", "minimum(x, y, …)", "the least, cell by cell", "MIN", _LIKE, function=True,
                 nought=ALL, beside_nought="<", arithmetic=True, whole=OF_ARGUMENTS),
        Operator("maximum", "maximum(x, y, …)", "the greatest, cell by cell", "MAX", _LIKE, function=True,
                 nought=ALL, beside_nought=">", arithmetic=True, whole=OF_ARGUMENTS),
        Operator("which_smallest", "which_smallest(x, y, …)", "the place (from 1) of the least",
                 "IF ROUND MIN", "a plain number, of like units", exact=ROUNDED),
        Operator("above", "above(a, b)", "1 where a is greater than b to nine decimals, else 0", "IF ROUND",
                 "a plain number, of like units", within_a_sum=True, whole=ALWAYS, exact=ROUNDED),
        Operator("where", "where(condition, x, y)", "x where the condition is 1, else y", "IF",
                 "all cases alike; the condition is plain", within_a_sum=True, whole=OF_CASES, traced=True),
        Operator("choose", "choose(selector, {word: x, …})", "the case named by an input", "IF",
                 "all cases alike", whole=OF_CASES, traced=True),
    ),
    "Members": (
        Operator("total", "total(x, over=…)", "the sum over dimensions", "SUM SUMIFS SUMPRODUCT",
                 "that of x; over time × its period", removes=OVER, reduces=True, nought=FIRST,
                 whole=OF_ARGUMENTS, traced=True),
        Operator("share_of", "share_of(x, over=…)", "a member's share of the sum; 0 where that is 0",
                 "IF ROUND /", "a plain number", reduces=True, nought=FIRST, exact=ROUNDED, traced=True),
        Operator("smallest", "smallest(x, over=…)", "the least of the members that exist", "MIN", _KEPT,
                 removes=OVER, reduces=True, nought=FIRST, whole=OF_ARGUMENTS, traced=True),
        Operator("largest", "largest(x, over=…)", "the greatest of the members that exist", "MAX", _KEPT,
                 removes=OVER, reduces=True, nought=FIRST, whole=OF_ARGUMENTS, traced=True),
        Operator("at", "at(x, dimension=member)", "x for one member, or one option", "", _KEPT,
                 removes=PICKED, nought=FIRST, within_a_sum=True, whole=OF_ARGUMENTS, traced=True),
        Operator("by_member", "by_member(dimension={member: x, …}, others=y)",
                 "rows that each have their member's own formula", "", "all alike", adds="dimension",
                 traced=True),
    ),
    "Time": (
        Operator("previous", "previous(line)", "the line's value one period earlier", "", _KEPT,
                 reads=BEFORE, nought=FIRST, within_a_sum=True, whole=OF_ARGUMENTS, traced=True),
        Operator("lagged", "lagged(x, periods)", "x some periods earlier; 0 before the first", "SUMIFS",
                 _KEPT, reads=WHOLE, nought=FIRST, within_a_sum=True, whole=OF_ARGUMENTS, traced=True),
        Operator("recurring", "recurring(x, periods)", "x and its repeats every so many periods",
                 "SUMPRODUCT INT MAX", _KEPT, reads=WHOLE, nought=FIRST, traced=True),
        Operator("cumulative", "cumulative(x)", "the sum of a flow so far", "SUM", _STOCK, reads=WHOLE,
                 nought=FIRST, traced=True),
        Operator("window_total", "window_total(x, length)", "the sum of a flow over the last periods",
                 "SUMIFS", _STOCK, reads=WHOLE, nought=FIRST, traced=True),
        Operator("first_period", "first_period(condition, after)",
                 "the number of the first period that holds, less `after`; empty where none does",
                 "IF SUM MATCH", "the period", reads=WHOLE, removes=TIME_AXIS, may_be_empty=True,
                 traced=True),
        Operator("step", "step(x)", "what a flow adds in one period", "", _STOCK, nought=FIRST,
                 within_a_sum=True, arithmetic=True),
        Operator("per_year", "per_year(x, how)", "a monthly term by year: sum, mean or last",
                 "SUMIFS SUMPRODUCT", "that of x; of a sum per year", reads=WHOLE, axis=("month", "year"),
                 nought=FIRST, traced=True),
        Operator("spread", "spread(x, how)", "a yearly input by month: held, or a twelfth each", "INDEX",
                 "that of x; where spread per month", reads=WHOLE, axis=("year", "month"), nought=FIRST,
                 traced=True),
        Operator("stated", "stated(x)", "a yearly line in the years of the statements", "", _KEPT,
                 reads=WHOLE, axis=("year", "statement"), nought=FIRST, within_a_sum=True, whole=OF_ARGUMENTS,
                 traced=True),
    ),
    "Tables": (
        Operator("tier", "tier(x, starts, prices, kind=…)", "what a quantity costs on a table of tiers",
                 "LOOKUP SUMPRODUCT", "x's × the price's", removes=OVER, table=True, traced=True),
        Operator("interpolate", "interpolate(x, at_x, values)", "the value on a curve of straight pieces",
                 "SUMPRODUCT", "that of the values", removes=OVER, table=True, traced=True),
        Operator("bends", "bends(at_x, values)", "how much steeper a curve gets at each of its points", "/",
                 "the values' ÷ that of at_x", traced=True),
        Operator("rise", "rise(x, along=…)", "x less that of the member before; of the first, x itself", "-",
                 _KEPT, traced=True),
    ),
    "Money": (
        Operator("inflate", "inflate(x, index)", "base-year pounds in cash", "*", "GBP_real → GBP_nominal",
                 nought=FIRST, within_a_sum=True, arithmetic=True),
        Operator("deflate", "deflate(x, index)", "cash in base-year pounds", "/", "GBP_nominal → GBP_real",
                 nought=FIRST, within_a_sum=True, may_fail=True, arithmetic=True),
        Operator("discount", "discount(x, factor)", "base-year pounds at their present value", "*",
                 "GBP_real", nought=FIRST, within_a_sum=True, arithmetic=True),
        Operator("internal_rate", "internal_rate(so_far)", "the internal rate of return of a yearly flow",
                 "IRR NPV ROUND", "a plain number", reads=WHOLE, removes=TIME_AXIS, may_be_empty=True,
                 exact=NEAR, traced=True),
        Operator("lease_rate", "lease_rate(periods, payment, value, residual, in_advance)",
                 "the rate at which level payments are worth a value", "RATE PV ROUND", "a plain number",
                 may_be_empty=True, exact=NEAR),
    ),
    "Probability": (
        Operator("normal_quantile", "normal_quantile(share)", "standard deviations above the mean",
                 "NORMSINV", _PLAIN, function=True, exact=NEAR),
        Operator("erlang_c", "erlang_c(load, servers)", "the probability of waiting in the queue M/M/c",
                 "POISSON", _PLAIN, exact=NEAR),
        Operator("binomial_at_least", "binomial_at_least(needed, size, share)",
                 "the probability that so many of some are there", "BINOMDIST", _PLAIN, exact=NEAR),
    ),
}  # fmt: skip
OPERATORS = {row.name: row for rows in GROUPS.values() for row in rows}
