"""Summary names the ten inputs that matter most, as engine results with hash and a live stale mark."""

from __future__ import annotations

import pytest

from casebuilder.analysis.uncertainty.ranking import VALUE
from casebuilder.workbook.sheets.options import CURRENT, STALE
from casebuilder.workbook.sheets.summary_page.values import MOST, NO_CASE, TITLE
from tests.shipped import ShippedCases
from tests.workbook.reading import Sheet

CASE = "lancashire_south_cumbria"


@pytest.fixture(scope="module")
def summary(shipped_cases: ShippedCases) -> Sheet:
    return shipped_cases.sheets(CASE)["Summary"]


def row_of(sheet: Sheet, text: str) -> int:
    """The row whose first cell holds a text."""
    (row,) = [row for row in range(1, 120) if str(sheet.value(row, 1)).startswith(text)]
    return row


def test_the_first_ten_stand_in_order_with_what_they_do(summary: Sheet, shipped_cases: ShippedCases) -> None:
    """Label, key and state, and the change of the value at each end."""
    ranking = shipped_cases.case(CASE).findings.ranking
    assert ranking is not None
    base, first = ranking.base.figures[VALUE], row_of(summary, "Input") + 1
    for row, each in enumerate(ranking.inputs[:MOST], first):
        assert summary.value(row, 1) == f"{each.label} ({each.key})"
        assert str(summary.value(row, 3)).startswith(each.state)
        for column, end in zip((4, 5), each.ends, strict=True):
            moved = end.figures[VALUE] - base if end.stands else NO_CASE
            assert summary.value(row, column) == pytest.approx(moved), (each.key, column)


def test_unverified_ones_carry_their_place_in_the_order_of_replacing(
    summary: Sheet, shipped_cases: ShippedCases
) -> None:
    """The place counts unverified inputs alone."""
    ranking = shipped_cases.case(CASE).findings.ranking
    first = row_of(summary, "Input") + 1
    places = {each.key: place for place, each in enumerate(ranking.to_replace, 1)}
    for row, each in enumerate(ranking.inputs[:MOST], first):
        told = f"unverified, {places[each.key]}" if each.key in places else each.state
        assert summary.value(row, 3) == told


def test_they_are_marked_with_the_option_and_the_hash(summary: Sheet, shipped_cases: ShippedCases) -> None:
    """So that a reader knows what they were worked out on."""
    top, case = row_of(summary, TITLE), shipped_cases.case(CASE)
    assert summary.value(top + 1, 2) == "Centres: four hubs, three spokes"
    assert summary.value(top + 2, 2) == case.inputs.sha256[:16]
    share = case.findings.ranking.share_unverified
    assert summary.value(row_of(summary, "Of what ranges do"), 2) == pytest.approx(share)


def test_an_input_changed_makes_them_stale(summary: Sheet, shipped_cases: ShippedCases) -> None:
    """Whatever is typed into Inputs, the word turns; with the value back it turns back."""
    row = row_of(summary, "Does it fit the inputs of the workbook?")
    assert summary.value(row, 2) == CURRENT
    inputs = shipped_cases.sheets(CASE)["Inputs"]
    place = next(r for r in range(1, 4000) if inputs.value(r, 1) == "economics.running_cost_bias")
    engine = shipped_cases.engine(CASE)
    before = float(str(inputs.value(place, 4)))
    engine.put("Inputs", f"D{place}", before + 0.01)
    assert engine.value("Summary", f"B{row}") == STALE
    engine.put("Inputs", f"D{place}", before)
    assert engine.value("Summary", f"B{row}") == CURRENT
