"""Where values begin to be missing: a line without one, while all that it reads has."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.algebra.dimensions import TIME
from casebuilder.algebra.emptiness import may_be_empty
from casebuilder.algebra.order import Step
from casebuilder.algebra.terms import Call, Line, Named
from casebuilder.evaluate.axes import OPTION_AXIS, Array, Axes
from casebuilder.evaluate.problem import Problem


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


class Missing:
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
        if math.isfinite(np.add.reduce(x, axis=None)) or np.isfinite(x).all():
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
