"""The benchmarks of docs/benchmarks.md, run by hand: `make bench`.

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
from casebuilder.evaluate.axes import DRAW
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.headlines import FURTHER, HEADLINES, headline_line
from casebuilder.units import CHOICE
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.cells import Error, read_cells
from casebuilder.workbook.proof.engines import IronCalc, place
from tests.benchmarks.routes import choosing

RUNS = 5
DRAWS = 1_000
RECALCULATIONS = 10


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


def drawing(path: Path, name: str) -> None:
    """1,000 draws of every headline against an engine recalculating the workbook 1,000 times."""
    case = load_case(name)
    problem, chance = case.problem, np.random.default_rng(20261122)
    axes = problem.axes
    samples = {}
    for item, given in problem.values.items():
        if item.unit in (CHOICE, "flag") or item.whole or item.chapter == "timeline":
            continue
        shape = [1] * axes.rank
        shape[DRAW] = DRAWS
        samples[item] = axes.input_array(given) * chance.uniform(0.95, 1.0, shape)
    found = (headline_line(problem, headline) for headline in (*HEADLINES, *FURTHER))
    wanted = [line for line in found if line is not None]
    ours = median_seconds(lambda: evaluate(problem, wanted, samples), 3)
    engine = IronCalc(path)
    theirs = median_seconds(engine.calculate, RECALCULATIONS) * DRAWS
    print(f"inputs drawn                                 {len(samples)}")
    print(f"1,000 draws of every headline, s             {ours:.2f}")
    print(f"IronCalc, 1,000 recalculations, s            {theirs:.0f} (from {RECALCULATIONS})")
    print(f"times faster (aim: at least 100)             {theirs / ours:.0f}")


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
    chosen = sys.argv[1] if len(sys.argv) > 1 else "cmast"
    with tempfile.TemporaryDirectory() as temporary:
        drawing(building(Path(temporary), chosen), chosen)
    choosing_sites(chosen)
    sharing()
    choosing()
