"""Matching values to inputs: what is missing, unknown, optional or answered by the calendar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.errors import InputError
from casebuilder.inputs.values import CaseInputs


def test_the_case_may_override_some_values_of_the_reference_set(read: Callable[..., CaseInputs]) -> None:
    """The rest keep their value, source, state and range; the override is remembered."""
    case = read()
    price = case.values["equipment.unit_price"]
    assert price.base[("ct",)].amount == 650_000.0
    assert (price.base[("mri",)].low, price.base[("mri",)].high) == (720_000.0, 1_080_000.0)
    assert price.origin(None, ("ct",)).source == "L1"
    assert price.origin(None, ("mri",)).file == "reference/equipment.yaml"
    (first, *_) = case.overrides
    assert (first.key, first.members, first.before, first.after, first.by) == (
        "equipment.unit_price",
        ("ct",),
        600_000.0,
        650_000.0,
        "equipment.yaml",
    )


def test_an_optional_input_takes_its_default(
    inputs: list[Input], declare: Callable[..., Input], read: Callable[..., CaseInputs]
) -> None:
    """Where nothing is given it says so in place of a file."""
    inputs.append(declare("more.x", "share", ("site",), optional=0.25))
    values = read().values["more.x"]
    assert [value.amount for value in values.base.values()] == [0.25, 0.25]
    assert (values.base_origin.file, values.base_origin.state) == ("(default)", "chosen")


def test_a_dimension_without_members_takes_no_values(
    inputs: list[Input], declare: Callable[..., Input], read: Callable[..., CaseInputs]
) -> None:
    """An input over it is no fault and has no values."""
    inputs.append(declare("more.x", "share", ("place", "site")))
    assert read().values["more.x"].base == {}


def test_the_calendar_answers_what_no_file_gives(
    inputs: list[Input], declare: Callable[..., Input], read: Callable[..., CaseInputs]
) -> None:
    """Its source is the calendar."""
    inputs.append(declare("timeline.days_in_month", "days / month", ("month",)))
    values = read().values["timeline.days_in_month"]
    assert values.base[("2022-02",)].amount == 28.0
    assert values.base_origin.source == "calendar"


def test_values_stand_in_the_order_of_the_members(read: Callable[..., CaseInputs]) -> None:
    """Whatever the order in the files."""
    base = list(read().values["demand.referrals"].base)
    assert base[:2] == [("north", "ct", "2021-04"), ("north", "ct", "2021-05")]
    assert base[-1] == ("south", "ct", "2023-03")


def test_what_the_reference_set_has_not_is_asked_of_the_case(
    folder: Path, inputs: list[Input], declare: Callable[..., Input], read: Callable[..., CaseInputs]
) -> None:
    """A member that the shared rates lack is missing from the case's own chapter."""
    reference = folder.parent / "reference" / "more.yaml"
    reference.write_text(
        "x: {unit: share, over: [site], values: {north: 1}, source: S1, state: published}\n", encoding="utf-8"
    )
    inputs.append(declare("more.x", "share", ("site",)))
    with pytest.raises(InputError, match=r"more.yaml:1:1: more.x is missing for south: the reference set"):
        read()


def test_unused_values_of_the_reference_set_are_no_fault(
    folder: Path, inputs: list[Input], read: Callable[..., CaseInputs]
) -> None:
    """The shared rates may serve lines that this model does not have, but in the right form."""
    path = folder.parent / "reference" / "more.yaml"
    path.write_text("x: {unit: share, value: 1, source: S1, state: published}\n", encoding="utf-8")
    assert "more.x" not in read().values
    path.write_text("x: {unit: share, value: 1, source: S1, state: publishd}\n", encoding="utf-8")
    with pytest.raises(InputError, match="did you mean 'published'"):
        read()


def test_a_key_may_stand_in_any_file_but_once(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """A key with its chapter is the same input as the bare name in the chapter's file."""
    with (folder / "demand.yaml").open("a", encoding="utf-8") as file:
        file.write("equipment.route: {unit: choice, value: pool, source: L1, state: chosen}\n")
    with pytest.raises(
        InputError,
        match=r"equipment.yaml:13:1: equipment.route is given twice: first in demand.yaml, line 22",
    ):
        read()


def test_what_may_stand_in_an_unreadable_file_is_not_called_missing(
    folder: Path, read: Callable[..., CaseInputs]
) -> None:
    """One broken file gives its own fault, not one for each of its values."""
    (folder / "demand.yaml").write_text("growth: [\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read()
    assert [Path(fault.file).name for fault in caught.value.faults] == ["demand.yaml"]
