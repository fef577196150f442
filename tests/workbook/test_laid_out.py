"""Options that a workbook does not lay out: engine results, marked, with the hash and a live stale mark."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebuilder.case import load_case
from casebuilder.cli.app import app
from casebuilder.errors import CaseError, InputError
from casebuilder.resources import resource
from casebuilder.workbook.layout.laid_out import ENGINE as MARK
from casebuilder.workbook.layout.laid_out import laid_out, wanted
from casebuilder.workbook.sheets.checks import ENGINE_FITS
from casebuilder.workbook.sheets.options import CURRENT, FIRST_OPTION, FITS_ROW, STALE, row_of
from tests.shipped import ShippedCases
from tests.workbook.mini import frame

SMALL, REST = "digital_diagnostics", "decision_support"


@pytest.mark.parametrize(
    ("options", "more", "expected"),
    [
        (("bau", "a"), (), ("bau", "a")),
        (("bau", "a", "b", "c", "d", "e"), (), ("bau", "a", "b", "e")),
        (("bau", "a", "b", "c", "d", "e"), ("d", "b"), ("bau", "b", "d", "e")),
        (("bau", "a", "b", "c", "d", "e"), ("bau", "e"), ("bau", "e")),
        (("bau", "a", "b", "c", "d", "e"), ("c",), ("bau", "c", "e")),
    ],
)
def test_the_baseline_the_last_and_two_more_are_laid_out(
    options: tuple[str, ...], more: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    """In the order of the case; the first two where nothing is named, none where only these two are."""
    assert laid_out(frame({}, options=options), more) == expected


def test_options_wanted_are_options_and_two_at_most() -> None:
    """A misspelt one gives the nearest name."""
    shape = frame({}, options=("bau", "hours", "mobile", "centres", "all"))
    assert wanted(["hours", " mobile", "all"], shape) == ("hours", "mobile")
    with pytest.raises(CaseError, match="did you mean 'mobile'"):
        wanted(["mobil"], shape)
    with pytest.raises(CaseError, match="3 options beside the baseline and the one put forward: 2 at most"):
        wanted(["hours", "mobile", "centres"], shape)


def test_an_option_not_laid_out_has_no_sheets_and_the_engines_figures(shipped_cases: ShippedCases) -> None:
    """On Options to the last digit, marked; no calculation sheet, and the chooser does not offer it."""
    case, sheets = shipped_cases.case(SMALL), shipped_cases.sheets(SMALL)
    assert not [name for name in sheets if name.endswith(f" {REST}")]
    options = sheets["Options"]
    column = options.columns()[REST]
    assert MARK in str(options.value(options.header() - 1, column))
    for headline in ("npsv", "net_present_cost", "tests_steady_state"):
        cell = options.cells[row_of(headline), column]
        assert cell.formula is None
        assert cell.value == case.headlines[REST].value(headline)
    assert options.value(FITS_ROW, column) == CURRENT
    assert case.inputs.sha256[:16] in str(options.value(FITS_ROW, 2))
    said = [str(cell.value) for cell in sheets["Sites"].cells.values() if "engine results" in str(cell.value)]
    assert len(said) == 1 and REST in said[0]


def test_a_changed_input_makes_engine_results_stale(shipped_cases: ShippedCases) -> None:
    """Options says so, a check warns, and both go back when the input does."""
    sheets, engine = shipped_cases.sheets(SMALL), shipped_cases.engine(SMALL)
    inputs, options, checks = sheets["Inputs"], sheets["Options"], sheets["Checks"]
    row = next(row for key, row in inputs.keyed() if key.startswith("benefits.unit_value["))
    base = f"D{row}"
    assert inputs.columns()["Base"] == 4
    (check,) = [row for key, row in checks.keyed() if key == ENGINE_FITS]
    place = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[options.columns()[REST] - 1]
    state = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[checks.columns()["State"] - 1]

    def says() -> tuple[object, object]:
        return engine.value("Options", f"{place}{FITS_ROW}"), engine.value("Checks", f"{state}{check}")

    assert says() == (CURRENT, "OK")
    before = inputs.value(row, 4)
    assert isinstance(before, float | int)
    engine.put("Inputs", base, before / 2)
    assert says() == (STALE, "WARN")
    engine.put("Inputs", base, before)
    assert says() == (CURRENT, "OK")


def test_tables_by_option_show_all_of_them(shipped_cases: ShippedCases) -> None:
    """The engine's row is named as one, and live rows are formulas."""
    value = shipped_cases.sheets(SMALL)["Value"]
    labels = {row: str(value.value(row, 1)) for row in value.rows}
    engine = [row for row, label in labels.items() if label.endswith(f"({MARK})")]
    assert engine
    for row in engine:
        figures = [cell for column, cell in sorted(value.rows[row].items()) if column > 1]
        assert figures
    shown = set(labels.values())
    case = shipped_cases.case(SMALL)
    for option in case.problem.frame.options:
        assert any(option.label in label for label in shown), option.id


def test_other_options_can_be_laid_out(tmp_path: Path) -> None:
    """`build --options` lays out those named; what is not laid out then is another."""
    path = tmp_path / "other.xlsx"
    done = CliRunner().invoke(app, ["build", SMALL, "-o", str(path), "--draws", "0", "--options", REST])
    assert done.exit_code == 0, done.output
    from tests.workbook.reading import read_sheets

    sheets = read_sheets(path)
    assert f"Years {REST}" in sheets
    assert [n for n in sheets if n.startswith("Years ")] == ["Years bau", f"Years {REST}", "Years programme"]
    fits = [sheets["Options"].value(FITS_ROW, FIRST_OPTION + number) for number in range(5)]
    assert fits.count(CURRENT) == 2


def test_options_that_name_none_are_refused(tmp_path: Path) -> None:
    """An empty list lays out nothing that was asked for."""
    path = tmp_path / "other.xlsx"
    done = CliRunner().invoke(app, ["build", SMALL, "-o", str(path), "--draws", "0", "--options", ""])
    assert done.exit_code == 1 and not path.exists()
    assert "'' is no option of the case" in done.output


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("[image_sharin]", "did you mean 'image_sharing'"),
        ("[image_sharing, image_sharing]", "listed twice"),
        ("[image_sharing, home_reporting, decision_support]", "2 at most"),
    ],
)
def test_in_workbook_is_checked(listed: str, said: str, tmp_path: Path) -> None:
    """With the file, the line and what would be right."""
    folder = tmp_path / SMALL
    shutil.copytree(resource(f"assumptions/cases/{SMALL}"), folder)
    path = folder / "case.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\noptions: [", f"\nin_workbook: {listed}\noptions: [", 1), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_case(str(folder))
    assert said in str(raised.value) and "case.yaml" in str(raised.value)
