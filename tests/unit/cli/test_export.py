"""Export: every line, one tidy row for each option, combination that exists and period."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.errors import CaseError
from casebuilder.inputs.files.tables import as_cell
from casebuilder.tasks.export import EXCEL_ROWS, export, tidy, too_long_for_excel
from tests.unit.mini import mini_case

COLUMNS = ["line", "label", "unit", "option", "site", "test", "period", "value"]


def expected_rows(case) -> list[tuple[str, ...]]:
    """Line, option, members and period of every row, the slow way."""
    frame, rows = case.problem.frame, []
    for line in case.problem.lines:
        axis = time_of(line.over)
        combinations = list(frame.combinations(without_time(line.over)))
        for option, row, period in product(frame.option_ids, combinations, frame.ids(axis) if axis else [""]):
            rows.append((line.key, option, row.get("site", ""), row.get("test", ""), period))
    return rows


def test_csv_holds_every_value_exactly(tmp_path: Path):
    """The CSV has the contract's columns, a row for each value there is, and text that reads back exactly."""
    case = mini_case()
    path = tmp_path / "deep" / "mini.csv"
    assert export(case.results, path) == len(expected_rows(case))
    assert path.read_bytes()[:3] == b"\xef\xbb\xbf"  # Excel reads the rest as UTF-8 because of it
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == COLUMNS
    assert [(r[0], r[3], r[4], r[5], r[6]) for r in rows] == expected_rows(case)
    for row in rows:
        members = [m for m in row[4:7] if m]
        value = case.results.value(row[0], row[3], members)
        assert row[7] == ("" if value is None else repr(value + 0.0))
    assert {row[0] for row in rows if row[7] == ""} == {"headlines.bcr", "headlines.cost_per_test"}


def test_parquet_holds_the_same(tmp_path: Path):
    """Parquet has the same columns and values as the table."""
    case = mini_case()
    path = tmp_path / "mini.parquet"
    export(case.results, path)
    read = pd.read_parquet(path)
    assert list(read.columns) == COLUMNS
    np.testing.assert_array_equal(read["value"], tidy(case.results)["value"])


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """When writing fails the file that was there stays whole and nothing is left beside it."""
    path = tmp_path / "mini.csv"
    path.write_text("old")
    monkeypatch.setattr("casebuilder.tasks.export._write", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(mini_case().results, path)
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_word_with_a_comma_is_quoted(tmp_path: Path):
    """Text is in quotes only where it holds a comma, a quote or a line end."""
    assert [as_cell(word) for word in ("CT", "Southport, coast", 'a "b"')] == [
        "CT",
        '"Southport, coast"',
        '"a ""b"""',
    ]


def test_command_replaces_the_file(tmp_path: Path, run, mini):
    """The command writes the file and says how many rows; a second export replaces the first."""
    path = tmp_path / "mini.csv"
    for _ in range(2):
        result = run("export", "mini", "-o", str(path))
        assert result.exit_code == 0 and "rows" in result.stdout
    assert len(list(tmp_path.iterdir())) == 1


def test_one_option_or_chapter_is_the_whole_with_the_rest_left_out(tmp_path: Path, run, mini):
    """`--option` and `--chapter` leave rows out and change none; a name there is not is told."""
    whole = tidy(mini_case().results)
    chapter = whole["line"].iloc[0].partition(".")[0]
    ours = (whole["option"] == "preferred") & whole["line"].astype(str).str.startswith(f"{chapter}.")
    path = tmp_path / "mini.csv"
    result = run("export", "mini", "-o", str(path), "--option", "preferred", "--chapter", chapter)
    assert result.exit_code == 0, result.stderr
    read = pd.read_csv(path, dtype=str, keep_default_na=False)
    expected = whole[ours]
    assert 0 < len(expected) < len(whole) and list(read["line"]) == list(expected["line"])
    assert set(read["option"]) == {"preferred"}
    np.testing.assert_array_equal(read["value"].astype(float), expected["value"])
    for flag, wrong in (("--option", "nonsense"), ("--chapter", "nonsense")):
        result = run("export", "mini", "-o", str(path), flag, wrong)
        assert result.exit_code == 1 and "no " in result.stderr and "there are" in result.stderr
    with pytest.raises(CaseError, match="no chapter 'nonsense': there are"):
        tidy(mini_case().results, chapter="nonsense")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (1_000, None),
        (800_000, None),
        (906_900, "a longer case"),
        (EXCEL_ROWS - 1, "a longer case"),
        (EXCEL_ROWS, "the last 1 would be left out"),
        (2_000_000, "the last 951,425 would be left out"),
    ],
)
def test_a_csv_near_or_over_excels_rows_is_warned_of(rows: int, said: str | None):
    """Excel shows 1,048,576 lines of a file, the names of the columns among them."""
    warning = too_long_for_excel(Path("all.csv"), rows)
    assert (warning is None) == (said is None)
    if said is not None:
        assert warning is not None and said in warning and ".parquet" in warning and "--option" in warning
    assert too_long_for_excel(Path("all.parquet"), rows) is None
