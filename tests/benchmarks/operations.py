"""How many cell operations a draw takes: counted from the formulas, whatever the engine does with them.

A cell is one combination of members that exists, one period and, where options differ, one option. An
operator on two numbers counts once a cell of what it gives, a sum once a cell that it adds up. Names, members
picked, the value of the period before and steps from a flow to a stock cost nothing. What no draw changes is
not counted, nor are combinations that do not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.dimensions import TIME
from casebuilder.algebra.member_rows import dimension_of_rows, for_row
from casebuilder.algebra.terms import Call, Input, Line, Named, Term, without_ones
from casebuilder.evaluate.axes import OPTION_AXIS
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.problem import Problem

_FREE = frozenset({"at", "previous", "step", "by_member", "choose", "stated", "spread", "lagged"})
_PAIRS = frozenset({"add", "subtract", "multiply", "divide", "minimum", "maximum", "inflate", "discount"})
_ADDS = frozenset({"total", "smallest", "largest", "per_year", "share_of"})


class Counted:
    """Counts the cell operations of some results of a case.

    Parameters
    ----------
    problem
        The case.
    wanted
        The lines whose values are asked for.
    drawn
        The inputs that draws change.
    """

    def __init__(self, problem: Problem, wanted: Iterable[Line], drawn: Iterable[Input]) -> None:
        """Go through the lines once, upstream first."""
        self.problem, self.axes = problem, problem.axes
        steps = problem.steps_for(wanted)
        self.arrays = {
            **problem.input_arrays,
            **evaluate(problem, [line for step in steps for line in step.lines], partial=True).arrays,
        }
        keys = {item.key for item in drawn}
        self.moving: set[Named] = {item for item in problem.values if item.key in keys}
        self.lines = 0
        self.cells = 0
        self.operations = 0
        for step in steps:
            if any(named in self.moving for line in step.lines for named in problem.sources_of(line)):
                self.moving.update(step.lines)
                self.lines += len(step.lines)
                for line in step.lines:
                    self._line(line)

    def _line(self, line: Line) -> None:
        self.cells += self._cells(line.over, self._by_option(line))
        if line.opening is not None:
            self._count(line.opening)
        rows = dimension_of_rows(line)
        if not rows:
            self._count(line.definition)
            return
        for member in self.problem.frame.ids(rows):
            self._count(for_row(line.definition, {rows: member}), without=rows)

    def _count(self, term: Term, without: str = "") -> None:
        """Add a formula's operations; `without` is a dimension of which one member is meant."""
        if not isinstance(term, Call) or not self._moves(term):
            return
        less = without_ones(term)
        if less is not term:
            self._count(less, without)
            return
        for argument in term.arguments:
            self._count(argument, without)
        if term.operator in _FREE:
            return
        of = term.arguments[0] if term.operator in _ADDS else term
        over = tuple(each for each in dimensions_of(of) if each != without)
        times = len(term.arguments) - 1 if term.operator in _PAIRS else 1
        self.operations += times * self._cells(over, self._by_option(of))

    def _moves(self, term: Term) -> bool:
        if isinstance(term, Named):
            return self.problem.resolve(term) in self.moving
        return isinstance(term, Call) and any(map(self._moves, term.arguments))

    def _by_option(self, term: Term) -> bool:
        """Whether options differ in a term."""
        if isinstance(term, Named):
            return bool(self.arrays[self.problem.resolve(term)].shape[OPTION_AXIS] > 1)
        if not isinstance(term, Call) or term.settings.get("dimension") == "option":
            return False
        return any(map(self._by_option, term.arguments))

    def _cells(self, over: tuple[str, ...], by_option: bool) -> int:
        frame = self.problem.frame
        rows = tuple(each for each in over if each not in TIME)
        mask = self.axes.mask(rows)
        sizes = prod(self.axes.size(each) for each in rows)
        existing = sizes if mask is None else round(sizes * float(mask.mean()))
        periods = prod(self.axes.size(each) for each in over if each in TIME)
        return existing * periods * (len(frame.options) if by_option else 1)
