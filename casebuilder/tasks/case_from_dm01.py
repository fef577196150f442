"""A case made in memory from DM01: what places had at a start month, and the model set to go on from it.

The places, systems or trusts, are members of `provider`. None has a site and lists are not pooled, so that
one evaluation gives what as many separate cases would.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from casebuilder.algebra.chapters import Model
from casebuilder.algebra.dimensions import Frame, Member
from casebuilder.case import Case, load_model
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.problem import bind
from casebuilder.inputs.dm01.fitted import ShareRule
from casebuilder.inputs.dm01.names import Names
from casebuilder.inputs.dm01.starting import Starting, read_season
from casebuilder.inputs.files.scalars import listed
from casebuilder.inputs.in_memory import (
    Given,
    amounts_in_memory,
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
ADDITIONS, ODDS = "demand.additions_by_test", "waits.odds_to_rule_network"
GROWTH, LOCAL_GROWTH = "demand.national_growth", "demand.local_growth"
PRODUCTIVITY = "capacity.productivity"
ENGLAND = "england"
# What a test of the table of others takes from it, not from the reference set, which knows what came later.
OTHER_INPUTS = {
    "demand.removal_rate": "removal_rate",
    "lists.booking_weeks": "booking_weeks",
    "relief.strength": "strength",
}
DAYS_IN_MONTH = 365.25 / 12
WEEKS_IN_MONTH = DAYS_IN_MONTH / 7
USUAL_DAYS = "demand.usual_working_days"
_PACE = "Hospitals and centres together keep pace with England's demand, as DM01 counts both."


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
    change: Array
    done: Array
    planned: Array
    unscheduled: Array

    @property
    def known(self) -> np.ndarray:
        """By place and test, whether there is enough to go on from."""
        return (self.waiting > 0) & (self.over_six_weeks >= 0) & (self.done > 0)

    @property
    def tests_known(self) -> list[str]:
        """The tests that some place knows enough of.

        Raises
        ------
        CaseError
            There is none.
        """
        some = np.asarray(self.known.any(axis=0), bool)
        found = [test for test, here in zip(self.tests, some, strict=True) if here]
        if not found:
            raise CaseError(f"no place has a list and tests to start from in {self.month}")
        return found

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
    steps = _skipping(np.nanmedian, np.diff(window.waiting, axis=2)) if len(window.months) > 1 else 0 * last
    return Start(
        month=month,
        places=observed.places,
        tests=observed.tests,
        waiting=last,
        over_six_weeks=window.over_six_weeks[:, :, -1],
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


def case_from_dm01(
    start: Start, months: int, outputs: Sequence[str], names: Names, how: Starting, england: England
) -> Case:
    """A case that goes on from a start for some months, cut to the lines that some outputs need.

    Parameters
    ----------
    start
        What is known. A place and test of which too little is known stands there with noughts.
    months
        How many months follow.
    outputs
        The keys of the lines wanted.
    names
        How tests are called.
    how
        What of growth is carried on.
    england
        What England was like at the start.

    Returns
    -------
    Case
        One option; the places are its providers, by `provider_id`. A test that no place has is left out.

    Raises
    ------
    CaseError
        Nothing is known of any place.
    InputError
        The reference set lacks what a test needs.
    """
    tests = start.tests_known
    members = {
        "provider": [Member(provider_id(code), code) for code in start.places],
        "test": [Member(test, names.labels[test]) for test in tests],
        **dict.fromkeys(WITHOUT, ()),
    }
    frame = frame_in_memory(load_model(), members, months_ahead(start.month, 1), months)
    model = model_in_memory(load_model(), frame, outputs, WITHOUT)
    usual_days = amounts_in_memory(model, frame, USUAL_DAYS)
    given = _observed(start, tests) | _settled()
    for working_days in usual_days.values():  # none where no wanted line counts them
        given |= _usual_months(working_days)
    shared = [test for test in tests if test not in how.others]
    few = replace(frame, members={**frame.members, "test": tuple(Member(test, test) for test in shared)})

    def by_test(key: str, name: str) -> dict[Members, float]:
        """The reference set's values, and for a test of the table of others those of the table."""
        return _values_of_tests(
            model, frame, few, key, {t: how.others[t][name] for t in tests if t not in shared}
        )

    grown = by_test(GROWTH, "growth")
    growth = {key: amount * how.growth_carried for key, amount in grown.items()}
    given |= dict.fromkeys((GROWTH, LOCAL_GROWTH, PRODUCTIVITY), Given(growth, "S12", _PACE))
    for key, values in (("relief.usual_cover", england.usual_cover), ("waits.excess", england.excess)):
        given[key] = Given({(test,): values[test] for test in tests}, DM01, "England's at the start.")
    given |= _rule(how.rule, tests)
    for key, name in OTHER_INPUTS.items():
        given[key] = Given(by_test(key, name), "S11", "Of the reference set, or as a hindcast has it.")
    inputs = inputs_in_memory(model, frame, given, f"dm01_{start.month}")
    return Case(inputs.info.folder, model, inputs)


@dataclass(frozen=True)
class England:
    """What England was like at a start, all places together.

    Attributes
    ----------
    usual_cover
        By test its list over its weekly additions.
    excess
        By test its log odds of waiting over six weeks, above those of calm years at the same cover.
    """

    usual_cover: Mapping[str, float]
    excess: Mapping[str, float]


def england_at(whole: Start, names: Names, how: Starting) -> England:
    """What the model's own lines make of England as one place.

    Parameters
    ----------
    whole
        All places of England, with the tests wanted.
    names, how
        As for the case.
    """
    tests = whole.tests_known
    which = [whole.tests.index(test) for test in tests]
    sums = {
        name: np.where(whole.known, getattr(whole, name), 0).sum(axis=0, keepdims=True)[:, which]
        for name in ("waiting", "over_six_weeks", "change", "done", "planned", "unscheduled")
    }
    one = Start(month=whole.month, places=(ENGLAND,), tests=tuple(tests), **sums)
    flat = England(dict.fromkeys(tests, 1.0), dict.fromkeys(tests, 0.0))
    case = case_from_dm01(one, 1, (ADDITIONS, ODDS), names, how, flat)
    lines = {key: case.problem.by_key[key] for key in (ADDITIONS, ODDS)}
    results = evaluate(case.problem, lines.values())
    additions, odds = (results.array(lines[key])[0, 0].reshape(-1) for key in (ADDITIONS, ODDS))
    cover = sums["waiting"][0] / additions * WEEKS_IN_MONTH
    return England(
        dict(zip(tests, cover.tolist(), strict=True)), dict(zip(tests, np.log(odds).tolist(), strict=True))
    )


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


def _observed(start: Start, tests: Sequence[str]) -> dict[str, Given]:
    """The inputs that DM01 answers."""
    places = [provider_id(code) for code in start.places]
    which = {test: start.tests.index(test) for test in tests}

    def cells(x: Array) -> dict[Members, float]:
        x = np.where(start.known, x, 0.0)
        return {(p, t): float(x[i, j]) for i, p in enumerate(places) for t, j in which.items()}

    found = {
        "baseline_list_activity": start.done,
        "baseline_list_change": start.change,
        "baseline_planned": start.planned,
        "baseline_unscheduled": start.unscheduled,
        "baseline_list": start.waiting,
        "baseline_over_six_weeks": start.over_six_weeks,
        "baseline_mean_list": start.waiting,
    }
    return {f"demand.{name}": Given(cells(x), DM01) for name, x in found.items()}


def _rule(rule: ShareRule, tests: Sequence[str]) -> dict[str, Given]:
    """The rule for the share over six weeks that was known.

    Raises
    ------
    CaseError
        It has not all the tests.
    """
    lacking = [test for test in tests for values in rule.values.values() if test not in values]
    if lacking:
        which = listed(dict.fromkeys(lacking))
        raise CaseError(f"no rule for the share over six weeks was fitted for {which}")
    note = f"Fitted to months up to {rule.known_to}."
    return {
        f"waits.{name}": Given({(test,): values[test] for test in tests}, DM01, note)
        for name, values in rule.values.items()
    }


def _values_of_tests(
    model: Model, frame: Frame, few: Frame, key: str, others: Mapping[str, float]
) -> dict[Members, float]:
    """One input over tests: of the reference set for the tests of a smaller frame, given for the others."""
    item = next((each for each in model.inputs if each.key == key), None)
    if item is None:
        return {}
    found = amounts_in_memory(model, few, key) if few.ids("test") else {}
    periods = frame.ids("year") if "year" in item.over else ("",)
    more = {(test, year) if year else (test,): x for test, x in others.items() for year in periods}
    return found | more


def _usual_months(working_days: float) -> dict[str, Given]:
    """Months without season or holidays: activity at the start and the rule of the share are free of both."""
    months = {
        "demand.season": 1.0,
        "timeline.working_days": working_days,
        "timeline.days_in_month": DAYS_IN_MONTH,
    }
    return {key: Given(value, "S49", "A usual month.") for key, value in months.items()}


def _settled() -> dict[str, Given]:
    """The inputs that a start from an observed month settles."""
    settled = {
        "demand.years_carried_forward": 0.0,
        "demand.list_carried_forward": 0.0,
        "demand.carried_forward_growth": 0.0,
        "capacity.carried_forward_productivity": 0.0,
        "demand.suited": 0.0,
        "demand.eligible": 0.0,
        "demand.accepts": 0.0,
        "demand.urgent_share": 0.0,
        "lists.has_list": 1.0,
        "programme.relief_start_month": 1.0,
    }
    return {key: Given(value, "S49", "The start is the month observed.") for key, value in settled.items()}
