"""How far a site lies from the hospitals of some trusts, by road."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.tasks.england.places import Location
from casebuilder.tasks.england.shipped import england, estimated_minutes
from casebuilder.tasks.england.trusts import Trust


@dataclass(frozen=True)
class Near:
    """The hospital nearest to a site, its trust, and the road minutes to it."""

    hospital: str
    trust: str
    minutes: float


def nearest_hospital(trusts: Sequence[Trust], site: Location) -> Near | None:
    """The hospital of some trusts that is nearest to a site by road; None where none of theirs has a place.

    Minutes are estimates from the small area nearest to the site.
    """
    area = int(england().kilometres_to(site.latitude, site.longitude).argmin())
    every = (
        Near(each.name, trust.name, float(estimated_minutes(each.latitude, each.longitude)[area]))
        for trust in trusts
        for each in trust.hospitals
    )
    return min(every, key=lambda near: near.minutes, default=None)
