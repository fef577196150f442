"""Edits of values that stand in a CSV table: cells replaced and rows added, every other byte as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.inputs.edits import Edit
from tests.unit.inputs.edit import layouts
from tests.unit.inputs.edit.layouts import PLAIN, SHARED, TABLES, amounts, make, put, read


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the case."""
    return make(tmp_path / "made")


def shared(case: Path) -> str:
    return (case / "data" / "shared.csv").read_text(encoding="utf-8")


def test_a_cell_is_replaced_and_the_period_after_it_is_given_again(case: Path) -> None:
    """The other column of the added row holds what it held; the mark of the row stays with what is left."""
    edit = Edit("tables.first", ("north", "2023/24"), 4_500.0, source="L1", state="local")
    want = amounts(read(case, ["tables.first[north,2023/24]=4500"]))
    made = put(case, edit)
    assert shared(case) == SHARED.replace(
        "north,2023/24,3_000,30,,ask\n", "north,2023/24,4_500,30,,ask\nnorth,2024/25,3_000,30,,ask\n"
    )
    assert amounts(read(case)) == want
    assert made.notes == [
        "tables.first: rows were added to data/shared.csv that give again, as they were, the values after "
        "those that were edited",
        "tables.first: rows still marked, for other inputs: ask (tables.second)",
    ]
    assert (case / "tables.yaml").read_text() == TABLES.replace("2023/24", "2024/25")


def test_a_value_served_by_others_gets_a_row(case: Path) -> None:
    """Its series is then its own: the periods after it are given again too."""
    want = amounts(read(case, ["tables.second[south,2022/23]=11"]))
    put(case, Edit("tables.second", ("south", "2022/23"), 11.0, source="L1", state="local"))
    assert (
        shared(case).splitlines()[2:4]
        == [
            'south,2022/23,1,11,"the rest, so far",',
            'south,2023/24,1,10,"the rest, so far",check',
        ]
        or amounts(read(case)) == want
    )
    assert amounts(read(case)) == want


def test_a_table_keeps_its_line_ends_and_the_names_of_its_columns(case: Path) -> None:
    """A row for others goes on serving the rest."""
    want = amounts(read(case, ["tables.plain[south,ct]=7", "tables.plain[north,ct]=0.5"]))
    put(
        case,
        Edit("tables.plain", ("south", "ct"), 7.0, source="L1", state="local"),
        Edit("tables.plain", ("north", "ct"), 0.5, source="L1", state="local"),
    )
    text = (case / "data" / "plain.csv").read_bytes().decode()
    assert text == PLAIN.replace("ct,north,1\r\n", "ct,north,0.5\r\nct,south,7\r\n")
    assert amounts(read(case)) == want


def test_both_inputs_of_a_row_rid_it_of_its_mark(case: Path) -> None:
    """What was to be done about it is done."""
    put(
        case,
        *(
            Edit(f"tables.{name}", ("north", year), 5.0, source="L1", state="local")
            for name in ("first", "second")
            for year in ("2023/24", "2024/25", "2025/26")
        ),
    )
    assert shared(case).splitlines()[3:] == [
        "north,2023/24,5,5,,",
        "north,2024/25,5,5,,",
        "north,2025/26,5,5,,",
    ]


def test_a_cell_that_another_input_reads_is_left(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do about it; unless both are to be the same."""
    with (case / "tables.yaml").open("a", encoding="utf-8") as file:
        file.write("third: {unit: '1', over: [site, year], table: data/shared.csv, column: first,\n")
        file.write("        hold: true, source: L1, state: local}\n")
    third = layouts.declare("tables.third", "1", ("site", "year"))
    monkeypatch.setattr(layouts, "INPUTS", [*layouts.INPUTS, third])
    edit = Edit("tables.first", ("north", "2023/24"), 4.0)
    made = put(case, edit)
    assert made.files == {}
    assert made.refused == [
        (
            edit,
            "column first of data/shared.csv is read by tables.third too: give tables.first a column of "
            "its own (column:), and change it there",
        )
    ]
    both = [Edit(f"tables.{name}", ("north", "2023/24"), 4.0) for name in ("first", "third")]
    want = amounts(read(case, [f"{each.name}=4" for each in both]))
    assert not put(case, *both).refused
    assert amounts(read(case)) == want
