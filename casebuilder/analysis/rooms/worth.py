"""What one room more or less of each test at each site is worth, and a schedule suggested under a limit.

What single rooms are worth does not add up: a second scanner finds fewer patients waiting. A suggestion is
therefore worked out as a whole at every step, and its result is that of the whole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.rooms.schedules import (
    AS_IT_IS,
    CAPITAL,
    LIST,
    SHARE,
    VALUE,
    RoomSchedules,
    Schedule,
)
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.problem import Problem

AWARD = "funding.award_year"
_PENNY = 0.01
_ROUNDS = 20
_DECIMALS = 9


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
    """What capital may come to, in cash with VAT, and whose word that is; no amount: no limit.

    `waits`: whether neither the list nor its share over six weeks may end above the case's own schedule.
    """

    amount: float | None
    of: str
    waits: bool = False


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
    steps
        How often single changes were worked out anew.
    settled
        Whether no further change of one room betters it; else the search stopped at its last step.
    """

    schedule: Schedule
    effects: dict[str, float | None]
    added_up: float
    steps: int
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
        The same, of those by which waits end no worse.
    refused
        Why there is none.
    """

    schedules: RoomSchedules
    changes: tuple[Change, ...]
    limit: Limit
    suggested: Suggested | None
    waits_kept: Suggested | None
    refused: str = ""


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
    start = _within(schedules, limit)
    if start is None:
        return Outcome(schedules, ordered, limit, None, None, _least(schedules))
    suggested, kept = suggest(schedules, limit, start), replace(limit, waits=True)
    if suggested.schedule and _fits(schedules, suggested.schedule, kept):
        return Outcome(schedules, ordered, limit, suggested, suggested)
    waits_kept = suggest(schedules, kept, start) if _fits(schedules, start, kept) else None
    return Outcome(schedules, ordered, limit, suggested, waits_kept)


def single_changes(schedules: RoomSchedules, base: Schedule) -> list[Schedule]:
    """Every schedule one room away from another, at most one room a pair away from the case's own.

    A schedule that gives a pair its own rooms back is there without that pair.
    """
    found: list[Schedule] = []
    own = dict(base)
    for pair, given in enumerate(schedules.pairs):
        for more in (1, -1):
            away = own.get(pair, 0) + more
            if abs(away) > 1 or given.rooms + away < 0:
                continue
            changed = {**own, pair: away}
            found.append(tuple(sorted((p, m) for p, m in changed.items() if m)))
    return found


def suggest(schedules: RoomSchedules, limit: Limit, start: Schedule) -> Suggested:
    """A schedule that no single change within the limit betters.

    Each step works every single change out from the schedule so far, lays the gainful ones one on the other
    (those that cost no capital first, then the most value a pound), works each of these out as a whole, and
    goes on from the best.
    """
    best, steps, settled = start, 0, False
    while steps < _ROUNDS and not settled:
        singles = single_changes(schedules, best)
        schedules.work_out(singles)
        steps += 1
        gainful = [each for each in singles if _gain(schedules, each, best) > _PENNY]
        fits = [each for each in gainful if _fits(schedules, each, limit)]
        pool = sorted(fits if limit.waits else gainful, key=lambda each: _order(schedules, each, best))
        piled = _piled(schedules, pool, best, limit)
        schedules.work_out(piled)
        ways = [*fits, *(each for each in piled if _fits(schedules, each, limit))]
        found = max(ways, key=lambda each: schedules.value(each, VALUE), default=best)
        settled = _gain(schedules, found, best) <= _PENNY
        best = best if settled else found
    alone = [((pair, more),) for pair, more in best]
    added = sum(_gain(schedules, each, AS_IT_IS) for each in alone)
    return Suggested(best, schedules.change(best), added, steps, settled)


def _gain(schedules: RoomSchedules, schedule: Schedule, before: Schedule) -> float:
    return schedules.value(schedule, VALUE) - schedules.value(before, VALUE)


def _cost(schedules: RoomSchedules, schedule: Schedule, before: Schedule) -> float:
    return schedules.value(schedule, CAPITAL) - schedules.value(before, CAPITAL)


def _fits(schedules: RoomSchedules, schedule: Schedule, limit: Limit) -> bool:
    """Whether a schedule keeps to a limit; waits that have no value are kept."""
    if limit.amount is not None and schedules.value(schedule, CAPITAL) > limit.amount:
        return False
    if not limit.waits:
        return True
    worse = [schedules.change(schedule).get(name) or 0.0 for name in (SHARE, LIST)]
    return all(round(each, _DECIMALS) <= 0 for each in worse)


def _order(schedules: RoomSchedules, schedule: Schedule, before: Schedule) -> tuple[bool, float]:
    """What costs no capital first by its gain, then the most gain a pound."""
    gain, cost = _gain(schedules, schedule, before), _cost(schedules, schedule, before)
    return (False, -gain) if cost <= 0 else (True, -gain / cost)


def _piled(
    schedules: RoomSchedules, singles: Sequence[Schedule], base: Schedule, limit: Limit
) -> list[Schedule]:
    """Single changes laid one on the other in their order, one a pair at most, while capital allows it."""
    found: list[Schedule] = []
    own, spent = dict(base), schedules.value(base, CAPITAL)
    touched: set[int] = set()
    for single in singles:
        (pair,) = {p for p, _ in set(single) ^ set(base)}
        cost = _cost(schedules, single, base)
        if pair in touched or (limit.amount is not None and spent + cost > limit.amount):
            continue
        touched.add(pair)
        spent += cost
        own[pair] = dict(single).get(pair, 0)
        found.append(tuple(sorted((p, m) for p, m in own.items() if m)))
    return found


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


def _within(schedules: RoomSchedules, limit: Limit) -> Schedule | None:
    """The case's schedule; where it is over the limit, with rooms taken away that lose least value a pound.

    None where even one room less of every pair is over it.
    """
    if _fits(schedules, AS_IT_IS, limit):
        return AS_IT_IS
    fewer = [each for each in single_changes(schedules, AS_IT_IS) if each[0][1] < 0]
    saving = [each for each in fewer if _cost(schedules, each, AS_IT_IS) < 0]
    saving.sort(key=lambda each: -_gain(schedules, each, AS_IT_IS) / -_cost(schedules, each, AS_IT_IS))
    piled = [tuple(sorted(each[0] for each in saving[:count])) for count in range(1, len(saving) + 1)]
    schedules.work_out(piled)
    return next((each for each in piled if _fits(schedules, each, limit)), None)


def _least(schedules: RoomSchedules) -> str:
    """The least capital that one room less of each pair comes to."""
    fewer = tuple((pair, -1) for pair, given in enumerate(schedules.pairs) if given.rooms > 0)
    least = schedules.value(fewer, CAPITAL)
    return f"one room less of every test at every site still costs £{least:,.0f}"
