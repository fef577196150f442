"""Road minutes from straight-line distance, and neighbourhoods added up to places.

A step that is run by hand: it turns road times to acute hospitals into a curve that estimates the
minutes to a site which is in no table, with its error on hospitals left out of the fit, and adds
small areas (LSOA) up to middle ones (MSOA), the places of a case.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from casebuilder.errors import CaseError
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables

Numbers = NDArray[np.float64]
FIT, PLACES, PEOPLE = "travel_fit.csv", "neighbourhoods.csv", "neighbourhood_people.csv"
QUINTILES = "place_quintiles.csv"
KM_A_DEGREE = 111.195  # of a great circle: 2 π × 6,371 km ÷ 360
_MINUTES = "min_"


@dataclass(frozen=True)
class Neighbourhood:
    """A small area; `minutes` by road to each acute hospital of its system."""

    system: str
    name: str
    district: str
    population: float
    decile: int
    latitude: float
    longitude: float
    minutes: Mapping[str, float]

    @property
    def place(self) -> str:
        """The middle area it lies in: its name without the last letter."""
        return self.name[:-1]

    @property
    def quintile(self) -> int:
        """Deprivation quintile; 1 is the most deprived."""
        return (self.decile + 1) // 2

    @property
    def nearest_minutes(self) -> float:
        """Minutes to the nearest acute hospital of the system."""
        return min(self.minutes.values())


@dataclass(frozen=True)
class Fit:
    """`minutes = a + b × km + c × √km`, with its error on hospitals left out of the fit."""

    a: float
    b: float
    c: float
    mean_absolute_error: float
    bias: float
    journeys: int

    def minutes(self, km: Numbers) -> Numbers:
        """Estimated road minutes."""
        estimate: Numbers = columns(km) @ np.array([self.a, self.b, self.c])
        return estimate


@dataclass(frozen=True)
class Place:
    """A middle area: sums of its small ones, and means weighted by population."""

    name: str
    district: str
    latitude: float
    longitude: float
    acute_minutes: float
    by_quintile: tuple[float, ...]

    @property
    def id(self) -> str:
        """The member id, as keys write it."""
        return member_id(self.name)

    @property
    def district_id(self) -> str:
        """The member id of its district."""
        return member_id(self.district)

    @property
    def population(self) -> float:
        """Everyone who lives there."""
        return sum(self.by_quintile)


def kilometres(latitude: Numbers, longitude: Numbers, to: tuple[float, float], middle: float) -> Numbers:
    """Straight-line distance on a plane that touches the system at its mean latitude, `middle`."""
    north = latitude - to[0]
    east = (longitude - to[1]) * np.cos(np.radians(middle))
    km: Numbers = KM_A_DEGREE * np.sqrt(north**2 + east**2)
    return km


def fit_minutes(km: Mapping[str, Numbers], minutes: Mapping[str, Numbers]) -> Fit:
    """Least squares over all journeys; each hospital's error is of the fit without it.

    Parameters
    ----------
    km, minutes
        For each hospital the distance and the road minutes of every neighbourhood.
    """
    if len(km) < 2:
        raise CaseError("a fit of road minutes needs two hospitals or more")
    misses = [
        columns(km[out]) @ _solve([n for n in km if n != out], km, minutes) - minutes[out] for out in km
    ]
    miss = np.concatenate(misses)
    a, b, c = (float(x) for x in _solve(list(km), km, minutes))
    return Fit(a, b, c, float(np.abs(miss).mean()), float(miss.mean()), len(miss))


def add_up(areas: Iterable[Neighbourhood], *, by_district: bool = False) -> list[Place]:
    """The places that neighbourhoods make, in order of name: middle areas, or whole districts."""
    within: dict[str, list[Neighbourhood]] = defaultdict(list)
    for area in areas:
        within[area.district if by_district else area.place].append(area)
    return [_place(name, within[name]) for name in sorted(within)]


def read_neighbourhoods(path: Path) -> list[Neighbourhood]:
    """The small areas of a table, gzipped or not; a blank time is of another system."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return [
        Neighbourhood(
            row["system"],
            row["lsoa_name"],
            row["lad_name"],
            float(row["population"]),
            int(row["imd_decile"]),
            float(row["lat"]),
            float(row["long"]),
            {
                key.removeprefix(_MINUTES): float(row[key])
                for key in row
                if key.startswith(_MINUTES) and row[key]
            },
        )
        for row in csv.DictReader(io.StringIO(text))
    ]


def fit_system(areas: Sequence[Neighbourhood], hospitals: Mapping[str, tuple[float, float]]) -> Fit:
    """The fit of one system's road times."""
    latitude, longitude = (np.array([getattr(x, n) for x in areas]) for n in ("latitude", "longitude"))
    names = list(areas[0].minutes)
    middle = float(latitude.mean())
    km = {name: kilometres(latitude, longitude, hospitals[name], middle) for name in names}
    return fit_minutes(km, {name: np.array([x.minutes[name] for x in areas]) for name in names})


def calibrate_travel(source: Path, target: Path) -> None:
    """Write the fits, and the places of every case there is.

    Parameters
    ----------
    source
        The folder of the tables, which says what they are.
    target
        The folder of assumptions: `reference/data` takes the fits, a case's `data` its places.
    """
    given = read_fitted_tables(source)
    areas = read_neighbourhoods(source / given.tables.neighbourhoods.file)
    with (source / given.tables.hospitals.file).open(encoding="utf-8", newline="") as file:
        hospitals = {r["hospital"]: (float(r["lat"]), float(r["long"])) for r in csv.DictReader(file)}
    fits = []
    for name, system in given.systems.items():
        case, own = system.case, [area for area in areas if area.system == name]
        fit = fit_system(own, hospitals)
        figures = (fit.a, fit.b, fit.c, fit.mean_absolute_error, fit.bias)
        fits.append([case, *(f"{x:.4f}" for x in figures), fit.journeys])
        if (target / "cases" / case).is_dir():
            _write_places(target / "cases" / case / "data" / PLACES, add_up(own))
    header = ["system", "a", "b", "c", "mean_absolute_error", "bias", "journeys"]
    write_table(target / "reference" / "data" / FIT, header, fits)


def member_id(name: str) -> str:
    """A name as keys write it: small letters, `_` for all else."""
    words = "".join(letter if letter.isalnum() else " " for letter in name.lower())
    return "_".join(words.split())


def columns(km: Numbers) -> Numbers:
    """What the fit is linear in, by journey: 1, km and √km."""
    return np.column_stack([np.ones_like(km), km, np.sqrt(km)])


def _solve(names: Sequence[str], km: Mapping[str, Numbers], minutes: Mapping[str, Numbers]) -> Numbers:
    rows = np.concatenate([columns(km[name]) for name in names])
    found: Numbers = np.linalg.lstsq(rows, np.concatenate([minutes[n] for n in names]), rcond=None)[0]
    return found


def _place(name: str, areas: Sequence[Neighbourhood]) -> Place:
    weights = [area.population for area in areas]

    def mean(values: Sequence[float]) -> float:
        return sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)

    people = tuple(sum(a.population for a in areas if a.quintile == q) for q in range(1, 6))
    return Place(
        name,
        areas[0].district,
        mean([a.latitude for a in areas]),
        mean([a.longitude for a in areas]),
        mean([a.nearest_minutes for a in areas]),
        people,
    )


def _write_places(path: Path, places: Sequence[Place]) -> None:
    header = ["place", "label", "district", "district_label", "latitude", "longitude", "acute_minutes"]
    rows = [
        [
            p.id,
            p.name,
            p.district_id,
            p.district,
            f"{p.latitude:.5f}",
            f"{p.longitude:.5f}",
            f"{p.acute_minutes:.2f}",
        ]
        for p in places
    ]
    write_table(path, header, rows)
    people = [
        [p.district_id, p.id, f"q{quintile}", f"{number:.0f}"]
        for p in places
        for quintile, number in enumerate(p.by_quintile, 1)
        if number > 0
    ]
    write_table(path.with_name(PEOPLE), ["district", "place", "quintile", "people"], people)
    write_table(path.with_name(QUINTILES), ["place", "quintile"], (row[1:3] for row in people))


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV beside its place and rename it there, so that a stop leaves the old one whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    os.replace(draft, path)
