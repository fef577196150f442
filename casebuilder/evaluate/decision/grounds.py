"""How the option put forward stands: its rank, its criteria and reasons by option, its need and its award."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebuilder.algebra.terms import Line
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.inputs.values import Decision, Shown

NEED, AWARD = "capital_outturn", "funding.award_year"
DECIMALS = 9


@dataclass(frozen=True)
class Ground:
    """A criterion or a reason with the value of its line in every option; None where there is none.

    `line` is None where the case has not that line.
    """

    shown: Shown
    line: Line | None
    values: Mapping[str, float | None]

    def better(self, option: str, other: str) -> bool | None:
        """Whether an option is better in it than another; None where either has no value."""
        own, rest = self.values[option], self.values[other]
        if own is None or rest is None:
            return None
        apart = round(own - rest, DECIMALS)
        return apart > 0 if self.shown.more else apart < 0

    def points(self) -> dict[str, float | None]:
        """From 0 for the worst option to 1 for the best, in proportion; 0 where all are alike.

        With a scale of the criterion's own, from 0 at its worse end to 1 at its better, and no more beyond.
        """
        known = [value for value in self.values.values() if value is not None]
        least, most = self.shown.scale or (min(known, default=0.0), max(known, default=0.0))
        apart = most - least

        def point(value: float | None) -> float | None:
            if value is None:
                return None
            if round(apart, DECIMALS) <= 0:
                return 0.0
            part = (value - least) / apart if self.shown.more else (most - value) / apart
            return min(1.0, max(0.0, part))

        return {option: point(value) for option, value in self.values.items()}


@dataclass(frozen=True)
class Grounds:
    """What the decision rests on.

    Attributes
    ----------
    option, first
        The option put forward, and the one that ranks first by net present social value; `first` is empty
        where there is no ranking.
    rank
        The place of the option put forward; None where there is none.
    decision
        What decision.yaml says.
    criteria, reasons
        With the values of their lines.
    need, award
        What the option put forward needs, capital built up with VAT, and what is awarded to it; None where
        the case has no such line.
    """

    option: str
    first: str
    rank: int | None
    decision: Decision
    criteria: tuple[Ground, ...]
    reasons: tuple[Ground, ...]
    need: float | None
    award: float | None

    @property
    def ranks_first(self) -> bool:
        """Whether no option is worth more."""
        return self.rank == 1

    @property
    def wanting(self) -> bool:
        """Whether reasons are required and none is given that its line shows."""
        held = any(ground.better(self.option, self.first) for ground in self.reasons)
        return self.rank is not None and not self.ranks_first and not held

    @property
    def not_shown(self) -> int | None:
        """How many reasons their line does not show, or are drafts that nobody has made theirs.

        None where that is not known; 0 where no reasons are required.
        """
        if self.rank is None or self.ranks_first:
            return 0
        found = [ground.better(self.option, self.first) for ground in self.reasons]
        if None in found:
            return None
        held = zip(self.reasons, found, strict=True)
        return sum(ground.shown.draft or not each for ground, each in held)

    @property
    def scores(self) -> dict[str, float | None]:
        """The weighted points of each option; None where a criterion has no value in it."""
        if not self.criteria:
            return {}
        points = [(ground.shown.weight, ground.points()) for ground in self.criteria]
        found: dict[str, float | None] = {}
        for option in points[0][1]:
            own = [(weight, of[option]) for weight, of in points]
            known = [weight * point for weight, point in own if point is not None]
            found[option] = math.fsum(known) if len(known) == len(own) else None
        return found

    @property
    def first_by_points(self) -> str:
        """The option of most weighted points, where it has more than the one put forward; else empty."""
        known = {option: score for option, score in self.scores.items() if score is not None}
        own = known.get(self.option)
        best = max(known, key=lambda option: known[option], default="")
        return best if own is not None and round(known[best] - own, DECIMALS) > 0 else ""


def grounds(results: Results, found: Mapping[str, OptionResult]) -> Grounds:
    """How the option put forward of a case stands.

    Parameters
    ----------
    results
        The values of every line.
    found
        The headlines of every option.
    """
    problem = results.problem
    option, decision = put_forward(problem.frame), problem.inputs.decision
    first = next((name for name, own in found.items() if own.rank == 1), "")
    rank = found[option].rank if first else None
    return Grounds(
        option,
        first,
        rank,
        decision,
        _grounds(results, decision.criteria),
        _grounds(results, decision.reasons),
        found[option].headlines[NEED],
        _award(results, option),
    )


def _grounds(results: Results, all_shown: Sequence[Shown]) -> tuple[Ground, ...]:
    problem = results.problem
    options = problem.frame.option_ids
    made: list[Ground] = []
    for shown in all_shown:
        line = problem.by_key.get(shown.line)
        members = [shown.at[dimension] for dimension in line.over] if line is not None else []
        values = {
            option: None if line is None else results.value(shown.line, option, members) for option in options
        }
        made.append(Ground(shown, line, values))
    return tuple(made)


def _award(results: Results, option: str) -> float | None:
    """What is awarded to an option from all funds in all years."""
    line = results.problem.by_key.get(AWARD)
    if line is None:
        return None
    row = results.problem.frame.option_ids.index(option)
    value = float(results.array(line)[0, row].sum())
    return value if math.isfinite(value) else None
