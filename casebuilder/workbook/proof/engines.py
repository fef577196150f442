"""The engines that recalculate a workbook: IronCalc in this process, LibreOffice beside it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from casebuilder.errors import CaseError
from casebuilder.workbook.proof.cells import Error, Value, place, read_cells

__all__ = ["ENGINES", "IronCalc", "LibreOffice", "Recalculate", "Recalculated", "libreoffice", "place"]

_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|CIRC!|ERROR!|N/?IMPL!?)$")
_TIMEOUT = 1_800
# LibreOffice trusts stored values unless told to recalculate always (0).
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class Recalculated(Protocol):
    """The values an engine worked out."""

    engine: str

    def has(self, sheet: str) -> bool:
        """Whether the engine gives a sheet back."""

    def value(self, sheet: str, address: str) -> Value | Error:
        """The value of one cell of a sheet that it gives back."""


class IronCalc:
    """Recalculates in this process."""

    def __init__(self, path: Path, folder: Path | None = None, shown: Path | None = None) -> None:
        """Load the workbook and calculate every cell; faults name the file `shown`."""
        import ironcalc

        self.engine = "ironcalc"
        try:
            self.model = ironcalc.load_from_xlsx(str(path))
            self.sheets = {s["name"]: i for i, s in enumerate(self.model.get_worksheets_properties())}
            self.model.evaluate()
        except KeyboardInterrupt:
            raise
        except BaseException as fault:  # a panic of the engine is no Exception
            what = f"IronCalc cannot open {shown or path}: {fault}"
            again = "if another program saved it, open it in Excel or LibreOffice and save it again"
            raise CaseError(f"{what}; {again}") from fault

    def value(self, sheet: str, address: str) -> Value | Error:
        """The value of one cell."""
        row, column = place(address)
        return as_value(self.model.get_cell_value(self.sheets[sheet], row, column))

    def has(self, sheet: str) -> bool:
        """Whether the engine gives a sheet back."""
        return sheet in self.sheets

    def put(self, sheet: str, address: str, value: float | str) -> None:
        """Type a value into a cell; `calculate` takes it through."""
        row, column = place(address)
        if isinstance(value, str):
            self.model.update_cell_with_text(self.sheets[sheet], row, column, value)
        else:
            self.model.update_cell_with_number(self.sheets[sheet], row, column, value)

    def calculate(self) -> None:
        """Calculate every cell again."""
        self.model.evaluate()


def as_value(value: Value) -> Value | Error:
    """What IronCalc gives for a cell, errors told from texts."""
    return Error(value) if isinstance(value, str) and _ERROR.match(value) else value


class LibreOffice:
    """Recalculates in a process of its own, with a profile that forces it."""

    def __init__(self, path: Path, folder: Path, shown: Path | None = None) -> None:
        """Convert the workbook, recalculated, and read it back; faults name the file `shown`."""
        program = libreoffice()
        if program is None:
            raise CaseError("LibreOffice is not installed: verify with --engine ironcalc instead")
        self.engine = "libreoffice"
        profile, out = folder / "profile", folder / "recalculated"
        (profile / "user").mkdir(parents=True, exist_ok=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = [
            program,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(out),
            str(path),
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
        except subprocess.TimeoutExpired:
            raise CaseError(f"LibreOffice did not finish within {_TIMEOUT} seconds") from None
        result = out / path.name
        if not result.is_file():
            raise CaseError(f"LibreOffice could not convert {shown or path}: {done.stderr.strip()[:300]}")
        self.values = {
            sheet: {cell.address: cell.value for cell in cells} for sheet, cells in read_cells(result)
        }

    def value(self, sheet: str, address: str) -> Value | Error:
        """The value of one cell."""
        return self.values[sheet].get(address)

    def has(self, sheet: str) -> bool:
        """Whether the engine gives a sheet back."""
        return sheet in self.values


def libreoffice() -> str | None:
    """The LibreOffice program, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


# Given a copy of a workbook, a folder to work in and the workbook's own path, which faults name.
Recalculate = Callable[[Path, Path, Path], Recalculated]
ENGINES: dict[str, Recalculate] = {
    "ironcalc": IronCalc,
    "libreoffice": LibreOffice,
}
