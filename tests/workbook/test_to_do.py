"""What is still to do, in the workbook: beside each value on Inputs, and counted on Checks and Summary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from casebuilder.case import Case
from casebuilder.workbook.build import build
from tests.unit.mini import mini_case
from tests.workbook.reading import Sheet, read_sheets

GIVEN, COPIED, OWN = "Not given", "copied from ct", "ask the host."
COUNT = "3 things are still to do, placeholders or copied: casebuilder check lists them"


def marked() -> Case:
    """A price copied, an option's own value open, and growth guessed in the second month."""
    case = mini_case()
    values = dict(case.inputs.values)
    price, included, growth = (values[key] for key in ("costs.price", "capacity.included", "capacity.growth"))
    mri, month = ("mri",), ("2022-03",)
    values["costs.price"] = replace(price, base={**price.base, mri: replace(price.base[mri], to_do=COPIED)})
    own = {members: replace(value, to_do=OWN) for members, value in included.options["preferred"].items()}
    values["capacity.included"] = replace(included, options={"preferred": own})
    guessed = replace(growth.base[month], to_do=GIVEN)
    values["capacity.growth"] = replace(growth, base={**growth.base, month: guessed})
    return replace(case, inputs=replace(case.inputs, values=values))


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    case, path = marked(), tmp_path_factory.mktemp("to_do") / "mini.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    return read_sheets(path)


def test_inputs_say_it_in_the_note(sheets: dict[str, Sheet]) -> None:
    """Before the note itself; an option's with its name; a series where any period has it."""
    sheet = sheets["Inputs"]
    column = sheet.columns()["Note"]
    notes = {key: str(sheet.value(row, column) or "") for key, row in sheet.keyed()}
    assert notes["costs.price[mri]"] == "To do: copied from ct."
    assert "To do" not in notes["costs.price[ct]"]
    assert notes["capacity.included[paddington]"].startswith("To do for preferred: ask the host. ")
    assert notes["capacity.growth"] == "To do: Not given. As built."


def test_checks_and_summary_count_them(sheets: dict[str, Sheet]) -> None:
    """Among the notes, which colour nothing, and above the headlines."""
    said = [str(cell.value) for cell in sheets["Checks"].cells.values()]
    named = "preferred:capacity.included, capacity.growth[2022-03], costs.price[mri]"
    assert f"{COUNT} ({named})" in said
    assert sheets["Summary"].value(4, 1) == f"{COUNT}; on Inputs they stand in the column Note, after 'To do'"


def test_a_case_with_none_says_nothing_of_it(tmp_path: Path) -> None:
    """No line on Summary, and no cell anywhere that speaks of it."""
    case, path = mini_case(), tmp_path / "mini.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    sheets = read_sheets(path)
    assert sheets["Summary"].value(4, 1) is None
    assert not [c for s in sheets.values() for c in s.cells.values() if "still to do" in str(c.value)]
