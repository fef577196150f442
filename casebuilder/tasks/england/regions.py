"""Regions: those of NHS England by their codes in DM01, and the ten whose building prices differ."""

from __future__ import annotations

import numpy as np

from casebuilder.tasks.england.shipped import england

# The codes of NHS England's regions in the DM01 files, and how they are called here.
NHS_REGIONS = {
    "Y56": "london",
    "Y58": "south_west",
    "Y59": "south_east",
    "Y60": "midlands",
    "Y61": "east_of_england",
    "Y62": "north_west",
    "Y63": "north_east_and_yorkshire",
}
# The building regions that lie in each: one alone is known from the trust, of several the place tells which.
BUILDING_REGIONS = {
    "london": ("inner_london", "outer_london"),
    "south_west": ("south_west",),
    "south_east": ("south_east",),
    "midlands": ("east_midlands", "west_midlands"),
    "east_of_england": ("east_of_england",),
    "north_west": ("north_west",),
    "north_east_and_yorkshire": ("north_east", "yorkshire_humber"),
}


def building_region(latitude: float, longitude: float) -> str:
    """The building region of a point: that of the district of the nearest neighbourhood."""
    ground = england()
    return ground.regions[nearest_district(latitude, longitude)[0]]


def nearest_district(latitude: float, longitude: float) -> tuple[int, float]:
    """The number of the district of the small area nearest to a point, and how many kilometres off it is."""
    ground = england()
    km = ground.kilometres_to(latitude, longitude)
    closest = int(np.argmin(km))
    return int(ground.district[closest]), float(km[closest])
