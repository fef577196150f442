"""An option's operations and money on the terminal: centres, waits, staff, funds and hosts.

What is shown is declared in `templates/summary`, so that a new line is shown by naming it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casebuilder.algebra.dimensions import TIME, time_of
from casebuilder.algebra.terms import Input, Line
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.place import Place, Values
from casebuilder.inputs.templates.read import template
from casebuilder.summary.figures import NONE, difference, figure
from casebuilder.summary.sections import plain_table

Spec = Mapping[str, Any]
NO_PLAN = f"{NONE} no plan stated"
_GAP = 2


def print_operations(console: Console, results: Results, option: str) -> None:
    """Print the sections of one option, in its last month; nothing where the case has no such lines."""
    reader = OperationsReader(results, option)
    for name in ("operations", "affordability"):
        part = template(f"summary/{name}.yaml")
        sections = [(spec, reader.rows(spec)) for spec in part["sections"]]
        shown = [(spec, rows) for spec, rows in sections if rows]
        if not shown:
            continue
        console.print()
        console.print(Text(part["heading"].format(option=option, **reader.periods), style="bold"))
        for spec, rows in shown:
            table = _table(spec["title"], reader.headings(spec), rows, console.width - _GAP)
            console.print(Padding(table, (0, 0, 0, _GAP)))


class OperationsReader:
    """The figures of the sections, for one option in its last month and that month's year.

    Parameters
    ----------
    results
        The values of every line.
    option
        The key of an option.
    """

    def __init__(self, results: Results, option: str) -> None:
        """Find the last month."""
        self.results, self.option = results, option
        self.frame = results.problem.frame
        self.values = Values(results)
        months, years = self.frame.ids("month"), self.frame.year_of_month
        self.last = {"month": months[-1], "year": self.frame.ids("year")[years[-1] - 1]} if months else {}
        if self.last and self.frame.ids("statement"):
            self.last["statement"] = self.frame.ids("statement")[-1]
        self._inputs = results.problem.inputs_by_key

    @property
    def periods(self) -> dict[str, str]:
        """The last month, the first year, and the last of the statements, for headings."""
        return {**self.last, "first": self.frame.ids("year")[0]}

    def headings(self, spec: Spec) -> list[str]:
        """The headings of the columns that the case has."""
        return [column["heading"] for column in self._columns(spec)]

    def rows(self, spec: Spec) -> list[tuple[str, ...]]:
        """The label and the texts of each row."""
        columns, dimension = self._columns(spec), spec["rows"]
        if not columns or not self.last:
            return []
        return [
            (self.frame.label(dimension, member), *(self._text(c, {dimension: member}) for c in columns))
            for member in self.frame.ids(dimension)
            if self._value(spec["only"], {dimension: member}) != 0  # what is not known is shown as well
        ]

    def _columns(self, spec: Spec) -> list[Spec]:
        read = ("line", "unless", "given")
        needed = [(column, [column[k] for k in read if k in column]) for column in spec["columns"]]
        return [column for column, keys in needed if all(self._find(key) is not None for key in keys)]

    def _find(self, key: str) -> Line | Input | None:
        lines = self.results.problem.by_key
        return lines[key] if key in lines else self._inputs.get(key)

    def _value(self, key: str, members: Mapping[str, str]) -> float | None:
        """The value of a line or input; where the case has none, as if it were 1."""
        named = self._find(key)
        if named is None:
            return 1.0
        axis = time_of(named.over)
        place = Place(self.option, {**members, **({axis: self.last[axis]} if axis else {})})
        return self.values.at(named, place.only([*members, *TIME]))

    def _text(self, column: Spec, members: Mapping[str, str]) -> str:
        if "each" in column:
            return self._words(column, members)
        if "given" in column and not self._value(column["given"], members):
            return NO_PLAN
        value, named = self._value(column["line"], members), self._find(column["line"])
        assert named is not None
        if column.get("words"):
            return str(template("words.yaml")[column["line"]][round(value) - 1]) if value else NONE
        if axis := column.get("as"):
            periods = self.frame.ids(axis)
            return periods[round(value) - 1] if value and 1 <= value <= len(periods) else NONE
        if value == 0 and "none" in column:
            return str(column["none"])
        if value is not None and "above_one" in column and value > 1:
            return str(column["above_one"])
        shown = difference if column.get("signed") else figure
        return shown(None if value is None else _whole(value, named.unit), named.unit)

    def _words(self, column: Spec, members: Mapping[str, str]) -> str:
        """The words of a line, the commonest first and bare, the others with the members they hold for."""
        words: Sequence[str] = template("words.yaml")[column["line"]]
        found: dict[str, list[str]] = {}
        for other in self.frame.combinations((column["each"],), members):
            number = self._value(column["line"], other)
            if number and self._value(column["unless"], other):
                label = self.frame.label(column["each"], other[column["each"]])
                found.setdefault(words[round(number) - 1], []).append(label)
        ordered = sorted(found.items(), key=lambda item: -len(item[1]))
        parts = [
            word if place == 0 else f"{word} for {', '.join(of)}" for place, (word, of) in enumerate(ordered)
        ]
        return "; ".join(parts) or NONE


def _whole(value: float, unit: str) -> float:
    """Tests and patients come whole; other figures as they are."""
    return float(round(value)) if unit.startswith("test") else value


def _table(title: str, headings: Sequence[str], rows: Sequence[tuple[str, ...]], room: int) -> Table:
    """A table under its title; figures to the right and never cut, words to the left and folded."""
    table = plain_table()
    columns = list(zip(*rows, strict=True))
    wide = [max(map(len, (heading, *texts))) for heading, texts in zip(headings, columns[1:], strict=True)]
    full = max(map(len, columns[0])) + sum(wide) + _GAP * len(wide)
    table.add_column(Text(title, style="bold cyan"), overflow="fold")
    for heading, texts, width in zip(headings, columns[1:], wide, strict=True):
        if any(text[0].isalpha() for text in texts):
            table.add_column(heading, overflow="fold")
            continue
        least = max(map(len, (*heading.split(), *texts)))
        table.add_column(heading, justify="right", width=width if full <= room else least)
    for row in rows:
        table.add_row(*(Text(text) for text in row))
    return table
