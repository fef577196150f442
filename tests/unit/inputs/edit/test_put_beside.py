"""What edits change beside the value: its range, what vouches for it, and marks of what was to be done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from casebuilder.inputs.edits import Edit
from casebuilder.inputs.values import Members
from tests.unit.inputs.edit import layouts

HEAD = 'x:\n  unit: "1"\n'
NESTED = HEAD + "  over: [site, test]\n"
TAIL = "  source: L1\n  state: unverified\n"
LOCAL = "  source: L1\n  state: local\n"


CT, MRI, SOUTH = ("north", "ct"), ("north", "mri"), ("south", "ct")
Changed = Callable[..., tuple[list[str], list[str], list[str]]]


def edit_of(members: Members, new: float, **more: Any) -> Edit:
    """An edit that has its block's source."""
    return Edit("odd.x", members, new, source="L1", state="local", **more)


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Changed:
    """The lines that went and came in a chapter with one block, and the notes; the case is read after it."""

    def change(
        block: str, *edits: Edit, over: Members = ("site", "test")
    ) -> tuple[list[str], list[str], list[str]]:
        declared = layouts.declare("odd.x", "1", over)
        monkeypatch.setattr(layouts, "INPUTS", [*layouts.INPUTS, declared])
        with TemporaryDirectory(dir=tmp_path) as folder:
            case = layouts.make(Path(folder) / "made")
            path = case / "odd.yaml"
            path.write_text(block, encoding="utf-8", newline="")
            made = layouts.put(case, *edits)
            assert not made.refused
            found = layouts.read(case).values["odd.x"].base
            assert all(found[edit.members].amount == edit.new for edit in edits)
            gone, came = layouts.lines_changed(block, path.read_bytes().decode())
        return gone, came, made.notes

    return change


@pytest.mark.parametrize(
    ("block", "edit", "line"),
    [
        ("[1, 9]", Edit("odd.x", CT, 12.0), "{others: [1, 9], north: {others: [1, 9], ct: [1, 12]}}"),
        ("[1, 9]", Edit("odd.x", CT, 5.0, high=6.0), "{others: [1, 9], north: {others: [1, 9], ct: [1, 6]}}"),
        ("[1, 9]", Edit("odd.x", CT, 4.0), ""),
        ("{factor: [0.5, 1.5]}", Edit("odd.x", CT, 12.0), ""),
        (
            "{north: {factor: [0.5, 1.5]}, south: [1, 9]}",
            Edit("odd.x", CT, 12.0, low=10.0, high=13.5),
            "{north: {others: {factor: [0.5, 1.5]}, ct: [10, 13.5]}, south: [1, 9]}",
        ),
    ],
)
def test_a_range_is_written_for_the_value_alone(changed: Changed, block: str, edit: Edit, line: str) -> None:
    """Widened where it does not hold the value; a factor holds by itself; one that is typed is written."""
    gone, came, notes = changed(f"{NESTED}  value: 3\n  range: {block}\n{TAIL}", edit)
    ranges = [[each for each in lines if "range:" in each] for lines in (gone, came)]
    assert ranges == ([[f"  range: {block}\n"], [f"  range: {line}\n"]] if line else [[], []])
    widened = ["odd.x[north,ct]: the range 1 to 9 did not hold 12: widened to it"]
    assert notes == (widened if line and edit.low is edit.high is None else [])


def test_a_range_that_is_typed_is_added(changed: Changed) -> None:
    """After the values; a value that is said to be local needs none."""
    block = f"{NESTED}  values: {{north: {{ct: 1, mri: 2}}, south: 3}}\n{LOCAL}"
    values = "  values: {north: {ct: 5, mri: 2}, south: 3}\n"
    assert changed(block, edit_of(CT, 5.0))[1] == [values]
    came = changed(block, edit_of(CT, 5.0, low=4.0, high=6.0))[1]
    assert came == [values, "  range: {north: {ct: [4, 6]}}\n"]


def test_entries_of_apart_join_those_there(changed: Changed) -> None:
    """The one of the same value is replaced; the others stay as they are."""
    block = (
        f"{NESTED}  value: 3\n{LOCAL}  apart:\n"
        "    north,mri: {state: chosen}  # by the board\n    south, ct: {source: S1, state: published}\n"
        "  note: Three each.\n"
    )
    edits = Edit("odd.x", CT, 5.0, note='sum of "A" & B'), edit_of(SOUTH, 6.0)
    assert changed(block, *edits)[1] == [
        "  values: {north: {others: 3, ct: 5}, south: 6}\n",
        "    south, ct: {source: L1, state: local}\n",
        '    north,ct: {state: unverified, note: "sum of \\"A\\" & B"}\n',
    ]


STILL = "still marked, as some of its values are as they were: ask"


@pytest.mark.parametrize(
    ("mark", "edited", "left", "note"),
    [
        ("to_do: ask", [CT], "to_do: ask", f"odd.x: {STILL}"),
        ("to_do: ask", [CT, MRI, SOUTH], "", "odd.x: no longer to do: ask"),
        (
            "to_do: {south: ask, north: no}",
            [SOUTH],
            "to_do: {north: no}",
            "odd.x[south]: no longer to do: ask",
        ),
        ("to_do: {north: ask}", [CT, MRI], "", "odd.x[north]: no longer to do: ask"),
        ("to_do: {mri: ask, ct: no}", [MRI], "to_do: {ct: no}", "odd.x[mri]: no longer to do: ask"),
        ("to_do: {ct: no, mri: ask}", [MRI], "to_do: {ct: no}", "odd.x[mri]: no longer to do: ask"),
        ("to_do:\n    mri: ask\n    ct: no", [MRI], "to_do:\n    ct: no", "odd.x[mri]: no longer to do: ask"),
        ("to_do: {north: ask}", [CT], "to_do: {north: ask}", f"odd.x[north]: {STILL}"),
    ],
)
@pytest.mark.parametrize("last", [True, False])
def test_a_mark_goes_with_the_last_value_it_is_about(
    changed: Changed, mark: str, edited: list[Members], left: str, note: str, last: bool
) -> None:
    """The entry goes with its last mark, wherever it stands in the block, and `apart` comes."""
    before, after = ("", f"  {mark}\n") if last else (f"  {mark}\n", "")
    block = f"{NESTED}{before}  value: 3\n{LOCAL}{after}"
    gone, came, notes = changed(block, *(Edit("odd.x", members, 9.0) for members in edited))
    assert notes == [note]
    kept = [line for line in block.splitlines(keepends=True) if line not in gone]
    text = "".join([*kept, *came])
    assert text.count("to_do:") == bool(left)
    assert left in text
    assert all(f"    {','.join(members)}: {{state: unverified}}\n" in came for members in edited)


def test_values_in_brackets_over_several_lines_keep_their_lines(changed: Changed) -> None:
    """Comments within brackets too, quotes of keys and groups of digits."""
    values = "  values: {\n    'north': {ct: 1_000, mri: 2},   # the older one\n    others: 3\n  }\n"
    gone, came, _ = changed(f"{NESTED}{values}{LOCAL}", edit_of(MRI, 2_500.0))
    assert gone == ["    'north': {ct: 1_000, mri: 2},   # the older one\n"]
    assert came == ["    'north': {ct: 1_000, mri: 2_500},   # the older one\n"]


def test_a_single_value_says_it_of_itself(changed: Changed) -> None:
    """`value` names it; a number is written without an exponent."""
    block = f"{HEAD}  value: 3\n  range: [1, 4]\n{TAIL}"
    edit = Edit("odd.x", (), 1e-7, source="S1", state="published")
    assert changed(block, edit, over=())[1] == [
        "  value: 0.0000001\n",
        "  range: [0.0000001, 4]\n",
        "  apart:\n",
        "    value: {source: S1, state: published}\n",
    ]
