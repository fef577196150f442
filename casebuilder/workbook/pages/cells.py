"""What a cell of a page reads: a line or an input at a spot, by the option and the month shown.

A cell links to the calculation sheets. Where a page follows the choice, it picks the option's cell
with CHOOSE, or with IF where one option alone has a cell of its own, and the month's with INDEX; the value
stored is that of the choice a new workbook has.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from casebuilder.algebra.dimensions import BASELINE, OPTION, Frame, time_of, without_time
from casebuilder.algebra.terms import Input, Line
from casebuilder.errors import LayoutError
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.engine import Results
from casebuilder.workbook.layout.addresses import Layout, letter
from casebuilder.workbook.sheets.selection import (
    MONTH_NUMBER_ROW,
    OPTION_NUMBER_ROW,
    YEAR_NUMBER_ROW,
    Selection,
)

QUARTER, MONTH, YEAR, STATEMENT, HORIZON = "quarter", "month", "year", "statement", "horizon"
_QUARTER_ENDS = ("03", "06", "09", "12")
Shown = Line | Input


@dataclass(frozen=True)
class Spot:
    """A place in the numbers; what is None is what the reader of the workbook chooses.

    Attributes
    ----------
    members
        The member of each dimension that is fixed.
    option
        The key of an option.
    month, year
        The number of a period, from 0.
    """

    members: Mapping[str, str] = field(default_factory=dict)
    option: str | None = None
    month: int | None = None
    year: int | None = None

    def __and__(self, other: Spot) -> Spot:
        """Both: what the other fixes comes on top."""
        return Spot(
            {**self.members, **other.members},
            self.option if other.option is None else other.option,
            self.month if other.month is None else other.month,
            self.year if other.year is None else other.year,
        )


def spots(axis: str, frame: Frame, fixed: Mapping[str, str]) -> Iterator[tuple[str, Spot]]:
    """The spots along an axis of a table, each with its label."""
    if axis == OPTION:
        for option in frame.options:
            yield option.label, Spot(option=option.id)
    elif axis in (MONTH, QUARTER):
        for place, month in enumerate(frame.ids("month")):
            if axis == MONTH or month[-2:] in _QUARTER_ENDS:
                yield month, Spot(month=place, year=frame.year_of_month[place] - 1)
    elif axis == YEAR:
        last = {year: place for place, year in enumerate(frame.year_of_month)}
        for year, place in last.items():
            yield frame.ids("year")[year - 1], Spot(month=place, year=year - 1)
    elif axis in (STATEMENT, HORIZON):
        for place, label in enumerate(frame.ids(STATEMENT if axis == STATEMENT else YEAR)):
            yield label, Spot(year=place)
    else:
        for found in frame.combinations((axis,), fixed):
            yield frame.label(axis, found[axis]), Spot({axis: found[axis]})


class PageCells:
    """Formulas and values of cells on pages.

    Parameters
    ----------
    layout, results
        The addresses and the values of every line.
    selection
        Where the option and the month are chosen.
    """

    def __init__(self, layout: Layout, results: Results, selection: Selection) -> None:
        """Read no array yet."""
        self.layout, self.results, self.selection = layout, results, selection
        self.frame = layout.problem.frame
        self._arrays: dict[Line, Array] = {}

    @cached_property
    def _inputs(self) -> dict[str, Input]:
        items = self.layout.inputs.items
        return {item.key: item for item in items if time_of(item.over) in (None, YEAR)}

    def find(self, key: str) -> Shown | None:
        """The line, or the input without time or by year, of a key; None where the case has none."""
        lines: Mapping[str, Shown] = self.layout.problem.by_key
        return lines[key] if key in lines else self._inputs.get(key)

    def spot(self, named: Shown, spot: Spot) -> Spot:
        """A spot with only what a line varies by: equal for equal cells."""
        axis = time_of(named.over)
        try:
            members = {d: spot.members[d] for d in without_time(named.over)}
        except KeyError as fault:
            raise LayoutError(f"a page shows {named.key} without saying which {fault.args[0]}") from None
        return Spot(
            members,
            spot.option,
            spot.month if axis == MONTH else None,
            spot.year if axis in (YEAR, STATEMENT) else None,
        )

    def exists(self, named: Shown, spot: Spot) -> bool:
        """Whether a line has a row there."""
        members = self.spot(named, spot).members
        held = not isinstance(named, Line) or self.layout.problem.holds(named, members)
        return held and self.frame.exists(members)

    def value(self, named: Shown, spot: Spot) -> float:
        """The engine's value, for the option and month that a new workbook shows."""
        option = self._option(spot)
        place = self.frame.option_ids.index(option)
        members = self.spot(named, spot).members
        if isinstance(named, Input):
            key = tuple(members.values())
            if time_of(named.over) == YEAR:
                key = (*key, self.frame.ids(YEAR)[self._period(YEAR, spot)])
            return float(self._amount(named, key, option))
        if named not in self._arrays:
            self._arrays[named] = self.results.array(named)[0]
        index: list[int] = [place, *(self.frame.positions[d][m] for d, m in members.items())]
        axis = time_of(named.over)
        if axis is not None:
            index.append(self._period(axis, spot))
        return float(self._arrays[named][tuple(index)])

    def choice(self, item: Input, spot: Spot) -> str:
        """The word that an input of words has, as people read it."""
        members = tuple(self.spot(item, spot).members.values())
        return str(self._amount(item, members, self._option(spot))).replace("_", " ")

    def formula(self, named: Shown, spot: Spot) -> str:
        """The link to the calculation, without the equals sign; empty for an option that is not laid out."""
        if not self.is_live(spot):
            return ""
        if isinstance(named, Input):
            return self._of_input(named, spot)
        axis = time_of(named.over)
        fixed = {MONTH: spot.month, YEAR: spot.year, STATEMENT: spot.year, None: 0}[axis]
        options = self.layout.options if spot.option is None else (self._option(spot),)
        cells = [self._reference(named, spot, option, axis, fixed) for option in options]
        chosen = cells[0]
        if spot.option is None:
            chosen = self._chosen(cells)
        if fixed is None:
            number = self.selection.cell(MONTH_NUMBER_ROW if axis == MONTH else YEAR_NUMBER_ROW)
            chosen = f"INDEX({chosen},{number})"
        return chosen

    def is_live(self, spot: Spot) -> bool:
        """Whether the option of a spot is laid out, so that its figures can be links."""
        return spot.option is None or self._option(spot) in self.layout.options

    def spots(self, axis: str, fixed: Mapping[str, str]) -> Iterator[tuple[str, Spot]]:
        """The spots along an axis of a table, each with its label; of an option not laid out it says so."""
        for label, spot in spots(axis, self.frame, fixed):
            yield self.layout.name_of(spot.option) if spot.option else label, spot

    def kept(self, key: str | None, spot: Spot) -> bool:
        """Whether an input or a line, such as a flag, is other than 0 at a spot in some option."""
        named = self.find(key or "")
        if named is None:
            return True
        if isinstance(named, Line):
            return any(self.value(named, spot & Spot(option=option)) != 0 for option in self.frame.option_ids)
        members = tuple(spot.members[d] for d in named.over)
        return any(self._amount(named, members, option) for option in self.frame.option_ids)

    def _amount(self, item: Input, members: Sequence[str], option: str) -> Any:
        given = self.layout.problem.values[item]
        key = tuple(members)
        return given.options.get(option, {}).get(key, given.base[key]).amount

    def _option(self, spot: Spot) -> str:
        if spot.option == BASELINE:
            return self.frame.baseline
        return spot.option or self.selection.shown

    def _period(self, axis: str, spot: Spot) -> int:
        if axis == MONTH:
            return self.selection.month if spot.month is None else spot.month
        return self.selection.year if spot.year is None else spot.year

    def _reference(self, line: Line, spot: Spot, option: str, axis: str | None, period: int | None) -> str:
        sheet = self.layout.sheets[self.layout.sheet_of[line]]
        row = sheet.blocks[line].rows[tuple(self.spot(line, spot).members.values())]
        name = self.layout.holding(line, option)
        # No dollar signs: the cells of a page are not copied, and four options make a long formula.
        if axis is None:
            return f"'{name}'!{letter(sheet.total)}{row}"
        if period is None:
            return f"'{name}'!{letter(sheet.first)}{row}:{letter(sheet.last)}{row}"
        return f"'{name}'!{letter(sheet.first + period)}{row}"

    def _of_input(self, item: Input, spot: Spot) -> str:
        """The cell in use; picked by the option shown only where an option touches the input."""
        if time_of(item.over) == YEAR and spot.year is None:
            raise LayoutError(f"a page shows {item.key} without saying which year")
        if spot.option is not None or not self.layout.inputs.touching(item):
            return self._input_cell(item, spot, self._option(spot))
        return self._chosen([self._input_cell(item, spot, option) for option in self.layout.options])

    def _chosen(self, cells: Sequence[str]) -> str:
        """What the option shown has of each option's own; what all of them share is read as it is."""
        number = self.selection.cell(OPTION_NUMBER_ROW)
        alike = {text: [n for n, cell in enumerate(cells, 1) if cell == text] for text in cells}
        if len(alike) == 1:
            return cells[0]
        alone = [(text, places[0]) for text, places in alike.items() if len(places) == 1]
        if len(alike) > 2 or not alone or len(cells) == 2:
            return f"CHOOSE({number},{','.join(cells)})"
        own, place = alone[-1]
        shared = next(text for text in alike if text != own)
        if ":" in own:
            return f"CHOOSE(1+({number}={place}),{shared},{own})"
        return f"IF({number}={place},{own},{shared})"

    def _input_cell(self, item: Input, spot: Spot, option: str) -> str:
        inputs = self.layout.inputs
        row = inputs.block(item, option).rows[tuple(self.spot(item, spot).members.values())]
        if time_of(item.over) == YEAR:
            column = inputs.period(YEAR, self._period(YEAR, spot))
        else:
            column = inputs.use_column(item, option)
        return f"{inputs.prefix(item)}{letter(column)}{row}"


def word_of(value: float, words: Sequence[str]) -> str:
    """The word a number stands for; a dash where it stands for none."""
    if not math.isfinite(value) or not 1 <= round(value) <= len(words):
        return "–"
    return words[round(value) - 1]
