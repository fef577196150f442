"""What compiled calls do: functions that put their result into an array that is there.

Where a value is missing, or something was divided by 0 on the way, they look where, as formulas do; what they
cannot tell is left to `evaluate.stepping`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.functions import elementwise
from casebuilder.evaluate.functions.elementwise import LEAST_ABOVE
from casebuilder.evaluate.functions.probability import binomial_at_least, erlang_c, normal_quantile
from casebuilder.evaluate.functions.rates import lease_rate

Kernel = Callable[..., Any]


class Kernels:
    """The functions of one plan; they tell each other whether a value may be missing in the step at hand.

    Attributes
    ----------
    noticed
        Whether numpy told that something was divided by 0, overflowed or is no number.
    missing
        Whether some value of the step may be missing: functions then look where, as formulas do.
    infinite
        Whether a function overflowed or divided by 0 otherwise than by dividing.
    again
        Whether the step must be taken by its formulas.
    cell_by_cell
        The function of each operator that goes cell by cell.
    """

    def __init__(self) -> None:
        """Nothing is missing yet."""
        self.noticed = self.missing = self.infinite = self.again = False
        self.cell_by_cell: dict[str, Kernel] = {
            "add": np.add,
            "subtract": np.subtract,
            "multiply": np.multiply,
            "minimum": np.minimum,
            "maximum": np.maximum,
            "negate": np.negative,
            "absolute": np.abs,
            "exp": np.exp,
            "inflate": np.multiply,
            "discount": np.multiply,
            "divide": self.divide,
            "deflate": self.divide,
            "above": self.above,
            "where": self.where,
            "power": self.power,
            **{name: self.putting(function) for name, function in _MADE.items()},
        }

    def start(self, *, missing: bool) -> None:
        """Begin a step; `missing` tells that something it reads may have no value."""
        self.noticed, self.missing, self.infinite, self.again = False, missing, False, False

    def notice(self, *_: object) -> None:
        """Told by numpy that something overflowed, was divided by 0 or is no number."""
        self.noticed = True

    def putting(self, function: Callable[..., Array]) -> Kernel:
        """A function that makes an array of its own, as one that fills an array."""

        def kernel(*arrays: Array, out: Array) -> None:
            found = function(*arrays)
            if self.noticed:
                self.noticed = False
                infinite = np.isinf(found)
                if infinite.any():
                    found = np.where(infinite, np.nan, found)
                    self.infinite = self.missing = True
                elif np.isnan(found).any():
                    self.missing = True
            np.copyto(out, found)

        return kernel

    def unless_missing(self, quick: Kernel, own: Kernel) -> Kernel:
        """A quick function where no value is missing, else the operator's own."""

        def kernel(out: Array) -> None:
            (own if self.missing else quick)(out=out)

        return kernel

    def divide(self, a: Array, b: Array, out: Array) -> None:
        """`a / b`; no value where b is 0."""
        np.divide(a, b, out=out)
        if self.noticed:
            self.noticed, self.missing = False, True
            np.copyto(out, np.nan, where=b == 0)

    def above(self, a: Array, b: Array, out: Array) -> None:
        """1 where ROUND(a - b, 9) > 0, else 0."""
        apart = np.subtract(a, b)
        np.copyto(out, apart >= LEAST_ABOVE)
        if self.missing:
            np.copyto(out, np.nan, where=np.isnan(apart))

    def where_above(self, a: Array, b: Array, x: Array, y: Array, out: Array) -> None:
        """`x` where ROUND(a - b, 9) > 0, else `y`."""
        apart = np.subtract(a, b)
        unknown = np.isnan(apart) if self.missing else None
        np.copyto(out, np.where(apart >= LEAST_ABOVE, x, y))
        if unknown is not None:
            np.copyto(out, np.nan, where=unknown)

    def where(self, condition: Array, x: Array, y: Array, out: Array) -> None:
        """`x` where the condition is not 0, else `y`."""
        unknown = np.isnan(condition) if self.missing else None
        np.copyto(out, np.where(condition != 0, x, y))
        if unknown is not None:
            np.copyto(out, np.nan, where=unknown)

    def existing(self, x: Array, exists: Array, out: Array) -> None:
        """The values of combinations that exist, 0 elsewhere; `exists` is 1 or 0."""
        if self.missing:
            np.copyto(out, np.where(exists != 0, x, 0.0))
        else:
            np.multiply(x, exists, out=out)

    def existing_if_missing(self, x: Array, exists: Array, out: Array) -> None:
        """The same of what is 0 elsewhere unless something is missing; most often in place."""
        if self.missing:
            np.copyto(out, np.where(exists != 0, x, 0.0))
        elif out is not x:
            np.copyto(out, x)

    def tidied(self, x: Array, exists: Array, out: Array) -> None:
        """In place: 0 where a combination does not exist, of what is so unless something is missing."""
        if self.missing:
            np.copyto(out, np.where(exists != 0, x, 0.0))

    def power(self, x: Array, y: Array, out: Array) -> None:
        """`x` to the power `y`; no value for 0 to the power 0, and none where either has none."""
        if self.missing:
            np.copyto(out, elementwise.power(x, y))
            return
        nought = np.equal(x, 0)
        nowhere = nought & np.equal(y, 0) if nought.any() else None
        np.power(x, y, out=out)
        if nowhere is not None and nowhere.any():
            self.missing = True
            np.copyto(out, np.nan, where=nowhere)

    def all_there(self, out: Array) -> None:
        """Take the step by its formulas where a value may be missing: a row is then looked at as a whole."""
        self.again = self.again or self.missing


def chosen(here: NDArray[np.bool_], x: Array, y: Array, out: Array) -> None:
    """`x` where something holds, else `y`."""
    np.copyto(out, np.where(here, x, y))


def finite_or_nought(x: Array, out: Array) -> None:
    """0 where nothing was found."""
    np.copyto(out, np.where(np.isinf(x), 0.0, x))


def filled(value: float, out: Array) -> None:
    """One value everywhere."""
    out.fill(value)


def copied(x: Array, out: Array) -> None:
    """The same values elsewhere."""
    np.copyto(out, x)


# Operators whose functions make an array of their own.
_MADE: dict[str, Callable[..., Array]] = {
    "difference": elementwise.difference,
    "round_up": elementwise.round_up,
    "ratio": elementwise.ratio,
    "which_smallest": elementwise.which_smallest,
    "normal_quantile": normal_quantile,
    "erlang_c": erlang_c,
    "binomial_at_least": binomial_at_least,
    "lease_rate": lease_rate,
}
