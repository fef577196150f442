"""The search for the best plan of sites: the programme's estimates, put to the engine.

Sites' values do not add up: lists are pooled, and people live near two centres. Where the plans are few the
engine works out every one, and the best is proved. Where they are many, the programme of `site_choice` is
solved with each site's value beside the best plan so far and its dozen best plans are worked out as wholes;
where none is better, so is every plan that is one step away, until none is better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import numpy as np

from casebuilder.analysis.sites.programme import (
    OUT,
    Array,
    Choice,
    Flags,
    Instance,
    Limit,
    Plan,
    front,
    keeps_rules,
    solve,
    undominated,
    within,
)
from casebuilder.analysis.sites.rules import Rules
from casebuilder.analysis.sites.values import MEASURES, SiteValues, Worth

ROUNDS, STEPS = 12, 12
COUNTED = 60_000  # plans up to which those that keep to the rules are counted one by one


@dataclass(frozen=True)
class Estimate:
    """The programme with each candidate's value beside one plan, and what it is measured from.

    Attributes
    ----------
    instance
        Values and capital of each candidate by start; limits less what the plan spends otherwise.
    start
        Shape (measures,): what is there before any candidate is counted, so that the estimate of the plan
        itself is exact but for people, who are never counted twice.
    """

    instance: Instance
    start: Array


class SiteSearch:
    """Finds the best plans of one option.

    Parameters
    ----------
    values
        Works plans out.
    rules, limits
        What binds the choice.
    starts
        Starts to choose from: on time, one year late, ...
    most
        The number of plans up to which every one is worked out.

    Attributes
    ----------
    possible
        Plans that keep to the rules; where they are too many to count, plans whatever the rules.
    every
        Whether all of them are worked out.
    """

    def __init__(
        self, values: SiteValues, rules: Rules, limits: Mapping[str, Limit], starts: int, most: int
    ) -> None:
        """Count the plans."""
        self.values, self.rules, self.limits, self.starts = values, rules, dict(limits), starts
        self.candidates = values.inputs.candidates
        self.sites = [number for number, each in enumerate(self.candidates) if each.parent is None]
        self.kit = {
            site: [n for n, each in enumerate(self.candidates) if each.parent == site] for site in self.sites
        }
        self.none: Plan = (OUT,) * len(self.candidates)
        self.all: Plan = (0,) * len(self.candidates)
        self._rules = Instance(
            np.zeros((0, len(self.candidates), starts)),
            np.zeros((len(self.candidates), starts, 0)),
            np.zeros((0, len(self.candidates)), dtype=bool),
            np.zeros(0),
            needs=rules.needs,
            excludes=rules.excludes,
            minima=rules.minima,
        )
        self._covered: tuple[Flags, Array] | None = None
        self.possible = prod(1 + starts * 2 ** len(self.kit[site]) for site in self.sites)
        if self.possible <= COUNTED and (rules.needs or rules.excludes or rules.minima):
            self.possible = sum(1 for _ in self._plans())
        self.every = self.possible <= most

    def alone(self, number: int, start: int = 0) -> Plan:
        """One site by itself, with all its kit."""
        return self.with_site(self.none, number, start)

    def with_site(self, plan: Plan, number: int, start: int) -> Plan:
        """The plan with a site at a start; its kit comes with it, all of it where it was left out."""
        built, own = list(plan), self.kit[number]
        there = [kit for kit in own if built[kit] != OUT] if built[number] != OUT else own
        for place in (number, *there):
            built[place] = start
        return tuple(built)

    def without(self, plan: Plan, number: int) -> Plan:
        """The plan without a site and its kit, or without a piece of kit."""
        out = {number, *self.kit.get(number, ())}
        return tuple(OUT if place in out else start for place, start in enumerate(plan))

    def allowed(self, plan: Plan) -> bool:
        """Whether a plan keeps to the rules and the starts there are; capital apart."""
        return max(plan) < self.starts and keeps_rules(self._rules, plan)

    def affordable(self, plan: Plan, limits: Mapping[str, Limit] | None = None) -> bool:
        """Whether the engine's capital keeps to the limits."""
        bound = self.limits if limits is None else limits
        return within([*bound.values()], self.values.worth(plan).by_year)

    def key(self, plan: Plan, weights: Array) -> tuple[float, float, int]:
        """What plans are ranked by: the score; of equals, less capital, then an earlier start."""
        worth = self.values.worth(plan)
        score = float(f"{float(weights @ worth.measures):.12g}")
        return score, -round(float(worth.by_year.sum()), 2), -sum(max(start, 0) for start in plan)

    def ranked(self, weights: Array, limits: Mapping[str, Limit] | None = None) -> list[Plan]:
        """All plans worked out that keep to rules and limits, the best first."""
        known = self.values.evaluated
        kept = [plan for plan in known if self.allowed(plan) and self.affordable(plan, limits)]
        return sorted(kept, key=lambda plan: self.key(plan, weights), reverse=True)

    def best(self, weights: Array, limits: Mapping[str, Limit] | None = None) -> Plan | None:
        """The best plan; None where none keeps to rules and limits.

        Parameters
        ----------
        weights
            Of each of `MEASURES`, in their own units.
        limits
            In place of the search's own.
        """
        if self.every:
            self.values.work_out(self._plans())
        else:
            self._climb(weights, self.limits if limits is None else limits)
        return next(iter(self.ranked(weights, limits)), None)

    def pareto(self) -> list[Plan]:
        """Plans of which none is beaten in value, tests and people at once; the most value first.

        Each measure's own best is among them. Where not every plan is worked out, plans are found from the
        programme's own front and then by the steps from each measure's best.
        """
        chosen = [MEASURES.index(name) for name in ("npsv", "tests", "people")]
        unit = np.eye(len(MEASURES))
        for measure in chosen:
            self.best(unit[measure])
        if not self.every:
            instance = self.estimate(self.all).instance
            kept = replace(instance, values=instance.values[chosen[:-1]])
            self.values.work_out(choice.plan for choice in front(kept))
        # Ranked, so that of plans equal in every measure the one with the least capital stays.
        plans = self.ranked(unit[chosen[0]])
        points = np.array([self.values.worth(plan).measures[chosen] for plan in plans]).reshape(-1, 3)
        return [plans[number] for number in undominated(points)]

    def estimate(self, base: Plan, limits: Mapping[str, Limit] | None = None) -> Estimate:
        """Each candidate's value and capital by start, beside a plan.

        A candidate of the plan counts what is lost without it, one outside what it adds. A site's kit counts
        apart; the site itself is the rest.
        """
        bare = {site: self.without(base, site) for site in self.sites}
        full = {
            (site, start): self.with_site(base, site, start)
            for site in self.sites
            for start in range(self.starts)
        }
        kits = {kit: self._around(base, site, kit) for site in self.sites for kit in self.kit[site]}
        pairs = (plan for pair in kits.values() for plan in pair)
        self.values.work_out([base, *bare.values(), *full.values(), *pairs])
        years = len(self.values.frame.ids("year"))
        gained = np.zeros((len(MEASURES) - 1, len(self.candidates), self.starts))
        capital = np.zeros((len(self.candidates), self.starts, years))
        for kit, (with_it, without_it) in kits.items():
            more, money = self._difference(with_it, without_it)
            gained[:, kit] = more[:-1, None]
            capital[kit] = _moved(money, with_it[kit], self.starts)
        for (site, start), plan in full.items():
            more, money = self._difference(plan, bare[site])
            own = [kit for kit in self.kit[site] if plan[kit] != OUT]
            gained[:, site, start] = more[:-1] - gained[:, own, start].sum(axis=1)
            capital[site, start] = money - capital[own, start].sum(axis=0)
        cover, people = self._cover()
        inside = [number for number, start in enumerate(base) if start != OUT]
        at = [base[number] for number in inside]
        other = self.values.worth(base).by_year - capital[inside, at].sum(axis=0)
        bound = (self.limits if limits is None else limits).values()
        left = tuple(Limit(x.years, x.amount - float(other[list(x.years)].sum())) for x in bound)
        counted = self.values.worth(base).measures - np.append(gained[:, inside, at].sum(axis=1), 0.0)
        counted[-1] = self.values.worth(self.none).weighted
        instance = replace(
            self._rules, values=gained, capital=capital, cover=cover, people=people, limits=left
        )
        return Estimate(instance, counted)

    def added_up(self, weights: Array) -> Choice | None:
        """The plan to choose if every site were worth what it is worth alone, with its estimate."""
        estimate = self.estimate(self.none)
        choice = solve(estimate.instance, weights)
        return None if choice is None else Choice(choice.plan, choice.measures + estimate.start)

    def neighbours(self, plan: Plan) -> Iterator[Plan]:
        """Plans one step away: a site more, less, instead, earlier or later; a piece of kit more or less."""
        inside = [site for site in self.sites if plan[site] != OUT]
        outside = [site for site in self.sites if plan[site] == OUT]
        starts = range(self.starts)
        for site in inside:
            yield self.rules.without_orphans(self.without(plan, site))
            yield from (self.with_site(plan, site, start) for start in starts if start != plan[site])
            for kit in self.kit[site]:
                yield tuple(
                    (plan[site] if start == OUT else OUT) if number == kit else start
                    for number, start in enumerate(plan)
                )
        for site in outside:
            for start in starts:
                yield self.rules.with_needs(self.with_site(plan, site, start))
                for other in inside:
                    left = self.rules.without_orphans(self.without(plan, other))
                    yield self.rules.with_needs(self.with_site(left, site, start))

    def _plans(self) -> Iterator[Plan]:
        """Every plan that keeps to the rules."""
        ways = [self._ways(site) for site in self.sites]
        order = [place for site in self.sites for place in (site, *self.kit[site])]
        for parts in product(*ways):
            flat = [start for part in parts for start in part]
            plan = tuple(start for _, start in sorted(zip(order, flat, strict=True)))
            if self.allowed(plan):
                yield plan

    def _ways(self, site: int) -> list[Plan]:
        kits = len(self.kit[site])
        built = [(start, *own) for start in range(self.starts) for own in product((start, OUT), repeat=kits)]
        return [(OUT,) * (kits + 1), *built]

    def _climb(self, weights: Array, limits: Mapping[str, Limit]) -> None:
        """Work out the plans that the programme finds, then those one step away from the best."""
        self.values.work_out([self.none, self.all])
        for base in (self.all, self.none):
            self._solve_around(base, weights, limits)
        for _ in range(STEPS):
            best = next(iter(self.ranked(weights, limits)), None)
            if best is None:
                return
            self._solve_around(best, weights, limits)
            if next(iter(self.ranked(weights, limits))) == best:
                self.values.work_out(plan for plan in self.neighbours(best) if self.allowed(plan))
            if next(iter(self.ranked(weights, limits))) == best:
                return

    def _solve_around(self, base: Plan, weights: Array, limits: Mapping[str, Limit]) -> None:
        """Work out the programme's best plans with values as they are beside one plan."""
        instance = self.estimate(base, limits).instance
        found: list[Plan] = []
        while len(found) < ROUNDS and (choice := solve(instance, weights, barred=found)) is not None:
            found.append(choice.plan)
        self.values.work_out(found)

    def _around(self, base: Plan, site: int, kit: int) -> tuple[Plan, Plan]:
        """A plan with a piece of kit and without it; its site comes with all its kit where it is left out."""
        built = base if base[site] != OUT else self.with_site(base, site, 0)
        swapped: Callable[[int], Plan] = lambda start: tuple(  # noqa: E731
            start if number == kit else own for number, own in enumerate(built)
        )
        return swapped(built[site]), swapped(OUT)

    def _difference(self, plan: Plan, other: Plan) -> tuple[Array, Array]:
        """By how much one plan's measures and capital by year are more than another's."""
        a, b = self.values.worth(plan), self.values.worth(other)
        return a.measures - b.measures, a.by_year - b.by_year

    def _cover(self) -> tuple[Flags, Array]:
        """Groups of people by the sites that bring them near, shapes (G, C) and (G,)."""
        if self._covered is None:
            plans = [self.alone(site) for site in self.sites]
            self.values.work_out([self.none, *plans])
            alone: list[Worth] = [self.values.worth(plan) for plan in plans]
            none = self.values.worth(self.none)
            cover = np.zeros((len(none.near), len(self.candidates)), dtype=bool)
            cover[:, self.sites] = np.array([each.near > none.near for each in alone]).T
            groups, place = np.unique(cover, axis=0, return_inverse=True)
            people: Array = np.bincount(place.ravel(), self.values.people_weighted, len(groups)).astype(float)
            kept = groups.any(axis=1) & (people > 0)
            self._covered = groups[kept], people[kept]
        return self._covered


def _moved(money: Array, own: int, starts: int) -> Array:
    """Capital by year at each start, at the prices of the start it was worked out for."""
    moved = np.zeros((starts, len(money)))
    for start in range(starts):
        years = start - own
        if years >= 0:
            moved[start, years:] = money[: len(money) - years]
        else:
            moved[start, :years] = money[-years:]
    return moved


def weights_of(aims: Mapping[str, float], search: SiteSearch) -> Array:
    """The weight of each measure in its own units, shape (measures,).

    One aim has the weight 1. Of several, 1 is the widest difference that the measure shows between no site,
    all sites and each site alone, so that weights do not depend on units.
    """
    weights = np.zeros(len(MEASURES))
    if len(aims) == 1:
        weights[MEASURES.index(next(iter(aims)))] = 1.0
        return weights
    spread = spreads(search)
    for name, weight in aims.items():
        place = MEASURES.index(name)
        weights[place] = weight / spread[place] if spread[place] > 0 else 0.0
    return weights


def spreads(search: SiteSearch) -> Array:
    """The widest difference between no site, all sites and each site alone, by measure."""
    plans: Sequence[Plan] = [search.none, search.all, *(search.alone(site) for site in search.sites)]
    search.values.work_out(plans)
    shown = np.array([search.values.worth(plan).measures for plan in plans])
    widest: Array = shown.max(axis=0) - shown.min(axis=0)
    return widest
