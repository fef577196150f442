"""A formula as a pattern: every reference relative to its cell, in one spelling whatever program saved it.

Excel, LibreOffice and openpyxl write the same formula in different ways (`1E-9` and `0.000000001`, `TRUE()`
and `TRUE`, `'Inputs'!A1` and `Inputs!A1`). A pattern is what they have in common. Cells of a row that are
copies of one another have the same pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from casebuilder.workbook.layout.addresses import letter

_TOKEN = re.compile(
    r"""
      (?P<text>"(?:[^"]|"")*")
    | (?P<sheet>(?:'(?:[^']|'')+'|(?:\[[^\]]+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!)
    | (?P<error>\#(?:N/A|[A-Z0-9_/]+[!?]?))
    | (?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(]))
    | (?P<rows>\$?\d{1,7}:\$?\d{1,7}(?![\w.]))
    | (?P<cell>\$?[A-Za-z]{1,3}\$?\d{1,7}(?![\w.(!]))
    | (?P<name>[^\W\d][\w.?]*(?:\s*\()?|\\[\w.?]+)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)
    | (?P<space>\s+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# What of a formula depends on its cell or its option, and texts, which may look like either.
_APART = re.compile(
    r"""
    ( "(?:[^"]|"")*"
    | '(?:[^']|'')+'!
    | (?<![\w.\]:'])[^\W\d][\w.]*!
    | (?<![\w.$])\$?[A-Za-z]{1,3}\$?\d{1,7}(?![\w.(!])
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
_NEWER = re.compile(r"^(?:_XLFN\.|_XLWS\.|_XLUDF\.|COM\.MICROSOFT\.)+")


class Reference(NamedTuple):
    """A reference in a formula: where it points, and which of its marks are absolute."""

    row: int
    column: int
    row_fixed: bool
    column_fixed: bool

    def relative(self, row: int, column: int) -> str:
        """As R1C1 text seen from a cell: the same for every copy of a formula."""
        down = f"R{self.row}" if self.row_fixed else f"R[{self.row - row}]"
        across = f"C{self.column}" if self.column_fixed else f"C[{self.column - column}]"
        return down + across

    def moved(self, down: int, across: int) -> str:
        """As A1 text in a copy of the formula some rows and columns away."""
        row = self.row if self.row_fixed else self.row + down
        column = self.column if self.column_fixed else self.column + across
        if row < 1 or column < 1:
            return "#REF!"
        return f"{'$' * self.column_fixed}{letter(column)}{'$' * self.row_fixed}{row}"


def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 1."""
    number = 0
    for character in letters.upper():
        number = number * 26 + ord(character) - 64
    return number


@lru_cache(maxsize=1 << 18)
def _reference(text: str) -> Reference:
    found = _CELL.fullmatch(text)
    assert found is not None
    column_mark, letters, row_mark, number = found.groups()
    return Reference(int(number), column_number(letters), bool(row_mark), bool(column_mark))


@lru_cache(maxsize=1 << 16)
def _plain(kind: str, text: str) -> str:
    """A token that does not depend on its cell, in one spelling."""
    if kind == "space":
        return ""
    if kind == "number":
        return f"{float(text):.15g}"
    if kind == "sheet":
        name = text[:-1]
        if name.startswith("'"):
            name = name[1:-1].replace("''", "'")
        return f"{name.upper()}!"
    if kind in ("name", "error"):
        return _NEWER.sub("", "".join(text.upper().split()))
    return text


def _tokens(text: str) -> list[tuple[str, str]]:
    return [(str(found.lastgroup), found.group()) for found in _TOKEN.finditer(text)]


@lru_cache(maxsize=1 << 16)
def _between(text: str) -> str | None:
    """What stands between references, in one spelling; None where it holds a whole row or column."""
    tokens = _tokens(text)
    if any(kind in ("columns", "rows", "cell", "sheet") for kind, _ in tokens):
        return None
    return "".join(_joined(_plain(*token) for token in tokens))


def _joined(plain: Iterable[str]) -> list[str]:
    """Parts in one spelling, TRUE() without its brackets."""
    parts: list[str] = []
    for each in plain:
        if each == ")" and parts and parts[-1] in ("TRUE(", "FALSE("):
            parts[-1] = parts[-1][:-1]
        else:
            parts.append(each)
    return parts


@dataclass(frozen=True)
class Undo:
    """What a formula's text would be, had no sheet been renamed and no row inserted or deleted.

    Attributes
    ----------
    sheet
        The sheet that the formula stands on, in capitals, as it was named.
    names
        The old name of each renamed sheet by its new one, both in capitals.
    rows
        For each sheet with rows inserted or deleted, by its old name, the old number of a row.
    """

    sheet: str
    names: Mapping[str, str]
    rows: Mapping[str, Callable[[int], int]]

    def row(self, sheet: str, row: int) -> int:
        """The old number of a row of a sheet."""
        return self.rows[sheet](row) if sheet in self.rows else row

    def tokens(self, tokens: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """The tokens of a formula as they were."""
        sheet = self.sheet
        for kind, text in tokens:
            if kind == "sheet":
                now = _plain(kind, text)[:-1]
                sheet = self.names.get(now, now)
                text = "'" + sheet.replace("'", "''") + "'!"
            elif kind == "cell":
                found = _reference(text)
                text = found._replace(row=self.row(sheet, found.row)).moved(0, 0)
            elif kind == "rows":
                text = ":".join(
                    f"{'$' * part.startswith('$')}{self.row(sheet, int(part.lstrip('$')))}"
                    for part in text.split(":")
                )
            elif text != ":":  # the second half of a range lies on the sheet of the first
                sheet = self.sheet
            yield kind, text


class Formula:
    """A formula taken apart once, for its pattern and for its copies.

    Parameters
    ----------
    text
        The formula as the file has it.
    row, column
        Its cell, from 1.
    """

    __slots__ = ("_known", "_offsets", "_template", "column", "row", "text")

    def __init__(self, text: str, row: int, column: int) -> None:
        """Keep it; it is taken apart when it is asked for more than its pattern, or has an uncommon one."""
        self.text, self.row, self.column = text, row, column
        self._known: list[tuple[str, str]] | None = None
        self._template: str | None = None
        self._offsets: list[int] = []

    @property
    def _tokens(self) -> list[tuple[str, str]]:
        if self._known is None:
            self._known = _tokens(self.text)
        return self._known

    def pattern(self, option: str = "", undo: Undo | None = None) -> str:
        """What the formula has in common with its copies, and with itself saved by another program.

        Spaces, case outside texts, a leading = or +, quotes that a sheet's name does not need, marks of newer
        functions and the spelling of numbers make no difference. Absolute marks do. A sheet of the `option`
        given is named by its kind alone, so that the sheets of options share patterns. With `undo` the
        formula reads as it did before sheets were renamed and rows inserted.
        """
        own = f" {option.upper()}!" if option else ""
        if undo is None:
            quick = self._pattern(own)
            if quick is not None:
                return quick
        row, column = self.row, self.column
        tokens: Iterable[tuple[str, str]] = self._tokens
        if undo is not None:
            row = undo.row(undo.sheet, row)
            tokens = undo.tokens(tokens)
        return "".join(_joined(_seen_from(*token, row, column, own) for token in tokens)).lstrip("=+")

    def _pattern(self, own: str) -> str | None:
        """The pattern from few pieces, in half the time; None where it must be taken apart whole."""
        if "#" in self.text or "\\" in self.text:  # errors and names that look like references
            return None
        row, column = self.row, self.column
        pieces = _APART.split(self.text)
        for place, piece in enumerate(pieces):
            if place % 2:
                kind = "text" if piece[0] == '"' else "sheet" if piece[-1] == "!" else "cell"
                pieces[place] = _seen_from(kind, piece, row, column, own)
            elif piece:
                between = _between(piece)
                if between is None:
                    return None
                pieces[place] = between
        return "".join(pieces).lstrip("=+")

    def has_copy(self, text: str, row: int, column: int) -> bool:
        """Whether a formula, to the right in the same row, is a copy of this one.

        The text expected there is put together and compared, which costs a tenth of taking it apart.
        """
        if row != self.row or column <= self.column:
            return False
        if self._template is None:
            self._make_template()
        assert self._template is not None
        shift = column
        return text == self._template % tuple([letter(shift + offset) for offset in self._offsets])

    def _make_template(self) -> None:
        pieces: list[str] = []
        for kind, text in self._tokens:
            if kind == "cell" and not (reference := _reference(text)).column_fixed:
                pieces.append(f"%s{'$' * reference.row_fixed}{reference.row}")
                self._offsets.append(reference.column - self.column)
            elif kind == "columns":
                pieces.append("\0")  # no text is equal to it, so that each is taken apart
            else:
                pieces.append(text.replace("%", "%%"))
        self._template = "".join(pieces)

    def moved(self, down: int, across: int) -> str:
        """The text of a copy some rows and columns away: what a shared formula stands for."""
        parts = []
        for kind, text in self._tokens:
            if kind == "cell":
                text = _reference(text).moved(down, across)
            elif kind in ("rows", "columns"):
                by = down if kind == "rows" else across
                text = ":".join(_moved_line(part, by) for part in text.split(":"))
            parts.append(text)
        return "".join(parts)


def _seen_from(kind: str, text: str, row: int, column: int, own: str) -> str:
    """A token in one spelling, seen from a cell; a sheet of the option's `own` by its kind alone."""
    if kind == "cell":
        return _reference(text).relative(row, column)
    if kind in ("columns", "rows"):
        own_line = column if kind == "columns" else row
        return ":".join(_line(part, own_line) for part in text.split(":"))
    plain = _plain(kind, text)
    return f"{plain[: -len(own)]} *!" if own and kind == "sheet" and plain.endswith(own) else plain


def _line(text: str, own: int) -> str:
    """A whole row or column of a reference such as A:C or 1:3, seen from a row or column."""
    plain = text.lstrip("$")
    axis, number = ("R", int(plain)) if plain.isdigit() else ("C", column_number(plain))
    return f"{axis}{number}" if text.startswith("$") else f"{axis}[{number - own}]"


def _moved_line(text: str, by: int) -> str:
    if text.startswith("$"):
        return text
    return str(int(text) + by) if text.isdigit() else letter(column_number(text) + by)
