"""What the cells for typing held when a workbook was written: the start of all edits.

A value is an edit where it differs from what was written there, whatever the case has become since. So a
workbook brings its own start with it on a hidden sheet, as texts, which Excel, LibreOffice and openpyxl keep.
"""

from __future__ import annotations

import base64
import json
import lzma
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from xlsxwriter import Workbook

from casebuilder.inputs.edits import Amount, name_of
from casebuilder.workbook.edits.grid import Grid, Held, grid_of
from casebuilder.workbook.layout.scenarios import NONE, ScenarioLayout
from casebuilder.workbook.layout.trials import NOTHING, TrialLayout
from casebuilder.workbook.writing.sheet import FormulaSheet, constant_of

SHEET, TITLE, FORMAT = "Start", "Values at the start", 1
WORKBOOK, INTAKE = "workbook", "intake"
# A cell that links to another: it follows what that holds.
LINK = ("=",)
_CHUNK = 32_000  # a cell holds 32,767 characters
Then = Amount | tuple[str, ...] | None


class DamagedStartError(Exception):
    """The texts are not those that were written."""


@dataclass(frozen=True)
class Start:
    """What a workbook or a form was written with.

    Attributes
    ----------
    kind
        `workbook` or `intake`.
    case, version, inputs_sha256
        The case, the version of the program, and the hash of the case's values.
    rows
        For the key of each row what was written under each header; LINK for a cell that links to another.
    scenarios
        For the key of each value that a scenario touches, what each of them puts there, by its name.
    trials
        The cells for trying, with the key of what each stands for.
    """

    kind: str
    case: str
    version: str
    inputs_sha256: str
    rows: Mapping[str, Mapping[str, Then]]
    scenarios: Mapping[str, Mapping[str, Amount]] = field(default_factory=dict)
    trials: Mapping[str, str] = field(default_factory=dict)


def start_of(
    kind: str,
    case: str,
    version: str,
    inputs_sha256: str,
    grids: Iterable[Grid],
    scenarios: ScenarioLayout = NONE,
    trials: TrialLayout = NOTHING,
) -> Start:
    """The start from the sheets as they are about to be written."""
    rows: dict[str, dict[str, Then]] = {}
    for grid in grids:
        headers = list(grid.typed)
        for key in grid.rows:
            held = {header: _then(grid.held(key, header)) for header in headers}
            rows[key] = {header: then for header, then in held.items() if then is not None}
    names = [scenario.name for scenario in scenarios.scenarios]
    given = {
        value.key: {names[place]: amount for place, amount in value.given.items()}
        for value in scenarios.rows.values()
    }
    tried = {at: name_of(None, item.key, members) for item, members, at in trials.cells()}
    return Start(kind, case, version, inputs_sha256, rows, given, tried)


def written_grids(workbook: Workbook, sheets: Mapping[str, FormulaSheet]) -> list[Grid]:
    """The rows of sheets that are about to be written."""
    texts = {number: text for text, number in workbook.str_table.string_table.items()}
    found = []
    for name, sheet in sheets.items():
        grid = grid_of(name, _written(sheet, texts))
        if grid is not None:
            found.append(grid)
    return found


def write_start(workbook: Workbook, start: Start) -> None:
    """Keep the start on a very hidden sheet of its own."""
    kept = workbook.add_worksheet(SHEET, FormulaSheet)
    for row, text in enumerate(pack(start)):
        kept.write_string(row, 0, text)
    kept.very_hidden()
    kept.protect()


def pack(start: Start) -> list[str]:
    """The start as texts: the title, the hash, then the rest in pieces."""
    headers = list(dict.fromkeys(header for row in start.rows.values() for header in row))
    number = {header: place for place, header in enumerate(headers)}
    content = {
        "format": FORMAT,
        "kind": start.kind,
        "case": start.case,
        "version": start.version,
        "inputs_sha256": start.inputs_sha256,
        "headers": headers,
        "rows": {
            key: [[number[header] for header in row], list(row.values())] for key, row in start.rows.items()
        },
        "scenarios": start.scenarios,
        "trials": start.trials,
    }
    text = json.dumps(content, separators=(",", ":"))
    packed = lzma.compress(text.encode(), preset=2)
    text = base64.b64encode(packed).decode()
    pieces = [text[i : i + _CHUNK] for i in range(0, len(text), _CHUNK)]
    return [TITLE, sha256(packed).hexdigest(), *pieces]


def unpack(texts: Sequence[str]) -> Start:
    """The start from its texts.

    Raises
    ------
    DamagedStartError
        The texts are not those of a start, or not whole.
    """
    try:
        title, hashed, *pieces = texts
        packed = base64.b64decode("".join(pieces), validate=True)
        if title != TITLE or sha256(packed).hexdigest() != hashed:
            raise DamagedStartError("its hash is not that of its text")
        return _read(json.loads(lzma.decompress(packed)))
    except (ValueError, LookupError, TypeError, lzma.LZMAError) as fault:
        raise DamagedStartError(str(fault)) from fault


def _read(content: Mapping[str, Any]) -> Start:
    if content["format"] > FORMAT:
        raise DamagedStartError("it was written by a newer casebuilder")
    headers = content["headers"]
    rows = {
        key: {
            headers[place]: tuple(then) if isinstance(then, list) else then
            for place, then in zip(places, values, strict=True)
        }
        for key, (places, values) in content["rows"].items()
    }
    scenarios = content.get("scenarios", {})  # none in what an earlier version wrote
    said = (content["kind"], content["case"], content["version"], content["inputs_sha256"])
    return Start(*said, rows, scenarios, content.get("trials", {}))


def _then(held: Held) -> Then:
    if held.formula is not None:
        return LINK
    return float(held.value) if isinstance(held.value, bool) else held.value


def _written(sheet: FormulaSheet, texts: Mapping[int, str]) -> dict[tuple[int, int], Held]:
    """What the cells of a sheet hold that is about to be written."""
    found: dict[tuple[int, int], Held] = {}
    for row, cells in sheet.table.items():
        for column, cell in cells.items():
            constant = constant_of(cell, texts)
            if isinstance(constant, float):
                constant = float(f"{constant:.15g}")
            formula = cell.formula if cell.__class__.__name__ in ("Ready", "Formula") else None
            if constant is not None or formula is not None:
                found[row + 1, column + 1] = Held(constant, formula)
    return found
