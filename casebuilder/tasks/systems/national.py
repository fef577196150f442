"""What all systems come to: tests at centres by month, against what was published; centres, kit and staff."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from casebuilder.case import Case, load_case
from casebuilder.evaluate.engine import Results, evaluate
from casebuilder.inputs.start.shipped import shipped
from casebuilder.tasks.new.chapters.system import FILE
from casebuilder.tasks.systems.demand import observed

Progress = Callable[[str], None]
AT_CENTRES, IN_HOSPITAL, OPENS = "waits.cdc_tests", "waits.hospital_tests", "programme.opening_month"
STAFF, KIT, CAPITAL = "headlines.wte_by_role_steady", "equipment.units_needed", "capital.outturn_year"
LINES = (AT_CENTRES, IN_HOSPITAL, OPENS, STAFF, KIT, CAPITAL)
PREFERRED = "preferred"
# The tests of DM01 that centres of these cases do.
COUNTED = ("mri", "ct", "ultrasound", "dexa", "echocardiography")


@dataclass
class National:
    """Sums over all systems.

    Attributes
    ----------
    options
        Labels by id, the baseline first and the option put forward last.
    at_centres, in_hospital
        By option, month and test, tests in the month.
    centres
        By month how many of the option put forward are open.
    staff, kit
        By option and role WTE at steady state, and by option and class units.
    capital
        By option and year, in cash.
    systems
        By case its title and how many centres it has.
    """

    options: dict[str, str] = field(default_factory=dict)
    at_centres: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    in_hospital: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    centres: dict[str, int] = field(default_factory=dict)
    staff: dict[str, dict[str, float]] = field(default_factory=dict)
    kit: dict[str, dict[str, float]] = field(default_factory=dict)
    capital: dict[str, dict[str, float]] = field(default_factory=dict)
    systems: dict[str, tuple[str, int]] = field(default_factory=dict)

    def done(self, option: str, month: str, tests: Iterable[str]) -> float:
        """Tests at centres in a month."""
        return sum(self.at_centres[option][month][test] for test in tests)

    def all_tests(self, option: str, month: str, tests: Iterable[str]) -> float:
        """Tests in a month, in hospitals and at centres."""
        return sum(
            self.in_hospital[option][month][test] + self.at_centres[option][month][test] for test in tests
        )

    def shares(self, option: str, month: str) -> dict[str, float]:
        """Of CT, of MRI and of all tests of DM01 in a month, the share done at centres.

        Tests of DM01 that no centre of the cases does are as they were returned.
        """
        rest = returned(month, without=COUNTED)
        every = self.done(option, month, COUNTED) / (self.all_tests(option, month, COUNTED) + rest)
        found = {
            test: self.done(option, month, [test]) / self.all_tests(option, month, [test])
            for test in ("ct", "mri")
        }
        return {**found, "all": every}

    def add(self, case: Case, results: Results) -> None:
        """Add a system."""
        frame, by_key = case.problem.frame, case.problem.by_key
        arrays = {key: results.array(by_key[key])[0] for key in LINES}
        tests, months = frame.ids("test"), frame.ids("month")
        for place, option in enumerate(frame.options):
            self.options[option.id] = option.label

            def own(key: str, place: int = place) -> np.ndarray:
                array = arrays[key]
                return np.asarray(array[min(place, len(array) - 1)])

            for key, into in ((AT_CENTRES, self.at_centres), (IN_HOSPITAL, self.in_hospital)):
                cells = own(key).reshape(-1, len(tests), len(months)).sum(axis=0)
                by_month = into.setdefault(option.id, {month: dict.fromkeys(tests, 0.0) for month in months})
                for column, month in enumerate(months):
                    for row, test in enumerate(tests):
                        by_month[month][test] += float(cells[row, column])
            _add(self.staff, option.id, frame.ids("staff"), own(STAFF))
            _add(self.kit, option.id, frame.ids("equipment"), own(KIT).sum(axis=0))
            _add(self.capital, option.id, frame.ids("year"), own(CAPITAL))
        opens = arrays[OPENS][-1]
        for number, month in enumerate(months, 1):
            self.centres[month] = self.centres.get(month, 0) + int((opens <= number).sum())
        self.systems[case.name] = case.inputs.info.title, len(opens)


def national(folders: Iterable[Path], progress: Progress = lambda _: None) -> National:
    """Work out the months of every system.

    Parameters
    ----------
    folders
        The cases.
    progress
        Told which is worked out.
    """
    found = National()
    for folder in folders:
        progress(f"Adding up the months of {folder.name}")
        case = load_case(str(folder))
        found.add(case, evaluate(case.problem, [case.problem.by_key[key] for key in LINES], partial=True))
    return found


def returned(month: str, without: Iterable[str] = (), only: Iterable[str] | None = None) -> float:
    """Tests that DM01 has of all systems in a month; what NHS England pays for itself is not among them."""
    every = observed()
    kept = [
        place
        for place, test in enumerate(every.tests)
        if test not in set(without) and (only is None or test in set(only))
    ]
    column = every.months.index(month)
    cells = [getattr(every, stream)[:, kept, column] for stream in ("done", "planned", "unscheduled")]
    return float(np.nansum(cells))


def published() -> Mapping[str, Any]:
    """What was published, by month; `programme` is of the whole."""
    found: Mapping[str, Any] = shipped(FILE)["published"]
    return found


def groups() -> Mapping[str, Any]:
    """The groups of tests whose hours are set, each with the tests it is set to."""
    found: Mapping[str, Any] = shipped(FILE)["hours"]["groups"]
    return found


def _add(into: dict[str, dict[str, float]], option: str, members: Iterable[str], cells: np.ndarray) -> None:
    own = into.setdefault(option, dict.fromkeys(members, 0.0))
    for member, cell in zip(members, np.asarray(cells).reshape(-1), strict=True):
        own[member] += float(np.nan_to_num(cell))
