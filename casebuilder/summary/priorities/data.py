"""The JSON of `prioritise`."""

from __future__ import annotations

from typing import Any

from casebuilder.analysis.sites.prioritise import Outcome
from casebuilder.analysis.sites.programme import OUT, Plan
from casebuilder.analysis.sites.values import MEASURES
from casebuilder.evaluate.problem import Problem
from casebuilder.summary.data import plain


def priorities_data(problem: Problem, outcome: Outcome, version: str) -> dict[str, Any]:
    """What was asked, the best plan with its sites, what is left out and why, and what else was found.

    Money is in £: capital in cash with VAT, npsv at prices of the base year. A score is what plans are
    ranked by: the one value asked for in its own unit, or the weighted sum.
    """
    ask, report, search = outcome.ask, outcome.report, outcome.search
    years = problem.frame.ids("year")
    ids = [candidate.id for candidate in search.candidates]
    found: dict[str, Any] = {
        "case": problem.inputs.info.name,
        "version": version,
        "inputs_sha256": problem.inputs.sha256,
        "option": ask.option,
        "aims": dict(ask.aims),
        "near": ask.near,
        "near_minutes": outcome.minutes,
        "deprivation": dict(ask.deprivation),
        "limits": {name: limit.amount for name, limit in search.limits.items()},
        "delay_years": ask.delay,
        "plans": {
            "possible": search.possible,
            "worked_out": len(search.values.evaluated),
            "proved": search.every,
        },
        "best": {
            **plan_data(outcome, report.plan),
            "sets": search.values.inputs.sets(report.plan),
            "estimate_added_up": plain(report.estimate),
            "capital_by_year": by_year(years, outcome.worth(report.plan).by_year),
        },
        "none": plan_data(outcome, search.none),
        "all": plan_data(outcome, search.all),
        "chosen": [
            {
                "id": ids[each.number],
                "label": search.candidates[each.number].label,
                "years_late": each.start,
                "opens": opening(problem, each.opening),
                "capital": plain(float(each.capital.sum())),
                "capital_by_year": by_year(years, each.capital),
                "score_alone": plain(each.alone),
                "score_as_the_last": plain(each.last),
                "kept_for": each.kept_for or None,
            }
            for each in report.chosen
        ],
        "left_out": [
            {
                "id": ids[each.number],
                "label": search.candidates[each.number].label,
                "capital": plain(each.capital),
                "score_if_added": plain(each.gain),
                "reason": each.reason,
                "because_of": each.detail or None,
                "over_the_limit": plain(each.over) if each.reason == "limit" else None,
                "needs": list(each.needs),
            }
            for each in report.left_out
        ],
        "added_up": None if report.estimate_plan is None else plan_data(outcome, report.estimate_plan),
        "runners_up": [plan_data(outcome, plan) for plan in report.runners_up],
        "more_capital": [
            {
                "limit": each.limit,
                "more": each.amount,
                "score": plain(each.gain),
                "best": plan_data(outcome, each.plan),
            }
            for each in report.more
        ],
        "pareto": [plan_data(outcome, plan) for plan in outcome.front] if ask.pareto else None,
    }
    return found


def plan_data(outcome: Outcome, plan: Plan) -> dict[str, Any]:
    """A plan's sites with the years by which each is late, its score, measures and capital."""
    search = outcome.search
    worth = outcome.worth(plan)
    measures = dict(zip(MEASURES, (float(value) for value in worth.measures), strict=True))
    has_people = search.values.has_people
    quintiles = dict(zip(search.values.frame.ids("quintile"), map(float, worth.people), strict=True))
    return {
        "sites": {
            candidate.id: start
            for candidate, start in zip(search.candidates, plan, strict=True)
            if start != OUT
        },
        "score": plain(float(outcome.weights @ worth.measures)),
        "npsv": plain(measures["npsv"]),
        "tests": plain(measures["tests"]),
        "additional": plain(measures["additional"]),
        "people": plain(float(worth.people.sum())) if has_people else None,
        "people_weighted": plain(measures["people"]) if has_people else None,
        "people_by_quintile": quintiles if has_people else None,
        "capital": plain(float(worth.by_year.sum())),
    }


def by_year(years: tuple[str, ...], amounts: Any) -> dict[str, float]:
    """The years in which something is spent."""
    return {year: float(amount) for year, amount in zip(years, amounts, strict=True) if amount}


def opening(problem: Problem, number: int) -> str | None:
    """The month in which a site opens; None where that is after the last month, or before the first."""
    months = problem.frame.ids("month")
    return months[number - 1] if 1 <= number <= len(months) else None
