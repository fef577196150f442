"""A small workbook of the model's own lines, read and changed as a person would: by keys and headers."""

from __future__ import annotations

from pathlib import Path

from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.problem import Problem
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.proof.engines import IronCalc
from tests.workbook.mini import write
from tests.workbook.reading import Sheet, read_sheets


class Live:
    """A workbook that an engine which is not ours recalculates; figures are found by column A.

    Parameters
    ----------
    problem
        Lines and inputs of a worked example.
    path
        Where the workbook is written.
    """

    def __init__(self, problem: Problem, path: Path) -> None:
        """Write it with an Inputs sheet and a sheet of years for each option, and open it."""
        write(evaluate(problem), path)
        self.sheets = read_sheets(path)
        self.engine = IronCalc(path)

    def __call__(self, key: str, option: str = "bau") -> list[float] | float:
        """What a row shows, as recalculated: by year, or one figure where it has no years."""
        name = f"Years {option}"
        sheet, row = self.sheets[name], self.row(f"Years {option}", key)
        columns = [column for column in self.years(sheet) if column in sheet.rows[row]]
        found = [self.number(name, row, column) for column in columns]
        return found or self.number(name, row, sheet.columns()["Total"])

    def total(self, key: str, option: str = "bau") -> float:
        """What the Total column of a row shows."""
        name = f"Years {option}"
        return self.number(name, self.row(name, key), self.sheets[name].columns()["Total"])

    def number(self, name: str, row: int, column: int) -> float:
        """A number in a cell."""
        value = self.engine.value(name, f"{letter(column)}{row}")
        assert isinstance(value, int | float), (name, row, column, value)
        return float(value)

    @staticmethod
    def years(sheet: Sheet) -> list[int]:
        """The columns of years: those right of the opening."""
        columns = sheet.columns()
        return [column for column in columns.values() if column > columns["Opening"]]

    def row(self, name: str, key: str) -> int:
        """The one row whose column A holds a key."""
        (row,) = [row for found, row in self.sheets[name].keyed() if found == key]
        return row

    def keys(self, name: str, line: str) -> list[str]:
        """The keys of all rows of a line, from the top."""
        return [key for key, _ in self.sheets[name].keyed() if key == line or key.startswith(f"{line}[")]

    def type_in(self, key: str, value: float, column: str = "Base") -> float:
        """Type a value into Inputs and recalculate; what stood there before."""
        sheet = self.sheets["Inputs"]
        row, place = self.row("Inputs", key), sheet.columns()[column]
        before = sheet.value(row, place)
        assert isinstance(before, int | float)
        self.engine.put("Inputs", f"{letter(place)}{row}", value)
        self.engine.calculate()
        return float(before)

    def miswire(self, name: str, key: str, other: str) -> None:
        """Give every year of a row the formula of another row: a slip of copy and paste."""
        sheet, row, wrong = self.sheets[name], self.row(name, key), self.row(name, other)
        for column in self.years(sheet):
            self.formula(name, row, column, str(sheet.cells[wrong, column].formula))

    def formula(self, name: str, row: int, column: int, formula: str) -> None:
        """Put another formula into a cell; `calculate` takes it through."""
        self.engine.model.update_cell_with_formula(
            self.engine.sheets[name], row, column, "=" + formula.removeprefix("=")
        )
