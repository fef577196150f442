"""Days that the law of procurement asks for, and the dates of national aggregation, as published."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from casebuilder.case import load_case
from tests.published.support import reference

# Public Contracts Regulations 2015, regulation 87; Procurement Act 2023, section 51 (guidance of 3 December
# 2024); NHS England, Provider Selection Regime, reviewing decisions during the standstill period.
STANDSTILL = {
    "regulations_2015": (10, "calendar"),
    "act_2023": (8, "working"),
    "provider_selection": (8, "working"),
}
# NHS Supply Chain, Multi Trust Aggregation, dates of 2025 to 2026: by product area.
DATES = {
    "mri": [date(2025, 6, 4), date(2025, 9, 10), date(2025, 11, 5), date(2026, 1, 7)],
    "ecg_machine": [date(2025, 6, 4), date(2025, 9, 10), date(2025, 11, 5), date(2026, 1, 7)],
    "audiology_booth": [date(2025, 11, 5), date(2026, 1, 7)],
    "endoscopy_room": [date(2025, 6, 20), date(2025, 9, 19), date(2026, 1, 16)],
}


def member(values: dict[str, Any], name: str) -> Any:
    return values.get(name, values.get("others"))


@pytest.mark.parametrize("regime", STANDSTILL)
def test_standstill_is_that_of_the_law(regime: str) -> None:
    """As many days between award and contract, of the kind that the law counts."""
    days, counted = STANDSTILL[regime]
    regimes = reference("regimes")
    assert regimes["least_days"]["values"][regime]["standstill"] == days
    working = member(regimes["in_working_days"]["values"], regime)
    assert (working and working["standstill"]) == (counted == "working")


def test_a_call_off_has_no_mandatory_standstill() -> None:
    """Regulation 86(5) of 2015: no notice for a contract under a framework; voluntary under the Act."""
    assert reference("regimes")["least_days"]["values"]["call_off"] == 0


def test_tenders_of_2015_have_thirty_days() -> None:
    """Regulation 27: 35 days, five fewer where tenders may be electronic."""
    assert reference("regimes")["least_days"]["values"]["regulations_2015"]["tender"] == 35 - 5


@pytest.mark.parametrize("equipment", DATES)
def test_dates_of_aggregation(equipment: str) -> None:
    """Days of the financial year, 1 April being 1; a date that is not there stands twice."""
    days = member(reference("commitments")["commitment_day"]["values"], equipment)
    published = {(day - date(2025, 3, 31)).days for day in DATES[equipment]}
    assert set(days.values()) == published


def test_the_order_is_a_week_and_thirty_days_after_the_date() -> None:
    """NHS Supply Chain's calendar of questions: about a week to the reference, thirty days to the order."""
    assert reference("regimes")["step_days"]["values"]["aggregation"]["order"] == 7 + 30


def test_the_mean_wait_for_the_next_date() -> None:
    """Funding approved on any day of the year waits 53 days on average for the next of four dates."""
    dates = [*DATES["mri"], date(2026, 6, 4)]
    gaps = [(later - sooner).days for sooner, later in pairwise(dates)]
    assert sum(gaps) == 365
    mean = sum(gap * gap / 2 for gap in gaps) / 365
    assert reference("regimes")["step_days"]["values"]["aggregation"]["assess"] == round(mean)


@pytest.mark.parametrize(("case", "law"), [("norfolk_waveney", 1), ("cmast_2025", 2)])
def test_the_law_of_a_shipped_case_is_that_of_its_day(case: str, law: int) -> None:
    """A purchase of 2023 is under the Regulations of 2015, one of 2025/26 under the Act of 2023."""
    value = load_case(case).results.value
    assert value("regimes.regime_taken", "preferred", ("pool",)) == law
    assert value("regimes.regime_taken", "preferred", ("framework",)) == 3
