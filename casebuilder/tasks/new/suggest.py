"""Rooms for sites whose author asks for a suggestion: by the gap that the model itself sees at the start."""

from __future__ import annotations

from dataclasses import replace
from math import floor
from pathlib import Path

from casebuilder.case import load_case
from casebuilder.inputs.start.shipped import shipped
from casebuilder.tasks.new.bid import Bid, Filled
from casebuilder.tasks.new.draft import BASELINE, GAP

SHARES = "shares.yaml"


def with_rooms(folder: Path, bid: Bid) -> Bid:
    """The bid with rooms at the sites that ask for them.

    Each such site has one room of each test of its kind. For a test with a list, rooms are then added as long
    as the baseline's gap in rooms of the first month is larger than all rooms of the bid: one by one to the
    site whose catchment holds most patients over six weeks for each room it has, up to the most of a site.

    Parameters
    ----------
    folder
        A draft of the case.
    bid
        What it was written from.
    """
    case = load_case(str(folder))
    rooms = {site.id: dict(site.rooms) for site in bid.sites}
    asking = [site.id for site in bid.sites if site.suggested]
    most = shipped(SHARES)["most_rooms"]
    gaps: dict[str, float] = {}
    for test in bid.tests:
        if not test.dm01:
            continue
        gaps[test.id] = case.results.value(GAP, BASELINE, (test.id, bid.first_month)) or 0.0
        over = {row.provider: row.over_six_weeks for row in bid.lists if row.test == test.id}
        near = {
            site: sum(share * over.get(trust, 0.0) for trust, share in bid.catchment[site].items())
            for site in asking
        }
        wanted = floor(gaps[test.id] + 1e-9)
        while sum(of.get(test.id, 0.0) for of in rooms.values()) < wanted:
            free = [
                s for s in asking if 0 < rooms[s].get(test.id, 0.0) < float(most.get(test.id, most["others"]))
            ]
            if not free:
                break
            rooms[max(free, key=lambda site: near[site] / (rooms[site][test.id] + 1))][test.id] += 1
    seen = ", ".join(f"{test} {gap:.1f}" for test, gap in gaps.items())
    told = tuple(
        Filled(
            f"{site.name}, rooms",
            f"suggested: {', '.join(f'{test} {count:g}' for test, count in rooms[site.id].items())};"
            f" the gap in rooms that the trusts have at the start: {seen}",
        )
        for site in bid.sites
        if site.suggested
    )
    return replace(
        bid,
        sites=tuple(replace(site, rooms=rooms[site.id]) for site in bid.sites),
        filled=(*bid.filled, *told),
    )
