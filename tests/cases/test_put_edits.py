"""Edits written into shipped cases, and into one from `new`, give what they give as `--set`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from casebuilder.case import find_case, load_case
from casebuilder.cli.app import app
from casebuilder.inputs.assumed.amounts import wrong_with
from casebuilder.inputs.edit.put import put_edits
from casebuilder.inputs.edits import Edit
from casebuilder.inputs.values import CaseInputs, InputValues

EDITS = 14
# What an option or a site does without would be a fault of its own: rooms, sites, tests that a site offers.
LEFT = ("estate.", "capacity.", "procurement.", "programme.")


def amounts(found: CaseInputs) -> dict[tuple[str, str, tuple[str, ...]], float | str]:
    """Every value of every option, the base case as an option without a name."""
    options = found.frame.option_ids
    return {
        (option, key, members): given.amount(option, members) if option else value.amount
        for key, given in found.values.items()
        for members, value in given.base.items()
        for option in ("", *options)
    }


def some_edits(inputs: CaseInputs, seed: int) -> Iterator[Edit]:
    """A few edits of numbers, half of them of what the case gives itself, for the base and options."""
    random = Random(seed)
    every = {
        key: given
        for key, given in inputs.values.items()
        if given.base and not key.startswith(LEFT) and not given.input.choices and not given.input.fixed
    }
    own = {key: given for key, given in every.items() if not given.base_origin.file.startswith("reference")}
    for number in range(EDITS):
        given = every[random.choice(list(own if number % 2 else every))]
        option = random.choice([None, None, *inputs.frame.option_ids])
        members = random.choice(list(given.base))
        new = _near(given, members, random)
        if new is not None:
            yield Edit(given.input.key, members, new, option, source=random.choice(["", "S1"]), state="local")


def _near(given: InputValues, members: tuple[str, ...], random: Random) -> float | None:
    value = float(given.base[members].amount)
    if given.input.unit == "flag" or given.input.whole or given.input.rises_from is not None:
        return None
    new = float(f"{value * random.choice([0.9, 0.95, 1.0625]):.6g}")
    return None if wrong_with(given.input, new) else new


def proved(case: Path, folder: Path, seed: int) -> None:
    """The edits put into a copy of a case."""
    before = load_case(str(case)).inputs
    edits = list(some_edits(before, seed))
    assert len(edits) > EDITS / 2
    want = load_case(str(case), [f"{edit.name}={edit.new}" for edit in edits]).inputs
    copy = folder / case.name
    shutil.copytree(case, copy)
    made = put_edits(copy, before, edits)
    assert not made.refused
    for path, data in made.files.items():
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        few(old, data.decode(), len(edits))
        path.write_bytes(data)
    assert amounts(load_case(str(copy)).inputs) == amounts(want)


def few(old: str, new: str, edits: int) -> None:
    """No more lines go than there are edits, with one for its range and one for its mark."""
    pair = old.splitlines(), new.splitlines()
    blocks = SequenceMatcher(None, *pair, autojunk=False).get_matching_blocks()
    assert len(pair[0]) - sum(block.size for block in blocks) <= 3 * edits


@pytest.mark.full
def test_a_case_from_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The starter: one centre of one trust."""
    monkeypatch.chdir(tmp_path)
    words = ["new", "bid", "--title", "Seacroft", "--trust", "RR8", "--from", "starter", "--site"]
    result = CliRunner().invoke(app, [*words, "Seacroft; place=Leeds; rooms=mri:1,ct:1"])
    assert result.exit_code == 0, result.output
    proved(tmp_path / "bid", tmp_path / "copy", 1)


@pytest.mark.parametrize(
    "name",
    [
        "digital_diagnostics",
        pytest.param("cmast", marks=pytest.mark.full),
        pytest.param("cmast_2025", marks=pytest.mark.full),
        pytest.param("lancashire_south_cumbria", marks=pytest.mark.full),
        pytest.param("norfolk_waveney", marks=pytest.mark.full),
    ],
)
def test_a_case_that_ships(name: str, tmp_path: Path) -> None:
    """Read, not built."""
    proved(find_case(name), tmp_path, 2)
