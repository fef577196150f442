"""Headlines side by side: by named scenario, and one of them over the steps of two inputs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebuilder.analysis.uncertainty.why.laid import laid
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import FURTHER, HEADLINES, absent_headline, headline_line
from casebuilder.inputs.assumed.scenarios import edits_of
from casebuilder.inputs.edits import Edit, Scenario

CASE = "case"
_LAST_DIGITS = 1e-9


@dataclass(frozen=True)
class ByScenario:
    """Every headline of an option in the case and in each of its scenarios.

    Attributes
    ----------
    option
        The option.
    scenarios
        In the case's order.
    figures
        By headline and further figure, the values in the case as it is and in each scenario.
    """

    option: str
    scenarios: tuple[Scenario, ...]
    figures: Mapping[str, tuple[float | None, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """The headings: the case, then the scenarios."""
        return (CASE, *(scenario.name for scenario in self.scenarios))


@dataclass(frozen=True)
class TwoWay:
    """One headline of an option over the steps of two inputs.

    Attributes
    ----------
    option, headline
        What is shown.
    down, across
        What is set, as `--set` has it left of the sign of equality, and its steps.
    values
        By step down and step across; None where the headline is empty.
    """

    option: str
    headline: str
    down: tuple[str, tuple[str, ...]]
    across: tuple[str, tuple[str, ...]]
    values: tuple[tuple[float | None, ...], ...]

    @property
    def idle(self) -> list[str]:
        """What is set to several values and moves the headline by nothing, to the last digit shown."""
        ways = ((self.down, tuple(zip(*self.values, strict=True))), (self.across, self.values))
        return [key for (key, steps), lists in ways if len(set(steps)) > 1 and all(map(_alike, lists))]


def _alike(values: Sequence[float | None]) -> bool:
    """Whether values are one, but for the last digits."""
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return not known
    return max(known) - min(known) <= _LAST_DIGITS * max(map(abs, known))


def by_scenario(results: Results, option: str) -> ByScenario:
    """Work every scenario of a case out beside the case.

    Parameters
    ----------
    results
        Of the case as it is.
    option
        The option whose figures are shown.

    Raises
    ------
    CaseError
        The case names none.
    """
    problem = results.problem
    scenarios = problem.inputs.scenarios
    if not scenarios:
        raise CaseError(
            f"{problem.inputs.info.name} names no scenario: scenarios/NAME.yaml holds one, with label: "
            "and the inputs: that differ, as an option's file does"
        )
    figures = [name for name in (*HEADLINES, *FURTHER) if headline_line(problem, name) is not None]
    table = _table(results, [(), *(scenario.edits for scenario in scenarios)], option, figures)
    return ByScenario(option, scenarios, {name: tuple(table[name]) for name in figures})


def two_way(
    results: Results,
    option: str,
    headline: str,
    down: tuple[str, Sequence[str]],
    across: tuple[str, Sequence[str]],
) -> TwoWay:
    """Work one headline out for every pair of steps.

    Parameters
    ----------
    results
        Of the case as it is.
    option, headline
        What is shown.
    down, across
        What is set (`KEY`, `KEY[member]`, `OPTION:KEY`) and to which values.

    Raises
    ------
    CaseError
        The case has no such headline, or a step cannot be set.
    """
    problem = results.problem
    if headline not in (*HEADLINES, *FURTHER):
        raise CaseError(f"'{headline}' is no headline: summary --json has their keys")
    if headline_line(problem, headline) is None:
        raise CaseError(absent_headline(problem, headline))
    rows = [edits_of([f"{down[0]}={step}"], problem.inputs) for step in down[1]]
    columns = [edits_of([f"{across[0]}={step}"], problem.inputs) for step in across[1]]
    found = _table(results, [(*row, *column) for row in rows for column in columns], option, [headline])
    values = found[headline]
    wide = len(columns)
    return TwoWay(
        option,
        headline,
        (down[0], tuple(down[1])),
        (across[0], tuple(across[1])),
        tuple(tuple(values[wide * place : wide * (place + 1)]) for place in range(len(rows))),
    )


def _table(
    results: Results, sets: Sequence[Sequence[Edit]], option: str, figures: Sequence[str]
) -> dict[str, list[float | None]]:
    """Some figures of an option under each of several sets of edits."""
    problem = results.problem
    lines = {name: line for name in figures if (line := headline_line(problem, name)) is not None}
    worked = laid(problem, sets, lines.values())
    row = problem.frame.option_ids.index(option)
    found: dict[str, list[float | None]] = {}
    for name, line in lines.items():
        values = worked.array(line)[:, row]
        each = [float(values[min(draw, len(values) - 1)]) for draw in range(len(sets))]
        found[name] = [value if math.isfinite(value) else None for value in each]
    return found
