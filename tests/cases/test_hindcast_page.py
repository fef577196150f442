"""docs/hindcast.md and its chart say what the hindcast gives, and the errors are below those of no change."""

from __future__ import annotations

import pytest

from casebuilder.analysis.hindcast.errors import error
from casebuilder.analysis.hindcast.outcome import MODEL, NO_CHANGE, TREND
from casebuilder.analysis.hindcast.series import MEASURES
from casebuilder.tasks.hindcast import FIVE
from tests.cases.hindcast_page import CHART, LATER, PAGE, RUNS, chart, found, learned_later, rows, told

LINES = PAGE.read_text(encoding="utf-8").splitlines()
# By name: what stands in them takes seconds to work out, which is left to the process that runs the tests.
STARTS = [*(start for start, _ in RUNS), LATER]
TOLD = [*STARTS, *FIVE]


@pytest.mark.parametrize("at", range(len(TOLD)), ids=TOLD)
def test_page_has_the_figures(at: int) -> None:
    """Every row of both tables, as worked out again; `python -m tests.cases.hindcast_page` writes them."""
    lines = told()
    assert len(lines) == len(TOLD)
    assert lines[at] in LINES


def test_chart_is_drawn_from_the_same() -> None:
    assert CHART.read_text(encoding="utf-8") == chart()


@pytest.mark.parametrize("at", range(len(STARTS)), ids=STARTS)
def test_no_run_is_worse_than_no_change(at: int) -> None:
    """Share and list over 42 systems."""
    row = rows()[at]
    assert row.start == STARTS[at] and len(rows()) == len(STARTS)
    assert row.share < row.share_no_change and row.list < row.list_no_change


def test_band_holds_70_to_90_per_cent() -> None:
    """Of all runs together; of each but the lists from December 2023, as the page says."""
    for measure in MEASURES:
        held = [getattr(row, f"{measure}_held") for row in rows()[:-1]]
        assert 0.7 <= sum(held) / len(held) <= 0.9
        short = [row.start for row in rows()[:-1] if not 0.7 <= getattr(row, f"{measure}_held") <= 0.9]
        assert short == ([] if measure == "share" else ["2023-12"])
    assert "Of lists from December 2023 it holds a little less than 70 %" in PAGE.read_text(encoding="utf-8")


def test_march_2024_to_march_2025_is_as_near_as_asked() -> None:
    """One set of parameters: share 6.0 points, list 12.2 %; bias 2 points and 4 %."""
    row = rows()[0]
    assert (row.start, row.end) == RUNS[0]
    assert row.share <= 6.0 and row.list <= 12.2
    assert abs(row.share_bias) <= 2 and abs(row.list_bias) <= 4


def test_two_years_are_as_near_as_asked() -> None:
    """April 2023 to March 2025: 10.5 points with what was known, 8 with the fade that was learned later."""
    known, later = rows()[-2:]
    assert (known.start, later.start) == ("2023-04", LATER)
    assert known.share <= 10.5 and later.share <= 8.0
    assert learned_later() == pytest.approx(0.908, abs=5e-4)
    assert "9.2 % a year" in PAGE.read_text(encoding="utf-8")


def test_share_is_told_too_high_from_every_start() -> None:
    assert all(row.share_bias > 0 for row in rows())
    assert max(rows()[:-1], key=lambda row: row.share_bias).start == "2023-04"


def test_trend_is_worse_than_no_change_where_it_is_known() -> None:
    of = found("2024-04", "2025-03")
    off = {name: error(of.forecasts[name], of.real, -1) for name in (MODEL, NO_CHANGE, TREND)}
    for measure in MEASURES:
        assert off[MODEL].absolute[measure] < off[NO_CHANGE].absolute[measure] < off[TREND].absolute[measure]
