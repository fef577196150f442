"""What Excel refuses is refused before a workbook is written, and nothing is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from casebuilder.errors import LayoutError
from casebuilder.workbook.layout.limits import (
    Limits,
    nesting,
    over_formula,
    over_names,
    over_text,
    over_validation,
)
from casebuilder.workbook.writing.sheet import FormulaSheet


def test_a_formula_may_have_8192_characters_with_its_equals_sign() -> None:
    """One more is refused."""
    assert over_formula("1+" * 4095 + "1") == ""  # 8,191 and the sign
    assert "8,193 characters" in over_formula("1+" * 4095 + "10")


def test_functions_may_stand_64_deep() -> None:
    """One more is refused."""

    def nested(levels: int) -> str:
        return "ABS(" * levels + "1" + ")" * levels

    assert over_formula(nested(64)) == ""
    assert "65 functions" in over_formula(nested(65))


def test_brackets_in_words_are_no_functions() -> None:
    """They do not nest."""
    assert nesting('IF(A1="((((",1,0)') == 1
    assert over_formula('IF(A1="' + "(" * 100 + '",1,0)') == ""


def test_a_text_within_a_formula_may_have_255_characters() -> None:
    """One more is refused."""
    assert over_formula(f'IF(A1="{"a" * 255}",1,0)') == ""
    assert "256 characters" in over_formula(f'IF(A1="{"a" * 256}",1,0)')


def test_a_text_may_have_32767_characters_as_excel_counts_them() -> None:
    """Excel counts in UTF-16."""
    assert over_text("a" * 32_767) == ""
    assert over_text("a" * 32_768)
    assert over_text("𝒳" * 16_384), "a character beyond the first plane counts twice"


def test_what_a_validation_says_has_limits_too() -> None:
    """Words, titles and messages."""
    assert over_validation({"validate": "list", "source": ["a" * 100, "b" * 154]}) == ""
    assert "256 characters" in over_validation({"validate": "list", "source": ["a" * 100, "b" * 155]})
    assert "error title of 33" in over_validation({"validate": "any", "error_title": "t" * 33})
    assert "input message of 256" in over_validation({"validate": "any", "input_message": "m" * 256})


def test_names_of_sheets() -> None:
    """Length, characters, and capitals alone."""
    assert over_names(["Cover", "Months bau"]) == []
    assert [name for name, _ in over_names(["a" * 32, "x/y", "Cover", "cover"])] == ["a" * 32, "x/y", "cover"]


@pytest.fixture
def sheet(tmp_path: Path) -> FormulaSheet:
    made: FormulaSheet = Workbook(str(tmp_path / "never.xlsx")).add_worksheet("Tried", FormulaSheet)
    return made


def test_a_sheet_keeps_what_would_be_refused_with_its_key_and_cell(sheet: FormulaSheet) -> None:
    """The key is that of column A in the same row."""
    sheet.write_string(7, 0, "waits.waiting_list[rbl,ct]")
    sheet.write_formula_row(8, 5, ["1", "1+" * 5000 + "1"], None, [1.0, 5001.0])

    (refused,) = sheet.limits.refused
    assert (refused.subject, refused.cell) == ("waits.waiting_list[rbl,ct]", "F8")
    with pytest.raises(LayoutError, match=r"waits.waiting_list\[rbl,ct\]: a formula of 10,002 characters"):
        sheet.limits.raise_any()


def test_a_text_that_is_too_long_is_not_cut_in_silence(sheet: FormulaSheet) -> None:
    """XlsxWriter would cut it."""
    sheet.write_string(2, 1, "n" * 40_000)

    assert [refused.cell for refused in sheet.limits.refused] == ["B3"]


def test_a_row_or_a_column_outside_the_sheet_does_not_vanish(sheet: FormulaSheet) -> None:
    """XlsxWriter would drop it."""
    sheet.write_string(1_048_576, 0, "one row too many")
    sheet.write_formula_row(1, 16_384, ["1", "2"], None, [1.0, 2.0])

    assert [refused.cell for refused in sheet.limits.refused] == ["A1048577", "XFE1"]


def test_a_rule_that_excel_would_refuse_is_kept(sheet: FormulaSheet) -> None:
    """XlsxWriter only warns."""
    with pytest.warns(UserWarning):
        sheet.data_validation(0, 0, 0, 0, {"validate": "list", "source": ["x" * 300]})

    assert [refused.cell for refused in sheet.limits.refused] == ["A1"]


def test_many_are_told_in_one_message() -> None:
    """The first ten, and how many more."""
    limits = Limits()
    sheet = Workbook("never.xlsx").add_worksheet("Tried", FormulaSheet)
    sheet.limits = limits
    for row in range(12):
        sheet.write_string(row, 1, "n" * 40_000)

    with pytest.raises(LayoutError, match="and 2 more"):
        limits.raise_any()


def test_nothing_refused_raises_nothing() -> None:
    """A workbook within the limits passes."""
    Limits().raise_any()
