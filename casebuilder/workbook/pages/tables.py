"""The tables of a page, as `templates/workbook/pages` declare them: links only, nothing typed."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casebuilder.algebra.terms import Input
from casebuilder.findings import Findings
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.pages.cells import PageCells, Shown, Spot, word_of
from casebuilder.workbook.sheets.engine import EngineSheet
from casebuilder.workbook.writing.bounds import bounded, is_above, worded
from casebuilder.workbook.writing.sheet import FormulaSheet, escape
from casebuilder.workbook.writing.styles import Styles

DASH, NO_PLAN = "–", "no plan stated"
Spec = Mapping[str, Any]
_YEAR = "Financial year"
_AXES = {"option": "Option", "month": "Month", "quarter": "Quarter ends"} | dict.fromkeys(
    ("year", "statement", "horizon"), _YEAR
)
_WITHOUT_UNIT = ("share", "rate", "flag", "number", "index", "1")
_WORDED = ("none", "above_one")  # what stands in words
LABEL_WIDTH, WIDTH = 38, 15
_LINE_HEIGHT, _NOTE_WIDTH = 13.5, 150


@dataclass(frozen=True)
class Placed:
    """Where a table stands: rows and columns from 1, its columns by name, and what they hold."""

    sheet: str
    header: int
    first: int
    last: int
    label: int
    columns: Mapping[str, Sequence[int]]
    values: Mapping[int, Sequence[float]]
    units: Mapping[int, str]
    names: Mapping[int, str]


@dataclass
class Page:
    """A sheet being written, from the top down."""

    name: str
    spec: Spec
    spot: Spot
    label: str
    sheet: FormulaSheet
    row: int = 1
    cells: int = 0
    widest: int = 2
    written: dict[tuple[str, tuple[Any, ...]], str] = field(default_factory=dict)
    tables: dict[str, Placed] = field(default_factory=dict)
    charts: list[tuple[int, Sequence[Spec]]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    @property
    def labels(self) -> int:
        """The most columns of labels that a table of the page has."""
        return max((len(block.get("rows", ())) for block in self.spec["blocks"]), default=1)


@dataclass(frozen=True)
class Column:
    """One column of a table: what it reads, and what of the spot it fixes."""

    named: Shown
    heading: str
    spot: Spot
    spec: Spec

    @property
    def name(self) -> str:
        """What charts call it."""
        return str(self.spec.get("name", self.named.key))


class TableWriter:
    """Writes tables one below the other.

    Parameters
    ----------
    cells
        Formulas and values of cells.
    styles
        The formats.
    words
        By the key of a line, the words its numbers stand for.
    engine
        The technical sheet, for what engine results rest on.
    findings
        What analyses found out about the case.
    """

    def __init__(
        self,
        cells: PageCells,
        styles: Styles,
        words: Mapping[str, Sequence[str]],
        engine: EngineSheet,
        findings: Findings,
    ) -> None:
        """Keep what every table needs."""
        self.cells, self.styles, self.words, self.engine = cells, styles, words, engine
        self.frame, self.findings = cells.frame, findings
        self.marks: dict[str, str] = {}  # by result of the engine, the formula that tells whether it fits
        self.base_year = cells.layout.problem.inputs.info.base_year

    def columns(self, block: Spec, fixed: Spot) -> list[Column]:
        """The columns whose lines the case has."""
        return [column for spec in block.get("columns", ()) for column in self._columns(spec, fixed)]

    def _columns(self, spec: Spec, fixed: Spot) -> Iterator[Column]:
        named = self.cells.find(spec["line"])
        beside = [spec[key] for key in ("unless", "given") if key in spec]
        if named is None or any(self.cells.find(key) is None for key in beside):
            return
        heading, own = str(spec.get("heading", named.label)), Spot(option=spec.get("option"))
        if spec.get("month") == "last":
            own = own & Spot(month=len(self.frame.ids("month")) - 1)
        if "each" not in spec:
            yield Column(named, heading, own, spec)
            return
        for label, spot in self.cells.spots(spec["each"], fixed.members):
            if self.cells.kept(spec.get("only"), fixed & spot):
                full = f"{heading}: {label}" if "heading" in spec else label
                yield Column(named, full, own & spot, spec)

    def rows(self, block: Spec, fixed: Spot, columns: Sequence[Column]) -> list[tuple[list[str], Spot]]:
        """The labels and the spot of each row."""
        found: list[tuple[list[str], Spot]] = [([], fixed)]
        for axis in block["rows"]:
            found = [
                ([*labels, label], spot & own)
                for labels, spot in found
                for label, own in self.cells.spots(axis, spot.members)
            ]
        return [
            (labels, spot)
            for labels, spot in found
            if self.cells.kept(block.get("only"), spot)
            and any(self.cells.exists(c.named, spot & c.spot) for c in columns)
        ]

    def write(self, page: Page, block: Spec) -> None:
        """Write a table, if the case has anything for it."""
        columns = self.columns(block, page.spot)
        rows = self.rows(block, page.spot, columns) if columns else []
        if not rows:
            return
        self.title(page, block)
        header, axes = page.row, list(block["rows"])
        names = [_AXES.get(axis) or self.frame.title(axis) for axis in axes]
        self.header(page, [*names, *map(self._heading, columns)], len(axes))
        values: dict[int, list[float]] = {}
        for labels, spot in rows:
            for place, label in enumerate(labels):
                page.sheet.write_string(page.row - 1, place, label, self.styles["cell_text"])
            for place, column in enumerate(columns, len(axes) + 1):
                values.setdefault(place, []).append(self._cell(page, column, spot & column.spot, place))
            page.row += 1
        first, last = header + 1, page.row - 1
        self._total(page, columns, len(axes))
        by_name: dict[str, list[int]] = {}
        for place, column in enumerate(columns, len(axes) + 1):
            by_name.setdefault(column.name, []).append(place)
            self._warn(page, column, place, first, last)
        units = {place: c.named.unit for place, c in enumerate(columns, len(axes) + 1)}
        headings = {place: c.heading for place, c in enumerate(columns, len(axes) + 1)}
        page.tables[block["name"]] = Placed(
            page.name, header, first, last, len(axes), by_name, values, units, headings
        )
        page.row += 1

    def write_facts(self, page: Page, block: Spec) -> None:
        """Write lines one below the other: what it is, its value, its unit."""
        facts = [c for spec in block["facts"] for c in self._columns(spec, page.spot)]
        facts = [c for c in facts if self.cells.exists(c.named, page.spot)]
        if not facts:
            return
        self.title(page, block)
        self.header(page, ["Figure", "Value", "Unit"], 1, (2,))
        for fact in facts:
            page.sheet.write_string(page.row - 1, 0, fact.heading, self.styles["cell_text"])
            self._cell(page, fact, page.spot & fact.spot, 2)
            unit = "" if fact.spec.get("as") else self._unit(fact.named.unit)
            page.sheet.write_string(page.row - 1, 2, unit, self.styles["quiet"])
            page.row += 1
        page.row += 1

    def title(self, page: Page, block: Spec) -> None:
        """Write a table's heading and its note."""
        page.sheet.write_string(page.row - 1, 0, block["title"], self.styles["heading"])
        page.row += 1
        for line in textwrap.wrap(" ".join(block.get("note", "").split()), _NOTE_WIDTH):
            page.sheet.write_string(page.row - 1, 0, line, self.styles["note"])
            page.row += 1

    def header(self, page: Page, names: Sequence[str], labels: int, left: Sequence[int] = ()) -> None:
        """Write the names of columns, those of labels and of `left` (from 0) to the left."""
        for place, name in enumerate(names):
            style = "header" if place < labels or place in left else "header_right"
            page.sheet.write_string(page.row - 1, place, name, self.styles[style])
        lines = max(
            sum(len(textwrap.wrap(part, WIDTH if place else LABEL_WIDTH)) for part in name.split("\n"))
            for place, name in enumerate(names)
        )
        page.sheet.set_row(page.row - 1, _LINE_HEIGHT * lines + 3)
        page.widest = max(page.widest, len(names))
        page.row += 1

    def _unit(self, unit: str) -> str:
        return self.styles.in_words(unit, self.base_year).replace("wte", "WTE").replace("m2", "m²")

    def _heading(self, column: Column) -> str:
        spec, unit = column.spec, column.named.unit
        plain = unit in _WITHOUT_UNIT or spec.get("unit") in _WITHOUT_UNIT
        if spec.get("words") or spec.get("as") or plain or "heading" not in spec:
            return column.heading
        words = self._unit(unit)
        return column.heading if words.lower() in column.heading.lower() else f"{column.heading}\n{words}"

    def _key(self, named: Shown, spot: Spot) -> tuple[str, tuple[Any, ...]]:
        own = self.cells.spot(named, spot)
        return named.key, (*own.members.items(), own.option, own.month, own.year)

    def _term(self, page: Page, key: str, spot: Spot) -> tuple[str, float]:
        """What a formula reads a line by: the page's own cell where it shows the line, else a link."""
        named = self.cells.find(key)
        assert named is not None
        text = page.written.get(self._key(named, spot)) or self.cells.formula(named, spot)
        return text, self.cells.value(named, spot)

    def _cell(self, page: Page, column: Column, spot: Spot, place: int) -> float:
        """Write one cell; gives its value as a chart would read it."""
        named, spec = column.named, column.spec
        if not self.cells.exists(named, spot):
            return 0.0
        if isinstance(named, Input) and named.choices:
            text = f'SUBSTITUTE({self.cells.formula(named, spot)},"_"," ")'
            self._word(page, spot, place, text, self.cells.choice(named, spot))
            return 0.0
        value = self.cells.value(named, spot)
        if spec.get("words") or spec.get("as"):
            self._words(page, column, spot, place, value)
            return value
        text = self.cells.formula(named, spot)
        page.written[self._key(named, spot)] = f"{letter(place)}{page.row}"
        value = self.planned(page, spec, spot, place, (text, value), spec.get("unit", named.unit))
        return value if math.isfinite(value) else 0.0

    def _period(self, axis: str, value: float) -> str:
        periods = self.frame.ids(axis)
        return periods[round(value) - 1] if 1 <= value <= len(periods) else "later"

    def _words(self, page: Page, column: Column, spot: Spot, place: int, value: float) -> None:
        spec, named = column.spec, column.named
        number = self.cells.formula(named, spot)
        if axis := spec.get("as"):
            text = f'IFERROR(INDEX({self.cells.selection.headers(axis)},{number}),"later")'
            word = self._period(axis, value)
        else:
            words = self.words[named.key]
            quoted = ",".join(f'"{each}"' for each in words)
            text, word = f"CHOOSE({number},{quoted})", word_of(value, words)
        if "unless" in spec:
            test, amount = self._term(page, spec["unless"], spot)
            text, word = f'IF({test}>0,{text},"{DASH}")', word if amount > 0 else DASH
        self._word(page, spot, place, text, word)

    def _word(self, page: Page, spot: Spot, place: int, text: str, word: str) -> None:
        """Write a word, live or, of an option that is not laid out, as the engine has it."""
        if not self.cells.is_live(spot):
            page.sheet.write_string(page.row - 1, place - 1, word, self.styles["engine"])
            return
        page.sheet.write_text_formula(page.row, place, text, self.styles["word"], word)
        page.cells += 1

    def number(
        self,
        page: Page,
        place: int,
        text: str,
        value: float,
        unit: str,
        signed: bool = False,
        role: str = "calculation",
        said: bool = False,
    ) -> None:
        """Write one formula cell in the current row; in words where its figure would say nothing.

        Without a formula it is the engine's figure, of an option that is not laid out. A text that says those
        words itself is `said`.
        """
        if not text:
            self._engine(page, place, value, unit, signed)
            return
        style = self.styles.number(role, unit, signed)
        in_words, shown = bounded(text, value, unit, signed)
        text = text if said else in_words
        page.sheet.write_formula_row(page.row, place, [escape(text)], style, [shown])
        page.cells += 1

    def _engine(
        self, page: Page, place: int, value: float, unit: str, signed: bool, words: Spec | None = None
    ) -> None:
        if not math.isfinite(value):
            return
        style, (_, shown) = self.styles.number("engine", unit, signed), bounded("0", value, unit, signed)
        _, shown = worded("0", shown, **(words or {}))
        if isinstance(shown, str):
            page.sheet.write_string(page.row - 1, place - 1, shown, style)
        else:
            page.sheet.write_exact(page.row, place, shown, style)

    def planned(
        self,
        page: Page,
        spec: Spec,
        spot: Spot,
        place: int,
        shown: tuple[str, float],
        unit: str,
        role: str = "calculation",
    ) -> float:
        """Write a figure, or that no plan is stated where it rests on one (`given`); gives its value."""
        signed, value = bool(spec.get("signed")), shown[1]
        words = {key: spec[key] for key in _WORDED if key in spec}
        if not shown[0]:
            self._engine(page, place, value, unit, signed, words)
            return value
        style = self.styles.number(role, unit, signed)
        text, stored = worded(*bounded(*shown, unit, signed), **words)
        given = self.cells.find(spec["given"]) if "given" in spec else None
        page.cells += 1
        if given is not None:
            text = f'IF({self._term(page, given.key, spot)[0]}>0,{text},"{NO_PLAN}")'
            if self.cells.value(given, spot) == 0:
                page.sheet.write_text_formula(page.row, place, text, style, NO_PLAN)
                return 0.0
        page.sheet.write_formula_row(page.row, place, [escape(text)], style, [stored])
        return value

    def _total(self, page: Page, columns: Sequence[Column], labels: int) -> None:
        """The row of all, from the lines that add up the rows."""
        totals = [self.cells.find(c.spec["total"]) if "total" in c.spec else None for c in columns]
        if all(total is None for total in totals):
            return
        for place in range(labels + len(columns)):
            page.sheet.write_blank(page.row - 1, place, None, self.styles["total"])
        page.sheet.write_string(page.row - 1, 0, "All", self.styles["section"])
        for place, (column, named) in enumerate(zip(columns, totals, strict=True), labels + 1):
            if named is not None:
                spot = page.spot & column.spot
                text, value = self.cells.formula(named, spot), self.cells.value(named, spot)
                signed = bool(column.spec.get("signed"))
                self.number(page, place, text, value, named.unit, signed, "total")
        page.row += 1

    def _warn(self, page: Page, column: Column, place: int, first: int, last: int) -> None:
        if "warn_above" in column.spec:
            rule = {
                "type": "formula",
                "format": self.styles["warn"],
                "criteria": is_above(f"{letter(place)}{first}", column.spec["warn_above"]),
            }
            page.sheet.conditional_format(first - 1, place - 1, last - 1, place - 1, rule)
