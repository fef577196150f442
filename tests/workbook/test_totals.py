"""The Total column: the sum of a flow's periods where a reader adds up, or where another line reads it."""

from __future__ import annotations

from pathlib import Path

from casebuilder.algebra.operators import per_year, step, total
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.layout.totals import with_totals
from casebuilder.workbook.proof.cells import read_cells
from tests.workbook.mini import Mini, Recalculated, cells, differences, frame, write


def test_which_lines_have_totals(tmp_path: Path) -> None:
    """Yearly flows of one dimension; any flow whose total a line reads; never stocks."""
    m = Mini(frame({"site": ("a", "b"), "test": ("ct", "mri")}, months=14))
    given = m.input("given", "tests / month", ("site", "test"), 3.0)
    flow = m.line("flow", "tests / month", ("site", "test", "month"), given * 2)
    read = m.line("read", "tests / month", ("site", "test", "month"), given * 3)
    by_site = m.line("by_site", "tests / month", ("site", "month"), total(flow, over="test"))
    m.line("by_year", "tests / year", ("site", "year"), per_year(by_site))
    m.line("stock", "tests", ("site", "month"), step(total(flow, over="test")))
    m.line("in_all", "tests", ("site", "test"), total(read, over="month"))
    written = write(m.solve(), tmp_path / "totals.xlsx")
    problem = written.results.problem
    assert {line.key for line in with_totals(problem)} == {"mini.read", "mini.by_year"}
    for kind, key in (("Months", "mini.read"), ("Years", "mini.by_year")):
        sheet = written.layout.sheets[kind]
        rows = {row: line.key for line, block in sheet.blocks.items() for row in block.rows.values()}
        column = letter(sheet.total)
        held = dict(read_cells(written.path))[f"{kind} bau"]
        formulas = [c for c in held if c.formula and c.address.rstrip("0123456789") == column]
        timed = {rows[int(c.address.removeprefix(column))] for c in formulas if c.formula.startswith("SUM(")}
        assert timed == {key}
    engine = Recalculated(written.path)
    assert [wrong for line in problem.lines for wrong in differences(engine, cells(written, line))] == []
