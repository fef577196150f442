"""Change formulas in a workbook's file, as somebody would who wants it not to be seen.

Values stored are left as they were, so that only the formulas tell.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.proof.cells import Cell, read_cells
from casebuilder.workbook.proof.engines import place
from casebuilder.workbook.proof.package import package_of

SIGN, REFERENCE, RANGE, CONSTANT = "sign", "reference", "range one row short", "constant"
KINDS = (SIGN, REFERENCE, RANGE, CONSTANT)
_CELL = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_REFERENCE = re.compile(r"(?<![A-Za-z0-9_.$'!:])(\$?[A-Z]{1,3}\$?)(\d+)(?![\w.(:!])")
_RANGE = re.compile(r"(\$?[A-Z]{1,3}\$?(\d+):\$?[A-Z]{1,3}\$?)(\d+)(?![\w(])")


@dataclass(frozen=True)
class Edit:
    """A cell with its new formula, None for its constant alone."""

    sheet: str
    address: str
    kind: str
    formula: str | None
    value: str = ""

    @property
    def where(self) -> tuple[str, str]:
        """Sheet and address."""
        return self.sheet, self.address


def changed(formula: str, kind: str, chance: random.Random) -> str | None:
    """A formula with one thing changed; None where it has no such thing."""
    bare = re.sub(r'"[^"]*"|\'[^\']*\'', lambda text: "x" * len(text.group()), formula)
    if kind == SIGN:
        places = [
            m.start()
            for m in re.finditer(r"(?<=[\w)\]])[+-](?=[\w($'])", bare)
            if not re.search(r"\d[Ee]$", bare[: m.start()])
        ]
        if not places:
            return f"-({formula})"
        at = chance.choice(places)
        return formula[:at] + ("-" if formula[at] == "+" else "+") + formula[at + 1 :]
    pattern = _REFERENCE if kind == REFERENCE else _RANGE
    found = [m for m in pattern.finditer(formula) if kind == REFERENCE or int(m.group(3)) > int(m.group(2))]
    if not found:
        return None
    one = chance.choice(found)
    row = int(one.group(one.lastindex or 0)) + (1 if kind == REFERENCE else -1)
    return f"{formula[: one.start(one.lastindex or 0)]}{row}{formula[one.end(one.lastindex or 0) :]}"


def choose(
    cells: Mapping[str, Sequence[Cell]], each: int, seed: int, sheets: Sequence[str] | None = None
) -> list[Edit]:
    """So many edits of each kind, from one sheet after the other, no cell twice."""
    chance = random.Random(seed)
    known = {name: [c for c in of if c.formula and isinstance(c.value, float)] for name, of in cells.items()}
    names = [name for name in sheets or known if known[name]]
    taken: dict[tuple[str, str], Edit] = {}
    for kind in KINDS:
        count = tries = 0
        while count < each:
            tries += 1
            assert tries < 1_000 * each, f"no {each} formulas for a {kind}"
            sheet = names[(tries + chance.randrange(2)) % len(names)]
            cell = chance.choice(known[sheet])
            assert cell.formula is not None
            formula = None if kind == CONSTANT else changed(cell.formula, kind, chance)
            if (sheet, cell.address) in taken or (formula is None and kind != CONSTANT):
                continue
            assert formula != cell.formula
            taken[sheet, cell.address] = Edit(sheet, cell.address, kind, formula, repr(cell.value))
            count += 1
    return list(taken.values())


def apply(path: Path, out: Path, edits: Sequence[Edit]) -> None:
    """Write a copy of the workbook with the edits, each value stored as it was."""
    by_sheet: dict[str, dict[str, Edit]] = {}
    for edit in edits:
        by_sheet.setdefault(edit.sheet, {})[edit.address] = edit

    def turned(wanted: Mapping[str, Edit], done: set[str]) -> object:
        def one(found: re.Match[str]) -> str:
            address, marks, inside = found.groups()
            if address not in wanted:
                return found.group()
            done.add(address)
            new = wanted[address].formula
            if new is None:
                stored = re.sub(r"<f.*?</f>|<f[^>]*/>", "", inside or "", flags=re.DOTALL)
            else:
                stored = re.sub(r"<f.*?</f>", lambda _: f"<f>{escape(new)}</f>", inside, flags=re.DOTALL)
            return f'<c r="{address}"{marks}>{stored}</c>'

        return one

    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, True, 1) as to:
        parts = {part: name for name, part in package_of(source, path).sheets.items()}
        for item in source.infolist():
            content = source.read(item.filename)
            name = parts.get(item.filename, "")
            if name in by_sheet:
                done: set[str] = set()
                text = _CELL.sub(turned(by_sheet[name], done), content.decode())  # type: ignore[call-overload]
                assert done == set(by_sheet[name])
                content = text.encode()
            to.writestr(item.filename, content)


def shifted(path: Path, out: Path, sheet: str, row: int) -> None:
    """Write a copy with an empty row inserted into a sheet, every reference moved as Excel moves it."""

    def after(number: str) -> str:
        return str(int(number) + (int(number) >= row))

    def formula(text: str, own: bool) -> str:
        def one(found: re.Match[str]) -> str:
            name, rest = found.groups()
            if (name.strip("'!") if name else sheet if own else "") != sheet:
                return found.group()
            return (name or "") + re.sub(r"(\$?[A-Z]{1,3}\$?)(\d+)", lambda m: m[1] + after(m[2]), rest)

        return re.sub(
            r"((?:'[^']+'|[A-Za-z]+)!)?((?<![\w'])\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
            r"(?![\w(!])",
            one,
            text,
        )

    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, True, 1) as to:
        parts = {part: name for name, part in package_of(source, path).sheets.items()}
        for item in source.infolist():
            content = source.read(item.filename)
            if (name := parts.get(item.filename)) is not None:
                text = content.decode()
                own = name == sheet
                text = re.sub(r"<f>(.*?)</f>", lambda m, own=own: f"<f>{formula(m[1], own)}</f>", text)
                if own:
                    text = re.sub(r'<row r="(\d+)"', lambda m: f'<row r="{after(m[1])}"', text)
                    text = re.sub(r'<c r="([A-Z]+)(\d+)"', lambda m: f'<c r="{m[1]}{after(m[2])}"', text)
                content = text.encode()
            to.writestr(item.filename, content)


def stored(path: Path) -> dict[str, list[Cell]]:
    """The cells of a workbook by sheet."""
    return dict(read_cells(path))


def beside(address: str, down: int = 0, across: int = 0) -> str:
    """The address some rows and columns away."""
    row, column = place(address)
    return f"{letter(column + across)}{row + down}"
