"""Which sheet a line without time stands on."""

from __future__ import annotations

from casebuilder.algebra.operators import per_year, total
from casebuilder.workbook.layout.addresses import MONTHS, STATEMENTS, YEARS, lay_out
from tests.workbook.mini import Mini, frame


def test_a_line_without_time_stands_where_it_is_read() -> None:
    """With the years what lines by year read, or what is read on the way alone; else with the months."""
    m = Mini(frame({"site": ("a", "b")}, months=14, statements=2))
    x = m.input("x", "tests / month", ("site",), 3.0)
    of_months = m.line("of_months", "tests / month", ("site",), x * 2)
    of_both = m.line("of_both", "tests / month", ("site",), x * 3)
    behind = m.line("behind", "tests / month", ("site",), x * 4)
    on_the_way = m.line("on_the_way", "tests / month", ("site",), x * 5)
    read_by_years = m.line("read_by_years", "tests / month", ("site",), behind + on_the_way)
    monthly = m.line(
        "monthly", "tests / month", ("site", "month"),
        of_months + of_both + behind + m.input("flow", "tests / month", ("month",), 1.0),
    )  # fmt: skip
    by_both = of_both / (of_both + read_by_years)
    m.line("yearly", "tests / year", ("site", "year"), per_year(monthly) * by_both)
    m.line("of_nothing", "tests / month", (), total(x, over="site"))
    layout = lay_out(m.solve().problem)
    stands = {line.key.removeprefix("mini."): sheet for line, sheet in layout.sheet_of.items()}
    assert stands == {
        "of_months": MONTHS, "of_both": YEARS, "behind": MONTHS, "on_the_way": YEARS, "read_by_years": YEARS,
        "monthly": MONTHS, "yearly": YEARS, "of_nothing": YEARS,
    }  # fmt: skip
    assert not layout.sheets[STATEMENTS].blocks
