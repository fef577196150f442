"""Two plans of one kind side by side, each on a thread: numpy leaves the interpreter while it works."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from casebuilder.algebra.terms import Input, Line
from casebuilder.evaluate.axes import DRAW, Array
from casebuilder.evaluate.compiled.plan import Plan
from casebuilder.evaluate.engine import Results, joined
from casebuilder.evaluate.problem import Problem

# Each plan holds arrays of its own, so that there are no more.
MOST = 2


class Team:
    """The lines that some results need, compiled for draws: half of the draws go to each of two threads.

    A draw has the same bits in either. Where there is one core, or few draws, one plan does all.

    Parameters
    ----------
    problem, wanted, drawn
        As `Plan` takes them.
    workers
        How many threads; by default as many as there are cores, and no more than two.
    """

    def __init__(
        self,
        problem: Problem,
        wanted: Iterable[Line],
        drawn: Iterable[Input] | Mapping[Input, Array],
        workers: int | None = None,
    ) -> None:
        """Compile one plan; the second when there is enough for it."""
        self._made = (problem, tuple(wanted), drawn if isinstance(drawn, Mapping) else tuple(drawn))
        self._plans = [Plan(*self._made)]
        self.workers = min(MOST, workers or os.cpu_count() or 1)

    def run(self, samples: Mapping[Input, Array]) -> Results:
        """The wanted lines for draws of the inputs that the team was made for."""
        draws = max((x.shape[DRAW] for x in samples.values()), default=1)
        width = self._plans[0].width
        if self.workers < MOST or draws < 2 * MOST * width:
            return self._plans[0].run(samples)
        if len(self._plans) < MOST:
            self._plans.append(Plan(*self._made))
        middle = -(-draws // (MOST * width)) * width
        halves = [
            {item: x[part] if x.shape[DRAW] > 1 else x for item, x in samples.items()}
            for part in (slice(None, middle), slice(middle, None))
        ]
        with ThreadPoolExecutor(MOST) as threads:
            return joined([*threads.map(lambda plan, half: plan.run(half), self._plans, halves)])
