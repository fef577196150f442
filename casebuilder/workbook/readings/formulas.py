"""The Excel reading: the text of each operator, with marks for the column (see `references`).

Only functions that Excel 2016, LibreOffice and IronCalc share are used, none volatile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.dimensions import BASELINE, OPTION, TIME, time_of, without_time
from casebuilder.algebra.member_rows import for_row
from casebuilder.algebra.operator_table import OPERATORS
from casebuilder.algebra.terms import Call, Line, Named, Number, Term, walk, without_ones
from casebuilder.errors import LayoutError
from casebuilder.workbook.layout.addresses import COUNT_ROW, MONTHS, NUMBER_ROW, YEAR_ROW
from casebuilder.workbook.readings import probability, rates, sums, tables
from casebuilder.workbook.readings.excel import (
    ADD,
    ATOM,
    EXCEL_READINGS,
    POWER,
    SIGN,
    TIMES,
    NotAlignedError,
    Text,
    excel,
    inside,
    plain,
    read,
    whole,
)
from casebuilder.workbook.readings.references import (
    LEFT,
    OWN,
    Place,
    cell,
    columns_of,
    period_numbers,
    row_for,
    spanned,
    whole_row,
)

__all__ = ["EXCEL_READINGS", "NotAlignedError", "formula", "probability", "rates", "sums", "tables"]


def formula(term: Term, place: Place) -> str:
    """A formula's text without the equals sign, with marks for columns, however long it is.

    Raises
    ------
    LayoutError
        No one formula says it: the message says which line must be written first.
    """
    own = for_row(term, place.members)
    return read(own, replace(place, whole=own))[0]


def _outright(term: Term, place: Place, lines: int = 1) -> Iterator[Named]:
    """What is read through arithmetic alone, by a term or, so many lines further, by what it reads.

    Each part of such a term is worked out whatever the others are.
    """
    if isinstance(term, Named):
        yield term
        named = place.layout.problem.resolve(term)
        if lines and isinstance(named, Line) and row_for(named, place, place.members) is not None:
            yield from _outright(named.definition, place, lines - 1)
    elif isinstance(term, Call) and OPERATORS[term.operator].arithmetic:
        for argument in term.arguments:
            yield from _outright(argument, place, lines)


def _infix(sign: str, binding: int, right: int) -> Callable[[Call, Place], Text]:
    def reading(call: Call, place: Place) -> Text:
        term = without_ones(call)
        if term is not call:
            return read(term, place)
        a, b = call.arguments
        return f"{inside(a, place, binding)}{sign}{inside(b, place, right)}", binding

    return reading


def _function(name: str) -> Callable[[Call, Place], Text]:
    def reading(call: Call, place: Place) -> Text:
        return f"{name}({','.join(_argument(a, place) for a in call.arguments)})", ATOM

    return reading


def _argument(term: Term, place: Place) -> str:
    """An argument's text; within a sum a range is calculated with, or IronCalc takes one cell of it alone."""
    text = plain(term, place)
    bare = isinstance(term, Named) or (isinstance(term, Call) and term.operator == "negate")
    return f"1*{text}" if place.span and bare and ":" in text else text


@excel("negate")
def _negate(call: Call, place: Place) -> Text:
    return f"-{inside(call.arguments[0], place, ATOM)}", SIGN


def _difference(a: Term, b: Term, place: Place) -> str:
    """`a - b` rounded to nine decimals: the only thing that is ever tested."""
    if isinstance(b, Number) and b.value == 0:
        return f"ROUND({plain(a, place)},9)"
    return f"ROUND({inside(a, place, ADD)}-{inside(b, place, TIMES)},9)"


@excel("above")
def _above(call: Call, place: Place) -> Text:
    a, b = call.arguments
    if place.span:
        return f"1*{_condition(call, place)}", TIMES
    return f"IF({_difference(a, b, place)}>0,1,0)", ATOM


def _condition(term: Term, place: Place) -> str:
    """A test: of the difference rounded; on ranges, which ROUND does not take, of half a billionth."""
    if not (isinstance(term, Call) and term.operator == "above"):
        return f"({inside(term, place, ADD)}<>0)" if place.span else f"{inside(term, place, ADD)}<>0"
    a, b = term.arguments
    if not place.span:
        return f"{_difference(a, b, place)}>0"
    gap = plain(a, place) if isinstance(b, Number) and b.value == 0 else plain(a - b, place)
    return f"({gap}>=5E-10)"


@excel("where")
def _where(call: Call, place: Place) -> Text:
    condition, x, y = call.arguments
    if not place.span:
        return f"IF({_condition(condition, place)},{plain(x, place)},{plain(y, place)})", ATOM
    for case in (x, y):  # both are worked out everywhere: what would be an error in one must not be there
        if any(isinstance(part, Call) and OPERATORS[part.operator].may_fail for part in walk(case)):
            raise NotAlignedError("a division that a condition guards")
    test = _condition(condition, place)
    text = f"{test}*{inside(x, place, TIMES)}"
    if isinstance(y, Number) and y.value == 0:
        return text, TIMES
    return f"{text}+(1-{test})*{inside(y, place, TIMES)}", ADD


@excel("choose")
def _choose(call: Call, place: Place) -> Text:
    selector, *cases = call.arguments
    word = plain(selector, place)
    text = "0"
    for member, case in reversed(list(zip(call.settings["members"], cases, strict=True))):
        text = f'IF({word}="{member}",{plain(case, place)},{text})'
    return text, ATOM


@excel("power")
def _power(call: Call, place: Place) -> Text:
    base, exponent = call.arguments
    if isinstance(exponent, Number) and exponent.value > 0 and not _signed(base):
        return f"{inside(base, place, ATOM)}^{plain(exponent, place)}", POWER
    return f"POWER({plain(base, place)},{plain(exponent, place)})", ATOM


def _signed(term: Term) -> bool:
    """Whether a text would begin with a sign, which engines do not all raise to a power alike."""
    return (isinstance(term, Call) and term.operator == "negate") or (
        isinstance(term, Number) and term.value < 0
    )


@excel("ratio")
def _ratio(call: Call, place: Place) -> Text:
    a, b = call.arguments
    below = plain(b, place)
    text = f'IF(ROUND({below},9)=0,"",{inside(a, place, TIMES)}/{inside(b, place, SIGN)})'
    return text, ATOM


@excel("difference")
def _exact_difference(call: Call, place: Place) -> Text:
    """The gap, or 0 where it is a billionth of the one or the other, which are then alike: the shorter."""
    a, b = call.arguments
    gap = f"{inside(a, place, ADD)}-{inside(b, place, TIMES)}"
    size = min(plain(b, place), plain(a, place), key=len)
    return f"IF(ABS({gap})<=1E-9*ABS({size}),0,{gap})", ATOM


@excel("round_up")
def _round_up(call: Call, place: Place) -> Text:
    return f"ROUNDUP(ROUND({plain(call.arguments[0], place)},9),0)", ATOM


@excel("which_smallest")
def _which_smallest(call: Call, place: Place) -> Text:
    texts = [plain(argument, place) for argument in call.arguments]
    least = f"MIN({','.join(texts)})"
    text = str(len(texts))
    for number in range(len(texts) - 1, 0, -1):
        text = f"IF(ROUND({inside(call.arguments[number - 1], place, ADD)}-{least},9)>0,{text},{number})"
    return text, ATOM


@excel("at")
def _at(call: Call, place: Place) -> Text:
    dimension, member = call.settings["dimension"], call.settings["member"]
    if dimension == OPTION:
        baseline = place.layout.problem.frame.baseline
        return read(call.arguments[0], place.reading(baseline if member == BASELINE else member))
    if dimension in TIME:
        raise LayoutError(f"at() does not pick a {dimension}; use a total with a 0/1 line")
    if dimension in place.span:  # the one member is read for each of those added up
        raise NotAlignedError(f"one {dimension} within a total over it")
    chosen = place.choosing(**{dimension: member})
    within = without_time(dimensions_of(call.arguments[0]))
    combination = {d: chosen.members[d] for d in within if d in chosen.members and d not in place.span}
    if not place.layout.problem.frame.exists(combination):
        return "0", ATOM
    return read(call.arguments[0], chosen)


def _row(call: Call, place: Place) -> str:
    named = call.arguments[0]
    if not isinstance(named, Named):
        raise LayoutError(f"{call.operator} takes a line or an input alone")
    text = whole_row(place.layout.problem.resolve(named), place)
    if text is None:
        raise LayoutError(f"{call.operator} of a combination that does not exist")
    return text


@excel("previous")
def _previous(call: Call, place: Place) -> Text:
    line = call.arguments[0]
    assert isinstance(line, Line)
    return _left_of(line, place), ATOM


def _left_of(line: Line, place: Place) -> str:
    """The cell to the left of a line's own, or of each that is added up."""
    text = spanned(line, place) if place.span else cell(line, place)
    if text is None or time_of(place.span) is not None:
        raise NotAlignedError(line.key)
    return text.replace(OWN, LEFT)


def _periods(term: Term, place: Place) -> str:
    """A number of whole periods."""
    text = plain(term, place)
    return inside(term, place, TIMES) if whole(term, place) else f"ROUND({text},0)"


def _back(term: Term, place: Place) -> str:
    """So many whole periods earlier, as a period's number goes on to say."""
    if isinstance(term, Call) and term.operator == "add" and whole(term, place):
        return "".join(_back(argument, place) for argument in term.arguments)
    return f"-{_periods(term, place)}"


def _with_errors_of(periods: str, call: Call, place: Place, text: str) -> Text:
    """The text, an error where the number of periods is one: SUMIFS finds nothing and says 0.

    A formula that reads the number in another place, such as one that divides by it, is an error anyway.
    """
    number = call.arguments[1]
    named = {part for part in walk(number) if isinstance(part, Named)}
    arithmetic = all(OPERATORS[part.operator].arithmetic for part in walk(number) if isinstance(part, Call))
    if arithmetic and place.whole is not None and not place.span:
        named -= set(_outright(place.whole, place))
    if arithmetic and not named:
        return text, ATOM
    return f"{text}+0*{periods}", ADD


@excel("lagged")
def _lagged(call: Call, place: Place) -> Text:
    line, by = place.layout.problem.resolve(call.arguments[0]), call.arguments[1]  # type: ignore[arg-type]
    if isinstance(line, Line) and line.opening is None and isinstance(by, Number) and by.value == 1:
        # The cell to the left; before the first period stands an opening value, here none, which counts as 0.
        return _left_of(line, place), ATOM
    if place.span:
        raise NotAlignedError("a lag within a sum")
    numbers = period_numbers(place, place.kind, NUMBER_ROW)
    text = f"SUMIFS({_row(call, place)},{numbers},{OWN}${NUMBER_ROW}{_back(by, place)})"
    return _with_errors_of(_periods(by, place), call, place, text)


@excel("recurring")
def _recurring(call: Call, place: Place) -> Text:
    numbers, own = period_numbers(place, place.kind, NUMBER_ROW), f"{OWN}${NUMBER_ROW}"
    gap = f"MAX(1,{_periods(call.arguments[1], place)})"
    back = f"({own}-{numbers})"  # INT, since IronCalc has no MOD of a row
    return f"SUMPRODUCT((INT({back}/{gap})*{gap}={back})*({numbers}<={own})*{_row(call, place)})", ATOM


@excel("cumulative")
def _cumulative(call: Call, place: Place) -> Text:
    return f"SUM({_row_so_far(call, place)})", ATOM


def _row_so_far(call: Call, place: Place) -> str:
    """The periods of a line from the first to the cell's own."""
    named = place.layout.problem.resolve(call.arguments[0])  # type: ignore[arg-type]
    first = _row(call, place).partition(":")[0]
    return f"{first}:{columns_of(named, place)}{row_for(named, place, place.members)}"


@excel("window_total")
def _window_total(call: Call, place: Place) -> Text:
    """From the first period to the cell's own, those whose number is within the length."""
    numbers = period_numbers(place, place.kind, NUMBER_ROW).partition(":")[0]
    own, length = f"{OWN}${NUMBER_ROW}", _periods(call.arguments[1], place)
    text = f'SUMIFS({_row_so_far(call, place)},{numbers}:{own},">"&{own}{_back(call.arguments[1], place)})'
    return _with_errors_of(length, call, place, text)


@excel("first_period")
def _first_period(call: Call, place: Place) -> Text:
    """Empty where the row holds no 1; SUM, unlike IFERROR, lets an error through."""
    after, row = call.arguments[1], _row(call, place)
    match = f"MATCH(1,{row},0)"
    if not (isinstance(after, Number) and after.value == 0):
        match += f"-{inside(after, place, TIMES)}"
    return f'IF(SUM({row})=0,"",{match})', ATOM


@excel("per_year")
def _per_year(call: Call, place: Place) -> Text:
    row, how = _row(call, place), call.settings["how"]
    own = f"{OWN}${NUMBER_ROW}"
    years = period_numbers(place, MONTHS, YEAR_ROW)
    if how == "last":
        numbers = period_numbers(place, MONTHS, NUMBER_ROW)
        return f"SUMIFS({row},{years},{own},{numbers},{_last_month(place)})", ATOM
    total = f"SUMIFS({row},{years},{own})"
    if how == "sum":
        return total, ATOM
    return f"{total}/MAX(1,{OWN}${COUNT_ROW})", TIMES


def _last_month(place: Place) -> str:
    """The number of the last month of the cell's year, from the header of the months."""
    return f"{OWN}${YEAR_ROW}"


@excel("spread")
def _spread(call: Call, place: Place) -> Text:
    named = place.layout.problem.resolve(call.arguments[0])  # type: ignore[arg-type]
    if isinstance(named, Line):
        raise LayoutError(f"the months cannot read {named.key}, a line by year")
    text = f"INDEX({_row(call, place)},{OWN}${YEAR_ROW})"
    return (f"{text}/12", TIMES) if call.settings["how"] == "evenly" else (text, ATOM)


@excel("stated")
def _stated(call: Call, place: Place) -> Text:
    """The cell of the same year on the sheet of years, or of the input."""
    if any(axis in place.span for axis in TIME):
        raise LayoutError("a sum over the statements takes lines of the statements")
    return read(call.arguments[0], place)


@excel("step")
def _step(call: Call, place: Place) -> Text:
    return read(call.arguments[0], place)


def _register() -> None:
    """The readings that are one sign or one function."""
    infix = {
        "add": ("+", ADD, ADD),
        "subtract": ("-", ADD, TIMES),
        "multiply": ("*", TIMES, TIMES),
        "divide": ("/", TIMES, SIGN),
        "inflate": ("*", TIMES, TIMES),
        "deflate": ("/", TIMES, SIGN),
        "discount": ("*", TIMES, TIMES),
    }
    for operator, (sign, binding, right) in infix.items():
        excel(operator)(_infix(sign, binding, right))
    for row in OPERATORS.values():
        if row.function:
            excel(row.name)(_function(row.excel))


_register()
