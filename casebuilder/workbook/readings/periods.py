"""The Excel reading of what reads other periods of a line than the cell's own: lags, sums so far, years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from casebuilder.algebra.dimensions import TIME, time_of
from casebuilder.algebra.operator_table import OPERATORS
from casebuilder.algebra.terms import Call, Line, Named, Number, Term, walk
from casebuilder.errors import LayoutError
from casebuilder.workbook.layout.addresses import COUNT_ROW, MONTHS, NUMBER_ROW, YEAR_ROW
from casebuilder.workbook.readings.excel import (
    ADD,
    ATOM,
    TIMES,
    NotAlignedError,
    Reading,
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


def _row(call: Call, place: Place) -> str:
    named = call.arguments[0]
    if not isinstance(named, Named):
        raise LayoutError(f"{call.operator} takes a line or an input alone")
    text = whole_row(place.layout.problem.resolve(named), place)
    if text is None:
        raise LayoutError(f"{call.operator} of a combination that does not exist")
    return text


def of_a_row(operator: str, nothing: str = "0") -> Callable[[Reading], Reading]:
    """Register the reading of an operator over the whole row of its first argument.

    A line that is held to nought has no row for some members: what is read of it there is `nothing`.
    """

    def register(reading: Reading) -> Reading:
        def with_nothing(call: Call, place: Place) -> Text:
            named = call.arguments[0]
            line = place.layout.problem.resolve(named) if isinstance(named, Named) else named
            if (
                isinstance(line, Line)
                and line.held is not None
                and row_for(line, place, place.members) is None
            ):
                return nothing, ATOM
            return reading(call, place)

        excel(operator)(with_nothing)
        return reading

    return register


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


@of_a_row("lagged")
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


@of_a_row("recurring")
def _recurring(call: Call, place: Place) -> Text:
    numbers, own = period_numbers(place, place.kind, NUMBER_ROW), f"{OWN}${NUMBER_ROW}"
    gap = f"MAX(1,{_periods(call.arguments[1], place)})"
    back = f"({own}-{numbers})"  # INT, since IronCalc has no MOD of a row
    return f"SUMPRODUCT((INT({back}/{gap})*{gap}={back})*({numbers}<={own})*{_row(call, place)})", ATOM


@of_a_row("cumulative")
def _cumulative(call: Call, place: Place) -> Text:
    return f"SUM({_row_so_far(call, place)})", ATOM


def _row_so_far(call: Call, place: Place) -> str:
    """The periods of a line from the first to the cell's own."""
    named = place.layout.problem.resolve(call.arguments[0])  # type: ignore[arg-type]
    first = _row(call, place).partition(":")[0]
    return f"{first}:{columns_of(named, place)}{row_for(named, place, place.members)}"


@of_a_row("window_total")
def _window_total(call: Call, place: Place) -> Text:
    """From the first period to the cell's own, those whose number is within the length."""
    numbers = period_numbers(place, place.kind, NUMBER_ROW).partition(":")[0]
    own, length = f"{OWN}${NUMBER_ROW}", _periods(call.arguments[1], place)
    text = f'SUMIFS({_row_so_far(call, place)},{numbers}:{own},">"&{own}{_back(call.arguments[1], place)})'
    return _with_errors_of(length, call, place, text)


@of_a_row("first_period", '""')
def _first_period(call: Call, place: Place) -> Text:
    """Empty where the row holds no 1; SUM, unlike IFERROR, lets an error through."""
    after, row = call.arguments[1], _row(call, place)
    match = f"MATCH(1,{row},0)"
    if not (isinstance(after, Number) and after.value == 0):
        match += f"-{inside(after, place, TIMES)}"
    return f'IF(SUM({row})=0,"",{match})', ATOM


@of_a_row("per_year")
def _per_year(call: Call, place: Place) -> Text:
    term, how = call.arguments[0], call.settings["how"]
    own = f"{OWN}${NUMBER_ROW}"
    years = period_numbers(place, MONTHS, YEAR_ROW)
    if not isinstance(term, Named):  # month by month what it says, of the months of the year
        if how != "sum":
            raise LayoutError(f"the {how} of a year takes a line or an input alone")
        within = replace(place, span=("month",), combinations=({},), whole=None)
        return f"SUMPRODUCT(({years}={own})*{inside(term, within, TIMES)})", ATOM
    row = _row(call, place)
    if how == "last":
        return f"({OWN}${COUNT_ROW}>0)*INDEX({row},{OWN}${YEAR_ROW})", TIMES
    total = f"SUMIFS({row},{years},{own})"
    if how == "sum":
        return total, ATOM
    return f"{total}/MAX(1,{OWN}${COUNT_ROW})", TIMES


@of_a_row("spread")
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
