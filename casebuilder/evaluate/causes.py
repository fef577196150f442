"""The values that a breached check rests on, each with the place where it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.assumed.amounts import FLAG
from casebuilder.inputs.assumed.overlay import SET
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.values import InputValues, Members, Value

# How far a check must differ from 0 to be breached; checks count, so that a half tells 0 from 1.
_BREACHED = 0.5
# Beyond this many steps from the check, an input explains little.
_DEEPEST = 8
# The allowances for rounding, which every check of a sum reads and which are seldom the cause.
_ALLOWANCES = "checks"


@dataclass(frozen=True)
class Cause:
    """One value, or several typed on one line, that a breach rests on.

    Attributes
    ----------
    key
        As `--set` takes it: `capital.phasing[paddington,2022/23]`.
    amount
        The value; `more` others stand on the same line of the file.
    place
        Where it was typed.
    """

    key: str
    amount: float | str
    place: Place
    more: int = 0

    def __str__(self) -> str:
        """The key and its value, in few words."""
        value = self.amount if isinstance(self.amount, str) else f"{self.amount:,.10g}"
        others = f" and {self.more} more on that line" if self.more else ""
        return f"{self.key} = {value}{others}"


@dataclass(frozen=True)
class Breach:
    """The first place where a check is breached: the option, and the member of each dimension."""

    option: str
    members: Mapping[str, str]


def first_breach(results: Results, check: Check) -> Breach | None:
    """Where a check is first breached, or has no value; None where it holds everywhere."""
    axes = results.problem.axes
    x = axes.plain(axes.existing(axes.widen(results.arrays[check], check.over), check.over), check.over)[0]
    at = np.argwhere(np.isnan(x) | (np.nan_to_num(x) > _BREACHED))
    if not len(at):
        return None
    frame = results.problem.frame
    option, *places = at[0].tolist()
    return Breach(
        frame.option_ids[option],
        {d: frame.ids(d)[place] for d, place in zip(check.over, places, strict=True)},
    )


def causes(results: Results, check: Check, most: int = 3) -> list[Cause]:
    """The nearest values behind a breach; none where the check holds or rests on nothing that was typed.

    Parameters
    ----------
    results
        The values of every line.
    check
        A check that some option breaches, or that cannot be worked out.
    most
        How many are given at most.
    """
    breach = first_breach(results, check)
    return [] if breach is None else causes_of(results.problem, check, breach, most)


def causes_of(problem: Problem, line: Line, breach: Breach, most: int = 3) -> list[Cause]:
    """The nearest values that a line rests on at one place: what was set, the case's own, then others."""
    found = [cause for item in nearest_inputs(problem, line) for cause in _typed(problem, item, breach)]
    case = str(problem.inputs.info.folder)

    def distance(cause: Cause) -> int:
        file = cause.place.file
        return 0 if file == SET else 1 if file.startswith(case) else 2

    return sorted(found, key=distance)[:most]


def nearest_inputs(problem: Problem, check: Line) -> list[Input]:
    """The inputs in the fewest steps from a line, and those a step farther.

    A flag that only switches a check comes after the values it is about, allowances for rounding last.
    """
    level, met = [check], {check}
    meant: list[Input] = []
    allowances: list[Input] = []
    for _ in range(_DEEPEST):
        nearer = bool(meant)
        found: dict[Input, None] = {}
        below: dict[Line, None] = {}
        for line in level:
            for item in problem.inputs_of(line):
                found[problem.inputs_by_key.get(item.key, item)] = None
            below.update((named, None) for named in problem.sources_of(line) if isinstance(named, Line))
        allowances += [item for item in found if item.chapter == _ALLOWANCES and item not in allowances]
        meant += [item for item in found if item.chapter != _ALLOWANCES and item not in meant]
        level = [line for line in below if line not in met]
        met.update(level)
        if nearer or not level:
            break
    return sorted(meant, key=lambda item: item.unit == FLAG) + allowances


def _typed(problem: Problem, item: Input, breach: Breach) -> Iterator[Cause]:
    """The values of an input that belong to a breach, one for each line of a file."""
    given = problem.inputs.values[item.key]
    lines: dict[tuple[str, int], list[tuple[Members, Value]]] = {}
    for members in given.base:
        if any(breach.members.get(d, m) != m for d, m in zip(item.over, members, strict=True)):
            continue
        value = _holding(given, breach.option, members)
        if value.place is not None:
            lines.setdefault((value.place.file, value.place.line), []).append((members, value))
    for values in lines.values():
        members, value = values[0]
        assert value.place is not None
        key = f"{item.key}[{','.join(members)}]" if members else item.key
        if members in given.options.get(breach.option, {}):
            key = f"{breach.option}:{key}"
        yield Cause(key, value.amount, value.place, len(values) - 1)


def _holding(given: InputValues, option: str, members: Members) -> Value:
    return given.options.get(option, {}).get(members, given.base[members])
