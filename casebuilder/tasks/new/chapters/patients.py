"""Demand, lists, waits and access of a new case, and its tables."""

from __future__ import annotations

from casebuilder.inputs.files.tables import table_text
from casebuilder.inputs.in_memory import months_ahead
from casebuilder.tasks.dm01.baseline import COLUMNS, shown_number
from casebuilder.tasks.new.bid import Bid, PlaceRow
from casebuilder.tasks.new.blocks import Given
from casebuilder.tasks.new.rounding import rounded_shares

LISTS = "data/lists.csv"
_DIGITS = 3
_ESTIMATED = "estimated"


def patients(bid: Bid) -> dict[str, Given]:
    """The values of demand, lists, relief, waits and access."""
    sites, fit = bid.sites, bid.fit
    carried = round((bid.month_of(bid.first_month) - bid.month_of(bid.last_month) + 5) / 12, _DIGITS)
    shares = {site.id: rounded_shares(bid.catchment[site.id], _DIGITS) for site in sites}
    catchment = {
        trust.id: {site.id: shares[site.id].get(trust.id, 0) for site in sites} for trust in bid.trusts
    }
    several = len(bid.trusts) > 1
    found = {
        "demand.years_carried_forward": Given(carried, [carried, carried]),
        "demand.suited": _suited(bid),
        "lists.catchment": Given(catchment, to_do="Agree whose patients each site sees" if several else None),
        "relief.usual_cover": Given(dict(bid.cover)),
        "waits.excess": Given(dict(bid.excess)),
    }
    if bid.places:
        found |= {
            "access.km_per_longitude": Given(fit.km_per_longitude),
            "access.fit_constant": Given(fit.constant),
            "access.fit_per_km": Given(fit.per_km),
            "access.fit_per_root_km": Given(fit.per_root_km),
        }
    special = [trust.id for trust in bid.trusts if trust.specialist]
    if special:
        usual = {**dict.fromkeys(special, 1), "others": 0}
        found["relief.own_usual"] = Given(usual, {id: [0.5 * share, 1] for id, share in usual.items()})
    if any(row.estimated for row in bid.lists):
        found["demand.baseline_estimated"] = Given({"table": LISTS, "column": _ESTIMATED})
    return found


def _suited(bid: Bid) -> Given:
    """Share of each trust's patients whom a centre suits."""
    special = [trust for trust in bid.trusts if trust.specialist]
    if not special:
        return Given(1, [0.9, 1])
    values = {trust.id: trust.suited for trust in special} | {"others": 1}
    ranges = {trust.id: list(trust.suited_range) for trust in special} | {"others": [0.9, 1]}
    to_do = {
        trust.id: f"Say how many patients of a hospital for {trust.specialist} a centre suits"
        for trust in special
    }
    return Given(values, ranges, to_do)


def tables(bid: Bid) -> dict[str, str]:
    """The tables of `data/`, by file."""
    columns = (*COLUMNS, *([_ESTIMATED] if any(row.estimated for row in bid.lists) else []))
    months = [months_ahead(bid.first_month, ahead) for ahead in range(bid.months)]
    lists = [
        (row.provider, row.test, *(shown_number(getattr(row, column)) for column in columns))
        for row in bid.lists
    ]
    places = [(row.place, row.label, row.district, row.district_label, *_fixed(row)) for row in bid.places]
    people = [
        (row.district, row.place, quintile, f"{count:.0f}")
        for row in bid.places
        for quintile, count in row.people.items()
        if count
    ]
    heads = ("place", "label", "district", "district_label", "latitude", "longitude", "acute_minutes")
    found = {
        LISTS: table_text(("provider", "test", *columns), lists),
        "data/season.csv": table_text(("month", "season"), [(m, f"{bid.season[m[5:]]:.6f}") for m in months]),
    }
    if not bid.places:
        return found
    return found | {
        "data/places.csv": table_text(heads, places),
        "data/people.csv": table_text(("district", "place", "quintile", "people"), people),
    }


def _fixed(row: PlaceRow) -> tuple[str, str, str]:
    return f"{row.latitude:.5f}", f"{row.longitude:.5f}", f"{row.acute_minutes:.2f}"
