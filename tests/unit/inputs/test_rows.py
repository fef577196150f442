"""Values side by side: tiers that rise from one, and rows that hold something."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.rows import row_faults
from casebuilder.inputs.values import InputValues, Origin, Value
from tests.declared import DIMENSIONS

FRAME = Frame({}, (), "bau", dimensions=DIMENSIONS)
BASE, OWN = Origin("case.yaml", 3, 1, "S1", "chosen"), Origin("options/pool.yaml", 7, 5, "S1", "chosen")


def given(item: Input, base: dict[Any, float], **options: dict[Any, float]) -> InputValues:
    def values(of: dict[Any, float]) -> dict[Any, Value]:
        return {members: Value(amount) for members, amount in of.items()}

    return InputValues(
        item, values(base), BASE, {o: values(of) for o, of in options.items()}, dict.fromkeys(options, OWN)
    )


def starts(**more: Any) -> Input:
    item = Input("First unit", "items", ("route", "tier"), rises_from=1, **more)
    item.chapter, item.name = "procurement", "tier_start"
    return item


GOOD = {("pool", "t1"): 1.0, ("pool", "t2"): 5.0, ("lead", "t1"): 1.0, ("lead", "t2"): 2.0}


def test_tiers_that_rise_from_one_are_well() -> None:
    assert row_faults(given(starts(), GOOD), FRAME) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({("pool", "t1"): 0.0}, "procurement.tier_start[pool]: the first tier starts at 0, not at 1 (0, 5)"),
        ({("lead", "t2"): 1.0}, "tier_start[lead]: the tier that starts at 1 overlaps the one before"),
        ({("pool", "t2"): 0.5}, "each must start later (1, 0.5)"),
    ],
)
def test_tiers_at_fault_are_named(change: dict[Any, float], message: str) -> None:
    """Row, values and what would be right, at the place where the row was given."""
    (fault,) = row_faults(given(starts(), GOOD | change), FRAME)
    assert message in fault.message
    assert (fault.file, fault.line, fault.column) == ("case.yaml", 3, 1)


def test_an_option_is_told_at_its_own_place_and_all_faults_at_once() -> None:
    found = row_faults(given(starts(), GOOD | {("lead", "t1"): 2.0}, pool={("pool", "t2"): 1.0}), FRAME)
    assert {(fault.file, fault.line) for fault in found} == {("case.yaml", 3), ("options/pool.yaml", 7)}


def test_a_row_of_nothing_serves_nothing() -> None:
    item = Input("Route serves", "flag", ("route", "equipment"), holds_some="equipment")
    item.chapter, item.name = "routes", "serves"
    base = {("lease", "mri"): 0.0, ("lease", "ct"): 0.0, ("pool", "mri"): 0.0, ("pool", "ct"): 1.0}
    (fault,) = row_faults(given(item, base), FRAME)
    assert fault.message == (
        "routes.serves[lease]: 0 for every equipment class, so that it serves nothing: give 1 for one "
        "equipment class at least"
    )


def test_a_row_of_the_reference_set_may_hold_nothing() -> None:
    """A case may have none of the classes that a route serves; a value of its own makes the row its own."""
    item = Input("Route serves", "flag", ("route", "equipment"), holds_some="equipment")
    item.chapter, item.name = "routes", "serves"
    shipped = Origin("reference/routes.yaml", 3, 1, "S58", "chosen")
    base = {("lease", "mri"): 0.0, ("lease", "ct"): 0.0}
    values = replace(given(item, base), base_origin=shipped)
    assert row_faults(values, FRAME) == []
    own = Origin("routes.yaml", 3, 1, "L1", "chosen")
    (fault,) = row_faults(replace(values, other_origins={("lease", "ct"): own}), FRAME)
    assert "serves nothing" in fault.message


def test_a_curve_that_falls_is_told() -> None:
    """Level is well; the value that falls is named with the one before it."""
    item = Input("Rise", "share", ("point", "test"), never_falls="point")
    item.chapter, item.name = "waits", "rise"
    base = {(point, "mri"): amount for point, amount in (("p1", 0.0), ("p2", 0.0), ("p3", 0.5), ("p4", 0.5))}
    assert row_faults(given(item, base), FRAME) == []
    (fault,) = row_faults(given(item, base | {("p4", "mri"): 0.4}), FRAME)
    assert "waits.rise[mri]: 0.4 comes after 0.5" in fault.message and "may not fall" in fault.message


def test_other_inputs_have_no_such_rule() -> None:
    assert row_faults(given(Input("Price", "GBP_real", ("tier",)), {("t1",): 0.0, ("t2",): 0.0}), FRAME) == []
