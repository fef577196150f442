"""Awards, risks and benefits of a new case."""

from __future__ import annotations

from typing import Any

from casebuilder.inputs.shape.calendar import financial_year
from casebuilder.inputs.start.shipped import shipped
from casebuilder.tasks.new.bid import Bid, Worked
from casebuilder.tasks.new.blocks import Given
from casebuilder.tasks.new.chapters.frame import RISKS, benefits
from casebuilder.tasks.new.chapters.premises import SHARES
from casebuilder.tasks.new.rounding import two_figures

PDC, _DONATED = "national_pdc", "charity"
_OUTCOMES = ("good", "likely", "bad")
# What comes with the test and has no ramp, and what has dates of its own.
# Nobody has shown money, so that the bid enters none: a decision of the bid, which is not drawn.
_NONE, _NO_AWARD = "chosen", "None until a fund has shown it, so that the capital shows as unfunded."
_UNRAMPED = ("patient_time_and_travel", "estate_running", "estate_capital")


def money(bid: Bid, worked: Worked) -> dict[str, Given]:
    """The values of funding, risks and benefits."""
    funds = list(bid.capital) or [PDC]
    sums = {
        "capital": sum(sum(years.values()) for years in worked.capital.values()),
        "running": worked.running,
    }
    shares = shipped(SHARES)["risk_impact"]
    impact = {
        risk: {each: two_figures(sums[shares[risk]["of"]] * shares[risk][each]) for each in _OUTCOMES}
        for risk in RISKS
    }
    found = {
        "funding.is_pdc": Given({fund: int(fund == PDC) for fund in funds}),
        "funding.award": _award(bid, worked),
        "risks.impact": Given(impact, to_do="Hold a risk workshop"),
        "risks.profile": Given({risk: _years_of_risk(bid, risk == "construction") for risk in RISKS}),
        "benefits.ramp": Given(_ramps(bid)),
        "income.market_forces_factor": _market_forces(bid),
    }
    if _DONATED in funds:
        found["assets.is_donated"] = Given({fund: int(fund == _DONATED) for fund in funds})
    return found


def _award(bid: Bid, worked: Worked) -> Given:
    """What is awarded, spread over sites and years as the capital is built up."""
    total = sum(sum(years.values()) for years in worked.capital.values())
    if not bid.capital or not total:
        return Given(0, [0, 50_000_000], "Say who pays the capital: no fund awards any", _NONE, _NO_AWARD)
    values = {
        fund: {
            site: {year: round(pounds * cash / total) for year, cash in years.items()}
            for site, years in worked.capital.items()
        }
        for fund, pounds in bid.capital.items()
    }
    for fund, sites in values.items():
        cells = [(site, year) for site, years in sites.items() for year in years]
        site, year = max(cells, key=lambda cell: sites[cell[0]][cell[1]])
        sites[site][year] += round(bid.capital[fund]) - sum(sum(years.values()) for years in sites.values())
        for years in sites.values():
            years |= {financial_year(int(max(years)[:4]) + 1): 0}
            years.setdefault(bid.base_year, 0)
    return Given(values, to_do="Put in the award by site and year, as the letter has it")


def _market_forces(bid: Bid) -> Given:
    """What prices are multiplied by; where nobody knows, nothing."""
    if bid.market_forces is None:
        return Given(1, [1, 1.2], "Put in the market forces factor of the host")
    factor, low, high = bid.market_forces
    return Given(factor, [min(low, factor), max(high, factor)])  # the mean is rounded, its ends are not


def _years_of_risk(bid: Bid, building: bool) -> dict[str, Any]:
    """The shares of a risk by year: half and half about the last opening, construction a year earlier."""
    opens = (max(bid.month_of(site.opens) for site in bid.sites) - 1) // 12
    first = max(opens - 1 if building else opens, 0)
    start = int(bid.base_year[:4])
    before = {bid.base_year: 0} if first else {}
    halves = {financial_year(start + first): 0.5, financial_year(start + first + 1): 0.5}
    after = {financial_year(start + first + 2): 0} if first + 2 < bid.horizon else {}
    return {**before, **halves, **after}


def _ramps(bid: Bid) -> dict[str, Any]:
    """When benefits come: half in the year of the first opening, all after it."""
    opens = (min(bid.month_of(site.opens) for site in bid.sites) - 1) // 12
    start = int(bid.base_year[:4])
    ramp: dict[str, Any] = {bid.base_year: 0} if opens else {}
    ramp[financial_year(start + opens)] = 0.5
    ramp[financial_year(start + opens + 1)] = 1
    return {benefit: {bid.base_year: 1} if benefit in _UNRAMPED else ramp for benefit in benefits(bid)}
