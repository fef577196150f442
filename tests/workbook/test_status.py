"""The band: what fails, warns, cannot be worked out or cannot be used is said on every sheet, as in numpy."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

from casebuilder.errors import CaseError
from casebuilder.evaluate.status import ALL_HOLD, Status
from casebuilder.inputs.values import Claim
from casebuilder.workbook.edits.start import SHEET as START
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.proof.engines import IronCalc, LibreOffice
from casebuilder.workbook.sheets.status import status_formula
from casebuilder.workbook.writing.formula_fingerprint import SHEET as FINGERPRINT
from tests.workbook.reading import read_sheets
from tests.workbook.status_book import status_case, written

BAND = "A2"
ERROR = "=1/0"
HEADING = "Warnings with the most at stake"


class Book:
    """A workbook with the checks of the case in it, typed into as a person would."""

    def __init__(self, path: Path) -> None:
        """Open it and read where things stand."""
        self.engine = IronCalc(path)
        self.sheets = read_sheets(path)

    def type(self, sheet: str, address: str, text: str) -> None:
        """Type into a cell and let the workbook calculate."""
        column, row = address.rstrip("0123456789"), int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        number = 0
        for character in column:
            number = 26 * number + ord(character) - 64
        self.engine.model.set_user_input(self.engine.sheets[sheet], row, number, text)
        self.engine.calculate()

    def input(self, key: str, column: str = "Base") -> str:
        """The cell in which an input is typed."""
        sheet = self.sheets["Inputs"]
        (row,) = [row for found, row in sheet.keyed() if found == key]
        return f"{letter(sheet.columns()[column])}{row}"

    def check(self, key: str, column: str) -> str:
        """A cell of the Checks sheet."""
        sheet = self.sheets["Checks"]
        (row,) = [row for found, row in sheet.keyed() if found == key]
        return f"{letter(sheet.columns()[column])}{row}"

    def bands(self) -> set[object]:
        """What the band says, on all sheets that have one: all of them."""
        return {self.engine.value(sheet, BAND) for sheet in self.sheets if sheet not in (FINGERPRINT, START)}

    @property
    def band(self) -> object:
        """What all of them say."""
        (text,) = self.bands()
        return text


def book(tmp_path: Path, **values: float) -> Book:
    """The workbook of a case with these values, all checks holding where none is given."""
    return Book(written(status_case(**values), tmp_path / "status.xlsx"))


@pytest.mark.parametrize("counts", list(product((0, 1, 2), repeat=4)))
def test_the_words_come_out_the_same_in_excel(counts: Sequence[int], tmp_path: Path) -> None:
    """Every mixture of none, one and two: parts that are nought left out, singulars right."""
    import ironcalc

    engine = ironcalc.create("words", "en", "UTC", "en")
    for row, count in enumerate(counts, 1):
        engine.set_user_input(0, row, 1, str(count))
    engine.set_user_input(0, 1, 2, f"={status_formula([f'$A${row}' for row in range(1, 5)])}")
    engine.evaluate()
    assert engine.get_cell_value(0, 1, 2) == Status(*counts).text


def test_the_words() -> None:
    """As the band, the terminal and JSON show them."""
    assert Status(2, 23, 5, 3).text == "2 fail · 23 warnings · 5 cannot be worked out · 3 inputs unusable"
    assert Status(1, 1, 1, 1).text == "1 fails · 1 warning · 1 cannot be worked out · 1 input unusable"
    assert Status().text == ALL_HOLD
    some = ((0, 0, 0, 0), (0, 1, 0, 0), (1, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))
    assert [Status(*counts).colour for counts in some] == ["green", "amber", "red", "red", "red"]


def test_every_sheet_says_the_same_in_the_same_cell(tmp_path: Path) -> None:
    """Cover included; each but Checks links to Checks."""
    case = status_case(needed=3.0, debt=50.0)
    found = Book(written(case, tmp_path / "status.xlsx"))
    assert found.band == case.checks.status.text == "1 fails · 2 warnings"


@pytest.mark.parametrize(("value", "said"), [("tbc", "1 input unusable"), (ERROR, "1 input unusable")])
def test_an_error_in_a_value_is_no_agreement(value: str, said: str, tmp_path: Path) -> None:
    """Text for a number: what rests on it cannot be worked out, and is not green."""
    found = book(tmp_path)
    assert found.band == ALL_HOLD
    found.type("Inputs", found.input("checks.needed"), value)
    # Three: what is needed, the part of it, and that every line has a value.
    assert found.band == f"3 cannot be worked out · {said}"
    states = [
        found.engine.value("Checks", found.check(f"checks.{key}", "State"))
        for key in ("fails", "divides", "notes")
    ]
    assert states == ["CANNOT", "CANNOT", "OK"]


def test_an_error_in_one_option_is_enough(tmp_path: Path) -> None:
    """A division by 0 in one option alone; the check that reads it and the check of all values say so."""
    found = Book(written(status_case(options={"preferred": {"divisor": 2.0}}), tmp_path / "status.xlsx"))
    found.type("Inputs", found.input("checks.divisor", "preferred"), "0")
    assert found.band == "2 cannot be worked out"


def test_an_error_that_no_check_reads_is_said(tmp_path: Path) -> None:
    """Any error on a calculation sheet is one too many, whatever reads it."""
    found = book(tmp_path)
    sheet = found.sheets["Years bau"]
    (row,) = [row for key, row in sheet.keyed() if key == "checks.twice"]
    found.type("Years bau", f"{letter(sheet.columns()['Total'])}{row}", ERROR)
    assert found.band == "2 cannot be worked out"


def test_an_error_in_a_note_is_said(tmp_path: Path) -> None:
    """A note colours nothing, but one that cannot be worked out does."""
    found = book(tmp_path)
    found.type("Checks", found.check("checks.notes", "bau"), ERROR)
    assert found.band == "1 cannot be worked out"


@pytest.mark.parametrize("typed", [ERROR, "tbc", "", "=NA()"])
def test_a_state_that_is_no_state_is_said(typed: str, tmp_path: Path) -> None:
    """A State overtyped with an error, a word or nothing cannot be worked out."""
    found = book(tmp_path)
    found.type("Checks", found.check("checks.fails", "State"), typed)
    assert found.band == "1 cannot be worked out"


def test_a_count_that_is_an_error_is_not_green(tmp_path: Path) -> None:
    """The band is words whatever stands in the cells it is made of."""
    found = book(tmp_path)
    found.type("Checks", "B4", ERROR)
    assert found.band == "The status cannot be worked out"


def test_the_count_of_unusable_inputs_is_read_from_inputs(tmp_path: Path) -> None:
    """A count that is itself an error or gone counts as one."""
    found = book(tmp_path)
    for typed, said in (("3", "3 inputs unusable"), (ERROR, "1 input unusable"), ("", "1 input unusable")):
        found.type("Inputs", "B3", typed)
        assert found.band == said


def test_an_error_in_all_checks(tmp_path: Path) -> None:
    """All of them cannot be worked out, none passes."""
    found = book(tmp_path)
    count = sum(1 for key, _ in found.sheets["Checks"].keyed() if key.startswith(("checks.", "values.")))
    for key, _ in found.sheets["Checks"].keyed():
        if key.startswith(("checks.", "values.")):
            found.type("Checks", found.check(key, "preferred"), ERROR)
    assert found.band == f"{count} cannot be worked out"


def claim(headline: str, value: float) -> Claim:
    """A claim about the preferred option."""
    return Claim(headline, "preferred", value, 0.05, "S1")


@pytest.mark.parametrize(
    ("headline", "value", "said"),
    [
        ("tests_steady_state", 112.0, ALL_HOLD),
        ("tests_steady_state", 1.0, "1 warning"),
        ("payback_years", 3.0, "1 cannot be worked out"),
    ],
)
def test_a_claim_about_nothing_cannot_be_worked_out(
    headline: str, value: float, said: str, tmp_path: Path
) -> None:
    """A headline without a value neither keeps a claim nor breaks it."""
    case = status_case(claims=(claim(headline, value),))
    found = Book(written(case, tmp_path / "status.xlsx"))
    assert found.band == case.checks.status.text == said


def test_a_claim_whose_headline_turns_into_an_error(tmp_path: Path) -> None:
    """In the workbook as in numpy."""
    found = Book(written(status_case(claims=(claim("tests_steady_state", 112.0),)), tmp_path / "status.xlsx"))
    sheet = found.sheets["Options"]
    (row,) = [row for key, row in sheet.keyed() if key == "tests_steady_state"]
    found.type("Options", f"E{row}", ERROR)
    assert found.band == "1 cannot be worked out"


def test_warnings_stand_by_what_is_at_stake_with_who_must_act(tmp_path: Path) -> None:
    """On Summary they follow the figures live: the debt falls to nothing, and no warning is left."""
    case = status_case(debt=50.0)
    assert [(of.key, of.most_at_stake, of.owner) for of in case.checks.warnings] == [
        ("checks.warns_much", 100.0, "Each host's director of finance"),
        ("checks.warns_little", 50.0, "Finance lead"),
    ]
    found = Book(written(case, tmp_path / "status.xlsx"))
    rows = found.sheets["Summary"].rows
    first = next(row for row in rows if found.sheets["Summary"].value(row, 1) == HEADING)

    def shown() -> list[tuple[object, ...]]:
        return [tuple(found.engine.value("Summary", f"{c}{first + n}") for c in "ABC") for n in (1, 2, 3)]

    assert shown() == [
        ("No debt, twice over", 100.0, "Each host's director of finance"),
        ("No debt", 50.0, "Finance lead"),
        ("", "", ""),
    ]
    found.type("Inputs", found.input("checks.debt"), "0")
    assert shown() == [("", "", "")] * 3
    assert found.band == ALL_HOLD


def test_a_note_colours_nothing() -> None:
    """What two checks warn of a third only notes: it is told and not counted."""
    checks = status_case(debt=1.5).checks
    assert checks.status.text == "2 warnings"
    assert "checks.notes" in [note.key for note in checks.notes]
    found = status_case(debt=-1.0).checks
    assert (found.status.text, found.status.colour) == (ALL_HOLD, "green")
    assert "notes.unverified" in [note.key for note in found.notes]


def test_a_case_without_a_value_has_no_workbook(tmp_path: Path) -> None:
    """It is refused, the line at the root is named, and an older file stays whole."""
    path = tmp_path / "status.xlsx"
    path.write_text("older")
    case = status_case(divisor=0.0)
    with pytest.raises(CaseError, match=r"checks\.part has no value in every option"):
        written(case, path)
    assert path.read_text() == "older" and list(tmp_path.iterdir()) == [path]


def test_numpy_and_the_workbook_count_alike(tmp_path: Path) -> None:
    """The divisor at 0 on reading, and typed into the workbook: the same words."""
    found = book(tmp_path, debt=50.0, needed=3.0)
    found.type("Inputs", found.input("checks.divisor"), "0")
    said = status_case(debt=50.0, needed=3.0, divisor=0.0).checks.status.text
    assert found.band == said == "1 fails · 2 warnings · 2 cannot be worked out"


@pytest.mark.libreoffice
def test_libreoffice_says_the_same(tmp_path: Path) -> None:
    """With each of the counts, recalculated by LibreOffice."""
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice is not installed")
    found = book(tmp_path, debt=50.0, needed=3.0)
    found.type("Inputs", found.input("checks.divisor"), "tbc")
    changed = tmp_path / "changed.xlsx"
    found.engine.model.save_to_xlsx(str(changed))
    engine = LibreOffice(changed, tmp_path)
    said = {engine.value(sheet, BAND) for sheet in found.sheets if sheet not in (FINGERPRINT, START)}
    assert said == {"1 fails · 2 warnings · 2 cannot be worked out · 1 input unusable"} == found.bands()
