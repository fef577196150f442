"""Trees as calls: walked in pieces that fit the cache, or period by period.

The calls of a tree are made at one place after the other along its outermost axes, so that what stands
between them never leaves the cache. A loop over periods is a walk along time, in which the calls of all its
lines follow each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.compiled.kernels import copied
from casebuilder.evaluate.compiled.memory import Memory
from casebuilder.evaluate.compiled.trees import Function, Leaf, Node, Reduced, Shape, Tree

Entry = tuple[Function, tuple[Any, ...], Any]


@dataclass(frozen=True)
class Store:
    """A tree and the array that it is put into; then, in place, what a function makes of it and a mask."""

    tree: Tree
    out: Array
    function: Function | None = None
    mask: Array | None = None


# So many numbers a piece: a few arrays of them fit the cache of a core.
PIECE = 131_072


@dataclass(frozen=True)
class Walk:
    """The places at which calls are made.

    Attributes
    ----------
    axes
        The axes walked along, outermost first.
    together
        How many places along each a call takes: 1 on all but the last.
    places
        For each call where it stands on each axis: a number, or a slice where it takes several.
    """

    axes: tuple[int, ...] = ()
    together: tuple[int, ...] = ()
    places: tuple[tuple[Any, ...], ...] = ((),)


@dataclass(eq=False)
class Spot:
    """Where a call of a walk reads or writes.

    `walked` tells that the array has all places of the walk; else it holds what is of this place alone, and
    `own` that it is given back after its last reader.
    """

    array: Array
    walked: bool = True
    shift: int = 0
    first: Array | None = None
    own: bool = False
    uses: int = 0


class Operand:
    """A spot made ready for a call: what to index by the place, and the axes left in the order of memory."""

    def __init__(self, ready: Array, varies: tuple[int, ...]) -> None:
        """Keep what is ready, and the places in the walk by which it is indexed."""
        self.ready, self.varies = ready, varies

    def at(self, place: tuple[Any, ...]) -> Array:
        """The array that a call at a place takes."""
        if not self.varies:
            return self.ready
        if len(self.varies) == 1:
            return self.ready[place[self.varies[0]], ...]
        return self.ready[(*(place[axis] for axis in self.varies), ...)]


class Earlier(Operand):
    """The same some periods earlier, another operand where there is none; time is walked along last."""

    def __init__(self, now: Operand, shift: int, first: Operand) -> None:
        """Keep both."""
        super().__init__(now.ready, now.varies)
        self.shift, self.first = shift, first

    def at(self, place: tuple[Any, ...]) -> Array:
        """The array that a call at a place takes."""
        number = place[-1] - self.shift
        return self.first.at(place) if number < 0 else super().at((*place[:-1], number))


class Calls:
    """The calls of many trees, in the order in which they are run.

    Parameters
    ----------
    memory
        Where arrays come from.
    piece
        The most numbers that a call goes over, where it can be parted.
    """

    def __init__(self, memory: Memory, piece: int = PIECE) -> None:
        """Start without calls."""
        self.memory, self.piece = memory, piece
        self.entries: list[Entry] = []
        self._between: list[Array] = []

    def array(self, tree: Tree) -> Array:
        """The whole of a tree as an array, which is anybody's after `done`."""
        if isinstance(tree, Leaf):
            return tree.array
        out = self.between(tree.shape)
        self.put(Store(tree, out))
        return out

    def between(self, shape: Shape) -> Array:
        """An array that is needed until `done`."""
        array = self.memory.take(shape)
        self._between.append(array)
        return array

    def put(self, store: Store) -> None:
        """Put the whole of a tree into an array, which may be larger."""
        tree = store.tree
        if isinstance(tree, Reduced):
            shape = tree.part.shape
            walk = self._pieces(shape, tree.over)
        else:
            walk = self._pieces(tree.shape)
        shape = tree.part.shape if isinstance(tree, Reduced) else tree.shape
        Body(self, walk, [store], shape).write()

    def loop(self, axis: int, stores: Sequence[Store]) -> None:
        """Put trees into the periods of arrays along an axis, one period of all of them after the other.

        The trees stand in the order in which a period of them is worked out.
        """
        walk = Walk((axis,), (1,), tuple((period,) for period in range(stores[0].out.shape[axis])))
        Body(self, walk, stores, None).write()

    def add(self, function: Function, arguments: Sequence[Any], out: Any) -> None:
        """A call on whole arrays."""
        self.entries.append((function, tuple(arguments), out))

    def done(self) -> None:
        """Give back what stood between."""
        for array in self._between:
            self.memory.give(array)
        self._between = []

    def _pieces(self, shape: Shape, whole: Sequence[int] = ()) -> Walk:
        """Along the outermost axes, one place at a time, until a piece is small enough."""
        left = prod(shape)
        axes: list[int] = []
        together: list[int] = []
        steps: list[list[Any]] = []
        for axis in self.memory.order[:-1]:
            size = shape[axis]
            if left <= self.piece:
                break
            if size == 1 or axis in whole:
                continue
            most = max(1, self.piece * size // left)
            count = next(n for n in range(min(most, size), 0, -1) if size % n == 0)
            axes.append(axis)
            together.append(count)
            many = [slice(k, k + count) for k in range(0, size, count)]
            steps.append(list(range(size)) if count == 1 else many)
            left = left // size * count
        return Walk(tuple(axes), tuple(together), tuple(product(*steps)))


@dataclass(eq=False)
class Body:
    """The calls made at each place of a walk.

    Attributes
    ----------
    calls
        What they are added to.
    walk
        Where they are made.
    stores
        Trees, and the arrays they are put into.
    root
        The shape that is parted; None in a loop, where every array is read by period.
    """

    calls: Calls
    walk: Walk
    stores: Sequence[Store]
    root: Shape | None
    _steps: list[tuple[Function, tuple[Any, ...], Operand]] = field(default_factory=list)
    _spots: dict[int, Spot] = field(default_factory=dict)
    _uses: dict[int, int] = field(default_factory=dict)

    def write(self) -> None:
        """Add the calls of every place."""
        for store in self.stores:
            self._count(store.tree)
        for store in self.stores:
            self._store(store)
        entries = self.calls.entries
        for place in self.walk.places:
            for function, parts, target in self._steps:
                arguments = tuple(p.at(place) if isinstance(p, Operand) else p for p in parts)
                entries.append((function, arguments, target.at(place)))

    def _count(self, tree: Tree) -> None:
        """How many read each tree, so that what stands between is given back after the last."""
        seen = id(tree) in self._uses
        self._uses[id(tree)] = self._uses.get(id(tree), 0) + 1
        if seen or isinstance(tree, Leaf):
            return
        if not self._inside(tree):  # before anything of the walk, which may then use memory that it gave back
            self._spots[id(tree)] = Spot(self.calls.array(tree))
            return
        for part in tree.parts if isinstance(tree, Node) else (tree.part,):
            self._count(part)

    def _inside(self, tree: Tree) -> bool:
        """Whether a tree is worked out place by place: else once, before the walk."""
        if self.root is None:
            return True
        if isinstance(tree, Reduced):
            return any(tree is store.tree for store in self.stores)
        return all(tree.shape[axis] == self.root[axis] for axis in self.walk.axes)

    def _store(self, store: Store) -> None:
        tree, out = store.tree, Spot(store.out)
        local = self._local(store.out.shape)
        if (
            isinstance(tree, Leaf)
            or self._local(tree.shape) != local
            or not self._inside(tree)
            or (id(tree) in self._spots)
        ):
            self._steps.append((copied, (self._ready(self._spot(tree), local),), self._ready(out, local)))
        else:
            self._make(tree, out)
            self._spots[id(tree)] = out
        if store.function is not None:
            assert store.mask is not None
            ready = self._ready(out, local)
            self._steps.append((store.function, (ready, self._ready(Spot(store.mask), local)), ready))

    def _spot(self, tree: Tree) -> Spot:
        """Where a tree stands once its calls are made."""
        known = self._spots.get(id(tree))
        if known is not None:
            return known
        if isinstance(tree, Leaf):
            spot = Spot(tree.array, shift=tree.shift, first=tree.first)
        else:
            spot = self._make(tree, None)
        spot.uses = self._uses[id(tree)]
        self._spots[id(tree)] = spot
        return spot

    def _make(self, tree: Node | Reduced, out: Spot | None) -> Spot:
        """The calls of a tree, into a spot that is given or a new one."""
        parts = tree.parts if isinstance(tree, Node) else (tree.part,)
        spots = [self._spot(part) for part in parts]
        shape = self._local(tree.shape)
        for spot in spots:
            spot.uses -= 1
        free = [spot for spot in dict.fromkeys(spots) if spot.own and spot.uses == 0]
        if out is None and isinstance(tree, Node):
            again = next((spot for spot in free if spot.array.shape == shape), None)
            if again is not None:
                free.remove(again)
                out = Spot(again.array, walked=False, own=True)
        if out is None:
            out = Spot(self.calls.memory.take(shape), walked=False, own=True)
        if isinstance(tree, Node):
            ready = tuple(self._ready(spot, shape) for spot in spots)
            same = (
                each for each, spot in zip(ready, spots, strict=True) if spot.own and spot.array is out.array
            )
            target = next(same, None) or self._ready(out, shape)  # one and the same where it is in place
            self._steps.append((tree.function, ready, target))
        else:
            self._reduce(tree, spots[0], out)
        for spot in free:
            self.calls.memory.give(spot.array)
        return out

    def _reduce(self, tree: Reduced, spot: Spot, out: Spot) -> None:
        local = self._local(tree.part.shape)
        shape = tuple(2 if axis in tree.over else size for axis, size in enumerate(local))
        kept = [axis for axis in self._order() if shape[axis] > 1]
        places = tuple(place for place, axis in enumerate(kept) if axis in tree.over)
        into = tuple(1 if axis in tree.over else size for axis, size in enumerate(local))
        self._steps.append((tree.function, (self._ready(spot, shape), places), self._ready(out, into)))

    def _local(self, shape: Shape) -> Shape:
        """The shape of what is of one place."""
        found = list(shape)
        for axis, together in zip(self.walk.axes, self.walk.together, strict=True):
            if found[axis] > 1:
                found[axis] = together
        return tuple(found)

    def _order(self) -> list[int]:
        """The axes of a call: those walked along with several places a call, then the others as they lie."""
        several = [a for a, n in zip(self.walk.axes, self.walk.together, strict=True) if n > 1]
        return [*several, *(axis for axis in self.calls.memory.order if axis not in self.walk.axes)]

    def _ready(self, spot: Spot, shape: Shape) -> Operand:
        """A spot for a call whose result has a local shape: what is 1 there has no axis in the call."""
        rest = self._order()
        single = [a for a, n in zip(self.walk.axes, self.walk.together, strict=True) if n == 1]
        order = [*single, *rest]
        sizes = spot.array.shape
        index: list[Any] = []
        varies: list[int] = []
        for axis in order:
            along = self.walk.axes.index(axis) if axis in self.walk.axes else None
            if along is not None and spot.walked and sizes[axis] > 1:
                varies.append(along)
                index.append(slice(None))
            elif axis in single or shape[axis] == 1:
                index.append(0)
            else:
                index.append(slice(None))
        now = Operand(spot.array.transpose(order)[(*index, ...)], tuple(varies))
        if spot.first is None:
            return now
        return Earlier(now, spot.shift, self._ready(Spot(spot.first), shape))
