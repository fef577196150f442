"""The order of rows: what is added up together lies together, in the same order for all of it."""

from __future__ import annotations

from casebuilder.algebra.operators import interpolate, total
from casebuilder.workbook.layout.addresses import lay_out
from casebuilder.workbook.layout.row_order import row_orders
from tests.workbook.mini import Mini, frame

SITES, TESTS, KITS = ("a", "b", "c"), ("ct", "mri", "us"), ("scanner", "probe", "arch")


def _mini() -> Mini:
    return Mini(frame({"site": SITES, "test": TESTS, "equipment": KITS}, months=3, years=2))


def test_a_sum_over_tests_puts_the_tests_innermost() -> None:
    """And a sum over sites the sites; a line that nobody adds up goes by test."""
    m = _mini()
    by_test = m.line("by_test", "number", ("site", "test"), m.input("x", "number", ("site", "test")) + 1)
    by_site = m.line("by_site", "number", ("site", "test"), m.input("y", "number", ("site", "test")) + 1)
    m.line("tests", "number", ("site",), total(by_test, over="test"))
    m.line("sites", "number", ("test",), total(by_site, over="site"))
    orders = row_orders(m.problem())
    assert orders["mini.by_test"] == ("site", "test")
    assert orders["mini.by_site"] == ("test", "site")
    assert orders["mini.x"] == ("test", "site")


def test_what_is_multiplied_within_a_sum_has_one_order() -> None:
    """A product over both dimensions is one SUMPRODUCT only if its factors lie alike."""
    m = _mini()
    x, y = (m.input(name, "number", ("site", "test")) for name in "xy")
    m.line("tests", "number", ("site",), total(x, over="test"))
    m.line("both", "number", (), total(x * y, over=("site", "test")))
    orders = row_orders(m.problem())
    assert orders["mini.x"] == orders["mini.y"] == ("site", "test")


def test_the_sum_with_more_cells_decides() -> None:
    """Of two sums that ask for different orders, the monthly one outweighs the single cell."""
    m = _mini()
    x = m.input("x", "number", ("site", "equipment"))
    line = m.line("x2", "number", ("site", "equipment"), x + 1)
    monthly = m.input("m", "number / month", ("month",))
    m.line("by_month", "number / month", ("site", "month"), total(line * x, over="equipment") * monthly)
    m.line("once", "number", ("equipment",), total(line * x, over="site"))
    orders = row_orders(m.problem())
    assert orders["mini.x2"] == orders["mini.x"] == ("site", "equipment")


def test_two_products_are_written_out_and_leave_the_order_to_others() -> None:
    """However often: beside each other or not, two cells by two are as long as their ranges."""
    m = Mini(frame({"site": SITES, "equipment": ("scanner", "probe")}, months=3, years=2))
    x = m.input("x", "number", ("site", "equipment"))
    line = m.line("x2", "number", ("site", "equipment"), x + 1)
    monthly = m.input("m", "number / month", ("month",))
    m.line("by_month", "number / month", ("site", "month"), total(line * x, over="equipment") * monthly)
    m.line("once", "number", ("equipment",), total(line * x, over="site"))
    orders = row_orders(m.problem())
    assert orders["mini.x2"] == orders["mini.x"] == ("equipment", "site")


def test_points_of_a_table_lie_side_by_side_whatever_else_asks() -> None:
    """A look-up has no other form, so it outweighs every sum."""
    m = Mini(frame({"site": SITES, "point": ("p1", "p2", "p3")}, months=12, years=2))
    starts = {(site, f"p{number}"): number for site in SITES for number in (1, 2, 3)}
    x, at = m.input("x", "number"), m.input("at", "number", ("site", "point"), starts)
    worth = m.input("worth", "number", ("site", "point"))
    monthly = m.input("m", "number / month", ("month",))
    m.line("looked_up", "number", ("site",), interpolate(x, at, worth))
    m.line("by_month", "number / month", ("point", "month"), total(worth * at, over="site") * monthly)
    orders = row_orders(m.problem())
    assert orders["mini.at"] == orders["mini.worth"] == ("site", "point")


def test_the_rows_of_a_block_follow_its_order() -> None:
    """The layout takes the order, and the same case always gets the same one."""
    m = _mini()
    line = m.line("by_test", "number", ("site", "test"), m.input("x", "number", ("site", "test")) + 1)
    m.line("tests", "number", ("site",), total(line, over="test"))
    problem = m.problem()
    layout = lay_out(problem)
    rows = next(sheet.blocks[line].rows for sheet in layout.sheets.values() if line in sheet.blocks)
    assert list(rows) == [(site, test) for site in SITES for test in TESTS]
    assert row_orders(problem) == row_orders(problem)
