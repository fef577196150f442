"""Formulas of lines as trees, and the calls of what cannot go cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.dimensions import BASELINE, OPTION, TIME
from casebuilder.algebra.member_rows import case_of, for_row
from casebuilder.algebra.operator_table import ALL, ANY, FIRST, NEAR, OPERATORS, SAME
from casebuilder.algebra.terms import Call, Line, Named, Number, Term, without_ones
from casebuilder.evaluate.axes import OPTION_AXIS, Array
from casebuilder.evaluate.compiled.along import NotCompiledError, Rows, place_of
from casebuilder.evaluate.compiled.calls import Calls, Store
from casebuilder.evaluate.compiled.kernels import Kernels, chosen, finite_or_nought
from casebuilder.evaluate.compiled.memory import Memory
from casebuilder.evaluate.compiled.trees import NONE, Leaf, Pairs, Reduced, Tree, node, picked
from casebuilder.evaluate.functions import elementwise
from casebuilder.evaluate.numbers import Reading
from casebuilder.evaluate.stepping import uses


class Formulas(Rows):
    """Makes trees of the formulas of one step.

    Parameters
    ----------
    calls, kernels, reading, openings
        As `Rows` has them.
    moving
        The inputs and lines that a draw changes.
    lines
        Where the arrays of lines come from.
    """

    def __init__(
        self,
        calls: Calls,
        kernels: Kernels,
        reading: Reading,
        openings: Mapping[Line, Array],
        moving: set[Named],
        lines: Memory,
    ) -> None:
        """Start with a step of its own."""
        super().__init__(calls, kernels, reading, openings)
        self.moving, self.lines = moving, lines
        self.every: Pairs = frozenset(self.axes.frame.pairs)
        self._known: dict[tuple[Term, bool], Tree] = {}
        self._moves: dict[Term, bool] = {}

    def start(self, inside: set[Line], axis: int) -> None:
        """Begin a step; `inside` are the lines that are gone through period by period along an axis."""
        self.inside, self.axis, self.sound = inside, axis, True
        self._known = {}

    def stores(self, line: Line, out: Array | None) -> tuple[Array, list[Store]]:
        """The array of a line, made where none is given, and its trees with what they fill of it."""
        dimension = self.reading.dimension_of_rows(line)
        if not dimension:
            tree = self.tree(line.definition)
            array = self.lines.take(tree.shape) if out is None else out
            return array, [self.tidy(tree, array, line.over)]
        terms = self.reading.formulas(line)
        own, axis, shape = self._own(dimension, {m: self.tree(term) for m, term in terms.items()})
        array = self.lines.take(shape) if out is None else out
        rest = tuple(each for each in line.over if each != dimension)
        parts = [self.tidy(tree, place_of(array, axis, place), rest) for place, tree in enumerate(own)]
        return array, parts

    def tidy(self, tree: Tree, out: Array, over: Sequence[str], *, only_if_nought: bool = False) -> Store:
        """A tree put into an array that is then 0 where a combination does not exist.

        `only_if_nought` leaves it as it is where that would take more than a look at what is missing.
        """
        pairs = self.pairs(over, out.shape)
        if not pairs or (only_if_nought and not pairs <= tree.nought):
            return Store(tree, out)
        mask = self.axes.mask([dimension for pair in pairs for dimension in pair])
        assert mask is not None
        function = self.kernels.tidied if pairs <= tree.nought else self.kernels.existing
        return Store(tree, out, function, mask.astype(float))

    def _own(self, dimension: str, trees: Mapping[str, Tree]) -> tuple[list[Tree], int, list[int]]:
        """Of each member's tree what is of the member, the axis of members, and the shape of all together."""
        axis, places = self.axes.place[dimension], self.axes.frame.positions[dimension]
        own = [picked(tree, axis, places[member]) for member, tree in trees.items()]
        shape = list(np.broadcast_shapes(*(tree.shape for tree in own)))
        shape[axis] = len(own)
        return own, axis, shape

    def tree(self, term: Term) -> Tree:
        """The tree of a term, the same for the same term of a step."""
        key = (term, bool(self.inside))
        if key not in self._known:
            self._known[key] = self._tree(term)
        return self._known[key]

    def whole(self, term: Term) -> Array:
        """The array of a term over all periods."""
        return self._apart(term)[0]

    def _stored(self, term: Term) -> Leaf:
        array, nought = self._apart(term)
        found = self.leaf(array)
        found.nought = nought
        return found

    def _apart(self, term: Term) -> tuple[Array, Pairs]:
        inside, self.inside = self.inside, set()
        try:
            tree = self.tree(term)
            if isinstance(tree, Leaf):
                return tree.array, tree.nought
            out = self.calls.between(tree.shape)
            store = self.tidy(tree, out, dimensions_of(term), only_if_nought=True)
            self.calls.put(store)
            return out, NONE if store.function is None else tree.nought
        finally:
            self.inside = inside

    def moves(self, term: Term) -> bool:
        """Whether a draw changes a term."""
        if term not in self._moves:
            if isinstance(term, Named):
                self._moves[term] = self.reading.resolve(term) in self.moving
            else:
                self._moves[term] = isinstance(term, Call) and any(map(self.moves, term.arguments))
        return self._moves[term]

    def _tree(self, term: Term) -> Tree:
        if isinstance(term, Number) and term.value == 0:
            return Leaf(self.reading.read(term), (1,) * self.axes.rank, nought=self.every)
        if isinstance(term, Named):
            return self._named(term)
        if not self.moves(term):
            return self.leaf(self.reading.read(term))
        assert isinstance(term, Call)
        still = not set(dimensions_of(term)) & set(TIME)
        if self.inside and not uses(term, self.inside) and (still or not self._goes_by_cell(term)):
            return self._stored(term)
        operator = OPERATORS[term.operator]
        self.sound = self.sound and not operator.may_be_empty and operator.exact != NEAR
        special = _SPECIAL.get(term.operator)
        if special is not None:
            return special(self, term)
        if term.operator in self.kernels.cell_by_cell:
            return self._cell_by_cell(term)
        if operator.within_a_sum and self._goes_by_cell(term):
            self.sound = False  # nothing is known of it: what it gives is looked at
            return node(self.own_reading(term), *(self.tree(each) for each in term.arguments))
        return self.leaf(self.by_itself(term))

    def _named(self, named: Named) -> Leaf:
        found = self.leaf(self.reading.arrays[self.reading.resolve(named)])
        pairs = self.pairs(named.over, found.array.shape)
        if pairs and isinstance(named, Line):  # a row of its own is put into its place as it is
            row = self.reading.dimension_of_rows(named)
            pairs = frozenset(pair for pair in pairs if row not in pair)
        found.nought = pairs
        return found

    def _goes_by_cell(self, call: Call) -> bool:
        row = OPERATORS[call.operator]
        elsewhere = row.removes or row.adds or row.reduces or row.table or row.axis
        return row.reads == SAME and not elsewhere

    def _cell_by_cell(self, call: Call) -> Tree:
        less = without_ones(call)
        if less is not call:
            return self.tree(less)
        parts = [self.tree(argument) for argument in call.arguments]
        kernel = self.kernels.cell_by_cell[call.operator]
        if isinstance(kernel, np.ufunc) and kernel.nin < len(parts):  # the least of several
            found = parts[0]
            for part in parts[1:]:
                found = node(kernel, found, part)
        else:
            found = node(kernel, *parts)
        found.nought = _nought(call, parts)
        return found

    def where(self, call: Call) -> Tree:
        """A condition that two numbers make is read with what depends on it."""
        condition, x, y = call.arguments
        if isinstance(condition, Call) and condition.operator == "above" and self.moves(condition):
            parts = [self.tree(each) for each in (*condition.arguments, x, y)]
            found = node(self.kernels.where_above, *parts)
        else:
            parts = [self.tree(each) for each in call.arguments]
            found = node(self.kernels.where, *parts)
        found.nought = parts[-2].nought & parts[-1].nought
        return found

    def step(self, call: Call) -> Tree:
        """The flow of one period is the flow."""
        return self.tree(call.arguments[0])

    def choose(self, call: Call) -> Tree:
        """The cases of words that are chosen somewhere."""
        if self.moves(call.arguments[0]):
            raise NotCompiledError
        selector = self.reading.read(call.arguments[0])
        words = call.arguments[0].choices  # type: ignore[attr-defined]
        found: Tree | None = None
        for word, case in zip(call.settings["members"], call.arguments[1:], strict=True):
            here = selector == words.index(word)
            if not here.any():
                continue
            tree = self.tree(case)
            if found is None:
                found = tree
            else:
                both = found.nought & tree.nought
                found = node(chosen, self.leaf(here), tree, found)
                found.nought = both
        assert found is not None
        return found

    def at(self, call: Call) -> Tree:
        """One member: nothing else of the term is worked out."""
        argument = call.arguments[0]
        dimension, member = call.settings["dimension"], call.settings["member"]
        tree = self.tree(argument)
        frame = self.axes.frame
        if dimension == OPTION:
            place = self.axes.baseline if member == BASELINE else frame.option_ids.index(member)
            found = picked(tree, OPTION_AXIS, place)
            found.nought = tree.nought
            return found
        axis, place = self.axes.place[dimension], frame.positions[dimension][member]
        if axis == self.axis and self.inside:
            raise NotCompiledError
        found = picked(tree, axis, place)
        found.nought = frozenset(pair for pair in tree.nought if dimension not in pair)
        mask = self.axes.mask(dimensions_of(argument))
        if mask is None:
            return found
        here = mask if mask.shape[axis] == 1 else mask.take([place], axis=axis)
        if here.all() or self._is_nought(tree, argument):
            return found
        return node(self.kernels.existing, found, self.leaf(here.astype(float)))

    def _is_nought(self, tree: Tree, argument: Term) -> bool:
        """Whether an array is 0, and has a value, wherever a combination does not exist."""
        dimensions = set(dimensions_of(argument))
        pairs = {pair for pair in self.axes.frame.pairs if dimensions.issuperset(pair)}
        return isinstance(tree, Leaf) and pairs <= tree.nought

    def total(self, call: Call) -> Tree:
        """The sum over members that exist."""
        argument = call.arguments[0]
        return self._reduced(np.add.reduce, argument, call.settings["over"], 0.0)

    def share_of(self, call: Call) -> Tree:
        """A member's share of the sum; 0 where the sum is 0."""
        return node(self.kernels.putting(elementwise.share), self.tree(call.arguments[0]), self.total(call))

    def smallest(self, call: Call) -> Tree:
        """The least of the members that exist; 0 where none does."""
        least = self._reduced(np.minimum.reduce, call.arguments[0], call.settings["over"], np.inf)
        return node(finite_or_nought, least)

    def largest(self, call: Call) -> Tree:
        """The greatest of the members that exist; 0 where none does."""
        most = self._reduced(np.maximum.reduce, call.arguments[0], call.settings["over"], -np.inf)
        return node(finite_or_nought, most)

    def _reduced(self, function: Any, argument: Term, over: tuple[str, ...], none: float) -> Tree:
        tree = self.tree(argument)
        axes = tuple(self.axes.place[dimension] for dimension in over)
        if self.inside and self.axis in axes:
            raise NotCompiledError
        mask = self.axes.mask(dimensions_of(argument))
        kept = frozenset(pair for pair in tree.nought if not set(over) & set(pair))
        if mask is not None and none != 0:
            nothing = self.leaf(np.full((1,) * self.axes.rank, none))
            tree = node(chosen, self.leaf(mask), tree, nothing)
        elif mask is not None and not self._is_nought(tree, argument):
            dimensions = set(dimensions_of(argument))
            pairs = {pair for pair in self.axes.frame.pairs if dimensions.issuperset(pair)}
            kernels = self.kernels
            tidying = kernels.existing_if_missing if pairs <= tree.nought else kernels.existing
            tree = node(tidying, tree, self.leaf(mask.astype(float)))
        wide = list(tree.shape)
        for dimension in over:
            wide[self.axes.place[dimension]] = self.axes.size(dimension)
        if tuple(wide) != tree.shape:
            missing = [1 if n == m else n for n, m in zip(wide, tree.shape, strict=True)]
            tree = node(np.add, tree, self.leaf(np.zeros(missing)))
        shape = tuple(1 if axis in axes else size for axis, size in enumerate(tree.shape))
        return Reduced(function, tree, axes, shape, kept if none == 0 else NONE)

    def by_member(self, call: Call) -> Tree:
        """Each member's own term; no value for one that nothing is said of."""
        if self.inside:
            raise NotCompiledError
        dimension = call.settings["dimension"]
        trees = {}
        for member in self.axes.frame.ids(dimension):
            case = case_of(call, member)
            self.sound = self.sound and case is not None
            term = Number(np.nan) if case is None else for_row(case, {dimension: member})
            trees[member] = self.tree(term)
        own, axis, shape = self._own(dimension, trees)
        out = self.calls.between(tuple(shape))
        for place, tree in enumerate(own):
            self.calls.put(Store(tree, place_of(out, axis, place)))
        return self.leaf(out)


def _nought(call: Call, parts: Sequence[Tree]) -> Pairs:
    """Where a result is 0, by what the table of operators says and where its arguments are."""
    by = OPERATORS[call.operator].nought
    every = [part.nought for part in parts]
    if by == ANY:
        return frozenset().union(*every)
    if by == ALL:
        return frozenset.intersection(*every)
    return every[0] if by == FIRST else NONE


_SPECIAL: dict[str, Callable[[Formulas, Call], Tree]] = {
    "where": Formulas.where,
    "step": Formulas.step,
    "choose": Formulas.choose,
    "at": Formulas.at,
    "total": Formulas.total,
    "share_of": Formulas.share_of,
    "smallest": Formulas.smallest,
    "largest": Formulas.largest,
    "by_member": Formulas.by_member,
    "previous": Formulas.previous,
    "per_year": Formulas.per_year,
}
