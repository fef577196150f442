"""Transition: staff before the first patient, recruitment, training, double running and commissioning.

Reads workforce, staff by year, openings and pay. Read by revenue and economics. Each centre bears it in the
financial year of its opening.
"""

from __future__ import annotations

from casebuilder.algebra.operators import quantity, total
from casebuilder.algebra.terms import Input, Line
from casebuilder.model import equipment, estate, pay, staff_years, workforce

pre_opening_weeks = Input(
    "Weeks in post before opening", "weeks", ("site",),
    "Mean over the centre's staff: induction, training on the equipment, dry runs.",
    high=52,
)  # fmt: skip
recruitment_cost = Input(
    "Recruitment of a post", "GBP_real / wte", ("staff",),
    "Advertisement, selection, checks and occupational health; a hire from abroad costs more beside it.",
)  # fmt: skip
training_cost = Input(
    "Training of a post", "GBP_real / wte", ("staff",),
    "Courses and applications training before opening, without the pay of those trained.",
)  # fmt: skip
double_running_weeks = Input(
    "Weeks of double running", "weeks", ("site",),
    "In which the hospital service runs on beside the new centre.",
    high=104,
)  # fmt: skip
double_running_share = Input(
    "Staff of double running", "share", ("site",),
    "Share of the centre's posts that the hospital service goes on to fill for those weeks.",
)  # fmt: skip
commissioning_cost = Input(
    "Commissioning and moves", "GBP_real", ("site",),
    "Acceptance beyond the contract, registration, cleaning, moves, opening communications.",
)  # fmt: skip
weeks_a_year = quantity(365.25 / 7, "weeks / year")

in_post_at_opening = Line(
    "Share of posts in own post in the opening year", "share", ("site", "staff"),
    total(staff_years.in_post_share_year * equipment.opened, over="year"),
    "Only posts with somebody in them are paid before opening.",
)  # fmt: skip
pre_opening_work = Line(
    "Work before opening", "wte * years", ("site", "staff"),
    workforce.wte_required * in_post_at_opening * pre_opening_weeks / weeks_a_year,
    "WTE in post × weeks, in years of work.",
)  # fmt: skip
double_running_work = Line(
    "Work of double running", "wte * years", ("site", "staff"),
    workforce.wte_required * double_running_share * double_running_weeks / weeks_a_year,
    "Posts that the hospital service still fills × weeks, in years of work.",
)  # fmt: skip
pre_opening_pay = Line(
    "Pay before opening", "GBP_real", ("site",),
    total(pre_opening_work * pay.employer_cost_financial, over="staff"),
    "At the cost of a post to the trust.",
)  # fmt: skip
double_running_pay = Line(
    "Pay of double running", "GBP_real", ("site",),
    total(double_running_work * pay.employer_cost_financial, over="staff"),
    "At the cost of a post to the trust; the hospital's staff of the same roles.",
)  # fmt: skip
pay_cost = Line(
    "Pay of opening", "GBP_real", ("site",),
    pre_opening_pay + double_running_pay,
    "Before opening and in double running.",
)  # fmt: skip
pension_less_levy = Line(
    "Pension paid centrally less levy, of opening", "GBP_real", ("site",),
    total((pre_opening_work + double_running_work) * pay.pension_less_levy, over="staff"),
    "What the economic case adds to the pay of opening.",
)  # fmt: skip
recruitment = Line(
    "Recruitment", "GBP_real", ("site",),
    total(workforce.wte_required * in_post_at_opening * recruitment_cost, over="staff"),
    "Of the posts that own staff fill in the opening year.",
)  # fmt: skip
training = Line(
    "Training", "GBP_real", ("site",),
    total(workforce.wte_required * in_post_at_opening * training_cost, over="staff"),
    "Of the posts that own staff fill in the opening year.",
)  # fmt: skip
commissioning = Line(
    "Commissioning", "GBP_real", ("site",),
    commissioning_cost * estate.included,
    "Of a site that the option includes.",
)  # fmt: skip
non_pay_cost = Line(
    "Opening, beside pay", "GBP_real", ("site",),
    recruitment + training + commissioning,
    "Recruitment, training and commissioning.",
)  # fmt: skip
cost = Line(
    "Cost of opening", "GBP_real", ("site",),
    pay_cost + non_pay_cost,
    "All parts, at base-year prices before VAT.",
)  # fmt: skip
