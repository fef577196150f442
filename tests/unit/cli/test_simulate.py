"""`simulate` on the command line: what a reader sees at two widths, JSON, the file, no ranges."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from casebuilder.analysis.uncertainty.chance.told import tell_of
from casebuilder.case import Case, load_case
from casebuilder.cli.app import app
from casebuilder.evaluate.headlines import HEADLINES
from casebuilder.inputs.values import Members, Value
from tests.short import short_case

CASE = str(short_case())
DRAWS = 104


@pytest.mark.parametrize("width", [80, 140])
def test_every_headline_has_its_range_and_no_figure_is_cut(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """Mean, percentiles, error and how often it is lower stand at either width, in blocks if need be."""
    monkeypatch.setenv("COLUMNS", str(width))
    result = CliRunner().invoke(app, ["simulate", CASE, "--draws", str(DRAWS)])
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert all(len(line.rstrip()) <= width for line in lines) and "…" not in result.stdout
    for head in ("Case", "Mean", "P5", "P10", "P50", "P80", "P90", "P95"):
        assert sum(head in line.split() for line in lines) >= 2, head
    assert any("±" in line.split() for line in lines) and any("Best" in line.split() for line in lines)
    said = " ".join(result.stdout.split())
    assert "Lower than case: the share of draws in which the figure is lower than in the case" in said
    assert f"{DRAWS} draws of" in said and "Chance that programme can be afforded" in said
    assert "Capital: P50 £" in said and "P80 £" in said and "Whether there are draws enough" in said


def test_two_draws_bear_no_chance() -> None:
    """Of two draws no chance and no share of a variance is told; a number of draws that helps is."""
    result = CliRunner().invoke(app, ["simulate", CASE, "--draws", "2"])
    assert result.exit_code == 0, result.stderr
    said = " ".join(result.stdout.split())
    assert "How often each is best is not told of fewer than 100 draws" in said
    assert "2 are too few to tell: --draws 1024." in said and "above the case's" not in said
    assert "Not told: a chance takes at least 100 draws" in said and "Lower than case" not in said
    assert "What makes the variance of" not in said
    data = json.loads(CliRunner().invoke(app, ["simulate", CASE, "--draws", "2", "--json"]).stdout)
    assert not data["bears_shares"]


def test_how_often_a_figure_is_lower_than_in_the_case() -> None:
    """The share is counted anew from the draws with a value."""
    case = load_case(CASE)
    simulation = case.findings.simulation(DRAWS)
    assert simulation is not None
    told = tell_of(simulation)
    option = case.problem.frame.option_ids[-1]
    for name in ("npsv", "capital_outturn", "surplus_worst_year"):
        stated = case.headlines[option].value(name)
        drawn = [value for value in simulation.column(option, name) if value == value]
        assert stated is not None
        lower = sum(value < stated - 1e-6 for value in drawn) / len(drawn)
        assert told.below_case(option, name) == pytest.approx(lower)


def test_json_has_every_headline_of_every_option() -> None:
    """The contract: draws, seed, seconds, and mean, percentiles and error by option and headline."""
    result = CliRunner().invoke(app, ["simulate", CASE, "--draws", str(DRAWS), "--seed", "7", "--json"])
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert (data["draws"], data["seed"]) == (DRAWS, 7) and data["seconds"] > 0
    case = load_case(CASE)
    assert list(data["options"]) == list(case.problem.frame.option_ids)
    for option, found in data["options"].items():
        assert list(found) == list(HEADLINES)
        for name, one in found.items():
            if one is None:
                continue
            assert {"mean", "p5", "p10", "p50", "p80", "p90", "p95", "error"} <= set(one)
            central = case.headlines[option].headlines[name]
            assert one["case"] == (None if central is None else pytest.approx(central, rel=1e-12))
    put_forward = case.problem.frame.option_ids[-1]
    bars = [bar for bar in data["tornado"] if bar["headline"] == "npsv"]
    assert {bar["option"] for bar in bars} == {put_forward} and bars[0]["base"] == pytest.approx(
        case.headlines[put_forward].headlines["npsv"]
    )
    assert {each["headline"] for each in data["switching"]} >= {"ranking", "surplus_worst_year"}
    assert [each["headline"] for each in data["variance"]] == ["npsv", "system_revenue_ask_steady_state"]
    assert sum(data["best"]["shares"].values()) == pytest.approx(1)


def test_the_file_holds_what_the_statistics_are_of(tmp_path: Path) -> None:
    """A row for each draw, option and figure, from which the median can be taken again."""
    path = tmp_path / "draws.parquet"
    words = [
        "simulate",
        CASE,
        "--draws",
        "15",
        "--option",
        "programme",
        "-o",
        str(path),
        "--no-why",
        "--json",
    ]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert list(data["options"]) == ["programme"]
    table = pq.read_table(path).to_pandas()
    assert list(table.columns) == ["draw", "option", "figure", "value"]
    values = sorted(table[table.figure == "npsv"].value)
    assert len(values) == 15 and values[7] == data["options"]["programme"]["npsv"]["p50"]


def without_ranges(case: Case) -> Case:
    """The same case with every value certain."""

    def bare(values: Mapping[Members, Value]) -> dict[Members, Value]:
        return {members: replace(value, low=None, high=None) for members, value in values.items()}

    values = {
        key: replace(
            given, base=bare(given.base), options={option: bare(own) for option, own in given.options.items()}
        )
        for key, given in case.inputs.values.items()
    }
    return replace(case, inputs=replace(case.inputs, values=values))


def test_a_case_without_ranges_is_told_how_to_add_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is drawn and no range made up: exit 1, with what to write; `build` and others go on without."""
    bare = without_ranges(load_case(CASE))
    assert bare.findings.simulation(8) is None
    monkeypatch.setattr("casebuilder.case.load_case", lambda *_: bare)
    result = CliRunner().invoke(app, ["simulate", CASE, "--draws", "8"])
    assert result.exit_code == 1 and not result.stdout
    assert "no input has a range" in result.stderr and "write range: [LOW, HIGH]" in result.stderr
