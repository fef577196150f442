"""The choice of routes as a mixed-integer programme.

Columns, each 0 or 1, of one class k:

    x[p,r]   1 where trust p takes route r; one column for all trusts where they may not differ
    u[r]     1 where any trust is in the pool of route r
    y        for each segment of an order's tiers: 1 where the order lies on it
    v[p]     for each segment: 1 where trust p is in the pool and the order lies on the segment
    w        for each tier of a rebate and each column that brings units to it, likewise

A segment is a tier as the pool may come to lie on it. On an ordinary one the units ordered are the
units needed and the price is `base` × y + `slope` × units, for all-unit and incremental tiers alike. On
one bought up to, the order is the tier's start whatever is needed below it, at a price that is fixed.
Units are laid on segments trust by trust rather than as one sum: a trust that is half in the pool cannot
then bring the whole order halfway to a better tier, which makes the programme's bound tight.

The needs that trusts can come to together are known, as sums of their own. A segment runs from the least
of those sums in its tier to the greatest, so that it never touches the next tier's start: half-open
tiers are kept exactly, and the programme is tighter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from casebuilder.analysis.routes.problem import Array, RouteProblem
from casebuilder.analysis.routes.tiers import cost_on_tiers, existing

_HALF = 5e-10  # ROUND(x, 9) is below 0 from here on


@dataclass(frozen=True)
class Segment:
    """A tier as an order, or the total of a rebate, may lie on it.

    Attributes
    ----------
    column
        The column of y, or of the rebate's tier likewise.
    units
        The columns that lay units on it, each with how many: v of an order, w of a rebate.
    tier
        Its place in the table.
    ordered
        Units ordered on a segment bought up to; NaN on one where the order is what is needed.
    """

    column: int
    units: dict[int, float]
    tier: int
    ordered: float


@dataclass
class Pool:
    """The columns of one class on one route that pools."""

    opened: int
    orders: dict[int, list[Segment]] = field(default_factory=dict)
    rebates: list[Segment] = field(default_factory=list)


@dataclass
class Programme:
    """Columns and rows, and what the columns stand for.

    Attributes
    ----------
    cost
        What a column adds to the whole-life cost, GBP real.
    capital
        What columns add to the capital of each year, GBP nominal.
    choices
        The column of each trust, class and route.
    pools
        By class and route.
    """

    cost: list[float] = field(default_factory=list)
    rows: list[dict[int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    capital: list[dict[int, float]] = field(default_factory=list)
    choices: dict[tuple[int, int, int], int] = field(default_factory=dict)
    pools: dict[tuple[int, int], Pool] = field(default_factory=dict)

    def column(self, cost: float = 0.0) -> int:
        """A column that is 0 or 1."""
        self.cost.append(cost)
        return len(self.cost) - 1

    def row(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        """Keep the sum of columns, each times a number, from `low` to `high`."""
        together: dict[int, float] = {}
        for column, value in terms:
            together[column] = together.get(column, 0.0) + value
        self.rows.append(together)
        self.low.append(low)
        self.high.append(high)

    def forbid(self, on: Sequence[int], off: Sequence[int] = ()) -> None:
        """Never all of `on` at 1 and all of `off` at 0: such a solution was found to be no choice."""
        yes, no = set(on), set(off)
        self.row([(c, 1.0) for c in yes] + [(c, -1.0) for c in no], -np.inf, len(yes) - 1)


def programme(problem: RouteProblem, classes: Sequence[int], years: frozenset[int]) -> Programme:
    """The choice for some classes, within the capital limits of some years.

    Parameters
    ----------
    problem
        Needs, prices and limits.
    classes, years
        Places. Limits of other years are left out.
    """
    made = Programme(capital=[{} for _ in problem.years])
    for place in classes:
        _class(made, problem, place)
    for year in sorted(years):
        keep_capital(made, problem, year)
    return made


def keep_capital(made: Programme, problem: RouteProblem, year: int) -> None:
    """Hold the capital of a year within its limit, in units of the limit."""
    limit = float(problem.capital_limit[year])
    scale = max(limit, 1.0) / 1e3
    terms = [(column, amount / scale) for column, amount in made.capital[year].items()]
    made.row(terms, -np.inf, limit * (1 + 1e-9) / scale)


def _class(made: Programme, problem: RouteProblem, place: int) -> None:
    """The columns and rows of one class."""
    routes = [int(r) for r in np.flatnonzero(problem.admissible()[place])]
    buyers = problem.buyers(place)
    groups = [[p] for p in buyers] if problem.mixing[place] else [buyers]
    share = problem.class_units[:, place] / problem.class_units[buyers, place].sum()
    held = []
    for group in groups:
        columns = []
        for r in routes:
            column = made.column(float(problem.own_cost[group, place, r].sum()))
            made.choices |= {(p, place, r): column for p in group}
            for y, amount in enumerate(problem.own_capital[group, place, r].sum(axis=0)):
                if amount:
                    made.capital[y][column] = float(amount)
            columns.append((column, 1.0))
            held.append((column, float(share[group].sum() * problem.supplier_share[place, r])))
        made.row(columns, 1, 1)
    if not np.isnan(problem.supplier_limit[place]):
        made.row(held, -np.inf, problem.supplier_limit[place] + _HALF)
    for r in routes:
        if problem.pools[r]:
            _pool(made, problem, place, r, groups)


def _pool(made: Programme, problem: RouteProblem, k: int, r: int, groups: list[list[int]]) -> None:
    """A pool: who is in it, the tier of each order, and the rebate."""
    pool = made.pools[k, r] = Pool(made.column(float(problem.fixed[k, r])))
    starts, factors = existing(problem.starts[r, k], problem.factors[r, k])
    for t in range(len(problem.orders)):
        needs = {made.choices[g[0], k, r]: float(problem.units[g, k, t].sum()) for g in groups}
        needs = {choice: need for choice, need in needs.items() if need > 0}
        if not needs:
            continue
        segments = pool.orders[t] = []
        price, worth = float(problem.cost_per_unit[k, r, t]), float(problem.capital_per_unit[k, r, t])
        capital = made.capital[int(problem.order_year[t])]
        gain = _most_rebate(problem, k, r) / max(price, 1e-9) if problem.buy_up else None
        for tier, ordered, low, high, base, slope in _segments(
            list(needs.values()), starts, factors, bool(problem.all_units[r]), gain
        ):
            column = made.column(price * base)
            parts = {made.column(price * slope * need): need for need in needs.values()}
            capital[column] = worth * base
            capital |= {part: worth * slope * need for part, need in parts.items()}
            for part in parts:
                made.row([(part, 1.0), (column, -1.0)], -np.inf, 0)
            segments.append(Segment(column, parts, tier, ordered))
            _span(made, segments[-1], low, high)
        made.row([*((s.column, 1.0) for s in segments), (pool.opened, -1.0)], 0, 0)
        _lay(made, segments, needs)
    totals = {made.choices[g[0], k, r]: float(problem.class_units[g, k].sum()) for g in groups}
    _rebate(made, problem, pool, (k, r), totals)


def _most_rebate(problem: RouteProblem, k: int, r: int) -> float:
    """More than any rebate of a class on a route, GBP: on all that could be ordered, at the best share.

    An order is not bought up to a start that costs more than all its units at the dearest factor by more
    than the rebate, so a bound on the rebate bounds the orders, and those the rebate.
    """
    shares = existing(problem.rebate_starts[r, k], problem.rebate[r, k])[1]
    starts, factors = existing(problem.starts[r, k], problem.factors[r, k])
    worth = np.array([cost_on_tiers(s, starts, factors, bool(problem.all_units[r])) for s in starts])
    needs, price = problem.units[:, k].sum(axis=0)[:, None], problem.cost_per_unit[k, r][:, None]
    most = np.maximum(needs, starts[-1])
    for _ in range(5):
        rebate = float(problem.rebate_per_unit[k, r] * shares.max() * most.sum())
        pays = price * (worth - needs * factors.max()) <= rebate
        most = np.maximum(needs, np.where(pays, starts, 0).max(axis=1, keepdims=True))
    return rebate


def _rebate(
    made: Programme, problem: RouteProblem, pool: Pool, at: tuple[int, int], needs: dict[int, float]
) -> None:
    """The rebate on all units ordered, by the tier that their total reaches."""
    k, r = at
    starts, shares = existing(problem.rebate_starts[r, k], problem.rebate[r, k])
    worth = float(problem.rebate_per_unit[k, r])
    if not (worth and shares.any()):
        return
    ordered = dict(needs)
    for segment in (segment for segments in pool.orders.values() for segment in segments):
        if not np.isnan(segment.ordered):  # the start instead of what is needed
            ordered |= {segment.column: segment.ordered}
            ordered |= {part: -need for part, need in segment.units.items()}
    if len(ordered) == len(needs):
        spans = _spans(list(needs.values()), starts)
    else:
        spans = _closed(starts, sum(units for units in ordered.values() if units > 0))
    for tier, low, high in spans:
        column, gain = made.column(), -worth * float(shares[tier])
        parts = {made.column(gain * units): units for units in ordered.values()}
        for part in parts:
            made.row([(part, 1.0), (column, -1.0)], -np.inf, 0)
        pool.rebates.append(Segment(column, parts, tier, float("nan")))
        _span(made, pool.rebates[-1], low, high)
    made.row([*((s.column, 1.0) for s in pool.rebates), (pool.opened, -1.0)], 0, 0)
    _lay(made, pool.rebates, ordered)


def _lay(made: Programme, segments: list[Segment], whole: Iterable[int]) -> None:
    """Lay each column that brings units on one of the segments."""
    for place, column in enumerate(whole):
        made.row([*((list(s.units)[place], 1.0) for s in segments), (column, -1.0)], 0, 0)


def _span(made: Programme, segment: Segment, low: float, high: float) -> None:
    """Keep a segment's units from the least to the most it may hold, or none."""
    if high < sum(units for units in segment.units.values() if units > 0):
        made.row([*segment.units.items(), (segment.column, -high)], -np.inf, 0)
    if low > 0:
        made.row([*segment.units.items(), (segment.column, -low)], 0, np.inf)


def _line(tier: int, starts: Array, factors: Array, all_units: bool) -> tuple[float, float]:
    """The price of an order in a tier: at no units, and for each."""
    slope = float(factors[tier])
    if all_units:
        return 0.0, slope
    start = float(starts[tier])
    return cost_on_tiers(start, starts, factors, False) - slope * start, slope


def _segments(
    needs: list[float], starts: Array, factors: Array, all_units: bool, gain: float | None
) -> Iterator[tuple[int, float, float, float, float, float]]:
    """An order's segments: tier, units ordered if bought up to, least and most units needed, base, slope.

    Buying up is left out where it cannot pay: where what is needed costs no more by more than `gain`,
    the most that a rebate could give back besides, in units at factor 1. With None nothing is bought up.
    """
    lines = []
    for tier, low, high in _spans(needs, starts):
        base, slope = _line(tier, starts, factors, all_units)
        lines.append((low, high, base, slope))
        yield tier, float("nan"), low, high, base, slope
    for tier, start in enumerate(starts.tolist()):
        if gain is None or not tier:
            continue
        price = cost_on_tiers(start, starts, factors, all_units)
        below, least = _around(needs, start)[0], np.inf
        for low, high, base, slope in lines:
            even = (price - gain - base) / slope * (1 - 1e-9) if slope else 0.0
            if even <= high and base + slope * high > 0:
                least = min(least, max(low, even))
        least = max(least, min(needs))
        if least <= below:
            yield tier, start, least, below, price, 0.0


def _spans(needs: list[float], starts: Array) -> Iterator[tuple[int, float, float]]:
    """For each tier that some trusts together can lie in: its place, and the least and most they need."""
    around = [_around(needs, start) for start in starts[1:].tolist()]
    lows, highs = [0.0, *(reached for _, reached in around)], [*(below for below, _ in around), sum(needs)]
    for tier, (low, high) in enumerate(zip(lows, highs, strict=True)):
        if low <= high:
            yield tier, low, high


def _closed(starts: Array, most: float) -> Iterator[tuple[int, float, float]]:
    """As `_spans`, where the sums are not known: a total at a start may claim the tier before it."""
    for tier, start in enumerate(starts):
        low = float(start) if tier else 0.0
        high = min(float(starts[tier + 1]), most) if tier + 1 < len(starts) else most
        if low <= high:
            yield tier, low, high


def _around(needs: list[float], start: float) -> tuple[float, float]:
    """The greatest sum of some of the needs below a start, and the least sum not below it.

    Every sum of one half of the needs is set against the sorted sums of the other half.
    """
    middle = len(needs) // 2
    sums, other = _sums(needs[:middle]), _sums(needs[middle:])
    places = np.searchsorted(other, start - sums - _HALF, side="right")
    under, over = places > 0, places < len(other)
    below = (sums[under] + other[places[under] - 1]).max(initial=0.0)
    reached = (sums[over] + other[places[over]]).min(initial=np.inf)
    return float(below), float(reached)


def _sums(needs: list[float]) -> Array:
    """Every sum of some of the needs, rising."""
    sums = np.zeros(1)
    for need in needs:
        sums = np.unique(np.concatenate([sums, sums + need]))
    return sums
