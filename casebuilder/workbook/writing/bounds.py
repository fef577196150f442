"""What a page shows where a figure says nothing: a share or a wait of something that is next to nothing.

A change of +407,631 % or a wait of −2,515 weeks is right as arithmetic and tells a board nothing but that it
was divided by almost nothing. From a bound on, the page says so in words; calculation sheets keep the number.
"""

from __future__ import annotations

import math

from casebuilder.units import PLAIN, UnknownUnitError, parse_unit

TENFOLD, BEYOND_TENFOLD = 10.0, "more than tenfold"
LONGEST_WEEKS = 104.0
LONGER, SHORTER, LONG = "over 2 years longer", "over 2 years shorter", "over 2 years"
BELOW_NOTHING = "–"


def bounded(text: str, value: float, unit: str, signed: bool) -> tuple[str, float | str]:
    """A cell's formula and value; in words where the figure is beyond what says anything.

    Parameters
    ----------
    text, value
        The formula, without the equals sign, and the engine's value.
    unit
        The unit shown.
    signed
        Whether it is a change, which may lie on both sides of nothing.
    """
    if unit == "share" and signed:
        words = within_tenfold(text)
        return _number_or(text, words), BEYOND_TENFOLD if abs(value) > TENFOLD else value
    if not _is_weeks(unit):
        return text, value
    if signed:
        longer, shorter, low = LONGER, SHORTER, -LONGEST_WEEKS
    else:  # a wait cannot be below nothing
        longer, shorter, low = LONG, BELOW_NOTHING, 0.0
    # MAX and MIN take the number of what CHOOSE points at, which IronCalc does not compare by itself.
    words = f'IF(MAX({text})>{LONGEST_WEEKS:g},"{longer}",IF(MIN({text})<{low:g},"{shorter}",{text}))'
    shown: float | str = longer if value > LONGEST_WEEKS else shorter if value < low else value
    return _number_or(text, words), value if math.isnan(value) else shown


def worded(text: str, value: float | str, none: str = "", above_one: str = "") -> tuple[str, float | str]:
    """A cell's formula and value; in words where it is 0, or above 1, and words are given for that.

    Parameters
    ----------
    text, value
        The formula, without the equals sign, and the value it stores.
    none, above_one
        The words.
    """
    words, shown = text, value
    if above_one:
        words = f'IF(MAX({text})>1,"{above_one}",{words})'
        shown = above_one if isinstance(value, float) and value > 1 else shown
    if none:
        words = f'IF(ABS({text})=0,"{none}",{words})'
        shown = none if value == 0 else shown
    return (text, value) if words == text else (_number_or(text, words), shown)


def change_of(unit: str) -> tuple[str, float]:
    """The unit that a change is shown in, and by what it is multiplied: a share changes by points."""
    return ("points", 100.0) if unit == "share" else (unit, 1.0)


def within_tenfold(text: str) -> str:
    """A share that is a number, in words beyond the bound."""
    return f'IF(ABS({text})>{TENFOLD:g},"{BEYOND_TENFOLD}",{text})'


def _number_or(text: str, words: str) -> str:
    """The words of a number; what is empty stays empty."""
    # COUNT, since IronCalc finds no number in what CHOOSE points at.
    return f"IF(COUNT({text})>0,{words},{text})"


def _is_weeks(unit: str) -> bool:
    if unit in PLAIN:
        return False
    try:
        return dict(parse_unit(unit).powers) == {"week": 1}
    except UnknownUnitError:
        return False


def is_above(cell: str, limit: float) -> str:
    """The rule that marks a change above a limit, in numbers or in words."""
    return f'=IF(ISNUMBER({cell}),{cell}>{limit:g},{cell}="{LONGER}")'


def weeks_pattern(pattern: str) -> str:
    """The number format of a constant in weeks that a page shows: words beyond the bound."""
    return f'[>{LONGEST_WEEKS:g}]"{LONG}";{pattern}'
