"""The workbook of a portfolio: every case on one sheet with totals, as plain values of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter.worksheet import Worksheet

from casebuilder.analysis.many.gathered import Figure, Gathered
from casebuilder.inputs.templates.read import template
from casebuilder.workbook.writing.styles import Styles
from casebuilder.workbook.writing.whole import close_packed, new_workbook, written_whole

Cell = float | str | None
# Widths of a column of figures and of the widest of texts, in characters; the height of a line, in points.
_NUMBER, _TEXT, _LINE = 15.0, 64.0, 14.0
_LETTERS = 1.12


@dataclass(frozen=True)
class Page:
    """A sheet that is one table.

    Attributes
    ----------
    sheet, title
        Its tab, and what stands at its head.
    notes
        Sentences under the title.
    headers, units
        By column its heading, and the unit of its figures; no unit for words.
    rows
        The cells.
    totals
        How many rows at the end are totals.
    """

    sheet: str
    title: str
    notes: tuple[str, ...]
    headers: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0


def write_portfolio(gathered: Gathered, path: Path, more: Sequence[Page] = ()) -> None:
    """Write the workbook.

    Parameters
    ----------
    gathered
        What the cases come to.
    path
        Where it goes; an older file is replaced only when the new one is whole.
    more
        Further sheets, before the last.

    Raises
    ------
    CaseError
        The file cannot be written.
    """
    pages = [*more, _summary(gathered), *_ranges(gathered), _options(gathered), *_faults(gathered)]
    with written_whole(path) as draft:
        workbook = new_workbook(draft)
        styles = Styles(workbook, template("workbook/styles.yaml"))
        mark = (
            f"Engine results of casebuilder {gathered.version}, {told_draws(gathered)}; plain values: "
            f"nothing here recalculates. SHA-256 of results.parquet: {gathered.sha256}"
        )
        for page in pages:
            _write(workbook.add_worksheet(page.sheet), page, mark, styles)
        workbook.set_properties(
            {"title": gathered.name, "comments": f"casebuilder {gathered.version}; {gathered.sha256}"}
        )
        close_packed(workbook)


def told_draws(gathered: Gathered) -> str:
    """How many draws and which seed, in words."""
    if not gathered.draws:
        return "no draws"
    return f"{gathered.draws:,} draws of each case, seed {gathered.seed}"


def _columns() -> Sequence[Mapping[str, Any]]:
    shown: Sequence[Mapping[str, Any]] = template("workbook/portfolio.yaml")["columns"]
    return shown


def _units(gathered: Gathered) -> dict[str, str]:
    """The unit of every headline that some case has."""
    return {name: unit for each in gathered.cases for name, unit in each.head.figures.items()}


def _summary(gathered: Gathered) -> Page:
    """Every case with the option put forward, and the totals."""
    shown, units = _columns(), _units(gathered)
    rows: list[tuple[Cell, ...]] = [
        (
            each.head.title,
            each.head.options[each.head.option],
            *(_central(each.figure(column["headline"])) for column in shown),
            each.head.status,
        )
        for each in gathered.cases
    ]
    rows += [(each.case, "", *([None] * len(shown)), "at fault: see Faults") for each in gathered.failed]
    total = [_central(gathered.totals.get(column["headline"])) for column in shown]
    count = f"{len(gathered.cases)} cases" if len(gathered.cases) > 1 else "one case"
    rows.append((f"Total of {count}", "", *total, ""))
    years = gathered.base_years
    prices = f"Pounds are real, at prices of {years[0]}, or cash as the headline says." if years else ""
    if len(years) > 1:
        prices = f"Base years differ ({', '.join(years)}): pounds of different years are not added."
    return Page(
        "Portfolio",
        gathered.name,
        (
            "Each case with the option that it puts forward, the last of its options. "
            "A ratio or a share has no total.",
            prices,
        ),
        ("Case", "Option", *(column["heading"] for column in shown), "Status"),
        ("", "", *(units.get(column["headline"], "number") for column in shown), ""),
        tuple(rows),
        totals=1,
    )


def _ranges(gathered: Gathered) -> list[Page]:
    """The range of what moves, of every case and of the totals."""
    if not gathered.draws or not gathered.cases:
        return []
    shown, units = [column for column in _columns() if column.get("range")], _units(gathered)
    rows = [
        (each.head.title, *(cell for c in shown for cell in _spread(each.figure(c["headline"]))))
        for each in gathered.cases
    ]
    rows.append(("Total", *(cell for c in shown for cell in _spread(gathered.totals.get(c["headline"])))))
    return [
        Page(
            "Ranges",
            f"{gathered.name}: ranges",
            (
                f"The tenth, the median and the ninetieth percentile of {told_draws(gathered)}, of the "
                "option put forward.",
                "Totals are added draw by draw: an input has the same score in all cases, so that a "
                "national value that is wrong is wrong everywhere. They are no sums of what stands above.",
            ),
            ("Case", *(f"{c['heading']}, {p}" for c in shown for p in ("P10", "P50", "P90"))),
            ("", *(units.get(c["headline"], "number") for c in shown for _ in range(3))),
            tuple(rows),
            totals=1,
        )
    ]


def _options(gathered: Gathered) -> Page:
    """Every option of every case."""
    shown, units = _columns(), _units(gathered)
    rows = [
        (
            each.head.title,
            label,
            *(_central(each.figures[option].get(column["headline"])) for column in shown),
        )
        for each in gathered.cases
        for option, label in each.head.options.items()
    ]
    return Page(
        "Options",
        f"{gathered.name}: every option",
        ("The case itself, without draws.",),
        ("Case", "Option", *(column["heading"] for column in shown)),
        ("", "", *(units.get(column["headline"], "number") for column in shown)),
        tuple(rows),
    )


def _faults(gathered: Gathered) -> list[Page]:
    """What kept a case from being worked out, and checks that do not hold."""
    rows = [(each.case, "not worked out", fault) for each in gathered.failed for fault in each.faults]
    rows += [(each.head.case, "check", fault) for each in gathered.with_faults for fault in each.head.faults]
    if not rows:
        return []
    return [Page("Faults", "Faults", (), ("Case", "What", "Fault"), ("", "", ""), tuple(rows))]


def _central(figure: Figure | None) -> Cell:
    return None if figure is None else figure.central


def _spread(figure: Figure | None) -> tuple[Cell, ...]:
    return (None, None, None) if figure is None else (figure.p10, figure.p50, figure.p90)


def _write(sheet: Worksheet, page: Page, mark: str, styles: Styles) -> None:
    """One sheet: title, notes, header, rows, totals."""
    last_column = len(page.headers) - 1
    widths = [_width(page, column) for column in range(last_column + 1)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, page.title, styles["title"])
    sheet.set_row(0, 24)
    notes = [note for note in (*page.notes, mark) if note]
    for row, note in enumerate(notes, 1):
        role = "portfolio_mark" if note == mark else "portfolio_note"
        sheet.merge_range(row, 0, row, last_column, note, styles[role])
        sheet.set_row(row, _LINE * _lines(note, sum(widths)))
    head = len(notes) + 2
    for column, (header, unit) in enumerate(zip(page.headers, page.units, strict=True)):
        sheet.write_string(head, column, header, styles["form_head_right" if unit else "form_head"])
    sheet.set_row(head, _LINE * max(map(_lines, page.headers, (width - 2 for width in widths))) + 3)
    first_total = len(page.rows) - page.totals
    for number, cells in enumerate(page.rows):
        _row(sheet, head + 1 + number, page, cells, styles, total=number >= first_total)
        deepest = [
            _lines(cell, width - 2)
            for cell, width in zip(cells, widths, strict=True)
            if isinstance(cell, str)
        ]
        sheet.set_row(head + 1 + number, _LINE * max(deepest, default=1))
    if first_total > 1:
        sheet.autofilter(head, 0, head + first_total, last_column)
    sheet.freeze_panes(head + 1, 1)
    sheet.repeat_rows(head)
    sheet.print_area(0, 0, head + max(1, len(page.rows)), last_column)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer("&L&F&C&A&RPage &P of &N")


def _row(
    sheet: Worksheet, row: int, page: Page, cells: Sequence[Cell], styles: Styles, *, total: bool
) -> None:
    """One row; what has no value is empty."""
    text, number = ("portfolio_total", "portfolio_sum") if total else ("portfolio_text", "portfolio_number")
    for column, (cell, unit) in enumerate(zip(cells, page.units, strict=True)):
        if isinstance(cell, str):
            sheet.write_string(row, column, cell, styles[text])
        elif cell is not None:
            sheet.write_number(row, column, cell, styles.number(number, unit))
        elif total:
            sheet.write_blank(row, column, None, styles[number])


def _width(page: Page, column: int) -> float:
    """Wide enough for what a column holds; long texts wrap."""
    if page.units[column]:
        longest = max(len(word) for word in page.headers[column].split())
        return max(_NUMBER, longest + 3)
    texts = [page.headers[column], *(row[column] for row in page.rows)]
    longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
    return min(max(longest + 3, _NUMBER), _TEXT)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in some width, broken between words; letters are narrower than figures."""
    lines, used, width = 1, 0, width * _LETTERS
    for word in text.split():
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, 0
        used += len(word) + bool(used)
    return lines
