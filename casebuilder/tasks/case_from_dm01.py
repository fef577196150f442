"""A case made in memory from DM01: what places had at a start month, and the model set to go on from it.

The places, systems or trusts, are members of `provider`. None has a site and lists are not pooled, so that
one evaluation gives what as many separate cases would.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from casebuilder.algebra.dimensions import Member
from casebuilder.case import Case, load_model
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.problem import bind
from casebuilder.inputs.dm01.names import Names
from casebuilder.inputs.dm01.starting import Starting, read_season
from casebuilder.inputs.in_memory import (
    Given,
    frame_in_memory,
    inputs_in_memory,
    model_in_memory,
    months_ahead,
    months_before,
)
from casebuilder.inputs.values import Members
from casebuilder.resources import resource
from casebuilder.tasks.dm01.observed import Array, Observed

# A place has staff and digital systems, but none that a centre would share.
WITHOUT = ("site", "staff", "digital")
DM01 = "S112"
SEASON = "demand.season_index"


@dataclass(frozen=True)
class Start:
    """What is known of places at the end of a month; NaN where a place has too little of a test.

    Attributes
    ----------
    month
        The start month, as 2024-03.
    places, tests
        Codes and ids, the rows and columns of the arrays.
    waiting, over_six_weeks
        People on the list at the end of the month, and of them over six weeks.
    mean_waiting
        Mean list of the window.
    change
        Tests a month by which the list grows in the baseline.
    done, planned, unscheduled
        Tests of a usual month from the list, planned and unscheduled.
    """

    month: str
    places: tuple[str, ...]
    tests: tuple[str, ...]
    waiting: Array
    over_six_weeks: Array
    mean_waiting: Array
    change: Array
    done: Array
    planned: Array
    unscheduled: Array

    @property
    def known(self) -> np.ndarray:
        """By place and test, whether there is enough to go on from."""
        return (self.waiting > 0) & (self.over_six_weeks >= 0) & (self.done > 0)

    @property
    def share(self) -> Array:
        """The share over six weeks."""
        return np.where(self.known, self.over_six_weeks / np.where(self.waiting > 0, self.waiting, 1), np.nan)


def start_of(observed: Observed, month: str, how: Starting) -> Start:
    """What is known at the end of a month; nothing after it is looked at.

    Parameters
    ----------
    observed
        The places and tests wanted, with all months that there are.
    month
        The start.
    how
        The window, and what of it is carried on.

    Raises
    ------
    CaseError
        There are no data for the start month.
    """
    past = observed.until(month)
    if not past.months or past.months[-1] != month or np.isnan(past.waiting[:, :, -1]).all():
        raise CaseError(f"there are no data for {month}: {_there_are(observed)}")
    window = past.at([each for each in months_before(month, how.window_months) if each in past.months])
    index = season_index(window.months)

    def usual(x: Array) -> Array:
        return _skipping(np.nanmedian, x / index)

    last = window.waiting[:, :, -1]
    steps = _skipping(np.nanmean, np.diff(window.waiting, axis=2)) if len(window.months) > 1 else 0 * last
    return Start(
        month=month,
        places=observed.places,
        tests=observed.tests,
        waiting=last,
        over_six_weeks=window.over_six_weeks[:, :, -1],
        mean_waiting=_skipping(np.nanmean, window.waiting),
        change=np.nan_to_num(steps) * how.change_carried,
        done=usual(window.done),
        planned=np.nan_to_num(usual(window.planned)),
        unscheduled=np.nan_to_num(usual(window.unscheduled)),
    )


def _there_are(observed: Observed) -> str:
    """Which months have data, in words."""
    some = observed.returned
    return f"they run from {some[0]} to {some[-1]}" if some else "none of these places returned any"


def _skipping(of: object, x: Array) -> Array:
    """A mean or median over months, of those that were returned; NaN where none was."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of nothing at all, which is NaN here on purpose
        return np.asarray(of(x, axis=2))  # type: ignore[operator]


def case_from_dm01(start: Start, months: int, outputs: Sequence[str], names: Names, how: Starting) -> Case:
    """A case that goes on from a start for some months, cut to the lines that some outputs need.

    Parameters
    ----------
    start
        What is known. A place and test of which too little is known has no row.
    months
        How many months follow.
    outputs
        The keys of the lines wanted.
    names
        How tests are called.
    how
        What of growth is carried on.

    Returns
    -------
    Case
        One option; the places are its providers, by `provider_id`.

    Raises
    ------
    CaseError
        Nothing is known of any place.
    InputError
        The reference set lacks what a test needs.
    """
    if not start.known.any():
        raise CaseError(f"no place has a list and tests to start from in {start.month}")
    first = months_ahead(start.month, 1)
    members = {
        "provider": [Member(provider_id(code), code) for code in start.places],
        "test": [Member(test, names.labels[test]) for test in start.tests],
        **dict.fromkeys(WITHOUT, ()),
    }
    frame = frame_in_memory(load_model(), members, first, months)
    model = model_in_memory(load_model(), frame, outputs, WITHOUT)
    given = _given(start, how, frame.ids("month"))
    inputs = inputs_in_memory(model, frame, given, f"dm01_{start.month}")
    return Case(inputs.info.folder, model, inputs)


def provider_id(code: str) -> str:
    """The id of a place as a member: its code in small letters, after a letter."""
    low = code.lower()
    return low if low[0].isalpha() else f"p{low}"


@cache
def _season() -> Mapping[str, float]:
    return read_season(resource("assumptions/reference/data"))


def season_index(months: tuple[str, ...]) -> Array:
    """The model's own index of season and working days over some months in a row.

    Raises
    ------
    InputError
        The reference set has no working days for one of them.
    """
    frame = frame_in_memory(load_model(), dict.fromkeys(WITHOUT, ()), months[0], len(months))
    model = model_in_memory(load_model(), frame, (SEASON,), WITHOUT)
    given = {"demand.season": Given({(month,): _season()[month[5:]] for month in months}, DM01)}
    problem = bind(model, inputs_in_memory(model, frame, given, "season"))
    line = problem.by_key[SEASON]
    return np.asarray(evaluate(problem, [line]).array(line)[0, 0])


def _given(start: Start, how: Starting, months: Sequence[str]) -> dict[str, Given]:
    """The inputs that DM01 answers, and those that a hindcast settles."""
    places = [provider_id(code) for code in start.places]

    def cells(x: Array) -> dict[Members, float]:
        x = np.where(start.known, x, 0.0)
        return {(p, t): float(x[i, j]) for i, p in enumerate(places) for j, t in enumerate(start.tests)}

    observed = {
        "baseline_list_activity": start.done,
        "baseline_list_change": start.change,
        "baseline_planned": start.planned,
        "baseline_unscheduled": start.unscheduled,
        "baseline_list": start.waiting,
        "baseline_over_six_weeks": start.over_six_weeks,
        "baseline_mean_list": start.mean_waiting,
    }
    given = {f"demand.{name}": Given(cells(x), DM01) for name, x in observed.items()}
    given["demand.season"] = Given({(month,): _season()[month[5:]] for month in months}, DM01)
    settled = {
        "demand.years_carried_forward": 0.0,
        "demand.list_carried_forward": 0.0,
        "demand.carried_forward_growth": 0.0,
        "capacity.carried_forward_productivity": 0.0,
        "demand.suited": 0.0,
        "lists.has_list": 1.0,
        "programme.relief_start_month": 1.0,
    }
    return given | {
        key: Given(value, "S49", "A hindcast starts from the month observed.")
        for key, value in settled.items()
    }
