"""Each shipped case gives the published figures that its expected.yaml holds it to."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebuilder.case import Case, load_case
from casebuilder.cli.app import app
from casebuilder.cli.errors import AT_FAULT
from casebuilder.evaluate.headlines import HEADLINES
from casebuilder.inputs.shape.expected import Expected, read_expected
from casebuilder.resources import resource

CASES = sorted(path.parent for path in resource("assumptions/cases").glob("*/case.yaml"))
HELD = [folder for folder in CASES if (folder / "expected.yaml").is_file()]


@pytest.fixture(scope="module", params=HELD, ids=lambda folder: folder.name)
def held(request: pytest.FixtureRequest) -> tuple[Case, Expected]:
    """A case with the figures it is held to."""
    folder: Path = request.param
    return load_case(str(folder)), read_expected(folder)


def test_every_case_says_what_it_is_held_to() -> None:
    """No shipped case goes without published figures."""
    assert CASES
    assert HELD == CASES


def test_figures_are_met(held: tuple[Case, Expected]) -> None:
    """Each figure is a headline within its tolerance, which is five per cent at most."""
    case, expected = held
    assert expected.figures
    for figure in (*expected.figures, *expected.calibrated):
        assert figure.headline in HEADLINES
        assert figure.tolerance <= 0.05
        value = case.headlines[figure.option].headlines[figure.headline]
        assert value == pytest.approx(figure.value, rel=figure.tolerance), figure.headline


def test_figures_calibrated_to_are_apart(held: tuple[Case, Expected]) -> None:
    """A figure that was used to set an input is no evidence for the model."""
    _, expected = held
    evidence = {(figure.headline, figure.option) for figure in expected.figures}
    assert not evidence & {(figure.headline, figure.option) for figure in expected.calibrated}


def test_figures_not_given_are_said(held: tuple[Case, Expected]) -> None:
    """What the model does not reproduce has a source and a reason."""
    _, expected = held
    for figure in expected.not_reproduced:
        assert figure.figure and figure.why and figure.source and figure.value is not None


def test_a_figure_that_is_not_met_stops_the_check(tmp_path: Path) -> None:
    """It is told where it stands; with values set on the command line no published figure is asked for."""
    folder = tmp_path / "digital"
    shutil.copytree(resource("assumptions/cases/digital_diagnostics"), folder)
    path = folder / "expected.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"value: 248_000_000", "value: 100_000_000", text, count=1), encoding="utf-8")
    line = next(n for n, row in enumerate(path.read_text("utf-8").splitlines(), 1) if "100_000_000" in row)
    result = CliRunner().invoke(app, ["check", str(folder)])
    assert result.exit_code == AT_FAULT
    assert "and not 100,000,000 within" in result.stderr and f"expected.yaml:{line - 2}:" in result.stderr, (
        result.stderr
    )
    key = "throughput.uptime[mri]=0.97"
    assert "expected.yaml" not in CliRunner().invoke(app, ["check", str(folder), "--set", key]).stderr
