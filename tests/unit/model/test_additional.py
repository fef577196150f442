"""Additional and displaced tests: results that make up what the scheme does, whatever the network."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.case import Case, load_case
from tests.published.support import work_out

TESTS = ("mri", "ct")
CASES = ("cmast", "cmast_2025", "norfolk_waveney", "lancashire_south_cumbria", "digital_diagnostics")


@st.composite
def years(draw: st.DrawFn) -> dict[str, Any]:
    """Tests of a year by kind, in hospital and by the scheme; the baseline's hospitals do more or less."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scale = 10.0 ** draw(st.integers(0, 6))
    return {
        key: (random.uniform(0, scale, len(TESTS)) * (random.random(len(TESTS)) < 0.8)).tolist()
        for key in ("hospital", "hospital_at_baseline", "centre", "bought", "longer_hours")
    }


def make_up(year: dict[str, Any]) -> None:
    """Additional + displaced = tests of the scheme; the baseline has neither."""
    lines = ["activity.additional_tests_year", "activity.displaced_tests_year", "activity.scheme_tests_year"]
    baseline = {
        "activity.hospital_tests_year": year["hospital_at_baseline"],
        "activity.centre_tests_year": 0.0,
        "activity.bought_tests_year": 0.0,
        "activity.extended_hours_tests_year": 0.0,
    }
    option = {
        "activity.hospital_tests_year": year["hospital"],
        "activity.centre_tests_year": year["centre"],
        "activity.bought_tests_year": year["bought"],
        "activity.extended_hours_tests_year": year["longer_hours"],
    }
    found = work_out(lines, baseline, members={"test": TESTS}, by_option={"preferred": option})
    additional, displaced, scheme = (np.array(found(key, "preferred")) for key in lines)
    largest = max(1.0, *(max(values) for values in year.values()))
    assert additional + displaced == pytest.approx(scheme, abs=1e-9 * largest)
    in_network = np.array([year[key] for key in ("hospital", "centre", "bought")]).sum(axis=0)
    more = in_network - year["hospital_at_baseline"]
    counted = np.where(np.abs(more) > 1, more, 0)  # less than one test a year is none
    assert additional == pytest.approx(counted, abs=1e-9 * largest)
    assert found(lines[0]) == found(lines[1]) == [0.0, 0.0]


@settings(max_examples=40, deadline=None)
@given(years())
def test_additional_and_displaced_make_up_the_scheme(year: dict[str, Any]) -> None:
    """In forty random years."""
    make_up(year)


@pytest.mark.full
@settings(max_examples=500, deadline=None)
@given(years())
def test_additional_and_displaced_make_up_the_scheme_500(year: dict[str, Any]) -> None:
    """In 500 random years."""
    make_up(year)


@pytest.mark.parametrize("name", CASES)
def test_in_every_case_and_year(name: str) -> None:
    """Each option of each case that ships, by test and year."""
    case: Case = load_case(name)
    find = case.problem.by_key
    additional, displaced, centre, bought, longer = (
        case.results.array(find[f"activity.{key}"])[0]
        for key in (
            "additional_tests_year",
            "displaced_tests_year",
            "centre_tests_year",
            "bought_tests_year",
            "extended_hours_tests_year",
        )
    )
    assert additional + displaced == pytest.approx(centre + bought + longer, abs=1e-6)
    assert np.abs(additional).sum() > 0
