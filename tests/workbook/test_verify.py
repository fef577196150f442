"""`verify` on workbooks of every kind: what is not compared, not worked out or not there is not agreement."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook

from casebuilder.errors import CaseError
from casebuilder.workbook.proof import engines
from casebuilder.workbook.proof.cells import Error, count_formulas, read_cells
from casebuilder.workbook.proof.verify import Verification, verify

ENGINES = [
    "ironcalc",
    pytest.param(
        "libreoffice",
        marks=[
            pytest.mark.libreoffice,
            pytest.mark.skipif(engines.libreoffice() is None, reason="LibreOffice is not installed"),
        ],
    ),
]
NAMESPACES = (
    (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    ("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"),
    ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/"),
)


def written(path: Path, formulas: dict[str, tuple[str, object]], second: str = "=One!A1+1") -> Path:
    """A workbook of two sheets: 3 in A1, and formulas with the values stored in them."""
    book = Workbook(str(path))
    one, two = book.add_worksheet("One"), book.add_worksheet("Two")
    one.write_number("A1", 3)
    for address, (formula, value) in formulas.items():
        one.write_formula(address, formula, None, value)
    two.write_formula("A1", second, None, 4)
    book.close()
    return path


def turned(path: Path, out: Path, change: Callable[[str, str], str]) -> Path:
    """A copy with each part changed; `change` is given the part's name and text."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as to:
        for item in source.infolist():
            name = item.filename
            to.writestr(name, change(name, source.read(name).decode()))
    return out


def sheet(path: Path, out: Path, cells: str) -> Path:
    """A copy whose first sheet has a row of these cells."""

    def change(name: str, text: str) -> str:
        data = f'<sheetData><row r="1">{cells}</row></sheetData>'
        return re.sub(r"<sheetData>.*</sheetData>", data, text) if name.endswith("sheet1.xml") else text

    return turned(path, out, change)


def prefixed(name: str, text: str) -> str:
    """A part of the main namespace with a prefix on every word, as some programs write it."""
    if not name.startswith("xl/worksheets/sheet"):
        return text
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text).replace("xmlns=", "xmlns:x=", 1)


def strict(name: str, text: str) -> str:
    """A part with the namespaces of Strict Open XML."""
    for usual, own in NAMESPACES:
        text = text.replace(usual, own)
    return text


def compared(found: Verification) -> tuple[int, int, bool]:
    """Formula cells, those compared, and the verdict."""
    return found.formula_cells, found.compared, found.agrees


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return written(tmp_path / "good.xlsx", {"B1": ("=A1*2", 6), "B2": ('="x"&A1', "x3")})


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", ["as it is", "prefixed", "strict"])
def test_sheets_of_every_spelling_are_compared(engine: str, form: str, good: Path, tmp_path: Path) -> None:
    """Plain, prefixed and Strict sheets: three formula cells, right ones agree and a wrong one is found."""
    change = {"prefixed": prefixed, "strict": strict}.get(form, lambda _, text: text)
    assert compared(verify(turned(good, tmp_path / "turned.xlsx", change), engine)) == (3, 3, True)
    wrong = written(tmp_path / "wrong.xlsx", {"B1": ("=A1*2", 7), "B2": ('="x"&A1', "x3")})
    found = verify(turned(wrong, tmp_path / "turned.xlsx", change), engine)
    assert [(e["sheet"], e["cell"], e["stored"], e["recalculated"]) for e in found.mismatches] == [
        ("One", "B1", 7.0, 6.0)
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_strict_date_is_its_number(engine: str, good: Path, tmp_path: Path) -> None:
    """Strict workbooks write dates as words: 1 April 2021 is day 44,287."""
    cells = '<c r="A1" t="d"><v>2021-04-01T00:00:00</v></c><c r="B1"><f>A1+1</f><v>44288</v></c>'
    path = sheet(good, tmp_path / "dates.xlsx", cells)
    found = verify(turned(path, tmp_path / "strict.xlsx", strict), engine)
    assert found.compared == 2 and [e["sheet"] for e in found.mismatches] == ["Two"]  # 4 is stored there
    assert found.mismatches[0]["recalculated"] == 44288.0


@pytest.mark.parametrize("engine", ENGINES)
def test_shared_and_array_formulas_are_read_as_what_they_stand_for(
    engine: str, good: Path, tmp_path: Path
) -> None:
    """A shared formula is in one cell and stands for its copies; an array formula fills its cells."""
    cells = (
        '<c r="A1"><v>3</v></c><c r="B1"><f t="shared" ref="B1:D1" si="0">A1*$A1+1</f><v>10</v></c>'
        '<c r="C1"><f t="shared" si="0"/><v>31</v></c><c r="D1"><f t="shared" si="0"/><v>94</v></c>'
        '<c r="E1"><f t="array" ref="E1">SUM(A1:B1*2)</f><v>26</v></c>'
    )
    path = sheet(good, tmp_path / "shared.xlsx", cells)
    read = {c.address: c.formula for c in dict(read_cells(path))["One"]}
    assert read == {"A1": None, "B1": "A1*$A1+1", "C1": "B1*$A1+1", "D1": "C1*$A1+1", "E1": "SUM(A1:B1*2)"}
    assert compared(verify(path, engine)) == (5, 5, True)
    wrong = sheet(good, tmp_path / "wrong.xlsx", cells.replace("<v>94</v>", "<v>95</v>"))
    assert [e["cell"] for e in verify(wrong, engine).mismatches] == ["D1"]


def test_inline_rich_and_pronounced_texts_are_read_as_shown(good: Path, tmp_path: Path) -> None:
    """Texts in the cell, in pieces, and with a guide to their pronunciation, which is no part of them."""
    cells = (
        '<c r="A1" t="inlineStr"><is><t>plain</t></is></c>'
        '<c r="B1" t="inlineStr"><is><r><t>in </t></r><r><t>pieces</t></r></is></c>'
        '<c r="C1" t="inlineStr"><is><t>said</t><rPh sb="0" eb="1"><t>sed</t></rPh></is></c>'
        "<c><v>4</v></c>"
    )
    read = dict(read_cells(sheet(good, tmp_path / "texts.xlsx", cells)))["One"]
    assert [(c.address, c.value) for c in read] == [
        ("A1", "plain"),
        ("B1", "in pieces"),
        ("C1", "said"),
        ("D1", 4.0),
    ]


def test_parts_lie_where_the_workbook_says(good: Path, tmp_path: Path) -> None:
    """Targets from the root of the archive, as some programs write them."""
    path = turned(
        good,
        tmp_path / "absolute.xlsx",
        lambda name, text: (
            text.replace('Target="worksheets/', 'Target="/xl/worksheets/')
            if name.endswith("workbook.xml.rels")
            else text
        ),
    )
    assert compared(verify(path)) == (3, 3, True)


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_to_compare_is_no_agreement(engine: str, tmp_path: Path) -> None:
    """A workbook of constants proves nothing."""
    book = Workbook(str(tmp_path / "constants.xlsx"))
    book.add_worksheet("One").write_number("A1", 3)
    book.close()
    assert compared(verify(tmp_path / "constants.xlsx", engine)) == (0, 0, False)


@pytest.mark.parametrize("engine", ENGINES)
def test_errors_are_told_apart(engine: str, tmp_path: Path) -> None:
    """An error in both cannot be worked out; another error, or an error against a number, differs."""
    path = written(
        tmp_path / "errors.xlsx",
        {
            "B1": ("=1/0", "#DIV/0!"),
            "B2": ("=1/0", "#VALUE!"),
            "B3": ("=1/0", 5),
            "B4": ("=A1*2", "#N/A"),
            "B5": ("=B1+1", "#DIV/0!"),
            "B6": ("=A1*2", 6),
        },
    )
    found = verify(path, engine)
    assert [(e["cell"], e["formula"], e["error"]) for e in found.cannot] == [
        ("B1", "1/0", "#DIV/0!"),
        ("B5", "B1+1", "#DIV/0!"),
    ]
    assert [e["cell"] for e in found.mismatches] == ["B2", "B3", "B4"]
    assert found.compared == 7 and not found.agrees


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cell_without_a_value_is_no_agreement(engine: str, good: Path, tmp_path: Path) -> None:
    """openpyxl saves formulas without their values, also where the formula gives an empty text."""
    openpyxl.load_workbook(good).save(tmp_path / "again.xlsx")
    found = verify(tmp_path / "again.xlsx", engine)
    assert found.differing == 3 and all(e["stored"] is None for e in found.mismatches)
    cells = '<c r="A1"><f>""</f><v></v></c><c r="B1" t="str"><f>""</f><v></v></c>'
    found = verify(sheet(good, tmp_path / "empty.xlsx", cells), engine)
    assert "A1" in [e["cell"] for e in found.mismatches if e["sheet"] == "One"]
    assert "B1" not in [e["cell"] for e in found.mismatches if e["sheet"] == "One"]


def test_a_sheet_that_the_engine_does_not_give_back_is_not_compared(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its formula cells count, and were not compared."""

    class Forgetful(engines.IronCalc):
        def has(self, sheet: str) -> bool:
            return sheet == "One" and super().has(sheet)

    monkeypatch.setitem(engines.ENGINES, "ironcalc", Forgetful)
    assert compared(verify(good)) == (3, 2, False)


def test_a_formula_that_reading_passes_over_is_missed(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The formula cells are counted a second time, by their marks in the file."""
    assert count_formulas(good) == 3

    def half(path: Path):
        for name, cells in read_cells(path):
            yield name, [c for c in cells if c.address != "B2"]

    monkeypatch.setattr("casebuilder.workbook.proof.verify.read_cells", half)
    assert compared(verify(good)) == (3, 2, False)


def test_a_text_that_reads_like_an_error_is_a_text(tmp_path: Path) -> None:
    """A formula may give the text #N/A, or one that starts with a hash."""
    book = Workbook(str(tmp_path / "texts.xlsx"))
    one = book.add_worksheet("One")
    one.write_formula("A1", '="#"&"12"', None, "#12")
    book.close()
    assert compared(verify(tmp_path / "texts.xlsx")) == (1, 1, True)


def test_an_engine_that_hands_values_back_is_found_out(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wrong value planted comes straight back, be it a number or a word."""

    class Lazy:
        engine = "lazy"

        def __init__(self, path: Path, folder: Path, shown: Path) -> None:
            self.values = {name: {c.address: c.value for c in of} for name, of in read_cells(path)}

        def has(self, sheet: str) -> bool:
            return sheet in self.values

        def value(self, sheet: str, address: str) -> object:
            return self.values[sheet].get(address)

    monkeypatch.setitem(engines.ENGINES, "ironcalc", Lazy)
    with pytest.raises(CaseError, match="did not recalculate"):
        verify(good)
    words = sheet(good, tmp_path / "words.xlsx", '<c r="B1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>')

    def emptied(name: str, text: str) -> str:
        return re.sub(r"<sheetData>.*</sheetData>", "<sheetData/>", text) if "sheet2.xml" in name else text

    only = turned(words, tmp_path / "only.xlsx", emptied)
    with pytest.raises(CaseError, match="did not recalculate"):
        verify(only)


@pytest.mark.parametrize("engine", ENGINES)
def test_faults_name_the_users_own_file(engine: str, good: Path, tmp_path: Path) -> None:
    """A workbook that an engine cannot open is named as the user named it, not a copy of it."""
    path = turned(
        good,
        tmp_path / "mine.xlsx",
        lambda name, text: text.replace("<sheetData>", "<sheetData") if name.endswith("sheet1.xml") else text,
    )
    with pytest.raises(CaseError, match=r"mine\.xlsx") as fault:
        verify(path, engine)
    assert "canary" not in str(fault.value) and "recalculate.xlsx" not in str(fault.value)


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    """A password (or an old .xls), a document, an archive, and a text."""
    (tmp_path / "locked.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(CaseError, match="password"):
        verify(tmp_path / "locked.xlsx")
    with zipfile.ZipFile(tmp_path / "archive.xlsx", "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    for name in ("archive.xlsx",):
        with pytest.raises(CaseError, match=f"{name} is not an .xlsx workbook"):
            verify(tmp_path / name)
    (tmp_path / "text.xlsx").write_text("A,B\n1,2\n")
    with pytest.raises(CaseError, match=r"text\.xlsx is not an \.xlsx workbook"):
        verify(tmp_path / "text.xlsx")
    (tmp_path / "case.yaml").write_text("title: T\n")
    with pytest.raises(
        CaseError, match=r"case\.yaml is not an \.xlsx workbook: a workbook is what build writes"
    ):
        verify(tmp_path / "case.yaml")


@pytest.mark.parametrize("engine", ENGINES)
def test_unusable_inputs_are_listed_by_their_key(engine: str, tmp_path: Path) -> None:
    """What the recalculated Fault column of Inputs and of Data sheets says, not what is stored in it."""
    book = Workbook(str(tmp_path / "inputs.xlsx"))
    for name, share, stored in (("Inputs", 1.5, ""), ("Data lists", 0.5, "")):
        inputs = book.add_worksheet(name)
        inputs.write_row(4, 0, ["Key", "Base", "Fault"])
        inputs.write_string(5, 0, f"{name.lower()[:4]}.share")
        inputs.write_number(5, 1, share)
        inputs.write_formula(5, 2, '=IF(B6>1,"above 1","")', None, stored)
    book.close()
    found = verify(tmp_path / "inputs.xlsx", engine)
    assert found.inputs_outside == [
        {"key": "inpu.share", "sheet": "Inputs", "cell": "C6", "fault": "above 1"}
    ]
    assert not found.agrees


def test_an_unusable_input_of_an_older_workbook_says_what_its_key_is_now(tmp_path: Path) -> None:
    """So that the row can be found in a workbook built now, and set on the command line."""
    book = Workbook(str(tmp_path / "old.xlsx"))
    inputs = book.add_worksheet("Inputs")
    inputs.write_row(4, 0, ["Key", "Base", "Fault"])
    inputs.write_string(5, 0, "slip.carried_forward[national_pdc]")
    inputs.write_number(5, 1, 1.5)
    inputs.write_formula(5, 2, '=IF(B6>1,"above 1","")', None, "")
    book.close()
    (found,) = verify(tmp_path / "old.xlsx", "ironcalc").inputs_outside
    assert found["key"] == "slip.carried_forward[national_pdc]"
    assert found["fault"] == (
        "above 1; 'slip.carried_forward' is now 'funding.carried_forward' (since format 2)"
    )


def test_error_values_are_read_as_errors(good: Path, tmp_path: Path) -> None:
    """An error stored is no text."""
    path = sheet(good, tmp_path / "error.xlsx", '<c r="A1" t="e"><f>NA()</f><v>#N/A</v></c>')
    assert dict(read_cells(path))["One"][0].value == Error("#N/A")
