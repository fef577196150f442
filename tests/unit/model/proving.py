"""An example by hand, written to a workbook: another engine gives the same for every line behind it."""

from __future__ import annotations

from pathlib import Path

from casebuilder.evaluate.engine import evaluate
from tests.published.support import Answer
from tests.workbook.mini import Recalculated, cells, differences, write


def differing(found: Answer, folder: Path) -> list[str]:
    """The cells in which a spreadsheet gives something else for the lines asked for and those they need."""
    written = write(evaluate(found.results.problem), folder / "example.xlsx")
    engine = Recalculated(written.path)
    return [
        wrong for line in written.layout.problem.lines for wrong in differences(engine, cells(written, line))
    ]
