"""Site choice as a mixed-integer programme: what to start, and when, under limits of capital.

Arrays alone: nothing here knows a case. Candidates add up, but for people brought near: a group of
people counts once, however many candidates bring it near (maximal covering; Church and ReVelle, 1974).
That centres' values add up is an estimate; `site_search` puts it to the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Plan = tuple[int, ...]
OUT = -1  # a candidate that is left out; otherwise the years by which it starts late
_SLACK = 1e-9
_NEAR = 1e-6  # what the solver itself takes for equal


@dataclass(frozen=True)
class Need:
    """A candidate that is not built without another.

    Attributes
    ----------
    candidate, other
        Their numbers.
    allowed
        Shape (starts, starts): whether the candidate may have the first start when the other has the second.
    """

    candidate: int
    other: int
    allowed: Flags


@dataclass(frozen=True)
class Minimum:
    """How many of some candidates must be built."""

    members: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class Limit:
    """Capital in some years: the years' numbers, and at most how much, in £."""

    years: tuple[int, ...]
    amount: float


@dataclass(frozen=True)
class Instance:
    """What is to be chosen from. Candidates C, starts D, years Y, groups of people G, measures A.

    Attributes
    ----------
    values
        Shape (A, C, D): what a candidate adds to each measure that adds up.
    capital
        Shape (C, D, Y): what it spends in each year, £.
    cover
        Shape (G, C): whether it brings a group of people near.
    people
        Shape (G,): the people of a group, weighted.
    limits, needs, excludes, minima
        What binds the choice.
    """

    values: Array
    capital: Array
    cover: Flags
    people: Array
    limits: tuple[Limit, ...] = ()
    needs: tuple[Need, ...] = ()
    excludes: tuple[tuple[int, int], ...] = ()
    minima: tuple[Minimum, ...] = ()

    @property
    def shape(self) -> tuple[int, int]:
        """Candidates and starts."""
        return self.values.shape[1], self.values.shape[2]


@dataclass(frozen=True)
class Choice:
    """A plan and what it is worth if values add up.

    Attributes
    ----------
    plan
        For each candidate its start, or `OUT`.
    measures
        Shape (A + 1,): the measures that add up, then people brought near.
    """

    plan: Plan
    measures: Array


@dataclass(frozen=True)
class Floor:
    """A weighted sum of the measures (people last) that a plan must reach."""

    weights: Array
    amount: float


@dataclass
class _Rows:
    """Constraints row by row."""

    columns: int
    rows: list[Array] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, row: Array, low: float = -np.inf, high: float = np.inf) -> None:
        """One more, put to a size that the solver's tolerance suits."""
        size = float(np.abs(row).max(initial=0.0)) or 1.0
        self.rows.append(row / size)
        self.low.append(low / size)
        self.high.append(high / size)

    def bar(self, plan: Plan, shape: tuple[int, int]) -> None:
        """Every plan but this one: at least one candidate otherwise."""
        row = np.zeros(self.columns)
        at = row[: shape[0] * shape[1]].reshape(shape)
        at[:] = 1.0
        chosen = [(number, start) for number, start in enumerate(plan) if start != OUT]
        for number, start in chosen:
            at[number, start] = -1.0
        self.add(row, low=1.0 - len(chosen))


def measured(instance: Instance, plan: Plan) -> Array:
    """What a plan is worth if values add up, shape (A + 1,): people brought near come last."""
    added = np.zeros(len(instance.values) + 1)
    chosen = [number for number, start in enumerate(plan) if start != OUT]
    for number in chosen:
        added[:-1] += instance.values[:, number, plan[number]]
    added[-1] = instance.people[instance.cover[:, chosen].any(axis=1)].sum()
    return added


def spent(instance: Instance, plan: Plan) -> Array:
    """The capital of a plan by year, shape (Y,), £."""
    years = np.zeros(instance.capital.shape[2])
    for number, start in enumerate(plan):
        if start != OUT:
            years += instance.capital[number, start]
    return years


def within(limits: Sequence[Limit], capital: Array) -> bool:
    """Whether capital by year, £, keeps to the limits, to the penny."""
    return all(float(capital[list(limit.years)].sum()) <= limit.amount + 0.005 for limit in limits)


def keeps_rules(instance: Instance, plan: Plan) -> bool:
    """Whether a plan keeps to needs, exclusions and minima; capital apart."""
    return (
        all(_met(need, plan) for need in instance.needs)
        and not any(plan[a] != OUT and plan[b] != OUT for a, b in instance.excludes)
        and all(sum(plan[c] != OUT for c in each.members) >= each.count for each in instance.minima)
    )


def _met(need: Need, plan: Plan) -> bool:
    start, other = plan[need.candidate], plan[need.other]
    return start == OUT or (other != OUT and bool(need.allowed[start, other]))


def solve(
    instance: Instance, weights: Array, floors: Sequence[Floor] = (), barred: Sequence[Plan] = ()
) -> Choice | None:
    """The plan worth most if values add up; of equals the one with the least capital, then the earliest.

    Parameters
    ----------
    instance
        What is to be chosen from.
    weights
        Shape (A + 1,), of each measure, people last. People's must not be negative.
    floors
        What the plan must reach.
    barred
        Plans that are not to be found again.

    Returns
    -------
    The plan, or None where none keeps to all limits.
    """
    rows = _structure(instance, barred)
    for floor in floors:
        rows.add(_columns(instance, floor.weights), low=floor.amount - _slack(floor.amount))
    aim = _columns(instance, weights)
    first = _best(instance, aim, rows)
    if first is None:
        return None
    found = float(weights @ measured(instance, first))
    rows.add(aim, low=found - _NEAR * max(abs(found), 1.0))
    tidy = np.zeros_like(aim)
    candidates, starts = instance.shape
    whole = max(float(np.abs(instance.capital.sum(axis=2)).max(initial=0.0)), 1.0)
    tidy[: candidates * starts] = -(
        instance.capital.sum(axis=2) / whole + 1e-4 * np.arange(starts) + 1e-5
    ).ravel()
    plan = _best(instance, tidy, rows) or first
    if float(weights @ measured(instance, plan)) < found - _slack(found):
        plan = first
    return Choice(plan, measured(instance, plan))


def least_capital(instance: Instance, limit: Limit) -> Choice | None:
    """The plan that spends least in a limit's years; None where rules alone leave no plan."""
    bare = replace(instance, limits=())
    aim = np.zeros(_width(bare))
    candidates, starts = bare.shape
    aim[: candidates * starts] = -bare.capital[:, :, list(limit.years)].sum(axis=2).ravel()
    plan = _best(bare, aim, _structure(bare, ()))
    return None if plan is None else Choice(plan, measured(bare, plan))


def front(instance: Instance, steps: int = 4) -> list[Choice]:
    """Plans of which none is beaten in every measure, if values add up: by epsilon-constraints.

    Each measure's own best comes first; then the first measure is made best while the others must reach
    levels between their worst and best. What is found is then raised in all measures together until no
    plan beats it.

    Parameters
    ----------
    instance
        What is to be chosen from; its measures with people last.
    steps
        Levels of each other measure.
    """
    unit = np.eye(len(instance.values) + 1)
    anchors = [solve(instance, each) for each in unit]
    tops = [choice for choice in anchors if choice is not None]
    if not tops:
        return []
    ends = np.array([choice.measures for choice in tops])
    low, high = ends.min(axis=0), ends.max(axis=0)
    scale = 1.0 / np.where(high - low > _SLACK, high - low, 1.0)
    found: dict[Plan, Choice] = {}
    for choice in tops:
        raised = _raised(instance, choice, unit, scale)
        found.setdefault(raised.plan, raised)
    others = [m for m in range(1, len(unit)) if high[m] - low[m] > _SLACK]
    for levels in np.ndindex(*[steps] * len(others)):
        floors = [
            Floor(unit[m], low[m] + (high[m] - low[m]) * level / (steps - 1 or 1))
            for m, level in zip(others, levels, strict=True)
        ]
        best = solve(instance, unit[0], floors)
        if best is not None:
            raised = _raised(instance, best, unit, scale)
            found.setdefault(raised.plan, raised)
    every = list(found.values())
    kept = undominated(np.array([choice.measures for choice in every]))
    return [every[number] for number in kept]


def _raised(instance: Instance, choice: Choice, unit: Array, scale: Array) -> Choice:
    """A plan that is no worse in any measure and that none beats."""
    floors = [Floor(each, float(each @ choice.measures)) for each in unit]
    return solve(instance, scale, floors) or choice


def undominated(points: Array) -> list[int]:
    """The rows, shape (N, M), that no other matches in all columns and beats in one; of equals the first."""
    kept: list[int] = []
    tolerance = _SLACK * np.maximum(np.abs(points).max(axis=0, initial=0.0), 1.0)
    for number, point in enumerate(points):
        no_worse = (points >= point - tolerance).all(axis=1)
        better = no_worse & (points > point + tolerance).any(axis=1)
        same = no_worse & ~better
        if not better.any() and not same[:number].any():
            kept.append(number)
    return kept


def _width(instance: Instance) -> int:
    candidates, starts = instance.shape
    return candidates * starts + len(instance.people)


def _columns(instance: Instance, weights: Array) -> Array:
    """A weighted sum of the measures as coefficients: candidates by start, then groups of people."""
    added = np.tensordot(weights[:-1], instance.values, axes=1) if len(instance.values) else None
    starts = np.zeros(instance.shape) if added is None else added
    return np.concatenate([starts.ravel(), weights[-1] * instance.people])


def _structure(instance: Instance, barred: Sequence[Plan]) -> _Rows:
    """Everything that a plan must keep to."""
    candidates, starts = instance.shape
    rows = _Rows(_width(instance))

    def blank() -> tuple[Array, Array]:
        row = np.zeros(rows.columns)
        return row, row[: candidates * starts].reshape(candidates, starts)

    for candidate in range(candidates):
        row, at = blank()
        at[candidate] = 1.0
        rows.add(row, high=1.0)
    for number, covered in enumerate(instance.cover):
        # People count once: at most 1, and at most the candidates that bring them near. As they add value,
        # the column is 0 or 1 by itself once the candidates are whole.
        row, at = blank()
        at[covered] = -1.0
        row[candidates * starts + number] = 1.0
        rows.add(row, high=0.0)
    for limit in instance.limits:
        row, at = blank()
        at[:] = instance.capital[:, :, list(limit.years)].sum(axis=2)
        rows.add(row, high=limit.amount)
    for need in instance.needs:
        for start in range(starts):
            row, at = blank()
            at[need.candidate, start] = 1.0
            at[need.other] -= need.allowed[start]
            rows.add(row, high=0.0)
    for one, other in instance.excludes:
        row, at = blank()
        at[[one, other]] = 1.0
        rows.add(row, high=1.0)
    for minimum in instance.minima:
        row, at = blank()
        at[list(minimum.members)] = 1.0
        rows.add(row, low=float(minimum.count))
    for plan in barred:
        rows.bar(plan, instance.shape)
    return rows


def _best(instance: Instance, aim: Array, rows: _Rows) -> Plan | None:
    """The plan with the largest sum of coefficients; None where there is none.

    The solver keeps to a limit within a millionth, which is pounds; a plan that is over by as little is
    barred and the next best is asked for.
    """
    while (plan := _solved(instance, aim, rows)) is not None:
        if within(instance.limits, spent(instance, plan)):
            return plan
        rows.bar(plan, instance.shape)
    return None


def _solved(instance: Instance, aim: Array, rows: _Rows) -> Plan | None:
    candidates, starts = instance.shape
    whole = np.concatenate([np.ones(candidates * starts), np.zeros(len(instance.people))])
    size = float(np.abs(aim).max(initial=0.0)) or 1.0
    found = milp(
        -aim / size,
        integrality=whole,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(np.array(rows.rows), rows.low, rows.high),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        return None
    at = found.x[: candidates * starts].reshape(candidates, starts) > 0.5
    return tuple(int(row.argmax()) if row.any() else OUT for row in at)


def _slack(amount: float) -> float:
    return _SLACK * max(abs(amount), 1.0)
