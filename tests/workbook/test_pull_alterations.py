"""A hundred alterations that are no input edits: `pull` reports each and takes none."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet as Page

from casebuilder.case import Case
from casebuilder.tasks.pull.run import Pull, read_pull
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.engines import libreoffice
from tests.unit.mini import mini_case
from tests.workbook import altering
from tests.workbook.test_changed_formulas import saved_by_libreoffice

CALCULATIONS = ("Months bau", "Years bau", "Months preferred", "Years preferred")
SHEETS = ("Summary", "Options", "Inputs", "Checks", "Sources", *CALCULATIONS)
HEADER = 7
Alter = Callable[[Path, Path], str]


@pytest.fixture(scope="module")
def mini() -> Case:
    return mini_case()


@pytest.fixture(scope="module")
def built(mini: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mini") / "mini.xlsx"
    build(mini.results, mini.headlines, mini.checks, mini.findings, path, "test")
    return path


def by_hand(change: Callable[[Book], str]) -> Alter:
    """An alteration made by opening the workbook, changing it and saving it."""

    def alter(path: Path, out: Path) -> str:
        book = openpyxl.load_workbook(path)
        said = change(book)
        book.save(out)
        return said

    return alter


def formulas(page: Page) -> list[tuple[int, int]]:
    """The cells of a sheet that hold a formula."""
    cells = (c for row in page.iter_rows() for c in row)
    return [(c.row, c.column) for c in cells if isinstance(c.value, str) and c.value.startswith("=")]


def columns(page: Page) -> dict[str, int]:
    """The columns of Inputs by header."""
    return {str(cell.value): cell.column for cell in page[HEADER] if cell.value}


def keyed(page: Page) -> list[int]:
    """The rows of Inputs that hold an input."""
    return [r for r in range(HEADER + 1, page.max_row + 1) if "." in str(page.cell(r, 1).value or "")]


def changed_formulas(built: Path) -> Iterator[Alter]:
    """20: five signs, references, ranges and constants each."""
    for edit in altering.choose(altering.stored(built), 5, seed=20261129):

        def alter(path: Path, out: Path, edit: altering.Edit = edit) -> str:
            altering.apply(path, out, [edit])
            return f"{edit.sheet}!{edit.address}"

        yield alter


def in_cells(chance: random.Random) -> Iterator[Alter]:
    """38: values pasted over formulas, formulas removed, and formulas and numbers where nothing was."""
    for sheet in (*CALCULATIONS, "Summary", "Options", "Checks"):
        for value in (12.5, 0, "n/a", None):

            def over(book: Book, sheet: str = sheet, value: object = value) -> str:
                row, column = chance.choice(formulas(book[sheet]))
                book[sheet].cell(row, column).value = value
                return f"{sheet}!{get_column_letter(column)}{row}"

            yield by_hand(over)
    for sheet in CALCULATIONS:
        for value in ("=1+1", 7):

            def beside(book: Book, sheet: str = sheet, value: object = value) -> str:
                page = book[sheet]
                row = chance.choice(formulas(page))[0]
                cell = page.cell(row, page.max_column + 1, value)
                return f"{sheet}!{cell.coordinate}"

            yield by_hand(beside)
    for header in ("In use", "Fault"):

        def own(book: Book, header: str = header) -> str:
            page = book["Inputs"]
            row = chance.choice([r for r in keyed(page) if page.cell(r, columns(page)[header]).value])
            cell = page.cell(row, columns(page)[header], 3)
            return f"Inputs!{cell.coordinate}"

        yield by_hand(own)


def in_structure(chance: random.Random) -> Iterator[Alter]:
    """28: rows inserted and deleted, sheets renamed, deleted and added."""
    for sheet in (*CALCULATIONS, "Inputs"):
        for below in (2, 4):

            def insert(path: Path, out: Path, sheet: str = sheet, below: int = below) -> str:
                rows = [
                    altering.place(c.address)[0]
                    for c in altering.stored(path)[sheet]
                    if c.address.startswith("A") and "." in str(c.value)
                ]
                altering.shifted(path, out, sheet, rows[below])
                return sheet

            yield insert
    for sheet in (*CALCULATIONS, "Inputs"):

        def delete(book: Book, sheet: str = sheet) -> str:
            page = book[sheet]
            rows = [r for r in range(8, page.max_row + 1) if "." in str(page.cell(r, 1).value or "")]
            page.delete_rows(chance.choice(rows))
            return sheet

        yield by_hand(delete)
    for sheet in SHEETS:

        def rename(path: Path, out: Path, sheet: str = sheet) -> str:
            new = f"Our {sheet.lower()}"
            with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as to:
                for item in source.infolist():
                    data = source.read(item.filename)
                    for mark in (f"'{sheet}'!", f"{sheet}!") if item.filename.endswith(".xml") else ():
                        data = data.replace(mark.encode(), f"'{new}'!".encode())
                    data = data.replace(f'name="{sheet}"'.encode(), f'name="{new}"'.encode())
                    to.writestr(item.filename, data)
            return new

        yield rename
    for sheet in ("Checks", "Years bau", "Options"):

        def remove(book: Book, sheet: str = sheet) -> str:
            del book[sheet]
            return sheet

        yield by_hand(remove)

    def add(book: Book) -> str:
        book.create_sheet("Mine")["B2"] = "=Inputs!A1"
        return "Mine"

    yield by_hand(add)


def in_words(chance: random.Random) -> Iterator[Alter]:
    """14: keys, labels, units, bounds, states and headers of Inputs, and columns moved."""
    for header in ("Key", "Label", "Unit", "Kind", "State", "Source", "Low", "High"):

        def retype(book: Book, header: str = header) -> str:
            page = book["Inputs"]
            rows = [r for r in keyed(page) if page.cell(r, columns(page)[header]).value not in (None, "")]
            row = chance.choice(rows)
            cell = page.cell(row, columns(page)[header])
            cell.value = 0.123 if header in ("Low", "High") else "other"
            return "" if header == "Key" else f"Inputs!{cell.coordinate}"

        yield by_hand(retype)

    def twice(book: Book) -> str:
        page = book["Inputs"]
        first, second = keyed(page)[2:4]
        page.cell(second, 1).value = page.cell(first, 1).value
        return f"Inputs!{second}"

    def header(book: Book) -> str:
        page = book["Inputs"]
        page.cell(HEADER, columns(page)["preferred"]).value = "favourite"
        return "Inputs"

    def period(book: Book) -> str:
        page = book["Inputs"]
        page.cell(HEADER, columns(page)["2022-03"]).value = "March 2022"
        return "Inputs"

    def header_row(book: Book) -> str:
        page = book["Inputs"]
        page.cell(HEADER, columns(page)["Unit"]).value = None
        return "Inputs"

    def moved_right(book: Book) -> str:
        book["Years preferred"].insert_cols(4)
        return "Years preferred"

    def unread(book: Book) -> str:
        page = book["Inputs"]
        row = next(r for r in keyed(page) if page.cell(r, columns(page)["Base"]).value == "by period →")
        cell = page.cell(row, columns(page)["Base"], 5)
        return f"Inputs!{cell.coordinate}"

    for change in (twice, header, period, header_row, moved_right, unread):
        yield by_hand(change)


def alterations(built: Path) -> list[Alter]:
    chance = random.Random(20261129)
    return [
        *changed_formulas(built), *in_cells(chance), *in_structure(chance), *in_words(chance)
    ]  # fmt: skip


def reported(found: Pull) -> list[str]:
    """Where each thing stands that is reported and not taken."""
    places = [each.place for each in found.plan.untaken]
    return places + [f"{each.sheet}!{each.cell}" if each.cell else each.sheet for each in found.altered]


def test_each_of_100_alterations_is_reported_and_none_is_taken(
    mini: Case, built: Path, tmp_path: Path
) -> None:
    """One by one, each in a workbook of its own."""
    every = alterations(built)
    assert len(every) == 100
    wrong = []
    for number, alter in enumerate(every, 1):
        out = tmp_path / f"{number}.xlsx"
        where = alter(built, out)
        found = read_pull(out, mini)
        if found.plan.edits or found.plan.clashes:
            wrong.append(f"{number}: {where}: taken {[e.name for e in found.plan.edits]}")
        if not any(place.startswith(where) for place in reported(found)):
            wrong.append(f"{number}: {where}: not among {reported(found)[:5]}")
        out.unlink()
    assert not wrong, "\n".join(wrong)


def test_a_workbook_as_built_says_nothing(mini: Case, built: Path) -> None:
    """Nothing typed, nothing altered, nothing changed since."""
    found = read_pull(built, mini)
    assert not reported(found) and not found.plan.edits and found.plan.since == 0


def test_values_typed_beside_alterations_are_taken(mini: Case, built: Path, tmp_path: Path) -> None:
    """A row inserted above an input, another sorted away from its place: keys tell which value is whose."""
    row = next(
        altering.place(c.address)[0] for c in altering.stored(built)["Inputs"] if c.value == "waits.opening"
    )
    altering.shifted(built, tmp_path / "shifted.xlsx", "Inputs", row)
    book = openpyxl.load_workbook(tmp_path / "shifted.xlsx")
    page = book["Inputs"]
    moved = next(r for r in keyed(page) if page.cell(r, 1).value == "waits.opening")
    assert moved == row + 1
    page.cell(moved, columns(page)["Base"]).value = 140
    book["Years bau"]["H9"].value = 3
    book.save(tmp_path / "both.xlsx")
    found = read_pull(tmp_path / "both.xlsx", mini)
    assert [(e.name, e.old, e.new) for e in found.plan.edits] == [("waits.opening", 100.0, 140.0)]
    assert found.altered


@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_saved_by_libreoffice_the_values_typed_are_found_and_nothing_else(
    mini: Case, built: Path, tmp_path: Path
) -> None:
    """LibreOffice writes every text, formula and number again."""
    book = openpyxl.load_workbook(built)
    page = book["Inputs"]
    rows = {page.cell(r, 1).value: r for r in keyed(page)}
    page.cell(rows["waits.opening"], columns(page)["Base"]).value = 140.25
    page.cell(rows["capacity.growth"], columns(page)["2022-03"]).value = 1e-9
    page.cell(rows["costs.price[ct]"], columns(page)["Base"]).value = "=1.2*100"
    book.save(tmp_path / "typed.xlsx")
    found = read_pull(saved_by_libreoffice(tmp_path / "typed.xlsx", tmp_path), mini)
    assert not reported(found)
    assert sorted((e.name, e.new, e.note) for e in found.plan.edits) == [
        ("capacity.growth[2022-03]", 1e-9, ""),
        ("costs.price[ct]", 120.0, "=1.2*100"),
        ("waits.opening", 140.25, ""),
    ]
