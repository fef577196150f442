"""What an option opens, and what a `--set` says of those it does not reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.errors import InputError
from casebuilder.inputs.values import CaseInputs

Read = Callable[..., CaseInputs]


def opens(folder: Path, option: str, listed: str) -> int:
    """Write what an option opens at the end of its file; gives the line."""
    path = folder / "options" / f"{option}.yaml"
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    path.write_text(f"{text}opens: {listed}\n", encoding="utf-8")
    return text.count("\n") + 1


def test_an_option_that_opens_an_input_touches_it(read: Read, folder: Path) -> None:
    """It has no value of its own, reads the base case, and leaves the hash of the values as it was."""
    before = read()
    opens(folder, "bau", "[demand.growth]")
    found = read()
    given = found.values["demand.growth"]
    assert given.touched_by("bau") and not given.options.get("bau")
    assert not before.values["demand.growth"].touched_by("bau")
    assert {given.amount("bau", m) for m in given.base} == {v.amount for v in given.base.values()}
    assert found.sha256 == before.sha256


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("[demand.grwth]", "unknown input 'demand.grwth' under opens; did you mean 'demand.growth'?"),
        ("[growth]", "unknown input 'growth' under opens"),
        ("[demand.growth, demand.growth]", "demand.growth is opened twice"),
        ("demand.growth", "'opens' must be a list in [brackets]"),
        ("[{demand.growth: 1}]", "'opens' must be text"),
    ],
)
def test_what_is_opened_must_be_an_input(listed: str, said: str, read: Read, folder: Path) -> None:
    """A key that is no input is named with the nearest, at its own place."""
    line = opens(folder, "bau", listed)
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert fault.line == line and fault.column > 1 and fault.file.endswith("bau.yaml")
    assert fault.message.startswith(said)


def test_a_base_setting_names_who_keeps_its_own(read: Read) -> None:
    """The option, its value, file, line and column, and the setting that would change it."""
    (note,) = read("demand.rooms=4").notes
    assert note.startswith("--set demand.rooms=4: preferred keeps its own 2 for south (")
    assert "options/preferred.yaml:3:" in note
    assert note.endswith("; to change it: --set preferred:demand.rooms=4")


@pytest.mark.parametrize(
    "sets",
    [
        ("demand.rooms[north]=4",),  # preferred overrides south alone
        ("demand.growth=0.03",),
        ("preferred:demand.rooms[south]=4",),  # it has values of its own already
        ("preferred:demand.rooms[north]=4",),
        ("demand.rooms[south]=4", "preferred:demand.rooms[south]=3"),  # the user has just said so
    ],
)
def test_nothing_is_said_where_nothing_is_passed_over(sets: tuple[str, ...], read: Read) -> None:
    """A setting that reaches all it names has no note."""
    assert read(*sets).notes == ()


def test_a_base_setting_is_an_edit_of_base_alone(read: Read) -> None:
    """The option keeps its own, and follows Base where it has none."""
    given = read("demand.rooms=4").values["demand.rooms"]
    assert {m: v.amount for m, v in given.base.items()} == {("north",): 4, ("south",): 4}
    assert [given.amount("preferred", (site,)) for site in ("north", "south")] == [4, 2]
    assert [given.amount("bau", (site,)) for site in ("north", "south")] == [4, 4]


def test_a_setting_for_an_option_that_touches_nothing_says_so_once(read: Read) -> None:
    """It works, and tells that the option has values and cells of its own from now on."""
    found = read("bau:demand.rooms[north]=3", "bau:demand.rooms[south]=3")
    (note,) = found.notes
    assert note.startswith("--set bau:demand.rooms[north]=3: bau did not touch demand.rooms; it now has")
    given = found.values["demand.rooms"]
    assert given.touched_by("bau") and given.amount("bau", ("north",)) == 3
    assert {v.amount for v in given.base.values()} == {2, 1}


def test_a_setting_for_an_option_that_opens_says_nothing(read: Read, folder: Path) -> None:
    """The file says that the option may differ."""
    opens(folder, "bau", "[demand.rooms]")
    assert read("bau:demand.rooms[north]=3").notes == ()


def test_each_setting_has_one_line(read: Read) -> None:
    """Two settings, two notes; no note holds a line end."""
    notes = read("demand.rooms=4", "bau:equipment.route=lease").notes
    assert len(notes) == 2 and not any("\n" in note for note in notes)
