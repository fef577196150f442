"""Rows that each have their member's own formula: which formula a row has, and members that have none."""

from __future__ import annotations

import pytest

from casebuilder.algebra.absence import Cause, present
from casebuilder.algebra.derive import check_line, dimensions_of
from casebuilder.algebra.member_rows import for_row, formulas, without_formula
from casebuilder.algebra.operators import at, by_member, lagged, previous, quantity, share_of, total
from casebuilder.algebra.order import references
from casebuilder.algebra.terms import Input, Line, Nought, Term
from casebuilder.errors import LoopError
from tests.workbook.mini import Mini, frame

x, y = Input("X", "number", ("site",), "b"), Input("Y", "number", ("site", "test"), "b")
z = Input("Z", "number", (), "b")
SITES = {"site": ("a", "b", "c")}


def named(line: Line) -> Line:
    """A line with a name."""
    line.chapter, line.name = "mini", line.label.lower()
    return line


def test_a_row_has_the_formula_of_its_member() -> None:
    """Inside other operators as well, one choice within another."""
    choice = by_member(site={"a": x * 2, "b": by_member(test={"ct": y}, others=z)}, others=z + 1)
    assert for_row(choice, {"site": "b", "test": "ct"}) is y
    assert for_row(choice, {"site": "b", "test": "us"}) is z
    row = for_row(total(choice * y, over="test"), {"site": "a"})
    assert repr(row) == repr(total(x * 2 * y, over="test"))
    assert repr(for_row(x * by_member(site={"a": z}, others=0), {"site": "b"})) == repr(quantity(0, "1"))
    assert for_row(x * 2 + z, {"site": "a"}).arguments[1] is z  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "term",
    [
        total(by_member(site={"a": x}, others=0), over="site"),
        share_of(by_member(site={"a": x}, others=0), over="site"),
        at(by_member(site={"a": x}, others=0), site="b"),
    ],
)
def test_what_a_sum_goes_over_is_not_chosen_by_the_row(term: Term) -> None:
    """Its members each count with their own formula."""
    assert for_row(term, {"site": "a"}) is term


def test_it_varies_by_the_dimension_that_it_chooses_by() -> None:
    """And by whatever its cases vary by."""
    assert set(dimensions_of(by_member(site={"a": z, "b": 1}))) == {"site"}
    assert set(dimensions_of(by_member(site={"a": z}, others=y))) == {"site", "test"}


def test_members_that_a_case_has_not_are_left_out_with_all_they_read() -> None:
    """A line that only an absent member reads is not needed, and the formula of others stays."""
    gone = named(Line("Gone", "number", (), at(x, site="d"), "b"))
    line = named(Line("Kept", "number", ("site",), by_member(site={"d": gone, "a": x}, others=z), "b"))
    found = present([gone, line], frame(SITES), ())
    assert set(found.lost) == {gone}
    kept = found.lines[line]
    assert {item for item, _ in references(kept)} == {x, z}
    assert formulas(kept, frame(SITES)) == {"a": x, "b": z, "c": z}


def test_a_dimension_without_members_takes_its_rows_and_leaves_sums_nought() -> None:
    """As for any other line over it: lost, or where it may have none only its rows, and a sum is nought."""
    rows = named(Line("Rows", "number", ("site",), by_member(site={"a": z}), "b"))
    added = named(Line("Added", "number", (), total(by_member(site={"a": z}), over="site") + 1, "b"))
    nobody = frame({})
    lost = present([rows, added], nobody, ()).lost
    assert {line: loss.roots for line, loss in lost.items()} == {
        key: {Cause("site")} for key in (rows, added)
    }
    found = present([rows, added], nobody, ("site",))
    assert set(found.lost) == {rows} and found.lost[rows].rows_only
    assert isinstance(found.lines[added].definition.arguments[0], Nought)  # type: ignore[attr-defined]


def test_members_that_nothing_is_said_of_are_named() -> None:
    """Rows of the line, and parts of a sum."""
    rows = named(Line("Rows", "number", ("site",), by_member(site={"a": x, "b": 0}), "b"))
    added = named(Line("Added", "number", (), total(by_member(site={"a": x, "b": 0}), over="site"), "b"))
    nested = by_member(site={"c": z}, others=by_member(site={"a": x, "b": 0}))
    covered = named(Line("Covered", "number", ("site",), nested, "b"))
    assert list(without_formula(rows, frame(SITES))) == [("site", "c")]
    assert list(without_formula(added, frame(SITES))) == [("site", "c")]
    assert list(without_formula(covered, frame(SITES))) == []


def test_each_formula_is_checked_by_itself() -> None:
    """One case that lacks what a sum goes over is told, whatever the others vary by."""
    line = named(
        Line("Sum", "number", ("site",), total(by_member(site={"a": x}, others=y), over="test"), "b")
    )
    assert check_line(line) == ["mini.sum adds over test, which is not there"]


def test_it_stands_in_a_loop_from_period_to_period() -> None:
    """One site's list halves and takes last month's arrivals on; another's stays."""
    m = Mini(frame(SITES, months=4))
    arrivals = m.input("arrivals", "tests / month", ("site", "month"), 8.0)
    waiting = m.line("waiting", "tests", ("site", "month"), opening=quantity(16, "tests"))
    late = lagged(arrivals, 1) * quantity(1, "month")
    waiting.define(by_member(site={"a": previous(waiting) * 0.5 + late}, others=previous(waiting)))
    found = m.solve().array(waiting)[0, 0]
    assert found.tolist() == [[8, 12, 14, 15], [16] * 4, [16] * 4]


def test_a_loop_of_one_period_is_refused_through_it_too() -> None:
    """A member that reads its own line needs itself."""
    m = Mini(frame(SITES))
    line = m.line("own", "number", ("site",))
    line.define(by_member(site={"a": at(line, site="b")}, others=1))
    with pytest.raises(LoopError):
        m.solve()
