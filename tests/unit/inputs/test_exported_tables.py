"""Tables as Excel leaves them: one message for one cause, or read all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.values import CaseInputs

HEADER = "site,test,month,referrals"
ROWS = [
    f"{site},{test},2021-{month:02d},1{month}00"
    for site, test in (("north", "ct"), ("north", "mri"), ("south", "ct"))
    for month in range(4, 10)
]


@pytest.fixture
def only(folder: Path, read: Callable[..., CaseInputs]) -> Callable[[str | bytes], Fault]:
    """Reads the case with another table, and gives the one fault there is."""

    def read_it(table: str | bytes) -> Fault:
        data = table if isinstance(table, bytes) else table.encode()
        (folder / "data" / "referrals.csv").write_bytes(data)
        with pytest.raises(InputError) as caught:
            read()
        (fault,) = caught.value.faults
        assert fault.file.endswith("referrals.csv")
        return fault

    return read_it


def table(header: str = HEADER, change: Callable[[str], str] = str) -> str:
    """The good table with its rows changed."""
    return "\r\n".join([header, *(change(row) for row in ROWS)]) + "\r\n"


@pytest.mark.parametrize(
    "text",
    [
        table(),
        "\ufeff" + table(),
        table(HEADER + ",,", lambda row: row + ",,") + ",,,,,\r\n,,,,,\r\n",
        table("Site, Test ,MONTH,Referrals"),
        table("month,referrals,site,test", lambda row: ",".join(row.split(",")[i] for i in (2, 3, 0, 1))),
    ],
    ids=["as it is", "with a byte-order mark", "with commas behind", "capitals and blanks", "another order"],
)
def test_tables_that_mean_the_same_are_read(folder: Path, read: Callable[..., CaseInputs], text: str) -> None:
    """All give the same values."""
    (folder / "data" / "referrals.csv").write_text(text, encoding="utf-8", newline="")
    values = read().values["demand.referrals"].base
    assert values["north", "ct", "2021-04"].amount == 1400
    assert values["south", "ct", "2021-09"].amount == 1900


@pytest.mark.parametrize("form", ["Apr-21", "01/04/2021", "44287", "2021-04-01"])
def test_dates_of_excel_are_told_once(only: Callable[[str], Fault], form: str) -> None:
    """One message for the column, with the count and the first place."""
    fault = only(table(change=lambda row: row.replace(row.split(",")[2], form)))
    assert (fault.line, fault.column) == (2, 10)
    assert "write 2021-04" in fault.message and "18 rows" in fault.message


def test_a_habit_in_many_cells_is_told_once(only: Callable[[str], Fault]) -> None:
    """A comma for the decimal point in each of eighteen cells; one between thousands is read."""
    fault = only(table(change=lambda row: f'{row[:-4]}"{row[-4]},{row[-3:-1]}"'))
    assert (
        "'1,40' is not a number; write 1.4 if the comma is a decimal point" in fault.message
        and "18 cells" in fault.message
    )


def test_an_id_in_capitals_is_told_once(only: Callable[[str], Fault]) -> None:
    """With the id meant and the count of rows."""
    fault = only(table(change=lambda row: row.replace("south", "SOUTH")))
    assert "did you mean 'south'?" in fault.message and "6 rows" in fault.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (table().replace(",", ";"), ["semicolons", "CSV UTF-8"]),
        (table().replace(",", "\t"), ["tabs", "CSV UTF-8"]),
        (table().encode("utf-16"), ["UTF-16", "CSV UTF-8"]),
        (table().encode("utf-16-le"), ["UTF-16"]),
        (b"PK\x03\x04\x14\x00\x06\x00", ["workbook", "CSV UTF-8"]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ["older Excel", "CSV UTF-8"]),
        (table().replace("north", "no£th").encode("cp1252"), ["not UTF-8 text", "CSV UTF-8"]),
        (table() + "Total,,,27000\r\n", ["delete the row of totals"]),
        (table() + "Grand Total,,,27000\r\n", ["delete the row of totals"]),
        ("Referrals by month,,,\r\n,,,\r\n" + table(), ["the header stands in line 3"]),
        ("sep=,\r\n" + table(), ["delete it"]),
        (table().replace("1400", "1.40E+03"), ["shortened"]),
        (table().replace("1400", "#N/A"), ["error of Excel", "3 cells"]),
        (table(change=lambda row: f"{row[:-4]}{row[-4]},{row[-3:]}"), ["write 1400", "18 rows"]),
    ],
)
def test_other_exports_are_told_once(
    only: Callable[[str | bytes], Fault], data: str | bytes, words: list[str]
) -> None:
    """One fault that says how to save the table, or what to delete."""
    assert all(word in only(data).message for word in words)
