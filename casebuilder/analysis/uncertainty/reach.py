"""Which lines an input reaches, so that of many changes only what they reach is evaluated again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from casebuilder.algebra.terms import Input, Line, Named
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.engine import Results, evaluate


class Reach:
    """What each of some inputs reaches among the lines that some results need.

    Parameters
    ----------
    results
        Of the case as it is, every line among them.
    wanted
        The lines whose values are asked for.
    inputs
        The inputs that will change.
    """

    def __init__(self, results: Results, wanted: Sequence[Line], inputs: Iterable[Input]) -> None:
        """Go through the lines once, upstream first."""
        self.results, self.wanted = results, wanted
        problem = results.problem
        steps = problem.steps_for(wanted)
        # Of each named thing the inputs that reach it, each a bit; a price is known by its key.
        bits: dict[str, int] = {item.key: 1 << place for place, item in enumerate(inputs)}
        reached: dict[Named, int] = {}
        self._first: dict[str, int] = dict.fromkeys(bits, len(steps))
        for number, step in enumerate(steps):
            mask = 0
            for line in step.lines:
                for named in problem.sources_of(line):
                    mask |= bits.get(named.key, 0) if isinstance(named, Input) else reached.get(named, 0)
            for line in step.lines:
                reached[line] = mask
            for key, bit in bits.items():
                if mask & bit and self._first[key] > number:
                    self._first[key] = number
        self._bits = bits
        self._lines = {line: reached[line] for step in steps for line in step.lines}

    def first(self, item: Input) -> int:
        """The number of the first step that an input reaches; after the last where it reaches none."""
        return self._first[item.key]

    def reached(self, inputs: Iterable[Input]) -> set[Line]:
        """The lines that any of some inputs reaches."""
        mask = 0
        for item in inputs:
            mask |= self._bits[item.key]
        return {line for line, own in self._lines.items() if own & mask}

    def evaluate(self, samples: Mapping[Input, Array]) -> Results:
        """The wanted lines with some inputs sampled: lines that none of them reaches stay as they are.

        A line without a value is carried as such.
        """
        again = self.reached(samples)
        given = {line: self.results.arrays[line] for line in self._lines if line not in again}
        opened = {line: x for line, x in self.results.openings.items() if line in given}
        return evaluate(self.results.problem, self.wanted, samples, given=given, opened=opened, partial=True)
