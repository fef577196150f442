"""Rooms far beyond what the trusts lack at the start: a slip, or they want a reason."""

from __future__ import annotations

from casebuilder.tasks.england.shipped import choices
from casebuilder.tasks.new.bid import Bid, Worked


def beyond_the_gap(bid: Bid, worked: Worked) -> tuple[tuple[int, str], ...]:
    """What is to be said of rooms, with the number of the site that has most of them.

    A test counts that a return counts, and a gap of less than a room as one room.

    Parameters
    ----------
    bid
        What the case is written from.
    worked
        What the model made of it: the trusts' gap at the start.
    """
    most = choices()["rooms_over_gap"]
    found: list[tuple[int, str]] = []
    for test in bid.tests:
        if test.id not in worked.gaps or not (test.dm01 or test.did):
            continue
        rooms = [site.rooms.get(test.id, 0.0) for site in bid.sites]
        lacking, gap = worked.gaps[test.id]
        if sum(rooms) > most * max(gap, 1.0):
            found.append((rooms.index(max(rooms)), _said(test.label, sum(rooms), lacking, gap, most)))
    return tuple(found)


def _said(label: str, rooms: float, lacking: float, gap: float, most: float) -> str:
    return (
        f"{label}: {rooms:,.0f} rooms in all, where the trusts lack {max(lacking, 0):,.0f} tests a week at"
        f" the start, the work of {gap:.1f} rooms at the sites' hours; more than {most:g} rooms for each"
        " lacked is far: give fewer, or say whose tests fill them"
    )
