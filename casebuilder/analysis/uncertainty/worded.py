"""A place on the path of an input in words: what its values become, how many they are, and what together."""

from __future__ import annotations

import math

from casebuilder.algebra.terms import Input
from casebuilder.analysis.uncertainty.ends import layers
from casebuilder.analysis.uncertainty.why.paths import FACTOR, Path
from casebuilder.inputs.values import InputValues
from casebuilder.units import PRICES, Unit, unit_or_plain, unit_words

# What there is of something in each of these is a part of what there is in all of them together.
_PARTS = ("fund", "site", "provider", "place", "test", "month", "year")
_PERIODS = ("month", "year")
_TIMES = ("minute", "hour", "day", "week", *_PERIODS)


def told(path: Path, position: float, option: str) -> str:
    """A place in words: its unit, how many values take it, and what they come to where they add up.

    Parameters
    ----------
    path
        How the input moves.
    position
        Where on it.
    option
        Of which values are added up.
    """
    unit, after = path.item.unit, path.at(position)
    amounts = [
        (float(old.amount), float(new.amount))
        for (_, olds), (_, news) in zip(layers(path.given), layers(after), strict=True)
        for old, new in zip(olds.values(), news.values(), strict=True)
        if path.moves(old)
    ]
    count = len(amounts)
    if len(set(amounts)) == 1:
        said = _from_to(*amounts[0], unit)
        if count == 1:
            return said
        said = f"each of {count:,} values {said}"
    elif path.how == FACTOR:
        said = f"all {count:,} times {1 + position:.3g}"
    else:
        said = f"all {count:,}, {abs(position):.0%} of the way to {'high' if position > 0 else 'low'}"
    of_all = unit_of_all(path.item)
    if of_all is None:
        return said
    return f"{said}; together {_from_to(_all(path.given, option), _all(after, option), str(of_all))}"


def unit_of_all(item: Input) -> Unit | None:
    """The unit of all values of an input together; None where they do not add up.

    How much there is of something adds up over funds, sites, trusts, places and tests, and over periods what
    is given for a period of them. Rates, shares, prices and times do not.
    """
    unit = unit_or_plain(item.unit)
    up = [atom for atom, power in unit.powers if power > 0]
    down = [atom for atom, power in unit.powers if power < 0]
    much = len(up) == 1 and up[0] not in _TIMES and unit.of(up[0]) == 1
    if not much or not item.over or any(atom not in _TIMES for atom in down):
        return None
    if any(dimension not in _PARTS for dimension in item.over):
        return None
    for period in (dimension for dimension in item.over if dimension in _PERIODS):
        if unit.of(period) != -1:
            return None
        unit = unit * Unit(((period, 1),))
    return unit


def _all(given: InputValues, option: str) -> float:
    """What the values of an option come to, its own in place of the base case's."""
    values = {**given.base, **given.options.get(option, {})}
    return math.fsum(float(value.amount) for value in values.values())


def _from_to(before: float, after: float, unit: str) -> str:
    money = any(unit_or_plain(unit).of(prices) > 0 for prices in PRICES)
    one, other = (_money(amount) if money else _number(amount) for amount in (before, after))
    return f"{one} to {other}{unit_words(unit)}"


def _number(amount: float) -> str:
    """A number as people read it: six digits are enough to tell it."""
    return f"{amount:,.6g}" if abs(amount) < 1e6 else f"{amount:,.0f}"


def _money(amount: float) -> str:
    """Pounds; pence where there are few pounds."""
    size = abs(amount)
    text = f"{size:,.0f}" if size >= 1_000 or size == round(size) else f"{size:,.2f}"
    if 0 < size < 0.1:
        text = f"{size:.3g}"
    return f"{'-' if amount < 0 else ''}£{text}"
