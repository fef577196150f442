"""Inputs at the ends of their ranges: which can vary, and their values at the low and the high end.

An input varies as a whole: every value that has a range goes to its low end, or to its high end, those of the
base case and an option's own together. A value without a range stays where it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from casebuilder.algebra.terms import Input
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.assumed.amounts import wrong_with
from casebuilder.inputs.assumed.rows import row_faults
from casebuilder.inputs.files.scalars import rounded, shown
from casebuilder.inputs.values import UNVERIFIED, InputValues, Members, Value

LOW, HIGH = 0, 1
ENDS = (LOW, HIGH)
NO_RANGE = "has no range"
NOT_ALLOWED = "at the end of its range it would be refused"


@dataclass(frozen=True)
class Varied:
    """An input whose values have ranges.

    Attributes
    ----------
    item
        The input.
    ends
        Its values with all that have a range at the low end, and at the high end.
    values, unverified
        How many of its values have a range, and how many of these are unverified.
    state
        `unverified` where one of these is, else the state of the first of them.
    amounts
        The value as the case has it, at the low and at the high end; empty where several values vary.
    decided
        Whether all of them are decisions, of which none is drawn.
    """

    item: Input
    ends: tuple[InputValues, InputValues]
    values: int
    unverified: int
    state: str
    amounts: tuple[float, ...]
    decided: bool = False


@dataclass(frozen=True)
class NotVaried:
    """An input that is unverified and cannot be varied, and why."""

    item: Input
    why: str


def layers(given: InputValues) -> Iterator[tuple[str | None, Mapping[Members, Value]]]:
    """The values of the base case, then those of each option's own."""
    yield None, given.base
    yield from given.options.items()


def inputs_in_use(problem: Problem) -> dict[str, InputValues]:
    """The values of each input that a line uses, by key: a rebased price stands among them once."""
    return {item.key: given for item, given in reversed(tuple(problem.values.items()))}


def varied(problem: Problem) -> tuple[list[Varied], list[NotVaried]]:
    """The inputs that vary, and the unverified ones that do not, in the order of the model."""
    found: list[Varied] = []
    without: list[NotVaried] = []
    used = inputs_in_use(problem)
    for key in dict.fromkeys(item.key for item in problem.values):
        given = used[key]
        item = problem.inputs_by_key[key]
        states = [
            given.origin(option, members).state
            for option, values in layers(given)
            for members, value in values.items()
            if has_range(value)
        ]
        ends = tuple(_at(given, end) for end in ENDS)
        if states and all(allowed(problem, each) for each in ends):
            unverified = states.count(UNVERIFIED)
            state = UNVERIFIED if unverified else states[0]
            amounts = _amounts(given, ends) if len(states) == 1 else ()
            decided = not any(problem.inputs.uncertainty.draws(key, each) for each in states)
            both = ends[LOW], ends[HIGH]
            found.append(Varied(item, both, len(states), unverified, state, amounts, decided))
        elif states:
            without.append(NotVaried(item, NOT_ALLOWED))
        elif _is_unverified(given):
            without.append(NotVaried(item, NO_RANGE))
    return found, without


def sets(given: InputValues, end: InputValues) -> list[str]:
    """An end as `--set` takes it: every value that is not as the case has it."""
    found: list[str] = []
    for option, values in layers(end):
        before = given.base if option is None else given.options[option]
        for members, value in values.items():
            if value.amount != before[members].amount:
                place = f"[{','.join(members)}]" if members else ""
                amount = value.amount if isinstance(value.amount, str) else shown(value.amount)
                found.append(f"{f'{option}:' if option else ''}{given.input.key}{place}={amount}")
    return found


def _amounts(given: InputValues, ends: Iterable[InputValues]) -> tuple[float, ...]:
    """The one value that varies, as the case has it and at each end."""
    option, members = next(
        (option, members)
        for option, values in layers(given)
        for members, value in values.items()
        if has_range(value)
    )
    each = (dict(layers(one))[option][members].amount for one in (given, *ends))
    return tuple(float(amount) for amount in each)


def has_range(value: Value) -> bool:
    """Whether a value has a range that is more than the value itself."""
    return value.low is not None and value.high is not None and value.low < value.high


def _is_unverified(given: InputValues) -> bool:
    """Whether any value of an input is unverified."""
    return any(
        given.origin(option, members).state == UNVERIFIED
        for option, values in layers(given)
        for members in values
    )


def _at(given: InputValues, end: int) -> InputValues:
    """All values that have a range at one end of it."""

    def moved(value: Value) -> Value:
        if not has_range(value):
            return value
        amount = value.low if end == LOW else value.high
        assert amount is not None
        return replace(value, amount=whole(given.input, amount, end))

    base = {members: moved(value) for members, value in given.base.items()}
    options = {
        option: {members: moved(value) for members, value in own.items()}
        for option, own in given.options.items()
    }
    return replace(given, base=base, options=options)


def whole(item: Input, amount: float, end: int) -> float:
    """What can only be whole goes to the whole number within the range that is nearest to its end."""
    if not item.whole:
        return rounded(amount)
    return float(math.ceil(amount) if end == LOW else math.floor(amount))


def allowed(problem: Problem, given: InputValues) -> bool:
    """Whether reading a case would take the values: each within bounds, and rows that rise or hold some."""
    amounts = (value.amount for _, values in layers(given) for value in values.values())
    return not any(wrong_with(given.input, each) for each in set(amounts)) and not row_faults(
        given, problem.frame
    )
