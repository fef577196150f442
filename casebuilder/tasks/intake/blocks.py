"""Tables among pasted cells: each with its header, the titles above it, and the months it has across."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casebuilder.inputs.dm01.headings import plain
from casebuilder.tasks.data.sheets import Cell, Sheet, month_in, words

# Excel counts days from here; as months only days of this century are meant.
_EPOCH = date(1899, 12, 30)
_FIRST, _LAST = (date(2000, 1, 1) - _EPOCH).days, (date(2099, 12, 31) - _EPOCH).days
# A title has few cells, and stands not far above its table.
_TITLE_CELLS, _TITLE_ROWS = 3, 15
_LEAST_MONTHS, _LEAST_KNOWN = 2, 2


@dataclass(frozen=True)
class Block:
    """A table.

    Attributes
    ----------
    header
        The row of its header, from 0.
    columns
        By what a column means, where it stands from 0.
    months
        The month of each column that is one, by its place from 0; none where months stand in rows.
    titles
        The texts above it, the nearest last.
    rows
        Its rows.
    """

    header: int
    columns: Mapping[str, int]
    months: Mapping[int, str]
    titles: tuple[Cell, ...]
    rows: range


def month_of(cell: Cell) -> str | None:
    """The month that a cell names: a text, a date, or the number by which Excel keeps a date."""
    if isinstance(cell, float) and not isinstance(cell, bool):
        if not cell.is_integer() or not _FIRST <= cell <= _LAST:
            return None
        return month_in(_EPOCH + timedelta(days=int(cell)))
    return month_in(cell)


def find_blocks(
    sheet: Sheet, known: Mapping[str, str], needs: str, is_data: Callable[[Cell], bool]
) -> list[Block]:
    """The tables among the cells.

    Parameters
    ----------
    sheet
        The cells.
    known
        By heading, as `plain` has it, what the column means; of two that mean the same the earlier holds.
    needs
        What every header has a column of, or else months across.
    is_data
        Whether a cell can stand only below a header.
    """
    ranks = {heading: rank for rank, heading in enumerate(known)}
    headers: list[tuple[int, dict[str, int], dict[int, str]]] = []
    for at, row in enumerate(sheet.rows):
        there = {place: cell for place, cell in enumerate(row) if words(cell)}
        if not there or any(is_data(cell) for cell in there.values()):
            continue
        columns: dict[str, int] = {}
        best: dict[str, int] = {}
        for place, cell in there.items():
            heading = plain(words(cell))
            meaning = known.get(heading)
            if meaning and ranks[heading] < best.get(meaning, len(ranks)):
                columns[meaning], best[meaning] = place, ranks[heading]
        months = {
            place: month
            for place, cell in there.items()
            if place not in columns.values() and (month := month_of(cell))
        }
        across = len(months) >= _LEAST_MONTHS or (months and needs in columns)
        if across and len(set(months.values())) == len(months):
            headers.append((at, columns, months))
        elif needs in columns and len(columns) >= _LEAST_KNOWN:
            headers.append((at, columns, {}))
    found = []
    for number, (at, columns, months) in enumerate(headers):
        end = headers[number + 1][0] if number + 1 < len(headers) else len(sheet.rows)
        before = headers[number - 1][0] if number else -1
        found.append(Block(at, columns, months, _titles(sheet, at, before, is_data), range(at + 1, end)))
    return found


def _titles(sheet: Sheet, header: int, before: int, is_data: Callable[[Cell], bool]) -> tuple[Cell, ...]:
    found: list[Cell] = []
    for at in range(header - 1, max(before, header - 1 - _TITLE_ROWS), -1):
        there = [cell for cell in sheet.rows[at] if words(cell)]
        if len(there) > _TITLE_CELLS or any(is_data(cell) for cell in there):
            break
        found = [*there, *found]
    return tuple(found)
