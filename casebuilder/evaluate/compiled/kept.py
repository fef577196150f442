"""A case kept as it is, of which some inputs change and only what they reach is worked out again."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

import numpy as np

from casebuilder.algebra.terms import Input, Line, Named
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.compiled.plan import Compiled, Plan
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.missing import Missing
from casebuilder.evaluate.problem import Problem

# Of one draw, so that a call may go over more numbers of a line.
_PIECE = 1 << 20


class Kept(Plan):
    """The lines that some results need, with the arrays of all of them; every input in use may change.

    Parameters
    ----------
    problem
        The case.
    wanted
        The lines whose values are asked for.
    """

    def __init__(self, problem: Problem, wanted: Iterable[Line]) -> None:
        """Work the case out as it is."""
        inputs = [item for item in problem.values if not item.choices]
        super().__init__(problem, wanted, inputs, width=1, piece=_PIECE, keep=True)
        self._readers: dict[Named, list[int]] = {}
        for number, each in enumerate(self.steps):
            for named in each.sources:
                self._readers.setdefault(named, []).append(number)
        self._missing: set[Named] = set(self._bad)
        for item in self.drawn:
            np.copyto(self.buffers[item], self._tidy(problem.input_arrays[item], item.over))
        self._take(self.steps, self._missing, Missing(problem, self.axes))
        self._steps_changed: list[Compiled] = []
        self._inputs_changed: list[Input] = []
        self._as_it_is = [
            (arrays, {line: x.copy() for each in self.steps for line, x in outs(each).items()})
            for arrays, outs in ((self.arrays, _outs), (self.openings, _opened))
        ]

    def change(self, samples: Mapping[Input, Array]) -> Results:
        """The wanted lines with some inputs changed, all others as the case has them.

        Parameters
        ----------
        samples
            New values in the axes of `evaluate.axes`, of one draw. A price of another year is as quoted.

        Returns
        -------
        Results
            Copies: the next change does not touch them.
        """
        self._restore()
        self._inputs_changed = [same for item in samples for same in self.by_key[item.key]]
        by_key = {item.key: x for item, x in samples.items()}
        for item in self._inputs_changed:
            np.copyto(self.buffers[item], self._tidy(by_key[item.key], item.over))
        steps = self._steps_changed = self._reached(self._inputs_changed)
        unknown = self._missing - {line for each in steps for line in each.step.lines}
        unknown |= {item for item in self._inputs_changed if not np.isfinite(self.arrays[item]).all()}
        missing = Missing(self.problem, self.axes)
        missing.lines.update(line for line in unknown if isinstance(line, Line))
        self._take(steps, unknown, missing)
        arrays = {line: self.arrays[line].copy() for line in self.wanted}
        opened = {line: self.openings[line].copy() for line in self.wanted if line in self.openings}
        return Results(self.problem, arrays, opened, tuple(missing.found), frozenset(missing.options))

    def seconds_of_calls(self) -> float:
        """How long the calls alone take that the last change needed: what is left to save is beyond this."""
        start = time.perf_counter()
        with np.errstate(all="ignore"):
            for each in self._steps_changed:
                self.kernels.start(missing=False)
                for function, arguments, out in each.entries or ():
                    function(*arguments, out=out)
        return time.perf_counter() - start

    def _restore(self) -> None:
        """Put back what the last change touched."""
        for item in self._inputs_changed:
            np.copyto(self.buffers[item], self._tidy(self.problem.input_arrays[item], item.over))
        for arrays, kept in self._as_it_is:
            for each in self._steps_changed:
                for line in each.step.lines:
                    if line in kept:
                        np.copyto(arrays[line], kept[line])

    def _reached(self, touched: Iterable[Named]) -> list[Compiled]:
        """The steps that some inputs reach, upstream first."""
        found: set[int] = set()
        waiting = list(touched)
        while waiting:
            for number in self._readers.get(waiting.pop(), ()):
                if number not in found:
                    found.add(number)
                    waiting += self.steps[number].step.lines
        return [self.steps[number] for number in sorted(found)]


def _outs(each: Compiled) -> Mapping[Line, Array]:
    return each.outs


def _opened(each: Compiled) -> Mapping[Line, Array]:
    return each.opened
