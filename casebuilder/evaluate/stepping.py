"""One step of an evaluation: a line, or lines that need each other, period by period."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from casebuilder.algebra.order import Step
from casebuilder.algebra.terms import Call, Line, Named, Term, walk
from casebuilder.evaluate.axes import DRAW, OPTION_AXIS, Array
from casebuilder.evaluate.numbers import Reading
from casebuilder.evaluate.problem import Problem


def take_step(
    problem: Problem, step: Step, reading: Reading, arrays: dict[Named, Array], openings: dict[Line, Array]
) -> None:
    """Work out the lines of a step from what is there, and put them beside it; openings first."""
    reading.infinite = False
    for line in step.lines:
        if line.opening is not None:
            openings[line] = reading.read(line.opening)
    if step.together:
        _together(problem, step, reading, arrays)
    else:
        (line,) = step.lines
        arrays[line] = reading.line(line)


def _together(problem: Problem, step: Step, reading: Reading, arrays: dict[Named, Array]) -> None:
    axes = problem.axes
    axis = axes.time(step.lines[0].over)
    formulas = tuple(term for line in step.lines for term in reading.formulas(line).values())
    hoisted: dict[Term, Array] = {part: reading.read(part) for part in _outside(formulas, step.lines)}
    periods = axes.size(step.lines[0].over[-1])
    draws = max(
        [arrays[n].shape[DRAW] for line in step.lines for n in problem.sources_of(line) if n in arrays]
        + [x.shape[DRAW] for x in reading.openings.values()]
        + [1]
    )
    for line in step.lines:
        shape = axes.shape(line.over)
        shape[DRAW], shape[OPTION_AXIS] = draws, axes.options
        arrays[line] = np.zeros(shape)
    reading.hoisted, reading.time_axis = hoisted, axis
    before = (slice(None),) * axis
    for period in range(periods):
        reading.period = period
        for line in step.lines:
            target = arrays[line][(*before, slice(period, period + 1))]
            target[...] = reading.line(line)
    reading.period, reading.hoisted = None, {}


@lru_cache(maxsize=1_024)
def _outside(formulas: tuple[Term, ...], lines: tuple[Line, ...]) -> tuple[Call, ...]:
    """What of some formulas needs none of the lines: worked out once for all periods."""
    inside = set(lines)
    parts = {
        part for term in formulas for part in walk(term) if isinstance(part, Call) and not uses(part, inside)
    }
    return tuple(_outermost(formulas, parts))


def uses(term: Term, lines: set[Line]) -> bool:
    """Whether a term names any of some lines itself."""
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
