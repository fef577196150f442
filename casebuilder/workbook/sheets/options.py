"""The Options sheet: every headline by option, linked to the calculation behind it."""

from __future__ import annotations

from collections.abc import Mapping

from casebuilder.algebra.terms import Line
from casebuilder.evaluate.headlines import (
    FURTHER,
    HEADLINES,
    RANKED_BY,
    STEADY_STATE,
    OptionResult,
    absent_headline,
    definition,
    headline_line,
)
from casebuilder.workbook.layout.addresses import HEADER_ROW as CALCULATION_HEADER
from casebuilder.workbook.layout.addresses import YEARS, Layout, letter
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

HEADER_ROW = 5
FIRST_ROW = 6
FIRST_OPTION = 4


# Below the headlines: rank, steady state, and what stands beside the headlines.
RANK_ROW = FIRST_ROW + len(HEADLINES) + 1
STEADY_STATE_ROW = RANK_ROW + 1
FURTHER_ROW = STEADY_STATE_ROW + 2
# Where an option is not laid out: whether its results still fit, and the options that pages can show.
FITS_ROW = FURTHER_ROW + len(FURTHER) + 1
LAID_OUT_ROW = FITS_ROW + 1
CURRENT, STALE = "engine result: fits", "engine result: STALE, build again"
DEFINITION_WIDTH = 110


def row_of(headline: str) -> int:
    """The row of a headline or of a figure beside them, from 1."""
    if headline in FURTHER:
        return FURTHER_ROW + FURTHER.index(headline)
    return FIRST_ROW + HEADLINES.index(headline)


def cell_of(layout: Layout, headline: str, option: str) -> str:
    """The address of a headline for an option, on the Options sheet."""
    column = letter(FIRST_OPTION + layout.problem.frame.option_ids.index(option))
    return f"Options!${column}${row_of(headline)}"


def source_cell(layout: Layout, line: Line, option: str) -> str:
    """The calculation cell of a line without time, or of the sum of all periods of one over time alone."""
    sheet = layout.sheets[layout.sheet_of[line]]
    return f"'{layout.holding(line, option)}'!${letter(sheet.total)}${sheet.blocks[line].first}"


def write_options(
    sheet: FormulaSheet, layout: Layout, styles: Styles, found: Mapping[str, OptionResult]
) -> int:
    """Write the headlines; gives the number of formula cells."""
    options, cells = layout.problem.frame.options, 0
    sheet.write_string(0, 0, "Options side by side", styles["title"])
    sheet.write_string(
        2,
        1,
        "Money in pounds; shares as fractions of one. A headline an option has none of is empty.",
        styles["subtitle"],
    )
    base_year, last = layout.problem.inputs.info.base_year, FIRST_OPTION + len(options) - 1
    for column, name in enumerate(["Key", "Headline", "Unit", *(o.id for o in options)]):
        style = "header" if column < FIRST_OPTION - 1 else "header_right"
        sheet.write_string(HEADER_ROW - 1, column, name, styles[style])
    sheet.write_string(HEADER_ROW - 1, last, "What is in it, what is out, which prices", styles["header"])
    for column, option in enumerate(options, FIRST_OPTION):
        sheet.write_string(HEADER_ROW - 2, column - 1, layout.name_of(option.id), styles["text"])
    for headline in (*HEADLINES, *FURTHER):
        row, line = row_of(headline), headline_line(layout.problem, headline)
        sheet.write_string(row - 1, 0, headline, styles["key"])
        if line is None:
            text = absent_headline(layout.problem, headline)
            sheet.write_string(row - 1, 1, text, styles["quiet"])
            continue
        sheet.write_string(row - 1, 1, line.label, styles["cell_text"])
        sheet.write_string(row - 1, last, definition(line, base_year), styles["note"])
        sheet.write_string(row - 1, 2, styles.in_words(line.unit, base_year), styles["quiet"])
        style = styles.number("calculation", line.unit)
        for column, option in enumerate(options, FIRST_OPTION):
            value = found[option.id].value(headline)
            if option.id not in layout.options:
                if value is not None:
                    sheet.write_exact(row, column, value, styles.number("engine", line.unit))
                continue
            text = source_cell(layout, line, option.id)
            sheet.write_ready(row, column, text, style, float("nan") if value is None else value)
            cells += 1
    cells += _origin(sheet, layout, styles)
    cells += _rank(sheet, layout, styles, found)
    cells += _steady_state(sheet, layout, styles, found)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 58)
    sheet.set_column(2, 2, 22)
    sheet.set_column(3, 2 + len(options), 20)
    sheet.set_column(last, last, DEFINITION_WIDTH)
    # On paper the definitions would make all else small.
    sheet.print_area(0, 0, LAID_OUT_ROW, last - 1)
    sheet.set_row(HEADER_ROW - 2, 45)
    sheet.freeze_panes(HEADER_ROW, 3)
    return cells


def _origin(sheet: FormulaSheet, layout: Layout, styles: Styles) -> int:
    """Of options that are not laid out: the inputs their results are of, and whether these still stand.

    Below stand the options that pages can show.
    """
    options = layout.problem.frame.options
    if not layout.not_laid_out:
        return 0
    digest = layout.problem.inputs.sha256[:16]
    sheet.write_string(FITS_ROW - 1, 0, "results", styles["key"])
    sheet.write_string(
        FITS_ROW - 1, 1, f"Live, or by the engine from inputs of hash {digest}", styles["cell_text"]
    )
    sheet.write_string(LAID_OUT_ROW - 1, 0, "laid_out", styles["key"])
    sheet.write_string(
        LAID_OUT_ROW - 1, 1, "Options laid out in full, which pages can show", styles["cell_text"]
    )
    cells = 0
    for column, option in enumerate(options, FIRST_OPTION):
        if option.id in layout.options:
            sheet.write_string(FITS_ROW - 1, column - 1, "live", styles["word"])
        else:
            text = f'IF({layout.scenarios.changed}=0,"{CURRENT}","{STALE}")'
            sheet.write_text_formula(FITS_ROW, column, text, styles["word"], CURRENT)
            cells += 1
    for column, laid in enumerate(layout.options, FIRST_OPTION):
        sheet.write_string(LAID_OUT_ROW - 1, column - 1, laid, styles["word"])
        sheet.write_string(
            LAID_OUT_ROW, column - 1, layout.problem.frame.label_of_option(laid), styles["text"]
        )
    return cells


def chosen_from(layout: Layout, labels: bool = False) -> str:
    """Where the keys, or the labels, of the options that pages can show stand side by side."""
    row = LAID_OUT_ROW if layout.not_laid_out else HEADER_ROW
    if labels:
        row += -1 if row == HEADER_ROW else 1
    return f"Options!${letter(FIRST_OPTION)}${row}:${letter(FIRST_OPTION + len(layout.options) - 1)}${row}"


def _rank(sheet: FormulaSheet, layout: Layout, styles: Styles, found: Mapping[str, OptionResult]) -> int:
    options = layout.problem.frame.option_ids
    if headline_line(layout.problem, RANKED_BY) is None:
        return 0
    row, source = RANK_ROW, row_of(RANKED_BY)
    sheet.write_string(row - 1, 0, "rank", styles["key"])
    sheet.write_string(row - 1, 1, "Rank by net present social value (1 is best)", styles["cell_text"])
    first, last = letter(FIRST_OPTION), letter(FIRST_OPTION + len(options) - 1)
    for column, option in enumerate(options, FIRST_OPTION):
        rank = found[option].rank
        text = f"RANK({letter(column)}{source},${first}${source}:${last}${source})"
        value = float("nan") if rank is None else float(rank)
        sheet.write_ready(row, column, text, styles.number("calculation", "item"), value)
    return len(options)


def _steady_state(
    sheet: FormulaSheet, layout: Layout, styles: Styles, found: Mapping[str, OptionResult]
) -> int:
    line = layout.problem.by_key.get(STEADY_STATE)
    if line is None:
        return 0
    row, years = STEADY_STATE_ROW, layout.sheets[YEARS]
    sheet.write_string(row - 1, 0, "steady_state", styles["key"])
    sheet.write_string(
        row - 1,
        1,
        "Steady state: the first full year after ramp-up and after time-limited funding",
        styles["cell_text"],
    )
    for column, option in enumerate(layout.problem.frame.option_ids, FIRST_OPTION):
        if option not in layout.options:
            sheet.write_string(row - 1, column - 1, found[option].steady_state or "", styles["engine"])
            continue
        name = layout.sheet_name(YEARS, option)
        first, last = (f"${letter(c)}${CALCULATION_HEADER}" for c in (years.first, years.last))
        header = f"'{name}'!{first}:{last}"
        text = f'IFERROR(INDEX({header},{source_cell(layout, line, option)}),"")'
        sheet.write_text_formula(row, column, text, styles["calculation"], found[option].steady_state or "")
    return len(layout.options)
