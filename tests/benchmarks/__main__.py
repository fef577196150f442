"""The benchmarks of docs/benchmarks.md, run by hand: `make bench`, or `python -m tests.benchmarks CASE PART`.

Ratios of medians on one machine; absolute times mean little on a shared one.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from xlsxwriter import Workbook

from casebuilder.analysis.sharing.games import tabulate
from casebuilder.analysis.sharing.nucleolus import nucleolus, per_capita_nucleolus
from casebuilder.analysis.sharing.shapley import shapley
from casebuilder.analysis.sites.prioritise import Ask, prioritise
from casebuilder.case import load_case
from casebuilder.evaluate.compiled.team import Team
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.cells import Error, read_cells
from casebuilder.workbook.proof.engines import IronCalc, place
from tests.benchmarks.drawing import PARTS, drawn, figures
from tests.benchmarks.routes import choosing

RUNS = 5
DRAWS = 10_000
SAMPLED = 512
RECALCULATIONS = 20
# Of the workbook that the aim was set for: a fatter one is no way to a better ratio.
CELLS = 997_546


def median_seconds(action: Callable[[], object], runs: int = RUNS) -> float:
    """The median wall time of an action after one run that does not count."""
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def building(folder: Path, name: str) -> Path:
    """Evaluating, laying out and writing against stock xlsxwriter writing the same formulas."""
    path, stock = folder / "ours.xlsx", folder / "stock.xlsx"

    def ours() -> None:
        case = load_case(name)
        build(case.results, case.headlines, case.checks, case.findings, path, "benchmark")

    ours()
    sheets = []
    for sheet, cells in read_cells(path):
        ready = []
        for cell in cells:
            row, column = place(cell.address)
            value = cell.value.text if isinstance(cell.value, Error) else cell.value
            ready.append((row - 1, column - 1, cell.formula, value))
        sheets.append((sheet, ready))

    def plain() -> None:
        workbook = Workbook(str(stock))
        style = workbook.add_format({"num_format": "#,##0.00"})
        for sheet, ready in sheets:
            worksheet = workbook.add_worksheet(sheet)
            for row, column, formula, value in ready:
                if formula is not None:
                    worksheet.write_formula(row, column, f"={formula}", style, value)
                elif isinstance(value, str):
                    worksheet.write_string(row, column, value, style)
                elif value is not None:
                    worksheet.write_number(row, column, value, style)
        workbook.close()

    formulas = sum(cell[2] is not None for _, ready in sheets for cell in ready)
    mine, theirs = median_seconds(ours), median_seconds(plain)
    print(f"formula cells                                {formulas:,}")
    print(f"file, MB                                     {path.stat().st_size / 1e6:.1f}")
    print(f"read, evaluate, lay out and write, s         {mine:.2f}")
    print(f"stock xlsxwriter, same formulas, s           {theirs:.2f}")
    print(f"ratio (aim: at most 1)                       {mine / theirs:.2f}")
    return path


def recalculating(path: Path, name: str) -> None:
    """10,000 draws of every headline against an engine recalculating the workbook as often, cell for cell."""
    problem = load_case(name).problem
    samples = drawn(problem, SAMPLED)
    team = Team(problem, figures(problem), samples)
    ours = median_seconds(lambda: team.run(samples), 3) / SAMPLED * DRAWS
    cells = sum(cell.formula is not None for _, found in read_cells(path) for cell in found)
    engine = IronCalc(path)
    theirs = median_seconds(engine.calculate, RECALCULATIONS) * DRAWS * CELLS / cells
    print(f"10,000 draws of every headline, s            {ours:.0f} (from {SAMPLED})")
    print(f"IronCalc, 10,000 times {CELLS:,} cells, s    {theirs:,.0f} (from {RECALCULATIONS} of {cells:,})")
    print(f"times faster (aim: at least 500)             {theirs / ours:.0f}")


def choosing_sites(name: str) -> None:
    """The best set of sites found by the search, against every set worked out."""
    problem, total = load_case(name).problem, 2e7
    start = time.perf_counter()
    every = prioritise(problem, Ask({"additional": 1.0}, total=total))
    middle = time.perf_counter()
    some = prioritise(problem, Ask({"additional": 1.0}, total=total, most=1))
    end = time.perf_counter()
    plans = [len(outcome.search.values.evaluated) for outcome in (every, some)]
    print(f"every set of sites worked out, s             {middle - start:.1f} ({plans[0]:,} plans)")
    print(f"the search, s                                {end - middle:.1f} ({plans[1]:,} plans)")
    print(f"the search's best of the true best           {some.report.score / every.report.score:.4f}")


def sharing() -> None:
    """Sharing a saving among 10 and 13 trusts: price tiers, where groups tie, and costs without a pattern."""
    for size in (10, 13):
        chance = np.random.default_rng(size)
        names = tuple(f"t{place}" for place in range(size))
        bought = chance.integers(1, 7, size)

        def tiers(joined: np.ndarray, bought: np.ndarray = bought) -> np.ndarray:
            items = joined @ bought
            off = np.select([items >= 25, items >= 10, items >= 5], [0.15, 0.10, 0.05], 0.0)
            return 1e6 * items * (1 - off) + 45e3 + 15e3 * joined.sum(axis=1)

        def any_cost(joined: np.ndarray, chance: np.random.Generator = chance) -> np.ndarray:
            return chance.uniform(1e6, 1e7, len(joined))

        for what, cost_of in (("price tiers", tiers), ("no pattern", any_cost)):
            game = tabulate(names, cost_of)
            for rule in (shapley, nucleolus, per_capita_nucleolus):
                seconds = median_seconds(lambda rule=rule, game=game: rule(game))  # type: ignore[misc]
                label = f"{rule.__name__.replace('_', ' ')}, {size} members, {what}, s"
                print(f"{label:<50} {seconds:.4f}")


if __name__ == "__main__":
    chosen, *wanted = [*sys.argv[1:], "cmast"] if not sys.argv[1:] else sys.argv[1:]
    for part, measure in PARTS.items():
        if not wanted or part in wanted:
            measure(chosen)
    if not wanted or "workbook" in wanted:
        with tempfile.TemporaryDirectory() as temporary:
            recalculating(building(Path(temporary), chosen), chosen)
    if not wanted or "choices" in wanted:
        choosing_sites(chosen)
        sharing()
        choosing()
