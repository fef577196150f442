"""What stresses and named scenarios come to: value, affordability and the standard, before and after what is
done about them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.uncertainty.why.laid import laid
from casebuilder.analysis.uncertainty.why.stresses import Stress
from casebuilder.evaluate.headlines import RANKED_BY, headline_line
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.edits import Edit, Scenario
from casebuilder.inputs.shape.in_workbook import put_forward

# By what a stress is judged: value, affordability each year and of capital, and the standard.
MEASURES = (
    RANKED_BY,
    "surplus_steady_state",
    "surplus_worst_year",
    "system_revenue_ask_steady_state",
    "capital_unfunded",
    "over_six_weeks_end",
)


@dataclass(frozen=True)
class Standing:
    """The option put forward in one case that could be.

    Attributes
    ----------
    figures
        By measure; None where it has no value.
    place
        Its place among the options by net present social value, 1 the best; None where one has none.
    """

    figures: Mapping[str, float | None]
    place: int | None


@dataclass(frozen=True)
class Outcome:
    """A stress or a named scenario with what it comes to.

    Attributes
    ----------
    name, label, note
        What it is called, and why it is as it is.
    mitigation, owner
        What is done about it, and by whom; empty for a scenario of the case's own.
    under, mitigated
        How the option put forward stands under it, and with the mitigation too; None where the case
        cannot express that.
    cannot, unmitigated
        Why the case cannot.
    """

    name: str
    label: str
    note: str
    mitigation: str = ""
    owner: str = ""
    under: Standing | None = None
    mitigated: Standing | None = None
    cannot: str = ""
    unmitigated: str = ""


@dataclass(frozen=True)
class Outcomes:
    """How the option put forward stands as the case has it, and under each scenario and stress."""

    option: str
    as_stated: Standing
    each: tuple[Outcome, ...]


def outcomes(problem: Problem, scenarios: Sequence[Scenario], stresses: Sequence[Stress]) -> Outcomes:
    """Work all of them out side by side.

    Parameters
    ----------
    problem
        The case.
    scenarios
        The named scenarios of the case.
    stresses
        The stresses that every bid is put to.
    """
    sets: list[Sequence[Edit]] = [()]
    sets += [each.edits for each in scenarios]
    sets += [edits for each in stresses for edits in (each.edits, each.mitigated) if edits]
    found = iter(_standings(problem, sets))
    as_stated = next(found)
    told = [Outcome(each.name, each.label, each.note, under=next(found)) for each in scenarios]
    for each in stresses:
        under = next(found) if each.edits else None
        mitigated = next(found) if each.mitigated else None
        told.append(
            Outcome(
                each.name,
                each.label,
                each.reason,
                each.mitigation,
                each.owner,
                under,
                mitigated,
                each.cannot,
                each.unmitigated,
            )
        )
    return Outcomes(put_forward(problem.frame), as_stated, tuple(told))


def _standings(problem: Problem, sets: Sequence[Sequence[Edit]]) -> list[Standing]:
    """The option put forward under each set of edits."""
    lines = {name: line for name in MEASURES if (line := headline_line(problem, name)) is not None}
    results = laid(problem, sets, lines.values())
    row = problem.frame.option_ids.index(put_forward(problem.frame))
    shape = (len(sets), len(problem.frame.options))
    tables = {name: np.broadcast_to(results.array(line), shape) for name, line in lines.items()}
    found = []
    for draw in range(len(sets)):
        figures = {name: _known(table[draw, row]) for name, table in tables.items()}
        values = tables[RANKED_BY][draw] if RANKED_BY in tables else np.array([np.nan])
        whole = bool(np.isfinite(values).all())
        found.append(Standing(figures, int((values > values[row]).sum()) + 1 if whole else None))
    return found


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
