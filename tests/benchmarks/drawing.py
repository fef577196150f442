"""Draws: how long one takes beside numpy's own addition, and how that grows with sites, years and draws."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np

from casebuilder.algebra.terms import Input, Line
from casebuilder.case import Case, load_case
from casebuilder.evaluate.axes import DRAW, Array
from casebuilder.evaluate.compiled.kept import Kept
from casebuilder.evaluate.compiled.plan import WIDTH, Plan
from casebuilder.evaluate.compiled.team import Team
from casebuilder.evaluate.headlines import FURTHER, HEADLINES, headline_line
from casebuilder.evaluate.problem import Problem
from casebuilder.units import CHOICE
from tests.benchmarks.operations import Counted
from tests.workbook.grown import grown

# Three arrays of so many numbers fit the cache of a core that is next to it.
IN_CACHE = 8_192
DRAWS = 8 * WIDTH
ROUNDS = 5


def figures(problem: Problem) -> list[Line]:
    """The lines behind every headline and further figure."""
    found = (headline_line(problem, figure) for figure in (*HEADLINES, *FURTHER))
    return [line for line in found if line is not None]


def drawn(problem: Problem, draws: int, seed: int = 20261122) -> dict[Input, Array]:
    """Every input that may have a range, each draw a part of up to a twentieth less than the case has."""
    chance = np.random.default_rng(seed)
    shape = [draws if axis == DRAW else 1 for axis in range(problem.axes.rank)]
    return {
        item: problem.input_arrays[item] * chance.uniform(0.95, 1.0, shape)
        for item in problem.values
        if item.unit not in (CHOICE, "flag") and not item.whole and item.chapter != "timeline"
    }


def added() -> float:
    """Seconds for a number that numpy adds to another in the cache, now."""
    a, b, out = (np.ones(IN_CACHE) for _ in range(3))
    best = []
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(500):
            np.add(a, b, out=out)
        best.append((time.perf_counter() - start) / 500 / IN_CACHE)
    return statistics.median(best)


def seconds_a_draw(plan: Plan | Team, samples: dict[Input, Array], draws: int) -> float:
    """How long a draw takes, once."""
    start = time.perf_counter()
    plan.run(samples)
    return (time.perf_counter() - start) / draws


def beside_additions(case: Case) -> None:
    """A draw of every headline of every option, and as many additions as it has cell operations."""
    problem, lines = case.problem, figures(case.problem)
    samples = drawn(problem, DRAWS)
    counted = Counted(problem, lines, samples)
    start = time.perf_counter()
    plan = Plan(problem, lines, samples)
    compiling = time.perf_counter() - start
    team = Team(problem, lines, samples)
    for each in (plan, team):
        seconds_a_draw(each, samples, DRAWS)
    draws, both, additions = [], [], []
    for _ in range(ROUNDS):
        additions.append(added() * counted.operations)
        draws.append(seconds_a_draw(plan, samples, DRAWS))
        both.append(seconds_a_draw(team, samples, DRAWS))
    one, two = ([a / b for a, b in zip(each, additions, strict=True)] for each in (draws, both))
    print(f"inputs drawn                                 {len(samples)}")
    print(f"lines that a draw changes, cells             {counted.lines:,}, {counted.cells:,}")
    print(f"cell operations a draw                       {counted.operations:,}")
    print(f"compiling, s                                 {compiling:.2f}")
    print(f"a draw on one core, on two, ms               {1e3 * statistics.median(draws):.2f}, ", end="")
    print(f"{1e3 * statistics.median(both):.2f}")
    print(f"numpy's addition in the cache, ns            {1e9 * added():.2f}")
    print(f"beside as many additions on one core, one    {statistics.median(one):.2f}")
    print(f"the same, two cores (aim: at most 3)         {statistics.median(two):.2f}")


def one_input_changed(case: Case, inputs: int = 60) -> None:
    """A changed input against nothing but the calls that it makes necessary."""
    problem = case.problem
    kept = Kept(problem, figures(problem))
    chosen = [item for item in problem.values if not item.choices]
    beyond = []
    for item in chosen[:: max(1, len(chosen) // inputs)]:
        samples = {item: problem.input_arrays[item] * 0.97}
        times = []
        for _ in range(3):
            start = time.perf_counter()
            kept.change(samples)
            times.append(time.perf_counter() - start)
        pure = kept.seconds_of_calls()
        beyond.append(1e3 * (statistics.median(times) - 1.5 * pure))
    print(f"inputs changed one at a time                 {len(beyond)}")
    print(f"beyond 1.5 times their calls, most, ms       {max(beyond):.2f} (aim: at most 10)")


def growth(case: Case) -> None:
    """Twice the sites, twice the years, and twice the draws, against once."""
    sites, years = (len(case.problem.frame.ids(name)) for name in ("site", "year"))
    whole = _a_draw(case)
    for what, larger in (
        ("sites", lambda: _a_draw(grown(case, site=2 * sites))),
        ("years", lambda: _a_draw(grown(case, year=min(60, 2 * years)))),
    ):
        print(f"twice the {what}, times as long               {larger() / whole:.2f} (aim: at most 2.2)")
    problem, lines = case.problem, figures(case.problem)
    plan = Plan(problem, lines, drawn(problem, WIDTH))
    times = []
    for draws in (DRAWS, 2 * DRAWS):
        samples = drawn(problem, draws)
        times.append(statistics.median([draws * seconds_a_draw(plan, samples, draws) for _ in range(3)]))
    print(f"twice the draws, times as long               {times[1] / times[0]:.2f} (aim: at most 2.2)")


def _a_draw(case: Case) -> float:
    problem = case.problem
    samples = drawn(problem, 4 * WIDTH)
    plan = Plan(problem, figures(problem), samples)
    seconds_a_draw(plan, samples, 4 * WIDTH)
    return statistics.median([seconds_a_draw(plan, samples, 4 * WIDTH) for _ in range(ROUNDS)])


def memory(name: str) -> None:
    """The most memory that 100,000 draws take, against 1,000: each in a process of its own."""
    peaks = [_peak(name, draws) for draws in (1_000, 100_000)]
    print(f"memory of 1,000 draws, of 100,000, MB        {peaks[0]:,.0f}, {peaks[1]:,.0f}")
    print(f"ratio (aim: at most 1.5)                     {peaks[1] / peaks[0]:.2f}")


def _peak(name: str, draws: int) -> float:
    code = (
        "import resource, sys\n"
        "from casebuilder.case import load_case\n"
        "from casebuilder.analysis.uncertainty.chance.simulation import simulate\n"
        f"simulate(load_case({name!r}).problem, range({draws}), 1)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def processor_seconds(command: Sequence[str], runs: int = 5) -> float:
    """The median processor time of a command as a whole process, after one run that does not count."""
    import resource

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    once()
    return statistics.median(once() for _ in range(runs))


def summarising(name: str) -> None:
    """`summary` of a case above what Python itself takes."""
    nothing = processor_seconds([sys.executable, "-c", "pass"])
    whole = processor_seconds([sys.executable, "-m", "casebuilder", "summary", name])
    print(f"summary above `python -c pass`, processor s  {whole - nothing:.2f}")


PARTS: dict[str, Callable[[str], None]] = {
    "draws": lambda name: beside_additions(load_case(name)),
    "change": lambda name: one_input_changed(load_case(name)),
    "growth": lambda name: growth(load_case(name)),
    "memory": memory,
    "summary": summarising,
}
