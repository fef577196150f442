"""One block read against its input: units, dimensions, ranges and prices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.errors import InputError
from casebuilder.inputs.values import CaseInputs

TAIL = "  source: L1\n  state: local\n"


def write(folder: Path, text: str, state: str = "local") -> None:
    """A chapter of its own with one input `more.x`."""
    tail = f"  source: L1\n  state: {state}\n"
    (folder / "more.yaml").write_text(f"x:\n{text}{tail}", encoding="utf-8")


def fault(read: Callable[..., CaseInputs]) -> str:
    """The one fault, with the file named from the case folder."""
    with pytest.raises(InputError) as caught:
        read()
    (one,) = caught.value.faults
    return f"{Path(one.file).name}:{one.line}:{one.column}: {one.message}"


def test_a_unit_may_be_spelt_otherwise(
    folder: Path, inputs: list[Input], declare: Callable[..., Input], read: Callable[..., CaseInputs]
) -> None:
    """Plurals and the order of factors do not matter."""
    inputs.append(declare("more.x", "GBP_real / test / year"))
    write(folder, "  unit: GBP_real / year / tests\n  value: 5\n")
    assert read().values["more.x"].base[()].amount == 5.0


def test_dimensions_may_be_nested_in_another_order(
    folder: Path, inputs: list[Input], declare: Callable[..., Input], read: Callable[..., CaseInputs]
) -> None:
    """`over` says the order of the nesting; the values come in the input's."""
    inputs.append(declare("more.x", "1", ("site", "test")))
    write(folder, "  unit: '1'\n  over: [test, site]\n  values: {ct: {north: 1, south: 2}, mri: 3}\n")
    base = read().values["more.x"].base
    assert {m: v.amount for m, v in base.items()} == {
        ("north", "ct"): 1,
        ("north", "mri"): 3,
        ("south", "ct"): 2,
    }


def test_one_value_may_serve_all_members(
    folder: Path, inputs: list[Input], declare: Callable[..., Input], read: Callable[..., CaseInputs]
) -> None:
    """`value:` under an input with dimensions holds for each."""
    inputs.append(declare("more.x", "1", ("site", "year")))
    write(folder, "  unit: 1\n  over: [site, year]\n  value: 5\n")
    base = read().values["more.x"].base
    assert len(base) == 10 and {v.amount for v in base.values()} == {5.0}


@pytest.mark.parametrize(
    ("given", "low_high"),
    [
        ("[1, 9]", [(1, 9), (1, 9)]),
        ("{factor: [0.5, 1.5]}", [(2, 6), (3, 9)]),
        ("{north: [1, 9], south: {factor: [0.5, 1]}}", [(1, 9), (3, 6)]),
        ("{north: [1, 9]}", [(1, 9), (None, None)]),
        ("{others: [1, 9]}", [(1, 9), (1, 9)]),
    ],
)
def test_ranges_of_every_form(
    folder: Path,
    inputs: list[Input],
    declare: Callable[..., Input],
    read: Callable[..., CaseInputs],
    given: str,
    low_high: list[tuple[float | None, float | None]],
) -> None:
    """One pair for all, one for each member, or a factor of each value."""
    inputs.append(declare("more.x", "1", ("site",)))
    write(folder, f"  unit: '1'\n  over: [site]\n  values: {{north: 4, south: 6}}\n  range: {given}\n")
    assert [(v.low, v.high) for v in read().values["more.x"].base.values()] == low_high


SITE = "  unit: '1'\n  over: [site]\n"
TWO = "  values: {north: 1, south: 1}\n"
CHOICE = "  unit: choice\n  over: [site]\n  value: a\n"


@pytest.mark.parametrize(
    ("text", "state", "place"),
    [
        (
            f"{SITE}{TWO}  range: {{north: [0, 2]}}\n",
            "unverified",
            "5:3: more.x: an unverified value needs a range for south: write range: [LOW, HIGH]",
        ),
        ("  unit: '1'\n  value: 1\n", "local", "1:1: more.x: 'over' is missing: write over: [site]"),
        ("  over: [site]\n  value: 1\n", "local", "1:1: more.x: 'unit' is missing: write unit: 1"),
        (
            f"{SITE}  value: {{north: 1}}\n",
            "local",
            "4:10: more.x: a mapping from site stands under values:",
        ),
        (
            f"{SITE}  values: {{north: 1, south: [1]}}\n",
            "local",
            "4:29: more.x[south]: one value is expected here, not a list or a mapping; "
            "write 1 without the brackets",
        ),
        (f"{CHOICE}  range: [0, 1]\n", "local", "5:3: more.x takes no range"),
        (f"{SITE}{TWO}  prices_of: 2025/26\n", "local", "5:3: prices_of goes with GBP_real only: 1"),
    ],
)
def test_what_a_block_gets_wrong(
    folder: Path,
    inputs: list[Input],
    declare: Callable[..., Input],
    read: Callable[..., CaseInputs],
    text: str,
    state: str,
    place: str,
) -> None:
    """One fault, at the entry that has it or at the block where something is missing."""
    if text.startswith(CHOICE):
        inputs.append(declare("more.x", "choice", ("site",), choices=("a", "b")))
    else:
        inputs.append(declare("more.x", "1", ("site",)))
    write(folder, text, state)
    assert fault(read) == f"more.yaml:{place}"


def test_words_and_flags_may_be_unverified_without_a_range(
    folder: Path, inputs: list[Input], declare: Callable[..., Input], read: Callable[..., CaseInputs]
) -> None:
    """Neither can have one."""
    inputs.append(declare("more.x", "flag"))
    write(folder, "  unit: flag\n  value: true\n", "unverified")
    assert read().values["more.x"].base[()].amount == 1.0


def test_prices_are_those_of_the_lower_block_unless_said(
    folder: Path, read: Callable[..., CaseInputs]
) -> None:
    """A block of some values is in the prices of those it lies over; a whole one stands by itself."""
    assert read().values["equipment.unit_price"].prices_of == "2025/26"
    path = folder / "equipment.yaml"
    text = path.read_text(encoding="utf-8")
    whole = "  unit: GBP_real / item\n  values: {ct: 650_000, mri: 1}\n"
    path.write_text(text.replace("  values: {ct: 650_000}\n", whole), encoding="utf-8")
    assert read().values["equipment.unit_price"].prices_of == ""
    some = "  values: {ct: 650_000}\n  prices_of: 2021/22\n"
    path.write_text(text.replace("  values: {ct: 650_000}\n", some), encoding="utf-8")
    assert fault(read).startswith("equipment.yaml:3:3: prices_of 2021/22: the values it lies over")
