"""The headlines of a case: the figures that the terminal, the Options sheet and JSON all show."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.algebra.terms import Line
from casebuilder.evaluate.problem import Problem

if TYPE_CHECKING:  # so that names of headlines can be checked without numpy
    from casebuilder.evaluate.engine import Results

# The contract, in its order. A headline whose line is not in the model is null.
HEADLINES = (
    "capital_outturn", "capital_pdc", "capital_unfunded", "capital_envelope_peak_year",
    "capital_per_annual_test", "net_present_cost", "npsv", "bcr", "equivalent_annual_cost",
    "payback_years", "income_steady_state", "revenue_cost_steady_state",
    "capital_charges_steady_state", "surplus_steady_state", "surplus_worst_year",
    "system_revenue_ask_steady_state", "revenue_gap_after_national_funding",
    "cash_releasing_benefits_steady_state", "tests_steady_state", "tests_dm01_steady_state",
    "tests_additional", "tests_displaced", "utilisation_steady_state", "cost_per_test",
    "cost_per_additional_test", "list_start", "list_end", "over_six_weeks_start",
    "over_six_weeks_end", "months_to_standard", "report_turnaround_days", "cdc_share_ct",
    "cdc_share_mri", "wte_steady_state", "wte_unfilled_at_opening", "agency_share",
    "within_30_minutes", "within_30_minutes_most_deprived",
)  # fmt: skip
CHAPTER = "headlines"
STEADY_STATE = "programme.steady_state_year"
RANKED_BY = "npsv"


@dataclass(frozen=True)
class OptionResult:
    """One option's headlines, its rank (1 is best) and the year its steady state is taken in."""

    label: str
    steady_state: str | None
    rank: int | None
    headlines: Mapping[str, float | None]


def headline_line(problem: Problem, headline: str) -> Line | None:
    """The line behind a headline; None where its chapter is still to come."""
    return problem.by_key.get(f"{CHAPTER}.{headline}")


def absent_headline(problem: Problem, headline: str, form: str = " ({})") -> str:
    """A headline without a line, as people read it, with the reason why it has none."""
    why = problem.why_absent(f"{CHAPTER}.{headline}")
    reason = f"not in this case: {why}" if why else "not in this version"
    return f"{headline.replace('_', ' ').capitalize()}{form.format(reason)}"


def headline_lines(problem: Problem) -> list[Line]:
    """All lines behind headlines, with the one that names the steady state."""
    lines = [headline_line(problem, headline) for headline in HEADLINES]
    lines.append(problem.by_key.get(STEADY_STATE))
    return [line for line in lines if line is not None]


def headlines(results: Results) -> dict[str, OptionResult]:
    """The headlines of every option, in the contract's order.

    Options are ranked by net present social value; equal values share a rank.
    """
    problem = results.problem
    found: dict[str, dict[str, float | None]] = {}
    for option in problem.frame.option_ids:
        found[option] = {
            headline: None
            if headline_line(problem, headline) is None
            else results.value(f"{CHAPTER}.{headline}", option)
            for headline in HEADLINES
        }
    values = [v for o in found.values() if (v := o[RANKED_BY]) is not None]
    ranks = {
        option: None if (own := of[RANKED_BY]) is None else 1 + sum(v > own for v in values)
        for option, of in found.items()
    }
    return {
        option.id: OptionResult(
            option.label, _steady_state(results, option.id), ranks[option.id], found[option.id]
        )
        for option in problem.frame.options
    }


def _steady_state(results: Results, option: str) -> str | None:
    if STEADY_STATE not in results.problem.by_key:
        return None
    number = results.value(STEADY_STATE, option)
    years = results.problem.frame.ids("year")
    if number is None or not math.isfinite(number) or not 1 <= round(number) <= len(years):
        return None
    return years[round(number) - 1]
