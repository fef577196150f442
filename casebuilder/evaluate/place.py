"""A place in the numbers: an option, a member of some dimensions, and any term's value there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.dimensions import TIME, Frame
from casebuilder.algebra.terms import Named, Term
from casebuilder.evaluate.axes import OPTION_AXIS, Array
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.numbers import Reading


@dataclass(frozen=True)
class Place:
    """An option and a member of each dimension that is fixed, time among them."""

    option: str
    members: Mapping[str, str]

    def __hash__(self) -> int:
        """By content, whatever the order of the dimensions."""
        return hash((self.option, frozenset(self.members.items())))

    def at(self, **members: str) -> Place:
        """The same place with some members changed or added."""
        return Place(self.option, {**self.members, **members})

    def in_option(self, option: str) -> Place:
        """The same place in another option."""
        return Place(option, self.members)

    def only(self, dimensions: Iterable[str]) -> Place:
        """The same place with no dimensions but these, in their order."""
        return Place(self.option, {d: self.members[d] for d in dimensions if d in self.members})

    def labels(self, frame: Frame) -> str:
        """The names of the members, as people read them."""
        ordered = frame.in_order(self.members)
        return ", ".join(self.members[d] if d in TIME else frame.label(d, self.members[d]) for d in ordered)


class Values:
    """The value of any term at any place, read from the results as the engine reads it.

    Parameters
    ----------
    results
        The values of every line.
    """

    def __init__(self, results: Results) -> None:
        """Make the arrays of inputs ready to read."""
        self.problem = results.problem
        self.frame = results.problem.frame
        self.axes = self.problem.axes
        arrays: dict[Named, Array] = {
            item: self.axes.input_array(given) for item, given in self.problem.values.items()
        }
        arrays.update((line, array) for line, array in results.arrays.items())
        self._reading = Reading(self.axes, arrays, results.openings, self.problem.resolve)
        self._read: dict[Term, tuple[Array, tuple[str, ...]]] = {}

    def at(self, term: Term, place: Place) -> float | None:
        """The value of a term; None where it is empty."""
        if term not in self._read:
            self._read[term] = self._reading.read(term), dimensions_of(term)
        x, dimensions = self._read[term]
        index = [0] * x.ndim
        if x.shape[OPTION_AXIS] > 1:
            index[OPTION_AXIS] = self.frame.option_ids.index(place.option)
        for dimension in dimensions:
            axis = self.axes.place[dimension]
            if x.shape[axis] > 1:
                index[axis] = self.frame.positions[dimension][place.members[dimension]]
        value = float(x[tuple(index)])
        return value + 0.0 if math.isfinite(value) else None

    def number(self, term: Term, place: Place) -> float:
        """The value of a term that is never empty."""
        return self.at(term, place) or 0.0
