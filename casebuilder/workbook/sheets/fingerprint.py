"""The sheet that keeps the fingerprint of the formulas: very hidden, since it is for `verify` alone.

A sheet of texts is what Excel, LibreOffice and openpyxl all keep when they save; parts of custom XML are lost
by two of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlsxwriter import Workbook

from casebuilder.workbook.layout.addresses import KINDS
from casebuilder.workbook.writing.facts_fingerprint import facts_of
from casebuilder.workbook.writing.formula_fingerprint import SHEET, Fingerprint, Seen, Taker, pack
from casebuilder.workbook.writing.sheet import FormulaSheet, Ready, constant_of, plain


def write_fingerprint(
    workbook: Workbook, sheets: Mapping[str, FormulaSheet], version: str, inputs_sha256: str
) -> str:
    """Take the fingerprint of all sheets as they stand, write it on a sheet of its own; gives its seal.

    Parameters
    ----------
    workbook
        The workbook, with everything that has a formula written.
    sheets
        Its sheets by name.
    version, inputs_sha256
        What it was built with.
    """
    texts = {number: text for text, number in workbook.str_table.string_table.items()}
    taker = Taker()
    prints = {}
    for name, sheet in sheets.items():
        formulas_only = name.startswith(tuple(f"{kind} " for kind in KINDS))
        cells = _seen(sheet, texts)
        if formulas_only:
            prints[name] = taker.take(name, cells, formulas_only)
            continue
        every = list(cells)
        prints[name] = taker.take(name, every, formulas_only)
        prints[name].facts = facts_of(every, taker.words)
    kept = workbook.add_worksheet(SHEET, FormulaSheet)
    pieces = pack(Fingerprint(prints, version, inputs_sha256))
    for row, text in enumerate(pieces):
        kept.write_string(row, 0, text)
    kept.very_hidden()
    kept.protect()
    return pieces[1]


def _seen(sheet: FormulaSheet, texts: Mapping[int, str]) -> Iterator[Seen]:
    """The cells of a sheet about to be written, row by row."""
    for row in sorted(sheet.table):
        cells = sheet.table[row]
        after = 0  # the first column behind copies that were counted with the first of them
        for column in sorted(cells):
            if column < after:
                continue
            cell = cells[column]
            kind = cell.__class__.__name__
            if cell.__class__ is Ready:
                formula: str | None = plain(cell.formula)
            else:
                formula = cell.formula if kind in ("Formula", "ArrayFormula") else None
            unlocked = cell.format is not None and not cell.format.locked
            if formula is not None:
                span = "array " if kind == "ArrayFormula" else ""
                copies = sheet.stepped.get((row + 1, column + 1), 1)
                after = column + copies
                yield Seen(row + 1, column + 1, formula, None, unlocked, span, copies)
            else:
                yield Seen(row + 1, column + 1, None, constant_of(cell, texts), unlocked)
