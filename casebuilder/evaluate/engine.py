"""Evaluate a case: every line, or only what some results need, for one draw or many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.algebra.derive import may_be_empty
from casebuilder.algebra.order import Step
from casebuilder.algebra.terms import Call, Input, Line, Named, Term, walk
from casebuilder.errors import CaseError
from casebuilder.evaluate.axes import AXIS, DRAW, OPTION_AXIS, Array, Axes, time_axis_of
from casebuilder.evaluate.numbers import Reading
from casebuilder.evaluate.problem import Problem

# Draws at a time: so that the arrays of a monthly line over trusts and tests stay in the cache.
CHUNK = 16


@dataclass(frozen=True)
class Results:
    """The values of the lines asked for.

    `arrays` have the axes of `evaluate.axes`; `array` and `value` give them as people ask.
    """

    problem: Problem
    arrays: Mapping[Line, Array]
    openings: Mapping[Line, Array]

    def array(self, line: Line) -> Array:
        """Values by draw, option and the line's dimensions in order, at full size."""
        return Axes(self.problem.frame).plain(self.arrays[line], line.over)

    def opening(self, line: Line) -> Array:
        """Opening values by draw, option and the line's dimensions without time."""
        return Axes(self.problem.frame).plain(self.openings[line], line.over[:-1])

    def value(self, key: str, option: str, members: Sequence[str] = ()) -> float | None:
        """One value of the first draw; None where it is empty.

        `members` are in the order of the line's dimensions, the period last.
        """
        frame, line = self.problem.frame, self.problem.by_key[key]
        place = [frame.positions[d][m] for d, m in zip(line.over, members, strict=True)]
        value = float(self.array(line)[(0, frame.option_ids.index(option), *place)])
        return None if np.isnan(value) else value


def evaluate(
    problem: Problem,
    wanted: Iterable[Line] | None = None,
    samples: Mapping[Input, Array] | None = None,
    chunk: int = CHUNK,
    given: Mapping[Line, Array] | None = None,
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
        How many draws are taken at a time.
    given
        Values of lines that are taken as they are; what only they need is not worked out.

    Raises
    ------
    CaseError
        A line that must have a value has none (a division by 0); line and member are named.
    """
    lines = tuple(problem.lines if wanted is None else wanted)
    given = given or {}
    steps = problem.steps_for(lines, given)
    samples = samples or {}
    draws = max([x.shape[DRAW] for x in samples.values()], default=1)
    runner = _Run(problem, steps, set(lines), given)
    if draws <= chunk:
        return runner(samples)
    parts = [
        runner({i: x[s : s + chunk] if x.shape[DRAW] > 1 else x for i, x in samples.items()})
        for s in range(0, draws, chunk)
    ]
    joined = {line: _join([part.arrays[line] for part in parts]) for line in lines}
    opened = {line: _join([part.openings[line] for part in parts]) for line in parts[0].openings}
    return Results(problem, joined, opened)


def _join(parts: list[Array]) -> Array:
    if all(part.shape[DRAW] == 1 for part in parts):
        return parts[0]
    return np.concatenate(parts, axis=DRAW)


class _Run:
    """One pass over the steps; keeps what does not change from chunk to chunk."""

    def __init__(
        self, problem: Problem, steps: Sequence[Step], wanted: set[Line], given: Mapping[Line, Array]
    ) -> None:
        self.problem, self.steps, self.wanted, self.given = problem, steps, wanted, given
        self.axes = Axes(problem.frame)
        self.fixed = {
            item: self.axes.input_array(given) for item, given in problem.values.items()
        }
        self.same_key: dict[str, list[Input]] = {}
        for item in self.fixed:
            self.same_key.setdefault(item.key, []).append(item)
        self.last_use: dict[Named, int] = {}
        for number, step in enumerate(steps):
            for line in step.lines:
                self.last_use[line] = max(self.last_use.get(line, 0), number)
                for named in problem.sources_of(line):
                    self.last_use[named] = number

    def __call__(self, samples: Mapping[Input, Array]) -> Results:
        arrays: dict[Named, Array] = {}
        for known in (self.fixed, samples, self.given):
            arrays.update((named, array) for named, array in known.items())
        for item, array in samples.items():  # a price is sampled as quoted, then rebased
            arrays.update(dict.fromkeys(self.same_key[item.key], array))
        openings: dict[Line, Array] = {}
        reading = Reading(self.axes, arrays, openings, self.problem.resolve)
        freed: dict[int, list[Named]] = {}
        for named, number in self.last_use.items():
            if isinstance(named, Line) and named not in self.wanted:
                freed.setdefault(number, []).append(named)
        with np.errstate(all="ignore"):
            for number, step in enumerate(self.steps):
                for line in step.lines:
                    if line.opening is not None:
                        openings[line] = reading.read(line.opening)
                if step.together:
                    self._together(step, reading, arrays)
                else:
                    line = step.lines[0]
                    arrays[line] = reading.read(line.definition)
                for line in step.lines:
                    self._check(line, arrays[line])
                for named in freed.get(number, ()):
                    arrays.pop(named, None)
        kept = {line: arrays[line] for line in self.wanted}
        return Results(self.problem, kept, {k: v for k, v in openings.items() if k in self.wanted})

    def _together(self, step: Step, reading: Reading, arrays: dict[Named, Array]) -> None:
        inside = set(step.lines)
        axis = time_axis_of(step.lines[0].over)
        outside = {
            part
            for line in step.lines
            for part in walk(line.definition)
            if isinstance(part, Call) and not _uses(part, inside)
        }
        hoisted: dict[Term, Array] = {
            part: reading.read(part) for part in _outermost(step.lines, outside)
        }
        periods = self.axes.size(step.lines[0].over[-1])
        draws = max([arrays[n].shape[DRAW] for line in step.lines for n in self.problem.sources_of(line)
                     if n in arrays] + [x.shape[DRAW] for x in reading.openings.values()] + [1])
        for line in step.lines:
            shape = self.axes.shape(line.over)
            shape[DRAW], shape[OPTION_AXIS] = draws, self.axes.options
            arrays[line] = np.zeros(shape)
        reading.hoisted, reading.time_axis = hoisted, axis
        before = (slice(None),) * axis
        for period in range(periods):
            reading.period = period
            for line in step.lines:
                target = arrays[line][(*before, slice(period, period + 1))]
                target[...] = reading.read(line.definition)
        reading.period, reading.hoisted = None, {}

    def _check(self, line: Line, x: Array) -> None:
        if may_be_empty(line) or np.isfinite(x).all():
            return
        x = self.axes.widen(x, line.over)
        bad = ~np.isfinite(x)
        mask = self.axes.mask(line.over)
        if mask is not None:
            bad &= mask
        if not bad.any():
            return
        place = np.argwhere(bad)[0]
        frame = self.problem.frame
        members = [frame.ids(d)[place[AXIS[d]]] for d in line.over]
        option = frame.option_ids[place[OPTION_AXIS]] if x.shape[OPTION_AXIS] > 1 else "every option"
        raise CaseError(
            f"{line.key}[{','.join(members)}] has no value in {option}: "
            f"its formula divides by 0 or overflows ('{line.label}')"
        )


def _uses(term: Term, lines: set[Line]) -> bool:
    return any(part in lines for part in walk(term) if isinstance(part, Line))


def _outermost(lines: Sequence[Line], parts: set[Call]) -> set[Call]:
    """Of some parts of formulas, those that stand in no other of them."""
    found: set[Call] = set()

    def visit(term: Term) -> None:
        if isinstance(term, Call):
            if term in parts:
                found.add(term)
                return
            for argument in term.arguments:
                visit(argument)

    for line in lines:
        visit(line.definition)
    return found


