"""One slip, one message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.once import told_once
from casebuilder.inputs.values import CaseInputs


def test_the_same_of_many_places_is_told_at_the_first() -> None:
    """With three more of the places and the count of the rest; a few are told one by one."""
    many = [Fault("a/b.yaml", line, 1, "'x' is no site") for line in range(1, 13)]
    few = [Fault("a/c.yaml", line, 1, "'y' is no site") for line in range(1, 10)]
    told = told_once([*many, *few], None)
    assert [fault for fault in told if "'y'" in fault.message] == few
    (first,) = [fault for fault in told if "'x'" in fault.message]
    assert first.line == 1
    assert first.message.endswith("(also in b.yaml:2, b.yaml:3, b.yaml:4 and 8 more places)")


def test_a_case_without_its_register_is_told_once(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """Not once for each value that names a source of it."""
    (folder / "sources.yaml").unlink()
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert fault.file.endswith("sources.yaml") and "no such file" in fault.message


@pytest.mark.parametrize(("old", "new"), [("host:", "Host:"), ("horizon:", "horizont:")])
def test_a_misspelt_key_is_not_missing_as_well(
    folder: Path, read: Callable[..., CaseInputs], old: str, new: str
) -> None:
    """The key that stands there is the fault."""
    path = folder / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert "unknown key" in fault.message and old.rstrip(":") in fault.message


def test_a_misspelt_input_is_not_missing_as_well(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """Its place is that of the block."""
    path = folder / "equipment.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("life:", "lief:"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert fault.message == "unknown input 'equipment.lief'; did you mean 'life'?"


def test_a_fault_of_the_reference_set_says_so(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """And what a case can do about it."""
    path = folder.parent / "reference" / "equipment.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("state: unverified", "state: unsure"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = [fault for fault in caught.value.faults if "unsure" in fault.message]
    assert fault.file.endswith("reference/equipment.yaml")
    assert "in the shipped reference set; give the value in the case's own equipment.yaml" in fault.message
