"""What `verify` shows: how many formula cells were compared, and everything that is not as it should be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from casebuilder.evaluate.status import PARTS

if TYPE_CHECKING:
    from casebuilder.evaluate.status import Status
    from casebuilder.workbook.proof.verify import Verification

_MOST_SHOWN = 20
_MOST_FORMULA = 60


def verification_data(found: Verification) -> dict[str, Any]:
    """The contract's keys; a number that JSON has no word for is null."""
    return {
        "formula_cells": found.formula_cells,
        "compared": found.compared,
        "mismatches": [_plain_row(each) for each in found.mismatches],
        "cannot": [_plain_row(each) for each in found.cannot],
        "inputs_outside": [_plain_row(each) for each in found.inputs_outside],
        "changed_formulas": [
            {"sheet": each.sheet, "cell": each.cell, "change": each.change, "formula": each.formula}
            for each in found.changed_formulas
        ],
        "max_relative_error": _plain(found.max_relative_error),
        "engine": found.engine,
        "seal": found.seal or None,
        "checks": None if found.status is None else _checks(found.status),
        "faults": faults_of(found),
    }


def _checks(status: Status) -> dict[str, int]:
    """How many checks of the workbook fail, warn and cannot be worked out, and unusable inputs."""
    return {part.name: count for part, count in zip(PARTS, status.counts, strict=True)}


def _plain_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def faults_of(found: Verification) -> list[str]:
    """What is wrong, a sentence each; none for a workbook that is proved."""
    left_out = found.formula_cells - found.compared
    counts = (
        (found.differing, "formula cells that differ from the value stored in them"),
        (found.erring, "formula cells that cannot be worked out, stored and recalculated"),
        (left_out, "formula cells that could not be compared"),
        (len(found.inputs_outside), "input cells that cannot be used"),
        (len(found.changed_formulas), "formulas or rows that are not those that were built"),
    )
    said = [f"{what}: {count:,}" for count, what in counts if count]
    if found.status and (found.status.failed or found.status.cannot):
        said.append(f"the checks of the workbook: {found.status.text}")
    if not found.formula_cells:
        said.insert(0, "it has no formula cells: nothing was compared, so nothing is proved")
    return said


def print_verification(console: Console, workbook: Path, found: Verification) -> None:
    """The result in a sentence, and of each kind of fault the first cells."""
    verdict = _verdict(found)
    console.print(
        Text(
            f"{workbook}: {found.formula_cells:,} formula cells, {found.compared:,} recalculated by "
            f"{found.engine} and compared: {verdict}. "
            f"Largest relative difference {found.max_relative_error:.1e}."
        )
    )
    if found.seal:
        changed = len(found.changed_formulas)
        console.print(
            Text(
                f"{changed:,} formulas or rows are not those that were built."
                if changed
                else f"Every formula, label, unit, bound and result of the engine is the one that was built; "
                f"seal {found.seal}, as on Cover. Number formats, colours, charts and what is hidden are "
                "not compared."
            )
        )
    if found.status:
        console.print(Text(f"Checks of the workbook, recalculated: {found.status.text}"))
    _list(
        console,
        "Cells that differ",
        ("Sheet", "Cell", "Stored", "Recalculated"),
        [
            (e["sheet"], e["cell"], "no value" if e["stored"] is None else e["stored"], e["recalculated"])
            for e in found.mismatches
        ],
        found.differing,
    )
    _list(
        console,
        "Cells that cannot be worked out",
        ("Sheet", "Cell", "Error", "Formula"),
        [(e["sheet"], e["cell"], e["error"], _short(e["formula"])) for e in found.cannot],
        found.erring,
    )
    _list(
        console,
        "Input cells that cannot be used",
        ("Key", "Sheet", "Cell", "What is wrong"),
        [(e["key"], e["sheet"], e["cell"], e["fault"]) for e in found.inputs_outside],
        len(found.inputs_outside),
    )
    _list(
        console,
        "Formulas and rows that are not those that were built",
        ("Sheet", "Cell", "Change", "Now"),
        [(e.sheet, e.cell, e.change, _short(e.formula)) for e in found.changed_formulas],
        len(found.changed_formulas),
    )


def _verdict(found: Verification) -> str:
    if not found.formula_cells:
        return "nothing to compare"
    parts = []
    if found.differing:
        parts.append(f"{found.differing:,} differ")
    if found.erring:
        parts.append(f"{found.erring:,} cannot be worked out")
    if found.compared < found.formula_cells:
        parts.append(f"{found.formula_cells - found.compared:,} were not compared")
    return ", ".join(parts) or "all agree"


def _short(formula: str | None) -> str:
    text = formula or ""
    return text if len(text) <= _MOST_FORMULA else f"{text[:_MOST_FORMULA]}…"


def _list(
    console: Console, title: str, names: Sequence[str], rows: Sequence[Sequence[object]], count: int
) -> None:
    """The first rows under their heads, and how many more there are."""
    if not rows:
        return
    console.print()
    console.print(Text(title, style="bold"))
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows[:_MOST_SHOWN]:
        table.add_row(*(Text(str(value)) for value in row))
    console.print(table)
    if count > _MOST_SHOWN:
        console.print(f"and {count - _MOST_SHOWN:,} more")
