"""The order of the rows of every line and input: the nesting of dimensions that its readers add up best.

A sum over dimensions is one range where those dimensions are the innermost of the rows, in the same order
for all that is multiplied within it. Every sum of the model asks that of what it reads, by as much as it
would cost to write otherwise; a deterministic search finds the orders that cost least together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from math import prod

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.dimensions import TIME, Frame, time_of, without_time
from casebuilder.algebra.member_rows import formulas
from casebuilder.algebra.operator_table import OPERATORS
from casebuilder.algebra.terms import Call, Line, Named, Term, walk
from casebuilder.evaluate.problem import Problem

Nesting = tuple[str, ...]
# About how many characters a cell, a range, a SUMIFS, a factor looked up and an operator take.
_REFERENCE, _RANGE, _SUMIFS, _LOOKED_UP, _OPERATOR = 10, 15, 45, 65, 4
# A formula longer than one can follow counts as so many characters more.
_FOLLOWED, _TOO_LONG = 160, 400
# The points of a table must lie side by side: there is no other way to write it.
_MUST = 10**9
_SWEEPS = 8


@dataclass(frozen=True, eq=False)
class Use:
    """A sum, and what it asks of the rows it reads.

    Attributes
    ----------
    over
        The row dimensions added up.
    whole
        The keys of what varies by all of them.
    parts
        How many factors vary by some of them only.
    combinations
        How many members are added up.
    cells
        How many cells hold the formula.
    alone
        Whether it is one line's sum, which SUMIFS can do in any order of rows.
    must
        Whether no other way to write it exists.
    beside
        About how long the formula is without what the order costs.
    """

    over: Nesting
    whole: tuple[str, ...]
    parts: int
    combinations: int
    cells: int
    alone: bool
    must: bool
    beside: int = 0

    def cost(self, orders: Mapping[str, Nesting]) -> int:
        """The characters it takes beyond one range, over all cells."""
        size = len(self.over)
        ends = [orders[key][-size:] for key in self.whole]
        best = min(sum(end != nesting for end in ends) for nesting in permutations(self.over))
        if not best:
            return 0
        if self.must:
            return _MUST
        if self.alone:
            added = min(_SUMIFS, _REFERENCE * self.combinations)
        else:
            written = _REFERENCE * self.combinations * (len(self.whole) + self.parts)
            if self.combinations == 2:  # which are soon written out, and may be the shorter
                written = max(0, (2 * _REFERENCE - _RANGE) * (len(self.whole) + self.parts) - _OPERATOR * 3)
            added = min(written, _LOOKED_UP * best)
        return self.cells * (added + (_TOO_LONG if added and self.beside + added > _FOLLOWED else 0))


def row_orders(problem: Problem) -> dict[str, Nesting]:
    """The dimensions of the rows of each line and input in use, by key, outermost first.

    Parameters
    ----------
    problem
        The lines of the case.
    """
    named = {item.key: item for item in (*problem.lines, *problem.values)}
    orders = {key: usual(problem.frame, item.over) for key, item in named.items()}
    uses = [use for use in _uses(problem) if any(len(orders[key]) > 1 for key in use.whole)]
    reading: dict[str, list[Use]] = {}
    for use in uses:
        for key in use.whole:
            reading.setdefault(key, []).append(use)
    for _ in range(_SWEEPS):
        changed = False
        for use in uses:
            changed |= bool(use.cost(orders)) and _improve(use, orders, reading)
        for key in reading:
            changed |= _try(({key: nesting} for nesting in permutations(orders[key])), orders, reading)
        if not changed:
            break
    return orders


def usual(frame: Frame, over: Iterable[str]) -> Nesting:
    """The order where nothing asks for another.

    What stands apart (tests) comes first, so that the trusts and the sites of a test lie side by side; then
    the dimensions come in their order.
    """
    rows = without_time(tuple(over))
    return tuple(sorted(frame.in_order(rows), key=lambda d: not frame.dimensions[d].apart))


def _improve(use: Use, orders: dict[str, Nesting], reading: Mapping[str, list[Use]]) -> bool:
    """Give all that a sum reads the same innermost order, if that costs less altogether."""
    moves = []
    for nesting in permutations(use.over):
        moves.append({key: (*(d for d in orders[key] if d not in nesting), *nesting) for key in use.whole})
    return _try(moves, orders, reading)


def _try(
    moves: Iterable[Mapping[str, Nesting]], orders: dict[str, Nesting], reading: Mapping[str, list[Use]]
) -> bool:
    """Take the move that saves most, the first of equals; whether there was one."""
    best, saved = None, 0
    for move in moves:
        touched = list(dict.fromkeys(use for key in move for use in reading.get(key, ())))
        gain = sum(use.cost(orders) for use in touched)
        moved = {**orders, **move}
        gain -= sum(use.cost(moved) for use in touched)
        if gain > saved:
            best, saved = move, gain
    if best is not None:
        orders.update(best)
    return best is not None


def _uses(problem: Problem) -> Iterator[Use]:
    frame = problem.frame
    for line in problem.lines:
        periods = len(frame.ids(axis)) if (axis := time_of(line.over)) else 1
        cells = periods * prod(len(frame.ids(d)) for d in without_time(line.over))
        own = list(formulas(line, frame).values())
        cells //= max(1, len(own))
        for term in (*own, *([] if line.opening is None else [line.opening])):
            parts = list(walk(term))
            beside = sum(_RANGE if isinstance(part, Named) else _OPERATOR for part in parts)
            for part in parts:
                if isinstance(part, Call) and _asks(part):
                    yield from _of_call(problem, part, cells, beside)


def _of_call(problem: Problem, call: Call, cells: int, beside: int) -> Iterator[Use]:
    over = tuple(d for d in call.settings["over"] if d not in TIME)
    if not over:
        return
    count = prod(len(problem.frame.ids(d)) for d in over)
    if OPERATORS[call.operator].table:
        for table in call.arguments[1:]:
            if isinstance(table, Named):
                yield Use(over, (problem.resolve(table).key,), 0, count, cells, alone=False, must=True)
        return
    term = call.arguments[0]
    within = set(dimensions_of(term))
    leaves = [problem.resolve(n) for n in factors(term)]
    varying = [n for n in leaves if set(over) & set(n.over) & within]
    whole = tuple(dict.fromkeys(n.key for n in varying if set(over) <= set(n.over)))
    alone = isinstance(term, Named) and isinstance(problem.resolve(term), Line)
    yield Use(over, whole, len(varying) - len(whole), count, cells, alone=alone, must=False, beside=beside)


def factors(term: Term) -> Iterator[Named]:
    """The lines and inputs a term reads side by side, without those inside sums of their own."""
    if isinstance(term, Named):
        yield term
    elif isinstance(term, Call) and not _asks(term):
        for argument in term.arguments:
            yield from factors(argument)


def _asks(call: Call) -> bool:
    """Whether an operator asks that rows lie side by side."""
    return OPERATORS[call.operator].reduces or OPERATORS[call.operator].table
