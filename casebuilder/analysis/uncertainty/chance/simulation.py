"""A simulation: every headline of every option in many cases that could be."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from casebuilder.algebra.terms import Check
from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.chance.columns import Columns
from casebuilder.analysis.uncertainty.chance.drawn import Drawing, drawing
from casebuilder.analysis.uncertainty.chance.figures import Figure, figures_of
from casebuilder.analysis.uncertainty.chance.possible import breaches, broken, of_chance
from casebuilder.analysis.uncertainty.chance.scores import SOBOL
from casebuilder.errors import CaseError
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.checks import FAIL
from casebuilder.evaluate.compiled.team import Team
from casebuilder.evaluate.engine import Results, evaluate
from casebuilder.evaluate.headlines import FURTHER, HEADLINES
from casebuilder.evaluate.problem import Problem

# So many draws are evaluated before their figures are put away.
BLOCK = 512
# Every check is run in so many of the first draws.
CHECKED = 1_024


@dataclass(frozen=True)
class Simulation:
    """What came of some draws.

    Attributes
    ----------
    drawing
        What was drawn, and with which seed.
    draws
        Which draws: of a whole simulation those from 0.
    figures
        The headlines and further figures, in their order, then what stands by year.
    columns
        The figures, option by option; NaN where a headline is empty. `column` reads them.
    seconds
        How long it took.
    without_value
        Lines that had no value in some draw where they must have one, by key.
    raised
        By input, the draws in which a value that may not fall was raised to the one before it.
    checked
        How many of the first draws every check was run in.
    broken
        By check that holds in the case, in how many of these it does not.
    any_broken
        In how many of these any does not.
    case
        The figures with every input as the case has it, in the order of the columns; NaN where one is empty.
    """

    drawing: Drawing
    draws: range
    figures: tuple[str, ...]
    columns: Columns
    seconds: float
    without_value: tuple[str, ...] = ()
    raised: Mapping[str, int] = field(default_factory=dict)
    checked: int = 0
    broken: Mapping[str, int] = field(default_factory=dict)
    any_broken: int = 0
    case: Sequence[float] = ()

    @property
    def problem(self) -> Problem:
        """The case."""
        return self.drawing.problem

    @property
    def options(self) -> tuple[str, ...]:
        """The options in order."""
        return self.drawing.problem.frame.option_ids

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        every = [(option, figure) for option in self.options for figure in self.figures]
        return {pair: place for place, pair in enumerate(every)}

    def column(self, option: str, figure: str) -> Array:
        """One figure of one option in every draw; NaN where it is empty."""
        return self.columns.get(self._places[option, figure])

    def of_case(self, option: str, figure: str) -> float:
        """One figure of one option with every input as the case has it; NaN where it is empty."""
        return self.case[self._places[option, figure]]

    def scores(self, place: int) -> Array:
        """The scores of one input that is drawn (`drawing.inputs[place]`) in every draw."""
        return self.drawing.scores(place, self.draws)


def simulate(
    problem: Problem,
    draws: range,
    seed: int,
    figures: Sequence[str] = (*HEADLINES, *FURTHER),
    tell: Tell = silent,
    sampling: str = SOBOL,
    of: int | None = None,
) -> Simulation:
    """Draw every input that has a range, and work out every headline.

    Parameters
    ----------
    problem
        The case.
    draws
        Which draws: `range(500, 1_000)` gives the second half of what `range(1_000)` gives.
    seed
        The same seed gives the same draws.
    figures
        The headlines and further figures; those that the case has not are left out.
    tell
        Told how many draws are worked out, of how many.
    sampling
        `sobol` or `latin`.
    of
        How many draws there are in all, where these are some of them: Latin needs it.
    """
    start = time.perf_counter()
    drawn = drawing(problem, seed, sampling, draws.stop if of is None else of)
    wanted = figures_of(problem, figures)
    names = tuple(name for figure in wanted for name in figure.names)
    columns = Columns(len(problem.frame.options) * len(names), len(draws))
    tally = _Tally(problem)
    raised: dict[str, int] = {}
    lines = dict.fromkeys(line for each in wanted for line in each.lines)
    inputs = [each.item for each in drawn.inputs]
    teams: dict[tuple[Check, ...], Team] = {}
    for some in _blocks(draws):
        first = some.start - draws.start
        tell(first, len(draws))
        checks = tally.checks if some.start < CHECKED else ()
        if checks not in teams:
            teams[checks] = Team(problem, [*lines, *checks], inputs)
        results = teams[checks].run(drawn.samples(some, raised))
        tally.count(results, len(some), checks)
        columns.put(first, _table(results, wanted, len(some)))
    return Simulation(
        drawing=drawn,
        draws=draws,
        figures=names,
        columns=columns,
        seconds=time.perf_counter() - start,
        without_value=tuple(tally.missing),
        raised=raised,
        checked=tally.checked,
        broken=dict(tally.broken),
        any_broken=tally.any,
        case=_table(evaluate(problem, lines, partial=True), wanted, 1)[0].tolist(),
    )


def _table(results: Results, wanted: Sequence[Figure], draws: int) -> Array:
    """The figures by draw and column."""
    found = [figure.read(results) for figure in wanted]
    block = np.concatenate([np.broadcast_to(x, (draws, *x.shape[1:])) for x in found], axis=2)
    return block.reshape(draws, -1)


def _blocks(draws: range) -> Iterator[range]:
    """Some draws at a time; checks are run in whole blocks."""
    first = draws.start
    while first < draws.stop:
        last = min(first + BLOCK, draws.stop, CHECKED if first < CHECKED else draws.stop)
        yield range(first, last)
        first = last


class _Tally:
    """Counts what is wrong with some draws."""

    def __init__(self, problem: Problem) -> None:
        self.checks = tuple(check for check in problem.checks if check.level == FAIL)
        case = evaluate(problem, self.checks, partial=True)
        self.before = {check: float(x[0]) for check, x in breaches(case, self.checks, 1).items()}
        self.missing: dict[str, None] = {}
        self.broken: Counter[str] = Counter()
        self.checked = self.any = 0

    def count(self, results: Results, draws: int, checks: Sequence[Check]) -> None:
        """Count the draws of some results; the checks that were run in them."""
        self.missing.update((each.key, None) for each in results.no_values)
        if not checks:
            return
        bad = np.zeros(draws, dtype=bool)
        for check, now in breaches(results, checks, draws).items():
            own = broken(now, self.before[check])
            if own.any():
                self.broken[check.key] += int(own.sum())
            bad |= own
        self.checked += draws
        self.any += int(bad.sum())


def require_ranges(problem: Problem) -> None:
    """Refuse a case in which nothing can be drawn.

    Raises
    ------
    CaseError
        No input has a range; how to give one is said.
    """
    inputs, without = of_chance(problem)
    if inputs:
        return
    name = without[0].item.key if without else next(iter(problem.inputs_by_key), "an input")
    raise CaseError(
        f"{problem.inputs.info.name}: no input has a range, so that there is nothing to draw: under an input "
        f"({name}, say) write range: [LOW, HIGH], or range: {{factor: [0.8, 1.2]}} for shares of its value"
    )
