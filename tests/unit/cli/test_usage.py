"""Wrong usage and wrong cases: what was given, and what to give instead."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebuilder.case import find_case
from casebuilder.cli.errors import tell_faults
from casebuilder.errors import CaseError, Fault, InputError

GOOD = Path(__file__).parents[2] / "cases" / "broken" / "good" / "case"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("compare", "a", "b"), ["compare takes CASE", "casebuilder compare a", "options of one case"]),
        (("check", "a", "b"), ["check takes CASE", "once for each case"]),
        (("build", "a", "out.xlsx"), ["-o FILE.xlsx"]),
        (("export", "a", "out.csv"), ["-o FILE.csv"]),
        (("explain", "a", "npsv", "2025/26"), ["explain takes CASE and KEY", "--period"]),
        (("summary", "a", "--set", "x.y", "=", "5"), ["KEY=VALUE without blanks"]),
        (("summary", "a", "--set", "x.y=5", "x.z=6"), ["--set x.z=6"]),
        (("summary", "a", "--optoin", "b"), ["did you mean --option?"]),
        (("summary", "a", "-set", "x.y=5"), ["did you mean --set?"]),
        (("check", "a", "--draws", "5"), ["check has --json, --set"]),
        (("build", "a", "--scenario", "b"), ["a workbook holds the scenarios", "cell Scenario on"]),
        (("check", "a", "--scenario", "b"), ["simulate and challenge take it", "values with --set"]),
        (("sumary", "a"), ["summary"]),
        (("frobnicate",), ["The commands are new, add, check, summary"]),
    ],
)
def test_wrong_usage_says_what_to_type(run, words, says):
    """Exit code 2, and a message that cures."""
    result = run(*words)
    assert result.exit_code == 2
    assert all(word in result.stderr for word in says), result.stderr


def test_a_case_may_be_given_by_its_file(tmp_path: Path):
    """The path of case.yaml stands for its folder."""
    assert find_case(str(GOOD / "case.yaml")) == GOOD


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("bid.xlsx", "a workbook is no case: give the folder it was built from"),
        ("bid.zip", "unpack it"),
        ("case/demand.yaml", "give its folder"),
        ("case/data", "give the folder above it"),
        ("", "the folder holds a case: give"),
        ("cases", "did you mean 'case'?"),
        ("notes.txt", "a case is a folder with a case.yaml"),
        ("txt", "rename it case.yaml"),
    ],
)
def test_what_is_no_case_says_what_to_give(tmp_path: Path, name: str, says: str):
    """A workbook, a packed file, a file or a folder of a case, the folder above it, a slip of the name."""
    shutil.copytree(GOOD, tmp_path / "case")
    (tmp_path / "txt").mkdir()
    (tmp_path / "txt" / "case.yaml.txt").write_text("title: T\n", encoding="utf-8")
    for file in ("bid.xlsx", "bid.zip", "notes.txt"):
        (tmp_path / file).write_bytes(b"PK")
    with pytest.raises(InputError) as caught:
        find_case(str(tmp_path / name))
    (fault,) = caught.value.faults
    assert says in fault.message


def test_warnings_follow_the_faults_in_a_pipe(capsys: pytest.CaptureFixture[str]):
    """Each is one line with its place, and says that it is a warning."""
    warning = Fault("estate.yml", 1, 1, "estate.yml is not read:\nrename it")
    tell_faults(CaseError([Fault("a.yaml", 1, 2, "wrong")], [warning]))
    assert capsys.readouterr().err == (
        "a.yaml:1:2: wrong\nestate.yml:1:1: warning: estate.yml is not read:; rename it\n"
    )
