"""The Excel reading: the text of each operator, with marks for the column (see `references`).

Only functions that Excel 2016, LibreOffice and IronCalc share are used, none volatile.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.dimensions import BASELINE, OPTION, TIME, without_time
from casebuilder.algebra.emptiness import empty_before_a_gap
from casebuilder.algebra.member_rows import for_row
from casebuilder.algebra.operator_table import OPERATORS
from casebuilder.algebra.terms import Call, Number, Term, walk, without_ones
from casebuilder.errors import LayoutError
from casebuilder.workbook.readings import periods, probability, rates, sums, tables
from casebuilder.workbook.readings.excel import (
    ADD,
    ATOM,
    EXCEL_READINGS,
    POWER,
    SIGN,
    TIMES,
    NotAlignedError,
    Text,
    beside_nought,
    excel,
    inside,
    plain,
    read,
    whole,
)
from casebuilder.workbook.readings.references import (
    Place,
)

__all__ = [
    "EXCEL_READINGS",
    "NotAlignedError",
    "formula",
    "periods",
    "probability",
    "rates",
    "sums",
    "tables",
]


# A sum of ranges alone.
_SUM = re.compile(r"SUM\(([^()]*)\)")


def formula(term: Term, place: Place) -> str:
    """A formula's text without the equals sign, with marks for columns, however long it is.

    Raises
    ------
    LayoutError
        No one formula says it: the message says which line must be written first.
    """
    own = for_row(term, place.members)
    return read(own, replace(place, whole=own))[0]


def _infix(sign: str, binding: int, right: int) -> Callable[[Call, Place], Text]:
    def reading(call: Call, place: Place) -> Text:
        term = without_ones(call)
        if term is not call:
            return read(term, place)
        a, b = call.arguments
        if sign == "*" and place.span:  # a test of ranges is a number once it is multiplied
            return f"{_factor(a, place)}*{_factor(b, place)}", binding
        return f"{inside(a, place, binding)}{sign}{inside(b, place, right)}", binding

    return reading


def _factor(term: Term, place: Place) -> str:
    test = isinstance(term, Call) and term.operator == "above"
    return _condition(term, place) if test else inside(term, place, TIMES)


def _add(call: Call, place: Place) -> Text:
    """A sum, without what is nothing: a row that a line has none of; two sums of ranges are one."""
    parts = [read(argument, place) for argument in call.arguments]
    said = [part for part in parts if part[0] != "0"] or parts[:1]
    if len(said) == 1:
        return said[0]
    ranges = [match[1] for text, _ in said if (match := _SUM.fullmatch(text))]
    if len(ranges) == len(said):
        return f"SUM({','.join(ranges)})", ATOM
    return "+".join(text for text, _ in said), ADD


def _subtract(call: Call, place: Place) -> Text:
    """A gap; empty where the line it is measured from is, which a report may be."""
    a, b = call.arguments
    if empty_before_a_gap(call) is None:
        return _infix("-", ADD, TIMES)(call, place)
    own = plain(a, place)
    return f'IF({own}="","",{own}-{inside(b, place, TIMES)})', ATOM


def _function(name: str, test: str = "") -> Callable[[Call, Place], Text]:
    """One function of the arguments; on a range set against nought its cells times a test of them."""

    def reading(call: Call, place: Place) -> Text:
        if place.span and (term := beside_nought(call)) is not None:
            text = inside(term, place, TIMES)
            return f"({text}{test}0)*{text}", TIMES
        if test == ">" and (gap := _gap_beside_nought(call)) is not None:
            return _gap_above_nought(gap, place), ATOM
        return f"{name}({','.join(_argument(a, place) for a in call.arguments)})", ATOM

    return reading


def _argument(term: Term, place: Place) -> str:
    """An argument's text; within a sum a range is calculated with, or IronCalc takes one cell of it alone."""
    text, own = read(term, place)
    bare = own in (ATOM, SIGN) and not text.endswith(")")
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
    if place.span:
        return f"1*{_condition(call, place)}", TIMES
    return f"IF({_condition(call, place)},1,0)", ATOM


def _condition(term: Term, place: Place) -> str:
    """A test: of the difference rounded; on ranges, which ROUND does not take, of half a billionth.

    Whole numbers, which differ by one or by nothing, stand beside each other as they are.
    """
    if not (isinstance(term, Call) and term.operator == "above"):
        return f"({inside(term, place, ADD)}<>0)" if place.span else f"{inside(term, place, ADD)}<>0"
    a, b = term.arguments
    if whole(a, place) and whole(b, place):
        text = f"{inside(a, place, ADD)}>{inside(b, place, ADD)}"
        return f"({text})" if place.span else text
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
    tests: dict[str, list[str]] = {}
    for member, case in zip(call.settings["members"], cases, strict=True):
        tests.setdefault(plain(case, place), []).append(f'{word}="{member}"')
    if len(tests) > 1:
        tests.pop("0", None)  # as what none of the words is
    text = "0"
    for said, alike in reversed(tests.items()):
        test = alike[0] if len(alike) == 1 else f"OR({','.join(alike)})"
        text = f"IF({test},{said},{text})"
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
    gap, size = _gap(call, place)
    return f"IF(ABS({gap})<=1E-9*ABS({size}),0,{gap})", ATOM


def _gap(call: Call, place: Place) -> tuple[str, str]:
    a, b = call.arguments
    gap = f"{inside(a, place, ADD)}-{inside(b, place, TIMES)}"
    return gap, min(plain(b, place), plain(a, place), key=len)


def _gap_beside_nought(call: Call) -> Call | None:
    """The difference of which the greater of it and nought is taken; None for others."""
    gap, *others = call.arguments
    nought = len(others) == 1 and isinstance(others[0], Number) and others[0].value == 0
    return gap if nought and isinstance(gap, Call) and gap.operator == "difference" else None


def _gap_above_nought(call: Call, place: Place) -> str:
    """The gap where it is more than a billionth of the one or the other, else 0."""
    gap, size = _gap(call, place)
    return f"IF({gap}<=1E-9*ABS({size}),0,{gap})"


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


@excel("step")
def _step(call: Call, place: Place) -> Text:
    return read(call.arguments[0], place)


def _register() -> None:
    """The readings that are one sign or one function."""
    infix = {
        "multiply": ("*", TIMES, TIMES),
        "divide": ("/", TIMES, SIGN),
        "inflate": ("*", TIMES, TIMES),
        "deflate": ("/", TIMES, SIGN),
        "discount": ("*", TIMES, TIMES),
    }
    for operator, (sign, binding, right) in infix.items():
        excel(operator)(_infix(sign, binding, right))
    excel("add")(_add)
    excel("subtract")(_subtract)
    for row in OPERATORS.values():
        if row.function:
            excel(row.name)(_function(row.excel, row.beside_nought))


_register()
