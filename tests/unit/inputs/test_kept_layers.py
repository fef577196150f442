"""A case read again in one process: what was read before is the same as what is read anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebuilder.case import Case, load_case
from casebuilder.inputs.assumed import kept_layers
from casebuilder.resources import resource
from tests.edited import edited_case

NAMES = ("digital_diagnostics", "lancashire_south_cumbria")


def _told(case: Case) -> tuple[object, ...]:
    """All that is read: values with their places and origins, what was said, and what is to do."""
    inputs = case.inputs
    return inputs.values, inputs.sha256, inputs.overrides, inputs.warnings, inputs.gaps, inputs.to_do


@pytest.mark.parametrize("name", NAMES)
def test_read_again_it_is_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With all blocks kept from before and with none, after another case was read between."""
    monkeypatch.setattr(kept_layers, "_KEPT", type(kept_layers._KEPT)())
    anew = _told(load_case(name))
    kept = len(kept_layers._KEPT)
    assert kept > 300
    load_case(next(other for other in NAMES if other != name))
    before = len(kept_layers._KEPT)
    assert _told(load_case(name)) == anew
    assert len(kept_layers._KEPT) == before


def test_a_copy_has_its_own_places(tmp_path: Path) -> None:
    """Another folder with the same text: its values stand in its own files."""
    name = NAMES[0]
    shutil.copytree(resource(f"assumptions/cases/{name}"), tmp_path / "copy")
    first, copy = load_case(name), load_case(str(tmp_path / "copy"))
    assert first.inputs.sha256 == copy.inputs.sha256
    own = {
        value.place.file
        for given in copy.inputs.values.values()
        for value in given.base.values()
        if value.place is not None and "reference" not in Path(value.place.file).parts
    }
    assert own and all(file.startswith(str(tmp_path)) for file in own)


def test_a_value_that_is_edited_is_read_anew(tmp_path: Path) -> None:
    """One number in one file, and nothing else."""
    name, text = NAMES[1], "value: 0.8, range: [0.5, 1]"
    first = load_case(name)
    other = load_case(
        str(edited_case(tmp_path / name, name, "estate.yaml", text, text.replace("0.8", "0.7")))
    )
    moved = {
        key
        for key, given in first.inputs.values.items()
        if [v.amount for v in given.base.values()]
        != [v.amount for v in other.inputs.values[key].base.values()]
    }
    assert len(moved) == 1 and moved.pop().startswith("estate.")
