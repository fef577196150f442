"""`to_do:` of a block, of a row and of a file: which values it marks, and who is rid of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.errors import InputError
from casebuilder.inputs.assumed.left_to_do import of_values
from casebuilder.inputs.values import CaseInputs, ToDo
from tests.edited import replace_once

Read = Callable[..., CaseInputs]


def to_dos(inputs: CaseInputs) -> list[ToDo]:
    return [*of_values(inputs.values.values(), inputs.info.folder), *inputs.to_do]


def told(inputs: CaseInputs) -> list[tuple[str, str, str]]:
    """Name, words and place of each."""
    return [(each.name, each.what, f"{each.place.file}:{each.place.line}") for each in to_dos(inputs)]


def fault(read: Read) -> str:
    with pytest.raises(InputError) as caught:
        read()
    (one,) = caught.value.faults
    return f"{Path(one.file).name}:{one.line}: {one.message}"


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_case_without_any_has_none(read: Read) -> None:
    assert to_dos(read()) == []


def test_one_text_marks_every_value(folder: Path, read: Read) -> None:
    append(folder / "demand.yaml", "  to_do: Not given\n")
    inputs = read()
    assert {value.to_do for value in inputs.values["demand.rooms"].base.values()} == {"Not given"}
    assert told(inputs) == [("demand.rooms", "Not given", "demand.yaml:16")]


def test_members_are_marked_by_name(folder: Path, read: Read) -> None:
    """Under `others` too; the place is that of the value."""
    append(folder / "demand.yaml", "  to_do: {south: copied from north}\n")
    inputs = read()
    assert {m: v.to_do for m, v in inputs.values["demand.rooms"].base.items()} == {
        ("north",): "",
        ("south",): "copied from north",
    }
    assert told(inputs) == [("demand.rooms[south]", "copied from north", "demand.yaml:19")]


def test_a_key_is_a_member_of_the_first_dimension_that_has_it(folder: Path, read: Read) -> None:
    """Of sites by equipment, `ct` is no site; two keys that meet are both told."""
    text = "    south: {ct: 8}\n"
    replace_once(
        folder / "equipment.yaml", text, f"{text}  to_do: {{ct: ask the maker, south: ask the host}}\n"
    )
    base = read().values["equipment.life"].base
    assert {members: value.to_do for members, value in base.items()} == {
        ("north", "ct"): "ask the maker",
        ("north", "mri"): "",
        ("south", "ct"): "ask the maker; ask the host",
    }


def test_periods_are_marked_as_members_are(folder: Path, read: Read) -> None:
    replace_once(
        folder / "demand.yaml",
        "  hold: true\n  range:",
        "  hold: true\n  to_do: {2023/24: guessed}\n  range:",
    )
    assert [each.members for each in to_dos(read())] == [("2023/24",)]


def test_a_row_of_a_table_says_so_itself(folder: Path, read: Read) -> None:
    """Its cell goes before what the block says; blank cells say nothing."""
    path = folder / "data" / "referrals.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    marked = [f"{row},{'copied from north' if row.startswith('south') else ''}" for row in rows]
    path.write_text("\n".join([f"{header},to_do", *marked]) + "\n", encoding="utf-8")
    first = next(number for number, row in enumerate(rows, 2) if row.startswith("south"))
    expected = ("demand.referrals[south]", "copied from north", f"data/referrals.csv:{first}")
    assert told(read()) == [expected]
    replace_once(
        folder / "demand.yaml",
        "  table: data/referrals.csv\n",
        "  table: data/referrals.csv\n  to_do: all guessed\n",
    )
    values = read().values["demand.referrals"].base
    assert {value.to_do for members, value in values.items() if members[0] == "south"} == {
        "copied from north"
    }
    assert {value.to_do for members, value in values.items() if members[0] == "north"} == {"all guessed"}


def test_whoever_sets_a_value_is_rid_of_it(folder: Path, read: Read) -> None:
    append(folder / "demand.yaml", "  to_do: Not given\n")
    assert told(read("demand.rooms[north]=3")) == [("demand.rooms[south]", "Not given", "demand.yaml:19")]
    assert told(read("demand.rooms=3")) == []


def test_an_option_s_own_value_is_rid_of_it_for_that_option(folder: Path, read: Read) -> None:
    """The base keeps it; an option may have one of its own."""
    append(folder / "demand.yaml", "  to_do: Not given\n")
    option = folder / "options" / "preferred.yaml"
    option.write_text(
        "label: Both\ninputs:\n  demand.rooms: {values: {north: 4}, source: L1, state: local, to_do: ask}\n",
        encoding="utf-8",
    )
    inputs = read()
    assert [(each.option, each.what, each.members) for each in to_dos(inputs)] == [
        (None, "Not given", ()),
        ("preferred", "ask", ()),
    ]
    assert to_dos(inputs)[1].name == "preferred:demand.rooms"
    sets = ("preferred:demand.rooms[north]=5",)
    assert [each.option for each in to_dos(read(*sets))] == [None]


def test_a_default_of_the_reference_set_goes_where_the_case_gives_its_own(folder: Path, read: Read) -> None:
    """The case gives CT and not MRI; members that it has not are passed over."""
    append(
        folder.parent / "reference" / "equipment.yaml",
        "  to_do: {ct: a default, mri: a default, xray: a default}\n",
    )
    assert told(read()) == [("equipment.unit_price[mri]", "a default", "reference/equipment.yaml:4")]


def test_texts_of_a_case_say_so_too(folder: Path, read: Read) -> None:
    append(folder / "case.yaml", "to_do: [who hosts is not given]\n")
    replace_once(folder / "sources.yaml", "L1: {", "L1: {to_do: name the paper, ")
    assert told(read()) == [
        ("case", "who hosts is not given", "case.yaml:21"),
        ("sources.L1", "name the paper", "sources.yaml:1"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("to_do:", "demand.rooms: to_do says nothing"),
        ("to_do: {}", "demand.rooms: to_do says nothing"),
        ("to_do: [a, b]", "demand.rooms: to_do says nothing"),
        ("to_do: ''", "demand.rooms: to_do says nothing"),
        ("to_do: {north: }", "demand.rooms: to_do says nothing"),
        ("to_do: {nort: x}", "demand.rooms: to_do names 'nort': it is no member; did you mean 'north'?"),
        ("to_do: {mri: x}", "demand.rooms: to_do names 'mri': it is no member of north, south"),
    ],
)
def test_what_marks_nothing_is_a_fault(folder: Path, read: Read, line: str, said: str) -> None:
    """With the line, and what would be right."""
    append(folder / "demand.yaml", f"  {line}\n")
    assert fault(read).startswith(f"demand.yaml:22: {said}")


def test_a_single_value_has_no_members(
    folder: Path, inputs: list[Input], declare: Callable[..., Input], read: Read
) -> None:
    inputs.append(declare("more.x", "1"))
    (folder / "more.yaml").write_text(
        "x: {unit: 1, value: 5, source: L1, state: local, to_do: {north: x}}\n", encoding="utf-8"
    )
    assert fault(read) == "more.yaml:1: more.x is a single value: write to_do: and what is to be done"
    replace_once(folder / "more.yaml", "{north: x}", "guessed")
    assert told(read()) == [("more.x", "guessed", "more.yaml:1")]


def test_a_member_without_a_value_here_is_a_fault(folder: Path, read: Read) -> None:
    """The case leaves MRI to the reference set."""
    replace_once(
        folder / "equipment.yaml",
        "  values: {ct: 650_000}\n",
        "  values: {ct: 650_000}\n  to_do: {mri: guessed}\n",
    )
    assert fault(read) == (
        "equipment.yaml:3: equipment.unit_price: to_do names 'mri': no value is given for it here"
    )
