"""Evaluate a case: every line, or only what some results need, for one draw or many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np

from casebuilder.algebra.order import Step, references
from casebuilder.algebra.terms import Input, Line, Named
from casebuilder.errors import CaseError
from casebuilder.evaluate.axes import DRAW, Array
from casebuilder.evaluate.missing import Missing, NoValue
from casebuilder.evaluate.numbers import Reading
from casebuilder.evaluate.problem import Problem
from casebuilder.evaluate.stepping import take_step

# So many draws are worth compiling for.
MANY = 128
# Draws at a time: at least so many, and more while the array of the largest line has no more cells than this.
_LEAST, _CELLS = 16, 200_000


@dataclass(frozen=True)
class Results:
    """The values of the lines asked for.

    `arrays` have the axes of `evaluate.axes`; `array` and `value` give them as people ask. A line
    that cannot be worked out holds NaN, and so does all that needs it; `no_values` are where that begins,
    `options_without` the options in which there are any.
    """

    problem: Problem
    arrays: Mapping[Line, Array]
    openings: Mapping[Line, Array]
    no_values: tuple[NoValue, ...] = ()
    options_without: frozenset[str] = frozenset()

    def require(self) -> None:
        """Refuse results in which a line has no value where it must have one.

        Raises
        ------
        CaseError
            There is one; each that everything else hangs on is named with its members and option.
        """
        if self.no_values:
            raise CaseError("\n".join(map(str, self.no_values)))

    def array(self, line: Line) -> Array:
        """Values by draw, option and the line's dimensions in order, at full size."""
        return self.problem.axes.plain(self.arrays[line], line.over)

    def opening(self, line: Line) -> Array:
        """Opening values by draw, option and the line's dimensions without time."""
        return self.problem.axes.plain(self.openings[line], line.over[:-1])

    def value(self, key: str, option: str, members: Sequence[str] = ()) -> float | None:
        """One value of the first draw; None where it is empty.

        `members` are in the order of the line's dimensions, the period last.
        """
        frame, line = self.problem.frame, self.problem.by_key[key]
        place = [frame.positions[d][m] for d, m in zip(line.over, members, strict=True)]
        value = float(self.array(line)[(0, frame.option_ids.index(option), *place)])
        return None if np.isnan(value) else value


def draws_at_a_time(problem: Problem) -> int:
    """How many draws to take at a time, so that arrays stay in the cache and calls are few.

    Parameters
    ----------
    problem
        The case; the larger its lines, the fewer.
    """
    frame = problem.frame
    largest = max((prod(len(frame.ids(d)) for d in line.over) for line in problem.lines), default=1)
    return min(MANY, max(_LEAST, _CELLS // max(1, largest * len(frame.options))))


def evaluate(
    problem: Problem,
    wanted: Iterable[Line] | None = None,
    samples: Mapping[Input, Array] | None = None,
    chunk: int | None = None,
    given: Mapping[Line, Array] | None = None,
    partial: bool = False,
    opened: Mapping[Line, Array] | None = None,
) -> Results:
    """Evaluate lines; without `wanted`, all of them.

    Parameters
    ----------
    problem
        The case.
    wanted
        The lines whose values are kept; what none of them needs is dropped.
    samples
        For some inputs, values with a draws axis, in the axes of `evaluate.axes`.
    chunk
        How many draws are taken at a time, by the formulas as they are written; by default many draws are
        compiled (`evaluate.compiled`).
    given
        Values of lines that are taken as they are; what only they need is not worked out.
    partial
        Whether a line that cannot be worked out is carried as NaN and named in the results.
    opened
        Opening values of lines that are given.

    Raises
    ------
    CaseError
        Unless `partial`: a line that must have a value has none (a division by 0); line, members and
        option are named.
    """
    lines = tuple(problem.lines if wanted is None else wanted)
    given = given or {}
    steps = problem.steps_for(lines, given)
    samples = samples or {}
    draws = max([x.shape[DRAW] for x in samples.values()], default=1)
    if draws >= MANY and chunk is None and not given and not opened:
        from casebuilder.evaluate.compiled.team import Team  # which evaluates what no draw changes

        results = Team(problem, lines, samples).run(samples)
        if not partial:
            results.require()
        return results
    if chunk is None:
        chunk = _LEAST if draws <= _LEAST else draws_at_a_time(problem)
    runner = _Run(problem, steps, set(lines), given, opened or {})
    if draws <= chunk:
        results = runner(samples)
        if not partial:
            results.require()
        return results
    parts = [
        runner({i: x[s : s + chunk] if x.shape[DRAW] > 1 else x for i, x in samples.items()})
        for s in range(0, draws, chunk)
    ]
    results = joined(parts)
    if not partial:
        results.require()
    return results


def joined(parts: Sequence[Results]) -> Results:
    """The results of several runs of draws of one case, one after the other."""
    first = parts[0]
    arrays = {line: _in_a_row([part.arrays[line] for part in parts]) for line in first.arrays}
    openings = {line: _in_a_row([part.openings[line] for part in parts]) for line in first.openings}
    missing = {each.key: each for part in reversed(parts) for each in reversed(part.no_values)}
    without = frozenset[str]().union(*(part.options_without for part in parts))
    return Results(first.problem, arrays, openings, tuple(missing.values()), without)


def _in_a_row(parts: Sequence[Array]) -> Array:
    if all(part.shape[DRAW] == 1 for part in parts):
        return parts[0]
    return np.concatenate(parts, axis=DRAW)


class _Run:
    """One pass over the steps; keeps what does not change from chunk to chunk."""

    def __init__(
        self,
        problem: Problem,
        steps: Sequence[Step],
        wanted: set[Line],
        given: Mapping[Line, Array],
        opened: Mapping[Line, Array],
    ) -> None:
        self.problem, self.steps, self.wanted, self.given, self.opened = problem, steps, wanted, given, opened
        self.axes = problem.axes
        self.fixed = problem.input_arrays
        self.same_key: dict[str, list[Input]] = {}
        for item in self.fixed:
            self.same_key.setdefault(item.key, []).append(item)
        self.freed: dict[int, list[Line]] = {}
        for line, number in _last_uses(tuple(steps), tuple(problem.rebased.items())).items():
            if line not in wanted:
                self.freed.setdefault(number, []).append(line)

    def __call__(self, samples: Mapping[Input, Array]) -> Results:
        arrays: dict[Named, Array] = {}
        for known in (self.fixed, samples, self.given):
            arrays.update((named, array) for named, array in known.items())
        for item, array in samples.items():  # a price is sampled as quoted, then rebased
            arrays.update(dict.fromkeys(self.same_key[item.key], array))
        openings = dict(self.opened)
        reading = Reading(self.axes, arrays, openings, self.problem.resolve)
        missing = Missing(self.problem, self.axes)
        with np.errstate(all="ignore", over="call", divide="call", call=reading.notice):
            for number, step in enumerate(self.steps):
                take_step(self.problem, step, reading, arrays, openings)
                missing.look(step, arrays, openings, infinite=reading.infinite)
                for line in self.freed.get(number, ()):
                    arrays.pop(line, None)
        kept = {line: arrays[line] for line in self.wanted}
        opened = {k: v for k, v in openings.items() if k in self.wanted}
        return Results(self.problem, kept, opened, tuple(missing.found), frozenset(missing.options))


# A case with other values has the same steps.
@lru_cache(maxsize=16)
def _last_uses(steps: tuple[Step, ...], rebased: tuple[tuple[Input, Line], ...]) -> dict[Line, int]:
    """The number of the last step that needs each line, itself among them."""
    read_as = dict[Named, Line](rebased)
    found: dict[Line, int] = {}
    for number, step in enumerate(steps):
        for line in step.lines:
            found[line] = max(found.get(line, 0), number)
            for named, _ in references(line):
                needs = named if isinstance(named, Line) else read_as.get(named)
                if needs is not None:
                    found[needs] = number
    return found
