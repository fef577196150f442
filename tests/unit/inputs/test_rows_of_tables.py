"""Rows of a table that hold no value of the case, or one that is there already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.values import CaseInputs


@pytest.fixture
def faults(folder: Path, read: Callable[..., CaseInputs]) -> Callable[[str], list[Fault]]:
    """What is said of the table of the good case with some rows more."""

    def said(rows: str) -> list[Fault]:
        path = folder / "data" / "referrals.csv"
        path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + rows, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read()
        return caught.value.faults

    return said


def test_rows_that_stand_twice_are_told_once(faults: Callable[[str], list[Fault]]) -> None:
    """The same value may go; of two values one is not meant."""
    (fault,) = faults("north,ct,2021-04,500,\nnorth,mri,2021-04,300,\nsouth,ct,2021-04,200,\n")
    assert fault.line == 11 and fault.message.endswith("delete it (3 rows, of which this is the first)")


def test_another_value_for_the_same_is_told(faults: Callable[[str], list[Fault]]) -> None:
    """Nobody can tell which is meant."""
    (fault,) = faults("north,ct,2021-04,550,\n")
    assert "a second row for north, ct, 2021-04: the first is line 2; delete the one" in fault.message


@pytest.mark.parametrize(
    "row",
    [
        "Total,,,1000,",
        "average,,,300,",
        "site,test,month,referrals,note",
        "Source: DM01,,,,",
        "notes,,,,x",
        "* provisional,,,,",
    ],
)
def test_a_row_that_holds_no_value_is_to_go(faults: Callable[[str], list[Fault]], row: str) -> None:
    """Totals, averages, notes and the header again."""
    (fault,) = faults(f"{row}\n")
    assert fault.line == 11 and "delete the row" in fault.message


def test_many_strangers_are_told_once(faults: Callable[[str], list[Fault]]) -> None:
    """A table of another case: the first, and how many more."""
    (fault,) = faults("".join(f"place{n},ct,2021-04,1,\n" for n in range(20)))
    assert "'place0' is no" in fault.message and "19 more are none: place1, place2, place3" in fault.message


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (("Apr-21", "May-21"), "write 2021-04: Excel has made dates of the months"),
        (("4/1/2021", "5/1/2021"), "write 2021-01, or 2021-04 if the month stands before the day"),
        (("Apr", "May"), "its year is missing: write it as 2021-04"),
        (("2021/22", "2022/23"), "a financial year, where a month is wanted: write 2021-04"),
        (("'2021-04", "'2021-05"), "write 2021-04"),
    ],
)
def test_months_written_otherwise_are_told_once(
    faults: Callable[[str], list[Fault]], months: tuple[str, str], words: str
) -> None:
    """With what to write for the first."""
    (fault,) = faults("".join(f"south,ct,{month},1,\n" for month in months))
    assert words in fault.message and "(2 rows, of which this is the first)" in fault.message
    assert ("Excel" in fault.message) == (months[0] in ("Apr-21", "4/1/2021"))
