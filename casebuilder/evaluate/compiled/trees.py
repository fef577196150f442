"""Formulas as trees of arrays: what is there, and what goes cell by cell or is added up on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casebuilder.evaluate.axes import Array

Function = Callable[..., Any]
Shape = tuple[int, ...]
# Of dimensions not all of whose combinations exist. What is 0 elsewhere needs no mask before it is added up.
Pairs = frozenset[tuple[str, str]]
NONE: Pairs = frozenset()


@dataclass(eq=False)
class Leaf:
    """An array that is there already.

    Attributes
    ----------
    array
        In the axes of the case.
    shape
        As its readers see it: in a loop over periods an array is read one period at a time.
    shift, first
        In a loop, how many periods earlier it is read, and what is read where there is none.
    nought
        The pairs of dimensions such that it is 0 where a combination does not exist.
    """

    array: NDArray[Any]
    shape: Shape
    shift: int = 0
    first: Array | None = None
    nought: Pairs = NONE


@dataclass(eq=False)
class Node:
    """What a function makes of trees, cell by cell: it is called with their arrays and `out`."""

    function: Function
    parts: tuple[Tree, ...]
    shape: Shape
    nought: Pairs = NONE


@dataclass(eq=False)
class Reduced:
    """A tree reduced over some axes, by the `reduce` of a function of numpy."""

    function: Function
    part: Tree
    over: tuple[int, ...]
    shape: Shape
    nought: Pairs = NONE


Tree = Leaf | Node | Reduced


def node(function: Function, *parts: Tree) -> Node:
    """A node whose shape is that of its parts together."""
    return Node(function, parts, np.broadcast_shapes(*(part.shape for part in parts)))


def picked(tree: Tree, axis: int, place: int) -> Tree:
    """One place of a tree along an axis: only what stands there is worked out."""
    if tree.shape[axis] == 1:
        return tree
    if isinstance(tree, Leaf):
        chosen = (slice(None),) * axis + (slice(place, place + 1),)
        first = tree.first
        if first is not None and first.shape[axis] > 1:
            first = first[chosen]
        return Leaf(tree.array[chosen], _single(tree.shape, axis), tree.shift, first)
    if isinstance(tree, Reduced):
        part = picked(tree.part, axis, place)
        return Reduced(tree.function, part, tree.over, _single(tree.shape, axis))
    return node(tree.function, *(picked(part, axis, place) for part in tree.parts))


def _single(shape: Shape, axis: int) -> Shape:
    return (*shape[:axis], 1, *shape[axis + 1 :])
