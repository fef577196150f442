"""A neighbourhood health centre: members and values that only this kind of new case has."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from casebuilder.inputs.start.shipped import shipped
from casebuilder.tasks.new.bid import Bid, BidSite
from casebuilder.tasks.new.blocks import Given

KIND, FILE, SHARES = "neighbourhood", "neighbourhood.yaml", "shares.yaml"
_KINDS = ("new_build", "modular", "refurbishment", "retail")
_MONTHS = 12
# Years that an estate option may open sooner and later.
_EARLY, _LATE = 1, 2


def own_members(bid: Bid) -> dict[str, Any]:
    """Proposals, one a site, and what they are compared by; none in a bid of another kind."""
    if bid.kind != KIND:
        return {}
    return {"proposal": {site.id: site.name for site in bid.sites}, **shipped(FILE)["members"]}


def own_benefits(bid: Bid) -> dict[str, str]:
    """The benefits that count what disposals save."""
    return dict(shipped(FILE)["benefits"]) if bid.kind == KIND else {}


def own_blocks(bid: Bid) -> Mapping[str, Any]:
    """The chapters that only this kind has, with their blocks."""
    found: Mapping[str, Any] = shipped(FILE)["blocks"] if bid.kind == KIND else {}
    return found


def neighbourhood(bid: Bid) -> dict[str, Given]:
    """The values of its chapters that follow from the bid."""
    if bid.kind != KIND:
        return {}
    file, sites = shipped(FILE), bid.sites
    options, built_as = list(file["members"]["estate_option"]), file["built_as"]
    first = sites[0].id
    only = {site.id: int(site.id == first) for site in sites}
    years = {site.id: {each: _years(bid, site, each) for each in options} for site in sites}
    unmet = dict.fromkeys(file["members"]["constraint"], 0)
    counted = {"running_benefit": "estate_running", "capital_benefit": "estate_capital"}
    return {
        "served.site_of": Given({at.id: {to.id: int(at == to) for to in sites} for at in sites}),
        "estate_options.chosen": Given(
            {site.id: {each: int(each == built_as[site.building]) for each in options} for site in sites}
        ),
        "estate_options.kind": Given({site.id: _kinds(site, options) for site in sites}),
        "estate_options.nhs_share": Given(
            {site.id: {each: int(each != "partnership") for each in options} for site in sites}
        ),
        "estate_options.years_until_open": Given(
            years,
            {
                site: {each: [max(at - _EARLY, 0), at + _LATE] for each, at in of.items()}
                for site, of in years.items()
            },
        ),
        "estate_options.meets": Given({site.id: dict.fromkeys(options, unmet) for site in sites}),
        "criteria.score": Given({site.id: dict.fromkeys(file["members"]["criterion"], 0) for site in sites}),
        "pipeline.place": Given({site.id: number for number, site in enumerate(sites, 1)}),
        "disposals.freed_by": Given(dict.fromkeys(file["members"]["disposal"], only)),
        **{
            f"disposals.{name}": Given(
                {each: {benefit: 1, "others": 0} for each in file["members"]["disposal"]}
            )
            for name, benefit in counted.items()
        },
    }


def _kinds(site: BidSite, options: list[str]) -> dict[str, dict[str, Any]]:
    """The kinds of building of each estate option; the one chosen has the site's own."""
    chosen, mixed = shipped(FILE)["built_as"][site.building], shipped(FILE)["extension"]
    plain = {"refurbishment": "refurbishment", "new_building": "new_build", "partnership": "new_build"}
    found = {}
    for option in options:
        own = site.building if option == chosen else plain.get(option, "")
        found[option] = {kind: int(kind == own) if own else mixed.get(kind, 0) for kind in _KINDS}
    return found


def _years(bid: Bid, site: BidSite, option: str) -> int:
    """Whole years from the base year to opening, as answered or by the steps of the kind of building."""
    file = shipped(FILE)
    if option == file["built_as"][site.building]:
        return (bid.month_of(site.opens) - 1) // _MONTHS
    kind = "refurbishment" if option == "refurbishment" else "new_build"
    months: float = sum(shipped(SHARES)["durations"][kind][step] for step in file["steps"])
    return ceil(months / _MONTHS)
