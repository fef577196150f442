"""The flags of `new`: what is typed twice or is no yes or no is refused, so that nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from casebuilder.cli.making.new import _site

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
