"""How far a site lies from the hospitals of some trusts, by road."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.tasks.england.places import Location
from casebuilder.tasks.england.shipped import england, estimated_minutes
from casebuilder.tasks.england.trusts import Trust


@dataclass(frozen=True)
class Near:
    """The hospital nearest to a site, its trust, and how far it is by road and as the crow flies."""

    hospital: str
    trust: str
    minutes: float
    km: float


def nearest_hospital(trusts: Sequence[Trust], site: Location) -> Near | None:
    """The hospital of some trusts that is nearest to a site by road; None where none of theirs has a place.

    Both are from the small area nearest to the site. Minutes are estimates, too low over hundreds of km.
    """
    ground = england()
    area = int(ground.kilometres_to(site.latitude, site.longitude).argmin())
    every = (
        Near(
            each.name,
            trust.name,
            float(estimated_minutes(each.latitude, each.longitude)[area]),
            float(ground.kilometres_to(each.latitude, each.longitude)[area]),
        )
        for trust in trusts
        for each in trust.hospitals
    )
    return min(every, key=lambda near: near.minutes, default=None)
