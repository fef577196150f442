"""The headlines of a case: the figures that the terminal, the Options sheet and JSON all show."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casebuilder.algebra.terms import Line
from casebuilder.evaluate.problem import Problem

if TYPE_CHECKING:  # so that names of headlines can be checked without numpy
    from casebuilder.evaluate.engine import Results

# The contract, in its order. A headline whose line is not in the model is null.
HEADLINES = (
    "capital_outturn",
    "capital_pdc",
    "capital_unfunded",
    "capital_envelope_peak_year",
    "capital_per_annual_test",
    "net_present_cost",
    "npsv",
    "bcr",
    "equivalent_annual_cost",
    "payback_years",
    "income_steady_state",
    "revenue_cost_steady_state",
    "capital_charges_steady_state",
    "surplus_steady_state",
    "surplus_worst_year",
    "system_revenue_ask_steady_state",
    "revenue_gap_after_national_funding",
    "cash_releasing_benefits_steady_state",
    "tests_steady_state",
    "tests_dm01_steady_state",
    "tests_additional",
    "tests_displaced",
    "utilisation_steady_state",
    "cost_per_test",
    "cost_per_additional_test",
    "list_start",
    "list_end",
    "over_six_weeks_start",
    "over_six_weeks_end",
    "months_to_standard",
    "report_turnaround_days",
    "cdc_share_ct",
    "cdc_share_mri",
    "wte_steady_state",
    "wte_unfilled_at_opening",
    "agency_share",
    "within_30_minutes",
    "within_30_minutes_most_deprived",
)
CHAPTER = "headlines"
# What stands beside them so that they are read rightly; not part of the contract's headlines.
FURTHER = (
    "national_capital_drawn",
    "award_lapsed",
    "revenue_cost_per_test_all",
    "full_cost_per_test",
    "full_cost_steady_state",
    "list_end_low",
    "list_end_high",
    "over_six_weeks_end_low",
    "over_six_weeks_end_high",
    "list_peak",
    "list_last_year",
    "over_six_weeks_peak",
    "tests_induced",
    "rent_steady_state",
    "surplus_without_relief",
    "wte_longer_hours",
    "staff_not_found",
    "relief_bought_steady_state",
    "npsv_without_health",
    "npsv_full_attribution",
    "attribution_at_nought",
)
FURTHER_CHAPTER = "further"
STEADY_STATE = "programme.steady_state_year"
RANKED_BY = "npsv"


@dataclass(frozen=True)
class OptionResult:
    """One option's headlines, its rank (1 is best) and the year its steady state is taken in."""

    label: str
    steady_state: str | None
    rank: int | None
    headlines: Mapping[str, float | None]
    further: Mapping[str, float | None] = field(default_factory=dict)

    def value(self, figure: str) -> float | None:
        """A headline or a further figure."""
        return self.headlines[figure] if figure in self.headlines else self.further[figure]


def headline_key(headline: str) -> str:
    """The key of the line behind a headline or a further figure."""
    return f"{FURTHER_CHAPTER if headline in FURTHER else CHAPTER}.{headline}"


def headline_line(problem: Problem, headline: str) -> Line | None:
    """The line behind a headline or a further figure; None where the case has none."""
    return problem.by_key.get(headline_key(headline))


def definition(line: Line, base_year: str) -> str:
    """What a headline counts and leaves out, its price base, of what year, and against what.

    Parameters
    ----------
    line
        The line behind a headline or a further figure.
    base_year
        The year of real prices.

    Returns
    -------
    str
        Sentences that each begin with what they tell; empty for a line that nobody defined.
    """
    if line.scope is None:
        return ""
    scope = line.scope
    prices = scope.prices or _prices(line.unit)
    prices = prices.replace("base-year prices", f"prices of {base_year}")
    return (
        f"In: {scope.includes} Out: {scope.excludes} Prices: {prices}. Of: {scope.period} "
        f"Against: {scope.against or 'nothing; the option itself.'}"
    )


def _prices(unit: str) -> str:
    if "GBP_real" in unit:
        return "real: base-year prices"
    return "nominal: cash of the year" if "GBP_nominal" in unit else "no money in it"


def definitions(problem: Problem) -> dict[str, str]:
    """The definition of every headline and further figure that the case has, by its key."""
    base_year = problem.inputs.info.base_year
    found = {headline: headline_line(problem, headline) for headline in (*HEADLINES, *FURTHER)}
    return {key: definition(line, base_year) for key, line in found.items() if line is not None}


def absent_headline(problem: Problem, headline: str, form: str = " ({})") -> str:
    """A headline without a line, as people read it, with the reason why it has none."""
    why = problem.why_absent(headline_key(headline))
    reason = f"not in this case: {why}" if why else "not in this version"
    return f"{headline.replace('_', ' ').capitalize()}{form.format(reason)}"


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
            else results.value(headline_key(headline), option)
            for headline in (*HEADLINES, *FURTHER)
        }
    values = [v for o in found.values() if (v := o[RANKED_BY]) is not None]
    ranks = {
        option: None if (own := of[RANKED_BY]) is None else 1 + sum(v > own for v in values)
        for option, of in found.items()
    }
    return {
        option.id: OptionResult(
            option.label,
            _steady_state(results, option.id),
            ranks[option.id],
            {headline: found[option.id][headline] for headline in HEADLINES},
            {figure: found[option.id][figure] for figure in FURTHER},
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
