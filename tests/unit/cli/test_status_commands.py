"""The status on the command line: the words, JSON and the exit code, where checks fail or have no value."""

from __future__ import annotations

import json

import pytest

from tests.workbook.status_book import status_case

BROKEN = {"divisor": 0.0, "debt": 50.0}
SAID = "2 warnings · 2 cannot be worked out"
ROOT = "checks.part has no value in every option: its formula divides by 0 or overflows ('A part')"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `mini` the name of a case in which a line divides by 0."""
    monkeypatch.setattr("casebuilder.case.load_case", lambda *_: status_case(**BROKEN))


@pytest.mark.parametrize("command", ["summary", "compare"])
def test_a_line_without_a_value_stops_no_page(run, broken, command):
    """The rest is shown, with the status, the checks and the root; the exit code is 1."""
    result = run(command, "mini")
    assert result.exit_code == 1
    assert f"Checks: {SAID}" in result.stdout and "Tests delivered" in result.stdout
    assert ROOT in " ".join(result.stdout.split()) and ROOT in result.stderr
    assert "check cannot be worked out: checks.divides" in result.stderr


@pytest.mark.parametrize("command", ["summary", "compare"])
def test_json_names_what_cannot_be_worked_out(run, broken, command):
    """The keys of the contract, the words and colour of the band, the root and the stakes."""
    result = run(command, "mini", "--json")
    checks = json.loads(result.stdout)["checks"]
    assert result.exit_code == 1
    assert checks["cannot"] == ["values.every_line_has_a_value", "checks.divides"]
    assert (checks["status"], checks["colour"], checks["inputs_outside"]) == (SAID, "red", [])
    assert checks["warnings"] == ["checks.warns_much", "checks.warns_little"]
    assert "checks.notes" in checks["notes"]
    assert checks["no_values"] == [{"line": "checks.part", "members": [], "option": None, "label": "A part"}]
    stakes = {of["key"]: (of["at_stake"], of["owner"]) for of in checks["details"]}
    assert stakes["checks.warns_much"] == (
        {"bau": 100.0, "preferred": 100.0},
        "Each host's director of finance",
    )


def test_no_file_is_written_of_what_cannot_be_worked_out(run, broken, tmp_path):
    """`build` and `export` name the line and leave an older file whole."""
    for command, name in (("build", "old.xlsx"), ("export", "old.csv")):
        path = tmp_path / name
        path.write_text("older")
        result = run(command, "mini", "-o", str(path))
        assert result.exit_code == 1 and ROOT in result.stderr
        assert path.read_text() == "older"


FAILS = "1 fails"


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `mini` the name of a case in which a check fails and every line has a value."""
    monkeypatch.setattr("casebuilder.case.load_case", lambda *_: status_case(needed=5.0))


def test_a_table_of_a_case_that_fails_is_written_and_says_so(run, failing, tmp_path):
    """`export` writes, as `build` does, names the check that fails and ends with 1."""
    path = tmp_path / "mini.csv"
    result = run("export", "mini", "-o", str(path))
    assert result.exit_code == 1 and path.is_file()
    assert "check failed: checks.fails: Enough is there" in result.stderr


def test_one_figure_of_a_case_that_fails_says_so(run, failing):
    """`explain` shows the figure, since that is how a fault is found, and says how the case stands."""
    result = run("explain", "mini", "checks.twice")
    assert result.exit_code == 0 and result.stdout and FAILS in result.stderr


def test_a_workbook_whose_checks_fail_does_not_pass(run, failing, tmp_path):
    """All cells agree, and `verify` still says what the band says and ends with 1."""
    path = tmp_path / "mini.xlsx"
    assert run("build", "mini", "-o", str(path)).exit_code == 1
    result = run("verify", str(path))
    assert "all agree" in " ".join(result.stdout.split())
    assert f"recalculated: {FAILS}" in result.stdout
    assert result.exit_code == 1 and f"the checks of the workbook: {FAILS}" in result.stderr


def test_warnings_alone_end_with_0(run, monkeypatch):
    """A warning is shown with its pounds and who must act, and stops nothing."""
    monkeypatch.setattr("casebuilder.case.load_case", lambda *_: status_case(debt=50.0))
    result = run("summary", "mini")
    assert result.exit_code == 0
    assert "£100 No debt, twice over · Each host's director of finance" in " ".join(result.stdout.split())
