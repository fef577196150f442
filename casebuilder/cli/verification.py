"""What `verify` shows: how many formula cells were compared, and which differ."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from casebuilder.workbook.verify import Verification

_MOST_SHOWN = 20


def verification_data(found: Verification) -> dict[str, Any]:
    """The contract's keys; a number that JSON has no word for is null."""
    return {
        "formula_cells": found.formula_cells,
        "compared": found.compared,
        "mismatches": [{name: _plain(value) for name, value in each.items()} for each in found.mismatches],
        "max_relative_error": _plain(found.max_relative_error),
        "engine": found.engine,
    }


def _plain(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def print_verification(console: Console, workbook: Path, found: Verification) -> None:
    """The result in a sentence, and the first cells that differ."""
    verdict = "all agree" if found.agrees else f"{found.differing:,} differ"
    console.print(
        Text(
            f"{workbook}: {found.formula_cells:,} formula cells, {found.compared:,} recalculated by "
            f"{found.engine} and compared: {verdict}. "
            f"Largest relative difference {found.max_relative_error:.1e}."
        )
    )
    if not found.mismatches:
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("Sheet", "Cell", "Stored", "Recalculated"):
        table.add_column(name, overflow="fold")
    for each in found.mismatches[:_MOST_SHOWN]:
        table.add_row(*(str(each.get(key)) for key in ("sheet", "cell", "stored", "recalculated")))
    console.print(table)
    if found.differing > _MOST_SHOWN:
        console.print(f"and {found.differing - _MOST_SHOWN:,} more")
