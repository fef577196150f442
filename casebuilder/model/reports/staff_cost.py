"""Staff cost: the pay bill by role and by band.

Roles add up to own and agency staff of all sites, which a check holds.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, absolute, at, difference, inflate, total
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.reports import cost_by_line
from casebuilder.model.results import checks, headlines
from casebuilder.model.service import staff_years
from casebuilder.model.setting import cost_lines, pay, timeline

role_pay = Line(
    "Pay of the role", "GBP_nominal / year", ("staff", "year"),
    inflate(
        staff_years.required_year
        * (staff_years.in_post_share_year * pay.employer_cost_financial
           * at(cost_lines.factor, cost_line="pay")
           + staff_years.agency_share_year * pay.agency_cost * at(cost_lines.factor, cost_line="agency")),
        timeline.pay_index,
    ),
    "Own and agency staff of all sites, in cash; the pay of opening is apart.",
)
role_pay_total = Line(
    "Pay of all roles", "GBP_nominal / year", ("year",),
    total(role_pay, over="staff"),
    "Own and agency staff.",
)
band_wte = Line(
    "WTE required by band at steady state", "wte", ("pay_band",),
    total(headlines.wte_by_role_steady * pay.band_mix, over="staff"),
    "Of all roles, filled or not.",
)
band_basic_pay = Line(
    "Basic pay by band at steady state", "GBP_real / year", ("pay_band",),
    total(
        headlines.wte_by_role_steady * pay.band_mix
        * (pay.scale_lowest + pay.scale_length * pay.place_on_scale),
        over="staff",
    ),
    "Of all posts required, at base-year pay, without enhancements and on-costs.",
)
basic_pay_total = Line(
    "Basic pay of all posts at steady state", "GBP_real / year", (),
    total(band_basic_pay, over="pay_band"),
    "All bands.",
)
bands_sum_to_one = Check(
    "Bands of a role sum to one",
    not_one(pay.bands_of_role, checks.tolerance),
    ("staff",),
    "Every post of a role lies in one band.",
)
role_gap = Line(
    "Roles less own and agency staff", "GBP_nominal / year", ("year",),
    difference(
        role_pay_total,
        at(cost_by_line.cost, cost_line="pay") + at(cost_by_line.cost, cost_line="agency"),
    ),
    "Nothing: the same pay by role and by site.",
)
roles_make_up_pay = Check(
    "Roles make up the pay bill",
    above(absolute(role_gap), checks.yearly_money),
    ("year",),
    "Pay by role adds up to pay by site.",
)
