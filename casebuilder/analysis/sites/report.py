"""What is told of a choice of sites: what each is worth, why some are left out, what more capital brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from casebuilder.analysis.sites.programme import OUT, Array, Limit, Plan
from casebuilder.analysis.sites.refusal import asked
from casebuilder.analysis.sites.search import SiteSearch


@dataclass(frozen=True)
class Chosen:
    """A site or piece of kit of the plan.

    Attributes
    ----------
    number, start
        Its number among the candidates, and years late.
    opening
        The number of the month in which the site opens.
    capital
        By year, shape (Y,), £ of cash with VAT; of kit, what the site costs less without it.
    alone
        Score of it by itself, or of a site without and with the kit, beyond none.
    last
        Score that the plan loses without it and without what needs it.
    kept_for
        Why it stays though it lowers the score; else empty.
    """

    number: int
    start: int
    opening: int
    capital: Array
    alone: float
    last: float
    kept_for: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A candidate that the plan does without.

    Attributes
    ----------
    number
        Its number among the candidates.
    capital
        What the plan would cost more with it and what it needs, £.
    gain
        What the score would rise by; less than 0 where it would fall.
    reason
        `excluded` by a site of the plan, `lowers` the score or leaves it and costs, or over a `limit`.
    detail
        The other site's label, or the limit's name.
    over
        By how much the limit would be passed, £.
    needs
        The labels of sites outside the plan that it is not built without; they are counted in.
    """

    number: int
    capital: float
    gain: float
    reason: str
    detail: str = ""
    over: float = 0.0
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class More:
    """What a limit raised by some pounds brings: the score's rise, and the plan it then is."""

    limit: str
    amount: float
    gain: float
    plan: Plan


@dataclass(frozen=True)
class Report:
    """All that is told of a choice.

    Attributes
    ----------
    plan, score
        The best plan, and its score by the engine.
    none, all
        The scores of no site and of all sites on time.
    chosen
        In the order of opening.
    left_out
        In the order of the case.
    estimate
        What the plan's sites would score if each added what it adds alone.
    estimate_plan, estimate_true
        The plan that would be chosen if values added up, and what it is by the engine; None where no plan
        of that kind keeps to the limits.
    runners_up
        The next best plans.
    more
        What more capital brings, by limit.
    """

    plan: Plan
    score: float
    none: float
    all: float
    chosen: tuple[Chosen, ...]
    left_out: tuple[LeftOut, ...]
    estimate: float
    estimate_plan: Plan | None
    estimate_true: float | None
    runners_up: tuple[Plan, ...]
    more: tuple[More, ...]


class Reporter:
    """Makes the report of a search.

    Parameters
    ----------
    search
        The search, worked out or not.
    weights
        Of each measure in its own units.
    labels
        The names of districts.
    """

    def __init__(self, search: SiteSearch, weights: Array, labels: Mapping[str, str]) -> None:
        """Keep what is asked."""
        self.search, self.weights, self.labels = search, weights, labels
        self.values, self.candidates = search.values, search.candidates

    def report(self, plan: Plan, step: float, runners: int = 3) -> Report:
        """The report of a plan, with what `step` pounds more capital bring and the next best plans."""
        search = self.search
        search.values.work_out([search.none, search.all, *(search.alone(site) for site in search.sites)])
        added = search.added_up(self.weights)
        ahead = [other for other in search.ranked(self.weights) if other != plan][:runners]
        return Report(
            plan,
            self.score(plan),
            self.score(search.none),
            self.score(search.all),
            self._chosen(plan),
            self._all_left_out(plan),
            self._added(plan),
            None if added is None else added.plan,
            None if added is None else self.score(added.plan),
            tuple(ahead),
            tuple(self._more(plan, name, step) for name in search.limits),
        )

    def score(self, plan: Plan) -> float:
        """The weighted measures of a plan."""
        return float(self.weights @ self.values.worth(plan).measures)

    def _missing(self, plan: Plan) -> list[int]:
        """The candidates left out, kit only where its site is in."""
        parents = [candidate.parent for candidate in self.candidates]
        return [
            number
            for number, start in enumerate(plan)
            if start == OUT and ((parent := parents[number]) is None or plan[parent] != OUT)
        ]

    def _added(self, plan: Plan) -> float:
        """What a plan would score if each candidate added what it adds alone."""
        estimate = self.search.estimate(self.search.none)
        chosen = [number for number, start in enumerate(plan) if start != OUT]
        gained = estimate.instance.values[:, chosen, [plan[n] for n in chosen]].sum(axis=1)
        covered = estimate.instance.cover[:, chosen].any(axis=1)
        people = float(estimate.instance.people[covered].sum())
        return float(self.weights @ (estimate.start + np.append(gained, people)))

    def _chosen(self, plan: Plan) -> tuple[Chosen, ...]:
        search, worth = self.search, self.values.worth(plan)
        found: list[Chosen] = []
        inside = [number for number, start in enumerate(plan) if start != OUT]
        without = {n: search.rules.without_orphans(search.without(plan, n)) for n in inside}
        kit_alone = {n: self._kit_alone(n, plan[n]) for n in inside if self.candidates[n].parent is not None}
        pairs = [each for pair in kit_alone.values() for each in pair]
        self.values.work_out([*without.values(), *pairs])
        for number in inside:
            site = self.values.inputs.site_number(self.candidates[number])
            capital = worth.capital[site]
            if number in kit_alone:
                first, second = kit_alone[number]
                alone = self.score(first) - self.score(second)
                capital = capital - self.values.worth(search.without(plan, number)).capital[site]
            else:
                alone = self.score(search.alone(number, plan[number])) - self.score(search.none)
            last = self.score(plan) - self.score(without[number])
            kept = "" if last >= 0 else self._kept_for(plan, number)
            opening = int(worth.opening[site])
            found.append(Chosen(number, plan[number], opening, capital, alone, last, kept))
        return tuple(sorted(found, key=lambda each: (each.opening, self._place(each.number), each.number)))

    def _place(self, number: int) -> int:
        """The number of a candidate's site among the candidates."""
        parent = self.candidates[number].parent
        return number if parent is None else parent

    def _kit_alone(self, number: int, start: int) -> tuple[Plan, Plan]:
        """Its site by itself with all kit, and without this piece."""
        whole = self.search.alone(self._place(number), start)
        return whole, self.search.without(whole, number)

    def _kept_for(self, plan: Plan, number: int) -> str:
        """What asks for a site that lowers the score."""
        for minimum, district in zip(self.search.rules.minima, self.search.rules.wanted, strict=True):
            if number in minimum.members and sum(plan[n] != OUT for n in minimum.members) <= minimum.count:
                return asked(minimum.count, self.labels.get(district, ""))
        return ""

    def _all_left_out(self, plan: Plan) -> tuple[LeftOut, ...]:
        """Every candidate that is not in the plan, and why."""
        ways = {
            number: [self._with(plan, number, start) for start in range(self.search.starts)]
            for number in self._missing(plan)
        }
        self.values.work_out(way for some in ways.values() for way in some)
        return tuple(self._left_out(plan, number, some) for number, some in ways.items())

    def _left_out(self, plan: Plan, number: int, ways: list[Plan]) -> LeftOut:
        """Why a candidate is not in the plan: at its best start, or where none fits at the cheapest."""
        search = self.search
        foe = self._foe(plan, number)
        fits = [way for way in ways if search.affordable(way)]
        least = min(ways, key=lambda each: sum(self._over(each, limit) for limit in search.limits.values()))
        way = max(fits or [least], key=lambda each: search.key(each, self.weights))
        more = float((self.values.worth(way).by_year - self.values.worth(plan).by_year).sum())
        needs = tuple(self.candidates[n].label for n in search.rules.needed_by(number) if plan[n] == OUT)
        found = LeftOut(number, more, self.score(way) - self.score(plan), "lowers", needs=needs)
        over = {name: self._over(way, limit) for name, limit in search.limits.items()}
        name = max(over, key=lambda each: over[each])
        if foe is not None:
            return replace(found, reason="excluded", detail=self.candidates[foe].label)
        if over[name] > 0 and search.key(way, self.weights) > search.key(plan, self.weights):
            return replace(found, reason="limit", detail=name, over=over[name])
        return found

    def _with(self, plan: Plan, number: int, start: int) -> Plan:
        """The plan with a candidate and what it needs."""
        parent = self.candidates[number].parent
        if parent is not None:
            return tuple(plan[parent] if n == number else own for n, own in enumerate(plan))
        return self.search.rules.with_needs(self.search.with_site(plan, number, start))

    def _foe(self, plan: Plan, number: int) -> int | None:
        """A site of the plan that excludes this one."""
        pairs = self.search.rules.excludes
        others = [b if a == number else a for a, b in pairs if number in (a, b)]
        return next((other for other in others if plan[other] != OUT), None)

    def _over(self, plan: Plan, limit: Limit) -> float:
        spending = self.values.worth(plan).by_year
        return max(float(spending[list(limit.years)].sum()) - limit.amount, 0.0)

    def _more(self, plan: Plan, name: str, step: float) -> More:
        limits = dict(self.search.limits)
        limits[name] = replace(limits[name], amount=limits[name].amount + step)
        best = self.search.best(self.weights, limits)
        found = plan if best is None else best
        if self.search.key(found, self.weights) <= self.search.key(plan, self.weights):
            found = plan
        return More(name, step, self.score(found) - self.score(plan), found)
