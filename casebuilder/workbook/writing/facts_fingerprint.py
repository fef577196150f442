"""What cells hold that nobody types into and no formula works out: labels, units, bounds, engine results.

A column counts where none of its cells is open for typing but for a chooser. Numbers are taken to twelve
digits, since programs that save a workbook keep fifteen of them or more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

_FEW = (
    3  # cells for typing in a column that is not: those by which an option, a month or a scenario is chosen
)


class Held(Protocol):
    """The part of a cell that counts here; row and column count from 1."""

    @property
    def row(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> int: ...  # noqa: D102
    @property
    def formula(self) -> str | None: ...  # noqa: D102
    @property
    def constant(self) -> float | str | bool | None: ...  # noqa: D102
    @property
    def open(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class Facts:
    """The columns that count, cells in them that do not, and for each row a hash of what stands there."""

    columns: tuple[int, ...]
    apart: tuple[tuple[int, int], ...] = ()
    rows: dict[int, bytes] = field(default_factory=dict)


def facts_of(
    cells: Iterable[Held], hashed: Callable[[str], bytes], built: Facts | None = None, seal: str = ""
) -> Facts:
    """The facts of a sheet.

    Parameters
    ----------
    cells
        Its cells, row by row.
    hashed
        Gives the hash of a text.
    built
        What counts on it, as when it was built; by default the columns with a constant in which at most a
        few cells are open, which stand apart.
    seal
        A text that does not count, since it is written last.
    """
    constants: dict[int, list[tuple[int, str]]] = {}
    opened: dict[int, list[int]] = {}
    for cell in cells:
        if cell.open:
            opened.setdefault(cell.column, []).append(cell.row)
        elif cell.formula is None and cell.constant not in (None, "", seal):
            constants.setdefault(cell.row, []).append((cell.column, _told(cell.constant)))
    if built is None:
        held = {column for row in constants.values() for column, _ in row}
        kept = {column for column in held if len(opened.get(column, ())) <= _FEW}
        apart = {(row, column) for column in kept for row in opened.get(column, ())}
    else:
        kept, apart = set(built.columns), set(built.apart)
    rows = {
        row: "\0".join(
            f"{column}\0{text}" for column, text in found if column in kept and (row, column) not in apart
        )
        for row, found in constants.items()
    }
    hashes = {row: hashed(text) for row, text in rows.items() if text}
    return Facts(tuple(sorted(kept)), tuple(sorted(apart)), hashes)


def _told(constant: float | str | bool | None) -> str:
    if isinstance(constant, str):
        return constant.replace("\r\n", "\n").strip()
    return f"{float(f'{float(constant or 0):.15g}'):.12g}"
