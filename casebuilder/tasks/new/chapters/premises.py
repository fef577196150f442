"""Sites of a new case: rooms and hours, building, programme, capital and who hosts."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import Any

from casebuilder.inputs.shape.calendar import financial_year
from casebuilder.inputs.start.shipped import shipped
from casebuilder.tasks.new.bid import STAFF_OF_A_SITE, Bid, BidSite, Worked
from casebuilder.tasks.new.blocks import ANSWERED, LISTS, Block, block

KINDS = ("new_build", "modular", "refurbishment", "retail")
SHARES = "shares.yaml"


def estate(bid: Bid) -> dict[str, Block]:
    """estate.yaml, beside what the shipped blocks give."""
    answered = (ANSWERED, "local", "As answered.")
    found = {
        "rooms": block(
            "estate.rooms", {s.id: _whole(s.rooms) for s in bid.sites}, *answered, range={"factor": [0.5, 1.5]}
        ),
        "opening_hours_per_day": block(
            "estate.opening_hours_per_day", {s.id: _int(s.hours) for s in bid.sites}, *answered, range=[8, 14]
        ),
        "opening_days_per_week": block(
            "estate.opening_days_per_week", {s.id: _int(s.days) for s in bid.sites}, *answered, range=[5, 7]
        ),
    }
    measured = {site.id: site.gross_area for site in bid.sites if site.gross_area}
    if measured:
        others = {} if len(measured) == len(bid.sites) else {"others": 0}
        found["measured_area"] = block("estate.measured_area", {**measured, **others}, *answered)
    beside = shipped(SHARES)["beside_hospital"]
    lent = [site.id for site in bid.sites if site.beside_hospital]
    if lent:
        others = {} if len(lent) == len(bid.sites) else {"others": 0}
        found["host_provides"] = block(
            "estate.host_provides", {**dict.fromkeys(lent, beside["share"]), **others}, beside["source"], "unverified",
            "A hospital or health centre beside it shares its entrance, staff rooms and stores; judgement.",
            range={"factor": [0.6, 1.4]},
            to_do={id: "Agree what the host provides" for id in lent},
        )  # fmt: skip
    return found


def works(bid: Bid) -> dict[str, Block]:
    """works.yaml: the kind of building of each site."""
    shares = {s.id: {kind: int(kind == s.building) for kind in KINDS} for s in bid.sites}
    return {"kind_of_site": block("works.kind_of_site", shares, ANSWERED, "local", "As answered.")}


def performance(bid: Bid) -> dict[str, Block]:
    """performance.yaml: whether a site lies away from an acute hospital."""
    off = {site.id: int(not site.beside_hospital) for site in bid.sites}
    return {"off_acute_site": block("performance.off_acute_site", off, ANSWERED, "local", "As answered.")}


def programme(bid: Bid, worked: Worked) -> dict[str, Block]:
    """programme.yaml: steps by the kind of building, and approval such that the opening is as answered."""
    by_kind = shipped(SHARES)["durations"]
    steps = [step for step in by_kind["new_build"]]
    duration = {site.id: {step: by_kind[site.building][step] for step in steps} for site in bid.sites}
    approval = {site.id: approval_month(bid, site, worked) for site in bid.sites}
    return {
        "approval_month": block(
            "programme.approval_month", approval, ANSWERED, "chosen",
            "Counted back from the opening that was answered, by the steps below and their bias.",
            range={id: [month - 3, month + 9] for id, month in approval.items()},
        ),
        "duration": block(
            "programme.duration", duration, by_kind["source"], "unverified", by_kind["note"],
            range={"factor": [0.6, 1.8]},
            to_do={site.id: "Put in the programme of works" for site in bid.sites},
        ),
    }  # fmt: skip


def approval_month(bid: Bid, site: BidSite, worked: Worked) -> int:
    """The month from which approval counts, so that the site opens when answered; before 1 it came earlier."""
    return floor(bid.month_of(site.opens) - worked.opening_lag.get(site.id, 0) + 1e-9)


def phasing(bid: Bid, worked: Worked) -> dict[str, Block]:
    """capital.yaml: spending, evenly over the months from approval to opening, by year."""
    years = [financial_year(int(bid.base_year[:4]) + number) for number in range(bid.horizon)]
    values: dict[str, dict[str, Any]] = {}
    for site in bid.sites:
        first = max(1, approval_month(bid, site, worked))
        last = max(first, bid.month_of(site.opens) - 1)
        months = range(first, last + 1)
        shares = [sum((month - 1) // 12 == number for month in months) / len(months) for number in range(len(years))]
        rounded = [round(share, 3) for share in shares]
        biggest = rounded.index(max(rounded))
        rounded[biggest] = round(rounded[biggest] + 1 - sum(rounded), 3)
        end = max(number for number, share in enumerate(rounded) if share) + 2
        values[site.id] = dict(zip(years[:end], [_int(share) for share in rounded[:end]], strict=True))
    return {
        "location_adjustment_share": block(
            "capital.location_adjustment_share", round(bid.location_factor - 1, 3), "S65", "unverified",
            f"{bid.region}: {bid.location_factor:g} of the South East in a price book of about 2009. Check against a current index.",
            range=[round(bid.location_factor - 1 - 0.04, 3), round(bid.location_factor - 1 + 0.04, 3)],
        ),
        "phasing": block(
            "capital.phasing", values, ANSWERED, "chosen", "Evenly over the months from approval to opening.", hold=True,
        ),
    }  # fmt: skip


def leases(bid: Bid) -> dict[str, Block]:
    """leases.yaml: rent where a site is leased."""
    rent = shipped(SHARES)["rent"]
    leased = [site.id for site in bid.sites if site.leased]
    if not leased:
        return {"rent_rate": block("leases.rent_rate", 0, ANSWERED, "local", "No site is leased.")}
    values = {site.id: rent["rate"] if site.leased else 0 for site in bid.sites}
    span = {site.id: [rent["low"], rent["high"]] if site.leased else [0, 0] for site in bid.sites}
    return {
        "rent_rate": block(
            "leases.rent_rate", values, rent["source"], "unverified", rent["note"], range=span,
            to_do={id: "Put in the rent of the heads of terms" for id in leased},
        )
    }  # fmt: skip


def hosting(bid: Bid) -> dict[str, Block]:
    """hosting.yaml: the host of a site employs its staff and owns its assets."""
    matrix = {
        trust.id: {site.id: int(site.host == trust.id) for site in bid.sites} for trust in bid.trusts
    }
    told = (ANSWERED, "local", "The host employs and owns.")
    return {
        "hosts": block("hosting.hosts", matrix, ANSWERED, "local", "As answered; where nothing was, the nearest trust."),
        "employs": block("hosting.employs", matrix, *told),
        "owns": block("hosting.owns", matrix, *told),
        "network_share": block(
            "hosting.network_share", dict(bid.network_share), LISTS, "chosen",
            "By each trust's tests of the baseline year.",
            range={"factor": [0.8, 1.2]},
            to_do="Agree how trusts share what belongs to no site" if len(bid.trusts) > 1 else None,
        ),
    }  # fmt: skip



def workforce(bid: Bid) -> dict[str, Block]:
    """workforce.yaml: posts of a site itself."""
    posts = shipped(SHARES)["site_posts"]
    values = {
        site.id: {
            role: posts["administrator"] if role == STAFF_OF_A_SITE else 0 for role in bid.site_staff(site)
        }
        for site in bid.sites
    }
    return {
        "site_posts": block(
            "workforce.site_posts", values, posts["source"], "unverified", "Reception and booking; judgement.",
            range={"factor": [posts["low"], posts["high"]]},
        )
    }  # fmt: skip


def procurement(bid: Bid) -> dict[str, Block]:
    """procurement.yaml: the hosts buy together."""
    hosts = {site.host for site in bid.sites}
    joins = {trust.id: int(trust.id in hosts) for trust in bid.trusts}
    return {
        "joins": block(
            "procurement.joins", joins, ANSWERED, "chosen", "The hosts buy together; hospital kit that falls due is not in this bid.",
            to_do="Say which trusts bring hospital kit to the purchase" if len(bid.trusts) > 1 else None,
        )
    }  # fmt: skip


def _whole(rooms: Mapping[str, float]) -> dict[str, Any]:
    return {test: _int(number) for test, number in rooms.items()}


def _int(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value
