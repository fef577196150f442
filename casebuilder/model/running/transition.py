"""Transition: staff before the first patient, recruitment, training, double running and commissioning.

Staff are paid from the month they are in post; all else falls in the financial year of the opening.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, quantity, share_of, total, where
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import equipment
from casebuilder.model.service import staff_years, workforce
from casebuilder.model.setting import estate, pay

recruitment_cost = Input(
    "Recruitment of a post", "GBP_real / wte", ("staff",),
    "Advertisement, selection, checks and occupational health; a hire from abroad costs more beside it.",
)
training_cost = Input(
    "Training of a post", "GBP_real / wte", ("staff",),
    "Courses and applications training before opening, without the pay of those trained.",
)
double_running_weeks = Input(
    "Weeks of double running", "weeks", ("site",),
    "In which the hospital service runs on beside the new centre.",
    high=104,
)
double_running_share = Input(
    "Staff of double running", "share", ("site",),
    "Share of the centre's posts that the hospital service goes on to fill for those weeks.",
)
commissioning_cost = Input(
    "Commissioning and moves", "GBP_real", ("site",),
    "Acceptance beyond the contract, registration, cleaning, moves, opening communications.",
)
weeks_a_year = quantity(365.25 / 7, "weeks / year")

in_post_at_opening = Line(
    "Share of posts in own post in the opening year", "share", ("site", "staff"),
    total(staff_years.in_post_share_year * equipment.opened, over="year"),
    "Only posts with somebody in them are paid before opening.",
)
# Whoever is in post and fills no post yet is paid: induction, training on the equipment, dry runs
posts_cost = Line(
    "Cost of the site's posts a year", "GBP_real / year", ("site",),
    total(workforce.wte_required * pay.employer_cost_financial, over="staff") * estate.included,
    "What pay before opening is shared by.",
)
recruits_for = Line(
    "Site that staff wait for", "GBP_real / year", ("site", "year"),
    posts_cost
    * where(
        above(total(posts_cost * staff_years.before_opening, over="site"), quantity(0, "GBP_real / year")),
        staff_years.before_opening,
        1,
    ),
    "Posts of sites that recruit and are not open yet; of all sites, where none is.",
)
waiting_pay = Line(
    "Pay of staff who fill no post yet", "GBP_real / year", ("year",),
    total(staff_years.waiting_year * pay.employer_cost_financial, over="staff"),
    "All who are in post, at the cost of a post to the trust.",
)
waiting_pay_site = Line(
    "Pay before opening in the year", "GBP_real / year", ("site", "year"),
    waiting_pay * share_of(recruits_for, over="site"),
    "Of the sites that they wait for.",
)
double_running_work = Line(
    "Work of double running", "wte * years", ("site", "staff"),
    workforce.wte_required * double_running_share * double_running_weeks / weeks_a_year,
    "Posts that the hospital service still fills × weeks, in years of work.",
)
pre_opening_pay = Line(
    "Pay before opening", "GBP_real", ("site",),
    total(waiting_pay_site, over="year"),
    "All who are in post before their site opens.",
)
double_running_pay = Line(
    "Pay of double running", "GBP_real", ("site",),
    total(double_running_work * pay.employer_cost_financial, over="staff"),
    "At the cost of a post to the trust; the hospital's staff of the same roles.",
)
pay_cost = Line(
    "Pay of opening", "GBP_real", ("site",),
    pre_opening_pay + double_running_pay,
    "Before opening and in double running.",
)
pay_year = Line(
    "Pay of opening in the year", "GBP_real / year", ("site", "year"),
    waiting_pay_site + double_running_pay * equipment.opened,
    "Before opening when it is earned; double running in the year of the opening.",
)
double_running_pension = Line(
    "Pension paid centrally less levy, of double running", "GBP_real", ("site",),
    total(double_running_work * pay.pension_less_levy, over="staff"),
    "Of the hospital's staff of the same roles.",
)
pension_year = Line(
    "Pension paid centrally less levy, of opening", "GBP_real / year", ("year",),
    total(staff_years.waiting_year * pay.pension_less_levy, over="staff")
    + total(double_running_pension * equipment.opened, over="site"),
    "What the economic case adds to the pay of opening.",
)
recruitment = Line(
    "Recruitment", "GBP_real", ("site",),
    total(workforce.wte_required * in_post_at_opening * recruitment_cost, over="staff"),
    "Of the posts that own staff fill in the opening year.",
)
training = Line(
    "Training", "GBP_real", ("site",),
    total(workforce.wte_required * in_post_at_opening * training_cost, over="staff"),
    "Of the posts that own staff fill in the opening year.",
)
commissioning = Line(
    "Commissioning", "GBP_real", ("site",),
    commissioning_cost * estate.included,
    "Of a site that the option includes.",
)
non_pay_cost = Line(
    "Opening, beside pay", "GBP_real", ("site",),
    recruitment + training + commissioning,
    "Recruitment, training and commissioning.",
)
cost = Line(
    "Cost of opening", "GBP_real", ("site",),
    pay_cost + non_pay_cost,
    "All parts, at base-year prices before VAT.",
)
