"""`add`, `diff` and `merge` of a bid with named scenarios: they are part of the bid like any other file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from casebuilder.case import Case, load_case
from casebuilder.cli.app import app
from casebuilder.inputs.edits import Scenario
from casebuilder.tasks.add.run import KINDS, add
from tests.edited import replace_once
from tests.short import with_options
from tests.starter import starter_copy

BUSY = """\
# What the board asked for.
label: Busier, and two scanners
inputs:
  estate.rooms: {values: {seacroft: {mri: 2}}, source: L1, state: chosen}
  demand.accepts: {values: {mri: 0.7, ct: 0.75}, source: L1, state: chosen}
options:
  buy_tests:
    capacity.bought_tests: {values: {mri: 600}, source: L1, state: chosen}
"""
QUIET = "label: Quiet\ninputs:\n  demand.accepts: {values: {mri: 0.5}, source: L90, state: local}\n"


def bid(folder: Path) -> Path:
    """The starter with one scenario."""
    starter_copy(folder)
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "busy.yaml").write_text(BUSY, encoding="utf-8")
    return folder


def ran(*words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words)])


def values(case: Case) -> dict[str, dict[str, Any]]:
    """What each scenario puts where, as `--set` would name it."""
    return {each.name: _values(each) for each in case.inputs.scenarios}


def _values(scenario: Scenario) -> dict[str, Any]:
    return {edit.name: edit.new for edit in scenario.edits}


@pytest.mark.parametrize(
    ("kind", "name", "other", "new"),
    [
        ("site", "beckett", "seacroft", {"estate.rooms[beckett,mri]": 2}),
        ("test", "ultrasound", "ct", {"demand.accepts[ultrasound]": 0.75}),
        ("option", "more", "buy_tests", {"more:capacity.bought_tests[mri]": 600}),
    ],
)
def test_what_is_added_is_like_the_other_in_each_scenario_too(
    tmp_path: Path, kind: str, name: str, other: str, new: dict[str, float]
) -> None:
    """It has the other's values there, marked as copied; what others have stays as it was."""
    folder = bid(tmp_path / "bid")
    case = load_case(str(folder))
    assert kind in KINDS
    add(kind, name, other, case, faults_of=lambda *_: ())
    after = load_case(str(folder), scenario="busy")
    assert values(after)["busy"] == values(case)["busy"] | new
    text = (folder / "scenarios" / "busy.yaml").read_text(encoding="utf-8")
    assert text.count(f"copied from {other}") == 1 and "# What the board asked for." in text


def test_a_difference_of_scenarios_is_told_value_by_value(tmp_path: Path) -> None:
    """What one alone has, and of what both have each value with its source, however the files lie."""
    a, b = bid(tmp_path / "a"), bid(tmp_path / "b")
    replace_once(b / "scenarios/busy.yaml", "mri: 0.7,", "mri: 0.65,")
    replace_once(b / "scenarios/busy.yaml", "label: Busier", "label: Far busier")
    (b / "scenarios" / "quiet.yaml").write_text(QUIET.replace("L90", "L1"), encoding="utf-8")
    told = json.loads(ran("diff", a, b, "--json").stdout)
    found = [each for each in told["other"] if each["kind"] == "scenario"]
    assert [(each["what"], each["from"], each["to"]) for each in found] == [
        ("busy: label", "Busier, and two scanners", "Far busier, and two scanners"),
        ("busy: demand.accepts[mri]", *(f"{x} (range 0.6375 to 0.9775; L1 chosen)" for x in (0.7, 0.65))),
        ("quiet", "", "Quiet (1 value)"),
    ]


def test_scenarios_of_both_sides_stand_in_the_merge(tmp_path: Path) -> None:
    """A line of each, and a scenario that is new; an id that both gave to a source is given anew in it."""
    start, a, b = (bid(tmp_path / name) for name in ("start", "a", "b"))
    for folder, who in ((a, "Ann"), (b, "Bo")):
        with (folder / "sources.yaml").open("a", encoding="utf-8") as stream:
            stream.write(f"\nL90: {{title: Letter to {who}, date: 2026-04}}\n")
    replace_once(a / "scenarios/busy.yaml", "mri: 0.7,", "mri: 0.65,")
    replace_once(b / "scenarios/busy.yaml", "mri: 600}, source: L1", "mri: 650}, source: L90")
    (b / "scenarios" / "quiet.yaml").write_text(QUIET, encoding="utf-8")
    result = ran("merge", a, b, "--start", start)
    assert result.exit_code == 0, result.output
    case = load_case(str(a))
    before = values(load_case(str(start)))["busy"]
    assert values(case) == {
        "busy": before | {"demand.accepts[mri]": 0.65, "buy_tests:capacity.bought_tests[mri]": 650},
        "quiet": {"demand.accepts[mri]": 0.5},
    }
    cited = {edit.name: edit.source for each in case.inputs.scenarios for edit in each.edits}
    assert cited["buy_tests:capacity.bought_tests[mri]"] == cited["demand.accepts[mri]"] == "L91"
    assert [case.inputs.sources[id].title for id in ("L90", "L91")] == ["Letter to Ann", "Letter to Bo"]


def test_a_value_of_a_scenario_that_both_changed_is_a_clash(tmp_path: Path) -> None:
    """Nothing is written until somebody says whose side stands."""
    start, a, b = (bid(tmp_path / name) for name in ("start", "a", "b"))
    replace_once(a / "scenarios/busy.yaml", "mri: 600", "mri: 620")
    replace_once(b / "scenarios/busy.yaml", "mri: 600", "mri: 650")
    result = ran("merge", a, b, "--start", start)
    assert result.exit_code == 1 and "scenario: busy: buy_tests:capacity.bought_tests[mri]" in result.stdout
    assert "mri: 620" in (a / "scenarios/busy.yaml").read_text(encoding="utf-8")
    assert ran("merge", a, b, "--start", start, "--prefer", "b").exit_code == 0
    assert values(load_case(str(a)))["busy"]["buy_tests:capacity.bought_tests[mri]"] == 650


def test_a_scenario_named_like_a_stress_is_warned_of(tmp_path: Path) -> None:
    """The workbook offers it in the stress's place, which is said where it stands."""
    folder = with_options(tmp_path / "case", ("bau", "programme"))
    (folder / "scenarios").mkdir(exist_ok=True)
    block = "throughput.uptime: {values: {mri: 0.96}, source: L11, state: chosen, note: n}"
    for name in ("demand_up", "growth_up"):
        text = f"label: Growth by {name}\ninputs:\n  {block}\n"
        (folder / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")
    told = [each for each in load_case(str(folder)).inputs.warnings if "standard stress" in each.message]
    assert [Path(each.file).name for each in told] == ["demand_up.yaml"]
    assert "another name" in told[0].message
