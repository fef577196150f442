"""The fingerprint of a workbook: what formulas, and cells that are not for typing, were when it was built.

`Taker` reads it off the cells, `pack` and `unpack` turn it to texts for a sheet and back; `alterations`
compares. A row of copies is one run, so that a million cells take some hundred kilobytes.

It finds accidents and quiet edits. Who rebuilds the workbook can make a new one: whether a workbook is the
one that was approved is told by its seal, which Cover shows and `verify` prints.
"""

from __future__ import annotations

import base64
import hashlib
import json
import lzma
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from casebuilder.errors import CaseError
from casebuilder.workbook.writing.facts_fingerprint import Facts
from casebuilder.workbook.writing.formula_patterns import Formula, Undo

SHEET = "Fingerprint"
FORMAT = 2  # 1 held no facts
TITLE = "Fingerprint of the formulas"
_CHUNK = 32_000  # a cell holds 32,767 characters
_DIGEST = 4  # bytes of a pattern's hash: one change in four thousand million would pass unseen
_WORDS = 3  # bytes of the hash of a row's words


class Seen(NamedTuple):
    """A cell as the fingerprint sees it; row and column count from 1.

    `formula` is None for a constant, `constant` None for a formula. An `open` cell is one that people type
    into: a constant may take its formula's place. `copies` is more than 1 where that many cells side by side,
    this one among them, are known to be copies.
    """

    row: int
    column: int
    formula: str | None
    constant: float | str | bool | None = None
    open: bool = False
    span: str = ""
    copies: int = 1


class Run(NamedTuple):
    """Copies of one formula side by side."""

    column: int
    length: int
    digest: bytes
    open: bool


@dataclass
class SheetPrint:
    """The runs of formulas in each row of a sheet, and a hash of the row's words.

    Where a sheet holds formulas only, the words are all its texts; elsewhere those of column A, which tell
    where a row was inserted. There the facts are all else that is not for typing; None where not kept.
    """

    formulas_only: bool
    rows: dict[int, list[Run]] = field(default_factory=dict)
    words: dict[int, bytes] = field(default_factory=dict)
    facts: Facts | None = None


@dataclass(frozen=True)
class Fingerprint:
    """The prints of all sheets by name, the version and the inputs they were taken with, and the seal."""

    sheets: Mapping[str, SheetPrint]
    version: str
    inputs_sha256: str

    @property
    def formula_cells(self) -> int:
        """How many formula cells there were."""
        return sum(run.length for s in self.sheets.values() for runs in s.rows.values() for run in runs)


@dataclass(frozen=True)
class Alteration:
    """A cell whose formula is not what it was; `cell` is empty where it is about the whole sheet."""

    sheet: str
    cell: str
    change: str
    formula: str | None = None


class DamagedFingerprintError(CaseError):
    """The fingerprint cannot be read, or it was changed itself."""


class Hashes:
    """The hash of each text, worked out once."""

    def __init__(self, size: int) -> None:
        """Know none yet; hashes have so many bytes."""
        self._size = size
        self._known: dict[str, bytes] = {}

    def __call__(self, text: str) -> bytes:
        """The hash of a text."""
        if text not in self._known:
            self._known[text] = hashlib.blake2b(text.encode(), digest_size=self._size).digest()
        return self._known[text]


class Taker:
    """Takes the prints of a workbook's sheets, and remembers the hashes of patterns."""

    def __init__(self) -> None:
        """Know no hash yet."""
        self._patterns, self.words = Hashes(_DIGEST), Hashes(_WORDS)
        self._digests: dict[tuple[str, int, int], bytes] = {}

    def _digest(self, cell: Seen, option: str, undo: Undo | None) -> bytes:
        """The hash of a cell's pattern: many formulas of options differ in the names of sheets alone."""
        assert cell.formula is not None
        if undo is not None:
            return self._patterns(
                cell.span + Formula(cell.formula, cell.row, cell.column).pattern(option, undo)
            )
        own = f" {option}'!"
        text = cell.formula.replace(own, " *'!") if option else cell.formula
        key = (cell.span + text, cell.row, cell.column)
        if key not in self._digests:
            pattern = Formula(cell.formula, cell.row, cell.column).pattern(option)
            self._digests[key] = self._patterns(cell.span + pattern)
        return self._digests[key]

    def take(
        self, name: str, cells: Iterable[Seen], formulas_only: bool, undo: Undo | None = None
    ) -> SheetPrint:
        """The print of a sheet from its cells, row by row and from left to right.

        With `undo` its formulas are read as before sheets were renamed or rows inserted; rows keep their
        numbers.
        """
        made = SheetPrint(formulas_only)
        option = name.partition(" ")[2] if formulas_only else ""
        first: Seen | Formula | None = None  # the formula that the cells to its right may copy
        runs: list[Run] = []
        words: list[str] = []
        row = next_column = 0
        for cell in cells:
            if cell.row != row:
                if words:
                    made.words[row] = self.words("".join(words))
                row, first, runs, words = cell.row, None, [], []
            if cell.formula is None:
                if (formulas_only or cell.column == 1) and isinstance(cell.constant, str) and cell.constant:
                    words.append(f"{cell.column}\0{cell.constant}\0")
                continue
            if not runs:
                made.rows[row] = runs
            beside = first is not None and next_column == cell.column and runs[-1].open == cell.open
            next_column = cell.column + cell.copies
            if beside and not cell.span:
                if isinstance(first, Seen):  # taken apart where something stands beside it
                    assert first.formula is not None
                    first = Formula(first.formula, first.row, first.column)
                if first is not None and first.has_copy(cell.formula, row, cell.column):
                    runs[-1] = runs[-1]._replace(length=runs[-1].length + cell.copies)
                    continue
            first = cell
            digest = self._digest(cell, option, undo)
            if beside and runs[-1].digest == digest:
                runs[-1] = runs[-1]._replace(length=runs[-1].length + cell.copies)
            else:
                runs.append(Run(cell.column, cell.copies, digest, cell.open))
        if words:
            made.words[row] = self.words("".join(words))
        return made


# --- kept as texts -----------------------------------------------------------------------------------------


def pack(print_: Fingerprint) -> list[str]:
    """The fingerprint as texts for the cells of a column: the title, the seal, then the rest in pieces."""
    patterns: dict[bytes, int] = {}
    numbers: list[list[int]] = [[], [], [], [], [], []]
    words: list[bytes] = []
    held: list[Facts] = []
    for sheet in print_.sheets.values():
        rows, counts, columns, lengths, opens, which = numbers
        held.append(sheet.facts or Facts(()))
        everything = sorted({*sheet.rows, *sheet.words})
        rows.append(len(everything))
        rows += [b - a for a, b in pairwise([0, *everything])]
        for row in everything:
            runs = sheet.rows.get(row, [])
            counts.append(2 * len(runs) + (row in sheet.words))
            end = 0
            for run in runs:
                columns.append(run.column - end)
                end = run.column + run.length
                lengths.append(run.length)
                opens.append(int(run.open))
                which.append(patterns.setdefault(run.digest, len(patterns)))
            if row in sheet.words:
                words.append(sheet.words[row])
    # A pattern seen for the first time is told from one seen before by its distance: 0.
    numbers[5] = _distances(numbers[5])
    head = {
        "format": FORMAT,
        "version": print_.version,
        "inputs_sha256": print_.inputs_sha256,
        "sheets": [
            [name, sheet.formulas_only, *([sheet.facts.columns, sheet.facts.apart] if sheet.facts else [])]
            for name, sheet in print_.sheets.items()
        ],
    }
    parts = [json.dumps(head).encode(), b"".join(patterns), b"".join(words), *map(_varints, numbers)]
    places = [[len(each.rows), *(b - a for a, b in pairwise([0, *sorted(each.rows)]))] for each in held]
    parts.append(_varints([number for each in places for number in each]))
    parts.append(b"".join(each.rows[row] for each in held for row in sorted(each.rows)))
    packed = lzma.compress(b"".join(_varints([len(part)]) + part for part in parts), preset=6)
    text = base64.b64encode(packed).decode()
    return [TITLE, seal(packed), *(text[i : i + _CHUNK] for i in range(0, len(text), _CHUNK))]


def seal(packed: bytes) -> str:
    """The hash by which one fingerprint is told from another."""
    return hashlib.blake2b(packed, digest_size=16).hexdigest()


def unpack(texts: Sequence[str]) -> Fingerprint:
    """The fingerprint from its texts.

    Raises
    ------
    DamagedFingerprintError
        The texts are not those of a fingerprint, or they are not whole.
    """
    try:
        title, sealed, *pieces = texts
        packed = base64.b64decode("".join(pieces), validate=True)
        if title != TITLE or seal(packed) != sealed:
            raise DamagedFingerprintError("it is not whole: its seal is not that of its text")
        return _read(lzma.decompress(packed))
    except (ValueError, LookupError, TypeError, lzma.LZMAError) as fault:
        raise DamagedFingerprintError(f"it cannot be read: {fault}") from fault


def _read(data: bytes) -> Fingerprint:
    parts, at = [], 0
    while at < len(data):
        size, at = _varint(data, at)
        parts.append(data[at : at + size])
        at += size
    head = json.loads(parts[0])
    if head["format"] not in (1, FORMAT):
        raise DamagedFingerprintError(f"it has format {head['format']}, which this version does not know")
    digests = [parts[1][i : i + _DIGEST] for i in range(0, len(parts[1]), _DIGEST)]
    words = iter([parts[2][i : i + _WORDS] for i in range(0, len(parts[2]), _WORDS)])
    rows, counts, columns, lengths, opens, which = (iter(_numbers(part)) for part in parts[3:9])
    patterns = _places(which)
    with_facts = head["format"] > 1
    places = iter(_numbers(parts[9])) if with_facts else iter(())
    facts = iter([parts[10][i : i + _WORDS] for i in range(0, len(parts[10]), _WORDS)] if with_facts else ())
    sheets = {}
    for name, formulas_only, *more in head["sheets"]:
        made = sheets[name] = SheetPrint(formulas_only)
        if with_facts:
            hashes = _by_row(places, facts)
            if more:
                made.facts = Facts(tuple(more[0]), tuple((row, column) for row, column in more[1]), hashes)
        row = 0
        for _ in range(next(rows)):
            row += next(rows)
            count, spoken = divmod(next(counts), 2)
            runs, end = [], 0
            for _ in range(count):
                column, length = end + next(columns), next(lengths)
                runs.append(Run(column, length, digests[next(patterns)], bool(next(opens))))
                end = column + length
            if runs:
                made.rows[row] = runs
            if spoken:
                made.words[row] = next(words)
    return Fingerprint(sheets, head["version"], head["inputs_sha256"])


def _by_row(places: Iterator[int], hashes: Iterator[bytes]) -> dict[int, bytes]:
    """The hash of each row of one sheet, from the distances between its rows."""
    rows = accumulate(next(places) for _ in range(next(places)))
    return {row: next(hashes) for row in rows}


def _distances(places: Iterable[int]) -> list[int]:
    """Places in a list that grows as they first appear: 0 for a new one, else how far back it stands."""
    known, found = 0, []
    for place in places:
        found.append(0 if place == known else known - place)
        known += place == known
    return found


def _places(distances: Iterable[int]) -> Iterator[int]:
    known = 0
    for distance in distances:
        yield known - distance if distance else known
        known += distance == 0


def _varints(numbers: Iterable[int]) -> bytes:
    made = bytearray()
    for number in numbers:
        while number > 127:
            made.append(number & 127 | 128)
            number >>= 7
        made.append(number)
    return bytes(made)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while data[at] > 127:
        number |= (data[at] & 127) << shift
        shift += 7
        at += 1
    return number | data[at] << shift, at + 1


def _numbers(data: bytes) -> Iterator[int]:
    at = 0
    while at < len(data):
        number, at = _varint(data, at)
        yield number
