"""The baseline from DM01: means of what was returned, mergers joined, and what is left out said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pytest

from casebuilder.inputs.dm01.mergers import heirs, read_mergers
from casebuilder.inputs.shape.fitted_tables import Merger
from casebuilder.resources import resource
from casebuilder.tasks.dm01.baseline import COLUMNS, Baseline, baseline, shipped_rows

YEAR = [f"2024-{month:02d}" for month in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]
WINDOW = ["2024-03", *YEAR]
NONE: Mapping[str, Merger] = {}
CM = ["rbl", "rbn", "rbq", "rbs", "rbt", "rem", "ren", "rep", "ret", "rjn", "rjr", "rww"]
FIVE = ("mri", "ct", "ultrasound", "dexa", "echocardiography")


def months(
    provider: str, lists: Sequence[float], tests: Sequence[float], named: Sequence[str] = WINDOW
) -> pd.DataFrame:
    """MRI of one provider: a tenth of the list over six weeks, a fifth under one; 3 planned, 1 not."""
    return pd.DataFrame(
        {
            "month": named,
            "provider": provider,
            "test": "mri",
            "waiting_list": lists,
            "over_6_weeks": [x / 10 for x in lists],
            "weeks_00": [x / 5 for x in lists],
            "waiting_list_activity": tests,
            "planned": 3.0,
            "unscheduled": 1.0,
        }
    )


def row(found: Baseline, provider: str = "rxx") -> dict[str, float]:
    return dict(found.rows[provider, "mri"])


def test_shipped_table_of_cheshire_and_merseyside_comes_out_again() -> None:
    """Every byte: twelve trusts, five tests, the year to March 2025; pairs without activity have no row."""
    found = baseline(shipped_rows(), CM, FIVE, "2025-03")
    shipped = resource("assumptions/cases/cmast_2025/data/lists.csv").read_text(encoding="utf-8")
    assert found.text == shipped
    assert "RBQ, dexa: no return from 2024-04 to 2025-03; no row" in found.notes
    assert found.pairs["ret"] == ["mri", "ct"]


def test_means_are_of_the_twelve_months_and_the_change_is_over_them() -> None:
    """List 100 at the start, then 110 to 220 by tens: mean 165, change 120 ÷ 12; tests mean 17.5."""
    lists = [100.0 + 10 * i for i in range(13)]
    found = row(baseline(months("RXX", lists, [999.0, *range(12, 24)]), ["rxx"], ["mri"], mergers=NONE))
    assert found == dict(zip(COLUMNS, (17.5, 10, 3, 1, 220, 22, 165, 33), strict=True))


def test_month_without_a_row_is_out_of_the_means() -> None:
    """May is missing: eleven months of 20 tests, not eleven twelfths."""
    kept = [month for month in WINDOW if month != "2024-05"]
    found = baseline(months("RXX", [50.0] * 12, [20.0] * 12, kept), ["RXX"], ["mri"], "2025-03", NONE)
    assert row(found)["list_activity"] == 20 and row(found)["mean_list"] == 50
    assert found.notes == ("RXX, mri: no return for 2024-05: out of the means",)


def test_nought_of_what_is_usually_many_was_not_returned() -> None:
    """As RJ1 in February and March 2024: the list counts, the noughts of activity do not."""
    rows = months("RXX", [50.0] * 13, [20.0] * 11 + [0, 0])
    rows.loc[11:, ["planned", "unscheduled"]] = 0
    found = baseline(rows, ["RXX"], ["mri"], mergers=NONE)
    assert (row(found)["list_activity"], row(found)["planned"], row(found)["mean_list"]) == (20, 3, 50)
    assert found.notes == (
        "RXX, mri: a list and no test in 2025-02, 2025-03: not returned, out of the means",
    )


def test_nought_of_what_is_seldom_done_is_nought() -> None:
    """Three tests in one month of twelve are a quarter of a test a month."""
    rows = months("RXX", [5.0] * 13, [0.0] * 12 + [3]).assign(planned=0.0, unscheduled=0.0)
    assert row(baseline(rows, ["RXX"], ["mri"], mergers=NONE))["list_activity"] == 0.25


def test_guys_and_st_thomas_two_months_are_left_out_and_said() -> None:
    """RJ1 returned no activity in February and March 2024; ten months of CT are counted."""
    rows = shipped_rows()
    found = baseline(rows, ["RJ1"], ["ct"], "2024-03")
    theirs = rows[(rows.provider == "RJ1") & (rows.test == "ct") & (rows.month <= "2024-01")]
    assert row_of(found, "rj1", "ct") == pytest.approx(theirs.waiting_list_activity.sum() / 10)
    assert "RJ1, ct: a list and no test in 2024-02, 2024-03: not returned, out of the means" in found.notes


def row_of(found: Baseline, provider: str, test: str) -> float:
    return found.rows[provider, test]["list_activity"]


def test_trusts_that_merged_are_one() -> None:
    """RVY stood apart to June 2023; its three months are in those of RBN, and it says so."""
    rows = shipped_rows()
    found = baseline(rows, ["RBN"], ["ct"], "2024-03")
    year = rows[(rows.month >= "2023-04") & (rows.month <= "2024-03") & (rows.test == "ct")]
    both = year[year.provider.isin(["RBN", "RVY"])].waiting_list_activity.sum() / 12
    assert row_of(found, "rbn", "ct") == pytest.approx(both)
    assert "RVY joined RBN in 2023-07: its months are added to RBN's" in found.notes


def test_trust_named_by_itself_is_not_joined() -> None:
    """A case of the years before has both, as case cmast."""
    found = baseline(shipped_rows(), ["RBN", "RVY"], ["ct"], "2023-06")
    assert set(found.rows) == {("rbn", "ct"), ("rvy", "ct")}
    assert not any("joined" in note for note in found.notes)


def test_month_that_one_of_two_to_merge_did_not_return_is_left_out() -> None:
    """RYY joins in December; for June it returned nothing, so that June would be RXX alone."""
    mergers = {"RYY": Merger(into="RXX", first_month="2024-12", source="here")}
    theirs = [month for month in WINDOW if month < "2024-12" and month != "2024-06"]
    rows = pd.concat(
        [months("RXX", [50.0] * 13, [20.0] * 9 + [30.0] * 4), months("RYY", [7.0] * 8, [10.0] * 8, theirs)]
    )
    found = baseline(rows, ["RXX"], ["mri"], "2025-03", mergers)
    assert row(found)["list_activity"] == 30
    assert any("2024-06 out of the means: RYY returned nothing" in note for note in found.notes)


def test_blank_of_one_of_two_that_merged_leaves_the_month_out() -> None:
    """RYY's activity of May is blank: with RXX's 20 alone May would be half of it."""
    mergers = {"RYY": Merger(into="RXX", first_month="2025-04", source="here")}
    theirs = months("RYY", [7.0] * 13, [10.0] * 13)
    theirs.loc[2, ["waiting_list_activity", "planned", "unscheduled"]] = None
    found = baseline(
        pd.concat([months("RXX", [50.0] * 13, [20.0] * 13), theirs]), ["RXX"], ["mri"], None, mergers
    )
    assert (row(found)["list_activity"], row(found)["mean_list"]) == (30, 57)
    assert "RYY, mri: a list and a blank for tests in 2024-05: not returned, out of the means" in found.notes


def test_list_that_was_not_returned_at_the_end_is_that_of_the_month_before() -> None:
    """The change is then over the months between: 13 lists less one, 40 people over 11 months."""
    lists = [100.0] * 11 + [144.0]
    found = baseline(months("RXX", lists, [20.0] * 12, WINDOW[:12]), ["RXX"], ["mri"], "2025-03", NONE)
    assert (row(found)["list"], row(found)["list_change"]) == (144, 4)
    assert "RXX, mri: no list at the end of 2025-03: that of 2025-02 is taken" in found.notes


def test_trust_without_any_return_is_named_with_what_it_joined() -> None:
    """A code that is gone gets no rows, and the reader is told where its tests went."""
    found = baseline(shipped_rows(), ["RBL", "RVY"], ["mri"], "2025-03")
    assert list(found.pairs) == ["rbl"]
    said = "RVY returned none of these tests from 2024-04 to 2025-03: it joined RBN in 2023-07; left out"
    assert said in found.notes


def test_a_merger_of_mergers_is_followed_to_its_end() -> None:
    """A into B, B into C: A's tests are C's now, unless B stands for itself."""
    chain = {
        "RA": Merger(into="RB", first_month="2019-04", source="here"),
        "RB": Merger(into="RC", first_month="2021-04", source="here"),
    }
    assert heirs(chain) == {"RA": "RC", "RB": "RC"}
    assert heirs(chain, ["RB"]) == {"RA": "RB"}


def test_mergers_that_ship_have_a_source_and_those_of_the_fits_among_them() -> None:
    """The table of the fits (RQ6, RVY) and the longer one of returns are read as one."""
    found = read_mergers(resource("assumptions/reference/data"))
    assert found["RQ6"].into == "REM" and found["RVY"].first_month == "2023-07"
    assert all(merger.source for merger in found.values())
