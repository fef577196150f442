"""What the model makes of a draft of a case: months to opening, capital, tests, running cost and reasons."""

from __future__ import annotations

from pathlib import Path

from casebuilder.case import Case, load_case
from casebuilder.evaluate.decision.grounds import grounds
from casebuilder.tasks.new.bid import Bid, Worked

PREFERRED = "preferred"
BASELINE = "bau"
LACKING, GAP = "targets.capacity_gap", "targets.gap_in_rooms"


def opening_lags(folder: Path, bid: Bid) -> Worked:
    """By site, months from approval to opening with bias, as the model's own network of steps gives them.

    Raises
    ------
    InputError
        The draft is at fault.
    """
    case = load_case(str(folder))
    lags = {
        site.id: _value(case, "programme.opening_month", (site.id,))
        - _value(case, "programme.approval_end", (site.id,))
        for site in bid.sites
    }
    return Worked(opening_lag=lags)


def sums(folder: Path, bid: Bid, known: Worked) -> Worked:
    """What the option put forward costs, does and has for it, with its openings where they should be.

    Parameters
    ----------
    folder
        A draft that gives every reason there might be.
    bid
        What it was written from.
    known
        Its months to opening.
    """
    case = load_case(str(folder))
    years = case.problem.frame.ids("year")
    capital: dict[str, dict[str, float]] = {}
    for site in bid.sites:
        cash = {year: _value(case, "capital.outturn", (site.id, year)) for year in years}
        capital[site.id] = {year: pounds for year, pounds in cash.items() if round(pounds)}
    tests = {test: _value(case, "delivery.delivered_steady", (test,)) / 12 for test in bid.test_ids}
    found = grounds(case.results, case.headlines)
    own = found.rank or 0
    ahead = tuple(option for option, of in case.headlines.items() if of.rank is not None and of.rank < own)
    # A reason holds against every option that is worth more; where none does, against the first of them.
    over_all = [each for each in found.reasons if ahead and all(each.better(found.option, o) for o in ahead)]
    over_first = [each for each in found.reasons if ahead and each.better(found.option, found.first)]
    reasons = tuple(
        {"text": each.shown.text, "line": each.shown.line, "better": "more" if each.shown.more else "less"}
        for each in over_all or over_first
    )
    running = case.headlines[PREFERRED].headlines["revenue_cost_steady_state"] or 0.0
    before = case.headlines[BASELINE].headlines["revenue_cost_steady_state"] or 0.0
    return Worked(
        known.opening_lag, capital, tests, max(running - before, 0.0), reasons, ahead,
        _site_tests(case, bid), {test: _gap(case, bid, test) for test in bid.test_ids},
    )  # fmt: skip


def _gap(case: Case, bid: Bid, test: str) -> tuple[float, float]:
    """Tests a week that the trusts lack at the start, and the rooms that would do them."""
    at = (test, bid.first_month)
    lacking, rooms = (case.results.value(key, BASELINE, at) or 0.0 for key in (LACKING, GAP))
    return lacking, rooms


def _site_tests(case: Case, bid: Bid) -> dict[str, dict[str, float]]:
    """By site and test, the tests of the year in which the sites are full."""
    years = case.problem.frame.ids("year")
    full = {year: _value(case, "programme.steady_state", (year,)) for year in years}
    return {
        site.id: {
            test: sum(
                share * _value(case, "activity.cdc_tests_year", (site.id, test, year))
                for year, share in full.items()
                if share
            )
            for test in bid.test_ids
        }
        for site in bid.sites
    }


def _value(case: Case, key: str, members: tuple[str, ...]) -> float:
    value = case.results.value(key, PREFERRED, members)
    return 0.0 if value is None else value
