"""How compiled arrays lie in memory, and which of them may be used again.

Time is outermost and the draw innermost, so that a period of a line lies in one piece, and what does not vary
by draw is one number beside a row of them. The axes themselves stand as everywhere in `evaluate`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import prod

import numpy as np

from casebuilder.algebra.dimensions import TIME
from casebuilder.evaluate.axes import DRAW, Array, Axes

# So many numbers of padding beside each array: a row of the cache.
_LINE = 8
# An array that was given back serves one of at least this part of its size.
_MOST = 2


class Memory:
    """Gives out arrays, and takes them back for others of their size.

    Parameters
    ----------
    axes
        The shape of the case.
    width
        How many draws an array holds.
    """

    def __init__(self, axes: Axes, width: int) -> None:
        """Give out nothing yet."""
        self.axes, self.width = axes, width
        times = sorted({axes.place[dimension] for dimension in TIME if dimension in axes.place})
        others = [axis for axis in range(axes.rank) if axis not in times and axis != DRAW]
        self.order = (*times, *others, DRAW)
        self._back = tuple(int(place) for place in np.argsort(self.order))
        self._sizes: list[int] = []
        self._free: list[Array] = []
        self._of: dict[int, Array] = {}
        self.given = 0

    def take(self, shape: Sequence[int]) -> Array:
        """An array of a shape; what it holds is anybody's."""
        size = prod(shape)
        room = -(-size // _LINE) * _LINE
        place = bisect_left(self._sizes, room)
        if place < len(self._sizes) and self._sizes[place] <= _MOST * room:
            self._sizes.pop(place)
            flat = self._free.pop(place)
        else:
            flat = np.zeros(room)
            self.given += room
        laid = flat[:size].reshape([shape[axis] for axis in self.order]).transpose(self._back)
        self._of[id(laid)] = flat
        return laid

    def give(self, array: Array) -> None:
        """Take an array back; it must have come from `take`, and nobody may read it after."""
        flat = self._of.pop(id(array))
        place = bisect_left(self._sizes, flat.size)
        self._sizes.insert(place, flat.size)
        self._free.insert(place, flat)
