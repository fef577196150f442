"""The numbers reading of operators that look along a whole row of periods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np

from casebuilder.algebra.terms import Call, Named, Term
from casebuilder.evaluate.axes import Array, Axes
from casebuilder.evaluate.functions.elementwise import lacks


class Row(Protocol):
    """What reads a row: the part of `numbers.Reading` that these operators use."""

    axes: Axes

    def whole_row(self, term: Term) -> tuple[Array, int]:
        """All periods of a line or an input, and the time axis."""

    def read(self, term: Term) -> Array:
        """Any term."""


def whole(x: Array) -> Array:
    """ROUND(x, 0): a lag or a length counts whole periods."""
    return np.trunc(x + np.copysign(0.5, x))


def _lagged(r: Row, call: Call) -> Array:
    x, axis = r.whole_row(call.arguments[0])
    lag = whole(r.read(call.arguments[1]))
    numbers = np.arange(x.shape[axis]).reshape([-1 if i == axis else 1 for i in range(r.axes.rank)])
    source = numbers - lag
    x, source = np.broadcast_arrays(x, source)
    inside = (source >= 0) & (source < x.shape[axis])
    taken = np.take_along_axis(x, np.where(inside, source, 0).astype(int), axis=axis)
    return np.where(inside, taken, 0.0 * lag)


def _cumulative(r: Row, call: Call) -> Array:
    x, axis = r.whole_row(call.arguments[0])
    return np.cumsum(x, axis=axis)


def _window_total(r: Row, call: Call) -> Array:
    """Added up term by term, so that what has left the window leaves nothing behind."""
    x, axis = r.whole_row(call.arguments[0])
    length = whole(r.read(call.arguments[1]))
    periods = x.shape[axis]
    before = (slice(None),) * axis
    found = np.zeros(np.broadcast_shapes(x.shape, length.shape)) + 0.0 * length
    # What lies outside the window counts nothing, also where it has no value.
    varies = length.size > 1 and lacks(x)
    for back in range(int(min(periods, np.nanmax(length, initial=0.0)))):
        part = x[(*before, slice(None, periods - back))]
        inside = back < length
        found[(*before, slice(back, None))] += np.where(inside, part, 0.0) if varies else part * inside
    return found


def _recurring(r: Row, call: Call) -> Array:
    """Added up gap by gap, as SUMPRODUCT does: it has no value where one of the row has none."""
    x, axis = r.whole_row(call.arguments[0])
    gap = np.maximum(whole(r.read(call.arguments[1])), 1.0)
    periods = x.shape[axis]
    before = (slice(None),) * axis
    found = np.zeros(np.broadcast_shapes(x.shape, gap.shape)) + 0.0 * gap
    total = x.sum(axis=axis, keepdims=True)
    if np.isnan(total).any():
        found = found + 0.0 * total
    for back in range(periods):
        falls = (back % gap == 0).astype(float)
        found[(*before, slice(back, None))] += x[(*before, slice(None, periods - back))] * falls
    return found


def _first_period(r: Row, call: Call) -> Array:
    """Empty where it never holds; no value where that of one period is not known."""
    condition, axis = r.whole_row(call.arguments[0])
    after = r.read(call.arguments[1])
    holds = condition == 1
    first = np.argmax(holds, axis=axis, keepdims=True) + 1.0 + 0.0 * condition.sum(axis=axis, keepdims=True)
    return np.where(holds.any(axis=axis, keepdims=True), first - after, np.nan)


def _per_year(r: Row, call: Call) -> Array:
    """Of a term that is no line or input SUMPRODUCT has no value where one of the row has none."""
    x, month = r.whole_row(call.arguments[0])
    years, how = r.axes.size("year"), call.settings["how"]
    months = np.asarray(r.axes.frame.year_of_month)
    parts = []
    for year in range(1, years + 1):
        inside = np.flatnonzero(months == year)
        if not inside.size:
            parts.append(np.zeros_like(x.take([0], axis=month)))
        elif how == "last":
            parts.append(x.take(inside[-1:], axis=month))
        else:
            function = np.sum if how == "sum" else np.mean
            parts.append(function(x.take(inside, axis=month), axis=month, keepdims=True))
    found = np.concatenate(parts, axis=r.axes.place["year"])
    if not isinstance(call.arguments[0], Named) and lacks(x):
        found = found + 0.0 * x.sum(axis=month, keepdims=True)
    return found


def _spread(r: Row, call: Call) -> Array:
    x, axis = r.whole_row(call.arguments[0])
    places = np.asarray(r.axes.frame.year_of_month) - 1
    monthly = np.swapaxes(x.take(places, axis=axis), axis, r.axes.place["month"])
    return monthly / 12.0 if call.settings["how"] == "evenly" else monthly


def _stated(r: Row, call: Call) -> Array:
    x, axis = r.whole_row(call.arguments[0])
    first = x.take(range(r.axes.size("statement")), axis=axis)
    return np.swapaxes(first, axis, r.axes.place["statement"])


PERIOD_READINGS: Mapping[str, Callable[..., Array]] = {
    "lagged": _lagged,
    "recurring": _recurring,
    "cumulative": _cumulative,
    "window_total": _window_total,
    "first_period": _first_period,
    "per_year": _per_year,
    "spread": _spread,
    "stated": _stated,
}
