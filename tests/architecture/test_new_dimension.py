"""A new dimension touches a chapter, its part's list and the case: no reader, no language, no template."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.architecture.copies import CASE, copy_tree, edit, proved, run, touched

PART = "casebuilder/model/running/__init__.py"
CHAPTER = "casebuilder/model/running/parking.py"
LINES = '''"""Parking: what spaces for patients cost."""

from __future__ import annotations

from casebuilder.algebra.dimensions import SOME, Dimension
from casebuilder.algebra.operators import smallest, total
from casebuilder.algebra.terms import Input, Line

DIMENSIONS = (
    Dimension("car_park", "Car park", rank=45, needs=SOME),
)

spaces = Input("Spaces", "number", ("car_park", "test"), "Spaces hired for the patients of a test.")
rent = Input("Rent of a space", "GBP_real / year", ("car_park",), "Of one space.")

rent_of_test = Line(
    "Rent of spaces", "GBP_real / year", ("car_park", "test", "year"),
    spaces * rent, "Spaces at their rent.",
)
rent_of_park = Line(
    "Rent of a car park", "GBP_real / year", ("car_park", "year"),
    total(rent_of_test, over="test"), "All tests.",
)
rent_of_all = Line(
    "Rent of all car parks", "GBP_real / year", ("year",), total(rent_of_park, over="car_park"), "Together.",
)
least = Line("Least rent", "GBP_real / year", (), smallest(rent, over="car_park"), "The cheapest car park.")
'''
VALUES = """spaces:
  unit: number
  over: [car_park, test]
  values: {north: {mri: 10, ct: 4, ultrasound: 0, xray: 2}, south: {mri: 1, ct: 1, ultrasound: 1, xray: 1}}
  source: L1
  state: chosen
rent:
  unit: GBP_real / year
  over: [car_park]
  values: {north: 500, south: 300}
  source: L1
  state: chosen
"""
MEMBERS = "  car_park: {north: North car park, south: South car park}\n"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree in which the chapter is added, its members and its values."""
    copy = copy_tree(tmp_path_factory.mktemp("tree"))
    (copy / CHAPTER).write_text(LINES, encoding="utf-8")
    edit(copy / PART, "import contracts, income,", "import contracts, income, parking,")
    edit(copy / PART, "slip, income)", "slip, income, parking)")
    edit(copy / CASE / "case.yaml", "\nmembers:\n", f"\nmembers:\n{MEMBERS}")
    (copy / CASE / "parking.yaml").write_text(VALUES, encoding="utf-8")
    return copy


def test_a_dimension_touches_a_chapter_its_part_and_the_case(tree: Path) -> None:
    """Two files of the model, two of the case."""
    assert touched(tree) == {CHAPTER, PART, f"{CASE}/case.yaml", f"{CASE}/parking.yaml"}


def test_the_case_is_checked_and_written_with_it(tree: Path, tmp_path: Path) -> None:
    """Every reader has the dimension: check, the workbook in an independent engine, the export, explain."""
    done = run(tree, "check", CASE)
    assert done.returncode == 0, done.stdout + done.stderr
    cells = proved(tree, tmp_path / "case.xlsx")["Years bau"]
    row = {value: row for (row, column), value in cells.items() if column == 1}
    (column,) = {column for (_, column), value in cells.items() if value == "Car park"}
    last = max(column for _, column in cells)
    assert cells[row["parking.rent_of_test[south,mri]"], column] == "south"
    assert cells[row["parking.rent_of_park[north]"], last] == 16 * 500


def test_it_is_exported_explained_and_set(tree: Path, tmp_path: Path) -> None:
    """Its column stands where its rank puts it: after the places, before the people."""
    out = tmp_path / "case.csv"
    assert run(tree, "export", CASE, "-o", str(out), "--chapter", "parking").returncode == 0
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    of_all = {row["value"] for row in rows if row["line"] == "parking.rent_of_all"}
    assert {float(value) for value in of_all} == {16 * 500 + 4 * 300}
    columns = [name for name in rows[0] if name in ("provider", "car_park", "staff", "test")]
    assert columns == ["provider", "car_park", "staff", "test"]
    told = run(tree, "explain", CASE, "parking.rent_of_all", "--option", "programme", "--period", "2023/24")
    assert "each car park" in told.stdout and "North car park" in told.stdout, told.stdout + told.stderr
    shown = run(tree, "explain", CASE, "parking.least", "--set", "parking.rent[south]=200")
    assert "200" in shown.stdout, shown.stdout + shown.stderr


def test_its_members_are_asked_for_and_a_typo_is_told(tree: Path, tmp_path: Path) -> None:
    """A case without it is at fault where its members belong; the nearest name is given."""
    path = tree / CASE / "case.yaml"
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace("  car_park:", "  car_prak:"), encoding="utf-8")
        done = run(tree, "check", CASE)
    finally:
        path.write_text(text, encoding="utf-8")
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert "'car_prak' is no dimension; did you mean 'car_park'?" in told
    assert "car_park (car park): there are no members" in told
