"""What is kept of every draw: headlines, and what stands by year for whether an option can be afforded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.algebra.terms import Line
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import headline_line
from casebuilder.evaluate.problem import Problem

# By year of the statements, over which hosts plan: what is left to the system, what hosts lose beyond what
# somebody has agreed to bear, what is left of the tightest capital envelope (below nothing, what no award
# and no envelope covers), and what trusts and commissioners pay together.
SURPLUS, UNAGREED, HEADROOM, ASK = "surplus", "loss_not_agreed", "capital_headroom", "system_revenue_ask"
BY_YEAR = (SURPLUS, UNAGREED, HEADROOM, ASK)
PERFORMANCE = "finance.surplus_of_statements"
_LOSS = "plans.gap_without_agreement"
YEARLY_ASK = "finance.system_revenue_ask"
_LEFT, _GIVEN, _CALL = "plans.envelope_headroom", "plans.envelope_given", "funding.scheme_envelope_call"


@dataclass(frozen=True)
class Figure:
    """One or several columns that the same lines give.

    Attributes
    ----------
    names
        Of the columns.
    lines
        What must be evaluated.
    read
        Takes the columns out of results: by draw, option and column.
    """

    names: tuple[str, ...]
    lines: tuple[Line, ...]
    read: Callable[[Results], Array]


def of_year(what: str, year: str) -> str:
    """The name of a column by year: `surplus[2026/27]`."""
    return f"{what}[{year}]"


def figures_of(problem: Problem, wanted: Sequence[str]) -> list[Figure]:
    """The headlines asked for that the case has, then what stands by year.

    Parameters
    ----------
    problem
        The case.
    wanted
        Headlines and further figures.
    """
    lines = {name: line for name in wanted if (line := headline_line(problem, name)) is not None}
    return [*(_headline(name, line) for name, line in lines.items()), *_by_year(problem)]


def _headline(name: str, line: Line) -> Figure:
    return Figure((name,), (line,), lambda results: results.array(line)[..., None])


def _by_year(problem: Problem) -> list[Figure]:
    years = problem.frame.ids("statement")
    if not years:
        return []
    found: list[Figure] = []
    for what, key in ((SURPLUS, PERFORMANCE), (UNAGREED, _LOSS), (ASK, YEARLY_ASK)):
        if (line := problem.by_key.get(key)) is not None:
            found.append(_years(what, years, line))
    headroom = _headroom(problem, years)
    return [*found, headroom] if headroom is not None else found


def _years(what: str, years: Sequence[str], line: Line) -> Figure:
    def read(results: Results) -> Array:
        return results.array(line)[..., : len(years)]  # those of the statements are the first of all years

    return Figure(tuple(of_year(what, year) for year in years), (line,), read)


def _headroom(problem: Problem, years: Sequence[str]) -> Figure | None:
    """The least that is left of any envelope that is given; without one, what awards leave to be found."""
    call, left, given = (problem.by_key.get(key) for key in (_CALL, _LEFT, _GIVEN))
    names = tuple(of_year(HEADROOM, year) for year in years)
    if call is None:
        return None

    def beyond(results: Results) -> Array:
        return -results.array(call)[..., : len(years)]

    if left is None or given is None:
        return Figure(names, (call,), beyond)

    def read(results: Results) -> Array:
        stated = results.array(given)[..., None] > 0
        least = np.where(stated, results.array(left), np.inf).min(axis=2)
        return np.where(np.isfinite(least), least, beyond(results))

    return Figure(names, (call, left, given), read)
