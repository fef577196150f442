"""An asset register as people paste it: what falls due in which financial year, and what is left out."""

from __future__ import annotations

from datetime import date

import pytest

from casebuilder.inputs.dm01.headings import plain
from casebuilder.inputs.templates.read import template
from casebuilder.tasks.data.sheets import Sheet
from casebuilder.tasks.intake.assets import Kit, Register, read_register

YEARS = ("2025/26", "2026/27", "2027/28", "2028/29", "2029/30")


def serial(year: int, month: int) -> float:
    """The number by which Excel keeps the first day of a month."""
    return float((date(year, month, 1) - date(1899, 12, 30)).days)


def read(*rows: list[object], alone: str = "r0b") -> Register:
    """What is read of some rows."""
    headings = {
        plain(word): name
        for name, words in template("workbook/pasted.yaml")["assets"].items()
        for word in words
    }
    equipment = {"ct": "ct", "ct_scanner": "ct", "mri": "mri", "mri_scanner": "mri", "x_ray_room": "xray"}
    kit = Kit(headings, equipment, {"r0b": "r0b", "rxp": "rxp"}, YEARS, alone)
    width = max(len(row) for row in rows)
    sheet = Sheet("form.xlsx", "Asset register", [[*row, *[None] * (width - len(row))] for row in rows])
    return read_register(sheet, kit)


def test_units_are_added_up_by_trust_kind_and_year() -> None:
    found = read(
        ["Our register, May"],
        ["Trust", "Asset", "Kit", "Units", "Due for replacement"],
        ["R0B", "A1", "CT scanner", 1.0, "2027/28"],
        ["R0B", "A2", "CT scanner - second floor", "2", serial(2028, 2)],
        ["RXP", "A3", "MRI", None, 2029.0],
    )
    # February 2028 is of 2027/28; a year alone begins in it; without a number it is one.
    assert found.units == {("r0b", "ct", "2027/28"): 3.0, ("rxp", "mri", "2029/30"): 1.0}
    assert found.untaken == []


@pytest.mark.parametrize(
    ("installed", "life", "year"),
    [
        (serial(2018, 6), 10.0, "2028/29"),
        ("March 2018", "10", "2027/28"),
        (2019.0, 7.0, "2026/27"),
        ("2019/20", 7.5, "2026/27"),
    ],
)
def test_installation_and_life_give_the_year(installed: object, life: object, year: str) -> None:
    found = read(["Kit", "Installed", "Life (years)"], ["CT", installed, life])
    assert found.units == {("r0b", "ct", year): 1.0}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["R0B", "Hoist", 1.0, "2027/28"], "no kit of this case (Hoist)"),
        (["RBL", "CT", 1.0, "2027/28"], "none of the trusts of this form (RBL)"),
        (["R0B", "CT", "some", "2027/28"], "no number of units (some)"),
        (["R0B", "CT", 1.0, "soon"], "no date at which it falls due"),
        (["R0B", "CT", 1.0, 2019.0], "due before 2025/26"),
    ],
)
def test_what_is_not_taken_is_said(row: list[object], said: str) -> None:
    found = read(["Trust", "Kit", "Units", "Due"], row)
    assert found.units == {}
    assert [said in each.what for each in found.untaken] == [True]


def test_kit_due_after_the_case_counts_in_no_year() -> None:
    found = read(["Kit", "Due"], ["CT", 2060.0])
    assert found.units == {} and found.untaken == [] and found.places == {"r0b": "Asset register!A2"}


def test_paste_without_headings_says_how_to_head_it() -> None:
    found = read(["A1", 1.0], ["A2", 2.0])
    assert "head the columns" in found.untaken[0].what
