"""The choice of routes as a mixed-integer programme.

Columns, all of one class k:

    x[p,r]   1 where trust p takes route r
    u[r]     1 where any trust is in the pool of route r
    y, z     for each segment of an order's tiers: whether the order lies on it, and the units needed there
    v[p]     for each segment: 1 where trust p is in the pool and the order lies on the segment

A segment is a tier as the pool may come to lie on it. On an ordinary one the units ordered are the units
needed and the price is `base` × y + `slope` × z, which holds for all-unit and incremental tiers alike.
On one bought up to, the order is the tier's start whatever is needed below it, at a price that is fixed.
A rebate's tiers are segments of the units ordered over all orders.

The needs that trusts can come to together are known, as sums of their own. A segment runs from the least
of those sums in its tier to the greatest, so that it never touches the next tier's start: half-open
tiers are kept exactly, and the programme is tighter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from casebuilder.analysis.route_problem import Array, RouteProblem
from casebuilder.analysis.tiers import cost_on_tiers, existing

_HALF = 5e-10  # ROUND(x, 9) is below 0 from here on


@dataclass(frozen=True)
class Segment:
    """A tier as an order, or the total of a rebate, may lie on it.

    Attributes
    ----------
    column, units
        The columns of y and z.
    tier
        Its place in the table.
    ordered
        Units ordered on a segment bought up to; NaN on one where the order is what is needed.
    """

    column: int
    units: int
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
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[dict[int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    capital: list[dict[int, float]] = field(default_factory=list)
    choices: dict[tuple[int, int, int], int] = field(default_factory=dict)
    pools: dict[tuple[int, int], Pool] = field(default_factory=dict)

    def column(self, cost: float = 0.0, upper: float = 1.0, whole: bool = True) -> int:
        """A column from 0 to `upper`."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
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
        self.row([(c, 1.0) for c in on] + [(c, -1.0) for c in off], -np.inf, len(on) - 1)


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
    for p in buyers:
        for r in routes:
            column = made.column(float(problem.own_cost[p, place, r]))
            made.choices[p, place, r] = column
            for y, amount in enumerate(problem.own_capital[p, place, r]):
                if amount:
                    made.capital[y][column] = float(amount)
        made.row([(made.choices[p, place, r], 1.0) for r in routes], 1, 1)
    if not problem.mixing[place]:
        for p in buyers[1:]:
            for r in routes:
                pair = (made.choices[p, place, r], 1.0), (made.choices[buyers[0], place, r], -1.0)
                made.row(pair, 0, 0)
    limit = problem.supplier_limit[place]
    if not np.isnan(limit):
        units = problem.class_units[:, place] / problem.class_units[buyers, place].sum()
        terms = [
            (made.choices[p, place, r], units[p] * problem.supplier_share[place, r])
            for p in buyers
            for r in routes
        ]
        made.row(terms, -np.inf, limit + _HALF)
    for r in routes:
        if problem.pools[r]:
            _pool(made, problem, place, r, buyers)


def _pool(made: Programme, problem: RouteProblem, k: int, r: int, buyers: list[int]) -> None:
    """A pool: who is in it, the tier of each order, and the rebate."""
    pool = made.pools[k, r] = Pool(made.column(float(problem.fixed[k, r])))
    for p in buyers:
        made.row([(made.choices[p, k, r], 1.0), (pool.opened, -1.0)], -np.inf, 0)
    starts, factors = existing(problem.starts[r, k], problem.factors[r, k])
    for t in range(len(problem.orders)):
        needs = {p: float(problem.units[p, k, t]) for p in buyers if problem.units[p, k, t] > 0}
        if not needs:
            continue
        segments = pool.orders[t] = []
        price, worth = float(problem.cost_per_unit[k, r, t]), float(problem.capital_per_unit[k, r, t])
        capital = made.capital[int(problem.order_year[t])]
        for tier, ordered, low, high in _segments(problem, k, needs, starts):
            base, slope = _line(tier, ordered, starts, factors, bool(problem.all_units[r]))
            segment = Segment(
                made.column(price * base), made.column(price * slope, high, False), tier, ordered
            )
            capital[segment.column], capital[segment.units] = worth * base, worth * slope
            _span(made, segment, low, high)
            segments.append(segment)
        made.row([*((s.column, 1.0) for s in segments), (pool.opened, -1.0)], 0, 0)
        _members(made, segments, {made.choices[p, k, r]: need for p, need in needs.items()})
    _rebate(made, problem, pool, k, r, buyers)


def _members(made: Programme, segments: list[Segment], needs: dict[int, float]) -> None:
    """Lay each member's units on the order's segment.

    Member by member rather than as one sum: a trust that is half in the pool cannot then bring the
    whole order halfway to a better tier, which is what makes the programme's bound tight.
    """
    laid: dict[int, list[tuple[int, float]]] = {segment.units: [] for segment in segments}
    for choice, need in needs.items():
        parts = []
        for segment in segments:
            part = made.column(whole=False)
            made.row([(part, 1.0), (segment.column, -1.0)], -np.inf, 0)
            laid[segment.units].append((part, need))
            parts.append((part, 1.0))
        made.row([*parts, (choice, -1.0)], 0, 0)
    for units, parts in laid.items():
        made.row([*parts, (units, -1.0)], 0, 0)


def _rebate(
    made: Programme, problem: RouteProblem, pool: Pool, k: int, r: int, buyers: list[int]
) -> None:
    """The rebate on all units ordered, by the tier that their total reaches."""
    starts, shares = existing(problem.rebate_starts[r, k], problem.rebate[r, k])
    worth = float(problem.rebate_per_unit[k, r])
    if not (worth and shares.any()):
        return
    ordered = [
        (segment.units, 1.0) if np.isnan(segment.ordered) else (segment.column, segment.ordered)
        for segments in pool.orders.values()
        for segment in segments
    ]
    if problem.buy_up:
        most = sum(max(made.upper[s.units] if np.isnan(s.ordered) else s.ordered for s in segments)
                   for segments in pool.orders.values())  # fmt: skip
        spans = _closed(starts, most)
    else:
        units = problem.class_units[buyers, k].tolist()
        spans = _spans(units, starts, together=not problem.mixing[k])
    for tier, low, high in spans:
        segment = Segment(
            made.column(), made.column(-worth * float(shares[tier]), high, False), tier, float("nan")
        )
        _span(made, segment, low, high)
        pool.rebates.append(segment)
    made.row([*((s.column, 1.0) for s in pool.rebates), (pool.opened, -1.0)], 0, 0)
    made.row([*((s.units, 1.0) for s in pool.rebates), *((c, -v) for c, v in ordered)], 0, 0)


def _span(made: Programme, segment: Segment, low: float, high: float) -> None:
    made.row([(segment.units, 1.0), (segment.column, -high)], -np.inf, 0)
    if low > 0:
        made.row([(segment.units, 1.0), (segment.column, -low)], 0, np.inf)


def _line(tier: int, ordered: float, starts: Array, factors: Array, all_units: bool) -> tuple[float, float]:
    """The price of an order on a segment: at no units needed, and for each."""
    if not np.isnan(ordered):
        return cost_on_tiers(ordered, starts, factors, all_units), 0.0
    slope = float(factors[tier])
    if all_units:
        return 0.0, slope
    start = float(starts[tier])
    return cost_on_tiers(start, starts, factors, False) - slope * start, slope


def _segments(
    problem: RouteProblem, k: int, needs: dict[int, float], starts: Array
) -> Iterator[tuple[int, float, float, float]]:
    """An order's segments: tier, units ordered if bought up to, least and most units needed."""
    together = not problem.mixing[k]
    for tier, low, high in _spans(list(needs.values()), starts, together):
        yield tier, float("nan"), low, high
    if not problem.buy_up:
        return
    least = sum(needs.values()) if together else min(needs.values())
    for tier, start in enumerate(starts):
        below = _below(list(needs.values()), float(start), together)[0]
        if tier and below >= least:
            yield tier, float(start), least, below


def _spans(units: list[float], starts: Array, together: bool) -> Iterator[tuple[int, float, float]]:
    """For each tier that some trusts together can lie in: its place, and the least and most they need."""
    for tier in range(len(starts)):
        low = _below(units, float(starts[tier]), together)[1] if tier else 0.0
        high = _below(units, float(starts[tier + 1]), together)[0] if tier + 1 < len(starts) else sum(units)
        if low <= high:
            yield tier, low, high


def _closed(starts: Array, most: float) -> Iterator[tuple[int, float, float]]:
    """As `_spans`, where the sums are not known: a total at a start may claim the tier before it."""
    for tier, start in enumerate(starts):
        low = float(start) if tier else 0.0
        high = min(float(starts[tier + 1]), most) if tier + 1 < len(starts) else most
        if low <= high:
            yield tier, low, high


def _below(units: list[float], start: float, together: bool) -> tuple[float, float]:
    """The greatest sum of some of the units below a start, and the least sum not below it.

    Every sum of one half of the trusts is set against the sorted sums of the other half.
    """
    if together:
        sums = np.array([0.0, sum(units)])
        other = np.zeros(1)
    else:
        middle = len(units) // 2
        sums, other = _sums(units[:middle]), _sums(units[middle:])
    places = np.searchsorted(other, start - sums - _HALF, side="right")
    under, over = places > 0, places < len(other)
    below = (sums[under] + other[places[under] - 1]).max(initial=0.0)
    reached = (sums[over] + other[places[over]]).min(initial=np.inf)
    return float(below), float(reached)


def _sums(units: list[float]) -> Array:
    """Every sum of some of the units, rising."""
    sums = np.zeros(1)
    for unit in units:
        sums = np.unique(np.concatenate([sums, sums + unit]))
    return sums
