"""CSV tables and the places of their cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.errors import Fault
from casebuilder.inputs.files.tables import Table, read_table


def read(folder: Path, text: str, *columns: str) -> tuple[Table | None, list[Fault]]:
    """A table of some text, and its faults."""
    (folder / "t.csv").write_text(text, encoding="utf-8", newline="")
    faults: list[Fault] = []
    return read_table(folder / "t.csv", "t.csv", columns, faults), faults


def test_columns_come_in_the_order_asked_for(tmp_path: Path) -> None:
    """Other columns are left alone; cells lose the blanks around them."""
    table, faults = read(tmp_path, "a,b,c\r\n1, 2 ,3\r\n\r\n4,5,6\r\n", "c", "b")
    assert table is not None and not faults
    assert [row.cells for row in table.rows] == [("3", "2"), ("6", "5")]
    assert [row.place(0) for row in table.rows] == [("t.csv", 2, 7), ("t.csv", 4, 5)]


def test_quoted_commas_do_not_move_a_cell(tmp_path: Path) -> None:
    """The column of a cell is that of its text, also after quotes and lines within quotes."""
    table, _ = read(tmp_path, 'a,b\n"x, y",1\n"two\nlines",2\nz,3\n', "b")
    assert table is not None
    assert [row.place(0)[1:] for row in table.rows] == [(2, 8), (3, 1), (5, 3)]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "empty"),
        ("a,x\n", 1, "no column 'b'"),
        ("a,b,b\n", 1, "two columns 'b'"),
        ("a,b\n1\n", 2, "1 cell,"),
        ('a,b\n"1,2\n', 2, "not CSV"),
    ],
)
def test_a_table_that_cannot_be_meant_is_a_fault(tmp_path: Path, text: str, line: int, words: str) -> None:
    """Each is shown at its line; a column that is missing at line 1."""
    _, faults = read(tmp_path, text, "a", "b")
    assert [(fault.file, fault.line) for fault in faults] == [("t.csv", line)]
    assert words in faults[0].message


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("1,2,\n3,4,\n", 2, "3 cells, where the header has 2: delete the comma at its end (2 rows"),
        ("1,2\nSource: DM01\n", 3, "1 cell, where the header has 2: delete the row if it is a remark"),
        ("1,2\n3\n", 3, "1 cell, where the header has 2"),
    ],
)
def test_rows_of_another_width_have_a_cure(tmp_path: Path, rows: str, line: int, words: str) -> None:
    """Told once, at the first."""
    _, faults = read(tmp_path, f"a,b\n{rows}", "a", "b")
    (fault,) = faults
    assert fault.line == line and words in fault.message


def test_a_column_under_another_name_is_named(tmp_path: Path) -> None:
    """What there is, so that one may be renamed; a character that nobody sees does not count."""
    _, (fault,) = read(tmp_path, "a,total\n1,2\n", "a", "b")
    assert fault.message == "there is no column 'b'; it has a, total: rename the one that is meant"
    table, faults = read(tmp_path, "a,b\u200b\n1,2\n", "a", "b")
    assert table is not None and not faults
