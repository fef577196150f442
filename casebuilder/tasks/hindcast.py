"""A hindcast: read what was known, run the model from there, and set it beside what came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from casebuilder.analysis.hindcast.bands import Bands
from casebuilder.analysis.hindcast.outcome import MODEL, NO_CHANGE, REAL, TREND, Hindcast, OwnCase
from casebuilder.analysis.hindcast.series import (
    LIST,
    MEASURES,
    SHARE,
    Series,
    no_change,
    series,
    together,
    trend,
    whole,
)
from casebuilder.case import Case
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import evaluate
from casebuilder.inputs.dm01.fitted import read_bands
from casebuilder.inputs.dm01.names import Names, read_labels, read_names
from casebuilder.inputs.dm01.starting import Starting, read_starting
from casebuilder.inputs.files.scalars import listed, nearest
from casebuilder.inputs.in_memory import months_after, months_ahead, months_before
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables
from casebuilder.resources import resource
from casebuilder.tasks.case_from_dm01 import England, Start, case_from_dm01, england_at, provider_id, start_of
from casebuilder.tasks.dm01.observed import Observed
from casebuilder.tasks.dm01.read import PROVIDER, SYSTEM, read_observed

FIVE = ("mri", "ct", "ultrasound", "dexa", "echocardiography")
WAITING, SHARE_LINE = "lists.waiting_list", "waits.share_over_six_weeks"
NETWORK_LIST, NETWORK_OVER = "waits.list_by_test", "waits.over_six_weeks_by_test"
# What bands are of, in their table.
TOGETHER, EACH = "together", "each"
# Each series in a note on what some places lack of it.
_PARTIAL = {
    REAL: "what came",
    MODEL: "what the model says",
    NO_CHANGE: "no change",
    TREND: "the year before the start, for the trend,",
}
# A year ahead, where no months are named.
AHEAD = 12


@dataclass(frozen=True)
class Asked:
    """What is asked of a hindcast.

    Attributes
    ----------
    start, end
        The month from whose end it starts, and the last month; None for a year to the last month with data.
    tests
        Ids of tests.
    data
        A folder with DM01 files.
    """

    start: str | None = None
    end: str | None = None
    tests: tuple[str, ...] = FIVE
    data: Path | None = None


def hindcast(
    asked: Asked, case: Case | None = None, tell: Callable[[str], None] = lambda _: None
) -> Hindcast:
    """What the model would have said, for England's systems or for the trusts of a case.

    Raises
    ------
    CaseError
        There are no data for the start, no such test, or no trust of the case among the data.
    InputError
        Files of data are at fault.
    """
    folder = _data()
    names = read_names(folder)
    check_tests(asked.tests, names)
    tell("Reading DM01")
    view = SYSTEM if case is None else PROVIDER
    observed, notes, labels = observe(view, folder, names, asked.data)
    if case is not None:
        labels, more = _trusts(case, observed, labels)
        notes = (*notes, *more, "the band is that of whole systems; single trusts lie outside it more often")
    places = labels if case is not None else {code: labels.get(code, code) for code in observed.places}
    start, end = _months(asked, observed.of(tuple(places), asked.tests))
    tell("Evaluating")
    found = compare(observed, tuple(places), asked.tests, start, end)
    months = months_after(start, end)
    own = _own(case, asked.tests, months) if case is not None else None
    what = "systems" if case is None else "trusts"
    notes = (
        *notes,
        *_unknown(found.start, places, names),
        *_learned_later(start),
        *partial(found, months, what),
        *(_tests_it_lacks(own, names) if own is not None else ()),
    )
    shown = {REAL: found.real, **found.forecasts}
    return Hindcast(
        start=start,
        months=months,
        places=places,
        tests={test: names.labels[test] for test in asked.tests},
        what=what,
        real=found.real,
        forecasts=found.forecasts,
        low=found.low,
        high=found.high,
        network={name: together(each, found.start.known) for name, each in shown.items()},
        notes=notes,
        case=own,
    )


@dataclass(frozen=True)
class Compared:
    """The series of a hindcast, by place, test (all together last) and month."""

    start: Start
    real: Series
    forecasts: dict[str, Series]
    low: Series
    high: Series


def compare(
    whole: Observed,
    places: Sequence[str],
    tests: Sequence[str],
    start: str,
    end: str,
    how: Starting | None = None,
) -> Compared:
    """The model from a start, with its band, beside what came and plain forecasts.

    Parameters
    ----------
    whole
        All places of England, with all tests and months.
    places, tests
        Those wanted.
    start, end
        The month from whose end the model goes on, and the last month.
    how
        How it starts; by default as shipped, with what was known at the start.
    """
    how = how or read_starting(_data(), start)
    months = months_after(start, end)
    observed = whole.of(places, tests)
    known = start_of(observed, start, how)
    england = england_at(start_of(whole.of(whole.places, tests), start, how), read_names(_data()), how)
    model = run(known, england, len(months), how)
    now = series(known.waiting[:, :, None], known.over_six_weeks[:, :, None], known.known)
    before = observed.until(start).at(months_before(start, 13)[:1])
    year_before = series(before.waiting, before.over_six_weeks, known.known)
    came = observed.at(months)
    low, high = _bands().around(model)
    return Compared(
        known,
        series(came.waiting, came.over_six_weeks, known.known),
        {
            MODEL: model,
            NO_CHANGE: no_change(now, len(months)),
            TREND: trend(now, year_before, len(months)),
        },
        low,
        high,
    )


def run(start: Start, england: England, months: int, how: Starting) -> Series:
    """What the model says of the months after a start."""
    outputs = (WAITING, SHARE_LINE)
    case = case_from_dm01(start, months, outputs, read_names(_data()), how, england)
    lines = [case.problem.by_key[key] for key in outputs]
    results = evaluate(case.problem, lines)
    have = case.inputs.frame.positions["test"]
    people = []
    for line in lines:
        x = np.full((len(start.places), len(start.tests), months), np.nan)
        x[:, [start.tests.index(test) for test in have]] = results.array(line)[0, 0]
        people.append(x)
    return series(people[0], people[0] * people[1], start.known)


def _bands() -> Bands:
    """The bands that ship."""
    ends = {key: np.array(rows).T for key, rows in read_bands(_data()).items()}

    def of(tests: str) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        return {measure: (ends[tests, measure][0], ends[tests, measure][1]) for measure in MEASURES}

    return Bands(of(TOGETHER), of(EACH))


def _data() -> Path:
    return resource("assumptions/reference/data")


def observe(
    view: str, folder: Path, names: Names, data: Path | None = None
) -> tuple[Observed, tuple[str, ...], dict[str, str]]:
    """What DM01 says by system or trust, notes of what was passed over, and the names of places."""
    fitted = read_fitted_tables(folder)
    tables = fitted.tables
    shipped = tables.waits_boards_later if view == SYSTEM else tables.waits_providers_later
    observed, notes = read_observed(view, names, folder / shipped.file, data)
    named = tables.board_names if view == SYSTEM else tables.provider_names
    labels = read_labels(folder / named.file, view)
    if view == PROVIDER:
        observed = observed.joined({code: merger.into for code, merger in fitted.merged.items()})
    return observed, notes, labels


def check_tests(tests: Sequence[str], names: Names) -> None:
    """Refuse a test that DM01 has not.

    Raises
    ------
    CaseError
        One is none; those there are, or the nearest, are named.
    """
    for test in tests:
        if test not in names.labels:
            hint = nearest(test, names.labels) or f": they are {listed(names.labels, 20)}"
            raise CaseError(f"'{test}' is no test of DM01{hint}")


def _months(asked: Asked, observed: Observed) -> tuple[str, str]:
    """The start and the end: as asked, or a year up to the last month with data."""
    some = observed.returned
    if asked.start is None and not some:
        raise CaseError("none of these places returned any of these tests")
    if asked.start is None:
        end = asked.end or some[-1]
        return months_before(end, AHEAD + 1)[0], end
    on, last = months_ahead(asked.start, AHEAD), max(some, default="")
    return asked.start, asked.end or (min(on, last) if last > asked.start else on)


def _unknown(start: Start, places: dict[str, str], names: Names) -> tuple[str, ...]:
    """Which places and tests have too little at the start, in words."""
    found = []
    for j, test in enumerate(start.tests):
        codes = [code for i, code in enumerate(start.places) if not start.known[i, j]]
        if codes:
            what = f"{names.labels[test]}: no list, share or tests to start from in {start.month} at"
            found.append(f"{what} {listed(codes, 8)}")
    return tuple(found)


def partial(found: Compared, months: Sequence[str], what: str) -> tuple[str, ...]:
    """In which months some places lack what others have, so that all together has no figure, in words.

    Parameters
    ----------
    found, months
        The series, and their months.
    what
        What the places are: systems or trusts.
    """
    known = found.start.known
    counted = np.asarray(known.any(axis=1), bool)
    codes = [code for code, counts in zip(found.start.places, counted, strict=True) if counts]
    by_gap: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for name, each in ((REAL, found.real), *found.forecasts.items()):
        for measure in (LIST, SHARE):
            there = whole(each, known, measure)[counted]
            for k, month in enumerate(months):
                gone = tuple(code for code, has in zip(codes, there[:, k], strict=True) if not has)
                none = np.isnan(each.of(measure)[:, :, k]).all()
                said = month in by_gap.get((name, LIST, gone), ())
                if gone and not none and not said:
                    by_gap.setdefault((name, measure, gone), []).append(month)
    notes = []
    for (name, measure, gone), when in by_gap.items():
        there = f"{len(codes) - len(gone)} of {len(codes)} {what}"
        of = _PARTIAL[name] if measure == LIST else f"{_PARTIAL[name]} over six weeks"
        notes.append(
            f"{listed(when, 12)}: {of} is there of {there}; all together is blank (not {listed(gone, 8)})"
        )
    return tuple(notes)


def _learned_later(start: str) -> tuple[str, ...]:
    """That the rule for the share was not known at the start, where it was not."""
    known_to = read_starting(_data(), start).rule.known_to
    if known_to <= start:
        return ()
    what = f"the rule for the share over six weeks was fitted to months up to {known_to}, after this start"
    return (f"{what}; England's recovery since, which nobody knew, is not in it",)


def _tests_it_lacks(own: OwnCase, names: Names) -> tuple[str, ...]:
    """That a case's own totals are of fewer tests than what came, where they are."""
    if not own.lacks:
        return ()
    lacked = listed((names.labels[test] for test in own.lacks), 13)
    return (f"{own.name} has no {lacked}: its own totals are without, those of what came are with them",)


def _trusts(case: Case, observed: Observed, labels: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The trusts of a case that DM01 has, by code, and what is said of the others.

    Raises
    ------
    CaseError
        DM01 has none of them.
    """
    merged = read_fitted_tables(resource("assumptions/reference/data")).merged
    codes = {provider_id(code): code for code in (*observed.places, *merged)}
    found: dict[str, str] = {}
    notes: list[str] = []
    for member in case.inputs.frame.members["provider"]:
        code = codes.get(member.id)
        if code is None:
            notes.append(f"{member.id} ({member.label}) is no provider in DM01 of these months")
        elif code in merged:
            notes.append(f"{code} ({member.label}) is counted with {merged[code].into}, which it joined")
        else:
            found[code] = labels.get(code, member.label)
    if not found:
        ids = listed(member.id for member in case.inputs.frame.members["provider"])
        raise CaseError(
            f"DM01 has none of the providers of {case.name} ({ids}): a trust is known by its code, as rbl"
        )
    return found, tuple(notes)


def _own(case: Case, tests: Sequence[str], months: Sequence[str]) -> OwnCase | None:
    """What the case itself says of its network in some months; None where it has none of them."""
    frame = case.inputs.frame
    there = [month for month in months if month in frame.positions["month"]]
    mine = [test for test in tests if test in frame.ids("test")]
    if not there or not mine:
        return None
    lines = [case.problem.by_key[key] for key in (NETWORK_LIST, NETWORK_OVER)]
    results = evaluate(case.problem, lines)
    where = [frame.positions["test"][test] for test in mine]
    when = [frame.positions["month"][month] for month in there]
    options: dict[str, Series] = {}
    for place, option in enumerate(frame.option_ids):
        people = []
        for line in lines:
            x = np.full((1, len(tests), len(months)), np.nan)
            rows = [tests.index(test) for test in mine]
            columns = [months.index(month) for month in there]
            x[np.ix_([0], rows, columns)] = results.array(line)[0, place][np.ix_(where, when)]
            people.append(x)
        among = np.array([[test in mine for test in tests]])
        options[option] = series(people[0], people[1], among)
    labels = {option.id: option.label for option in frame.options}
    return OwnCase(case.name, options, labels, tuple(test for test in tests if test not in mine))
