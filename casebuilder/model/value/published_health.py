"""Published health: the chain of health beside a trial and the hazard of delay, and what attribution decides.

Sensitivities, of which no central value is made: the trial's patients had vague symptoms, and its interval
holds nothing.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import at, difference, discount, maximum, quantity, ratio, total
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import health
from casebuilder.model.setting import timeline
from casebuilder.model.value import benefits, economics

trial_qalys = Input(
    "QALYs a patient, trial", "qaly / patient", (),
    "Gained by a rapid diagnosis centre against usual care; the range is the published interval.",
    low=-1, high=1,
)
trial_days_sooner = Input(
    "Days sooner, trial", "days", (),
    "By which the trial's patients were diagnosed sooner.",
    low=1, high=365,
)
compared = Input(
    "Pathway is set beside what is published", "flag", ("pathway",),
    "1 for cancer, which the trial and the hazard are of.",
    high=1, whole=True,
)
delay_hazard = Input(
    "Hazard of death for four weeks of delay", "factor", (),
    "From diagnosis to surgery, of patients in whom cancer was found.",
    low=1, high=2,
)
deaths_at_risk = Input(
    "Patients whose survival hangs on time", "share", (),
    "Of those found: treated to cure, and would otherwise die of it.",
)
qalys_a_death = Input(
    "QALYs lost with a death", "qaly / patient", (),
    "Years of life lost at their quality.",
    high=40,
)

trial_qalys_a_week = Line(
    "QALYs a patient and week, trial", "qaly / patient / week", (),
    trial_qalys / trial_days_sooner * quantity(7, "days / week"),
    "Of all patients of the pathway, whether or not cancer is found.",
)
hazard_qalys_a_week = Line(
    "QALYs a week of a patient found, by the hazard", "qaly / patient / week", (),
    (delay_hazard - 1) / quantity(4, "weeks") * deaths_at_risk * qalys_a_death,
    "Beside the QALYs a week of the cancer pathway.",
)
# A thousand patients, so that the figures can be read.
chain_thousand = Line(
    "QALYs a week, a thousand patients of the pathway", "qaly / week", ("pathway",),
    1000 * health.found_share * health.qalys_a_week * health.health_attribution,
    "Disease found × QALYs a week, as attributed, before optimism bias.",
)
trial_thousand = Line(
    "QALYs a week, a thousand patients of the trial", "qaly / week", ("pathway",),
    trial_qalys_a_week * quantity(1000, "patients") * compared,
    "Of the pathways compared.",
)
found_thousand = Line(
    "QALYs a week, a thousand patients found", "qaly / week", ("pathway",),
    1000 * health.qalys_a_week,
    "Of patients who have the disease.",
)
hazard_thousand = Line(
    "QALYs a week, a thousand patients found, by the hazard", "qaly / week", ("pathway",),
    hazard_qalys_a_week * quantity(1000, "patients") * compared,
    "Of the pathways compared.",
)
compared_weeks = Line(
    "Weeks saved on the pathways compared", "weeks / year", ("year",),
    total(
        total(health.weeks_saved * health.pathway_share, over="test") * compared, over="pathway"
    ),
    "Patients tested either way × weeks sooner × share on the pathway.",
)
compared_qalys = Line(
    "QALYs from waiting less on the pathways compared", "qaly / year", ("year",),
    total(
        health.qalys_sooner * health.treated_share * compared, over="pathway"
    )
    * health.health_attribution * (1 - health.health_optimism),
    "As counted in the case.",
)
npsv_at_trial = Line(
    "Net present social value at the trial's QALYs", "GBP_real", (),
    economics.npsv + total(
        discount(
            (compared_weeks * trial_qalys_a_week * quantity(1, "patient") - compared_qalys)
            * benefits.value_of_a_qaly,
            timeline.discount_factor_health,
        ),
        over="year",
    ),
    "Waiting less on the pathways compared at the trial's mean, without attribution or optimism bias: an "
    "upper sensitivity.",
)

# What attribution decides
chain_value = Line(
    "Health of the chain less treatment, discounted", "GBP_real", (),
    total(discount(health.qalys * benefits.value_of_a_qaly, timeline.discount_factor_health), over="year")
    - total(discount(health.treatment, timeline.discount_factor), over="year"),
    "Both carry the attribution.",
)
chain_increment = Line(
    "Incremental health of the chain less treatment", "GBP_real", (),
    difference(chain_value, at(chain_value, option=BASELINE)),
    "Discounted.",
)
attribution_at_nought = Line(
    "Attribution at which the option is worth nothing", "factor", (),
    ratio(
        health.health_attribution * (chain_increment - economics.npsv),
        chain_increment,
    ),
    "Health and its treatment rise and fall with it; over one or below nothing no attribution does it.",
)
npsv_full_attribution = Line(
    "Net present social value with all health attributed", "GBP_real", (),
    economics.npsv
    + chain_increment * (1 - health.health_attribution) / maximum(health.health_attribution, 0.000001),
    "Were the test the delay that binds for every patient.",
)
