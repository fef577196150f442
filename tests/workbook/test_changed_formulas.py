"""`verify` names every formula that is not the one that was built, and no other."""

from __future__ import annotations

import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from casebuilder.case import load_case
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.alterations import (
    ADDED,
    CHANGED,
    CONSTANT,
    REMOVED,
    TYPED,
    WORDS,
    altered_formulas,
)
from casebuilder.workbook.proof.cells import place
from casebuilder.workbook.proof.engines import libreoffice
from casebuilder.workbook.writing.formula_fingerprint import SHEET
from casebuilder.workbook.writing.formula_patterns import Formula, Undo
from tests.shipped import ShippedCases
from tests.short import SHORT
from tests.unit.mini import mini_case
from tests.workbook import altering
from tests.workbook.altering import KINDS, Edit, apply, choose, stored

YEARS = "Years preferred"


def named(path: Path) -> set[tuple[str, str]]:
    """The sheet and cell of each alteration."""
    return {(each.sheet, each.cell) for each in altered_formulas(path, stored(path))[1]}


def changes(path: Path) -> list[tuple[str, str, str]]:
    """Sheet, cell and kind of each alteration."""
    return [(each.sheet, each.cell, each.change) for each in altered_formulas(path, stored(path))[1]]


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case, path = mini_case(), tmp_path_factory.mktemp("mini") / "mini.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    return path


def test_a_workbook_as_built_has_no_changed_formula(mini: Path) -> None:
    """As built, every formula is what it was, and the seal is that of Cover."""
    cells = stored(mini)
    seal, found = altered_formulas(mini, cells)
    assert found == [] and len(seal) == 32
    assert seal in {cell.value for cell in cells["Cover"]}


def test_names_each_of_20_changed_formulas(mini: Path, tmp_path: Path) -> None:
    """Five signs, references, ranges and constants each: every cell is named, no other is."""
    cells = stored(mini)
    edits = choose(cells, 5, seed=20261128)
    apply(mini, tmp_path / "altered.xlsx", edits)
    assert Counter(e.kind for e in edits) == dict.fromkeys(KINDS, 5)
    assert named(tmp_path / "altered.xlsx") == {e.where for e in edits}


@pytest.mark.full
def test_names_each_of_200_changed_formulas_of_cmast(tmp_path: Path) -> None:
    """Fifty of each kind over all sheets of CMAST, in one file."""
    case, path = load_case("cmast"), tmp_path / "cmast.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    cells = stored(path)
    assert altered_formulas(path, cells)[1] == []
    edits = choose(cells, 50, seed=20261128)
    assert len({e.sheet for e in edits}) >= 20
    apply(path, tmp_path / "altered.xlsx", edits)
    assert len(edits) == 200 and named(tmp_path / "altered.xlsx") == {e.where for e in edits}


def test_names_what_was_done_to_a_cell(mini: Path, tmp_path: Path) -> None:
    """Changed, replaced by its value, removed, added where a text or nothing was, typed among formulas."""
    book = openpyxl.load_workbook(mini)
    years, inputs, options = book[YEARS], book["Inputs"], book["Options"]
    rows = [[c for c in row if str(c.value).startswith("=")] for row in years.iter_rows(min_row=8)]
    (formula, *_), calculated = [cells for cells in rows if len(cells) >= 2][:2]
    beyond = years.cell(formula.row, years.max_column + 1)
    number = next(c for r in inputs.iter_rows(min_row=6) for c in r if isinstance(c.value, float | int))
    headline = [c for r in options.iter_rows(min_row=5) for c in r if str(c.value).startswith("=")]
    formula.value = f"{formula.value}*1"
    beyond.value = 7
    calculated[0].value = None
    calculated[1].value = 12.5
    number.value = f"={number.value}+0"
    headline[0].value = str(headline[0].value).replace("!", "!$", 1)
    years.cell(calculated[0].row, 2).value = "Another label"
    book.save(tmp_path / "altered.xlsx")
    assert sorted(changes(tmp_path / "altered.xlsx")) == sorted(
        [
            (YEARS, formula.coordinate, CHANGED),
            (YEARS, beyond.coordinate, TYPED),
            (YEARS, calculated[0].coordinate, REMOVED),
            (YEARS, calculated[1].coordinate, CONSTANT),
            ("Inputs", number.coordinate, ADDED),
            ("Options", headline[0].coordinate, CHANGED),
            (YEARS, f"{calculated[0].row}:{calculated[0].row}", WORDS),
        ]
    )


def test_an_inserted_row_is_named_and_nothing_else(mini: Path, tmp_path: Path) -> None:
    """A row inserted moves what is below it and what refers there: only the row is named."""
    row = next(altering.place(c.address)[0] for c in stored(mini)[YEARS] if c.value == "costs.cost")
    altering.shifted(mini, tmp_path / "shifted.xlsx", YEARS, row)
    assert changes(tmp_path / "shifted.xlsx") == [(YEARS, f"{row}:{row}", "row inserted")]
    cells = stored(tmp_path / "shifted.xlsx")
    moved = next(c for c in cells[YEARS] if c.formula and altering.place(c.address)[0] > row)
    edit = Edit(YEARS, moved.address, "sign", f"-({moved.formula})")
    apply(tmp_path / "shifted.xlsx", tmp_path / "both.xlsx", [edit])
    assert named(tmp_path / "both.xlsx") == {(YEARS, f"{row}:{row}"), edit.where}


def test_a_sheet_renamed_removed_or_added_is_named(mini: Path, tmp_path: Path) -> None:
    """A sheet's new name changes no formula; one that is gone is missing; one with formulas is new."""
    renamed = tmp_path / "renamed.xlsx"
    with zipfile.ZipFile(mini) as source, zipfile.ZipFile(renamed, "w") as to:
        for item in source.infolist():
            content = source.read(item.filename)
            content = content.replace(b"'Years preferred'!", b"'Our years'!")
            to.writestr(item.filename, content.replace(b'name="Years preferred"', b'name="Our years"'))
    assert changes(renamed) == [("Our years", "", "sheet renamed: it was 'Years preferred'")]
    book = openpyxl.load_workbook(mini)
    del book["Sources"]
    book.create_sheet("Mine")["B2"] = "=Inputs!A1"
    book.save(tmp_path / "altered.xlsx")
    assert changes(tmp_path / "altered.xlsx") == [
        ("Sources", "", "sheet missing"),
        ("Mine", "", "sheet added, with formulas: 1"),
    ]


@pytest.mark.parametrize("how", ["gone", "shortened", "another word"])
def test_a_fingerprint_that_is_gone_or_damaged_is_said(mini: Path, tmp_path: Path, how: str) -> None:
    """A workbook of ours without a whole fingerprint proves nothing about its formulas."""
    book = openpyxl.load_workbook(mini)
    kept = book[SHEET]
    if how == "gone":
        del book[SHEET]
    elif how == "shortened":
        kept["A3"] = str(kept["A3"].value)[:-40]
    else:
        kept["A2"] = "f" * 32
    book.save(tmp_path / "altered.xlsx")
    (found,) = altered_formulas(tmp_path / "altered.xlsx", stored(tmp_path / "altered.xlsx"))[1]
    assert found.sheet == SHEET and ("missing" if how == "gone" else "damaged") in found.change


def test_a_workbook_that_is_not_ours_has_no_fingerprint_to_miss(tmp_path: Path) -> None:
    """Another's workbook is compared by its values alone."""
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(tmp_path / "other.xlsx")
    assert altered_formulas(tmp_path / "other.xlsx", stored(tmp_path / "other.xlsx")) == ("", [])


def test_saved_by_openpyxl_no_formula_is_changed(mini: Path, tmp_path: Path) -> None:
    """openpyxl writes every formula again, and loses all values stored."""
    openpyxl.load_workbook(mini).save(tmp_path / "again.xlsx")
    assert changes(tmp_path / "again.xlsx") == []


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    """The workbook opened in LibreOffice and saved again."""
    program = libreoffice()
    assert program is not None
    subprocess.run(
        [
            program,
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder / "out"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=600,
    )
    return folder / "out" / path.name


@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["mini", pytest.param("digital_diagnostics", marks=pytest.mark.full)])
def test_saved_by_libreoffice_no_formula_is_changed(name: str, mini: Path, tmp_path: Path) -> None:
    """LibreOffice spells formulas its own way and makes the fingerprint's sheet a hidden one."""
    path = mini
    if name != "mini":
        case, path = load_case(name), tmp_path / f"{name}.xlsx"
        build(case.results, case.headlines, case.checks, case.findings, path, "test")
    assert changes(saved_by_libreoffice(path, tmp_path)) == []


ODD = (
    "=SUM('My Sheet'!$A1:A$9)+1E-9",
    "+sum( Inputs!$L$5 , a1 )*0.50",
    'IF(A1<>"a ""A1"" b",TRUE(),FALSE())',
    "SUM(A:C)+SUM($1:3)",
    "LOG10(A1)+MYAB12+AB12x+name.A1",
    "IFERROR(Sheet1!#REF!,#N/A)",
    "\\foo1+A1",
    "_xlfn.IFS(A1>1,2)&'it''s x'!B2",
    "SUM(Sheet1:Sheet3!A1)+[1]Other!B2",
    "'Years preferred'!$R5-'Months preferred'!R$5*Years_preferred!A1",
)


def test_a_pattern_from_few_pieces_is_that_of_the_whole(shipped_cases: ShippedCases) -> None:
    """Of formulas in odd spellings and of a workbook's; with nothing to undo each is taken apart."""
    every = [(text, 7, 9) for text in ODD]
    for of in shipped_cases.cells(SHORT).values():
        every += [(cell.formula, *place(cell.address)) for cell in of if cell.formula is not None]
    assert len(every) > 10_000
    for text, row, column in every:
        for option in ("", "preferred"):
            quick = Formula(text, row, column).pattern(option)
            assert quick == Formula(text, row, column).pattern(option, Undo("ONE", {}, {})), text
