"""The commands: what they print, where, and the exit code they end with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from casebuilder.cli.output import only_ours
from casebuilder.evaluate.headlines import HEADLINES
from casebuilder.workbook.proof.verify import Verification


def test_help_lists_every_command(run):
    """`--help` names each command and ends with 0."""
    result = run("--help")
    assert result.exit_code == 0
    for command in ("check", "build", "summary", "compare", "explain", "prioritise", "export", "verify"):
        assert f"\n  {command} " in result.stdout


def test_version_is_shown(run):
    """`--version` prints name and version and ends with 0."""
    result = run("--version")
    assert (result.exit_code, result.stdout.split()[0]) == (0, "casebuilder")


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("summary",),
        ("summary", "mini", "--nonsense"),
        ("export", "mini", "-o", "x.txt"),
        ("build", "mini", "-o", "x.csv"),
        ("build", "mini", "--draws", "1"),
        ("verify", "x.xlsx", "--engine", "excel"),
        ("explain", "mini", "npsv", "--depth", "0"),
    ],
)
def test_wrong_usage_ends_with_2(run, mini, words):
    """Wrong usage ends with exit code 2 and a message, before any work is done."""
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr and not Path("x.txt").exists()


def test_summary_json_has_the_contract_keys(run, mini):
    """`summary --json` holds every key of the contract; headlines without a line are null."""
    data = json.loads(run("summary", "mini", "--json").stdout)
    assert list(data) == [
        "case",
        "version",
        "inputs_sha256",
        "base_year",
        "baseline",
        "options",
        "checks",
        "definitions",
        "further",
        "decision",
        "values",
    ]
    assert list(data["options"]) == ["bau", "preferred"]
    preferred = data["options"]["preferred"]
    assert list(preferred) == ["label", "steady_state", "rank", "headlines"]
    assert (preferred["steady_state"], preferred["rank"]) == ("2022/23", 2)
    assert list(preferred["headlines"]) == list(HEADLINES)
    assert preferred["headlines"]["tests_steady_state"] == pytest.approx(35 * 3.2)
    assert data["options"]["bau"]["headlines"]["bcr"] is None
    assert preferred["headlines"]["capital_outturn"] is None
    checks = data["checks"]
    assert {name: checks[name] for name in ("passed", "failed", "warnings", "cannot", "inputs_outside")} == {
        "passed": 4,
        "failed": [],
        "warnings": ["checks.list_is_short"],
        "cannot": [],
        "inputs_outside": [],
    }
    assert (checks["status"], checks["colour"]) == ("1 warning", "amber")


def test_json_has_no_negative_zero(run, mini):
    """A value of minus nothing is written as nothing."""
    assert "-0.0" not in run("summary", "mini", "--json").stdout


def test_option_limits_the_summary_to_one(run, mini):
    """`--option` leaves one option, with its rank among all."""
    data = json.loads(run("summary", "mini", "--option", "preferred", "--json").stdout)
    assert list(data["options"]) == ["preferred"] and data["options"]["preferred"]["rank"] == 2


def test_unknown_option_is_told(run, mini):
    """An option there is not ends with 1, the nearest name and the options there are."""
    result = run("summary", "mini", "--option", "prefered")
    assert result.exit_code == 1
    assert "did you mean 'preferred'?" in result.stderr and "bau, preferred" in result.stderr


@pytest.mark.parametrize("command", ["summary", "compare"])
def test_failed_check_still_shows_the_result(run, mini, command):
    """With a failed check the JSON is whole, the check stands on stderr and the exit code is 1."""
    result = run(command, "failing", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["checks"]["failed"] == ["checks.list_is_not_negative"]
    assert "check failed: checks.list_is_not_negative" in result.stderr


def test_compare_gives_differences_from_the_baseline(run, mini):
    """`compare --json` adds each headline's difference; null where one side has none."""
    options = json.loads(run("compare", "mini", "--json").stdout)["options"]
    assert options["preferred"]["difference"]["tests_steady_state"] == pytest.approx(112)
    assert options["preferred"]["difference"]["bcr"] is None
    assert options["bau"]["difference"]["npsv"] == 0


def test_build_writes_a_workbook_and_shows_the_summary(run, mini, tmp_path):
    """`build -o` writes the file named, and prints the summary and where it wrote."""
    path = tmp_path / "deep" / "mini.xlsx"
    result = run("build", "mini", "-o", str(path))
    assert result.exit_code == 0, result.stderr
    assert path.read_bytes()[:2] == b"PK"
    assert "A mini bid" in result.stdout and str(path) in result.stdout.replace("\n", "")


def test_build_says_how_many_draws_its_ranges_are_of(run, mini, tmp_path):
    """A number asked for is what is run; with none the workbook is without ranges, and that is said."""
    for draws, said in (("16", "ranges of 16 draws"), ("0", "without ranges")):
        result = run("build", "mini", "-o", str(tmp_path / "mini.xlsx"), "--draws", draws)
        assert result.exit_code == 0 and said in result.stdout.replace("\n", " "), result.stdout[-300:]


def test_built_workbook_verifies(run, mini, tmp_path):
    """`verify --json` on a built workbook compares every formula cell and finds no mismatch."""
    path = tmp_path / "mini.xlsx"
    run("build", "mini", "-o", str(path))
    result = run("verify", str(path), "--json")
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert list(data) == [
        "formula_cells",
        "compared",
        "mismatches",
        "cannot",
        "inputs_outside",
        "changed_formulas",
        "max_relative_error",
        "engine",
        "seal",
        "checks",
        "faults",
    ]
    assert data["compared"] == data["formula_cells"] > 0 and data["mismatches"] == []
    assert data["faults"] == [] and len(data["seal"]) == 32 and data["checks"]["failed"] == 0


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_mismatch_ends_with_1(run, monkeypatch, tmp_path, form):
    """A cell that differs is shown with sheet and cell, no infinity is written, and the exit code is 1."""
    path = tmp_path / "mini.xlsx"
    path.write_bytes(b"PK")
    wrong = {"sheet": "Years bau", "cell": "H12", "stored": 1.0, "recalculated": float("inf")}
    found = Verification("ironcalc", 3, 3, float("inf"), [wrong], 1)
    monkeypatch.setattr("casebuilder.workbook.proof.verify.verify", lambda *_: found)
    result = run("verify", str(path), *form)
    assert result.exit_code == 1 and "that differ from the value stored in them: 1" in result.stderr
    assert "Years bau" in result.stdout and "H12" in result.stdout
    if form:
        assert json.loads(result.stdout)["max_relative_error"] is None


def test_missing_workbook_is_told(run, tmp_path):
    """A workbook that is not there is named, and the exit code is 1."""
    result = run("verify", str(tmp_path / "none.xlsx"))
    assert result.exit_code == 1 and "none.xlsx" in result.stderr


def test_explain_json_nests(run, mini):
    """`explain --json` gives the figure, its formula and what it is made of, down to an input."""
    data = json.loads(run("explain", "mini", "npsv", "--json").stdout)
    assert (data["key"], data["option"], data["kind"]) == ("headlines.npsv", "preferred", "line")
    assert data["formula"] and [child["option"] for child in data["children"]] == ["bau", "preferred"]
    assert '"state": "unverified"' in json.dumps(data)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("headlines.npvs",), "did you mean 'headlines.npsv'?"),
        (("headlines.capital_outturn",), "this version has no headlines.capital_outturn"),
        (("capacity.slots",), "site is one of paddington, southport"),
        (("capacity.slots[paddington,ct]",), "month is 2022-02 to 2022-05"),
        (("capacity.slots[liverpool,ct]", "--period", "2022-03"), "'liverpool' does not fit capacity.slots"),
        (("capacity.slots[southport,mri]", "--period", "2022-03"), "no such combination"),
        (("npsv", "--period", "2022-03"), "leave out --period"),
    ],
)
def test_explain_says_what_is_possible(run, mini, words, said):
    """A key, member or period that is wrong or missing ends with 1 and says what is possible."""
    result = run("explain", "mini", *words)
    assert result.exit_code == 1 and said in result.stderr
    assert result.stderr.count("\n") == 1


def test_explain_shows_square_brackets_as_they_are(run, mini):
    """Text in square brackets, of keys or sources, is never taken for a style."""
    shown = run("explain", "mini", "capacity.slots[paddington,mri]", "--period", "2022-03").stdout
    assert "capacity.slots[paddington,mri,2022-03]" in shown.replace("\n", "").replace("│   ", "")
    assert "A register [of slots]" in shown


def test_interrupt_ends_with_130(run, mini, monkeypatch):
    """Control-C ends with 130 and a word, not a traceback."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("casebuilder.case.load_case", stop)
    result = run("summary", "mini")
    assert result.exit_code == 130 and "Traceback" not in result.stderr


def test_bug_is_told_without_traceback(run, monkeypatch):
    """A fault of the program ends with 1 and says how to report it."""
    monkeypatch.delenv("CASEBUILDER_DEBUG", raising=False)
    monkeypatch.setattr("casebuilder.case.load_case", lambda *_: {}["nothing"])
    result = run("check", "mini")
    assert result.exit_code == 1
    assert "KeyError" in result.stderr and "report" in result.stderr and "Traceback" not in result.stderr


def test_bug_is_raised_when_debugging(run, monkeypatch):
    """With CASEBUILDER_DEBUG=1 a fault of the program shows where it happened."""
    monkeypatch.setenv("CASEBUILDER_DEBUG", "1")
    monkeypatch.setattr("casebuilder.case.load_case", lambda *_: {}["nothing"])
    assert isinstance(run("check", "mini").exception, KeyError)


def test_file_that_cannot_be_read_is_named(run, monkeypatch):
    """An error of the system is one line with the file's name, and exit code 1."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "cases/mini/case.yaml")

    monkeypatch.setattr("casebuilder.case.load_case", refuse)
    result = run("check", "mini")
    assert result.exit_code == 1
    assert result.stderr == "casebuilder: cases/mini/case.yaml: Permission denied\n"


def casebuilder(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "casebuilder", *words], capture_output=True, text=True, encoding="utf-8"
    )


def test_faults_in_a_pipe_are_lines_of_their_own(tmp_path):
    """In a pipe each fault is one line `path:line:column: message` on stderr, and the code is 1."""
    (tmp_path / "case.yaml").write_text("title: A case\nbase_year: 2021/23\nnonsense: 1\n")
    result = casebuilder("check", str(tmp_path))
    assert result.returncode == 1 and result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) > 1
    for line in lines:
        rest = line.removeprefix(f"{tmp_path}/case.yaml:")
        assert rest != line and rest.split(":")[0].isdigit() and rest.split(":")[1].isdigit()


def test_unknown_case_is_told():
    """A case that is not there ends with 1 and one line."""
    result = casebuilder("summary", "nowhere")
    assert result.returncode == 1 and result.stderr.startswith("nowhere:1:1: no case 'nowhere'")
    assert result.stderr.count("\n") == 1


def test_a_folder_that_is_no_case_is_told(tmp_path):
    """What is missing is the case.yaml in it."""
    result = casebuilder("summary", str(tmp_path))
    assert result.returncode == 1 and result.stderr.startswith(f"{tmp_path}/case.yaml:1:1: no such file")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that takes no files")
@pytest.mark.parametrize(
    ("command", "name"), [("build", "x.xlsx"), ("export", "x.csv"), ("export", "x.parquet")]
)
def test_a_place_that_takes_no_file_is_told(run, mini, tmp_path, command, name):
    """A file, or a folder that refuses files, in the way of the output is no fault of ours."""
    (tmp_path / "file").write_text("in the way")
    for folder in ("/proc", tmp_path / "file"):
        result = run(command, "mini", "-o", f"{folder}/{name}")
        assert result.exit_code == 1 and result.stderr.startswith(
            f"casebuilder: cannot write {folder}/{name}: "
        )
        assert "fault of casebuilder" not in result.stderr and ".part" not in result.stderr


def test_a_library_cannot_print_between_the_results(capfd):
    """What is printed at the level of the system goes to stderr while an engine works."""
    with only_ours():
        os.write(1, b"noise")
    print("result")
    out, err = capfd.readouterr()
    assert (out, err) == ("result\n", "noise")


def test_a_damaged_workbook_is_told(run, tmp_path):
    """A workbook whose sheet breaks off ends with 1 and a message."""
    path = tmp_path / "torn.xlsx"
    book = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", book[:-20])
        archive.writestr("xl/_rels/workbook.xml.rels", "<Relationships/>")
    result = run("verify", str(path))
    assert result.exit_code == 1 and "is damaged" in result.stderr
