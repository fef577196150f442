"""Edits of single input cells, good and bad, and what the workbook and the command line say of each.

Nothing here decides what is right: an edit is typed into the workbook and set on the command line, and the
two must come to the same status.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebuilder.algebra.dimensions import time_of
from casebuilder.algebra.terms import Input
from casebuilder.case import Case, load_case
from casebuilder.errors import InputError
from casebuilder.inputs.assumed.overlay import SET
from casebuilder.inputs.values import InputValues, Members
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.proof.engines import IronCalc, place
from tests.workbook.changing import input_sheets
from tests.workbook.reading import Sheet

BLANK = ""
# The cells of the sheet Checks that count what fails, warns, cannot be worked out and is unusable.
COUNTS = ("B4", "B5", "B6", "B7")
BAND = ("Cover", "A2")


@dataclass(frozen=True)
class Edit:
    """One value, or a text, or nothing, in the Base cell of an input."""

    item: Input
    members: Members
    kind: str
    before: float | str
    after: float | str

    @property
    def as_set(self) -> str:
        """What `--set` is given."""
        key = f"{self.item.key}[{','.join(self.members)}]" if self.members else self.item.key
        return f"{key}={self.after if isinstance(self.after, str) else repr(self.after)}"


def edits_of(given: InputValues, members: Members) -> Iterator[Edit]:
    """At both bounds, beyond them, blank, text and fractional; another word, and a word there is not."""
    item, before = given.input, given.base[members].amount
    tried: dict[str, float | str] = {"blank": BLANK, "text": "tbc"}
    if item.choices:
        tried |= {f"word {word}": word for word in item.choices if word != before} | {"number": 7.0}
    else:
        high = 1.0 if item.unit == "flag" else item.high
        low = 0.0 if item.unit == "flag" else item.low
        if low is not None:
            tried |= {"least": low, "below": low - max(1.0, abs(low))}
        if high is not None:
            tried |= {"most": high, "above": high + max(1.0, abs(high))}
        else:
            tried["beyond"] = 1e99
        if item.whole or item.unit == "flag":
            tried["fractional"] = float(before) + 0.5
    for kind, after in tried.items():
        if after != before:
            yield Edit(item, members, kind, before, after)


def edits(case: Case, *, all_members: bool, seed: int = 20261128) -> list[Edit]:
    """The edits of every input of a case: of one member of each, drawn by a seed, or of all."""
    chance = random.Random(seed)
    found: list[Edit] = []
    for item in case.problem.inputs_by_key.values():
        if item.fixed:  # a workbook keeps what settled its rows
            continue
        given = case.inputs.values[item.key]
        members = list(given.base)
        for one in members if all_members else [chance.choice(members)]:
            found += edits_of(given, one)
    return found


@dataclass(frozen=True)
class Said:
    """What one side says of an edit: the value is refused, or the counts of the checks."""

    refused: bool
    counts: tuple[int, ...] = ()


def command_line(name: str, edit: Edit) -> Said:
    """What `check --set` says."""
    try:
        case = load_case(name, [edit.as_set])
    except InputError:
        return Said(True)
    return Said(False, case.checks.status.counts)


def refused_together(name: str, tried: Sequence[Edit]) -> list[Edit]:
    """The edits that `check --set` refuses, given all at once: each fault stands at its own --set.

    What is wrong in the same way is told once, at the first; the rest are given again until none is refused.
    """
    rest, refused = list(tried), list[Edit]()
    while True:
        try:
            load_case(name, [edit.as_set for edit in rest])
        except InputError as error:
            numbers = {fault.line for fault in error.faults if fault.file == SET}
        else:
            return refused
        if not numbers:
            return refused
        refused += [edit for number, edit in enumerate(rest, 1) if number in numbers]
        rest = [edit for number, edit in enumerate(rest, 1) if number not in numbers]


class Typed:
    """A built workbook in which edits are typed one by one, recalculated by an engine that is not ours."""

    def __init__(self, engine: IronCalc, sheets: dict[str, Sheet]) -> None:
        """Note where each input's Base cell stands."""
        self.engine = engine
        typed = input_sheets(sheets)
        self.faults = {name: letter(sheet.columns()["Fault"]) for name, sheet in typed.items()}
        self.cells = {
            (key, header): (name, f"{letter(column)}{row}")
            for name, sheet in typed.items()
            for key, row in sheet.keyed()
            for header, column in _typed_columns(sheet).items()
        }

    def address(self, edit: Edit) -> tuple[str, str]:
        """The sheet and cell of an edit."""
        timed = time_of(edit.item.over) is not None
        members = edit.members[:-1] if timed else edit.members
        key = f"{edit.item.key}[{','.join(members)}]" if members else edit.item.key
        return self.cells[key, edit.members[-1] if timed else "Base"]

    def put(self, edit: Edit, value: float | str) -> None:
        """Type a value; nothing empties the cell."""
        sheet, address = self.address(edit)
        if value == BLANK:
            row, column = place(address)
            self.engine.model.clear_cell_contents(self.engine.sheets[sheet], row, column)
        else:
            self.engine.put(sheet, address, value)

    def says(self, edit: Edit) -> Said:
        """What the workbook says once an edit is typed; the old value is put back."""
        self.put(edit, edit.after)
        self.engine.calculate()
        counts = tuple(self._count(address) for address in COUNTS)
        band = self.engine.value(*BAND)
        self.put(edit, edit.before)
        assert isinstance(band, str), (edit.as_set, band)
        assert (band == "All checks hold") == (not any(counts)), (edit.as_set, band, counts)
        return Said(True) if counts[3] else Said(False, counts)

    def passes_over(self, tried: Sequence[Edit]) -> list[tuple[str, int, object, int]]:
        """The rows that do not count every one of these edits as unusable, typed all at once.

        Returns
        -------
        list
            Sheet, row, what the row's Fault counts, and how many of its cells were typed in; last the
            count of the whole workbook where that differs. The old values are put back.
        """
        rows = Counter((sheet, place(address)[0]) for sheet, address in map(self.address, tried))
        for edit in tried:
            self.put(edit, edit.after)
        self.engine.calculate()
        found = [
            (sheet, row, count, number)
            for (sheet, row), number in rows.items()
            if (count := self.engine.value(sheet, f"{self.faults[sheet]}{row}")) != number
        ]
        if (count := self._count(COUNTS[3])) != len(tried):
            found.append(("Checks", 0, count, len(tried)))
        band = self.engine.value(*BAND)
        if tried and f"{len(tried)} input" not in str(band):
            found.append((*BAND, band, len(tried)))
        for edit in tried:
            self.put(edit, edit.before)
        return found

    def _count(self, address: str) -> int:
        value = self.engine.value("Checks", address)
        assert isinstance(value, int | float), (address, value)
        return int(value)


def _typed_columns(sheet: Sheet) -> dict[str, int]:
    """The columns that are typed in: Base, and each period."""
    return {name: column for name, column in sheet.columns().items() if name == "Base" or name[:1].isdigit()}
