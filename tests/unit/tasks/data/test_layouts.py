"""DM01 in the layouts of 2017, 2020, 2023 and 2025, as .xls, .xlsx, CSV and .zip: the same numbers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.official import full_extract, provider_book, write_csv, write_xls, write_xlsx, write_zip
from tests.unit.tasks.data.conftest import Read, same

YEARS = (2017, 2020, 2023, 2025)


def in_year(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    return rows.assign(month=f"{year}-03")


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("ending", ["xls", "xlsx"])
def test_workbook_of_each_year(
    tmp_path: Path, read: Read, march: pd.DataFrame, year: int, ending: str
) -> None:
    """Area teams and `31st March 2017` before 2018, regional teams and `March 2025` since."""
    rows = in_year(march, year)
    write = write_xls if ending == "xls" else write_xlsx
    found, faults = read(write(tmp_path / f"provider.{ending}", provider_book(rows, year)))
    assert faults == []
    assert found[0].months == (f"{year}-03",) and same(found[0].rows, rows)
    assert set(found[0].rows.region) == {"Y62"}


@pytest.mark.parametrize("year", [2020, 2023, 2025])
@pytest.mark.parametrize("commissioners", [1, 3])
def test_full_extract_of_each_year(
    tmp_path: Path, read: Read, march: pd.DataFrame, year: int, commissioners: int
) -> None:
    """Commissioners are added up, and the test TOTAL is dropped."""
    rows = in_year(march, year)
    found, faults = read(write_csv(tmp_path / "extract.csv", full_extract(rows, commissioners)))
    assert faults == [] and same(found[0].rows, rows)
    dropped = 3 * commissioners
    assert (
        found[0].notes[0].endswith(f"extract.csv: {dropped} rows of totals dropped: they add up the others")
    )


def test_extract_is_read_packed_as_it_is_fetched(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    """The publisher packs the one CSV."""
    path = write_zip(tmp_path / "DM01-MARCH-2025-full-extract_32W3L.zip", "DM01.csv", full_extract(march))
    found, faults = read(path)
    assert faults == [] and same(found[0].rows, march)


def test_extract_of_two_months_gives_both(tmp_path: Path, read: Read, shipped: pd.DataFrame) -> None:
    """Two months in one file stand apart by their period."""
    rows = shipped[shipped.month.isin(["2025-02", "2025-03"]) & (shipped.provider == "RBL")]
    found, faults = read(write_csv(tmp_path / "two.csv", full_extract(rows)))
    assert faults == [] and found[0].months == ("2025-02", "2025-03") and same(found[0].rows, rows)


def test_preamble_says_when_a_month_was_revised(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    """The newest file of a month is told by it; without a revision by its publication."""
    revised, _ = read(write_xls(tmp_path / "a.xls", provider_book(march, 2025, "16th April 2026")))
    first, _ = read(write_xls(tmp_path / "b.xls", provider_book(march, 2025)))
    assert [str(each[0].dated) for each in (revised, first)] == ["2026-04-16", "2025-05-15"]


def test_file_name_gives_the_month_where_the_preamble_has_none(
    tmp_path: Path, read: Read, march: pd.DataFrame
) -> None:
    """`Monthly-Diagnostics-Web-File-Provider-March-2025_84CSC.xls` says it itself."""
    book = provider_book(march, 2025)
    book["Provider by Test"][4] = []
    path = tmp_path / "Monthly-Diagnostics-Web-File-Provider-March-2025_84CSC.xls"
    found, faults = read(write_xls(path, book))
    assert faults == [] and found[0].months == ("2025-03",)


def test_sheet_holds_over_the_file_name_and_says_so(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    """A file that was given another month's name keeps its own month."""
    found, faults = read(write_xls(tmp_path / "Provider-April-2025.xls", provider_book(march, 2025)))
    assert faults == [] and found[0].months == ("2025-03",)
    assert any("is called 2025-04 and says 2025-03: 2025-03 is taken" in note for note in found[0].notes)


@pytest.mark.parametrize("mark", ["", "-", "*", ".", "n/a"])
def test_blank_or_suppressed_cell_is_not_nought(
    tmp_path: Path, read: Read, march: pd.DataFrame, mark: str
) -> None:
    """The unscheduled tests of one row are kept back: NaN, and all others as they were."""
    cells = full_extract(march)
    at = cells[0].index("Unscheduled Activity")
    cells[1][at], cells[1][at + 1] = mark, mark
    cells[next(i for i, row in enumerate(cells) if row[10] == "TOTAL")][at] = mark
    found, faults = read(write_csv(tmp_path / "a.csv", cells))
    assert faults == []
    rows = found[0].rows
    assert rows.unscheduled.isna().sum() == 1 and rows.waiting_list.isna().sum() == 0
    assert rows.unscheduled.sum() == march.unscheduled.sum() - march.unscheduled.iloc[0]


def test_suppressed_band_leaves_the_list_and_no_sum(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    """Bands that cannot be added up are not held to the list."""
    cells = full_extract(march)
    cells[1][11] = "*"
    found, faults = read(write_csv(tmp_path / "a.csv", cells))
    assert faults == [] and found[0].rows.weeks_00.isna().sum() == 1
    assert found[0].rows.waiting_list.isna().sum() == 0


def test_numbers_with_commas_and_trailing_remarks(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    """A workbook saved as CSV writes 1,234 and keeps the notes below the table."""
    cells = provider_book(march, 2025)["Provider by Test"]
    plain = [[f"{x:,.0f}" if isinstance(x, float) and x > 1 else x for x in row] for row in cells]
    plain += [[], ["", "Notes:", ""], ["", "Data are provisional"]]
    found, faults = read(write_csv(tmp_path / "a.csv", plain))
    assert faults == [] and same(found[0].rows, march)


def test_test_that_nobody_knows_is_left_out_and_said(tmp_path: Path, read: Read, march: pd.DataFrame) -> None:
    """A test that the publisher adds stops nothing and does not vanish."""
    cells = full_extract(march[march.provider == "RBL"])
    new = [*cells[1]]
    new[9:11] = [17, "OPTICAL_COHERENCE"]
    found, faults = read(write_csv(tmp_path / "a.csv", [*cells, new]))
    assert faults == [] and len(found[0].rows) == len(cells) - 2
    assert "'OPTICAL_COHERENCE' is no test of DM01 that is known here: 1 rows left out" in found[0].notes[0]


def test_shipped_month_comes_out_again(tmp_path: Path, read: Read, shipped: pd.DataFrame) -> None:
    """All providers of England in March 2025, written in the official layout and read back."""
    rows = shipped[shipped.month == "2025-03"]
    found, faults = read(write_csv(tmp_path / "all.csv", full_extract(rows)))
    assert faults == [] and len(found[0].rows) == len(rows) and same(found[0].rows, rows)


@pytest.mark.full
@pytest.mark.parametrize("year", [2023, 2025])
def test_shipped_series_comes_out_again(tmp_path: Path, read: Read, shipped: pd.DataFrame, year: int) -> None:
    """Every month of every provider, as workbook and as extract."""
    for month in sorted(shipped.month.unique()):
        rows = shipped[shipped.month == month]
        book, faults = read(write_xlsx(tmp_path / "a.xlsx", provider_book(rows, 2025)))
        assert faults == [] and same(book[0].rows, rows), month
        extract, faults = read(write_csv(tmp_path / "a.csv", full_extract(rows, 2)))
        assert faults == [] and same(extract[0].rows, rows), month
