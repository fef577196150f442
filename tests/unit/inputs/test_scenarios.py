"""Named scenarios: each is the same as its settings, with the faults and precedence of an option."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.errors import InputError
from casebuilder.inputs.assumed.overlay import edited_inputs
from casebuilder.inputs.edits import sets_of
from casebuilder.inputs.read import read_case
from casebuilder.inputs.values import CaseInputs
from tests.declared import DIMENSIONS

Scenario = Callable[..., CaseInputs]
TEXT = """\
label: More rooms, and growth
note: Said by the board.
inputs:
  demand.rooms: {value: 4, source: S1, state: chosen}
  demand.growth: {value: 0.05, range: [0.01, 0.09], source: S1, state: unverified}
options:
  preferred:
    demand.rooms: {values: {south: 5}, source: S1, state: chosen}
"""


@pytest.fixture
def scenario(folder: Path, inputs: list[Input]) -> Scenario:
    """Reads the good case with the scenario `more` written beside it."""

    def read(text: str = TEXT, *sets: str, name: str = "more", chosen: str = "") -> CaseInputs:
        (folder / "scenarios").mkdir(exist_ok=True)
        (folder / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")
        reference = folder.parent / "reference"
        return read_case(folder, inputs, DIMENSIONS, sets=sets, reference=reference, scenario=chosen)

    return read


def amounts(case: CaseInputs) -> dict[str, dict[str, dict[tuple[str, ...], float | str]]]:
    """What holds in every option, by input and combination."""
    return {
        key: {o: {m: given.amount(o, m) for m in given.base} for o in case.frame.option_ids}
        for key, given in case.values.items()
    }


def test_a_scenario_is_its_sets(scenario: Scenario) -> None:
    """The case with `--scenario` and the case with the same values typed under `--set` are one case."""
    plain = scenario()
    (named,) = plain.scenarios
    assert (named.name, named.label, named.note) == ("more", "More rooms, and growth", "Said by the board.")
    chosen, typed = scenario(chosen="more"), scenario(TEXT, *sets_of(named.edits))
    assert amounts(chosen) == amounts(typed) != amounts(plain)
    assert chosen.sha256 == typed.sha256 != plain.sha256
    assert chosen.scenario == "more" and plain.scenario == ""
    laid = {**plain.values, **edited_inputs(plain, named.edits)}
    assert amounts(chosen) == {
        key: {o: {m: g.amount(o, m) for m in g.base} for o in plain.frame.option_ids}
        for key, g in laid.items()
    }


def test_a_scenario_that_is_not_asked_for_changes_nothing(scenario: Scenario, read: Scenario) -> None:
    """Its file lies beside the case and no value of the case, nor its hash, is another for it."""
    before = read()
    after = scenario()
    assert amounts(before) == amounts(after) and before.sha256 == after.sha256
    assert not [fault for fault in after.warnings if "scenarios" in str(fault)]


def test_precedence(scenario: Scenario) -> None:
    """A scenario lies over the case; a setting lies over it, and an option keeps a value of its own."""
    case = scenario(TEXT, "demand.rooms=6", chosen="more")
    rooms = case.values["demand.rooms"]
    assert rooms.amount("bau", ("south",)) == 6
    assert rooms.amount("preferred", ("south",)) == 5
    without = scenario(TEXT.partition("options:")[0], chosen="more")
    assert without.values["demand.rooms"].amount("preferred", ("south",)) == 2
    assert any(note.startswith("scenario more: preferred keeps its own") for note in without.notes)
    over = scenario(TEXT, "preferred:demand.rooms[south]=7", chosen="more")
    assert over.values["demand.rooms"].amount("preferred", ("south",)) == 7


def test_the_range_that_a_scenario_gives_is_drawn_from(scenario: Scenario) -> None:
    """A simulation of a scenario draws from the scenario's own range, not from the case's."""
    growth = scenario(chosen="more").values["demand.growth"]
    assert {(value.amount, value.low, value.high) for value in growth.base.values()} == {(0.05, 0.01, 0.09)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace("demand.growth", "demand.grwth"), "unknown input 'demand.grwth'; did you mean"),
        (TEXT.replace("preferred", "prefered"), "'prefered' is no option; did you mean 'preferred'?"),
        (TEXT.replace("south", "sooth"), "'sooth' is no"),
        (TEXT.replace("value: 4", "value: 4.5"), "demand.rooms"),
        (TEXT.replace("label: More rooms, and growth\n", ""), "'label' is missing"),
        (TEXT.replace("note:", "notes:"), "unknown key 'notes'"),
        (
            TEXT.replace("{value: 4", "{draw: each, value: 4"),
            "demand.rooms: draw: is the same in all scenarios: give it in the case",
        ),
        (
            TEXT.replace("{values: {south", "{driver: prices, values: {south"),
            "demand.rooms: driver: is the same in all scenarios: give it in the case",
        ),
    ],
)
def test_a_fault_says_where(scenario: Scenario, text: str, said: str) -> None:
    """A scenario at fault is told with its file, line and column even where nobody asked for it."""
    with pytest.raises(InputError) as caught:
        scenario(text)
    (fault,) = caught.value.faults
    assert fault.message.startswith(said) and fault.file.endswith("more.yaml") and fault.line > 0


def test_a_name_that_is_none(scenario: Scenario) -> None:
    """`--scenario` names one of the case's, and the message says which there are."""
    with pytest.raises(InputError) as caught:
        scenario(chosen="moor")
    assert "'moor' is no scenario; did you mean 'more'?" in str(caught.value)
    with pytest.raises(InputError) as caught:
        scenario(name="More")
    assert "is no name of a scenario" in str(caught.value)
