"""Reporting, the second queue: what is needed, who can do it, and how long it takes. Worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.published.support import Answer, work_out

MONTHS = 12


def queue(wanted: list[str], **more: Any) -> Answer:
    """1,000 tests a month of 30 days in hospital, 200 at centres; 300 unreported at the start."""
    values = {
        "waits.hospital_tests": 1_000.0,
        "waits.cdc_done_by_test": 200.0,
        "waits.bought_tests": 0.0,
        "waits.relief_bought": 0.0,
        "reporting.needs_report": 1.0,
        "reporting.second_opinions": 0.0,
        "reporting.sent_out": 0.1,
        "reporting.usual_turnaround": 9.0,
        "reporting.least_turnaround": 1.0,
        "reporting.in_house": 1_080.0,
        "reporting.backlog_kept": 365.0,
        "reporting.outside_most": 1.0,
        "demand.baseline_tests": 365.25 / 12 / 9 * 300,
        "timeline.days_in_month": 30.0,
        "timeline.last_month": [0.0] * (MONTHS - 1) + [1.0],
        **more,
    }
    members = {"provider": ("trust",), "report_source": ("outsourced",)}
    return work_out(wanted, values, members=members, unused_allowed=True)


def test_second_opinions_are_reports_too_and_bought_tests_come_with_theirs() -> None:
    """1,200 tests less 100 bought, and 5 % read again; 200 of relief are bought with their reports."""
    of = {"waits.bought_tests": 100.0, "reporting.second_opinions": 0.05}
    assert queue(["reporting.needed"], **of)("reporting.needed") == pytest.approx([1_155] * MONTHS)
    found = queue(["reporting.needed"], **of, **{"waits.relief_bought": 200.0})
    assert found("reporting.needed") == pytest.approx([945] * MONTHS)


def test_a_queue_in_balance_stays_as_it_is() -> None:
    """1,200 needed; 1,080 in-house and a tenth sent out: 300 wait, at 40 a day 7.5 days and one."""
    found = queue(["reporting.unreported", "reporting.turnaround_end"])
    assert found("reporting.unreported") == pytest.approx([300] * MONTHS)
    assert found("reporting.turnaround_end") == pytest.approx(300 / 40 + 1)


def test_a_shortage_of_reporters_lengthens_the_queue() -> None:
    """A hundred a month fewer: 300 and a hundred more each month, at 1,100 a month."""
    found = queue(["reporting.unreported", "reporting.turnaround_end"], **{"reporting.in_house": 980.0})
    assert found("reporting.unreported") == pytest.approx([300 + 100 * m for m in range(1, MONTHS + 1)])
    assert found("reporting.turnaround_end") == pytest.approx(1_500 / (1_100 / 30) + 1)


def test_what_nobody_has_time_for_goes_outside_beyond_the_days_kept() -> None:
    """A hundred a month fewer, and 14 days of 40 kept: 400, 500, then 560, and the rest goes outside."""
    wanted = ["reporting.unreported", "reporting.sent_over", "reporting.reported"]
    found = queue(wanted, **{"reporting.in_house": 980.0, "reporting.backlog_kept": 14.0})
    assert found("reporting.unreported") == pytest.approx([400, 500, *[560] * 10])
    assert found("reporting.sent_over") == pytest.approx([0, 0, 40, *[100] * 9])
    assert found("reporting.reported") == pytest.approx([1_100, 1_100, 1_140, *[1_200] * 9])


def test_companies_read_no_more_than_they_can() -> None:
    """A tenth is planned and 0.13 the most: 36 a month go over, so that 64 a month still pile up."""
    wanted = ["reporting.unreported", "reporting.sent_over", "reporting.reported"]
    of = {"reporting.in_house": 980.0, "reporting.backlog_kept": 14.0, "reporting.outside_most": 0.13}
    found = queue(wanted, **of)
    assert found("reporting.sent_over") == pytest.approx([0, 0, *[36] * 10])
    assert found("reporting.unreported") == pytest.approx([400, 500, *[500 + 64 * m for m in range(1, 11)]])
    assert found("reporting.reported") == pytest.approx([1_100, 1_100, *[1_136] * 10])


def test_companies_that_read_their_most_by_plan_read_no_more() -> None:
    """The most is less than what is planned: nothing goes over, and the queue grows as without them."""
    of = {"reporting.in_house": 980.0, "reporting.backlog_kept": 14.0, "reporting.outside_most": 0.05}
    found = queue(["reporting.unreported", "reporting.sent_over"], **of)
    assert found("reporting.sent_over") == pytest.approx([0] * MONTHS)
    assert found("reporting.unreported") == pytest.approx([300 + 100 * m for m in range(1, MONTHS + 1)])


def test_more_sent_out_works_the_queue_off_and_then_stops() -> None:
    """A fifth sent out: 120 a month more than is needed, until nothing waits."""
    found = queue(["reporting.unreported", "reporting.reported"], **{"reporting.sent_out": 0.2})
    assert found("reporting.unreported") == pytest.approx([180, 60, *[0] * 10])
    assert found("reporting.reported") == pytest.approx([1_320, 1_320, 1_260, *[1_200] * 9])


def test_in_house_is_hospitals_and_centres_and_what_digital_adds() -> None:
    """Hospitals 1,000 × 0.86 × 0.9; centres 50 a week, half their posts filled; a tenth more of both."""
    found = work_out(
        ["reporting.in_house"],
        {
            "capacity.hospital_capacity_by_test": 1_000.0,
            "reporting.hospital_share": 0.86,
            "reporting.hospital_reporters": 0.9,
            "reporting.centre_reports": 50.0,
            "capacity.weeks_served": 4.0,
            "reporting.reporters_there": 0.5,
            "digital.reports_factor": 1.1,
        },
    )
    assert found("reporting.in_house") == pytest.approx([(774 + 100) * 1.1] * MONTHS)


def test_a_centres_reporters_read_by_minutes_and_hours() -> None:
    """Half a post in each of two rooms, 10 hours on 6 days at 20 minutes a report: 180 a week."""
    found = work_out(
        ["reporting.centre_reports"],
        {
            "reporting.report_minutes": 20.0,
            "estate.rooms_open": 2.0,
            "reporting.reporter_posts": 0.5,
            "throughput.patient_hours": 10.0,
            "throughput.open_days": 6.0,
            "reporting.needs_report": 1.0,
        },
    )
    assert found("reporting.centre_reports") == pytest.approx(180)


def test_cost_is_by_source() -> None:
    """A tenth at £40 and a twentieth at £25."""
    found = work_out(
        ["reporting.outside_cost"],
        {"reporting.sent_out": [0.1, 0.05], "reporting.price": [40.0, 25.0]},
        members={"report_source": ("outsourced", "across_trusts")},
    )
    assert found("reporting.outside_cost") == pytest.approx(5.25)


def test_reports_from_home_are_what_the_hours_given_make() -> None:
    """12,360 a year by own reporters at 1.03 of their hours: 360 of them from home."""
    values = {
        "reporting.outside_and_own_year": 13_360.0,
        "reporting.needed_year": 10_000.0,
        "reporting.sent_share": 0.1,
        "reporting.reports_factor_year": 1.03,
        "digital.reached_year": 1.0,
        "digital.reporting_hours_gained": 0.03,
    }
    members = {"digital": ("remote_reporting",)}
    found = work_out(["reporting.evening_reports_year"], values, members=members)
    assert found("reporting.evening_reports_year") == pytest.approx(360)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_report_is_done_or_waits(seed: int) -> None:
    """In random months: what was waiting and needed is reported or waits; never more than can be done."""
    random = np.random.default_rng(seed)
    tests, in_house = random.uniform(0, 2_000, MONTHS), random.uniform(0, 2_000, MONTHS)
    most, kept = random.uniform(0, 0.5), random.uniform(1, 60)
    found = queue(
        ["reporting.unreported", "reporting.reported", "reporting.conservation_gap"],
        **{
            "waits.hospital_tests": tests.tolist(),
            "waits.cdc_done_by_test": 0.0,
            "reporting.in_house": in_house.tolist(),
            "reporting.outside_most": most,
            "reporting.backlog_kept": kept,
        },
    )
    waiting, done = np.array(found("reporting.unreported")), np.array(found("reporting.reported"))
    assert 300 + tests.sum() == pytest.approx(waiting[-1] + done.sum(), rel=1e-9)
    assert (done <= in_house + max(0.1, most) * tests + 1e-9).all()
    assert (waiting >= 0).all()
    assert found("reporting.conservation_gap") == [0.0] * MONTHS
