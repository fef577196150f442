"""Awards, risks, benefits, options and the decision of a new case."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10
from typing import Any

from casebuilder.inputs.shape.calendar import financial_year
from casebuilder.inputs.start.shipped import shipped
from casebuilder.tasks.new.bid import Bid, Worked
from casebuilder.tasks.new.blocks import ANSWERED, JUDGED, Block, block, change
from casebuilder.tasks.new.chapters.frame import BENEFITS, RISKS
from casebuilder.tasks.new.chapters.premises import SHARES

_PDC = "national_pdc"
_FACTORS = (
    ("Strategic fit: share over six weeks at the end", "headlines.over_six_weeks_end", "less"),
    ("Value for money: net present social value", "headlines.npsv", "more"),
    ("Affordability: system revenue ask", "headlines.system_revenue_ask_steady_state", "less"),
    ("Achievability: posts unfilled at opening", "headlines.wte_unfilled_at_opening", "less"),
    ("Access: people within 30 minutes of a centre", "access.share_near_centre", "more"),
)


def funding(bid: Bid, worked: Worked) -> dict[str, Block]:
    """funding.yaml: what is awarded, spread over sites and years as the capital is built up."""
    funds = list(bid.capital) or [_PDC]
    is_pdc = block("funding.is_pdc", {fund: int(fund == _PDC) for fund in funds}, JUDGED, "chosen", "National money.")
    if not bid.capital:
        note = "Nothing is awarded: what is built up shows as unfunded."
        award = block("funding.award", 0, ANSWERED, "local", note, range=[0, 50_000_000])
        return {"is_pdc": is_pdc, "award": award}
    total = sum(sum(years.values()) for years in worked.capital.values())
    values = {
        fund: {
            site: {year: round(pounds * cash / total) if total else 0 for year, cash in years.items()}
            for site, years in worked.capital.items()
        }
        for fund, pounds in bid.capital.items()
    }
    _true_up(values, bid.capital)
    if not values[funds[0]]:
        values = {fund: {site.id: {bid.base_year: 0} for site in bid.sites} for fund in funds}
    return {
        "is_pdc": is_pdc,
        "award": block(
            "funding.award", values, ANSWERED, "local",
            "The sum is as answered; it is spread over sites and years in proportion to the capital built up.",
            range={"factor": [0.8, 1.2]}, hold=True,
            to_do="Put in the award by site and year of the letter",
        ),
    }  # fmt: skip


def _true_up(values: dict[str, dict[str, dict[str, int]]], capital: Mapping[str, float]) -> None:
    """The pounds that rounding leaves go to the largest sum; after its last year a site is given nothing."""
    for fund, sites in values.items():
        cells = [(site, year) for site, years in sites.items() for year in years]
        if cells:
            site, year = max(cells, key=lambda cell: sites[cell[0]][cell[1]])
            sites[site][year] += round(capital[fund]) - sum(sum(years.values()) for years in sites.values())
        for years in sites.values():
            years[financial_year(int(max(years)[:4]) + 1)] = 0


def risks(bid: Bid, worked: Worked) -> dict[str, Block]:
    """risks.yaml, beside what the shipped blocks give: impacts as shares of the bid's own sums."""
    given = shipped(SHARES)["risk_impact"]
    base = {"capital": sum(sum(years.values()) for years in worked.capital.values()), "running": worked.running}
    impact = {
        risk: {outcome: _two_figures(base[given[risk]["of"]] * given[risk][outcome]) for outcome in ("good", "likely", "bad")}
        for risk in RISKS
    }  # fmt: skip
    opens = max(bid.month_of(site.opens) for site in bid.sites)
    year = min(max(1, (opens - 1) // 12), bid.horizon - 2)
    start = int(bid.base_year[:4])
    span = [financial_year(start + number) for number in (year - 1, year, year + 1, year + 2)]
    before = {bid.base_year: 0} if year > 1 else {}
    building = {**before, span[0]: 0.5, span[1]: 0.5, span[2]: 0}
    opening = {**before, span[0]: 0, span[1]: 0.5, span[2]: 0.5, **({span[3]: 0} if year + 2 < bid.horizon else {})}
    if span[0] == bid.base_year:
        building, opening = dict(building), dict(opening)
    return {
        "impact": block(
            "risks.impact", impact, given["source"], "unverified", given["note"], range={"factor": [0.5, 1.5]},
            to_do="Hold a risk workshop",
        ),
        "profile": block(
            "risks.profile", {risk: building if risk == "construction" else opening for risk in RISKS},
            JUDGED, "chosen", "Construction risk while building, the others as the sites open.", hold=True,
        ),
    }  # fmt: skip


def benefits(bid: Bid) -> dict[str, Block]:
    """benefits.yaml: when benefits come."""
    opens = min(bid.month_of(site.opens) for site in bid.sites)
    start = int(bid.base_year[:4])
    year = (opens - 1) // 12
    names = [financial_year(start + number) for number in range(bid.horizon)]
    ramp: dict[str, Any] = {bid.base_year: 0} if year else {}
    for number, share in ((year, 0.5 if year else 0), (year + 1, 1)):
        if number < len(names):
            ramp[names[number]] = share
    values = {benefit: ramp if benefit != "patient_time_and_travel" else {bid.base_year: 1} for benefit in BENEFITS}
    note = "Half in the year of the first opening, all after it; what patients save comes with the test."
    return {"ramp": block("benefits.ramp", values, JUDGED, "chosen", note, hold=True)}


def options(bid: Bid, worked: Worked) -> dict[str, dict[str, Any]]:
    """The files of the four options, by id."""
    pooled = {
        "lists.pooling": change(
            1, JUDGED, "chosen", "One network list needs no building; it is open to every option but business as usual.",
            range=[0.5, 1],
        )
    } if len(bid.trusts) > 1 else {}  # fmt: skip
    minimum = shipped("options.yaml")["do_minimum"]
    bought = shipped("options.yaml")["buy_tests"]
    tests = {test: max(_two_figures(worked.tests.get(test, 0)), 0) for test in bid.test_ids}
    return {
        "bau": {
            "label": "Business as usual",
            "description": "Hospitals and the centres that are open go on as they are, with the growth of capacity already planned.",
            "inputs": {},
        },
        "do_minimum": {
            "label": minimum["label"],
            "description": minimum["description"],
            "inputs": {**pooled, **minimum["inputs"]},
        },
        "buy_tests": {
            "label": bought["label"],
            "description": bought["description"],
            "inputs": {
                **pooled,
                "capacity.bought_tests": change(
                    tests, JUDGED, "unverified", "About what the sites of this bid would do once full.",
                    range={test: [_two_figures(n * 0.6), _two_figures(n * 1.3)] for test, n in tests.items()},
                ),
                **bought["inputs"],
            },
        },
        "preferred": {
            "label": f"Preferred: {_sites(bid)}",
            "description": f"{_sites(bid)[0].upper()}{_sites(bid)[1:]}, as answered.",
            "inputs": {
                "estate.included": change(1, ANSWERED, "local", "The sites of this bid."),
                **pooled,
                "risks.applies": change(1, JUDGED, "chosen", "The scheme runs them all."),
            },
        },
    }  # fmt: skip


def _sites(bid: Bid) -> str:
    names = [site.name for site in bid.sites]
    return f"a centre at {names[0]}" if len(names) == 1 else f"{len(names)} centres"


def decision(bid: Bid, worked: Worked) -> dict[str, Any]:
    """decision.yaml: nobody has decided yet, and only what lines bear out is a reason."""
    found: dict[str, Any] = {
        "put_forward": "preferred",
        "by": "nobody yet",
        "source": ANSWERED,
        "state": "chosen",
        "note": (
            "The option asked about, with the headlines that stand for the five success factors, weighed alike. Reasons are those that "
            "the case's own lines bear out; the bid's owners must make them theirs or take them out."
        ),
        #"to_do": "Say who puts it forward, on which criteria and why",
        "criteria": [{"name": name, "weight": 0.2, "line": line, "better": better} for name, line, better in _FACTORS],
    }
    if worked.reasons:
        found["reasons"] = [dict(reason) for reason in worked.reasons]
    return found


def _two_figures(value: float) -> int:
    """Rounded to two figures, so that it does not pretend to be known better."""
    if not value:
        return 0
    digits = floor(log10(abs(value))) - 1
    return int(round(value, -digits)) if digits > 0 else round(value)
