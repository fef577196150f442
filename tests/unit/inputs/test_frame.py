"""Members, pairs, options and periods out of case.yaml."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.errors import InputError
from casebuilder.inputs.values import CaseInputs
from tests.declared import DIMENSIONS


def change(path: Path, old: str, new: str) -> None:
    """Replace some text of a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_members_have_labels_and_order(read: Callable[..., CaseInputs]) -> None:
    """Dimensions stand in the model's order, members in the case's; the reference set adds its own."""
    frame = read().frame
    named = {"site", "equipment", "price_year", "test", "month", "year", "statement"}
    assert tuple(frame.members) == tuple(name for name in DIMENSIONS if name in named)
    assert frame.ids("site") == ("north", "south")
    assert frame.label("equipment", "mri") == "MRI scanner"
    assert frame.ids("price_year") == ("2021/22", "2025/26")


def test_the_case_holds_over_the_members_of_the_reference_set(
    folder: Path, read: Callable[..., CaseInputs]
) -> None:
    """A dimension that the case names is the case's."""
    change(folder / "case.yaml", "members:\n", "members:\n  price_year: [2025/26]\n")
    assert read().frame.ids("price_year") == ("2025/26",)


def test_periods_come_from_the_dates(read: Callable[..., CaseInputs]) -> None:
    """Months from the first month, years from the base year, each month with its year."""
    frame = read().frame
    assert (frame.ids("month")[0], frame.ids("month")[-1]) == ("2021-04", "2023-03")
    assert frame.ids("year") == ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26")
    assert frame.year_of_month == (*[1] * 12, *[2] * 12)


def test_pairs_are_kept_in_the_order_of_the_dimensions(read: Callable[..., CaseInputs]) -> None:
    """However the case writes them; pairs through a third share a member of it."""
    pairs = read().frame.pairs
    assert set(pairs) == {("site", "test"), ("equipment", "test"), ("site", "equipment")}
    assert pairs["site", "test"] == {("north", "ct"), ("south", "ct"), ("north", "mri")}
    assert pairs["site", "equipment"] == {("north", "ct"), ("south", "ct"), ("north", "mri")}


def test_pairs_may_stand_in_a_table(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """Every row is a pair that exists; other columns are left alone."""
    change(folder / "case.yaml", "members: {ct: [north, south], mri: [north]}", "table: data/referrals.csv")
    assert read().frame.pairs["site", "test"] == {("north", "ct"), ("south", "ct"), ("north", "mri")}


def test_members_may_stand_in_a_table(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """An id may stand in many rows; the order is that of the first of each."""
    (folder / "data" / "towns.csv").write_text("town,name,road\nb,B town,1\na,A town,2\nb,B town,3\n")
    new = "members:\n  district: {table: data/towns.csv, id: town, label: name}\n"
    change(folder / "case.yaml", "members:\n", new)
    frame = read().frame
    assert frame.ids("district") == ("b", "a")
    assert frame.label("district", "b") == "B town"


@pytest.mark.parametrize(
    ("table", "entry", "words"),
    [
        ("town,name\na,A\na,Other\n", "id: town, label: name", "'a' is called 'A' above and 'Other' here"),
        ("town,name\na,A\n", "id: twon, label: name", "there is no column 'twon'"),
        ("town,name\na,A\n", "id: town, lable: name", "unknown key 'lable'"),
        ("town,name\nA b,A\n", "id: town, label: name", "'A b' is no member id"),
    ],
)
def test_a_table_of_members_that_will_not_do(
    folder: Path, read: Callable[..., CaseInputs], table: str, entry: str, words: str
) -> None:
    """A second label, a missing column, an unknown key, an id that keys cannot hold."""
    (folder / "data" / "towns.csv").write_text(table)
    new = f"members:\n  district: {{table: data/towns.csv, {entry}}}\n"
    change(folder / "case.yaml", "members:\n", new)
    with pytest.raises(InputError) as caught:
        read()
    assert words in str(caught.value)


def test_the_first_month_may_be_later(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """The month axis starts where the case says, within the years of the case."""
    change(folder / "case.yaml", "operating_months: 24", "first_month: 2022-10\noperating_months: 18")
    assert read().frame.year_of_month == (*[2] * 6, *[3] * 12)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        (
            "operating_months: 24",
            "first_month: 2021-03\noperating_months: 25",
            (4, 14),
            "before the base year",
        ),
        ("operating_months: 24", "operating_months: 72", (4, 19), "beyond the horizon"),
        ("operating_months: 24", "operating_months: 6", (4, 19), "not in 2021-09: write 12"),
        ("options: [bau, preferred]", "options: [bau, preferred, bau]", (18, 27), "listed twice"),
        ("  site: {", "  month: {a: A}\n  site: {", (8, 3), "come from base_year"),
        ("  site: {", "  option: {a: A}\n  site: {", (8, 3), "under options:"),
        ("north: North centre", "north: ", (8, 17), "must be text"),
        ("{label: MRI scanner}", "{lable: MRI scanner}", (10, 37), "did you mean 'label'?"),
        (
            "    through: test",
            "    through: test\n    members: {}",
            (16, 5),
            "one of members, table and through",
        ),
        ("over: [equipment, test]", "over: [site, test]", (14, 11), "already given"),
        ("over: [equipment, test]", "over: [staff, test]", (14, 12), "gives no members for staff"),
        ("over: [equipment, test]", "over: [month, test]", (14, 12), "no dimension of pairs"),
        ("mri: [north]", "mri: [north, north]", (13, 48), "listed twice"),
    ],
)
def test_what_makes_no_sense_is_a_fault(
    folder: Path, read: Callable[..., CaseInputs], old: str, new: str, place: tuple[int, int], words: str
) -> None:
    """Each is shown at the entry that has it."""
    change(folder / "case.yaml", old, new)
    with pytest.raises(InputError) as caught:
        read()
    hits = [fault for fault in caught.value.faults if (fault.line, fault.column) == place]
    assert hits and words in hits[0].message, caught.value.faults
