"""The flags of `new`: what is typed twice or is no yes or no is refused, so that nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from casebuilder.cli.making.new import _site
from casebuilder.errors import CaseError, Fault, InputError
from casebuilder.tasks.new.make import placed

GIVEN = ("--title", "T", "--trust", "RCX", "--site")


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (("A; place=Leeds; rooms=mri:1,mri:2",), "'mri' of the rooms of the site A is given twice"),
        (("A; place=Leeds; place=York",), "'place' of the site A is given twice"),
        (("A; place=Leeds; hours=8; hours=9",), "'hours' of the site A is given twice"),
        (("A; place=Leeds; beside_hospital=perhaps",), "'perhaps' of the site A: beside_hospital is yes"),
        (
            ("A; place=Leeds", "--capital", "national_pdc=5m", "--capital", "national_pdc=9m"),
            "'national_pdc' of --capital is given twice",
        ),
    ],
)
def test_what_is_typed_twice_is_refused(run, tmp_path: Path, flags, says):
    result = run("new", str(tmp_path / "bid"), *GIVEN, *flags)
    assert result.exit_code == 2, result.output
    assert says in " ".join(result.stderr.split())
    assert not (tmp_path / "bid").exists()


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        *(("y", True), ("Yes", True), ("1", True), ("true", True)),
        *(("n", False), ("NO", False), ("0", False), ("false", False)),
    ],
)
def test_a_yes_or_no_is_read(typed, means):
    assert _site(f"A; place=Leeds; beside_hospital={typed}")["beside_hospital"] is means


def test_a_doubtful_yes_or_no_is_refused():
    with pytest.raises(typer.BadParameter):
        _site("A; place=Leeds; beside_hospital=maybe")


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (("A; place=Leeds; rooms=mri:500",), "--site A:1:1: 500 rooms of mri are more than the 40"),
        (("A; place=Leeds; gross_area=90000",), "--site A:1:1: a gross area of 90,000 m²"),
        (("A; place=Leeds; hours=1; planned_tests=2000000",), "rooms of mri, and a site has 40 at most"),
        (("A; place=Leeds; opens=2099-01",), "--site A:1:1: an opening in 2099-01 is too late"),
        (
            ("B; place=Leeds", "--site", "A; place=Leeds; opens=2034-05"),
            "--site A:2:1: an opening in 2034-05",
        ),
        (("A; place=Leeds", "--base-year", "2031/32"), "--base-year:1:1: a base year of 2031/32 is too late"),
        (("A; place=Leeds", "--capital", "fond=5m"), "--capital fond:1:1: 'fond' is no fund"),
        (("A; place=Leeds; hours=25",), "--site A:1:1: 'hours' must be 24 at most"),
    ],
)
def test_what_no_case_can_hold_is_told_by_its_flag(run, tmp_path: Path, flags, says):
    """The flag, the value and what would be right; no file that nobody can open, and nothing is left."""
    result = run("new", str(tmp_path / "bid"), *GIVEN, *flags)
    assert result.exit_code == 1, result.output
    assert says in result.stderr
    assert str(tmp_path) not in result.stderr and "does nothing" not in result.stderr
    assert not list(tmp_path.iterdir())


def test_no_path_of_a_draft_is_told(tmp_path: Path):
    """Whatever is wrong with a draft is told by the name of its file in the case, in messages as well."""
    with pytest.raises(InputError) as found, placed(tmp_path / "bid") as draft:
        file = draft / "estate.yaml"
        raise InputError([Fault(str(file), 8, 2, f"see {file}"), Fault("(default)", 1, 1, "nothing")])
    assert [str(fault) for fault in found.value.faults] == [
        "estate.yaml of the case:8:2: see estate.yaml",
        "the case:1:1: nothing",
    ]
    with pytest.raises(CaseError) as told, placed(tmp_path / "bid") as draft:
        raise CaseError(f"{draft} cannot be read")
    assert str(told.value) == "the case cannot be read"
    with pytest.raises(CaseError, match="bid cannot be written: No space left"), placed(tmp_path / "bid"):
        raise OSError(28, "No space left", str(tmp_path / ".bid-1" / "bid"))
