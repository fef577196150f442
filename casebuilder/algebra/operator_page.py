"""The page on operators, made from their table: run the module and it prints `docs/operators.md`.

It also lists the forms that are made of operators.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FunctionType

from casebuilder.algebra import shapes
from casebuilder.algebra.operator_table import (
    ALL,
    ALWAYS,
    ANY,
    BEFORE,
    EXACT,
    FIRST,
    GROUPS,
    OF_ARGUMENTS,
    OF_CASES,
    OVER,
    PICKED,
    TIME_AXIS,
    WHOLE,
    Operator,
)

_HEAD = """# Operators

What a line's formula may be made of. This page is made from `casebuilder/algebra/operator_table.py` by
`python -m casebuilder.algebra.operator_page > docs/operators.md`; a test holds that it is up to date.

An operator is one row of that table, a function in `algebra/operators.py` that chapters call, and its
readings:

| reading | where |
|---|---|
| numbers | `evaluate/numbers.py`, along time `evaluate/periods.py` |
| Excel text | `workbook/readings/`; one function of its arguments needs none |
| units | `algebra/derive.py` |
| words | `algebra/words.py` |
| the tree of `explain` | `analysis/explain/readings.py`, unless it reads each argument at its place |

Each has a test: a value worked out by hand (`tests/unit/evaluate/test_numbers.py`), a right and a wrong use
(`tests/unit/algebra/test_unit_readings.py`), a sentence (`tests/unit/algebra/test_words.py`) and lines that
another engine recalculates (`tests/workbook/operator_lines.py`). One that lacks any of these fails a test.
"""
_READS = {BEFORE: "reads one period earlier", WHOLE: "reads whole rows"}
_REMOVES = {
    OVER: "not by what it goes over",
    PICKED: "not by the dimension it picks from",
    TIME_AXIS: "not by time",
}
_NOUGHT = {ANY: "0 where either is", FIRST: "0 where its first is", ALL: "0 where all are"}
_WHOLE = {
    ALWAYS: "a whole number",
    OF_ARGUMENTS: "whole where its arguments are",
    OF_CASES: "whole where its cases are",
}


def page() -> str:
    """The page, as Markdown."""
    parts = [_HEAD]
    for title, rows in GROUPS.items():
        parts.append(
            f"\n## {title}\n\n| written | gives | in Excel | unit | beside |\n|---|---|---|---|---|\n"
        )
        parts += [
            f"| {' | '.join((f'`{row.written}`', row.gives, _cell(row.excel), row.unit, _beside(row)))} |\n"
            for row in rows
        ]
    parts.append("\n## Made of these\n\n| written | gives |\n|---|---|\n")
    parts += [f"| `{name}({arguments})` | {gives} |\n" for name, arguments, gives in _shapes()]
    return "".join(parts)


def _cell(excel: str) -> str:
    """Functions or a sign; a reference where there is none."""
    return ", ".join(f"`{word}`" for word in excel.split()) or "a reference"


def _beside(row: Operator) -> str:
    """What readings may do with it."""
    return "; ".join(_properties(row))


def _properties(row: Operator) -> Iterator[str]:
    yield from filter(None, (_READS.get(row.reads), _REMOVES.get(row.removes)))
    if row.axis is not None:
        yield f"by {row.axis[1]} where x is by {row.axis[0]}"
    if row.table:
        yield "the rows of its table lie side by side"
    yield from filter(None, (_NOUGHT.get(row.nought), _WHOLE.get(row.whole)))
    if row.within_a_sum:
        yield "may stand within a sum"
    if row.beside_nought:
        yield "a line and nought may stand within a sum"
    if row.may_be_empty:
        yield "may be empty: stands alone"
    if row.may_fail:
        yield "an error where it divides by 0"
    if row.exact != EXACT:
        yield row.exact


def _shapes() -> Iterator[tuple[str, str, str]]:
    """The name, the arguments and the first sentence of each form that is made of operators."""
    for name, function in vars(shapes).items():
        if isinstance(function, FunctionType) and function.__module__ == shapes.__name__:
            arguments = function.__code__.co_varnames[
                : function.__code__.co_argcount + function.__code__.co_kwonlyargcount
            ]
            sentence = (function.__doc__ or "").partition("\n")[0]
            yield name, ", ".join(arguments), sentence[0].lower() + sentence[1:].removesuffix(".")


if __name__ == "__main__":
    sys.stdout.write(page())
