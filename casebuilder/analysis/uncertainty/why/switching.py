"""Switching values: how far one input must move by itself for a figure to reach its limit.

Every input that can move goes to a few places on its path. Between the two nearest to the case at which the
figure stands on either side of the limit, the place is found by false position, all inputs at a time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.ends import sets
from casebuilder.analysis.uncertainty.why.moved import Moves, Put
from casebuilder.analysis.uncertainty.why.paths import ALONG, Path, paths
from casebuilder.analysis.uncertainty.why.targets import Target, lines_of
from casebuilder.analysis.uncertainty.worded import told
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.engine import Results

# Where an input is looked at first: in steps of its range, or of its value, as far as its path goes.
_LOOKED_AT = (-3.0, -1.0, -0.3, 0.3, 1.0, 3.0)
_ROUNDS = 80
_NEAR = 1e-9
_WIDTH = 1e-11


@dataclass(frozen=True)
class Switch:
    """Where an input brings a figure to its limit.

    Attributes
    ----------
    target
        The figure and its limit.
    path
        How the input moves.
    position
        Where on its path, 0 being the case; None where no place on it does.
    gap
        How far the figure is from its limit there.
    jumps
        Whether the figure jumps over its limit rather than meeting it: what stands is the first place beyond.
    breaks
        Checks that hold in the case and fail there: no case that could be.
    refused
        Whether reading a case would refuse the values: rows of them would no longer rise, say.
    """

    target: Target
    path: Path
    position: float | None
    gap: float = math.nan
    jumps: bool = False
    breaks: tuple[str, ...] = ()
    refused: bool = False

    @property
    def found(self) -> bool:
        """Whether there is such a place, of a case that could be."""
        return self.position is not None and not self.breaks and not self.refused

    @property
    def sets(self) -> list[str]:
        """The values as `--set` takes them."""
        if self.position is None:
            return []
        return sets(self.path.given, self.path.at(self.position))

    @property
    def within_range(self) -> bool:
        """Whether every value stands within its range there."""
        return self.found and self.path.how == ALONG and abs(self.position or 0.0) <= 1.0

    @property
    def told(self) -> str:
        """The place in words, or why there is none."""
        option = self.target.option
        if self.position is None:
            low, high = self.path.ends
            return f"none from {told(self.path, low, option)}" if low == high else "none within its bounds"
        if self.refused:
            return "its values would be refused there"
        if self.breaks:
            return f"no case there: {self.breaks[0]} fails"
        return told(self.path, self.position, option)


def switching_values(
    results: Results,
    wanted: Sequence[Target],
    keys: Sequence[str] | None = None,
    tell: Tell = silent,
) -> dict[Target, list[Switch]]:
    """The switching value of every input that moves a figure, those with a range and the nearest first.

    Parameters
    ----------
    results
        Of the case as it is, every line among them.
    wanted
        The figures and their limits.
    keys
        The inputs that move; by default all that can.
    tell
        Told how many places are worked out, of how many are known to be.
    """
    search = _Search(results, wanted, keys, tell)
    found = search.found()
    return {
        target: sorted(
            found[target],
            key=lambda each: (
                not each.found,
                each.position is None,
                each.path.how != ALONG,
                abs(each.position or 0.0),
            ),
        )
        for target in wanted
    }


@dataclass
class _Bracket:
    """Two places on a path between which a figure crosses its limit, the first on the side of the case."""

    path: Path
    target: Target
    near: float
    far: float
    near_gap: float
    far_gap: float
    scale: float
    near_weight: float = 1.0
    far_weight: float = 1.0
    kept: int = 0

    def next(self, rounds: int) -> float:
        """Where to look: by false position, or half-way where that has gone slowly."""
        middle = (self.near + self.far) / 2
        if rounds % 3 == 2 or not (math.isfinite(self.near_gap) and math.isfinite(self.far_gap)):
            return middle
        near, far = self.near_gap * self.near_weight, self.far_gap * self.far_weight
        if near == far:
            return middle
        place = self.near - near * (self.far - self.near) / (far - near)
        least, most = sorted((self.near, self.far))
        return place if least < place < most else middle

    def take(self, place: float, gap: float, side: bool) -> None:
        """Narrow it by what was found at a place; `side` is whether the case keeps the limit."""
        if math.isfinite(gap) and (gap >= 0) == side:
            self.near, self.near_gap, self.near_weight = place, gap, 1.0
            self.far_weight = self.far_weight / 2 if self.kept > 0 else 1.0
            self.kept = max(self.kept, 0) + 1
        else:
            self.far, self.far_gap, self.far_weight = place, gap, 1.0
            self.near_weight = self.near_weight / 2 if self.kept < 0 else 1.0
            self.kept = min(self.kept, 0) - 1

    @property
    def narrow(self) -> bool:
        """Whether its ends are as near as their digits tell apart."""
        return abs(self.far - self.near) <= _WIDTH * max(1.0, abs(self.far))

    def met(self) -> float | None:
        """The end at which the figure meets its limit to rounding; exactly at it, it may have been before."""
        for place, gap in ((self.far, self.far_gap), (self.near, self.near_gap)):
            if place and 0 < abs(gap) <= _NEAR * self.scale:
                return place
        return None


class _Search:
    """Looks for all switching values of a case."""

    def __init__(
        self, results: Results, wanted: Sequence[Target], keys: Sequence[str] | None, tell: Tell
    ) -> None:
        self.results, self.problem, self.wanted, self.tell = results, results.problem, wanted, tell
        self.lines = lines_of(self.problem, wanted)
        every = [path for path in paths(self.problem) if keys is None or path.item.key in keys]
        self.moves = Moves(results, list(self.lines.values()), [path.item for path in every])
        self.paths = [path for path in every if self.moves.reaches(path.item)]
        as_is = self.moves.as_is()[None]
        self.now = {target: float(self._gaps(target, as_is)[0]) for target in wanted}

    def found(self) -> dict[Target, list[Switch]]:
        """By target, a switch of every input that moves its figure anywhere on its path."""
        brackets, still = self._bracketed()
        answers: dict[tuple[int, Target], _Bracket] = {}
        solved = self._narrowed(brackets)
        answers = {(id(each.path), each.target): each for each in solved}
        switches: dict[Target, list[Switch]] = {target: [] for target in self.wanted}
        for path, target in still:
            bracket = answers.get((id(path), target))
            switches[target].append(Switch(target, path, None) if bracket is None else self._switch(bracket))
        return self._checked(switches)

    def _gaps(self, target: Target, table: Array) -> Array:
        return target.gaps(table, self.problem, list(self.lines))

    def _bracketed(self) -> tuple[list[_Bracket], list[tuple[Path, Target]]]:
        """The nearest crossing of each input and target, and all pairs in which the figure moves at all."""
        places = [sorted(_places(path)) for path in self.paths]
        puts = [
            Put(path.item, path.array(place))
            for path, own in zip(self.paths, places, strict=True)
            for place in own
        ]
        table = self.moves.table(puts, self.tell)
        gaps = {target: self._gaps(target, table) for target in self.wanted}
        brackets: list[_Bracket] = []
        moving: list[tuple[Path, Target]] = []
        start = 0
        for path, own in zip(self.paths, places, strict=True):
            for target in self.wanted:
                now = self.now[target]
                there = gaps[target][start : start + len(own)]
                scale = max(abs(now), abs(target.limit), _NEAR)
                if not math.isfinite(now) or not (np.abs(there - now) > 1e-12 * scale).any():
                    continue
                moving.append((path, target))
                bracket = _nearest(path, target, own, there, now, scale)
                if bracket is not None:
                    brackets.append(bracket)
            start += len(own)
        return brackets, moving

    def _narrowed(self, brackets: list[_Bracket]) -> list[_Bracket]:
        """Every bracket narrowed until its figure meets the limit, or jumps over it."""
        open_ = list(brackets)
        for rounds in range(_ROUNDS):
            open_ = [each for each in open_ if each.met() is None and not each.narrow]
            if not open_:
                break
            places = [each.next(rounds) for each in open_]
            puts = [
                Put(each.path.item, each.path.array(place)) for each, place in zip(open_, places, strict=True)
            ]
            table = self.moves.table(puts, self.tell)
            for number, (each, place) in enumerate(zip(open_, places, strict=True)):
                gap = float(self._gaps(each.target, table[number : number + 1])[0])
                each.take(place, gap, side=self.now[each.target] >= 0)
        return brackets

    def _switch(self, bracket: _Bracket) -> Switch:
        """The place found: where the figure meets its limit, or the first beyond a jump."""
        met = bracket.met()
        return Switch(bracket.target, bracket.path, bracket.far if met is None else met)

    def _checked(self, switches: Mapping[Target, list[Switch]]) -> dict[Target, list[Switch]]:
        """Each place looked at as a case would have it: its figure, and the checks that fail there."""
        placed = [each for own in switches.values() for each in own if each.position is not None]
        items = list({each.path.item.key: each.path.item for each in placed}.values())
        moves = Moves(self.results, list(self.lines.values()), items, checked=True)
        axes = self.problem.axes
        puts = [Put(each.path.item, axes.input_array(each.path.at(each.position or 0.0))) for each in placed]
        table, broken = moves.figures(puts, self.tell)
        made: dict[int, Switch] = {}
        for number, each in enumerate(placed):
            gap = float(self._gaps(each.target, table[number : number + 1])[0])
            scale = max(abs(self.now[each.target]), abs(each.target.limit), _NEAR)
            assert each.position is not None
            made[id(each)] = Switch(
                each.target,
                each.path,
                each.position,
                gap,
                jumps=not abs(gap) <= 1e-6 * scale,
                breaks=broken[number],
                refused=not each.path.allowed(each.position),
            )
        return {target: [made.get(id(each), each) for each in own] for target, own in switches.items()}


def _places(path: Path) -> set[float]:
    """Where an input is looked at first."""
    low, high = path.ends
    found = {place for place in _LOOKED_AT if low < place < high}
    return {place for place in (*found, low, high) if place}


def _nearest(
    path: Path, target: Target, places: Sequence[float], gaps: Array, now: float, scale: float
) -> _Bracket | None:
    """The crossing nearest to the case, upwards and downwards; of two the nearer."""
    side = now >= 0
    found: list[_Bracket] = []
    for direction in (1, -1):
        before, before_gap = 0.0, now
        way = sorted((place for place in places if place * direction > 0), key=abs)
        for place in way:
            gap = float(gaps[places.index(place)])
            if not math.isfinite(gap):
                continue
            if (gap >= 0) != side:
                found.append(_Bracket(path, target, before, place, before_gap, gap, scale))
                break
            before, before_gap = place, gap
    return min(found, key=lambda each: abs(each.far), default=None)
