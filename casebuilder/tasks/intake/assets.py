"""An asset register as people paste it: a row for each item or kind, with the date at which it falls due."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan

from casebuilder.inputs.dm01.headings import plain
from casebuilder.inputs.files.scalars import bare, listed
from casebuilder.inputs.shape.calendar import APRIL, financial_year, is_financial_year, month_number
from casebuilder.tasks.data.sheets import Cell, Sheet, address, number, words
from casebuilder.tasks.intake.blocks import Block, find_blocks, month_of
from casebuilder.workbook.edits.typed import Untaken

_YEAR = re.compile(r"20\d\d")
_MONTHS = 12


@dataclass
class Register:
    """What was pasted.

    Attributes
    ----------
    units
        How many units of a trust and a kind fall due in a financial year.
    places
        The first cell of each trust.
    untaken
        What is not taken, with its place.
    """

    units: dict[tuple[str, str, str], float] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    untaken: list[Untaken] = field(default_factory=list)


@dataclass(frozen=True)
class Kit:
    """What the names of a register mean.

    Attributes
    ----------
    headings
        By heading, as `plain` has it, the column.
    equipment
        By name, as `bare` has it, the id of a kind of equipment.
    trusts
        By id, code or name, as `bare` has it, the id of a trust.
    years
        The financial years of the case.
    alone
        The id of the form's trust, where it is for one; else empty.
    """

    headings: Mapping[str, str]
    equipment: Mapping[str, str]
    trusts: Mapping[str, str]
    years: tuple[str, ...]
    alone: str = ""

    def kind(self, text: str) -> str:
        """The kind that a text names: as it is, or by the longest name whose words stand in it."""
        whole = bare(text)
        if found := self.equipment.get(whole):
            return found
        padded = f"_{re.sub(r'[^a-z0-9]+', '_', whole)}_"
        within = [name for name in self.equipment if f"_{name}_" in padded]
        return self.equipment[max(within, key=len)] if within else ""


def read_register(sheet: Sheet, kit: Kit) -> Register:
    """All tables of a paste.

    Parameters
    ----------
    sheet
        The cells.
    kit
        What names mean.
    """
    reader = _Reader(sheet, kit)
    blocks = find_blocks(
        sheet,
        kit.headings,
        "equipment",
        lambda cell: plain(words(cell)) not in kit.headings and bool(kit.kind(words(cell))),
    )
    for block in blocks:
        reader.block(block)
    if not blocks:
        first = next((i, j) for i, row in enumerate(sheet.rows) for j, c in enumerate(row) if words(c))
        what = "no header is known here: head the columns Trust, Kit, Units and Due for replacement"
        reader.found.untaken.append(Untaken(f"{sheet.name}!{address(*first)}", what))
    reader.finish()
    return reader.found


class _Reader:
    """Reads the tables of one paste."""

    def __init__(self, sheet: Sheet, kit: Kit) -> None:
        self.sheet, self.kit, self.found = sheet, kit, Register()
        self._strangers: dict[str, tuple[str, list[str]]] = {}

    def block(self, block: Block) -> None:
        """Read one table; a trust stands until the next is named."""
        titles = [words(cell) for cell in block.titles]
        trust = next((t for text in reversed(titles) if (t := self._trust(text))), self.kit.alone)
        for at in block.rows:
            row = self.sheet.rows[at]
            text = {name: words(row[place]) for name, place in block.columns.items()}
            if not text.get("equipment"):
                continue
            if text.get("provider"):
                trust = self._trust(text["provider"])
            kind = self.kit.kind(text["equipment"])
            named = f"{self.sheet.name}!{address(at, block.columns['equipment'])}"
            if not kind:
                self._stranger("no kit of this case", text["equipment"], named)
            elif not trust:
                what = "none of the trusts of this form" if text.get("provider") else "no trust is named"
                self._stranger(what, text.get("provider") or text["equipment"], named)
            else:
                self._unit(trust, kind, row, block, named)

    def _unit(self, trust: str, kind: str, row: Sequence[Cell], block: Block, place: str) -> None:
        cells = {name: row[at] for name, at in block.columns.items()}
        units = number(cells["units"]) if words(cells.get("units")) else 1.0
        if units is None or isnan(units) or units < 0:
            self._stranger("no number of units", words(cells["units"]), place)
            return
        year = _due(cells)
        if not year:
            said = words(cells.get("due")) or words(cells.get("installed")) or "blank"
            self._stranger("no date at which it falls due, nor one of installation with a life", said, place)
            return
        self.found.places.setdefault(trust, place)
        if year in self.kit.years:
            self.found.units[trust, kind, year] = self.found.units.get((trust, kind, year), 0.0) + units
        elif year < self.kit.years[0]:
            what = f"due before {self.kit.years[0]}: type it into the year in which it is replaced"
            self._stranger(what, f"{words(cells['equipment'])}, {year}", place)

    def _trust(self, text: str) -> str:
        return self.kit.trusts.get(bare(text), "")

    def _stranger(self, what: str, name: str, place: str) -> None:
        self._strangers.setdefault(what, (place, []))[1].append(name)

    def finish(self) -> None:
        """Tell what was passed over, once for each kind."""
        for what, (place, names) in self._strangers.items():
            rows = "1 row" if len(names) == 1 else f"{len(names):,} rows"
            self.found.untaken.append(
                Untaken(place, f"{what} ({listed(dict.fromkeys(names))}): {rows} left out")
            )


def _due(cells: Mapping[str, Cell]) -> str:
    """The financial year in which an item falls due; empty where that is not said.

    A year alone is the financial year that begins in it.
    """
    if words(cells.get("due")):
        return _year_of(cells["due"], 0)
    life = number(cells.get("life")) if words(cells.get("life")) else None
    if life is None or isnan(life) or not words(cells.get("installed")):
        return ""
    return _year_of(cells["installed"], round(life * _MONTHS))


def _year_of(cell: Cell, later: int) -> str:
    """The financial year of a date, so many months later."""
    text = words(cell)
    if is_financial_year(text) or _YEAR.fullmatch(text):
        return financial_year(int(text[:4]) + later // _MONTHS)
    month = month_of(cell)
    if month is None:
        return ""
    at = month_number(month) + later
    return financial_year(at // _MONTHS if at % _MONTHS >= APRIL - 1 else at // _MONTHS - 1)
