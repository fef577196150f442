"""A new operator touches its row of the table, the function that chapters call, and its readings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.copies import CASE, ROOT, copy_tree, edit, proved, run, touched

ALGEBRA = "casebuilder/algebra"
TABLE, OPERATORS = f"{ALGEBRA}/operator_table.py", f"{ALGEBRA}/operators.py"
UNITS, WORDS, NUMBERS = f"{ALGEBRA}/derive.py", f"{ALGEBRA}/words.py", "casebuilder/evaluate/numbers.py"
CHAPTER = "casebuilder/model/setting/cost_lines.py"
ROW = """        Operator("square_root", "square_root(x)", "the square root", "SQRT", _PLAIN, function=True,
                 nought=FIRST, within_a_sum=True, arithmetic=True),
        Operator("power", """
FUNCTION = '''def square_root(x: Term) -> Term:
    """The square root of a plain number that is not below nothing."""
    return Call("square_root", x)


def exp('''
LINES = """root = Line(
    "Square root of the factor", "index", ("cost_line", "year"), square_root(factor), "For the test.",
)
roots = Line(
    "Square roots, all lines", "index", ("year",), total(square_root(factor * 4), over="cost_line"),
    "For the test.",
)
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with a square root, and two lines that use it."""
    copy = copy_tree(tmp_path_factory.mktemp("tree"))
    edit(copy / TABLE, '        Operator("power", ', ROW)
    edit(copy / OPERATORS, "def exp(", FUNCTION)
    edit(copy / UNITS, '    "exp": _power,\n', '    "exp": _power,\n    "square_root": _power,\n')
    edit(copy / WORDS, '    "exp": _of(', '    "square_root": _of("the square root of"),\n    "exp": _of(')
    edit(
        copy / NUMBERS,
        '    "exp": _each(np.exp),\n',
        '    "exp": _each(np.exp),\n    "square_root": _each(np.sqrt),\n',
    )
    path = copy / CHAPTER
    edit(path, "import by_member, power\n", "import by_member, power, square_root, total\n")
    path.write_text(path.read_text(encoding="utf-8") + LINES, encoding="utf-8")
    return copy


def test_an_operator_touches_its_row_and_its_readings(tree: Path) -> None:
    """The table, the function, and a file each for units, words and numbers; Excel follows from the row."""
    assert touched(tree) == {TABLE, OPERATORS, UNITS, WORDS, NUMBERS, CHAPTER}


def test_it_is_read_in_every_way(tree: Path, tmp_path: Path) -> None:
    """As a cell and within a sum in an independent engine, as a number and in words."""
    proved(tree, tmp_path / "case.xlsx")
    done = run(tree, "explain", CASE, "cost_lines.roots", "--period", "2023/24", "--json")
    told = json.loads(done.stdout)
    assert told["value"] == pytest.approx(30)
    assert "the square root of" in told["formula"]


def test_the_page_of_operators_asks_to_be_made_again(tree: Path) -> None:
    """The page of the copy has the row; the one that ships has not."""
    found = {**os.environ, "PYTHONPATH": str(tree)}
    command = [sys.executable, "-m", "casebuilder.algebra.operator_page"]
    done = subprocess.run(command, cwd=tree, env=found, capture_output=True, text=True, check=True)
    assert "| `square_root(x)` | the square root | `SQRT` |" in done.stdout
    assert "square_root" not in (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
