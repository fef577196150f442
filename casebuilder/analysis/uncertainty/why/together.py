"""How many uncertain values at the better ends of their ranges, together, bring a figure to its limit.

A decision is none of them: that somebody may decide otherwise (an award that nobody has given) is no range
that could turn out well. Decisions that would help are named by themselves.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.algebra.terms import Input
from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.ends import ENDS, Varied, varied
from casebuilder.analysis.uncertainty.why.moved import Moves, Put
from casebuilder.analysis.uncertainty.why.targets import Target, lines_of
from casebuilder.evaluate.axes import DRAW, OPTION_AXIS, Array
from casebuilder.evaluate.engine import Results, evaluate

# So many inputs are laid on each other, those that help most first.
MOST = 30


@dataclass(frozen=True)
class Step:
    """An input at the better end of its range, on top of those before it.

    Attributes
    ----------
    varied, end
        The input, and which end of its range: 0 the low one, 1 the high one.
    gap
        How far the figure is from its limit with it and all before; NaN where it is empty.
    """

    varied: Varied
    end: int
    gap: float


@dataclass(frozen=True)
class Together:
    """Inputs laid on each other until a figure meets its limit.

    Attributes
    ----------
    target
        The figure and its limit.
    steps
        In order: what helps most by itself first.
    enough
        How many of them suffice; None where all of them do not.
    decisions
        Decisions that would bring it nearer at an end of what may be tried, what helps most first.
    """

    target: Target
    steps: tuple[Step, ...]
    enough: int | None
    decisions: tuple[Varied, ...] = ()


def together(results: Results, wanted: Sequence[Target], tell: Tell = silent) -> dict[Target, Together]:
    """For each figure that misses its limit, which uncertain values must all turn out well.

    Parameters
    ----------
    results
        Of the case as it is, every line among them.
    wanted
        The figures and their limits; those that the case keeps, or that are empty, are passed over.
    tell
        Told how many ends are worked out, of how many.
    """
    problem = results.problem
    lines = lines_of(problem, wanted)
    names = list(lines)
    inputs, _ = varied(problem)
    moves = Moves(results, list(lines.values()), [each.item for each in inputs], checked=True)
    now = {target: float(target.gaps(moves.as_is()[None], problem, names)[0]) for target in wanted}
    missed = [target for target in wanted if now[target] < 0]
    if not missed:
        return {}
    puts = [Put(each.item, problem.axes.input_array(each.ends[end])) for each in inputs for end in ENDS]
    table, broken = moves.figures(puts, tell)
    found = {}
    for target in missed:
        gaps = target.gaps(table, problem, names)
        better = [
            (float(gaps[place]) - now[target], place)
            for place in range(len(puts))
            if not broken[place] and gaps[place] > now[target] + 1e-12 * abs(now[target])
        ]
        order: list[int] = []
        for _, place in sorted(better, reverse=True):
            if place // len(ENDS) not in {each // len(ENDS) for each in order}:
                order.append(place)
        decisions = tuple(each for place in order if (each := inputs[place // len(ENDS)]).decided)
        order = [place for place in order if not inputs[place // len(ENDS)].decided][:MOST]
        laid = _laid(results, [puts[place] for place in order], list(lines.values()))
        after = target.gaps(laid, problem, names) if order else np.empty(0)
        steps = tuple(
            Step(inputs[place // len(ENDS)], place % len(ENDS), float(gap))
            for place, gap in zip(order, after, strict=True)
        )
        enough = next((count for count, step in enumerate(steps, 1) if step.gap >= 0), None)
        found[target] = Together(target, steps, enough, decisions)
    return found


def _laid(results: Results, puts: Sequence[Put], lines: Sequence[object]) -> Array:
    """The figures with the first put, with the first two, and so on: by case, option and line."""
    problem = results.problem
    samples: dict[Input, Array] = {}
    for place, put in enumerate(puts):
        as_is = problem.input_arrays[put.item]
        shape = (*as_is.shape[:OPTION_AXIS], put.values.shape[OPTION_AXIS], *as_is.shape[2:])
        array = np.repeat(np.broadcast_to(as_is, shape), len(puts), axis=DRAW)
        array[place:] = put.values
        samples[put.item] = array
    worked = evaluate(problem, lines, samples, partial=True)  # type: ignore[arg-type]
    options = len(problem.frame.options)
    columns = [
        np.broadcast_to(worked.array(line), (max(1, len(puts)), options))  # type: ignore[arg-type]
        for line in lines
    ]
    return np.stack(columns, axis=2)


def finite(value: float) -> float | None:
    """A number, or None where it is none."""
    return value if math.isfinite(value) else None
