"""Nested values and tables laid over the members of a case."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Frame, Member
from casebuilder.errors import Fault
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.tables import Row, Table
from casebuilder.inputs.files.yaml import Node, parse_yaml
from casebuilder.inputs.shape.spread import Spread
from tests.declared import DIMENSIONS

YEARS = ("2021/22", "2022/23", "2023/24")
FRAME = Frame(
    members={
        "site": (Member("a", "A"), Member("b", "B")),
        "test": (Member("ct", "CT"), Member("mri", "MRI")),
        "year": tuple(Member(year, year) for year in YEARS),
    },
    options=(),
    baseline="bau",
    pairs={("site", "test"): frozenset({("a", "ct"), ("a", "mri"), ("b", "ct")})},
    dimensions=DIMENSIONS,
)


def spread(
    over: tuple[str, ...], text: str, *, hold: bool = False, lenient: bool = False
) -> tuple[dict[str, object], Spread]:
    """The plain value for each combination of a nested mapping, and the spread with its faults."""
    node = parse_yaml(text, "f.yaml", [])
    assert node is not None
    one = Spread(FRAME, over, hold, lenient, [])
    found = one.nested(node, Place("f.yaml"), lambda leaf: not isinstance(leaf.value, dict))
    return {",".join(members): leaf.scalar for members, leaf in found.items()}, one


def messages(one: Spread) -> list[str]:
    """What is wrong, in words."""
    return [fault.message for fault in one.faults]


def test_only_combinations_that_exist_have_a_value() -> None:
    """A pair that the case leaves out is neither wanted nor missing."""
    found, one = spread(("site", "test"), "a: {ct: 1, mri: 2}\nb: {ct: 3}\n")
    assert found == {"a,ct": 1, "a,mri": 2, "b,ct": 3}
    assert not one.faults and not one.missing


def test_others_stands_for_all_not_named() -> None:
    """At any level, and only for what exists."""
    found, one = spread(("site", "test"), "b: 5\nothers: {mri: 2, others: 1}\n")
    assert found == {"a,ct": 1, "a,mri": 2, "b,ct": 5}
    assert not one.faults


def test_others_may_name_what_some_lack() -> None:
    """A mapping that serves many members need not fit each."""
    found, one = spread(("site", "test"), "others: {ct: 1, mri: 2}\n")
    assert found == {"a,ct": 1, "a,mri": 2, "b,ct": 1}
    assert not one.faults


def test_a_period_takes_the_last_before_it() -> None:
    """With hold, also one from before the axis; what stands before the first is missing."""
    found, _ = spread(("year",), "2019/20: 1\n2023/24: 2\n", hold=True)
    assert found == {"2021/22": 1, "2022/23": 1, "2023/24": 2}
    found, one = spread(("year",), "2022/23: 1\n", hold=True)
    assert found == {"2022/23": 1, "2023/24": 1}
    assert [str(missing) for missing in one.missing] == ["2021/22"]


def test_without_hold_each_period_is_wanted() -> None:
    """A period off the axis is a fault, but not in the reference set."""
    _, one = spread(("year",), "2021/22: 1\n2022/23: 1\n2030/31: 1\n")
    assert [str(missing) for missing in one.missing] == ["2023/24"]
    assert messages(one) == ["2030/31 is off the year axis, which runs from 2021/22 to 2023/24"]
    _, one = spread(("year",), "others: 1\n2030/31: 1\n", lenient=True)
    assert not one.faults


def test_what_is_missing_is_said_with_what_is_above_it() -> None:
    """The members of the levels above stand before the one that is missing."""
    _, one = spread(("site", "test"), "a: {ct: 1}\n")
    assert [str(missing) for missing in one.missing] == ["a,mri", "b"]


def test_slips_are_faults_but_not_in_the_reference_set() -> None:
    """The reference set may name members that this case has not."""
    text = "a: {ct: 1, mri: 1}\nb: {ct: 1, mri: 1}\nc: 1\n"
    _, one = spread(("site", "test"), text)
    assert len(messages(one)) == 2
    _, one = spread(("site", "test"), text, lenient=True)
    assert not one.faults


def test_dimensions_may_stand_in_another_order() -> None:
    """Time may be the outer level."""
    found, one = spread(("year", "site"), "2021/22: {a: 1, b: 2}\nothers: 3\n")
    assert not one.faults and len(found) == 6 and found["2021/22,b"] == 2


def test_a_table_gives_one_value_a_row() -> None:
    """Rows are held over time like nested values; a missing row is said by its members."""
    lines = ["a,ct,2020/21,1", "a,ct,2022/23,2", "b,ct,2021/22,3"]
    rows = tuple(
        Row(tuple(line.split(",")), Place("t.csv", 2 + i), line, (0, 1, 2, 3)) for i, line in enumerate(lines)
    )
    faults: list[Fault] = []
    one = Spread(FRAME, ("site", "test", "year"), True, False, faults)
    found: dict[tuple[str, ...], Node] = one.table(Table(Place("t.csv"), (), rows))
    values = {",".join(members): node.scalar for members, node in found.items()}
    assert values == {f"a,ct,{y}": v for y, v in zip(YEARS, (1, 2, 2), strict=True)} | {
        f"b,ct,{y}": 3 for y in YEARS
    }
    assert str(one.missing[0]) == "a,mri,2021/22, a,mri,2022/23, a,mri,2023/24"
    assert found["a", "ct", "2022/23"].place == ("t.csv", 3, 14)


def test_a_row_of_a_table_may_stand_for_others() -> None:
    """For those that no row names, the first dimension sooner than the last; never for a period."""
    lines = ["a,ct,1", "a,others,2", "others,ct,3", "others,others,4"]
    rows = tuple(
        Row(tuple(line.split(",")), Place("t.csv", 2 + i), line, (0, 1, 2)) for i, line in enumerate(lines)
    )
    one = Spread(FRAME, ("site", "test"), False, False, [])
    found = one.table(Table(Place("t.csv"), (), rows))
    assert {",".join(members): node.scalar for members, node in found.items()} == {
        "a,ct": 1,
        "a,mri": 2,
        "b,ct": 3,
    }
    assert not one.faults and not one.missing
    year = Row(("others", "1"), Place("t.csv", 2), "others,1", (0, 1))
    of_years = Spread(FRAME, ("year",), False, False, [])
    of_years.table(Table(Place("t.csv"), (), (year,)))
    assert "'others' is no" in messages(of_years)[0]


def test_a_table_may_run_beyond_the_axis() -> None:
    """A long table serves a case with a short axis; a label that is no period is a fault all the same."""
    lines = ["2019/20,1", "2021/22,2", "2022/23,2", "2023/24,2", "2030/31,3", "2031/33,4"]
    rows = tuple(
        Row(tuple(line.split(",")), Place("t.csv", 2 + i), line, (0, 1)) for i, line in enumerate(lines)
    )
    one = Spread(FRAME, ("year",), False, False, [])
    found = one.table(Table(Place("t.csv"), (), rows))
    assert [node.scalar for node in found.values()] == [2, 2, 2]
    assert [fault.line for fault in one.faults] == [7]
    assert "'2031/33' is no financial year" in messages(one)[0]
