"""Random money: a shipped case whose inputs of money are drawn anew, each within its own bounds.

A value is drawn between the low and high that the case gives it, or else between half and one and a half
times what it is; a flag is drawn 0 or 1, a word from its choices. What sums to one is made to do so again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st

from casebuilder.algebra.terms import Input, Line
from casebuilder.case import Case, load_case
from casebuilder.evaluate.axes import Array, Axes
from casebuilder.evaluate.engine import Results, evaluate
from casebuilder.evaluate.problem import Problem, bind
from casebuilder.inputs.values import InputValues, Members, Value
from casebuilder.units import parse_unit

CLOSE = 1e-9
# The chapters that hold money; their inputs are drawn, and their lines are looked at.
CHAPTERS = frozenset(
    {
        "timeline",
        "hosting",
        "equipment",
        "leases",
        "procurement",
        "bias",
        "works",
        "renewal",
        "replacements",
        "capital",
        "cost_form",
        "approval",
        "funding",
        "funds",
        "revenue",
        "slip",
        "income",
        "benefits",
        "freed",
        "health",
        "risks",
        "economics",
        "value",
        "published_health",
        "assets",
        "accounts",
        "position",
        "finance",
        "plans",
        "headlines",
        "checks",
        "reconcile",
        "money_checks",
        "pay",
        "staff_cost",
        "transition",
        "cost_lines",
        "cost_by_line",
        "host_costs",
        "benchmark",
        "spend",
        "governance",
        "appraisal",
        "routes",
        "lateness",
        "financed",
        "equipment_leases",
        "private_contracts",
        "private_finance",
        "whole_life",
        "route_years",
        "apart",
        "funder",
        "pool",
        "procurement_checks",
        "award_checks",
        "cost_bridge",
        "reference_class",
        "further",
    }
)
# Of other chapters, what moves money most: sites, openings, activity, staff and digital systems.
BESIDES = frozenset(
    {
        "estate.included",
        "estate.suite_area",
        "estate.circulation_share",
        "estate.host_provides",
        "estate.room_area",
        "programme.slip_months",
        "digital.taken",
        "digital.capital_cost",
        "digital.running_cost",
        "demand.local_growth",
        "throughput.did_not_attend",
        "workforce.turnover",
        "workforce.agency_cap",
        "workforce.posts_moved_out",
        "workforce.international_hires",
        "estate.hired_rooms",
        "estate.hired_days_per_week",
        "estate.hired_to_month",
        "capacity.bought_tests",
        "capacity.extended_hours_uplift",
    }
)
# The calendar and what a test of shares allows are no one's to draw; bands of rates stay whole years, and
# tiers rise from one.
KEPT = frozenset(
    {
        "timeline.days_in_month",
        "timeline.working_days",
        "timeline.bank_holidays",
        "timeline.band_start",
        "timeline.band_end",
        "bias.let_pass",
        "checks.tolerance",
        "checks.money_tolerance",
        "checks.test_tolerance",
        "procurement.tier_start",
        "private_contracts.builds",
    }
)
# Where the case gives nothing or one owner only, the span that is drawn from instead; a low below
# nothing leaves some cells at nothing.
SPANS = {
    "hosting.hosts": (-1.0, 1.0),
    "hosting.employs": (-1.0, 1.0),
    "hosting.owns": (-1.0, 1.0),
    "leases.rent_rate": (-150.0, 300.0),
    "leases.dilapidations_rate": (-50.0, 150.0),
    "leases.fair_value": (-1_000.0, 5_000.0),
    "leases.review_years": (-4.0, 6.0),
    "leases.peppercorn_value": (-2_000.0, 3_000.0),
    "private_contracts.quoted_charge": (-4e6, 6e6),
    "private_contracts.indexed_share": (-0.5, 1.5),
    "capital.works_rate": (-4_000.0, 4_000.0),
    "capital.on_costs_share": (0.0, 1.5),
    "works.kind_of_site": (0.0, 1.0),
    "procurement.last_price": (-2e6, 2e6),
    "benefits.per_displaced_test": (-5.0, 10.0),
    "health.longest_wait": (1.0, 30.0),
    "digital.capital_cost": (-2e6, 2e6),
    "digital.running_cost": (-5e5, 5e5),
    "capital.hospital_capital": (-5e6, 5e6),
    "funding.network_award": (-5e6, 5e6),
    "income.fixed_payment": (-2e6, 3e6),
    "income.allocation_minimum": (-5e4, 2e5),
    "cost_form.vat_heading": (-60.0, 60.0),
    "funds.last_year": (1.0, 12.0),
    "economics.option_life": (5.0, 60.0),
    "estate.hired_days_per_week": (0.0, 5.0),
    "health.treatment_capacity": (0.0, 50.0),
    "estate.hired_rooms": (-1.0, 2.0),
    "estate.hired_to_month": (0.0, 60.0),
    "workforce.posts_moved_out": (-0.1, 0.3),
    "workforce.international_hires": (-0.5, 0.5),
    "funds.limit": (0.0, 2e7),
    "funds.held_by_system": (-1.0, 1.0),
    "funds.clawback": (0.0, 1.0),
    "approval.scope_change": (-5e6, 5e6),
    "plans.income": (4e8, 6e8),
    "plans.performance": (-2e7, 2e7),
    "plans.control_total": (-2e7, 2e7),
    "plans.cash": (0.0, 8e7),
    "plans.least_cash": (0.0, 1e7),
    "plans.envelope": (0.0, 3e7),
    "plans.net_assets": (1e8, 4e8),
    "plans.mitigation": (0.0, 3e6),
    "plans.envelope_planned": (0.5, 1.0),
    "procurement.route_taken": (-1.0, 1.0),
    "procurement.own_units": (-3.0, 6.0),
    "procurement.registered": (-1.0, 1.0),
    "procurement.register": (-2.0, 2.0),
    "plans.replacements_planned": (-0.5, 1.0),
    "routes.capital_limit": (-5e6, 2e7),
    "routes.vat_recovered_price": (-0.5, 1.0),
}
# The dimension along which an input sums to one (the outcomes of a risk: to one at most).
SUMS_TO_ONE = {
    "hosting.hosts": "provider",
    "hosting.employs": "provider",
    "hosting.owns": "provider",
    "hosting.network_share": "provider",
    "capital.phasing": "year",
    "works.kind_of_site": "building_kind",
    "risks.profile": "year",
    "risks.probability": "outcome",
    "bias.weight": "bias_factor",
    "assets.component_share": "component",
    "assets.lifecycle_share": "component",
    "cost_form.on_costs_mix": "on_cost",
    "procurement.route_taken": "route",
    "procurement.in_tranche": "tranche",
    "procurement.own_tranche": "tranche",
}


def pounds(unit: str) -> int:
    """The power of pounds in a unit: 1 for £ and £ a test, 0 for a share, -1 for QALYs a pound."""
    if unit == "choice":
        return 0
    parsed = parse_unit(unit)
    return parsed.of("GBP_real") + parsed.of("GBP_nominal")


@dataclass(frozen=True)
class Span:
    """Between what an input's cells are drawn, on the engine's axes, and how."""

    low: Array
    high: Array
    whole: bool
    bounds: tuple[float | None, float | None]
    shares: int | None

    def draw(self, chance: np.random.Generator) -> Array:
        """Every cell drawn anew."""
        x = self.low + (self.high - self.low) * chance.random(self.low.shape)
        if self.whole:
            x = np.floor(self.low + (self.high - self.low + 1) * chance.random(self.low.shape))
        x = np.clip(x, *self.bounds)
        if self.shares is None:
            return x
        axis = self.shares
        # Where every share was drawn at nothing, each member bears the same.
        all_of_it = x.sum(axis=axis, keepdims=True)
        equal = np.full(x.shape, 1 / x.shape[axis])
        return np.where(all_of_it > 0, x / np.where(all_of_it > 0, all_of_it, 1), equal)


def _span(given: InputValues, axes: Axes) -> Span:
    """The span of an input's cells."""
    item = given.input
    choices = len(item.choices)

    def ends(value: Value) -> tuple[float, float]:
        if choices:
            return 0.0, choices - 1.0
        if item.unit == "flag":
            return 0.0, 1.0
        if item.key in SPANS:
            return SPANS[item.key]
        amount = float(value.amount)
        if value.low is not None and value.high is not None:
            return value.low, value.high
        if item.whole:
            return amount - 1, amount + 1
        return min(0.5 * amount, 1.5 * amount), max(0.5 * amount, 1.5 * amount)

    def array(place: int) -> Array:
        def of(cells: Any) -> dict[Members, Value]:
            return {members: Value(ends(value)[place]) for members, value in cells.items()}

        return axes.input_array(
            replace(given, base=of(given.base), options={o: of(c) for o, c in given.options.items()})
        )

    bounds = (None, None) if choices else (item.low, item.high)
    whole = item.whole or bool(choices) or item.unit == "flag"
    shares = SUMS_TO_ONE.get(item.key)
    return Span(array(0), array(1), whole, bounds, None if shares is None else axes.place[shares])


class Money:
    """A case, and what of it is drawn.

    Parameters
    ----------
    name
        A shipped case.
    """

    def __init__(self, name: str) -> None:
        """Read the case and find the span of every input that is drawn."""
        self.case: Case = load_case(name)
        self.axes = self.problem.axes
        keys = [item.key for item in self.problem.values]
        self.items: dict[str, Input] = {}
        for item in self.problem.values:
            self.items.setdefault(item.key, item)
        # What sums to one over a single member can be nothing else.
        one = {key for key, dimension in SUMS_TO_ONE.items() if self.axes.size(dimension) == 1}
        self.drawn = sorted(
            {key for key in keys if key.partition(".")[0] in CHAPTERS or key in BESIDES} - KEPT - one
        )
        self.spans = {key: _span(self.problem.values[self.items[key]], self.axes) for key in self.drawn}

    @property
    def problem(self) -> Problem:
        """The case bound to the model."""
        return self.case.problem

    def again(self) -> Problem:
        """The case bound anew, for a model in which a fault was planted."""
        return bind(self.case.model, self.case.inputs)

    def lines(self, problem: Problem | None = None) -> list[Line]:
        """The lines of money."""
        return [line for line in (problem or self.problem).lines if line.chapter in CHAPTERS]

    def as_given(self, key: str) -> Array:
        """The values of an input as the case has them."""
        return self.axes.input_array(self.problem.values[self.items[key]])


@cache
def money(name: str) -> Money:
    """A case, read once."""
    return Money(name)


@dataclass(frozen=True)
class Drawn:
    """A random case: which inputs of a shipped case are drawn anew, and by what seed."""

    name: str
    seed: int
    inputs: tuple[str, ...]

    def values(self) -> dict[Input, Array]:
        """The values of those inputs."""
        of, chance = money(self.name), np.random.default_rng(self.seed)
        return {of.items[key]: of.spans[key].draw(chance) for key in self.inputs}


def everything(name: str, seed: int = 1) -> Drawn:
    """A random case in which every input of money is drawn."""
    return Drawn(name, seed, tuple(money(name).drawn))


@st.composite
def draws(draw: Any, name: str) -> Drawn:
    """A random case: all inputs of money drawn anew, or a few of them."""
    keys = money(name).drawn
    some = draw(st.one_of(st.just(keys), st.sets(st.sampled_from(keys), min_size=1)))
    return Drawn(name, draw(st.integers(0, 2**32 - 1)), tuple(sorted(some)))


@dataclass(frozen=True)
class Solved:
    """What the engine made of a random case; a line's values by option and its dimensions."""

    results: Results

    def __call__(self, key: str) -> Array:
        """The values of a line, by option and its dimensions in order."""
        return self.results.array(self.results.problem.by_key[key])[0]

    def sum(self, key: str, *dimensions: str) -> Array:
        """The values of a line, added up over some of its dimensions."""
        over = self.results.problem.by_key[key].over
        return self(key).sum(axis=tuple(over.index(d) + 1 for d in dimensions))


def solve(of: Money, values: dict[Input, Array], problem: Problem | None = None) -> Solved:
    """Work out every line of money with some inputs drawn anew."""
    problem = problem or of.problem
    return Solved(evaluate(problem, of.lines(problem), values))


def close(a: Array, b: Array, *parts: Array) -> bool:
    """Whether two sums agree to 1e-9 of the largest amount that either, or a part, holds."""
    scale = max(1.0, *(float(np.abs(x).max(initial=0.0)) for x in (a, b, *parts)))
    return bool(np.abs(a - b).max(initial=0.0) <= CLOSE * scale)
