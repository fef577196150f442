"""What readers could not tell apart: labels alike, the baseline put forward, scenarios of no change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.inputs.values import CaseInputs

Told = Callable[[], list[tuple[str, int, str]]]


@pytest.fixture
def told(folder: Path, read: Callable[..., CaseInputs]) -> Told:
    """The warnings of the good case: file, line and message, but for what its option says of its source."""
    path = folder / "options" / "preferred.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("note:", "source: L1, state: local, note:"), encoding="utf-8")
    return lambda: [
        (Path(each.file).relative_to(folder).as_posix(), each.line, each.message) for each in read().warnings
    ]


def scenario(folder: Path, name: str, text: str) -> None:
    (folder / "scenarios").mkdir(exist_ok=True)
    (folder / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")


ROOMS = "inputs:\n  demand.rooms: {value: 4, source: S1, state: chosen}\n"


def test_the_good_case_has_nothing_to_warn_of(told: Told, folder: Path):
    scenario(folder, "low", f"label: Low\n{ROOMS}")
    assert told() == []


@pytest.mark.parametrize("label", ["Business as usual", "business  as USUAL"])
def test_options_with_one_label(told: Told, folder: Path, label: str):
    path = folder / "options" / "preferred.yaml"
    text = path.read_text(encoding="utf-8").replace('"Preferred: both centres"', label)
    path.write_text(text, encoding="utf-8")
    what = f"'bau' and 'preferred' of options have one label, '{label}': readers cannot tell them apart"
    assert told() == [("options/preferred.yaml", 1, f"{what}; give one of them another")]


def test_scenarios_with_one_label(told: Told, folder: Path):
    scenario(folder, "a", f"label: More rooms\n{ROOMS}")
    scenario(folder, "b", f"note: Again.\nlabel: more Rooms\n{ROOMS}")
    ((file, line, message),) = told()
    assert (file, line) == ("scenarios/b.yaml", 2)
    assert message.startswith("'a' and 'b' of scenarios have one label, 'more Rooms'")


def test_a_scenario_called_as_the_case_without(told: Told, folder: Path):
    scenario(folder, "a", f"label: as  stated\n{ROOMS}")
    ((file, line, message),) = told()
    assert (file, line) == ("scenarios/a.yaml", 1)
    assert "what a workbook calls the case without any of its scenarios: give it another" in message


def put_baseline_forward(folder: Path) -> None:
    """Name the option put forward as the baseline."""
    path = folder / "case.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("baseline: bau", "baseline: preferred"), encoding="utf-8")


def test_a_baseline_that_is_put_forward_names_both_places(told: Told, folder: Path):
    put_baseline_forward(folder)
    ((file, line, message),) = told()
    assert (file, line) == ("case.yaml", 6)
    assert "'preferred' is the baseline and also the option put forward (case.yaml, line 18)" in message


def test_the_place_is_that_of_the_decision(told: Told, folder: Path):
    put_baseline_forward(folder)
    shown = "{name: Money, weight: 1, line: headlines.npsv, better: more}"
    decision = f"by: The board\nput_forward: preferred\nsource: L1\nstate: local\ncriteria: [{shown}]\n"
    (folder / "decision.yaml").write_text(decision, encoding="utf-8")
    assert ["(decision.yaml, line 2)" in message for _, _, message in told()] == [True]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("label: Low\n", "it gives no value"),
        ("label: Low\ninputs: {}\n", "it gives no value"),
        (
            "label: Low\ninputs:\n  demand.rooms: {values: {north: 2}, source: L1, state: local}\n"
            "options:\n  preferred:\n    demand.rooms: {values: {south: 2}, source: L1, state: local}\n",
            "all that it gives is so in the case",
        ),
    ],
)
def test_a_scenario_that_changes_nothing(told: Told, folder: Path, text: str, why: str):
    scenario(folder, "low", text)
    ((file, line, message),) = told()
    assert (file, line) == ("scenarios/low.yaml", 1)
    assert message.startswith(f"the scenario low changes nothing: {why}; write under inputs:")


def test_a_scenario_that_gives_an_option_back_the_value_of_base_changes_it(told: Told, folder: Path):
    own = "{values: {south: 1}, source: L1, state: local}"
    scenario(folder, "low", f"label: Low\noptions:\n  preferred:\n    demand.rooms: {own}\n")
    assert told() == []
