"""What the fit of the response takes as given: growth, removals and booking of the reference set."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from casebuilder.calibrate.response.lists import Rules
from casebuilder.calibrate.response.months import WEEKS_IN_MONTH, Array, Months
from casebuilder.errors import Fault, InputError
from casebuilder.inputs.dm01.starting import OTHER_VALUES, OTHERS
from casebuilder.inputs.files.tables import numbers
from casebuilder.inputs.files.yaml import Node, read_yaml

# The years over which England's own growth is told for tests of the table of others.
GROWN = ("2013-04", "2018-04")


def read_rules(reference: Path, england: Months) -> Rules:
    """The reference set's values by test, strength nought; those of the table of others grow as England did.

    The reference set's growth of these others knows of later years.

    Parameters
    ----------
    reference
        The folder of the reference set.
    england
        England before the pandemic; its tests are those of the rules.

    Raises
    ------
    InputError
        A file cannot be read.
    """
    demand, lists = _chapter(reference / "demand.yaml"), _chapter(reference / "lists.yaml")
    growth = grown(england, *GROWN)
    apart = {test for (test,) in numbers(reference / "data" / OTHERS, ("test",), OTHER_VALUES)}
    for at, test in enumerate(england.tests):
        if test in apart:
            continue
        own = demand["national_growth"].mapping["values"].mapping.get(test)
        if own is not None:
            growth[at] = float(str(next(iter(own.mapping.values())).value))
    removals = _by_test(demand["removal_rate"], england.tests, apart)
    booking = _by_test(lists["booking_weeks"], england.tests, apart)
    return Rules(
        strength=np.zeros(len(england.tests)),
        growth=growth,
        booked_at_once=1 - _filled(booking) / WEEKS_IN_MONTH,
        removals=float(np.nanmean(removals)),
    )


def grown(england: Months, first: str, last: str) -> Array:
    """Growth a year of tests from the list, by test, between the twelve months from two starts."""
    start, end = england.at(first), england.at(last)
    means = [np.nanmean(england.done[0, :, at : at + 12], axis=1) for at in (start, end)]
    return np.asarray((means[1] / means[0]) ** (12 / (end - start)) - 1)


def _chapter(path: Path) -> dict[str, Node]:
    faults: list[Fault] = []
    found = read_yaml(path, str(path), faults)
    if found is None or faults:
        raise InputError(faults)
    return found.mapping


def _by_test(node: Node, tests: tuple[str, ...], apart: set[str]) -> Array:
    """The values of an input that is held over tests; NaN for those apart."""
    values = node.mapping["values"].mapping
    return np.array([np.nan if test in apart else float(str(values[test].value)) for test in tests])


def _filled(values: Array) -> Array:
    """Values with the mean of the others where there is none."""
    return np.where(np.isnan(values), np.nanmean(values), values)
