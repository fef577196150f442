"""Schedules of rooms as inputs of the engine, a schedule a draw, each option evaluated as a whole.

A schedule is told by what it changes: `--set OPTION:estate.rooms[site,test]=N` for each of its changes gives
the same results.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.progress import Tell, silent
from casebuilder.errors import CaseError
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.headlines import headline_line
from casebuilder.evaluate.problem import Problem, narrowed
from casebuilder.inputs.files.scalars import shown

ROOMS, INCLUDED = "estate.rooms", "estate.included"
VALUE, SHARE, LIST, CAPITAL = "npsv", "over_six_weeks_end", "list_end", "capital_outturn"
# People over six weeks in the last month: the share of the list, which by itself is a mix over tests.
OVER = "people_over_six_weeks_end"
# The headlines that a change is judged by: value, waits, and what the system must find.
HEADLINES = (
    VALUE,
    SHARE,
    LIST,
    "system_revenue_ask_steady_state",
    "surplus_steady_state",
    "surplus_worst_year",
    CAPITAL,
    "capital_unfunded",
)
# So many schedules at a time, so that memory stays bounded however many there are.
BATCH = 64

Schedule = tuple[
    tuple[int, int], ...
]  # changes: the number of a pair, and rooms more (or less, below nought)
AS_IT_IS: Schedule = ()


@dataclass(frozen=True)
class Pair:
    """A test at a site that the option takes in, and its rooms there."""

    site: str
    test: str
    rooms: int
    label: str


class RoomSchedules:
    """Works schedules out, each once.

    Parameters
    ----------
    problem
        The case.
    option
        The option whose rooms change.
    tell
        Told how many schedules are worked out, of how many.

    Attributes
    ----------
    pairs
        Each test at each site that the option takes in and the case has the pair of.
    measures
        Those of `HEADLINES` that the case has lines for, in order, and people over six weeks.

    Raises
    ------
    CaseError
        The case has no rooms, the option takes no site in, or there is no net present social value.
    """

    def __init__(self, problem: Problem, option: str, tell: Tell = silent) -> None:
        """Narrow the case to the option and find its pairs."""
        self.option, self.problem, self._tell = option, narrowed(problem, option), tell
        frame, axes = self.problem.frame, self.problem.axes
        self._row = frame.option_ids.index(option)
        inputs = self.problem.inputs_by_key
        if ROOMS not in inputs or INCLUDED not in inputs:
            raise CaseError("this case has no sites with rooms: there is no room to add or take away")
        self._rooms, included = inputs[ROOMS], inputs[INCLUDED]
        given = self.problem.values
        self._base = axes.plain(axes.input_array(given[self._rooms]), self._rooms.over)
        taken = axes.plain(axes.input_array(given[included]), included.over)[0, self._row]
        self.pairs = tuple(
            self._pair(each["site"], each["test"])
            for each in frame.combinations(("site", "test"))
            if taken[frame.positions["site"][each["site"]]] > 0
        )
        if not self.pairs:
            raise CaseError(f"option '{option}' takes no site in: there is no room to add or take away")
        lines = {name: headline_line(self.problem, name) for name in HEADLINES}
        self._lines = {name: line for name, line in lines.items() if line is not None}
        self.measures = (*self._lines, OVER) if {SHARE, LIST} <= set(self._lines) else tuple(self._lines)
        if VALUE not in self._lines or CAPITAL not in self._lines:
            raise CaseError(
                "this case has no net present social value or no capital, which rooms are weighed by"
            )
        self._known: dict[Schedule, Array] = {}

    def _pair(self, site: str, test: str) -> Pair:
        frame = self.problem.frame
        place = frame.positions["site"][site], frame.positions["test"][test]
        label = f"{frame.label('test', test)}, {frame.label('site', site)}"
        return Pair(site, test, round(float(self._base[(0, self._row, *place)])), label)

    def work_out(self, schedules: Iterable[Schedule]) -> None:
        """Evaluate the schedules that are not known yet, some at a time."""
        missing = [each for each in dict.fromkeys(schedules) if each not in self._known]
        for start in range(0, len(missing), BATCH):
            self._tell(start, len(missing))
            self._evaluate(missing[start : start + BATCH])

    def of(self, schedule: Schedule) -> Array:
        """The measures of a schedule, in the order of `measures`; NaN where one has no value."""
        self.work_out([schedule])
        return self._known[schedule]

    def value(self, schedule: Schedule, measure: str) -> float:
        """One measure of a schedule."""
        return float(self.of(schedule)[self.measures.index(measure)])

    def change(self, schedule: Schedule, before: Schedule = AS_IT_IS) -> dict[str, float | None]:
        """What a schedule changes against another, by measure; None where either has no value."""
        self.work_out([schedule, before])
        apart = self._known[schedule] - self._known[before]
        return {name: None if np.isnan(x) else float(x) for name, x in zip(self.measures, apart, strict=True)}

    def rooms(self, pair: int, schedule: Schedule) -> int:
        """The rooms of a pair in a schedule."""
        return self.pairs[pair].rooms + dict(schedule).get(pair, 0)

    def sets(self, schedule: Schedule) -> list[str]:
        """A schedule as `--set` takes it."""
        return [
            f"{self.option}:{ROOMS}[{self.pairs[pair].site},{self.pairs[pair].test}]"
            f"={shown(float(self.rooms(pair, schedule)))}"
            for pair, _ in schedule
        ]

    def _evaluate(self, schedules: Sequence[Schedule]) -> None:
        positions = self.problem.frame.positions
        rooms = np.broadcast_to(self._base, (len(schedules), *self._base.shape[1:])).copy()
        if rooms.shape[1] == 1:  # no option differs: the option of the question gets an axis of its own
            rooms = np.repeat(rooms, len(self.problem.frame.options), axis=1)
        for draw, schedule in enumerate(schedules):
            for number, more in schedule:
                pair = self.pairs[number]
                place = positions["site"][pair.site], positions["test"][pair.test]
                rooms[(draw, self._row, *place)] += more
        samples = {self._rooms: self.problem.axes.placed(rooms, self._rooms.over)}
        results = evaluate(self.problem, self._lines.values(), samples)
        columns = {name: results.array(line)[:, self._row] for name, line in self._lines.items()}
        if OVER in self.measures:
            columns[OVER] = columns[SHARE] * columns[LIST]
        table = np.stack([np.broadcast_to(x, (len(schedules),)) for x in columns.values()], axis=1)
        self._known.update(zip(schedules, table, strict=True))
