"""Compiled calls of operators that look along a row of periods, or along a table.

Each gives what its reading in `evaluate.periods` or `evaluate.numbers` gives, to the last bit, where no value
is missing; arrays stand in the axes of the case, with all periods.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.functions.elementwise import LEAST_ABOVE
from casebuilder.evaluate.periods import whole


def window_total(x: Array, length: Array, axis: int, out: Array) -> None:
    """The sum over the last periods, as many as a length says: term by term, the latest first."""
    x, out = np.moveaxis(x, axis, 0), np.moveaxis(out, axis, 0)
    lengths = np.moveaxis(whole(length), axis, 0)
    periods = len(out)
    least, most = float(lengths.min()), int(min(periods, max(float(lengths.max()), 0.0)))
    varies = len(lengths) > 1
    room = np.empty(out.shape[1:])
    out.fill(0.0)
    inside = [None if back < least else (back < lengths).astype(float) for back in range(most)]
    for period in range(periods):
        for back in range(min(most, period + 1)):
            within = inside[back]
            part = x[period - back]
            if within is not None:
                part = np.multiply(part, within[period if varies else 0], out=room)
            np.add(out[period], part, out=out[period])


def recurring(x: Array, gap: Array, axis: int, out: Array) -> None:
    """What falls in a period and what recurs in it: term by term, the latest first."""
    x, out = np.moveaxis(x, axis, 0), np.moveaxis(out, axis, 0)
    gaps = np.moveaxis(np.maximum(whole(gap), 1.0), axis, 0)
    periods = len(out)
    varies = len(gaps) > 1
    falls = [(back % gaps == 0).astype(float) for back in range(periods)]
    some = [bool(each.any()) for each in falls]
    room = np.empty(out.shape[1:])
    out.fill(0.0)
    for period in range(periods):
        for back in range(period + 1):
            if some[back]:
                np.multiply(x[period - back], falls[back][period if varies else 0], out=room)
                np.add(out[period], room, out=out[period])


def tier(x: Array, starts: Array, prices: Array, axis: int, kind: str, out: Array) -> None:
    """A quantity times the price of the tier that it reaches, or of each tier what falls into it."""
    first = [_one(starts, axis, place) for place in range(starts.shape[axis])]
    price = [_one(prices, axis, place) for place in range(prices.shape[axis])]
    if kind == "all_unit":
        reached = np.zeros(np.broadcast_shapes(x.shape, first[0].shape), dtype=np.int8)
        for start in first:
            reached += np.subtract(x, start) > -LEAST_ABOVE
        taken: Array | NDArray[np.float64] = price[0]
        for place in range(1, len(price)):
            taken = np.where(reached > place, price[place], taken)
        np.multiply(x, taken, out=out)
        return
    found = np.maximum(np.subtract(x, first[0]), 0.0) * price[0]
    for place in range(1, len(price)):
        found = found + np.maximum(x - first[place], 0.0) * (price[place] - price[place - 1])
    np.copyto(out, found)


def _one(x: Array, axis: int, place: int) -> Array:
    return x[(slice(None),) * axis + (slice(place, place + 1),)]
