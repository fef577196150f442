"""Capital by month: a year's spend over its months of building and installation, by hand."""

from __future__ import annotations

import pytest

from tests.published.support import Answer, reference, work_out

APRIL, MAY, MARCH = 0, 1, 11


def spend(start: float, end: float) -> Answer:
    """£1,200 in the first year and £600 in the second, whose Marches are months 12 and 24 of the case."""
    shipped = reference("spend")["place"]["values"]
    return work_out(
        ["spend.by_month", "spend.works_in_year", "spend.months_add_up"],
        {
            "spend.last_month": [12.0, 24.0],
            "capital.outturn": [1200.0, 600.0],
            "programme.build_start": start,
            "programme.install_end": end,
            "spend.place": list(map(float, shipped.values())),
            "checks.yearly_money": 1.0,
        },
        members={"month_of_year": list(shipped)},
        years=2,
    )


def test_building_over_the_year_end() -> None:
    """Months 10 to 14: January to March bear the first year, April and May the second."""
    found = spend(10, 15)
    months = found("spend.by_month")
    assert found("spend.works_in_year") == pytest.approx([3, 2])
    assert [row[0] for row in months] == pytest.approx([0] * 9 + [400] * 3)
    assert [row[1] for row in months] == pytest.approx([300, 300] + [0] * 10)


def test_a_part_of_a_month() -> None:
    """A quarter of April's works and all of May's: the second year falls as 1 to 4."""
    months = spend(13.75, 15)("spend.by_month")
    assert months[APRIL][1] == pytest.approx(120)
    assert months[MAY][1] == pytest.approx(480)


def test_a_year_without_works_is_spent_evenly() -> None:
    """All building is in the second year, but money was paid in the first."""
    found = spend(13, 15)
    assert [row[0] for row in found("spend.by_month")] == pytest.approx([100] * 12)
    assert found("spend.by_month")[MARCH][1] == 0
    assert found("spend.months_add_up") == [0, 0]
