"""Edits put into a CSV table: cells replaced, and rows added where one row served several values.

A table may be read by several inputs, each with a column of its own: what the others read stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from casebuilder.algebra.dimensions import TIME, Frame
from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.blocks import Block
from casebuilder.inputs.edit.block import RefusedError
from casebuilder.inputs.edit.spelling import plainly
from casebuilder.inputs.edit.table import Record, TableEdit
from casebuilder.inputs.edits import Amount
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import bare, listed
from casebuilder.inputs.files.tables import TO_DO, Row, Table, as_cell
from casebuilder.inputs.shape.spread import Spread
from casebuilder.inputs.values import Members


@dataclass(frozen=True)
class Reader:
    """An input that reads a table, in the base case or in an option.

    Attributes
    ----------
    name
        As it is told.
    declared, block
        The input, and the block that names the table.
    now
        The amount that holds so far for a combination in the block's order.
    wanted
        The amounts that edits ask for, by combinations in the block's order.
    """

    name: str
    declared: Input
    block: Block
    now: Callable[[Members], Amount]
    wanted: Mapping[Members, Amount] = field(default_factory=dict)

    @property
    def over(self) -> tuple[str, ...]:
        """The dimensions in the block's order: columns of the table."""
        return tuple(self.block.given.over or self.declared.over)

    @property
    def column(self) -> str:
        """The column of its values."""
        return self.block.column


@dataclass(eq=False)
class _Line:
    """A row as it is to be: its cells by column, and the row of the file that it is or is copied from."""

    cells: dict[str, str]
    record: Record
    is_new: bool = False
    of: _Line | None = None
    is_done: bool = False


class TableRows:
    """A table while edits of one input are put into it.

    Attributes
    ----------
    readers
        The inputs that read it, the one whose edits are put in first.
    notes
        What was done beyond the values.
    from_below
        The combinations, in the block's order, that the table gives now as a lower layer gave them before.
    """

    def __init__(self, text: str, name: str, frame: Frame, readers: Sequence[Reader]) -> None:
        """Read the rows; the first reader is the one whose edits are put in."""
        self.edit = TableEdit(text)
        self.name = name
        self.frame = frame
        self.reader, *self.others = readers
        self.readers = readers
        header = [column for column in self.edit.header if column]
        self._lines = [
            _Line({column: self.edit.cell(record, column) for column in header}, record)
            for record in self.edit.rows
        ]
        self.notes: list[str] = []
        self.from_below: set[Members] = set()
        self._before = {id(reader): self._read(reader) for reader in readers}
        self._cells = {
            id(reader): {
                members: line.cells[self._column(reader.column)]
                for members, line in self._before[id(reader)].items()
            }
            for reader in readers
        }

    @property
    def served(self) -> list[Members]:
        """The combinations that the table gives for the input, in the block's order."""
        return list(self._before[id(self.reader)])

    def put(self) -> str:
        """The text of the table with the edits.

        Raises
        ------
        RefusedError
            A cell that is to change is another input's as well.
        """
        if not self.reader.wanted:
            return self.edit.text
        if not self._lines:
            raise RefusedError(f"{self.name} has no row: write the values under {self.reader.block.key}")
        self._check_shared()
        before = self._before[id(self.reader)]
        for members in self._in_order(self.reader.wanted):
            line = self._exact(self.reader, members) or self._add(self.reader, members, before.get(members))
            self._set(self.reader, line, self.reader.wanted[members])
            line.is_done = True
        restated = self._restate()
        if restated:
            self.notes.append(
                f"{self.reader.name}: rows were added to {self.name} that give again, as they were, the "
                "values after those that were edited"
            )
        self._unmark()
        self._write()
        return self.edit.result

    def last_period(self, reader: Reader) -> str:
        """The last period that the table has a row for; empty where it does not run over time."""
        axis = next((name for name in reader.over if name in TIME), None)
        column = self._column(axis) if axis else None
        return max((line.cells[column] for line in self._lines), default="") if column else ""

    def _read(self, reader: Reader) -> dict[Members, _Line]:
        """The row of each combination, as the case's reader finds it."""
        columns = [self._column(name) for name in (*reader.over, reader.column)]
        rows = tuple(
            Row(tuple(line.cells[column] for column in columns), Place("", number), "", (0,) * len(columns))
            for number, line in enumerate(self._lines)
        )
        spread = Spread(self.frame, reader.over, reader.block.given.hold, False, [])
        found = spread.table(Table(Place(""), self.edit.header, rows))
        return {members: self._lines[node.place.line] for members, node in found.items()}

    def _column(self, name: str) -> str:
        """A column by its name, whatever its capitals and blanks."""
        if name in self.edit.header:
            return name
        return next(column for column in self.edit.header if bare(column) == name)

    def _check_shared(self) -> None:
        """Refuse a change of cells that another input reads too, and that is not to be the same there."""
        own = self._column(self.reader.column)
        cells = {
            id(line): amount
            for members, amount in self.reader.wanted.items()
            if (line := self._exact(self.reader, members)) is not None
        }
        for other in self.others:
            if self._column(other.column) != own:
                continue
            for members, line in self._before[id(other)].items():
                # What the row serves besides, as the last one before it, can have rows of its own.
                its_own = line is self._exact(other, members)
                if its_own and id(line) in cells and other.wanted.get(members) != cells[id(line)]:
                    raise RefusedError(
                        f"column {own} of {self.name} is read by {other.name} too: give "
                        f"{self.reader.block.key} a column of its own (column:), and change it there"
                    )

    def _exact(self, reader: Reader, members: Members) -> _Line | None:
        """The row that names a combination itself."""
        columns = [self._column(name) for name in reader.over]
        return next(
            (line for line in self._lines if tuple(line.cells[column] for column in columns) == members), None
        )

    def _add(self, reader: Reader, members: Members, like: _Line | None) -> _Line:
        """A row for a combination: as the one that served it, or one like it where none did."""
        like = like or self._near(reader, members)
        cells = dict(like.cells)
        cells.update(zip((self._column(name) for name in reader.over), members, strict=True))
        line = _Line(cells, like.record, is_new=True, of=like)
        self._lines.append(line)
        return line

    def _near(self, reader: Reader, members: Members) -> _Line:
        """The row that has most members in common with a combination."""
        columns = [self._column(name) for name in reader.over]

        def common(line: _Line) -> int:
            return sum(line.cells[column] == member for column, member in zip(columns, members, strict=True))

        return max(self._lines, key=common)

    def _set(self, reader: Reader, line: _Line, amount: Amount) -> None:
        column = self._column(reader.column)
        line.cells[column] = plainly(reader.declared, amount, line.cells[column])

    def _restate(self) -> int:
        """Put rows for what the changes would change beside; gives how many."""
        count = 0
        for _ in range(len(self._lines) * 4 + 100):
            wrong = [(reader, *found) for reader in self.readers if (found := self._first_wrong(reader))]
            if not wrong:
                return count
            for reader, members, text in wrong:
                line = self._exact(reader, members)
                if line is None:
                    line = self._add(reader, members, self._before[id(reader)].get(members))
                    count += 1
                elif not line.is_new:
                    raise RefusedError(f"{self.name}: {reader.name} would change too: change it by hand")
                line.cells[self._column(reader.column)] = text
        raise RefusedError(f"{self.name} serves inputs that cannot be told apart: change it by hand")

    def _first_wrong(self, reader: Reader) -> tuple[Members, str] | None:
        """The first combination that would not be as it is to be, and its cell."""
        now, before = self._read(reader), self._cells[id(reader)]
        column = self._column(reader.column)
        for members in self._in_order(now):
            line, amount = now[members], reader.wanted.get(members)
            cell = line.cells[column]
            if amount is not None and cell == plainly(reader.declared, amount, before.get(members, cell)):
                continue
            if amount is not None and reader is self.reader:
                return members, plainly(reader.declared, amount, cell)
            right = before.get(members)
            if right is None:
                right = plainly(reader.declared, reader.now(members))
                if reader is self.reader:
                    self.from_below.add(members)
            if cell != right:
                return members, right
        return None

    def _in_order(self, members: Iterable[Members]) -> list[Members]:
        """Combinations with the earlier periods first."""
        at = next((place for place, name in enumerate(self.reader.over) if name in TIME), None)
        every = list(members)
        return every if at is None else sorted(every, key=lambda each: each[at])

    def _unmark(self) -> None:
        """Take out what was to be done about a row all of whose values were edited; others keep it."""
        if TO_DO not in self.edit.header:
            return
        kept = []
        for line in self._lines:
            if not line.is_done or not line.cells.get(TO_DO):
                continue
            source = line if line.of is None else line.of
            besides = [
                other.name
                for other in self.others
                if any(
                    row is source and members not in other.wanted
                    for members, row in self._before[id(other)].items()
                )
            ]
            if besides and not line.is_new:
                kept.append(f"{line.cells[TO_DO]} ({listed(besides)})")
            else:
                line.cells[TO_DO] = ""
        if kept:
            self.notes.append(f"{self.reader.name}: rows still marked, for other inputs: {listed(kept)}")

    def _write(self) -> None:
        for line in self._lines:
            if line.is_new:
                continue
            for column, text in line.cells.items():
                if text != self.edit.cell(line.record, column):
                    self.edit.put_cell(line.record, column, as_cell(text))
        columns = [self._column(name) for name in self.reader.over]
        added = [line for line in self._lines if line.is_new]
        order = self._in_order([tuple(line.cells[column] for column in columns) for line in added])
        for line in sorted(added, key=lambda each: order.index(tuple(each.cells[c] for c in columns))):
            changed = {
                column: text
                for column, text in line.cells.items()
                if column != TO_DO and text != self.edit.cell(line.record, column)
            }
            self.edit.put_row(self._after(line), line.record, changed, line.cells.get(TO_DO, ""))

    def _after(self, line: _Line) -> Record:
        """The row that a new one stands after: the last before it in its series, or of its members."""
        over = self.reader.over
        rest = [self._column(name) for name in over if name not in TIME]
        axis = [self._column(name) for name in over if name in TIME]
        old = [each for each in self._lines if not each.is_new]
        series = [each for each in old if all(each.cells[c] == line.cells[c] for c in rest)]
        before = [each for each in series if all(each.cells[c] < line.cells[c] for c in axis)]
        if axis and before:
            return max(before, key=lambda each: each.cells[axis[0]]).record
        if axis and series:
            place = self.edit.rows.index(series[0].record)
            return self.edit.rows[place - 1] if place else self.edit.head
        for length in range(len(rest), 0, -1):
            same = [each for each in old if all(each.cells[c] == line.cells[c] for c in rest[:length])]
            if same:
                return same[-1].record
        return line.record
