"""The live status of a row: changed since the form was written, at fault, read as text, or still to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebuilder.workbook.intake import columns as named
from casebuilder.workbook.intake.columns import Columns
from casebuilder.workbook.intake.rows import FormRow
from casebuilder.workbook.sheets.input_faults import (
    CHANGED,
    NUMBER,
    SHARE,
    Bounds,
    Span,
    Test,
    period_changed,
    spans,
    static_changed,
)

FAULT, TO_DO, AS_TEXT = "fault", "to do", "text"
__all__ = ["AS_TEXT", "CHANGED", "FAULT", "TO_DO", "counted", "status"]


def status(row: FormRow, columns: Columns, at: int, typed: Sequence[int], kind: str, bounds: Bounds) -> str:
    """The formula of a row's status.

    Parameters
    ----------
    row, at
        The row, and where it stands.
    columns
        The columns of its sheet.
    typed
        The columns of its values: one, or its periods side by side.
    kind, bounds
        What is allowed.
    """
    least, most, words = (columns.cell(h, at, "$") for h in (named.LEAST, named.MOST, named.WORDS))
    test = Test(kind, bounds, least, most, words, row.item.choices)
    amounts = [value.amount for value in row.values]
    if row.axis:
        changed = period_changed("0", Span(at, typed[0], typed[-1]), amounts)
    else:
        changed = static_changed("0", at, {typed[0]: amounts[0]}, [], 0)
    text = f'IF({test.unusable(spans(at, typed))}>0,"{FAULT}",{changed})'
    if row.to_do:
        text = f'IF({test.unusable(spans(at, typed))}>0,"{FAULT}",IF({changed}="","{TO_DO}","{CHANGED}"))'
    if kind in (NUMBER, SHARE):
        written = "+".join(f"COUNTA({span.text})-COUNT({span.text})" for span in spans(at, typed))
        text = f'IF({written}>0,"{AS_TEXT}",{text})'
    return text


def counted(spans_of: Iterable[str], word: str) -> str:
    """The formula that counts the rows of a status; a number written as text is a change too."""
    words = (CHANGED, AS_TEXT) if word == CHANGED else (word,)
    return "+".join(f'COUNTIF({span},"{each}")' for span in spans_of for each in words)
