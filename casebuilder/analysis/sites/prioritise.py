"""The choice of sites from what is asked to what is found: the best plan, its report and the front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.sites.inputs import INCLUDED, PlanInputs
from casebuilder.analysis.sites.programme import OUT, Array, Plan
from casebuilder.analysis.sites.refusal import refusal
from casebuilder.analysis.sites.report import Report, Reporter
from casebuilder.analysis.sites.rules import limits_of, rules_of
from casebuilder.analysis.sites.search import SiteSearch, spreads, weights_of
from casebuilder.analysis.sites.values import SiteValues, Worth
from casebuilder.errors import CaseError
from casebuilder.evaluate.option_values import chosen_options
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.files.scalars import nearest

NEAR_MINUTES = "access.near_minutes"
PUT_OFF = 2  # years, where a year has a limit of its own
EVERY = 1_024


@dataclass(frozen=True)
class Ask:
    """What is asked.

    Attributes
    ----------
    aims
        The weight of each measure that counts.
    option
        The option whose sites are chosen from; None for the last one that takes sites in.
    total, by_year
        Capital in all years and in some, £ of cash with VAT.
    delay
        Years by which a site may start late; None for `PUT_OFF` where a year has a limit, else none.
    kit
        Tests whose rooms may be left out.
    least
        Sites to be built at least.
    near
        `any`: near a centre or acute hospital; `centre`: near a centre.
    deprivation
        The weight of a person by quintile; 1 where none is given.
    most
        Plans up to which every one is worked out.
    step
        The capital more that is tried, £.
    pareto
        Whether the front of value, tests and people is asked for.
    """

    aims: Mapping[str, float] = field(default_factory=lambda: {"npsv": 1.0})
    option: str | None = None
    total: float | None = None
    by_year: Mapping[str, float] = field(default_factory=dict)
    delay: int | None = None
    kit: Sequence[str] = ()
    least: int = 0
    near: str = "any"
    deprivation: Mapping[str, float] = field(default_factory=dict)
    most: int = EVERY
    step: float = 1e6
    pareto: bool = False


@dataclass(frozen=True)
class Outcome:
    """What is found.

    Attributes
    ----------
    ask
        What was asked, with the option and the delay filled in.
    search
        The candidates, and all plans worked out.
    weights
        Of each of `MEASURES`, in its own units.
    spread
        The widest difference of each measure between no site, all sites and each site alone.
    report
        Of the best plan.
    front
        Plans none of which is beaten in value, tests and people at once; empty unless asked for.
    minutes
        Minutes that count as near; None where the case has no map.
    """

    ask: Ask
    search: SiteSearch
    weights: Array
    spread: Array
    report: Report
    front: tuple[Plan, ...]
    minutes: float | None

    def worth(self, plan: Plan) -> Worth:
        """What a plan that was worked out is worth."""
        return self.search.values.evaluated[plan]


def prioritise(
    problem: Problem, ask: Ask, tell: Tell = silent, known: dict[Plan, Worth] | None = None
) -> Outcome:
    """The best plan of sites.

    Parameters
    ----------
    problem
        The case.
    ask
        What is asked; it has one limit at least.
    tell
        Told how many plans are worked out, of how many.
    known
        Plans worked out for an earlier question of the same case, option, kit, nearness and weights: a
        question with another limit or aim then costs little.

    Raises
    ------
    CaseError
        Something asked for is not in the case, or no plan keeps to rules and limits: which, and why.
    """
    option = ask.option or _last_with_sites(problem)
    chosen_options(problem.frame, option)
    inputs = PlanInputs(problem, option, ask.kit)
    delay = (PUT_OFF if ask.by_year else 0) if ask.delay is None else ask.delay
    if delay > (longest := inputs.longest_delay()):
        raise CaseError(f"sites cannot start {delay} years late: their capital fits {longest} at most")
    frame = problem.frame
    _check_quintiles(ask.deprivation, frame.ids("quintile"))
    values = SiteValues(inputs, ask.near, ask.deprivation, tell, known)
    if "people" in ask.aims and ask.aims["people"] and not values.has_people:
        raise CaseError("this case has no map of people and sites: choose by npsv, tests or additional")
    labels = {member.id: member.label for member in frame.members.get("district", ())}
    opening = values.worth((OUT,) * len(inputs.candidates)).opening
    rules = rules_of(
        problem.inputs.priorities,
        inputs.candidates,
        np.array([opening[inputs.site_number(candidate)] for candidate in inputs.candidates]),
        delay + 1,
        values.districts(),
        labels,
        ask.least,
    )
    limits = limits_of(ask.total, ask.by_year, frame.ids("year"))
    search = SiteSearch(values, rules, limits, delay + 1, ask.most)
    weights = weights_of(ask.aims, search)
    best = search.best(weights)
    if best is None:
        raise refusal(search, labels)
    front = tuple(search.pareto()) if ask.pareto else ()
    best = search.ranked(weights)[0]  # the front may have come upon a better one
    report = Reporter(search, weights, labels).report(best, ask.step)
    values.work_out([search.none, search.all, *front])  # what is shown beside the plan
    asked = replace(ask, option=option, delay=delay)
    minutes = inputs.given(NEAR_MINUTES) if values.has_people else None
    shown = None if minutes is None else float(minutes)
    return Outcome(asked, search, weights, spreads(search), report, front, shown)


def _last_with_sites(problem: Problem) -> str:
    """The last option that takes sites in."""
    included = problem.inputs_by_key.get(INCLUDED)
    if included is not None:
        given = problem.values[included]
        for option in reversed(problem.frame.option_ids):
            if any(given.amount(option, members) for members in given.base):
                return option
    raise CaseError("no option of this case takes a site in: there is nothing to choose from")


def _check_quintiles(weights: Mapping[str, float], known: Sequence[str]) -> None:
    for quintile in weights:
        if quintile not in known:
            hint = nearest(quintile, known) or (f"; they are {', '.join(known)}" if known else "")
            raise CaseError(f"'{quintile}' is no deprivation quintile of this case{hint}")
