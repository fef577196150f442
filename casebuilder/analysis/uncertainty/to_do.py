"""What is still to do, in the order of what it does: placeholders and copies moved, one at a time.

The values of one thing to do move together, and nothing else does: each over its range, or by a fifth either
way where it has none. Where these are all the values of an input that have a range, the effects are those of
the ranking of inputs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from casebuilder.algebra.terms import Input
from casebuilder.analysis.uncertainty.ends import (
    ENDS,
    HIGH,
    LOW,
    NOT_ALLOWED,
    Varied,
    allowed,
    has_range,
    inputs_in_use,
    whole,
)
from casebuilder.analysis.uncertainty.ranking import AFFORDABILITY, VALUE, Ranked, can_rank, move_each
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.notes import left_to_do
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.assumed.amounts import takes_range
from casebuilder.inputs.files.scalars import rounded
from casebuilder.inputs.values import InputValues, Members, ToDo, Value

# Either way, of a value that nobody gave a range.
SWING = 0.2
ASK, SURPLUS = AFFORDABILITY[:2]
RANGE, FIFTH, BOTH = "over its range", "by ±20 %", "range or ±20 %"
NO_NUMBER = "no number"
STILL = "nought, without a range"
NO_RANKING = "the case has no value to move"
BREAKS = "no case at either end: a check fails there"


@dataclass(frozen=True)
class Moved:
    """Something to do, and what it may do to the option put forward.

    Attributes
    ----------
    to_do
        What it is.
    value, ask, surplus
        The widest difference in net present social value, in what the system is asked for a year and in the
        surplus of a year in steady state (£): between the case and the ends that could be. None where it
        cannot be moved.
    how
        How it was moved, or why it was not.
    """

    to_do: ToDo
    value: float | None
    ask: float | None
    surplus: float | None
    how: str

    @property
    def a_year(self) -> float | None:
        """What of a year moves most, the ask or the surplus (£); None where neither can be moved."""
        return max((each for each in (self.ask, self.surplus) if each is not None), default=None)


def what_is_left(results: Results) -> list[Moved]:
    """What is still to do in a case: first what is first by value, by the ask or by the surplus, and so on.

    Who pays moves the surplus and no value, so that each has its own order: a thing stands where the best of
    its three places puts it, the larger effect on value first among equals. What does nothing, or cannot be
    moved, comes after, in the order of the model, then of the case's files.

    Parameters
    ----------
    results
        The values of every line.
    """
    every = left_to_do(results.problem)
    if not every:
        return []
    values = inputs_in_use(results.problem)
    ends = [_ends(results.problem, values.get(each.key), each) for each in every]
    if can_rank(results):
        varied = [each.varied for each in ends if each.varied is not None]
        ranked = iter(move_each(results, varied))
        found = [
            _moved(to_do, each.how, next(ranked) if each.varied is not None else None)
            for to_do, each in zip(every, ends, strict=True)
        ]
    else:
        found = [
            Moved(to_do, None, None, None, NO_RANKING if each.varied is not None else each.how)
            for to_do, each in zip(every, ends, strict=True)
        ]
    places = [_places([getattr(each, name) or 0.0 for each in found]) for name in ("value", "ask", "surplus")]
    best = [min(of_one) for of_one in zip(*places, strict=True)]
    return [
        found[at] for at in sorted(range(len(found)), key=lambda at: (best[at], -(found[at].value or 0.0)))
    ]


def _places(effects: list[float]) -> list[int]:
    """The place of each effect, the largest first; those that are nothing all come last."""
    in_order = sorted(filter(None, effects), reverse=True)
    return [in_order.index(each) if each else len(effects) for each in effects]


@dataclass(frozen=True)
class _Ends:
    """How something to do is moved; no ends where it is not."""

    how: str
    varied: Varied | None = None


def _moved(to_do: ToDo, how: str, ranked: Ranked | None) -> Moved:
    if ranked is None:
        return Moved(to_do, None, None, None, how)
    if not any(end.stands for end in ranked.ends):
        return Moved(to_do, None, None, None, BREAKS)
    effects = ranked.effects
    return Moved(to_do, effects[VALUE], effects.get(ASK), effects.get(SURPLUS), how)


def _ends(problem: Problem, given: InputValues | None, to_do: ToDo) -> _Ends:
    """The input with the values of one thing to do at the low and at the high end."""
    if given is None:
        return _Ends("")
    if not takes_range(given.input):
        return _Ends(NO_NUMBER)
    own = given.base if to_do.option is None else given.options[to_do.option]
    values = {members: own[members] for members in to_do.values}
    ranged = [members for members, value in values.items() if has_range(value)]
    ends = {end: {m: _at(given.input, value, end) for m, value in values.items()} for end in ENDS}
    if ends[LOW] == ends[HIGH]:
        return _Ends(STILL)
    low, high = (_with(given, to_do.option, ends[end]) for end in ENDS)
    if not (allowed(problem, low) and allowed(problem, high)):
        return _Ends(NOT_ALLOWED)
    how = RANGE if len(ranged) == len(values) else BOTH if ranged else FIFTH
    state = given.origin(to_do.option, to_do.values[0]).state
    return _Ends(how, Varied(given.input, (low, high), len(values), 0, state, ()))


def _with(given: InputValues, option: str | None, values: Mapping[Members, Value]) -> InputValues:
    if option is None:
        return replace(given, base={**given.base, **values})
    return replace(given, options={**given.options, option: {**given.options[option], **values}})


def _at(item: Input, value: Value, end: int) -> Value:
    """A value at one end of its range, or a fifth below or above, within the bounds of its input."""
    if has_range(value):
        amount = value.low if end == LOW else value.high
        assert amount is not None
        return replace(value, amount=whole(item, amount, end))
    before = float(value.amount)
    apart = abs(before) * SWING * (-1 if end == LOW else 1)
    amount = before + apart
    if item.whole:
        # Outwards, so that one room becomes none or two.
        amount = float(math.floor(amount) if end == LOW else math.ceil(amount))
    if end == LOW and item.low is not None and amount <= item.low:
        amount = (before + item.low) / 2 if item.low_open else item.low
    if end == HIGH and item.high is not None and amount >= item.high:
        amount = (before + item.high) / 2 if item.high_open else item.high
    return replace(value, amount=rounded(amount))
