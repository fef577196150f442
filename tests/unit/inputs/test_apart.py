"""`apart:` of a block: what vouches for some of its values, and what is wrong with an entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.errors import InputError
from casebuilder.inputs.values import CaseInputs, Members

Read = Callable[..., CaseInputs]


def say(folder: Path, chapter: str, after: str, text: str) -> None:
    """Put text into a chapter after some other."""
    path = folder / f"{chapter}.yaml"
    given = path.read_text(encoding="utf-8")
    assert given.count(after) == 1
    path.write_text(given.replace(after, f"{after}{text}"), encoding="utf-8")


def vouched(inputs: CaseInputs, key: str, option: str | None = None) -> dict[Members, str]:
    """Source, state and note of each value."""
    given = inputs.values[key]
    origins = {members: given.origin(option, members) for members in given.base}
    return {members: f"{each.source}|{each.state}|{each.note}" for members, each in origins.items()}


LIFE = "    south: {ct: 8}\n  source: L1\n  state: local\n"


def test_an_entry_speaks_for_its_member_alone(folder: Path, read: Read) -> None:
    """Nothing that it leaves out is taken from the block; the one that names more members holds."""
    say(
        folder,
        "equipment",
        LIFE,
        "  apart:\n"
        "    north,mri: {source: S1, state: published, note: As listed.}\n"
        "    north: {state: chosen}\n"
        "    south: {note: By the board.}\n",
    )
    assert vouched(read(), "equipment.life") == {
        ("north", "ct"): "|chosen|",
        ("north", "mri"): "S1|published|As listed.",
        ("south", "ct"): "|unverified|By the board.",
    }


def test_a_single_value_and_a_period_have_entries(folder: Path, read: Read) -> None:
    """`value`, and the label of a period; a value that is unverified apart needs no range."""
    say(folder, "equipment", "  value: pool\n", "  apart: {value: {source: S1, state: local}}\n")
    say(
        folder,
        "demand",
        "  values: {2019/20: 0.01, 2023/24: 0.02}\n",
        "  apart: {2022/23: {state: chosen}}\n",
    )
    inputs = read()
    assert vouched(inputs, "equipment.route") == {(): "S1|local|"}
    assert vouched(inputs, "demand.growth")["2022/23",] == "|chosen|"
    assert vouched(inputs, "demand.growth")["2023/24",] == "L1|unverified|"


def test_a_table_has_entries_in_its_block(folder: Path, read: Read) -> None:
    """For a row, or all rows of a member."""
    say(folder, "demand", "  table: data/referrals.csv\n", "  apart: {south: {source: S1, state: local}}\n")
    found = vouched(read(), "demand.referrals")
    assert {each for members, each in found.items() if members[0] == "south"} == {"S1|local|"}
    assert {each for members, each in found.items() if members[0] == "north"} == {"L1|local|"}


def test_a_block_whose_every_value_is_spoken_for_needs_no_source(folder: Path, read: Read) -> None:
    """Where one is not, the block lacks its source and state."""
    say(
        folder,
        "equipment",
        "    south: {ct: 8}\n",
        "  apart: {north: {state: chosen}, south: {state: chosen}}\n",
    )
    path = folder / "equipment.yaml"
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("  apart:")
    tail = tail.replace("  source: L1\n  state: local\n", "", 1)
    path.write_text(f"{head}  apart:{tail}", encoding="utf-8")
    assert set(vouched(read(), "equipment.life").values()) == {"|chosen|"}
    path.write_text(
        path.read_text(encoding="utf-8").replace(", south: {state: chosen}", ""), encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        read()
    assert [fault.message for fault in caught.value.faults] == [
        f"equipment.life: '{name}' is missing: apart does not speak for south,ct"
        for name in ("source", "state")
    ]


def test_an_option_has_entries_of_its_own(folder: Path, read: Read) -> None:
    """For values that it gives itself; the base case keeps its own."""
    path = folder / "options" / "preferred.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("note: A second", "apart: {south: {source: S1, state: local}}, note: A second")
    )
    inputs = read()
    assert vouched(inputs, "demand.rooms", "preferred")["south",] == "S1|local|"
    assert vouched(inputs, "demand.rooms")["south",] == "L1|local|"


@pytest.mark.parametrize(
    ("entry", "column", "said"),
    [
        (
            "{east: {state: chosen}}",
            11,
            "equipment.life: apart names 'east': 'east' is no member of north",
        ),
        (
            "{norht: {state: chosen}}",
            11,
            "apart names 'norht': 'norht' is no member; did you mean 'north'?",
        ),
        ("{'ct,north': {state: chosen}}", 11, "write its members in the order site, equipment"),
        ("{'south,mri': {state: chosen}}", 11, "no value is given for it here: give the value too"),
        ("{north: {source: S9, state: local}}", 27, "source 'S9' is in no register"),
        (
            "{north: {state: local}}",
            19,
            "equipment.life: local by which source? Write source: and its id",
        ),
        ("{north: {state: sure}}", 26, "'state' must be 'published', 'local', 'chosen' or"),
        ("{north: {of: L1}}", 19, "unknown key 'of'"),
        ("{north: chosen}", 18, "equipment.life: apart of 'north' says nothing: write members: {source:"),
        ("chosen", 3, "equipment.life: apart says nothing: write members: {source:"),
    ],
)
def test_an_entry_at_fault_is_told_at_its_place(
    folder: Path, read: Read, entry: str, column: int, said: str
) -> None:
    """Unknown members and sources, members the wrong way round, and what says nothing."""
    say(folder, "equipment", LIFE, f"  apart: {entry}\n")
    with pytest.raises(InputError) as caught:
        read()
    fault = caught.value.faults[0]
    assert said in fault.message
    assert (fault.line, fault.column) == (_line(folder, "  apart:"), column)


def _line(folder: Path, start: str) -> int:
    lines = (folder / "equipment.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))
