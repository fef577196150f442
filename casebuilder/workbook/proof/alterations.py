"""Which formulas of a workbook are not those that were built, also where their values did not move."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from xml.etree import ElementTree

from casebuilder.workbook.layout.addresses import INPUTS, KINDS, letter
from casebuilder.workbook.proof.cells import Cell, Error, place
from casebuilder.workbook.proof.package import local, open_workbook
from casebuilder.workbook.proof.row_shifts import RowShifts, row_shifts
from casebuilder.workbook.writing.facts_fingerprint import Facts, facts_of
from casebuilder.workbook.writing.formula_fingerprint import (
    SHEET,
    Alteration,
    DamagedFingerprintError,
    Fingerprint,
    Run,
    Seen,
    SheetPrint,
    Taker,
    unpack,
)
from casebuilder.workbook.writing.formula_patterns import Undo

MADE_BY = "casebuilder "
_CORE = "docProps/core.xml"
CHANGED, REMOVED, ADDED = "formula changed", "formula removed", "formula added"
CONSTANT = "formula replaced by a constant"
TYPED = "constant among the formulas"
WORDS = "words of the row changed"
FACTS = "what is not for typing changed in the row"

Cells = Mapping[str, Sequence[Cell]]


def altered_formulas(path: Path, cells: Cells) -> tuple[str, list[Alteration]]:
    """The seal of the formulas as built, and every alteration; both empty for a workbook that is not ours.

    Parameters
    ----------
    path
        The workbook.
    cells
        Its cells by sheet, as `read_cells` gives them.
    """
    if SHEET not in cells:
        if not _is_ours(path, cells):
            return "", []
        return "", [Alteration(SHEET, "", "the fingerprint of the formulas is missing")]
    texts = [str(cell.value) for cell in sorted(cells[SHEET], key=lambda c: place(c.address))]
    try:
        built = unpack(texts)
    except DamagedFingerprintError as fault:
        return "", [Alteration(SHEET, "", f"the fingerprint of the formulas is damaged: {fault}")]
    return texts[1], alterations(built, cells, texts[1])


def _is_ours(path: Path, cells: Cells) -> bool:
    """Whether casebuilder made a workbook: it says so, or its sheets are ours."""
    try:
        with open_workbook(path) as archive:
            core = ElementTree.fromstring(archive.read(_CORE))
        said = next((part.text or "" for part in core.iter() if local(part.tag) == "description"), "")
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile):
        said = ""
    calculations = any(name.startswith(tuple(f"{kind} " for kind in KINDS)) for name in cells)
    return said.startswith(MADE_BY) or (INPUTS in cells and calculations)


def alterations(built: Fingerprint, cells: Cells, sealed: str = "") -> list[Alteration]:
    """Every formula that is not what it was built as, and every row in which what is not for typing changed.

    Sheet by sheet in the order of the workbook; the seal, written after the fingerprint, is no change.
    """
    taker = Taker()
    seen = {name: list(_seen(of)) for name, of in cells.items() if name != SHEET}
    names = _renamed(built, seen, taker)
    back = {new: old for old, new in names.items()}
    renamed = {old: new for old, new in names.items() if old != new}
    found = [Alteration(new, "", f"sheet renamed: it was '{old}'") for old, new in renamed.items()]
    prints = {old: taker.take(old, seen[new], built.sheets[old].formulas_only) for old, new in names.items()}
    shifts_of = {old: row_shifts(built.sheets[old].words, prints[old].words) for old in names}
    moved = {old: shifts for old, shifts in shifts_of.items() if shifts is not None}
    if moved or renamed:
        context = _Undone(back, moved)
        for old, new in names.items():
            prints[old] = taker.take(old, seen[new], built.sheets[old].formulas_only, context.of(old))
    for old, new in names.items():
        shifts = moved.get(old)
        if shifts is not None:
            found += [Alteration(new, f"{row}:{row}", "row inserted") for row in sorted(shifts.inserted)]
            found += [Alteration(new, "", f"row deleted: it was row {row}") for row in sorted(shifts.deleted)]
        on_sheet = _on_sheet(new, built.sheets[old], prints[old], seen[new], shifts)
        found += on_sheet
        facts = built.sheets[old].facts
        if facts is not None:
            told = {place(each.cell.partition(":")[0])[0] for each in on_sheet if ":" not in each.cell}
            now = facts_of(seen[new], taker.words, facts, sealed)
            found += _facts_on_sheet(new, facts, now, seen[new], shifts, told)
    found += [Alteration(name, "", "sheet missing") for name in built.sheets if name not in names]
    for name, own in seen.items():
        formulas = sum(cell.formula is not None for cell in own)
        if name not in back and formulas:
            found.append(Alteration(name, "", f"sheet added, with formulas: {formulas:,}"))
    return found


def _seen(cells: Sequence[Cell]) -> Iterator[Seen]:
    """The cells in order; a stored error is no constant."""
    made = []
    for cell in cells:
        row, column = place(cell.address)
        constant = None if cell.formula is not None or isinstance(cell.value, Error) else cell.value
        made.append(Seen(row, column, cell.formula, constant, False, _span(cell, row, column)))
    yield from sorted(made, key=attrgetter("row", "column"))


def _span(cell: Cell, row: int, column: int) -> str:
    """What an array formula fills, by its size; nothing for one that fills its own cell."""
    if not cell.span:
        return ""
    kind, _, area = cell.span.partition(" ")
    first, _, last = area.replace("$", "").partition(":")
    if not last or last == first:
        return f"{kind} "
    down, across = (a - b for a, b in zip(place(last), place(first), strict=True))
    return f"{kind} {down} {across} "


@dataclass(frozen=True)
class _Undone:
    """What was renamed and moved in the whole workbook."""

    back: Mapping[str, str]
    moved: Mapping[str, RowShifts]

    def of(self, sheet: str) -> Undo:
        """For the formulas of one sheet, by its old name."""
        names = {new.upper(): old.upper() for new, old in self.back.items()}
        return Undo(sheet.upper(), names, {old.upper(): shifts.then for old, shifts in self.moved.items()})


def _renamed(built: Fingerprint, seen: Mapping[str, list[Seen]], taker: Taker) -> dict[str, str]:
    """The name that each sheet has now by the one it had; a sheet that is missing is left out."""
    names = {name: name for name in built.sheets if name in seen}
    spare = [name for name in seen if name not in built.sheets]
    for old in [name for name in built.sheets if name not in seen]:
        known = built.sheets[old]
        for new in spare:
            words = taker.take(old, seen[new], known.formulas_only).words
            alike = sum(words.get(row) == hash_ for row, hash_ in known.words.items())
            if known.words and 2 * alike > len(known.words):
                names[old] = new
                spare.remove(new)
                break
    return {name: names[name] for name in built.sheets if name in names}


def _on_sheet(
    name: str, built: SheetPrint, now: SheetPrint, seen: Sequence[Seen], shifts: RowShifts | None
) -> list[Alteration]:
    found: list[Alteration] = []
    then = shifts.then if shifts else int
    inserted = shifts.inserted if shifts else frozenset[int]()
    rows_now = {then(row): row for row in {*now.rows, *now.words} if row not in inserted}
    numbers = {cell.row for cell in seen if _is_number(cell)} if built.formulas_only else set()
    rows_now |= {then(row): row for row in numbers if row not in inserted}
    differing = {
        old
        for old in {*built.rows, *rows_now}
        if built.rows.get(old, []) != _closed(now.rows.get(rows_now.get(old, 0), []), built.rows.get(old, []))
        or rows_now.get(old) in numbers
    }
    wanted = {rows_now.get(old, old) for old in differing} | inserted
    cells: dict[int, dict[int, Seen]] = {row: {} for row in wanted}
    for cell in seen:
        if cell.row in cells:
            cells[cell.row][cell.column] = cell
    for row in sorted(inserted):
        found += [
            Alteration(name, f"{letter(column)}{row}", ADDED, cell.formula)
            for column, cell in sorted(cells[row].items())
            if cell.formula is not None
        ]
    for old in sorted(differing):
        if shifts and old in shifts.deleted:
            continue
        row = rows_now.get(old, old)
        found += _on_row(
            name, row, built.rows.get(old, []), now.rows.get(row, []), cells[row], built.formulas_only
        )
    if built.formulas_only:
        gone = shifts.deleted if shifts else frozenset[int]()
        found += [
            Alteration(name, f"{rows_now.get(old, old)}:{rows_now.get(old, old)}", WORDS)
            for old in sorted({*built.words, *rows_now} - gone)
            if built.words.get(old) != now.words.get(rows_now.get(old, 0))
        ]
    return found


def _facts_on_sheet(
    name: str,
    built: Facts,
    now: Facts,
    seen: Sequence[Seen],
    shifts: RowShifts | None,
    told: set[int],
) -> list[Alteration]:
    """The rows in which a label, a unit, a bound or a result is another, but for those told of."""
    then = shifts.then if shifts else int
    inserted = shifts.inserted if shifts else frozenset[int]()
    deleted = shifts.deleted if shifts else frozenset[int]()
    rows_now = {then(row): row for row in now.rows if row not in inserted}
    differing = sorted(
        rows_now.get(old, old)
        for old in {*built.rows, *rows_now} - deleted
        if built.rows.get(old) != now.rows.get(rows_now.get(old, 0))
    )
    labels = {cell.row: str(cell.constant) for cell in reversed(seen) if isinstance(cell.constant, str)}
    return [Alteration(name, f"{row}:{row}", FACTS, labels.get(row)) for row in differing if row not in told]


def _closed(now: list[Run], built: list[Run]) -> list[Run]:
    """The runs of now as those built, where they differ in nothing but which cells people may type into."""
    if len(now) == len(built) and all(a[:3] == b[:3] for a, b in zip(now, built, strict=True)):
        return built
    return now


def _on_row(
    sheet: str, row: int, built: list[Run], now: list[Run], cells: Mapping[int, Seen], formulas_only: bool
) -> list[Alteration]:
    """The alterations of one row, cell by cell."""
    then, here = _by_column(built), _by_column(now)
    found = []
    for column in sorted({*then, *here, *(c for c in cells if formulas_only and _is_number(cells[c]))}):
        cell = cells.get(column)
        formula = cell.formula if cell else None
        if column in then and column in here:
            change = CHANGED if then[column].digest != here[column].digest else ""
        elif column in here:
            change = ADDED
        elif column not in then:
            change = TYPED
        elif cell is None or cell.constant is None:
            change = REMOVED
        else:
            change = "" if then[column].open else CONSTANT
        if change:
            shown = formula if formula is not None else None if cell is None else str(cell.constant)
            found.append(Alteration(sheet, f"{letter(column)}{row}", change, shown))
    return found


def _by_column(runs: Sequence[Run]) -> dict[int, Run]:
    return {run.column + offset: run for run in runs for offset in range(run.length)}


def _is_number(cell: Seen) -> bool:
    """Whether a cell holds a number that no formula gave."""
    return isinstance(cell.constant, float | bool)


def counted(found: Sequence[Alteration]) -> list[str]:
    """How many alterations of each kind there are, in words."""
    return [f"{count:,} × {change}" for change, count in Counter(each.change for each in found).items()]
