"""Inputs ranked by what their range does to value, to the order of the options and to affordability.

One input at a time goes to the low and to the high end of its range, all its values together, and every
option is evaluated with it. An end at which a check fails that holds in the case is no case that could be
(shares that no longer add up), so that it counts for nothing and is named.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.ends import ENDS, HIGH, LOW, Varied, varied
from casebuilder.analysis.uncertainty.reach import Reach
from casebuilder.evaluate.axes import DRAW, Array
from casebuilder.evaluate.checks import FAIL
from casebuilder.evaluate.engine import Results, draws_at_a_time
from casebuilder.evaluate.headlines import headline_line
from casebuilder.inputs.files.scalars import shown
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.inputs.values import UNVERIFIED

VALUE, MARGIN = "npsv", "margin_to_the_best"
AFFORDABILITY = (
    "system_revenue_ask_steady_state",
    "surplus_steady_state",
    "surplus_worst_year",
    "capital_outturn",
    "capital_unfunded",
)
_DECIMALS = 9


@dataclass(frozen=True)
class End:
    """The option put forward with one input at one end of its range, or as the case has it.

    Attributes
    ----------
    figures
        Net present social value, how far it is above the best of the other options, and what it asks for;
        None where one has no value.
    first
        The option ranked first by net present social value; empty where one has none.
    breaks
        Checks that hold in the case and fail here.
    """

    figures: Mapping[str, float | None]
    first: str
    breaks: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it is a case that could be."""
        return not self.breaks


@dataclass(frozen=True)
class Ranked:
    """An input with its two ends.

    Attributes
    ----------
    key, label, unit
        The input's.
    state
        `unverified` where one of the values that vary is, else the state of the first of them.
    values, unverified
        How many of its values vary, and how many of these are unverified.
    amounts
        The value as the case has it, at the low and at the high end; empty where several values vary.
    low, high
        The two ends.
    effects
        For each figure the widest difference between the case and the ends that could be.
    changes_first
        Whether another option ranks first at an end that could be.
    decided
        Whether it is a decision: its range says what may be tried, and not what may come.
    """

    key: str
    label: str
    unit: str
    state: str
    values: int
    unverified: int
    amounts: tuple[float, ...]
    low: End
    high: End
    effects: Mapping[str, float]
    changes_first: bool
    decided: bool = False

    @property
    def ends(self) -> tuple[End, End]:
        """Both ends, the low one first."""
        return (self.low, self.high)

    @property
    def range(self) -> str:
        """The value and its ends, or how many values vary together."""
        if self.amounts:
            value, low, high = map(shown, self.amounts)
            return f"{value} ({low} to {high})"
        return f"{self.values:,} values"

    def either_way(self, base: End) -> int:
        """-1 where the value is lower than the case's at both ends, 1 where it is higher, 0 otherwise."""
        before, found = base.figures[VALUE], [end.figures[VALUE] for end in self.ends]
        if before is None or not all(end.stands for end in self.ends):
            return 0
        ways = {0 if value is None else _way(value, before) for value in found}
        return ways.pop() if len(ways) == 1 else 0

    def first_elsewhere(self, base: End) -> str:
        """Which option ranks first at an end that could be, where it is another than in the case."""
        changed = [
            f"{end.first} at {name}"
            for name, end in (("low", self.low), ("high", self.high))
            if end.stands and end.first and end.first != base.first
        ]
        return ", ".join(changed)


@dataclass(frozen=True)
class Ranking:
    """All inputs that vary, the largest effect on value first, decisions after what is uncertain.

    Attributes
    ----------
    option
        The option put forward, whose figures these are.
    base
        As the case has it.
    inputs
        In order of their effect on net present social value; those without any in the order of the model.
    without_range
        Unverified inputs that have no range, and why they are not ranked, by key.
    """

    option: str
    base: End
    inputs: tuple[Ranked, ...]
    without_range: Mapping[str, str] = field(default_factory=dict)

    @property
    def with_effect(self) -> list[Ranked]:
        """Those whose range does anything to any figure."""
        return [each for each in self.inputs if any(each.effects.values())]

    @property
    def uncertain(self) -> list[Ranked]:
        """Those with an effect that are no decisions."""
        return [each for each in self.with_effect if not each.decided]

    @property
    def decisions(self) -> list[Ranked]:
        """Those with an effect that somebody decides."""
        return [each for each in self.with_effect if each.decided]

    def leading(self, most: int) -> list[Ranked]:
        """The first of those that are uncertain and move net present social value."""
        return [each for each in self.uncertain if each.effects[VALUE] > 0][:most]

    @property
    def places(self) -> dict[str, int]:
        """The place of each in the order in which to replace them, from one, by key."""
        return {each.key: place for place, each in enumerate(self.to_replace, 1)}

    @property
    def to_replace(self) -> tuple[Ranked, ...]:
        """The unverified ones with an effect on value, in the order in which to replace them."""
        return tuple(each for each in self.inputs if each.state == UNVERIFIED and each.effects[VALUE] > 0)

    @property
    def share_unverified(self) -> float | None:
        """Of all effects on value of what is uncertain, added up, the share of unverified inputs, if any."""
        every = math.fsum(each.effects[VALUE] for each in self.uncertain)
        return math.fsum(each.effects[VALUE] for each in self.to_replace) / every if every > 0 else None


def rank_inputs(results: Results, tell: Tell = silent) -> Ranking | None:
    """Rank the inputs of a case.

    Parameters
    ----------
    results
        The values of every line.
    tell
        Told how many inputs are worked out, of how many.

    Returns
    -------
    Ranking | None
        None where the case has no net present social value, or a line of it has no value.
    """
    if not can_rank(results):
        return None
    inputs, without = varied(results.problem)
    ranker = _Ranker(results, tell, inputs)
    base, found = ranker.found()
    found.sort(key=lambda each: (each.decided, -each.effects[VALUE]))
    return Ranking(ranker.option, base, tuple(found), {each.item.key: each.why for each in without})


def move_each(results: Results, inputs: Sequence[Varied], tell: Tell = silent) -> list[Ranked]:
    """What some inputs, or some of their values, do at their ends, one at a time and in the order given.

    Parameters
    ----------
    results
        The values of every line, of a case that can be ranked.
    inputs
        What moves: one input may stand there more than once, each time with other values of it.
    tell
        Told how many are worked out, of how many.
    """
    return _Ranker(results, tell, inputs).found()[1]


def can_rank(results: Results) -> bool:
    """Whether a case has a net present social value, and every line of it a value."""
    return headline_line(results.problem, VALUE) is not None and not results.no_values


class _Ranker:
    """Works the ends out, some inputs at a time."""

    def __init__(self, results: Results, tell: Tell, inputs: Sequence[Varied]) -> None:
        self.results, self.problem, self.tell = results, results.problem, tell
        self.frame = self.problem.frame
        self.option = put_forward(self.frame)
        lines = {name: headline_line(self.problem, name) for name in (VALUE, *AFFORDABILITY)}
        self.lines: dict[str, Line] = {name: line for name, line in lines.items() if line is not None}
        self.checks = [check for check in self.problem.checks if check.level == FAIL]
        self.inputs = inputs
        wanted = [*self.lines.values(), *self.checks]
        self.reach = Reach(results, wanted, [each.item for each in self.inputs])
        self.failing = {check.key: self._breaches(results, check, 1)[0] for check in self.checks}

    def found(self) -> tuple[End, list[Ranked]]:
        """The case as it is, and what each input does, in the order given."""
        base = self._end(self._table(self.results, 1)[0], ())
        none = len(self.problem.steps)
        first = [self.reach.first(each.item) for each in self.inputs]
        live = [place for place in range(len(first)) if first[place] < none]
        live.sort(key=lambda place: -first[place])
        ends: dict[int, tuple[End, End]] = {}
        size = draws_at_a_time(self.problem) // len(ENDS)  # each input at both ends
        for start in range(0, len(live), size):
            self.tell(start, len(live))
            batch = live[start : start + size]
            ends.update(zip(batch, self._batch([self.inputs[place] for place in batch]), strict=True))
        return base, [
            self._ranked(each, base, ends.get(place, (base, base))) for place, each in enumerate(self.inputs)
        ]

    def _batch(self, inputs: Sequence[Varied]) -> list[tuple[End, End]]:
        draws = len(ENDS) * len(inputs)
        samples: dict[Input, Array] = {}
        for place, each in enumerate(inputs):
            self._sample(samples, each, place, draws)
        results = self.reach.evaluate(samples)
        table = self._table(results, draws)
        broken: list[list[str]] = [[] for _ in range(draws)]
        for check in self.checks:
            breaches, before = self._breaches(results, check, draws), self.failing[check.key]
            for draw in np.flatnonzero(~(breaches <= before)):  # what has no value does not hold either
                broken[draw].append(check.key)
        found = []
        for place in range(len(inputs)):
            low, high = (
                self._end(table[draw], tuple(broken[draw]))
                for draw in (len(ENDS) * place + LOW, len(ENDS) * place + HIGH)
            )
            found.append((low, high))
        return found

    def _sample(self, samples: dict[Input, Array], each: Varied, place: int, draws: int) -> None:
        """An input as the case has it in every draw but those in which it moves."""
        axes = self.problem.axes
        if each.item not in samples:
            samples[each.item] = np.repeat(self.problem.input_arrays[each.item], draws, axis=DRAW)
        for end in ENDS:
            samples[each.item][len(ENDS) * place + end] = axes.input_array(each.ends[end])[0]

    def _table(self, results: Results, draws: int) -> Array:
        """The figures by draw, option and name."""
        options = len(self.frame.options)
        columns = [np.broadcast_to(results.array(line), (draws, options)) for line in self.lines.values()]
        return np.stack(columns, axis=2)

    def _breaches(self, results: Results, check: Check, draws: int) -> Array:
        """How often a check is breached in all options together, by draw."""
        axes = self.problem.axes
        existing = axes.existing(axes.widen(results.arrays[check], check.over), check.over)
        per_option = existing.reshape(*existing.shape[:2], -1).sum(axis=2)
        counted = np.broadcast_to(per_option, (per_option.shape[0], len(self.frame.options))).sum(axis=1)
        return np.broadcast_to(np.round(counted, _DECIMALS), (draws,))

    def _end(self, table: Array, breaks: tuple[str, ...]) -> End:
        """One draw as it is told: `table` by option and figure."""
        row = self.frame.option_ids.index(self.option)
        figures = {
            name: float(x) if math.isfinite(x) else None
            for name, x in zip(self.lines, table[row], strict=True)
        }
        values = table[:, list(self.lines).index(VALUE)]
        figures[MARGIN] = None
        if not np.isfinite(values).all():
            return End(figures, "", breaks)
        if len(values) > 1:
            figures[MARGIN] = float(values[row] - np.delete(values, row).max())
        return End(figures, self.frame.option_ids[int(values.argmax())], breaks)

    def _ranked(self, each: Varied, base: End, ends: tuple[End, End]) -> Ranked:
        stand = [base, *(end for end in ends if end.stands)]
        effects = {name: _widest([end.figures[name] for end in stand]) for name in base.figures}
        changes = any(end.first != base.first for end in stand)
        item = each.item
        told = (item.key, item.label, item.unit, each.state, each.values, each.unverified, each.amounts)
        return Ranked(*told, *ends, effects, changes, each.decided)


def _widest(values: Sequence[float | None]) -> float:
    """The widest difference among some values; those that are none are passed over."""
    known = [value for value in values if value is not None]
    apart = max(known) - min(known) if known else 0.0
    return apart if round(apart, _DECIMALS) > 0 else 0.0


def _way(value: float, before: float) -> int:
    """Whether a value is more or less than another by a pound or more."""
    return 0 if abs(value - before) < 1 else 1 if value > before else -1
