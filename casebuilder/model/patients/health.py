"""Health: QALYs along the causal chain, from weeks of waiting saved to patients treated.

Patients tested either way × weeks sooner than at baseline × disease found × QALYs a week; patients who
would have left the list untested come on top, and no patient is counted twice.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE, Dimension
from casebuilder.algebra.operators import (
    above,
    at,
    maximum,
    minimum,
    per_year,
    previous,
    quantity,
    total,
    where,
)
from casebuilder.algebra.shapes import apart
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import activity, reporting, waits
from casebuilder.model.setting import timeline

DIMENSIONS = (
    Dimension("pathway", "Pathway", rank=360),
)

pathway_share = Input(
    "Tests on the pathway", "share", ("pathway", "test"),
    "The share of patients on the list whom a doctor sends to find or rule out this disease.",
)
found_share = Input(
    "Disease found", "share", ("pathway",),
    "Of patients on the list, in whom the disease is found and weeks count; not of urgent patients, "
    "who are tested first with or without the scheme.",
)
qalys_a_week = Input(
    "QALYs lost for a week's delay", "qaly / week", ("pathway",),
    "Of a patient who has the disease.",
    high=0.2,
)
weeks_unfound = Input(
    "Weeks until the disease is found otherwise", "weeks", ("pathway",),
    "Where a patient leaves the list without a test.",
    high=260,
)
longest_wait = Input(
    "Weeks of a wait that count", "weeks", (),
    "The evidence of harm is of weeks, not of years: who waits longer comes back as an urgent patient.",
    low=1, high=104,
)
treatment_cost = Input(
    "Treatment and follow-up of a patient found", "GBP_real / patient", ("pathway",),
    "What the finding costs the NHS downstream.",
)
treatment_capacity = Input(
    "Patients more who can be treated", "patients / year", ("pathway", "year"),
    "Beyond those of the baseline; a finding that cannot be treated gains nothing.",
)
health_attribution = Input(
    "Health attributed to the scheme", "share", (),
    "The gain is the difference from a baseline that has what is funded: this is the share in which the test "
    "is the delay that binds and nothing else claims the same weeks.",
)
health_optimism = Input(
    "Health optimism bias", "share", (),
    "Taken off in the economic case.",
)

waiting_year = Line(
    "Patients waiting for a test, mean of the year", "tests", ("test", "year"),
    where(
        above(timeline.after_horizon, 0),
        (previous(activity.list_year_end) + activity.list_year_end) / 2,
        per_year(waits.list_by_test, "mean"),
    ),
    "The mean of the months; after them the mean of the list at the year's start and end.",
)
unreported_mean_year = Line(
    "Patients waiting for a report, mean of the year", "tests", ("test", "year"),
    where(
        above(timeline.after_horizon, 0),
        (previous(reporting.unreported_year) + reporting.unreported_year) / 2,
        per_year(reporting.unreported, "mean"),
    ),
    "The mean of the months; after them the mean of the year's start and end.",
)
wait_year = Line(
    "Mean wait that counts", "weeks", ("test", "year"),
    where(
        above(activity.list_done_year, 0),
        minimum(
            (
                waiting_year / (activity.list_done_year + maximum(activity.removed_year, 0))
                + unreported_mean_year / activity.list_done_year
            )
            * quantity(365.25 / 7, "weeks / year"),
            longest_wait,
        ),
        0,
    ),
    "Patients on the list ÷ all who leave it, tested or not (Little's law), and those waiting for a report ÷ "
    "patients tested; up to the weeks that count.",
)
weeks_sooner = Line(
    "Weeks sooner than at baseline", "weeks", ("test", "year"),
    apart(at(wait_year, option=BASELINE), wait_year, quantity(0.0001, "weeks")),
    "Below nothing where patients wait longer than at baseline; less than a minute is none.",
)
tested_instead = Line(
    "Tested who would have left the list", "patients / year", ("test", "year"),
    apart(at(activity.removed_year, option=BASELINE), activity.removed_year, quantity(1, "test / year"))
    * quantity(1, "patient / test"),
    "Against the baseline; below nothing where more leave untested.",
)
tested_either_way = Line(
    "Tested with the option and without it", "patients / year", ("test", "year"),
    maximum(activity.list_done_year * quantity(1, "patient / test") - maximum(tested_instead, 0), 0),
    "From the list, less those who would have left it untested: they are counted as found.",
)
weeks_saved = Line(
    "Weeks of waiting saved", "weeks / year", ("test", "year"),
    tested_either_way / quantity(1, "patient") * weeks_sooner,
    "Patients tested either way × weeks sooner.",
)
found_more = Line(
    "Patients found more", "patients / year", ("pathway", "year"),
    maximum(total(activity.additional_tests_year * pathway_share, over="test"), 0)
    * quantity(1, "patient / test") * found_share,
    "On additional tests, a shorter list among them: what treatment must have room for.",
)
treated_share = Line(
    "Share of patients found who can be treated", "share", ("pathway", "year"),
    where(above(found_more, treatment_capacity), treatment_capacity / found_more, 1),
    "Capped by the capacity to treat.",
)
qalys_sooner = Line(
    "QALYs from waiting less", "qaly / year", ("pathway", "year"),
    total(weeks_saved * pathway_share, over="test") * found_share * qalys_a_week,
    "Patient-weeks saved × share on the pathway × disease found × QALYs a week.",
)
found_instead = Line(
    "Found who would have left the list untested", "patients / year", ("pathway", "year"),
    total(tested_instead * pathway_share, over="test") * found_share,
    "Those to whom health is credited as found; below nothing where more leave untested.",
)
qalys_found = Line(
    "QALYs from tests that would not have been done", "qaly / year", ("pathway", "year"),
    found_instead / quantity(1, "patient") * weeks_unfound * qalys_a_week,
    "Patients who would have left the list × disease found × weeks sooner × QALYs a week.",
)
qalys_by_pathway = Line(
    "QALYs of the pathway", "qaly / year", ("pathway", "year"),
    (qalys_sooner + qalys_found) * treated_share * health_attribution * (1 - health_optimism),
    "As far as patients can be treated; attributed, and less optimism bias.",
)
qalys = Line(
    "QALYs gained in the year", "qaly / year", ("year",),
    total(qalys_by_pathway, over="pathway"),
    "All pathways, against the baseline.",
)
treatment_by_pathway = Line(
    "Treatment and follow-up of the pathway", "GBP_real / year", ("pathway", "year"),
    found_instead * treated_share * health_attribution * treatment_cost,
    "Of the patients to whom health is credited as found, as far as they can be treated, with the same "
    "attribution; who is tested sooner was to be treated anyway.",
)
treatment = Line(
    "Treatment and follow-up downstream", "GBP_real / year", ("year",),
    total(treatment_by_pathway, over="pathway"),
    "The cost of the health that is counted.",
)
