"""The tables of England, each read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from casebuilder.calibrate.travel import Fit, Numbers
from casebuilder.calibrate.travel_england import England, read_england, read_england_fits
from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.tables import numbers, read_table
from casebuilder.inputs.shape.fitted_tables import FittedTables, read_fitted_tables
from casebuilder.resources import resource


def data_folder() -> Path:
    """Where the tables are."""
    return resource("assumptions/reference/data")


@cache
def tables() -> FittedTables:
    """What the folder says of its tables."""
    return read_fitted_tables(data_folder())


@cache
def england() -> England:
    """Neighbourhoods, hospitals and road minutes."""
    return read_england(data_folder())


@cache
def england_fits() -> Mapping[str, Fit]:
    """The fit of road minutes by region."""
    return read_england_fits(data_folder())


@cache
def choices() -> Mapping[str, float]:
    """What was chosen, by name: `england_choices.csv` says of each why, and its range."""
    file = data_folder() / tables().tables.england_choices.file
    return {what: value for (what,), (value,) in numbers(file, ("what",), ("value",)).items()}


def rows_of(file: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Some columns of a table of the folder, row by row.

    Raises
    ------
    InputError
        The table is missing or at fault.
    """
    path, faults = data_folder() / file, list[Fault]()
    table = read_table(path, str(path), columns, faults)
    if table is None or faults:
        raise InputError(faults)
    return [row.cells for row in table.rows]


def estimated_minutes(latitude: float, longitude: float) -> Numbers:
    """Road minutes from every small area to a point, by the fit of the area's own region, never below 0."""
    km = england().kilometres_to(latitude, longitude)
    a, b, c = _fit_of_areas()
    held: Numbers = np.maximum(a + b * km + c * np.sqrt(km), 0)
    return held


@cache
def _fit_of_areas() -> Numbers:
    """The three figures of the fit, each by small area."""
    ground = england()
    fits = [england_fits()[region] for region in ground.regions]
    by_district: Numbers = np.array([(fit.a, fit.b, fit.c) for fit in fits]).T
    return by_district[:, ground.district]


@dataclass(frozen=True)
class Reached:
    """Road minutes from every small area to some hospitals.

    Attributes
    ----------
    minutes
        By area and hospital; infinite where the table goes no farther.
    estimated
        By hospital whether its minutes are estimates.
    """

    minutes: Numbers
    estimated: np.ndarray


@cache
def reached() -> Reached:
    """Minutes to the hospitals of the table: its times, and estimates to those that it has no times for.

    An area without any time (the Isles of Scilly) takes estimates to all.
    """
    ground = england()
    minutes = np.where(np.isnan(ground.minutes), np.inf, ground.minutes)
    nowhere = np.isnan(ground.minutes).all(axis=1)
    for number, hospital in enumerate(ground.hospitals):
        if nowhere.any() or not ground.timed[number]:
            estimate = estimated_minutes(hospital.latitude, hospital.longitude)
            which = nowhere if ground.timed[number] else slice(None)
            minutes[which, number] = estimate[which]
    return Reached(minutes, ~ground.timed)
