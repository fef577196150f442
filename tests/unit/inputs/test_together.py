"""What is drawn together: drivers, members each for itself, correlations; and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.analysis.bridge.others import others
from casebuilder.errors import InputError
from casebuilder.inputs.values import CaseInputs, Correlation

Read = Callable[..., CaseInputs]
GOOD = """
drivers:
  prices:
    label: Prices of building
    inputs: [equipment.unit_price, -equipment.life]
    source: L1
correlations:
  - {between: [prices, demand.growth], rank: -0.4, source: L1, note: The board's judgement.}
"""


@pytest.fixture
def case(folder: Path, read: Read) -> Callable[..., CaseInputs]:
    """Reads the good case with an uncertainty.yaml, and with more lines in blocks of some files."""

    def read_it(text: str = "", blocks: dict[str, tuple[str, str]] | None = None) -> CaseInputs:
        if text:
            (folder / "uncertainty.yaml").write_text(text.lstrip("\n"), encoding="utf-8")
        for file, (block, lines) in (blocks or {}).items():
            path = folder / file
            given = path.read_text(encoding="utf-8")
            assert f"{block}:\n" in given
            path.write_text(given.replace(f"{block}:\n", f"{block}:\n{lines}"), encoding="utf-8")
        return read()

    return read_it


def test_drivers_and_correlations_are_read(case: Callable[..., CaseInputs]) -> None:
    """With the sign, the source and the note."""
    said = case(GOOD).uncertainty
    assert said.drivers == {"equipment.unit_price": ("prices", 1), "equipment.life": ("prices", -1)}
    assert said.correlations == (
        Correlation("prices", "demand.growth", -0.4, "L1", "The board's judgement."),
    )


def test_a_block_says_the_same_for_itself(case: Callable[..., CaseInputs]) -> None:
    """`draw: each`, and a driver that another block names too."""
    blocks = {
        "equipment.yaml": ("unit_price", "  driver: prices\n"),
        "demand.yaml": ("growth", "  driver: -prices\n"),
    }
    assert case("", blocks).uncertainty.drivers == {
        "equipment.unit_price": ("prices", 1),
        "demand.growth": ("prices", -1),
    }
    assert case("", {"demand.yaml": ("referrals", "  draw: each\n")}).uncertainty.each == {"demand.referrals"}


def test_a_decision_may_be_drawn_as_a_whole(case: Callable[..., CaseInputs]) -> None:
    said = case("", {"equipment.yaml": ("life", "  draw: whole\n")}).uncertainty
    assert said.whole == {"equipment.life"} and said.draws("equipment.life", "chosen")
    assert not said.draws("demand.growth", "chosen") and said.draws("demand.growth", "local")


def test_a_case_that_says_nothing_has_nothing(case: Callable[..., CaseInputs]) -> None:
    said = case().uncertainty
    assert (said.drivers, said.each, said.correlations) == ({}, frozenset(), ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("correlations: [{between: [demand.grwth, equipment.life], rank: 0.5, source: L1}]\n",
         "uncertainty.yaml:1:27: 'demand.grwth' is no input and no driver; did you mean 'demand.growth'"),
        ("correlations: [{between: [demand.growth], rank: 0.5, source: L1}]\n", "uncertainty.yaml:1:26: "),
        ("correlations: [{between: [demand.growth, equipment.life], rank: 1.5, source: L1}]\n",
         "uncertainty.yaml:1:65: "),
        ("correlations: [{between: [demand.growth, equipment.life], rank: 0.5, source: L9}]\n",
         "uncertainty.yaml:1:78: "),
        ("correlations: [{between: [demand.growth, equipment.life], rank: 0.5}]\n", "'source' is missing"),
        ("correlations: [{between: [demand.growth, demand.growth], rank: 0.5, source: L1}]\n",
         "are drawn by one score already"),
        (GOOD + "  - {between: [equipment.life, demand.growth], rank: 0.2, source: L1}\n",
         "the correlation of equipment.life and demand.growth is given twice: first in line 7"),
        (GOOD + "  - {between: [equipment.life, equipment.unit_price], rank: 0.2, source: L1}\n",
         "equipment.life and equipment.unit_price are drawn by one score already"),
        ("drivers: {prices: {inputs: [equipment.price], source: L1}}\n", "'equipment.price' is no input"),
        ("drivers: {a: {inputs: [demand.growth], source: L1}, b: {inputs: [demand.growth], source: L1}}\n",
         "demand.growth follows a already"),
        ("drivers: {Prices: {source: L1}}\n", "'Prices' is no name of a driver"),
        ("correlation: []\n", "unknown key 'correlation'; did you mean 'correlations'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(case: Callable[..., CaseInputs], text: str, told: str) -> None:
    """With the nearest name where there is one."""
    with pytest.raises(InputError) as refused:
        case(text)
    said = "\n".join(str(fault) for fault in refused.value.faults)
    assert told in said, said


def test_a_driver_that_one_block_alone_names_was_misspelt(case: Callable[..., CaseInputs]) -> None:
    """Where the file names one like it, that is meant."""
    with pytest.raises(InputError) as refused:
        case(GOOD, {"demand.yaml": ("rooms", "  driver: price\n")})
    assert "demand.rooms alone follows 'price'; did you mean 'prices'?" in str(refused.value)


def test_members_drawn_each_follow_no_driver_and_have_no_correlation(case: Callable[..., CaseInputs]) -> None:
    both = "  draw: each\n  driver: prices\n"
    with pytest.raises(InputError) as refused:
        case(GOOD, {"demand.yaml": ("rooms", both)})
    assert "demand.rooms: members drawn each for itself follow no driver" in str(refused.value)


def test_a_correlation_of_what_has_no_range_is_told(case: Callable[..., CaseInputs]) -> None:
    """It does nothing, which is a warning and no fault."""
    text = "correlations: [{between: [demand.growth, demand.rooms], rank: 0.5, source: L1}]\n"
    assert any("demand.rooms has no range" in str(each) for each in case(text).warnings)


def test_a_diff_tells_of_what_is_drawn_together(case: Callable[..., CaseInputs], inputs: list[Input]) -> None:
    """Drivers and correlations that only one side has, and no value."""
    before = case()
    after = case(GOOD)
    told = {(each.kind, each.what): each.after for each in others(before, after, inputs, evidence=True)}
    assert told == {
        ("drawn together", "equipment.unit_price"): "prices",
        ("drawn together", "equipment.life"): "-prices",
        ("drawn together", "prices with demand.growth"): "-0.4; L1; The board's judgement.",
    }
