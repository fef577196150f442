"""The choice of procurement routes: what each trust needs, what each route costs, and what binds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casebuilder.errors import CaseError
from casebuilder.evaluate.functions.elementwise import rounded

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

_SHAPES = {
    "units": "pkt",
    "order_year": "t",
    "own_cost": "pkr",
    "own_capital": "pkry",
    "pools": "r",
    "fixed": "kr",
    "starts": "rkj",
    "factors": "rkj",
    "all_units": "r",
    "cost_per_unit": "krt",
    "capital_per_unit": "krt",
    "rebate_starts": "rkm",
    "rebate": "rkm",
    "rebate_per_unit": "kr",
    "serves": "kr",
    "delivery_months": "kr",
    "delivery_limit": "k",
    "supplier_share": "kr",
    "supplier_limit": "k",
    "capital_limit": "y",
    "mixing": "k",
}
_LIMITS = ("delivery_limit", "supplier_limit", "capital_limit")
_NEVER_NEGATIVE = (
    "units",
    "fixed",
    "cost_per_unit",
    "capital_per_unit",
    "rebate_per_unit",
    "delivery_months",
    "supplier_share",
)


@dataclass(frozen=True, eq=False)
class RouteProblem:
    """Everything that decides which trust buys which class of equipment by which route.

    Axes: p trusts, k classes, r routes, t orders, y years, j tiers of the price, m tiers of the rebate.
    What concerns a route that is not offered for a class, or a class of which a trust needs nothing, is
    not read. Tiers mean what the operator `tier` means.

    Attributes
    ----------
    trusts, classes, routes, years, orders
        Names, as messages print them.
    units
        Units each trust needs from each order, (p, k, t); fractions are allowed.
    order_year
        The place in `years` of the year in which an order is delivered, (t,).
    own_cost
        Whole-life cost of a route to a trust apart from the pooled price, GBP real at present value,
        (p, k, r). For a route that does not pool it is the whole cost.
    own_capital
        Capital likewise, GBP nominal, (p, k, r, y).
    pools
        Whether a route pools the trusts that take it, (r,). What follows is read for those only.
    fixed
        Cost once for a class if any trust joins, GBP real, (k, r).
    starts, factors
        Units of one order at which each tier starts, and its price as a share of the unit price,
        (r, k, j). A start that is not a finite number, after the others, stands for no tier.
    all_units
        Whether all units take the factor of the tier reached, or each part its own, (r,).
    cost_per_unit
        Whole-life cost of a unit at factor 1, GBP real, (k, r, t).
    capital_per_unit
        Capital of a unit at factor 1, in the order's year, GBP nominal, (k, r, t).
    rebate_starts, rebate
        Units over all orders from which a rebate is given on all of them, and its share of
        `rebate_per_unit`, (r, k, m). Starts as in `starts`.
    rebate_per_unit
        GBP real, (k, r).
    serves
        Whether a route is offered for a class, (k, r).
    delivery_months, delivery_limit
        Months a route takes, (k, r), and the most allowed, (k,); NaN allows any.
    supplier_share, supplier_limit
        The largest share of units that one supplier gets on a route, (k, r), and the most of a
        class's units that one supplier may get, (k,); NaN allows any.
    capital_limit
        The most capital in a year, GBP nominal, (y,); NaN allows any.
    mixing
        Whether trusts may take different routes for a class, (k,).
    buy_up
        Whether a pool may order more than it needs, up to the start of a later tier.

    Raises
    ------
    CaseError
        A shape or a value is wrong; every fault is named.
    """

    trusts: tuple[str, ...]
    classes: tuple[str, ...]
    routes: tuple[str, ...]
    years: tuple[str, ...]
    orders: tuple[str, ...]
    units: Array
    order_year: NDArray[np.int64]
    own_cost: Array
    own_capital: Array
    pools: Flags
    fixed: Array
    starts: Array
    factors: Array
    all_units: Flags
    cost_per_unit: Array
    capital_per_unit: Array
    rebate_starts: Array
    rebate: Array
    rebate_per_unit: Array
    serves: Flags
    delivery_months: Array
    delivery_limit: Array
    supplier_share: Array
    supplier_limit: Array
    capital_limit: Array
    mixing: Flags
    buy_up: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be reckoned with, all faults at once."""
        faults = list(_shape_faults(self)) or list(_value_faults(self))
        if faults:
            raise CaseError("\n".join(faults))

    @property
    def class_units(self) -> Array:
        """Units of each class over all orders for each trust, (p, k)."""
        return np.asarray(self.units.sum(axis=2))

    def buyers(self, place: int) -> list[int]:
        """The trusts that need any of a class."""
        return [int(p) for p in np.flatnonzero(self.class_units[:, place] > 0)]

    def bought(self) -> list[int]:
        """The classes of which any trust needs any."""
        return [place for place in range(len(self.classes)) if self.buyers(place)]

    def in_time(self) -> Flags:
        """Whether a route delivers a class within its limit, (k, r)."""
        limit = self.delivery_limit[:, None]
        return np.isnan(limit) | (rounded(self.delivery_months - np.nan_to_num(limit)) <= 0)

    def admissible(self) -> Flags:
        """Whether a route is offered for a class and delivers it in time, (k, r)."""
        return self.serves & self.in_time()


def _shape_faults(problem: RouteProblem) -> Iterator[str]:
    names = {
        "p": problem.trusts,
        "k": problem.classes,
        "r": problem.routes,
        "y": problem.years,
        "t": problem.orders,
    }
    for what, members in zip(("trust", "class", "route", "year", "order"), names.values(), strict=True):
        if not members:
            yield f"there is no {what} to choose for"
        elif len(set(members)) < len(members):
            yield f"a {what} is named twice: {', '.join(members)}"
    sizes = {letter: len(members) for letter, members in names.items()}
    for letter, given in (("j", problem.starts), ("m", problem.rebate_starts)):
        sizes[letter] = given.shape[-1] if given.ndim else 0
    for name, letters in _SHAPES.items():
        wanted = tuple(sizes[letter] for letter in letters)
        found = getattr(problem, name).shape
        if found != wanted:
            yield f"{name} has shape {found}, not {wanted}"
    if 0 in (sizes["j"], sizes["m"]):
        yield "starts and rebate_starts need at least one tier"


def _value_faults(problem: RouteProblem) -> Iterator[str]:
    names: dict[str, Sequence[str]] = {
        "p": problem.trusts,
        "k": problem.classes,
        "r": problem.routes,
        "y": problem.years,
        "t": problem.orders,
        "j": [f"tier {n + 1}" for n in range(problem.starts.shape[-1])],
        "m": [f"tier {n + 1}" for n in range(problem.rebate.shape[-1])],
    }
    if not np.isfinite(problem.units).all():
        yield from _named("units", ~np.isfinite(problem.units), names, "is not a number")
        return
    read = _read(problem)
    for name, letters in _SHAPES.items():
        values = getattr(problem, name)
        if values.dtype == bool:
            continue
        wrong = np.isinf(values) if name in _LIMITS else ~np.isfinite(values)
        if name not in ("starts", "rebate_starts"):
            yield from _named(name, wrong & read[letters], names, "is not a number")
        if name in (*_NEVER_NEGATIVE, *_LIMITS, "factors", "rebate"):
            yield from _named(name, (values < 0) & read[letters], names, "is below 0")
    shares = np.asarray(read["kr"] & (problem.supplier_share > 1))
    yield from _named("supplier_share", shares, names, "is above 1")
    for place in np.flatnonzero(~(problem.class_units > 0).any(axis=1)):
        yield f"{problem.trusts[place]} is a member with no volume: it needs no unit of any class"
    whole = (problem.order_year >= 0) & (problem.order_year < len(problem.years))
    for place in np.flatnonzero(~whole | (problem.order_year % 1 != 0)):
        yield (
            f"order_year of {problem.orders[place]} is {problem.order_year[place]}, "
            f"not the place of a year, 0 to {len(problem.years) - 1}"
        )
    yield from _tier_faults(problem)


def _read(problem: RouteProblem) -> dict[str, Flags]:
    """Which cells of an array with these axes are read at all."""
    needed: Flags = np.asarray(problem.class_units > 0)
    served: Flags = problem.serves & np.asarray(needed.any(axis=0))[:, None]
    pooled: Flags = served & problem.pools
    own: Flags = needed[:, :, None] & served
    read = {letters: np.ones_like(getattr(problem, name), bool) for name, letters in _SHAPES.items()}
    read |= {"kr": served, "pkr": own, "krt": np.broadcast_to(pooled[..., None], read["krt"].shape)}
    read["pkry"] = np.broadcast_to(own[..., None], read["pkry"].shape)
    read["rkj"] = np.transpose(pooled)[..., None] & np.isfinite(problem.starts)
    read["rkm"] = np.transpose(pooled)[..., None] & np.isfinite(problem.rebate_starts)
    return read


def _named(name: str, wrong: Flags, names: Mapping[str, Sequence[str]], what: str) -> Iterator[str]:
    for cell in np.argwhere(wrong):
        members = (names[letter][at] for letter, at in zip(_SHAPES[name], cell, strict=True))
        yield f"{name}[{', '.join(members)}] {what}"


def _tier_faults(problem: RouteProblem) -> Iterator[str]:
    for r, k in np.argwhere((problem.serves & problem.pools).T):
        at = f"[{problem.routes[r]}, {problem.classes[k]}]"
        for name in ("starts", "rebate_starts"):
            starts = getattr(problem, name)[r, k]
            there = np.isfinite(starts)
            if not there[0] or (np.diff(there.astype(int)) > 0).any():
                yield f"{name}{at} must give its first tiers, and leave only the last ones out"
            elif (rounded(np.diff(starts[there])) <= 0).any() or starts[0] < 0:
                yield f"{name}{at} must rise from 0 or more: {', '.join(f'{s:g}' for s in starts[there])}"
        if not problem.all_units[r] and problem.starts[r, k, 0] > 0:
            yield f"starts{at} must begin at 0 where tiers are incremental: units below would cost nothing"
        if problem.rebate_starts[r, k, 0] > 1 and problem.rebate[r, k, 0] != 0:
            yield f"rebate{at} must be 0 in the first tier: a total below its start would earn it too"
