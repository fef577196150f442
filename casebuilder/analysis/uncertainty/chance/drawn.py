"""Inputs drawn from their ranges: what is drawn, the score of each draw, and the values it stands for.

An input is drawn as a whole: one score between 0 and 1 places all its values that have a range, those of
the base case and an option's own, each at that share of its own distribution. To draw 5,000 values each for
itself would average away what an estimate may be wrong by.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from scipy.special import betaincinv

from casebuilder.algebra.terms import Input
from casebuilder.analysis.uncertainty.ends import NotVaried, Varied, has_range, layers, varied
from casebuilder.evaluate.axes import DRAW, Array
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import InputValues, Value

# Of a PERT: how much the most likely value weighs beside the ends.
_WEIGHT = 4.0


@dataclass(frozen=True)
class Drawing:
    """What of a case is drawn.

    Attributes
    ----------
    problem
        The case.
    inputs
        The inputs that are drawn, in the order of the model.
    without
        Unverified inputs that are not, and why: a range is never invented.
    seed
        What the scores begin from: the same seed gives the same scores.
    """

    problem: Problem
    inputs: tuple[Varied, ...]
    without: tuple[NotVaried, ...]
    seed: int

    def scores(self, place: int, draws: range) -> Array:
        """The scores of one input, strictly between 0 and 1: those of no other change them."""
        key = self.inputs[place].item.key
        words = np.frombuffer(sha256(f"{self.seed}:{key}".encode()).digest(), dtype=np.uint32)
        chance = np.random.Generator(np.random.PCG64(np.random.SeedSequence(words.tolist())))
        chance.bit_generator.advance(draws.start)  # type: ignore[attr-defined]
        return np.clip(chance.random(len(draws)), 1e-12, 1 - 1e-12)

    def samples(self, draws: range) -> dict[Input, Array]:
        """The values of every input that is drawn, in the axes of the case, with an axis for the draw."""
        return {
            each.item: placed(self.problem, self.problem.values[each.item], self.scores(place, draws))
            for place, each in enumerate(self.inputs)
        }


def drawing(problem: Problem, seed: int) -> Drawing:
    """What of a case is drawn: every input of which a value has a range."""
    inputs, without = varied(problem)
    return Drawing(problem, tuple(inputs), tuple(without), seed)


def placed(problem: Problem, given: InputValues, scores: Array) -> Array:
    """All values of an input at some scores, in the case's axes with one for the draw."""
    axes = problem.axes
    low, mode, high = (axes.input_array(_with(given, which)) for which in ("low", "amount", "high"))
    by_draw = scores.reshape([-1 if axis == DRAW else 1 for axis in range(axes.rank)])
    width = high - low
    moves = width > 0
    rest = np.where(moves, mode - low, 0.0) / np.where(moves, width, 1.0)
    found = np.broadcast_to(mode, np.broadcast_shapes(mode.shape, by_draw.shape)).copy()
    shares, where = np.unique(rest.round(12), return_inverse=True)
    where = where.reshape(rest.shape)
    for number, share in enumerate(shares):
        here = (where == number) & moves
        if not here.any():
            continue
        quantile = betaincinv(1 + _WEIGHT * share, 1 + _WEIGHT * (1 - share), by_draw)
        found = np.where(here, low + width * quantile, found)
    return np.round(found) if given.input.whole else found


def _with(given: InputValues, which: str) -> InputValues:
    """An input with the low end, the value itself or the high end of each range in place of its values."""

    def end(value: Value) -> Value:
        if not has_range(value):
            return value
        return replace(value, amount=getattr(value, which))

    base, options = None, {}
    for option, values in layers(given):
        moved = {members: end(value) for members, value in values.items()}
        if option is None:
            base = moved
        else:
            options[option] = moved
    assert base is not None
    return replace(given, base=base, options=options)
