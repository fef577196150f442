"""Damaged files of DM01: each is refused with its place and what would be right, and none gives a table."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from tests.official import Cells, as_csv, full_extract, provider_book, write_csv, write_xls, write_xlsx
from tests.unit.tasks.data.conftest import Read

BY_TEST = "Provider by Test"


def book(march: pd.DataFrame) -> dict[str, Cells]:
    return provider_book(march, 2025)


def refused(read: Read, path: Path) -> list[str]:
    """The faults of a file that must give nothing."""
    found, faults = read(path)
    assert found == [] and faults
    return faults


@pytest.mark.parametrize("ending", ["xls", "xlsx"])
@pytest.mark.parametrize("part", [0.02, 0.4, 0.9])
def test_truncated_workbook(
    tmp_path: Path, read: Read, march: pd.DataFrame, ending: str, part: float
) -> None:
    path = (write_xls if ending == "xls" else write_xlsx)(tmp_path / f"a.{ending}", book(march))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    (fault,) = refused(read, path)
    assert fault.startswith(f"a.{ending}:1:1: ") and "fetch it again" in fault


def test_truncated_csv_ends_in_half_a_row(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    text = as_csv(full_extract(march)).replace('"', "")
    (tmp_path / "a.csv").write_text(text[: int(len(text) * 0.6)].rstrip("\n") + ",1", encoding="utf-8")
    faults = refused(read, tmp_path / "a.csv")
    assert "the file may be cut off here" in faults[0]
    assert faults[0].split(":")[1] == str(len(text[: int(len(text) * 0.6)].splitlines()))


def test_csv_cut_between_rows_lacks_tests(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    """Rows that are missing are seen by the test TOTAL, which adds up the others."""
    cells = full_extract(march)
    del cells[2]
    faults = refused(read, write_csv(tmp_path / "a.csv", cells))
    assert faults[0].startswith("a.csv:14:26: RBL: all tests together have ")
    assert faults[0].endswith("rows are missing or wrong")


def test_workbook_without_some_rows(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    """Where the by-test sheet has no totals, the sheet of all tests together shows what is missing."""
    sheets = book(march)
    sheets[BY_TEST] = [row for row in sheets[BY_TEST] if "Total" not in row][:-3]
    faults = refused(read, write_xlsx(tmp_path / "a.xlsx", sheets))
    assert "sheet 'Provider', F19: RBS has " in faults[0] and "rows are missing or wrong" in faults[0]


def test_renamed_column(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    sheets = book(march)
    at = sheets[BY_TEST][13].index("Total Waiting List")
    sheets[BY_TEST][13][at] = "Total Waiting Lists"
    (fault,) = refused(read, write_xls(tmp_path / "a.xls", sheets))
    assert fault == (
        "a.xls:14:1: sheet 'Provider by Test', A14: row 14 has no column 'Total Waiting List'; "
        "is 'Total Waiting Lists' it, renamed?"
    )


def test_column_twice(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    cells = full_extract(march)
    cells[0][12] = cells[0][11]
    (fault,) = refused(read, write_csv(tmp_path / "a.csv", cells))
    assert fault == "a.csv:1:13: '00 < 01 Week' stands twice in the header (first '00 < 01 Week')"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("see note 3", "'see note 3' is no count: a number of 0 or more is expected, or a blank"),
        (-4, "'-4' is no count: a whole number of 0 or more is expected"),
        (12.5, "'12.5' is no count: a whole number of 0 or more is expected"),
        ("#REF!", "'#REF!' is no count: a number of 0 or more is expected, or a blank"),
    ],
)
def test_no_count_in_a_number(
    tmp_path: Path, read: Read, march: pd.DataFrame, cell: object, said: str
) -> None:
    sheets = book(march)
    sheets[BY_TEST][15][11] = cell
    faults = refused(read, write_xls(tmp_path / "a.xls", sheets))
    assert faults == [f"a.xls:16:12: sheet 'Provider by Test', L16: {said}"]


def test_bands_that_do_not_add_up(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    sheets = book(march)
    sheets[BY_TEST][14][11] += 5  # type: ignore[operator]
    faults = refused(read, write_xls(tmp_path / "a.xls", sheets))
    assert any(f.startswith("a.xls:15:8: sheet 'Provider by Test', H15: RBL, ") for f in faults)
    assert any("the bands of weeks add up to" in fault for fault in faults)


def test_activity_that_does_not_add_up(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    cells = full_extract(march)
    cells[1][-1] += 1  # type: ignore[operator]
    faults = refused(read, write_csv(tmp_path / "a.csv", cells))
    assert len(faults) == 1 and "the tests of the three kinds add up to" in faults[0]


def test_row_twice(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    sheets = book(march)
    sheets[BY_TEST].insert(15, sheets[BY_TEST][14])
    faults = refused(read, write_xls(tmp_path / "a.xls", sheets))
    assert "D16: RBL, " in faults[0] and "stands here again, first in row 15: once is right" in faults[0]


def test_two_sheets_of_the_same_kind(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    sheets = book(march)
    sheets["Provider by Test (2)"] = sheets[BY_TEST]
    (fault,) = refused(read, write_xlsx(tmp_path / "a.xlsx", sheets))
    assert "two sheets by provider and test" in fault


def test_sheet_of_all_tests_alone(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    """As the totals of March 2025 are published: a CSV of the sheet `Provider`."""
    (fault,) = refused(read, write_csv(tmp_path / "a.csv", book(march)["Provider"]))
    assert fault == (
        "a.csv:14:1: the table has all tests together: a sheet 'Provider by Test', or the CSV of the full "
        "extract, is expected"
    )


def test_file_by_commissioner(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    sheets = book(march)
    cells = sheets[BY_TEST]
    cells[13] = ["Commissioner Code" if x == "Provider Code" else x for x in cells[13]]
    cells[13] = ["Commissioner Name" if x == "Provider Name" else x for x in cells[13]]
    (fault,) = refused(read, write_xlsx(tmp_path / "a.xlsx", {"Commissioner by Test": cells}))
    assert "this is DM01 by commissioner" in fault and "A14" in fault


def test_wrong_workbook(tmp_path: Path, read: Read) -> None:
    (fault,) = refused(read, write_xlsx(tmp_path / "a.xlsx", {"Budget": [["Cost", "2025"], ["Staff", 5.0]]}))
    assert fault == (
        "a.xlsx:1:1: no DM01 by provider: a sheet 'Provider by Test', or the CSV of the full extract, is "
        "expected; its sheets are Budget"
    )


def test_empty_workbook(tmp_path: Path, read: Read) -> None:
    (fault,) = refused(read, write_xls(tmp_path / "a.xls", {"Sheet1": []}))
    assert "the file holds no cell with anything in it" in fault


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.xls", "<html><table><tr><td>Provider Code</td></tr></table></html>", "this is a web page"),
        ("a.xls", "\n  <!DOCTYPE html><html></html>", "this is a web page"),
        ("a.xls", '<?xml version="1.0"?><Workbook></Workbook>', "this is an XML document"),
        ("a.csv", "%PDF-1.7", "this is a PDF"),
        ("a.xlsx", "", "the file is empty"),
        ("a.csv", "Period;Provider Org Code;Diagnostic Tests\n", "separated by semicolons"),
        ("a.csv", 'Period,Provider Org Code\n"DM01-MARCH-2025,RBL\n', "not CSV from here on"),
    ],
)
def test_something_else_by_that_name(tmp_path: Path, read: Read, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (fault,) = refused(read, tmp_path / name)
    assert fault.startswith(f"{name}:") and said in fault


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + b"\x99" * 400, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 900]
)
def test_locked_or_broken_archive(tmp_path: Path, read: Read, data: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    (fault,) = refused(read, tmp_path / "a.xlsx")
    assert "damaged" in fault and "fetch it again" in fault


def test_zip_without_a_table(tmp_path: Path, read: Read) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    (fault,) = refused(read, tmp_path / "a.zip")
    assert fault == "a.zip:1:1: the .zip holds no .csv, .xls or .xlsx"


def test_no_month(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    sheets = book(march)
    sheets[BY_TEST][4] = ["", "Period:", "the winter"]
    (fault,) = refused(read, write_xls(tmp_path / "a.xls", sheets))
    assert fault == (
        "a.xls:5:3: sheet 'Provider by Test', C5: 'the winter' is no month: write it as March 2025"
    )


def test_month_in_a_row_that_is_none(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    cells = full_extract(march)
    cells[3][0] = "DM01-MARZ"
    faults = refused(read, write_csv(tmp_path / "a.csv", cells))
    assert faults == ["a.csv:4:1: 'DM01-MARZ' is no month, as DM01-MARCH-2025"]


def test_misspelt_test(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    sheets = book(march)
    sheets[BY_TEST][14][6] = "Magnetic Resonence Imaging"
    faults = refused(read, write_xls(tmp_path / "a.xls", sheets))
    assert "G15: 'Magnetic Resonence Imaging' is no test of DM01; did you mean" in faults[0]


def test_code_that_is_none(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    sheets = book(march)
    sheets[BY_TEST][14][3] = "Wirral"
    sheets[BY_TEST][15][3] = "R?L"
    faults = refused(read, write_xls(tmp_path / "a.xls", sheets))
    assert any("D16: 'R?L' is no code of a provider, as RBL" in fault for fault in faults)


def test_header_alone(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    (fault,) = refused(read, write_csv(tmp_path / "a.csv", full_extract(march)[:1]))
    assert fault == "a.csv:1:1: no row of a provider and test stands below"


def test_missing_file(tmp_path: Path, read: Read) -> None:
    (fault,) = refused(read, tmp_path / "a.xls")
    assert fault == "a.xls:1:1: no such file"
