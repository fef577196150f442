"""The table of operators: what it says holds in every reading, and its page is up to date."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from casebuilder.algebra import operators, shapes
from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.operator_page import page
from casebuilder.algebra.operator_table import OPERATORS
from casebuilder.algebra.shapes import apart, differ, not_one, outside
from casebuilder.algebra.terms import Call, Input, walk

ROOT = Path(__file__).resolve().parents[3]
# The grammar of a sentence is the words' own: which signs need brackets beside which.
GRAMMAR = "casebuilder/algebra/words.py"


def test_the_page_is_up_to_date() -> None:
    """docs/operators.md is what the table makes of it."""
    assert (ROOT / "docs" / "operators.md").read_text(encoding="utf-8") == page()


def test_no_reading_keeps_a_list_of_operators() -> None:
    """Only the table says what holds of which operators: no other file lists two or more of them."""
    lists = []
    for path in sorted((ROOT / "casebuilder").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name in ("casebuilder/algebra/operator_table.py", GRAMMAR):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple | ast.List | ast.Set) and len(node.elts) > 1:
                words = [part.value for part in node.elts if isinstance(part, ast.Constant)]
                if len(words) == len(node.elts) and set(words) <= set(OPERATORS):
                    lists.append(f"{name}:{node.lineno}: {words}")
    assert lists == []


def test_every_operator_is_written_by_a_function_or_a_sign() -> None:
    """What the table says a chapter writes is there to be called."""
    written = {row.written.partition("(")[0] for row in OPERATORS.values() if "(" in row.written}
    assert {name for name in written if not hasattr(operators, name)} == set()
    signs = {row.name for row in OPERATORS.values() if "(" not in row.written}
    assert signs == {"add", "subtract", "multiply", "divide", "negate"}


def test_what_is_made_of_operators_needs_no_reading() -> None:
    """A form of `shapes` holds only operators of the table."""
    x, y = Input("X", "number", ("site",)), Input("Y", "number", ("site",))
    for term in (differ(x, y, y), apart(x, y, y), outside(x, y, 2), not_one(x), not_one(x, y)):
        used = {part.operator for part in walk(term) if isinstance(part, Call)}
        assert used <= set(OPERATORS)
        assert dimensions_of(term) == ("site",)
    assert not set(OPERATORS) & set(vars(shapes)) - set(vars(operators))


@pytest.mark.parametrize("row", OPERATORS.values(), ids=OPERATORS)
def test_properties_go_together(row) -> None:
    """One that reads other periods or dimensions says how; what may be empty stands alone."""
    assert row.reads != "same" or row.axis is None
    assert not (row.reduces and row.table)
    assert not (row.may_be_empty and row.within_a_sum)
    assert not row.function or row.excel.isupper()
    assert row.traced or (row.reads == "same" and not row.removes)
