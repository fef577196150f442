"""What each stress does to value, affordability and the standard, and what its mitigation leaves of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebuilder.analysis.uncertainty.why.laid import laid
from casebuilder.analysis.uncertainty.why.questions import more_is_better
from casebuilder.analysis.uncertainty.why.stresses import Stress, stresses
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import RANKED_BY, headline_line
from casebuilder.inputs.edits import Edit

# No change is so small a part of a figure, or so little of a pound or a share that no page shows it.
_PART, _LITTLE = 1e-9, 5e-4


@dataclass(frozen=True)
class Effect:
    """A figure in the case, under a stress, and with its mitigation as well; None where it is empty."""

    case: float | None
    stressed: float | None
    mitigated: float | None

    @property
    def change(self) -> float | None:
        """What the stress moves the figure by."""
        return _less(self.stressed, self.case)

    @property
    def mitigation(self) -> float | None:
        """What the mitigation moves it by, from the stress; nought where only last digits differ."""
        if self.stressed is None or self.mitigated is None:
            return None if self.stressed is self.mitigated else math.nan
        return _told(self.mitigated - self.stressed, self.stressed)

    @property
    def residual(self) -> float | None:
        """What remains of that after the mitigation."""
        return _less(self.mitigated, self.case)


@dataclass(frozen=True)
class Stressed:
    """A stress with what it does.

    Attributes
    ----------
    stress
        The stress; it may be one that the case cannot express.
    effects
        By figure, of the option looked at.
    first
        The option that ranks first under it; empty where none does.
    """

    stress: Stress
    effects: Mapping[str, Effect]
    first: str = ""

    @property
    def moves(self) -> bool:
        """Whether any figure moves."""
        return any(effect.change is None or effect.change for effect in self.effects.values())

    @property
    def unmitigated(self) -> str:
        """Why nothing is mitigated: no value changes, or none that moves a figure; empty where one does."""
        if not self.stress.mitigated or any(each.mitigation for each in self.effects.values()):
            return self.stress.unmitigated
        keys = dict.fromkeys(e.key for e in self.stress.mitigated if e not in self.stress.edits)
        return f"{' and '.join(keys)} {'moves' if len(keys) == 1 else 'move'} none of these figures"

    @property
    def worse(self) -> tuple[str, ...]:
        """The figures that the mitigation leaves worse than the stress by itself."""
        return tuple(
            name
            for name, effect in self.effects.items()
            if (moved := effect.mitigation) and math.isfinite(moved) and (moved < 0) == more_is_better(name)
        )


@dataclass(frozen=True)
class EitherWay:
    """Two opposite stresses that move some figures to the same side of the case.

    Attributes
    ----------
    one, other
        The stresses.
    worse, better
        The figures that are worse in both, and better in both.
    """

    one: Stressed
    other: Stressed
    worse: tuple[str, ...]
    better: tuple[str, ...]


def stressed(results: Results, option: str, figures: Sequence[str]) -> list[Stressed]:
    """Every stress worked out on the case, in the order of the template.

    Parameters
    ----------
    results
        The values of every line of the case.
    option
        The option whose figures are read.
    figures
        Headlines; those that the case has not are left out.
    """
    problem = results.problem
    wanted = dict.fromkeys((RANKED_BY, *figures))
    lines = {name: line for name in wanted if (line := headline_line(problem, name)) is not None}
    every = stresses(results)
    worked = laid(
        problem,
        [(), *(edits for stress in every for edits in (stress.edits, stress.mitigated or stress.edits))],
        lines.values(),
    )
    options = problem.frame.option_ids
    row = options.index(option)
    arrays = {name: worked.array(line) for name, line in lines.items()}

    def read(name: str, draw: int) -> float | None:
        values = arrays[name]
        value = float(values[min(draw, len(values) - 1), row])
        return value if math.isfinite(value) else None

    found = []
    for place, stress in enumerate(every):
        if stress.cannot:
            found.append(Stressed(stress, {}))
            continue
        draw = 1 + 2 * place
        effects = {
            name: Effect(read(name, 0), read(name, draw), read(name, draw + 1))
            for name in lines
            if name in figures
        }
        first = ""
        if RANKED_BY in arrays:
            values = arrays[RANKED_BY]
            values = values[min(draw, len(values) - 1)]
            if all(math.isfinite(float(value)) for value in values):
                first = options[int(values.argmax())]
        found.append(Stressed(stress, effects, first))
    return found


def either_way(found: Sequence[Stressed]) -> list[EitherWay]:
    """Pairs of stresses that move the same inputs opposite ways, and some figure the same way."""
    pairs = []
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if not _opposite(one.stress, other.stress):
                continue
            sides: dict[bool, list[str]] = {True: [], False: []}
            for name, effect in one.effects.items():
                both = (effect, other.effects[name])
                first, second = (_told(each.change or 0.0, each.case or 0.0) for each in both)
                more = more_is_better(name)
                if more is not None and first * second > 0:
                    sides[(first > 0) == more].append(name)
            if any(sides.values()):
                pairs.append(EitherWay(one, other, tuple(sides[False]), tuple(sides[True])))
    return pairs


def _opposite(one: Stress, other: Stress) -> bool:
    """Whether two stresses move values of the same inputs, each up in one and down in the other."""
    ways = [{edit.name: _way(edit) for edit in stress.edits} for stress in (one, other)]
    both = ways[0].keys() & ways[1].keys()
    return bool(both) and all(ways[0][name] * ways[1][name] < 0 for name in both)


def _way(edit: Edit) -> int:
    old, new = edit.old, edit.new
    if isinstance(old, str) or isinstance(new, str) or old is None:
        return 0
    return (new > old) - (new < old)


def _told(change: float, of: float) -> float:
    """A change, or nought where only the last digits differ."""
    return change if abs(change) > max(_PART * abs(of), _LITTLE) else 0.0


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other
