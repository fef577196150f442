"""Sites of a new case: rooms and hours, building, programme, capital and who hosts."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import Any

from casebuilder.inputs.shape.calendar import financial_year
from casebuilder.inputs.start.shipped import shipped
from casebuilder.tasks.new.bid import STAFF_OF_A_SITE, Bid, BidSite, Worked
from casebuilder.tasks.new.blocks import Given
from casebuilder.tasks.new.rounding import as_typed, rounded_shares

SHARES = "shares.yaml"
_KINDS = ("new_build", "modular", "refurbishment", "retail")
_DIGITS = 3
# How far the building cost of a region may be off, in points.
_MONTHS_EARLY, _MONTHS_LATE = 3, 9
# Hours a day and days a week that may come of talks; an answer beyond them widens them.
_HOURS, _DAYS = (8, 14), (5, 7)


def premises(bid: Bid, worked: Worked) -> dict[str, Given]:
    """The values of estate, works, programme, capital, leases, hosting, procurement and workforce."""
    sites = bid.sites
    shares = shipped(SHARES)
    approval = {site.id: approval_month(bid, site, worked) for site in sites}
    steps = shares["durations"]
    matrix = {trust.id: {site.id: int(site.host == trust.id) for site in sites} for trust in bid.trusts}
    hosts = {site.host for site in sites}
    several = len(bid.trusts) > 1
    region = round(bid.location_factor - 1, _DIGITS)
    off = shares["location_error"]["points"]
    found = {
        "estate.rooms": _of_sites(bid, {site.id: _whole(site.rooms) for site in sites}, "rooms"),
        "estate.opening_hours_per_day": _of_sites(
            bid,
            {site.id: as_typed(site.hours) for site in sites},
            "hours",
            _span([site.hours for site in sites], _HOURS),
        ),
        "estate.opening_days_per_week": _of_sites(
            bid,
            {site.id: as_typed(site.days) for site in sites},
            "days",
            _span([site.days for site in sites], _DAYS),
        ),
        "works.kind_of_site": _of_sites(
            bid, {s.id: {kind: int(kind == s.building) for kind in _KINDS} for s in sites}, "build"
        ),
        "performance.off_acute_site": _of_sites(
            bid, {site.id: int(not site.beside_hospital) for site in sites}, "beside_hospital"
        ),
        "programme.approval_month": _of_sites(
            bid,
            approval,
            "opens",
            {id: [month - _MONTHS_EARLY, month + _MONTHS_LATE] for id, month in approval.items()},
        ),
        "programme.duration": Given({site.id: dict(steps[site.building]) for site in sites}),
        "capital.location_adjustment_share": Given(region, [round(region - off, 3), round(region + off, 3)]),
        "capital.phasing": Given({site.id: _phasing(bid, site, approval[site.id]) for site in sites}),
        "leases.rent_rate": _rent(bid),
        "hosting.hosts": Given(matrix, **_said(bid, "host", matrix) if several else {}),
        "hosting.employs": Given(matrix),
        "hosting.owns": Given(matrix),
        "hosting.network_share": Given(
            dict(bid.network_share),
            to_do="Agree how trusts share what belongs to no site" if several else None,
        ),
        "procurement.joins": Given(
            {trust.id: int(trust.id in hosts) for trust in bid.trusts},
            to_do="Say which trusts bring hospital kit to the purchase" if several else None,
        ),
        "workforce.site_posts": Given({site.id: _posts(bid, site) for site in sites}),
    }
    if bid.places:
        found["access.site_latitude"] = _point(bid, {site.id: site.latitude for site in sites})
        found["access.site_longitude"] = _point(bid, {site.id: site.longitude for site in sites})
    if any(site.gross_area for site in sites):
        found["estate.measured_area"] = Given({site.id: as_typed(site.gross_area) for site in sites})
    if any(site.beside_hospital for site in sites):
        lent = shares["beside_hospital"]["share"]
        found["estate.host_provides"] = Given(
            {site.id: lent if site.beside_hospital else 0 for site in sites}
        )
    return found


# What is asked of a site's author who did not say.
_ASK = {
    "place": "Give its address, as latitude and longitude",
    "rooms": "Say which rooms, by the schedule",
    "hours": "Say how many hours a day",
    "days": "Say how many days a week",
    "build": "Say what kind of building",
    "beside_hospital": "Say whether a hospital or health centre stands beside it",
    "opens": "Say when it opens",
    "host": "Say who hosts it",
}


def _span(answered: list[float], usual: tuple[float, float]) -> list[float | int]:
    """What is usual, widened to what was answered."""
    return [as_typed(min(usual[0], *answered)), as_typed(max(usual[1], *answered))]


def _point(bid: Bid, degrees: dict[str, float]) -> Given:
    """Where sites are, and how far off they may lie."""
    off = shipped(SHARES)["site_within"]["degrees"]
    return _of_sites(
        bid, degrees, "place", {id: [round(x - off, 5), round(x + off, 5)] for id, x in degrees.items()}
    )


def _of_sites(bid: Bid, values: dict[str, Any], answer: str, range: Any = None) -> Given:
    """Values by site: as answered, or chosen where an author did not say, with what to ask."""
    return Given(values, range, **_said(bid, answer, values))


def _said(bid: Bid, answer: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """State, note and what is to do of an answer that some site's author did not give."""
    silent = [site for site in bid.sites if answer in site.filled]
    if not silent:
        return {}
    ask = _ASK[answer]
    to_do = {site.id: ask for site in silent} if silent[0].id in values else ask
    names = ", ".join(site.name for site in silent)
    return {
        "state": "chosen",
        "note": f"Filled in for {names}, since nobody said; filled.md says from what.",
        "to_do": to_do,
    }


def approval_month(bid: Bid, site: BidSite, worked: Worked) -> int:
    """The month from which approval counts, so that the site opens when answered; below 1 before the case."""
    return floor(bid.month_of(site.opens) - worked.opening_lag.get(site.id, 0) + 1e-9)


def _phasing(bid: Bid, site: BidSite, approval: int) -> dict[str, Any]:
    """Shares of the spending by year, evenly over the months from approval to opening."""
    first = max(1, approval)
    months = range(first, max(first, bid.month_of(site.opens) - 1) + 1)
    years = range((months[-1] - 1) // 12 + 2)
    shares = {year: sum((m - 1) // 12 == year for m in months) / len(months) for year in years}
    start = int(bid.base_year[:4])
    found = rounded_shares(shares, _DIGITS)
    return {financial_year(start + year): as_typed(share) for year, share in found.items()}


def _rent(bid: Bid) -> Given:
    """Rent where a site is leased."""
    rent = shipped(SHARES)["rent"]
    leased = [site.id for site in bid.sites if site.leased]
    if not leased:
        return Given(0, [0, 0])
    return Given(
        {site.id: rent["rate"] if site.leased else 0 for site in bid.sites},
        {site.id: [rent["low"], rent["high"]] if site.leased else [0, 0] for site in bid.sites},
        dict.fromkeys(leased, "Put in the rent of the heads of terms"),
    )


def _posts(bid: Bid, site: BidSite) -> dict[str, Any]:
    """Posts of a site itself, by role."""
    posts = shipped(SHARES)["site_posts"][STAFF_OF_A_SITE]
    return {role: posts if role == STAFF_OF_A_SITE else 0 for role in bid.site_staff(site)}


def _whole(rooms: Mapping[str, float]) -> dict[str, Any]:
    return {test: as_typed(number) for test, number in rooms.items()}
