"""The option and the month that the pages show: two cells to choose in, and the numbers they stand for.

The cells stand on the first page. Every page reads the calculation sheets through them, so that one
choice turns all pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.algebra.dimensions import Frame
from casebuilder.inputs.files.scalars import listed
from casebuilder.workbook.layout.addresses import HEADER_ROW, MONTHS, YEAR_ROW, YEARS, Layout, letter
from casebuilder.workbook.sheets.options import chosen_from
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

OPTION_ROW, MONTH_ROW, OPTION_NUMBER_ROW, MONTH_NUMBER_ROW, YEAR_NUMBER_ROW = 4, 5, 6, 7, 8
LAST_ROW = YEAR_NUMBER_ROW
# What stands beside a chooser whose word is not in its list, and the column it stands in.
NOT_LISTED, FAULT_COLUMN = "not in the list: choose one", 4
CHOOSE_OPTION, CHOOSE_MONTH = "Option shown (choose)", "Month shown (choose)"


@dataclass(frozen=True)
class Selection:
    """Where the choice is made, and what is chosen when the workbook is built.

    Attributes
    ----------
    sheet
        The name of the page that holds the cells.
    option, month
        The places, from 0, of the last option and the last month: what a new workbook shows.
    """

    layout: Layout
    sheet: str

    @property
    def frame(self) -> Frame:
        """Members, options and periods."""
        return self.layout.problem.frame

    @property
    def option(self) -> int:
        """The place of the option shown."""
        return len(self.layout.options) - 1

    @property
    def last_row(self) -> int:
        """The last row that the choice takes: with a note where pages cannot show all options."""
        return LAST_ROW + bool(self.layout.not_laid_out)

    @property
    def shown(self) -> str:
        """The option that a new workbook shows."""
        return self.layout.options[self.option]

    @property
    def month(self) -> int:
        """The place of the month shown."""
        return len(self.frame.ids("month")) - 1

    @property
    def year(self) -> int:
        """The place of its financial year."""
        return self.frame.year_of_month[self.month] - 1

    def cell(self, row: int) -> str:
        """The address of one of the cells, for a formula on any page."""
        quote = "" if self.sheet.isalnum() else "'"
        return f"{quote}{self.sheet}{quote}!$B${row}"

    def headers(self, axis: str) -> str:
        """The labels of all periods of an axis, `month` or `year`, in the header of a calculation sheet."""
        return self._header_row(MONTHS if axis == "month" else YEARS, HEADER_ROW)

    def _header_row(self, kind: str, row: int) -> str:
        columns, name = self.layout.sheets[kind], self.layout.sheet_name(kind, self.layout.options[0])
        return f"'{name}'!${letter(columns.first)}${row}:${letter(columns.last)}${row}"

    @property
    def not_listed(self) -> str:
        """How many of the two words are not in their list, as a formula; 0 where no page has them."""
        if not self.sheet:
            return "0"
        column = f"${letter(FAULT_COLUMN)}$"
        places = (self.cell(row).replace("$B$", column) for row in (OPTION_ROW, MONTH_ROW))
        return "+".join(f'IF({place}="",0,1)' for place in places)

    @property
    def words(self) -> str:
        """What is shown, for the head of every page."""
        option, month = self.shown, self.frame.ids("month")[self.month]
        return f"Option shown: {option}, month {month}"

    def write_head(self, sheet: FormulaSheet, row: int, styles: Styles) -> int:
        """Say on a page what it shows; gives the number of formula cells."""
        option, month = self.cell(OPTION_ROW), self.cell(MONTH_ROW)
        text = f'"Option shown: "&{option}&", month "&{month}'
        sheet.write_text_formula(row, 1, text, styles["page_head"], self.words)
        return 1

    def write(self, sheet: FormulaSheet, styles: Styles) -> int:
        """Write the two cells and the numbers behind them; gives the number of formula cells."""
        frame = self.frame
        options, labels = chosen_from(self.layout), chosen_from(self.layout, labels=True)
        month, months = frame.ids("month")[self.month], self.headers("month")
        chosen = (
            (OPTION_ROW, CHOOSE_OPTION, self.shown, options),
            (MONTH_ROW, CHOOSE_MONTH, month, months),
        )
        for row, text, value, source in chosen:
            sheet.write_string(row - 1, 0, text, styles["cell_text"])
            sheet.write_string(row - 1, 1, value, styles["chooser"])
            rule = {
                "validate": "list",
                "source": f"={source}",
                "error_title": "Not in the list",
                "error_message": "Choose one of the list.",
            }
            sheet.data_validation(row - 1, 1, row - 1, 1, rule)
            # MATCH takes `*` for any word, so that what it finds is compared.
            known = f"IFERROR(INDEX({source},MATCH(B{row},{source},0))=B{row},FALSE)"
            fault = f'IF({known},"","{NOT_LISTED}")'
            sheet.write_text_formula(row, FAULT_COLUMN, fault, styles["section"], "")
        label = frame.label_of_option(self.shown)
        text = f"INDEX({labels},B{OPTION_NUMBER_ROW})"
        sheet.write_text_formula(OPTION_ROW, 3, text, styles["cell_text"], label)
        numbers = (
            (OPTION_NUMBER_ROW, "Number of the option", f"MATCH(B{OPTION_ROW},{options},0)", self.option),
            (MONTH_NUMBER_ROW, "Number of the month", f"MATCH(B{MONTH_ROW},{months},0)", self.month),
            (
                YEAR_NUMBER_ROW,
                "Number of its financial year",
                f"INDEX({self._header_row(MONTHS, YEAR_ROW)},B{MONTH_NUMBER_ROW})",
                self.year,
            ),
        )
        for row, name, formula, place in numbers:
            sheet.write_string(row - 1, 0, name, styles["quiet_text"])
            sheet.write_ready(row, 2, formula, styles.number("quiet_number", "item"), float(place + 1))
        if rest := self.layout.not_laid_out:
            said = (
                f"Pages can show {listed(self.layout.options)}. Of {listed(rest)} there are engine results "
            )
            said += "on Options and Checks; build --options lays out others."
            sheet.write_string(LAST_ROW, 0, said, styles["note"])
        return len(chosen) + 1 + len(numbers)
