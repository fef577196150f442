"""Evaluate a case: every line, or only what some results need, for one draw or many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.algebra.dimensions import TIME
from casebuilder.algebra.emptiness import may_be_empty
from casebuilder.algebra.order import Step
from casebuilder.algebra.terms import Call, Input, Line, Named, Term, walk
from casebuilder.errors import CaseError
from casebuilder.evaluate.axes import DRAW, OPTION_AXIS, Array, Axes
from casebuilder.evaluate.numbers import Reading
from casebuilder.evaluate.problem import Problem

# Draws at a time: so that the arrays of a monthly line over trusts and tests stay in the cache.
CHUNK = 16


@dataclass(frozen=True)
class NoValue:
    """A line that has no value where it must have one, while all that it reads has.

    Attributes
    ----------
    key, label
        The line's.
    members
        Where it has none first: in the order of its dimensions, the period last.
    option
        The first option in which it has none; None where it has none in any.
    """

    key: str
    label: str
    members: tuple[str, ...]
    option: str | None

    def __str__(self) -> str:
        """What is wrong, in a sentence."""
        place = f"[{','.join(self.members)}]" if self.members else ""
        return (
            f"{self.key}{place} has no value in {self.option or 'every option'}: "
            f"its formula divides by 0 or overflows ('{self.label}')"
        )


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


def evaluate(
    problem: Problem,
    wanted: Iterable[Line] | None = None,
    samples: Mapping[Input, Array] | None = None,
    chunk: int = CHUNK,
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
        How many draws are taken at a time.
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
    joined = {line: _join([part.arrays[line] for part in parts]) for line in lines}
    opened = {line: _join([part.openings[line] for part in parts]) for line in parts[0].openings}
    first = {each.key: each for part in reversed(parts) for each in reversed(part.no_values)}
    without = frozenset[str]().union(*(part.options_without for part in parts))
    results = Results(problem, joined, opened, tuple(first.values()), without)
    if not partial:
        results.require()
    return results


def _join(parts: list[Array]) -> Array:
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
        openings = dict(self.opened)
        reading = Reading(self.axes, arrays, openings, self.problem.resolve)
        freed: dict[int, list[Named]] = {}
        for named, number in self.last_use.items():
            if isinstance(named, Line) and named not in self.wanted:
                freed.setdefault(number, []).append(named)
        missing = _Missing(self.problem, self.axes)
        with np.errstate(all="ignore", over="call", divide="call", call=reading.notice):
            for number, step in enumerate(self.steps):
                for line in step.lines:
                    if line.opening is not None:
                        openings[line] = reading.read(line.opening)
                if step.together:
                    self._together(step, reading, arrays)
                else:
                    line = step.lines[0]
                    reading.infinite = False
                    arrays[line] = reading.line(line)
                missing.look(step, arrays, openings, infinite=reading.infinite)
                for named in freed.get(number, ()):
                    arrays.pop(named, None)
        kept = {line: arrays[line] for line in self.wanted}
        opened = {k: v for k, v in openings.items() if k in self.wanted}
        return Results(self.problem, kept, opened, tuple(missing.found), frozenset(missing.options))

    def _together(self, step: Step, reading: Reading, arrays: dict[Named, Array]) -> None:
        inside = set(step.lines)
        axis = self.axes.time(step.lines[0].over)
        formulas = [term for line in step.lines for term in reading.formulas(line).values()]
        outside = {
            part
            for term in formulas
            for part in walk(term)
            if isinstance(part, Call) and not _uses(part, inside)
        }
        hoisted: dict[Term, Array] = {part: reading.read(part) for part in _outermost(formulas, outside)}
        periods = self.axes.size(step.lines[0].over[-1])
        draws = max(
            [
                arrays[n].shape[DRAW]
                for line in step.lines
                for n in self.problem.sources_of(line)
                if n in arrays
            ]
            + [x.shape[DRAW] for x in reading.openings.values()]
            + [1]
        )
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
                target[...] = reading.line(line)
        reading.period, reading.hoisted = None, {}


class _Missing:
    """Finds where values begin to be missing: a line without one, while all that it reads has."""

    def __init__(self, problem: Problem, axes: Axes) -> None:
        self.problem, self.axes = problem, axes
        self.lines: set[Named] = set()
        self.found: list[NoValue] = []
        self.options: set[str] = set()

    def look(
        self, step: Step, arrays: Mapping[Named, Array], openings: Mapping[Line, Array], *, infinite: bool
    ) -> None:
        """Look at the lines of a step; `infinite` tells that one divided by 0 or overflowed on its way."""
        places: dict[Line, tuple[str | None, tuple[str, ...]]] = {}
        for line in step.lines:
            if may_be_empty(line) and not (infinite and isinstance(line.definition, Call)):
                continue
            place = self._first(line, openings[line], line.over[:-1]) if line in openings else None
            place = place or self._first(line, arrays[line], line.over)
            if place is not None:
                places[line] = place
        if not places:
            return
        self.lines.update(places)
        if any(
            named in self.lines and named not in step.lines
            for line in step.lines
            for named in self.problem.sources_of(line)
        ):
            return
        periods = [*(self.problem.frame.ids(step.lines[0].over[-1]) if step.together else ())]
        line = min(places, key=lambda of: _position(periods, places[of][1]))
        option, members = places[line]
        self.found.append(NoValue(line.key, line.label, members, option))

    def _first(
        self, line: Line, x: Array, over: tuple[str, ...]
    ) -> tuple[str | None, tuple[str, ...]] | None:
        """The option and the members of the first combination that exists and has no value."""
        if np.isfinite(x).all():
            return None
        x = self.axes.widen(x, over)
        bad = ~np.isfinite(x)
        mask = self.axes.mask(over)
        if mask is not None:
            bad &= mask
        if not bad.any():
            return None
        frame = self.problem.frame
        place = np.argwhere(bad)[0]
        if over and over[-1] in TIME:  # the earliest period, wherever that is
            axis = self.axes.place[over[-1]]
            places = np.argwhere(bad)
            place = places[np.argmin(places[:, axis])]
        members = tuple(frame.ids(d)[place[self.axes.place[d]]] for d in over)
        here = bad.any(axis=tuple(i for i in range(bad.ndim) if i != OPTION_AXIS))
        options = frame.option_ids if here.size == 1 else [frame.option_ids[i] for i in np.flatnonzero(here)]
        self.options.update(options)
        return None if here.all() else frame.option_ids[place[OPTION_AXIS]], members


def _position(periods: Sequence[str], members: Sequence[str]) -> int:
    return periods.index(members[-1]) if members and members[-1] in periods else -1


def _uses(term: Term, lines: set[Line]) -> bool:
    return any(part in lines for part in walk(term) if isinstance(part, Line))


def _outermost(formulas: Sequence[Term], parts: set[Call]) -> set[Call]:
    """Of some parts of formulas, those that stand in no other of them."""
    found: set[Call] = set()

    def visit(term: Term) -> None:
        if isinstance(term, Call):
            if term in parts:
                found.add(term)
                return
            for argument in term.arguments:
                visit(argument)

    for formula in formulas:
        visit(formula)
    return found
