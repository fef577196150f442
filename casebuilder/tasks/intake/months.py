"""Months of DM01 as people paste them: as published, or a column a month of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import isnan
from typing import Any, NamedTuple

from casebuilder.inputs.dm01.headings import Headings, plain
from casebuilder.inputs.files.scalars import bare, listed
from casebuilder.tasks.data.dm01_sums import is_code, is_total
from casebuilder.tasks.data.sheets import Cell, Sheet, address, number, words
from casebuilder.tasks.intake.blocks import Block, find_blocks, month_of
from casebuilder.workbook.edits.typed import Untaken

SHARE, LIST, OVER = "over_6_share", "waiting_list", "over_6_weeks"
_WHOLE = 100.0  # per cent


class Point(NamedTuple):
    """What is counted: the trust's code, the test's id, the month and the measure."""

    provider: str
    test: str
    month: str
    measure: str


@dataclass
class Pasted:
    """What was pasted.

    Attributes
    ----------
    counts
        The numbers; NaN where nothing was returned.
    places
        The first cell of each trust and test.
    untaken
        What is not taken, with its place.
    """

    counts: dict[Point, float] = field(default_factory=dict)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    untaken: list[Untaken] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What the names of a paste mean.

    Attributes
    ----------
    headings, measures
        By heading, as `plain` has it, the column and the measure.
    tests
        By name, as `bare` has it, the id of a test of DM01.
    others
        Names of tests of DM01 that the form has no list of: passed over, as a published table has them all.
    providers
        By id, code or name, as `bare` has it, the code of a trust.
    alone
        The code of the form's trust, where it is for one; else empty.
    """

    headings: Mapping[str, str]
    measures: Mapping[str, str]
    tests: Mapping[str, str]
    others: frozenset[str]
    providers: Mapping[str, str]
    alone: str = ""


def known_words(content: Mapping[str, Any], published: Headings) -> tuple[dict[str, str], dict[str, str]]:
    """The headings of columns and of measures, those of the publications among them.

    Parameters
    ----------
    content
        The content of `workbook/pasted.yaml`.
    published
        The headings of the publications.
    """
    measures = {plain(word): name for name, words_ in content["measures"].items() for word in words_}
    headings = {plain(word): name for name, words_ in content["headings"].items() for word in words_}
    for heading, column in published.columns.items():
        (measures if column in content["measures"] else headings).setdefault(heading, column)
    return headings, measures


def read_months(sheet: Sheet, known: Known) -> Pasted:
    """All tables of a paste.

    Parameters
    ----------
    sheet
        The cells.
    known
        What names mean.
    """
    reader = _Reader(sheet, known)
    blocks = find_blocks(
        sheet, {**known.headings, **known.measures}, "test", lambda cell: bare(words(cell)) in known.tests
    )
    for block in blocks:
        reader.block(block)
    if not blocks:
        first = next((i, j) for i, row in enumerate(sheet.rows) for j, c in enumerate(row) if words(c))
        what = (
            "no header is known here: head the columns Trust, Test and a month each, or paste the published "
            "table with its headings"
        )
        reader.found.untaken.append(Untaken(f"{sheet.name}!{address(*first)}", what))
    reader.finish()
    return reader.found


class _Reader:
    """Reads the tables of one paste, one after the other."""

    def __init__(self, sheet: Sheet, known: Known) -> None:
        self.sheet, self.known, self.found = sheet, known, Pasted()
        self._strangers: dict[str, tuple[str, list[str]]] = {}
        self._twice: dict[Point, str] = {}
        # Trusts that the form does not have: those of England, in a published table.
        self._others: dict[str, tuple[int, Mapping[str, int]]] = {}

    def block(self, block: Block) -> None:
        """Read one table."""
        titles = [words(cell) for cell in block.titles]
        named = next((m for text in reversed(titles) if (m := self._measure(text))), "")
        month = self._month(block)
        provider = next((p for text in reversed(titles) if (p := self._provider(text))), self.known.alone)
        last = {"provider": provider, "measure": named}
        for at in block.rows:
            self._row(block, at, last, month)

    def _month(self, block: Block) -> str:
        """The month of a whole table: after Period above it, else the nearest that is named."""
        titles = block.titles
        for label, cell in pairwise(titles):
            if self.known.headings.get(plain(words(label).rstrip(":"))) == "month" and (m := month_of(cell)):
                return m
        return next((month for cell in reversed(titles) if (month := month_of(cell))), "")

    def _row(self, block: Block, at: int, last: dict[str, str], month: str) -> None:
        row = self.sheet.rows[at]

        def text(name: str) -> str:
            return words(row[block.columns[name]]) if name in block.columns else ""

        numbers = block.months or {
            place: name for name, place in block.columns.items() if name in self.known.measures.values()
        }
        if not any(words(row[place]) for place in numbers):
            return  # a title, a remark, or nothing
        given = text("provider") or text("provider_name")
        if given:
            last["provider"] = self._provider(text("provider")) or self._provider(text("provider_name"))
            if not last["provider"] and not is_total(given):
                self._others.setdefault(given, (at, block.columns))
        if words_ := text("measure"):
            last["measure"] = self._measure(words_)
            if not last["measure"]:
                self._stranger("no measure that is known", words_, at, block.columns)
        test = self._test(block, at)
        if not test or not last["provider"]:
            if not given and "provider" not in block.columns and not last["provider"]:
                self._stranger("rows without a trust: give a column Trust", text("test"), at, block.columns)
            return
        of_row = month
        if "month" in block.columns:
            of_row = month_of(row[block.columns["month"]]) or ""
        for place, name in numbers.items():
            measure, of = (last["measure"], name) if block.months else (name, of_row)
            if not measure or not of:
                what = (
                    "which measure is it? give a title above, such as Waiting list"
                    if not measure
                    else ("which month is it? give a column Month, or a title above with the month")
                )
                self._stranger(what, text("test"), at, block.columns)
                return
            self._keep(Point(last["provider"], test, of, measure), at, place, "commissioner" in block.columns)

    def _keep(self, point: Point, at: int, place: int, adds: bool) -> None:
        cell = self.sheet.rows[at][place]
        here = f"{self.sheet.name}!{address(at, place)}"
        amount, is_share = _amount(cell)
        if amount is None:
            what = f"'{words(cell)}' is no count: a number, a percentage, or a blank"
            self.found.untaken.append(Untaken(here, what))
            return
        if point.measure == OVER and is_share:
            point = point._replace(measure=SHARE)
        if point.measure == SHARE and not isnan(amount) and not is_share and amount > 1:
            amount /= _WHOLE
        whole = point.measure == SHARE or isnan(amount) or amount.is_integer()
        if not isnan(amount) and (amount < 0 or not whole or (point.measure == SHARE and amount > 1)):
            what = f"'{words(cell)}' cannot be: a count is whole and 0 or more, a share at most 100 %"
            self.found.untaken.append(Untaken(here, what))
            return
        self.found.places.setdefault((point.provider, point.test), here)
        if point in self.found.counts and adds:
            self.found.counts[point] += amount
            return
        if point in self.found.counts and self.found.counts[point] != amount:
            self._twice.setdefault(point, here)
        self.found.counts[point] = amount

    def _test(self, block: Block, at: int) -> str:
        if "test" in block.columns:
            cell = self.sheet.rows[at][block.columns["test"]]
            if found := self.known.tests.get(bare(words(cell))):
                return found
            if words(cell) and not is_total(words(cell)) and bare(words(cell)) not in self.known.others:
                self._stranger("no test of this form", words(cell), at, block.columns)
            return ""
        texts = (words(cell) for cell in self.sheet.rows[at])
        return next((found for text in texts if (found := self.known.tests.get(bare(text)))), "")

    def _provider(self, text: str) -> str:
        return self.known.providers.get(bare(text), "")

    def _measure(self, text: str) -> str:
        """The measure that a text names: as it is, or within a longer one the longest name."""
        whole = plain(text)
        if found := self.known.measures.get(whole):
            return found
        within = [name for name in self.known.measures if len(name) >= len("activity") and name in whole]
        return self.known.measures[max(within, key=len)] if within else ""

    def _stranger(self, what: str, name: str, at: int, columns: Mapping[str, int]) -> None:
        place = f"{self.sheet.name}!{address(at, min(columns.values(), default=0))}"
        self._strangers.setdefault(what, (place, []))[1].append(name)

    def finish(self) -> None:
        """Tell what was passed over, once for each kind; what stands twice with two numbers is not taken.

        Other trusts are told where they have no code, or where nothing is left.
        """
        for name, (at, columns) in self._others.items():
            if not self.found.counts or not is_code(name.upper()):
                self._stranger("none of the trusts of this form", name, at, columns)
        for what, (place, names) in self._strangers.items():
            shown = listed(dict.fromkeys(names))
            self.found.untaken.append(Untaken(place, f"{what} ({shown}): left out"))
        for point, place in self._twice.items():
            del self.found.counts[point]
            what = f"{point.provider}, {point.test}, {point.month} stands twice with two numbers"
            self.found.untaken.append(Untaken(place, f"{what}: neither is taken"))


def _amount(cell: Cell) -> tuple[float | None, bool]:
    """A cell as a number, and whether it is a share: a percentage, or a part of one."""
    text = words(cell)
    if text.endswith("%"):
        amount = number(text[:-1].strip())
        return (None if amount is None else amount / _WHOLE), True
    amount = number(cell)
    return amount, amount is not None and 0 < amount < 1
