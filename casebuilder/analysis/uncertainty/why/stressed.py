"""What each stress does to value, affordability and the standard, and what its mitigation leaves of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebuilder.analysis.uncertainty.why.laid import laid
from casebuilder.analysis.uncertainty.why.stresses import Stress, stresses
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import RANKED_BY, headline_line


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


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other
