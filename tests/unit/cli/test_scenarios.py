"""Scenarios on the command line: the same as their `--set`s, side by side, and tables of two ways."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from casebuilder.cli.app import app
from tests.starter import starter_case, starter_copy

TEXT = """\
label: The board's cautious case
note: As minuted in May.
inputs:
  demand.local_growth: {value: 0.01, source: S49, state: chosen}
options:
  preferred:
    programme.slip_months: {value: 9, source: S49, state: chosen}
"""
SETS = ("--set", "demand.local_growth=0.01", "--set", "preferred:programme.slip_months=9")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small case with a scenario of its own."""
    folder = starter_copy(tmp_path_factory.mktemp("scenarios") / "case")
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "cautious.yaml").write_text(TEXT, encoding="utf-8")
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@cache
def told(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_scenario_is_its_sets(case: Path) -> None:
    """`summary --scenario` gives every headline of every option as the same values under `--set` do."""
    named, typed = told("summary", str(case), "--scenario", "cautious"), told("summary", str(case), *SETS)
    assert named["options"] == typed["options"]
    assert named["inputs_sha256"] == typed["inputs_sha256"] != told("summary", str(case))["inputs_sha256"]


def test_side_by_side(case: Path) -> None:
    """`compare --scenarios` gives each headline in the case as it is and in the scenario."""
    data = told("compare", str(case), "--scenarios")
    as_is, named = told("summary", str(case)), told("summary", str(case), "--scenario", "cautious")
    assert [each["name"] for each in data["scenarios"]] == ["cautious"]
    for headline, values in data["headlines"].items():
        if headline not in as_is["options"]["preferred"]["headlines"]:
            continue
        for where, of in (("case", as_is), ("cautious", named)):
            value = of["options"]["preferred"]["headlines"][headline]
            assert values[where] == (None if value is None else pytest.approx(value, rel=1e-12)), headline
    page = run("compare", str(case), "--scenarios").stdout
    assert "The board's cautious case" in page and "cautious" in page


def test_two_ways(case: Path) -> None:
    """Each cell of a table of two ways is the headline with both values under `--set`."""
    words = ["--two-way", "preferred:programme.slip_months=0,9", "--two-way", "demand.local_growth=0.01,0.03"]
    data = told("compare", str(case), *words, "--headline", "list_end")
    assert (len(data["values"]), len(data["values"][0])) == (2, 2)
    corner = told("summary", str(case), *SETS)["options"]["preferred"]["headlines"]["list_end"]
    assert data["values"][1][0] == pytest.approx(corner, rel=1e-12)
    page = run("compare", str(case), *words, "--headline", "list_end").stdout
    assert "Down: preferred:programme.slip_months. Across: demand.local_growth." in page


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["summary", "--scenario", "cautios"], "'cautios' is no scenario; did you mean 'cautious'?", 1),
        (["compare", "--two-way", "demand.local_growth=1"], "--two-way is given twice", 2),
        (["compare", "--two-way", "a.b", "--two-way", "c.d"], "is not KEY=VALUE,VALUE,VALUE", 2),
        (["compare", "--two-way", "a.b=1", "--two-way", "demand.local_growth=1"], "'a.b' is no input", 1),
        (["compare", "--two-way", "demand.local_growth=9", "--two-way", "capital.hub=0"], "9", 1),
        (["compare", "--scenarios", "--rooms"], "give one of", 2),
    ],
)
def test_wrong_usage(case: Path, words: list[str], said: str, code: int) -> None:
    """What is wrong is said in one line, with what would be right, and never as a traceback."""
    result = run(words[0], str(case), *words[1:])
    assert result.exit_code == code and said in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_a_case_without_scenarios_says_how_to_write_one() -> None:
    """`compare --scenarios` of a case that names none says where one stands and what it holds."""
    result = run("compare", str(starter_case().folder), "--scenarios")
    assert result.exit_code == 1 and "scenarios/NAME.yaml" in result.stderr


def test_challenge_on_the_command_line() -> None:
    """The JSON of `challenge` has the questions in order; a limit that is none is wrong usage."""
    folder = str(starter_case().folder)
    data = told("challenge", folder, "--option", "do_minimum")
    assert data["option"] == "do_minimum"
    assert [each["name"] for each in data["questions"]] == ["ranking", "affordability", "standard", "ratio"]
    assert {each["name"] for each in data["stresses"]} >= {"opening_slip", "scanner_down", "demand_up"}
    result = run("challenge", folder, "--limit", "surplus_worst_year")
    assert result.exit_code == 2 and "is not HEADLINE=VALUE" in " ".join(result.stderr.split())


def test_an_input_that_moves_nothing_is_named(case: Path) -> None:
    """Local growth moves nothing where national growth is taken: its columns are alike, and it is said.

    National growth moves value by less than the table shows, which is said in other words.
    """
    ways = ("--two-way", "demand.national_growth=0,0.01", "--two-way", "demand.local_growth=0,0.02")
    assert told("compare", str(case), *ways)["moves_nothing"] == ["demand.local_growth"]
    shown = " ".join(run("compare", str(case), *ways).stdout.split())
    assert "demand.local_growth moves nothing here" in shown
    assert "demand.national_growth moves the figure by less than its last digit" in shown


@pytest.mark.parametrize(
    "words", [("--capital", "10m"), ("--capital", "10m", "--scenarios"), ("--option", "preferred")]
)
def test_what_goes_with_what_is_told_as_it_is(case: Path, words: tuple[str, ...]) -> None:
    result = run("compare", str(case), *words)
    assert result.exit_code == 2
    assert "--rooms, --scenarios or --two-way" in " ".join(result.stderr.split())


@pytest.mark.parametrize("command", ["summary", "compare", "check"])
def test_a_set_beyond_the_range_stated_is_warned_of(case: Path, command: str) -> None:
    """It is taken, and its range is told; one within says nothing."""
    said = run(command, str(case), "--set", "demand.removal_rate=0.9").stderr
    assert "warning: demand.removal_rate=0.9 lies beyond what is stated: the range stated is" in said
    assert "lies beyond" not in run(command, str(case), "--set", "demand.removal_rate=0.05").stderr
