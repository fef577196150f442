"""Road minutes all over England: neighbourhoods, acute hospitals, and the fit of minutes in each region.

`calibrate_england` is run by hand, as `calibrate_travel` is. The fits stand in for the hospitals that
have a place but no road times, and for neighbourhoods farther from any than the table goes. They are held
to rise with distance from nought or more, since one is read at distances that its journeys do not reach.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casebuilder.calibrate.travel import Fit, Numbers, columns, kilometres, write_table
from casebuilder.errors import CaseError
from casebuilder.inputs.files.tables import numbers
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables

FITS = "travel_fit_england.csv"
WHOLE = "england"
_FIGURES = ("a", "b", "c", "mean_absolute_error", "bias", "journeys")


@dataclass(frozen=True)
class Hospital:
    """An acute hospital, and where it is."""

    name: str
    latitude: float
    longitude: float
    postcode: str


@dataclass(frozen=True)
class England:
    """Every small area (LSOA of 2011), and the acute hospitals around it.

    Attributes
    ----------
    districts
        Names of districts of 2019, in order.
    regions
        The building region of each.
    names
        By area its name.
    district
        By area the number of its district.
    population, decile, latitude, longitude
        By area; deprivation decile 1 is the most deprived.
    hospitals, providers
        The hospitals, and the code of the trust of each as its table has it.
    minutes
        By area and hospital, by road; NaN where the table has no time.
    """

    districts: tuple[str, ...]
    regions: tuple[str, ...]
    names: tuple[str, ...]
    district: NDArray[np.int64]
    population: Numbers
    decile: NDArray[np.int64]
    latitude: Numbers
    longitude: Numbers
    hospitals: tuple[Hospital, ...]
    providers: tuple[str, ...]
    minutes: Numbers

    @cached_property
    def timed(self) -> NDArray[np.bool_]:
        """By hospital whether the table has any time to it."""
        known: NDArray[np.bool_] = np.asarray(~np.isnan(self.minutes).all(axis=0), bool)
        return known

    def kilometres_to(self, latitude: float, longitude: float) -> Numbers:
        """Straight-line distance of every area to a point, on a plane that touches at the point."""
        return kilometres(self.latitude, self.longitude, (latitude, longitude), latitude)

    def of_regions(self, names: tuple[str, ...]) -> NDArray[np.bool_]:
        """By area whether it lies in one of some regions."""
        return np.isin(np.array(self.regions)[self.district], names)


def read_england(folder: Path) -> England:
    """The shipped tables.

    Raises
    ------
    InputError
        `tables.yaml` is missing or at fault.
    OSError
        A table is not in the folder.
    """
    tables = read_fitted_tables(folder).tables
    areas = pd.read_csv(folder / tables.england_neighbourhoods.file)
    files = (tables.england_hospitals.file, tables.more_hospitals.file)
    places = pd.concat([pd.read_csv(folder / file) for file in files], ignore_index=True)
    times = pd.read_csv(folder / tables.england_minutes.file)
    regions = pd.read_csv(folder / tables.district_regions.file).set_index("district").region
    districts, district = np.unique(areas.lad_name.to_numpy(str), return_inverse=True)
    minutes = np.full((len(areas), len(places)), np.nan)
    row = pd.Series(np.arange(len(areas)), areas.lsoa_name)
    column = pd.Series(np.arange(len(places)), places.postcode)
    minutes[row[times.lsoa].to_numpy(), column[times.postcode].to_numpy()] = times.minutes
    return England(
        tuple(str(name) for name in districts),
        tuple(str(regions[name]) for name in districts),
        tuple(areas.lsoa_name),
        district.astype(np.int64),
        areas.population.to_numpy(float),
        areas.imd_decile.to_numpy(np.int64),
        areas.lat.to_numpy(float),
        areas.long.to_numpy(float),
        tuple(
            Hospital(name, float(north), float(east), postcode)
            for name, north, east, postcode in zip(
                places["name"], places.lat, places.long, places.postcode, strict=True
            )
        ),
        tuple(places.provider),
        minutes,
    )


def journeys(england: England, which: NDArray[np.bool_]) -> tuple[dict[str, Numbers], dict[str, Numbers]]:
    """Kilometres and road minutes by hospital, of all journeys that the table has from some areas."""
    times = england.minutes[which]
    latitude, longitude = england.latitude[which], england.longitude[which]
    middle = float(latitude.mean()) if which.any() else 0.0
    km: dict[str, Numbers] = {}
    minutes: dict[str, Numbers] = {}
    for number, hospital in enumerate(england.hospitals):
        known = ~np.isnan(times[:, number])
        if known.any():
            at = (hospital.latitude, hospital.longitude)
            km[hospital.postcode] = kilometres(latitude[known], longitude[known], at, middle)
            minutes[hospital.postcode] = times[known, number]
    return km, minutes


def fit_held_to(fit: Fit, km: Mapping[str, Numbers], minutes: Mapping[str, Numbers]) -> Fit:
    """The same curve with its error on some journeys; as it was where there are none."""
    if not km:
        return fit
    miss = np.concatenate([fit.minutes(km[name]) - minutes[name] for name in km])
    return Fit(fit.a, fit.b, fit.c, float(np.abs(miss).mean()), float(miss.mean()), len(miss))


def fit_rising(km: Mapping[str, Numbers], minutes: Mapping[str, Numbers]) -> Fit:
    """Least squares over all journeys with nothing below nought: none is less for being farther.

    Parameters
    ----------
    km, minutes
        For each hospital the distances and the road minutes of its journeys; each hospital's error is of
        the fit without it, as in `fit_minutes`.

    Raises
    ------
    CaseError
        There are fewer than two hospitals.
    """
    if len(km) < 2:
        raise CaseError("a fit of road minutes needs two hospitals or more")
    # The triangle of a hospital's journeys holds all that least squares asks of them.
    triangles = {name: _triangle(np.column_stack([columns(km[name]), minutes[name]])) for name in km}
    miss = np.concatenate(
        [columns(km[out]) @ _rising([triangles[n] for n in km if n != out]) - minutes[out] for out in km]
    )
    a, b, c = (float(x) for x in _rising(list(triangles.values())))
    return Fit(a, b, c, float(np.abs(miss).mean()), float(miss.mean()), len(miss))


def _triangle(rows: Numbers) -> Numbers:
    found: Numbers = np.linalg.qr(rows).R
    return found


def _rising(triangles: Sequence[Numbers]) -> Numbers:
    """The best of the fits by some of the three columns, the others held at 0, that has nothing below 0."""
    rows = np.concatenate(triangles)
    best, least = np.zeros(3), np.inf
    for kept in ([0, 1, 2], [0, 1], [0, 2], [1, 2], [0], [1], [2]):
        fit = np.zeros(3)
        fit[kept] = np.linalg.lstsq(rows[:, kept], rows[:, 3], rcond=None)[0]
        miss = float(np.square(rows[:, :3] @ fit - rows[:, 3]).sum())
        if miss < least and (fit >= 0).all():
            best, least = fit, miss
    return best


def read_england_fits(folder: Path) -> dict[str, Fit]:
    """The shipped fits by region; `england` is all of it.

    Raises
    ------
    InputError
        The table is missing or at fault.
    """
    rows = numbers(folder / FITS, ("region",), _FIGURES)
    return {
        region: Fit(a, b, c, error, bias, int(journeys))
        for (region,), (a, b, c, error, bias, journeys) in rows.items()
    }


def calibrate_england(source: Path, target: Path) -> None:
    """Write the fit of every region and of England.

    Parameters
    ----------
    source
        The folder of the tables.
    target
        The folder that takes the fits.
    """
    england = read_england(source)
    names = sorted(set(england.regions))
    parts = {name: (name,) for name in names} | {WHOLE: tuple(names)}
    rows = []
    for name, regions in parts.items():
        fit = fit_rising(*journeys(england, england.of_regions(regions)))
        figures = (fit.a, fit.b, fit.c, fit.mean_absolute_error, fit.bias)
        rows.append([name, *(f"{x:.4f}" for x in figures), fit.journeys])
    write_table(target / FITS, ["region", *_FIGURES], rows)
