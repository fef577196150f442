"""Sets of edits worked out side by side, each as a draw of one evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from casebuilder.algebra.terms import Input, Line
from casebuilder.evaluate.axes import DRAW, OPTION_AXIS, Array
from casebuilder.evaluate.engine import Results, evaluate
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.assumed.overlay import edited_inputs
from casebuilder.inputs.edits import Edit
from casebuilder.inputs.values import InputValues


def laid(problem: Problem, sets: Sequence[Iterable[Edit]], wanted: Iterable[Line]) -> Results:
    """Some lines under each of several sets of edits: a draw a set, in their order.

    Parameters
    ----------
    problem
        The case.
    sets
        The edits that are laid together.
    wanted
        The lines whose values are asked for. One that cannot be worked out is carried as NaN.
    """
    each = [edited_inputs(problem.inputs, edits) for edits in sets]
    return evaluate(problem, wanted, samples_of(problem, each), partial=True)


def samples_of(problem: Problem, each: Sequence[Mapping[str, InputValues]]) -> dict[Input, Array]:
    """Values of inputs by draw, in the axes of the case; what a draw does not give is as the case has it."""
    used = problem.inputs_by_key
    keys = dict.fromkeys(key for one in each for key in one if key in used)
    found: dict[Input, Array] = {}
    for key in keys:
        item = used[key]
        as_is = problem.input_arrays[item]
        found[item] = _stacked([problem.axes.input_array(one[key]) if key in one else as_is for one in each])
    return found


def _stacked(arrays: Sequence[Array]) -> Array:
    """Arrays of one input as draws, an option that differs in one of them kept in all."""
    options = max(array.shape[OPTION_AXIS] for array in arrays)
    shapes = [(*array.shape[:OPTION_AXIS], options, *array.shape[OPTION_AXIS + 1 :]) for array in arrays]
    wide = [np.broadcast_to(array, shape) for array, shape in zip(arrays, shapes, strict=True)]
    return np.concatenate(wide, axis=DRAW)
