"""What one room more or less of each test at each site is worth, and a schedule suggested under a limit."""

from __future__ import annotations

import math
from dataclasses import dataclass

from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.rooms.schedules import AS_IT_IS, CAPITAL, LIST, OVER, VALUE, RoomSchedules, Schedule
from casebuilder.analysis.rooms.search import Seen, look, single_changes
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.problem import Problem

AWARD = "funding.award_year"
# Where hospitals lose staff to centres: what lengthens lists with a room more.
FROM_MEMBERS = "hospital_staff.from_members"
_A_PERSON = 0.5


@dataclass(frozen=True)
class Change:
    """One room more or less of a pair, and what that changes by measure; None where there is no value."""

    pair: int
    more: int
    effects: dict[str, float | None]

    @property
    def value(self) -> float:
        """What it adds to net present social value."""
        found = self.effects[VALUE]
        return -math.inf if found is None else found


@dataclass(frozen=True)
class Limit:
    """What capital may come to, in cash with VAT, and whose word that is; no amount: no limit."""

    amount: float | None
    of: str


@dataclass(frozen=True)
class Suggested:
    """A schedule suggested.

    Attributes
    ----------
    schedule
        What it changes.
    effects
        What the whole of it changes, by measure.
    added_up
        What its single changes add to value, each by itself and added up: not what the whole adds.
    settled
        Whether the search looked on from it: no change of one room within the limit betters it. Else it
        stopped before.
    """

    schedule: Schedule
    effects: dict[str, float | None]
    added_up: float
    settled: bool


@dataclass(frozen=True)
class Outcome:
    """All that is told.

    Attributes
    ----------
    changes
        Every single change, the most valued first.
    suggested
        The schedule of most value that was found; None where none keeps to the limit.
    waits_kept
        The same, of those by which waits end no worse; None where there is none.
    refused
        Why there is none.
    """

    schedules: RoomSchedules
    changes: tuple[Change, ...]
    limit: Limit
    suggested: Suggested | None
    waits_kept: Suggested | None
    refused: str = ""

    @property
    def hospitals_lose_staff(self) -> bool:
        """Whether a room more leaves more people waiting: by the staff that it draws from hospitals."""
        problem = self.schedules.problem
        drawn = problem.inputs_by_key.get(FROM_MEMBERS)
        if drawn is None or not (problem.axes.input_array(problem.values[drawn]) > 0).any():
            return False
        more = [each.effects for each in self.changes if each.more > 0]
        return any((each.get(name) or 0) > _A_PERSON for each in more for name in (LIST, OVER))


def rooms_worth(problem: Problem, option: str, capital: float | None = None, tell: Tell = silent) -> Outcome:
    """Work out every single change, and suggest a schedule.

    Parameters
    ----------
    problem
        The case.
    option
        The option whose rooms change.
    capital
        The limit of capital; by default what the case's awards come to.
    tell
        Told how many schedules are worked out, of how many.

    Raises
    ------
    CaseError
        The case has no rooms, or the option takes no site in.
    """
    schedules = RoomSchedules(problem, option, tell)
    singles = single_changes(schedules, AS_IT_IS)
    schedules.work_out([AS_IT_IS, *singles])
    if math.isnan(schedules.value(AS_IT_IS, VALUE)):
        raise CaseError(f"option '{option}' has no net present social value; casebuilder check says why")
    changes = [Change(*single[0], schedules.change(single)) for single in singles]
    ordered = tuple(sorted(changes, key=lambda each: -each.value))
    limit = _limit(schedules, capital)
    seen = look(schedules)
    best = seen.best(limit.amount)
    if best is None:
        return Outcome(schedules, ordered, limit, None, None, _least(schedules))
    kept = seen.best(limit.amount, waits_kept=True)
    return Outcome(
        schedules,
        ordered,
        limit,
        _suggested(seen, best),
        None if kept is None else _suggested(seen, kept),
    )


def _suggested(seen: Seen, best: Schedule) -> Suggested:
    schedules = seen.schedules
    alone = [((pair, more),) for pair, more in best]
    schedules.work_out(alone)
    own = schedules.value(AS_IT_IS, VALUE)
    added = sum(schedules.value(each, VALUE) - own for each in alone)
    return Suggested(best, schedules.change(best), added, best in seen.looked_on)


def _limit(schedules: RoomSchedules, capital: float | None) -> Limit:
    """The amount given, or what the awards of all funds and years come to; none where nothing is awarded."""
    if capital is not None:
        return Limit(capital, "--capital")
    problem = schedules.problem
    line = problem.by_key.get(AWARD)
    if line is None:
        return Limit(None, "")
    row = problem.frame.option_ids.index(schedules.option)
    awarded = float(evaluate(problem, [line]).array(line)[0, row].sum())
    return Limit(awarded, "the award") if awarded > 0 else Limit(None, "")


def _least(schedules: RoomSchedules) -> str:
    """The least capital that one room less of each pair comes to."""
    fewer = tuple((pair, -1) for pair, given in enumerate(schedules.pairs) if given.rooms > 0)
    least = schedules.value(fewer, CAPITAL)
    return f"one room less of every test at every site still costs £{least:,.0f}"
