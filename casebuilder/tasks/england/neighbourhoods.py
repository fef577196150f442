"""The places of a case: neighbourhoods of some districts added up, and minutes from them by distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from casebuilder.calibrate.travel import KM_A_DEGREE, Fit, Neighbourhood, Place, add_up
from casebuilder.calibrate.travel_england import Hospital, fit_held_to, fit_rising, journeys
from casebuilder.errors import CaseError
from casebuilder.tasks.england.districts import all_districts, centre
from casebuilder.tasks.england.places import Location
from casebuilder.tasks.england.shipped import choices, england, england_fits, estimated_minutes, reached

Grain = Literal["middle", "district"]
_NEAREST = "nearest"


@dataclass(frozen=True)
class Neighbourhoods:
    """The places of some districts.

    Attributes
    ----------
    grain
        `middle` for middle areas (MSOA of 2011), `district` for whole districts of 2019.
    places
        Each with its id and label, its district, where its people live on average, how many they are by
        deprivation quintile, and the mean of their minutes to the nearest acute hospital.
    notes
        What was estimated, for how many people.
    """

    grain: Grain
    places: tuple[Place, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class TravelFit:
    """Minutes = `constant` + `per_km` × km + `per_root_km` × √km, never below nought.

    Attributes
    ----------
    constant, per_km, per_root_km
        In minutes, of straight-line kilometres.
    mean_absolute_error, bias
        In minutes, of hospitals left out of the fit.
    journeys
        From a small area to an acute hospital.
    km_per_longitude
        Kilometres a degree of longitude at the middle of the districts.
    notes
        What was fitted, and how far it is off.
    """

    constant: float
    per_km: float
    per_root_km: float
    mean_absolute_error: float
    bias: float
    journeys: int
    km_per_longitude: float
    notes: tuple[str, ...]


def neighbourhoods(
    district_names: Sequence[str], grain: Grain, given: Sequence[Hospital] = ()
) -> Neighbourhoods:
    """The places of some districts, added up from small areas.

    Parameters
    ----------
    district_names
        Districts, or the names of counties and of districts made since 2019, which stand for theirs.
    grain
        What a place is.
    given
        Hospitals beside those of the data, such as a trust was given.

    Raises
    ------
    CaseError
        A name is no district: all that are wrong are told, each with the nearest.
    """
    ground, which = england(), small_areas(all_districts(list(district_names)))
    numbers = np.flatnonzero(which)
    more = [estimated_minutes(each.latitude, each.longitude)[which, None] for each in given]
    minutes = np.concatenate([reached().minutes[which], *more], axis=1)
    closest = minutes.argmin(axis=1)
    nearest = minutes[np.arange(len(closest)), closest]
    areas = [
        Neighbourhood(
            "",
            ground.names[i],
            ground.districts[ground.district[i]],
            float(ground.population[i]),
            int(ground.decile[i]),
            float(ground.latitude[i]),
            float(ground.longitude[i]),
            {_NEAREST: float(time)},
        )
        for i, time in zip(numbers, nearest, strict=True)
    ]
    notes = _estimated(which, closest, [each.name for each in given])
    return Neighbourhoods(grain, tuple(add_up(areas, by_district=grain == "district")), notes)


def choose_grain(district_names: Sequence[str], limit: int) -> Grain:
    """Middle areas where there are no more of them than a limit, else districts.

    Raises
    ------
    CaseError
        A name is no district.
    """
    ground, which = england(), small_areas(all_districts(list(district_names)))
    middle = {ground.names[i][:-1] for i in np.flatnonzero(which)}
    return "middle" if len(middle) <= limit else "district"


def travel_fit(district_names: Sequence[str], sites: Sequence[Location] = ()) -> TravelFit:
    """How road minutes rise with distance around a case.

    It is fitted to the journeys to every hospital that the table has times for, from the small areas of the
    districts and from those near a site or near the middle of a district: `fit_around_km` says how near.
    Without the neighbours a district whose own hospital has no times would know long journeys alone. Where
    few hospitals are near, the fit of the whole region may be off by far less on these journeys:
    `own_fit_margin` says from what on it is taken.

    Raises
    ------
    CaseError
        A name is no district, or there is neither a district nor a site.
    """
    names = all_districts([*district_names, *(site.district for site in sites)])
    if not names:
        raise CaseError("road minutes are fitted around districts or sites: give one")
    ground, within = england(), small_areas(names)
    around = choices()["fit_around_km"]
    middles = [centre((name,))[:2] for name in names] + [(site.latitude, site.longitude) for site in sites]
    near = within.copy()
    for middle in middles:
        near |= ground.kilometres_to(*middle) <= around
    km, minutes = journeys(ground, near)
    region = ground.regions[ground.districts.index(names[0])]
    fit, whose = fit_held_to(england_fits()[region], km, minutes), f"the fit of its region ({region})"
    of = ""
    own = fit_rising(km, minutes) if len(km) > 1 else None
    if own is not None and own.mean_absolute_error <= choices()["own_fit_margin"] * fit.mean_absolute_error:
        fit, whose, of = own, "fitted around this case", " for hospitals left out of the fit"
    how = (
        f"{whose}; off by {fit.mean_absolute_error:.1f} minutes on average{of}, by {fit.journeys:,}"
        f" road times of 2022 to acute hospitals from these districts and within {around:g} km of them"
    )
    return _told(fit, how, float(ground.latitude[within].mean()))


def _told(fit: Fit, how: str, middle: float) -> TravelFit:
    a, b, c = (round(x, 4) for x in (fit.a, fit.b, fit.c))
    notes = [f"Road minutes = {a:.2f} + {b:.3f} × km + {c:.3f} × √km, {how}"]
    if fit.mean_absolute_error > choices()["rough_fit_minutes"]:
        notes.append(
            "These road minutes are rough, as where water or hills lie between places: check how many people"
            " live within so many minutes of a centre against a road map"
        )
    per_longitude = KM_A_DEGREE * float(np.cos(np.radians(middle)))
    error, bias = round(fit.mean_absolute_error, 4), round(fit.bias, 4)
    return TravelFit(a, b, c, error, bias, fit.journeys, round(per_longitude, 3), tuple(notes))


def small_areas(names: Sequence[str]) -> NDArray[np.bool_]:
    """By small area whether it lies in one of some districts of 2019."""
    ground = england()
    return np.isin(np.array(ground.districts)[ground.district], list(names))


def _estimated(which: NDArray[np.bool_], closest: NDArray[np.int64], given: Sequence[str]) -> tuple[str, ...]:
    """For how many people the minutes to the nearest hospital are no road time of the table, and to which."""
    ground = england()
    people = ground.population[which]
    estimated = np.concatenate([reached().estimated, np.ones(len(given), bool)])
    called = [*(hospital.name for hospital in ground.hospitals), *given]
    guessed = estimated[closest] | np.isnan(ground.minutes[which]).all(axis=1)
    if not guessed.any():
        return ()
    count = people[guessed].sum()
    names = sorted({called[i] for i in closest[guessed]})
    return (
        f"Minutes to the nearest acute hospital are estimated from the distance for {count:,.0f} of"
        f" {people.sum():,.0f} people ({count / people.sum():.0%}), nearest to {', '.join(names)}: the table"
        " has no road times there",
    )
