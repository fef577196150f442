"""The decision on Summary is live: values by option, points, what each line shows, and the checks."""

from __future__ import annotations

import pytest

from casebuilder.evaluate.checks import REASONS_GIVEN, REASONS_HOLD
from casebuilder.evaluate.decision.grounds import grounds
from casebuilder.workbook.sheets.summary_page.decision import CRITERIA, REASONS, SCORE, TITLE
from tests.shipped import ShippedCases
from tests.workbook.reading import Sheet

CASE = "lancashire_south_cumbria"
SCORED = "norfolk_waveney"
WEIGHTS = {
    f"unmonetised.importance[{each}]"
    for each in ("resilience", "staff_experience", "equal_access", "patient_experience", "learning")
}


@pytest.fixture(scope="module")
def summary(shipped_cases: ShippedCases) -> Sheet:
    return shipped_cases.sheets(CASE)["Summary"]


def row_of(sheet: Sheet, text: str) -> int:
    """The row whose first cell holds a text."""
    (row,) = [row for row in range(1, 120) if sheet.value(row, 1) == text]
    return row


def check_row(sheets: dict[str, Sheet], key: str) -> int:
    """The row of a check on Checks."""
    return next(row for row in range(10, 400) if sheets["Checks"].value(row, 1) == key)


def test_each_reason_stands_with_its_line_in_every_option(
    summary: Sheet, shipped_cases: ShippedCases
) -> None:
    """Live where an option is laid out, the engine's where it is not; the word is that of the engine."""
    case = shipped_cases.case(CASE)
    of, options = grounds(case.results, case.headlines), case.problem.frame.option_ids
    first = row_of(summary, REASONS) + 1
    for row, ground in enumerate(of.reasons, first):
        assert summary.value(row, 1) == ground.shown.text
        for column, option in enumerate(options, 3):
            assert summary.value(row, column) == pytest.approx(ground.values[option], abs=1e-9)
        assert summary.value(row, 3 + len(options)) == "yes"


def test_weighted_points_are_those_of_the_terminal(summary: Sheet, shipped_cases: ShippedCases) -> None:
    """A sum of weights times points, worked out in the sheet."""
    case = shipped_cases.case(CASE)
    row = row_of(summary, SCORE)
    for column, score in enumerate(grounds(case.results, case.headlines).scores.values(), 3):
        assert summary.value(row, column) == pytest.approx(score)


def test_need_award_and_rank_stand_above(summary: Sheet, shipped_cases: ShippedCases) -> None:
    """The title, then what is put forward, its rank and which ranks first."""
    of = grounds(shipped_cases.case(CASE).results, shipped_cases.case(CASE).headlines)
    assert row_of(summary, TITLE) < row_of(summary, CRITERIA) < row_of(summary, REASONS)
    assert summary.value(row_of(summary, "Its rank by net present social value"), 2) == of.rank
    assert summary.value(row_of(summary, "Needed: capital built up, with VAT"), 2) == pytest.approx(of.need)
    assert summary.value(row_of(summary, "Ranks first"), 2) == "Evenings and weekends"


def test_checks_follow_what_is_typed(shipped_cases: ShippedCases) -> None:
    """With what nobody put in pounds at no weight it is no reason: the word turns, and the check warns.

    The value of the option put forward stays below the first, so that reasons are still required.
    """
    sheets, engine = shipped_cases.sheets(SCORED), shipped_cases.engine(SCORED)
    summary, case = sheets["Summary"], shipped_cases.case(SCORED)
    given, held = check_row(sheets, REASONS_GIVEN), check_row(sheets, REASONS_HOLD)
    options = case.problem.frame.option_ids
    column = "DEFGHIJ"[options.index("preferred")]
    assert engine.value("Checks", f"{column}{given}") == 0
    assert engine.value("Checks", f"{column}{held}") == 0
    weights = [r for r in range(1, 9000) if sheets["Inputs"].value(r, 1) in WEIGHTS]
    assert len(weights) == len(WEIGHTS)
    for row in weights:
        engine.put("Inputs", f"D{row}", 0)
    word, first = "CDEFGHIJK"[len(options)], row_of(summary, REASONS) + 1
    reasons = grounds(case.results, case.headlines).reasons
    shown = [engine.value("Summary", f"{word}{first + place}") for place in range(len(reasons))]
    assert shown.count("no") == engine.value("Checks", f"{column}{held}") == 1
