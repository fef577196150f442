"""The core of the Excel reading: text with brackets where they are needed, and its registry."""

from __future__ import annotations

from collections.abc import Callable

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.operator_table import ALWAYS, OF_ARGUMENTS, OF_CASES, OPERATORS
from casebuilder.algebra.terms import Call, Line, Named, Number, PeriodNumber, Term, without_ones
from casebuilder.errors import LayoutError
from casebuilder.workbook.layout.addresses import NUMBER_ROW, SHEET_OF_AXIS, YEAR_ROW
from casebuilder.workbook.readings.references import OWN, Place, cell, period_numbers, spanned

# How tightly an operator binds: a text of a lower number goes in brackets inside a higher one.
# A sign binds more tightly than a power: -2^2 is 4.
ADD, TIMES, POWER, SIGN, ATOM = 1, 2, 3, 4, 9
Text = tuple[str, int]
Reading = Callable[[Call, Place], Text]

EXCEL_READINGS: dict[str, Reading] = {}


class NotAlignedError(LayoutError):
    """Rows that do not lie side by side, or an operator that does not work on ranges."""


def excel(*operators: str) -> Callable[[Reading], Reading]:
    """Register the Excel reading of some operators."""

    def register(reading: Reading) -> Reading:
        EXCEL_READINGS.update(dict.fromkeys(operators, reading))
        return reading

    return register


def read(term: Term, place: Place) -> Text:
    """A term's text and how tightly it binds."""
    if isinstance(term, Number):
        return number(term.value)
    if isinstance(term, PeriodNumber):
        row = YEAR_ROW if term.kind == "year_of_month" else NUMBER_ROW
        if term.axis in place.span:
            return period_numbers(place, SHEET_OF_AXIS[term.axis], row), ATOM
        return f"{OWN}${row}", ATOM
    if isinstance(term, Named):
        named = place.layout.problem.resolve(term)
        if not place.span:
            return cell(named, place), ATOM
        text = spanned(named, place)
        if text is None:
            raise NotAlignedError(named.key)
        return text, ATOM
    if isinstance(term, Call):
        if place.span and not OPERATORS[term.operator].within_a_sum and beside_nought(term) is None:
            if any(dimension in place.span for dimension in dimensions_of(term)):
                raise NotAlignedError(term.operator)
            place = place.beside_the_span()  # one value for all that is added up
        return EXCEL_READINGS[term.operator](term, place)
    raise TypeError(term)


def beside_nought(call: Call) -> Term | None:
    """What the greater or the lesser of a line and nought is of, which ranges can say; None for others."""
    if not OPERATORS[call.operator].beside_nought or len(call.arguments) != 2:
        return None
    for one, other in (call.arguments, call.arguments[::-1]):
        bare = one.arguments[0] if isinstance(one, Call) and one.operator == "negate" else one
        if isinstance(bare, Named) and isinstance(other, Number) and other.value == 0:
            return one
    return None


def whole(term: Term, place: Place, assumed: frozenset[Line] = frozenset()) -> bool:
    """Whether a term is a whole number to the last digit, so that no formula need round it again.

    Lines that are rounded up are, tests, whole inputs (anything else in their cells is an unusable input),
    and what is added, multiplied or chosen from such numbers. A line that goes on from its own value of the
    period before (`assumed`) is one if it begins with one.
    """
    if isinstance(term, Number):
        return term.value == int(term.value)
    if isinstance(term, PeriodNumber) or term in assumed:
        return True
    if isinstance(term, Named):
        named = place.layout.problem.resolve(term)
        if not isinstance(named, Line):
            return getattr(named, "whole", False)
        given = [named.definition] if named.opening is None else [named.definition, named.opening]
        return all(whole(each, place, assumed | {named}) for each in given)
    assert isinstance(term, Call)
    kind = OPERATORS[term.operator].whole
    if kind == ALWAYS:
        return True
    if (alone := without_ones(term)) is not term:
        return whole(alone, place, assumed)
    kept = term.arguments[1:] if kind == OF_CASES else term.arguments
    return kind in (OF_ARGUMENTS, OF_CASES) and all(whole(each, place, assumed) for each in kept)


def number(value: float) -> Text:
    """A constant of arithmetic."""
    text = repr(int(value)) if value == int(value) else f"{value:.15g}"
    return text, ATOM if value >= 0 else SIGN


def inside(term: Term, place: Place, binding: int) -> str:
    """A term's text, in brackets if it binds less tightly than what it stands in."""
    text, own = read(term, place)
    return text if own >= binding else f"({text})"


def plain(term: Term, place: Place) -> str:
    """A term's text where nothing binds it: inside a function's brackets."""
    return read(term, place)[0]
