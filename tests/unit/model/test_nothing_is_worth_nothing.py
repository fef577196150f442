"""An option that adds nothing and costs nothing is worth nothing, and an option is what its edits say.

An option of a shipped case is made to do what business as usual does; what acts only on tests bought, hours
run longer, or staff and slots of centres is then drawn at random, with all inputs of money besides. None of
it may be worth anything, since there is nothing for it to act on.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings

from casebuilder.case import load_case
from casebuilder.evaluate.axes import OPTION_AXIS, Array
from casebuilder.evaluate.engine import evaluate
from casebuilder.model.running import contracts
from casebuilder.model.setting import bought_contract
from casebuilder.model.value import economics
from casebuilder.resources import resource
from tests.planted import planted
from tests.unit.model.random_money import BESIDES, Drawn, Money, draws, everything, money

NAME = "norfolk_waveney"
NOTHING = "mobile"  # the option that is emptied
QUICK, FULL = 10, 300
PLANTED: list[str] = []
LINES = (
    "economics.npsv",
    "economics.net_present_cost",
    "economics.cost",
    "economics.other_benefits",
    "benefits.health",
    "benefits.cash_releasing_real",
    "activity.network_tests_year",
    "contracts.terms_real",
    "longer_hours.wear_real",
)
# What has nothing to act on where no test is bought, no hour is run longer and no centre stands.
IDLE = (
    "bought_contract.contract_years",
    "bought_contract.bought_again",
    "bought_contract.left_after",
    "bought_contract.price_change",
    "bought_contract.volume_guarantee",
    "bought_contract.termination_share",
    "bought_contract.tender_cost",
    "bought_contract.exit_cost",
    "longer_hours.normal_hours",
    "longer_hours.wear_share",
    "capacity.longer_hours_staff",
    "revenue.extended_hours_cost",
    "throughput.booking_utilisation",
    "throughput.refill",
    "workforce.agency_cap",
    "workforce.turnover",
    "workforce.vacancy",
    "workforce.recruitment_lead_months",
    "procurement.route_taken",
    "economics.running_cost_bias",
)


def emptied(of: Money, drawn: Drawn) -> dict[Any, Array]:
    """The values of a random case in which one option does as the baseline, but for what is idle."""
    # Business as usual stays as it is given: it has no centre, buys no test and runs no hour longer.
    values = {item: array for item, array in drawn.values().items() if item.key not in BESIDES}
    chance = np.random.default_rng(drawn.seed)
    base, option = of.axes.baseline, of.problem.frame.option_ids.index(NOTHING)
    found: dict[Any, Array] = {}
    for item, cells in of.problem.values.items():
        array = np.array(values.get(item, of.axes.input_array(cells)))
        if array.shape[OPTION_AXIS] > 1:
            array[:, option] = array[:, base]
        if item.key in IDLE:
            shape = list(array.shape)
            shape[OPTION_AXIS] = len(of.problem.frame.option_ids)
            array = np.array(np.broadcast_to(array, shape))
            array[:, option] = idle(item, array[:, option], chance)
        found[item] = array
    return found


def idle(item: Any, array: Array, chance: np.random.Generator) -> Array:
    """Other values of an input, within its bounds; shares of routes stay whole shares."""
    if item.key == "procurement.route_taken":
        return array
    if item.whole or item.unit == "flag":
        return np.clip(np.round(array + chance.integers(-1, 2, array.shape)), item.low, item.high)
    if item.key == "bought_contract.left_after":
        return chance.uniform(0, 12, array.shape)
    moved = array * chance.uniform(0.5, 1.5, array.shape)
    return np.clip(moved, item.low, item.high)


def worth_nothing(of: Money, drawn: Drawn) -> None:
    """The emptied option is what the baseline is, in cost, benefit and tests; both are worth nothing."""
    problem = of.again() if PLANTED else of.problem
    results = evaluate(problem, [problem.by_key[key] for key in LINES], emptied(of, drawn))
    base, option = of.axes.baseline, problem.frame.option_ids.index(NOTHING)
    for key in LINES:
        array = results.array(problem.by_key[key])[0]
        array = np.broadcast_to(array, (len(problem.frame.option_ids), *array.shape[1:]))
        assert np.allclose(array[option], array[base], rtol=1e-12, atol=1e-6), key
    npsv = results.array(problem.by_key["economics.npsv"])[0].reshape(-1)
    assert npsv[base] == 0
    assert npsv[option] == pytest.approx(0, abs=1e-3)


def test_an_option_that_adds_nothing_is_worth_nothing() -> None:
    """A few random cases; `test_nothing_in_300_random_cases` tries three hundred."""

    def one(drawn: Drawn) -> None:
        worth_nothing(money(NAME), drawn)

    settings(max_examples=QUICK, deadline=None, derandomize=True)(given(draws(NAME))(one))()


@pytest.mark.full
def test_nothing_in_300_random_cases() -> None:
    """Three hundred random cases."""

    def one(drawn: Drawn) -> None:
        worth_nothing(money(NAME), drawn)

    settings(max_examples=FULL, deadline=None)(given(draws(NAME))(one))()


FAULTS = {
    "a tender paid where nothing is bought": (
        contracts.buys,
        1 + 0 * contracts.buys.definition,
    ),
    "a pound spent on a contract's terms alone": (
        economics.npsv,
        economics.npsv.definition - 0.01 * bought_contract.tender_cost,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    """What costs something without anything bought is found."""
    line, wrong = FAULTS[fault]
    of, drawn = money(NAME), everything(NAME, 3)
    worth_nothing(of, drawn)
    PLANTED.append(fault)
    try:
        with planted(line, wrong), pytest.raises(AssertionError):
            worth_nothing(of, drawn)
    finally:
        PLANTED.clear()


def cells(values: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The members and value of every cell that a nested mapping gives."""
    if isinstance(values, Mapping):
        for member, of in values.items():
            yield from cells(of, (*path, str(member)))
    else:
        yield path, values


def settings_of(option: str, inputs: Mapping[str, Any]) -> list[str]:
    """What one would type after `--set` for the values of an option's file; `others` comes first, as all."""
    sets: list[tuple[int, str]] = []
    for key, given_ in inputs.items():
        for path, value in cells(given_["values"] if "values" in given_ else given_["value"]):
            named = [member for member in path if member != "others"]
            where = f"[{','.join(named)}]" if named else ""
            sets.append((len(named), f"{option}:{key}{where}={value}"))
    return [text for _, text in sorted(sets, key=lambda pair: pair[0])]


@pytest.mark.parametrize("option", ["do_minimum", "buy_tests", "mobile", "separate"])
def test_edits_in_the_file_and_by_set_are_the_same(tmp_path: Path, option: str) -> None:
    """A case whose option's file holds nothing, with all that it held typed after `--set`.

    The same headlines.
    """
    folder = tmp_path / NAME
    shutil.copytree(resource(f"assumptions/cases/{NAME}"), folder)
    file = folder / "options" / f"{option}.yaml"
    held = yaml.safe_load(file.read_text(encoding="utf-8"))
    sets = settings_of(option, held["inputs"])
    assert sets
    file.write_text(yaml.safe_dump({**held, "inputs": {}}), encoding="utf-8")
    in_file, bare = money(NAME).case.headlines, load_case(str(folder)).headlines
    typed = load_case(str(folder), sets).headlines
    assert typed[option].headlines == in_file[option].headlines
    assert bare[option].headlines != in_file[option].headlines
