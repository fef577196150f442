"""The engines that recalculate a workbook: IronCalc in this process, LibreOffice beside it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from casebuilder.errors import CaseError
from casebuilder.workbook.cells import Error, Value, read_cells

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
_ERROR = re.compile(r"#[A-Z0-9/!?]+[!?A]?$")
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

    def value(self, sheet: str, address: str) -> Value | Error:
        """The value of one cell."""


class IronCalc:
    """Recalculates in this process."""

    def __init__(self, path: Path, folder: Path | None = None) -> None:
        """Load the workbook and calculate every cell."""
        import ironcalc

        self.engine = "ironcalc"
        try:
            self.model = ironcalc.load_from_xlsx(str(path))
        except Exception as fault:
            raise CaseError(f"IronCalc cannot open {path.name}: {fault}") from fault
        self.sheets = {s["name"]: i for i, s in enumerate(self.model.get_worksheets_properties())}
        self.model.evaluate()

    def value(self, sheet: str, address: str) -> Value | Error:
        """The value of one cell."""
        row, column = place(address)
        value: Value = self.model.get_cell_value(self.sheets[sheet], row, column)
        if isinstance(value, str) and _ERROR.match(value):
            return Error(value)
        return value

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


class LibreOffice:
    """Recalculates in a process of its own, with a profile that forces it."""

    def __init__(self, path: Path, folder: Path) -> None:
        """Convert the workbook, recalculated, and read it back."""
        program = libreoffice()
        if program is None:
            raise CaseError("LibreOffice is not installed: verify with --engine ironcalc instead")
        self.engine = "libreoffice"
        profile, out = folder / "profile", folder / "recalculated"
        (profile / "user").mkdir(parents=True, exist_ok=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}",
                   "--convert-to", "xlsx", "--outdir", str(out), str(path)]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
        except subprocess.TimeoutExpired:
            raise CaseError(f"LibreOffice did not finish within {_TIMEOUT} seconds") from None
        result = out / path.name
        if not result.is_file():
            raise CaseError(f"LibreOffice could not convert {path.name}: {done.stderr.strip()[:300]}")
        self.values = {
            (sheet, cell.address): cell.value for sheet, cells in read_cells(result) for cell in cells
        }

    def value(self, sheet: str, address: str) -> Value | Error:
        """The value of one cell."""
        return self.values.get((sheet, address))


def libreoffice() -> str | None:
    """The LibreOffice program, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def place(address: str) -> tuple[int, int]:
    """Row and column, from 1, of an address such as AB12."""
    found = _ADDRESS.fullmatch(address)
    if not found:
        raise CaseError(f"'{address}' is no cell address")
    column = 0
    for character in found.group(1):
        column = column * 26 + ord(character) - 64
    return int(found.group(2)), column


ENGINES: dict[str, Callable[[Path, Path], Recalculated]] = {
    "ironcalc": IronCalc,
    "libreoffice": LibreOffice,
}
