"""A search among schedules of rooms that no limit changes, so that a looser limit is never worse.

What single rooms are worth does not add up: a second scanner finds fewer patients waiting. Every schedule is
therefore worked out as a whole. The front is what nobody would pass over: schedules of more value than any
that was seen at no more capital. The search looks on from schedules of the front, and a limit of capital
takes the best of all that was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from casebuilder.analysis.rooms.choices import AWAY, LEAST_GAIN, LOOKED_ON, TOLERANCE, choices
from casebuilder.analysis.rooms.schedules import AS_IT_IS, CAPITAL, LIST, OVER, VALUE, RoomSchedules, Schedule

# What is no one waiting, to the last digits.
_NOUGHT = 1e-9


@dataclass
class Seen:
    """The schedules that a search has seen.

    Attributes
    ----------
    schedules
        What works them out.
    every
        All that were seen, in their order.
    looked_on
        Those of which every single change was seen too.
    """

    schedules: RoomSchedules
    every: dict[Schedule, None] = field(default_factory=dict)
    looked_on: set[Schedule] = field(default_factory=set)

    def add(self, more: Iterable[Schedule]) -> None:
        """Work some out, and keep them in mind."""
        found = list(more)
        self.schedules.work_out(found)
        self.every.update(dict.fromkeys(found))

    def front(self, *, waits_kept: bool = False) -> list[Schedule]:
        """The schedules of more value than any at no more capital, the least capital first.

        Parameters
        ----------
        waits_kept
            Only of those by which waits end no worse.
        """
        value, capital = self._of(VALUE), self._of(CAPITAL)
        among = [each for each in self.every if not waits_kept or keeps_waits(self.schedules, each)]
        found: list[Schedule] = []
        for each in sorted(among, key=lambda each: (capital(each), -value(each))):
            if not found or value(each) > value(found[-1]) + choices()[LEAST_GAIN]:
                found.append(each)
        return found

    def best(self, amount: float | None, *, waits_kept: bool = False) -> Schedule | None:
        """The schedule of most value at no more capital than an amount; None where all cost more."""
        capital = self._of(CAPITAL)
        within = [e for e in self.front(waits_kept=waits_kept) if amount is None or capital(e) <= amount]
        return within[-1] if within else None

    def _of(self, measure: str) -> Callable[[Schedule], float]:
        return lambda schedule: self.schedules.value(schedule, measure)


def look(schedules: RoomSchedules) -> Seen:
    """Look among schedules: for value first, then for value with waits no worse.

    The search starts with the case's own schedule, and with what saves capital taken from it one after the
    other, the least value lost a pound first: a limit below what the case costs needs that.
    """
    seen = Seen(schedules)
    seen.add([AS_IT_IS, *single_changes(schedules, AS_IT_IS)])
    seen.add(_fewer(schedules, AS_IT_IS))
    for waits_kept in (False, True):
        for _ in range(int(choices()[LOOKED_ON])):
            base = _next(seen, waits_kept)
            if base is None:
                break
            _look_on(seen, base, waits_kept)
    return seen


def single_changes(schedules: RoomSchedules, base: Schedule) -> list[Schedule]:
    """Every schedule one room away from another, and so far from the case's own as is allowed.

    A schedule that gives a pair its own rooms back is there without that pair.
    """
    found: list[Schedule] = []
    own = dict(base)
    for pair, given in enumerate(schedules.pairs):
        for more in (1, -1):
            away = own.get(pair, 0) + more
            if abs(away) > choices()[AWAY] or given.rooms + away < 0:
                continue
            found.append(_schedule({**own, pair: away}))
    return found


def keeps_waits(schedules: RoomSchedules, schedule: Schedule) -> bool:
    """Whether list and people over six weeks end no higher than as it is, to the tolerance; none is kept."""
    if LIST not in schedules.measures:
        return True
    allowed = choices()[TOLERANCE] * schedules.value(AS_IT_IS, LIST) + _NOUGHT
    change = schedules.change(schedule)
    return all((change.get(name) or 0.0) <= allowed for name in (LIST, OVER))


def _schedule(rooms: dict[int, int]) -> Schedule:
    return tuple(sorted((pair, more) for pair, more in rooms.items() if more))


def _next(seen: Seen, waits_kept: bool) -> Schedule | None:
    """What to look on from: the most valued, then what is furthest in capital from all looked on from."""
    front = seen.front(waits_kept=waits_kept)
    left = [each for each in front if each not in seen.looked_on]
    if not left:
        return None
    if front[-1] in left:
        return front[-1]
    capital = {each: seen.schedules.value(each, CAPITAL) for each in (*left, *seen.looked_on)}
    return max(left, key=lambda each: min(abs(capital[each] - capital[done]) for done in seen.looked_on))


def _look_on(seen: Seen, base: Schedule, waits_kept: bool) -> None:
    """See every single change, and the gainful ones laid one on the other.

    Those that cost no capital come first, then the most value a pound. Where none bettered the schedule, what
    saves capital is taken from it, for limits below it.
    """
    schedules = seen.schedules
    singles = single_changes(schedules, base)
    seen.add(singles)
    seen.looked_on.add(base)
    gainful = [each for each in singles if _gain(schedules, each, base) > choices()[LEAST_GAIN]]
    if waits_kept:
        gainful = [each for each in gainful if keeps_waits(schedules, each)]
    seen.add(_piled(_in_order(schedules, gainful, base), base))
    if base in seen.front(waits_kept=waits_kept):
        seen.add(_fewer(schedules, base))


def _in_order(schedules: RoomSchedules, singles: Iterable[Schedule], base: Schedule) -> list[Schedule]:
    """Single changes of a schedule: what costs no capital by its gain, then the most gain a pound."""

    def order(each: Schedule) -> tuple[bool, float]:
        gain, cost = _gain(schedules, each, base), _cost(schedules, each, base)
        return (False, -gain) if cost <= 0 else (True, -gain / cost)

    return sorted(singles, key=order)


def _gain(schedules: RoomSchedules, schedule: Schedule, before: Schedule) -> float:
    return schedules.value(schedule, VALUE) - schedules.value(before, VALUE)


def _cost(schedules: RoomSchedules, schedule: Schedule, before: Schedule) -> float:
    return schedules.value(schedule, CAPITAL) - schedules.value(before, CAPITAL)


def _piled(singles: Sequence[Schedule], base: Schedule) -> list[Schedule]:
    """Single changes laid one on the other in their order, one a pair at most."""
    found: list[Schedule] = []
    own = dict(base)
    touched: set[int] = set()
    for single in singles:
        (pair,) = {p for p, _ in set(single) ^ set(base)}
        if pair not in touched:
            touched.add(pair)
            own[pair] = dict(single).get(pair, 0)
            found.append(_schedule(own))
    return found


def _fewer(schedules: RoomSchedules, base: Schedule) -> list[Schedule]:
    """A schedule with capital saved by one change after the other, the least value lost a pound first."""
    saving = [each for each in single_changes(schedules, base) if _cost(schedules, each, base) < 0]
    saving.sort(key=lambda each: -_gain(schedules, each, base) / -_cost(schedules, each, base))
    return _piled(saving, base)
