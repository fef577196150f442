"""Waterfall of demand: what takes the baseline to each year's demand, step by step.

Each step is taken with the steps before it done, so that the steps add up to the year's demand.
"""

from __future__ import annotations

from casebuilder.algebra.operators import difference, per_year, quantity
from casebuilder.algebra.terms import Line
from casebuilder.model.service import demand
from casebuilder.model.setting import programme

# By month
baseline_month = Line(
    "Demand as in the baseline year, in the month", "tests / month", ("test", "month"),
    demand.additions_by_test + demand.other_baseline,
    "Additions to the list, planned and unscheduled tests, the same in every month.",
)
demographic_rise = Line(
    "Population and ageing since the start, in the month", "index / month", ("month",),
    (demand.demographic_index - 1) / quantity(1, "month"),
    "Growth since the start of the months from population and ageing alone.",
)
# The steps of a month; written out where the year adds them up
non_demographic_month = baseline_month * (
    demand.growth_index - demand.growth_carried * demand.demographic_index
)
season_month = baseline_month * demand.growth_index * (demand.season_index - 1)
returned_month = (
    demand.additions_by_test * (demand.referrals_returned - 1)
    + demand.unscheduled_baseline * (demand.unscheduled_returned - 1)
    + demand.planned_baseline * (demand.planned_returned - 1)
) * demand.other_index
avoided_month = -(
    demand.additions_by_test * demand.other_index * demand.referrals_returned * (1 - demand.requests_kept)
)
induced_at_most = Line(
    "Extra requests because access is easier, all centres open, baseline", "tests / month", ("test",),
    demand.additions_by_test * demand.induced_demand,
    "Of the additions to the list.",
)
referrals_drawn = Line(
    "Referrals made, as far as centres are open", "factor", ("month",),
    demand.referrals_returned * programme.centres_open,
    "What extra requests come with.",
)
induced_month = induced_at_most * demand.other_index * demand.requests_kept * referrals_drawn

# By year
baseline = Line("Demand as in the baseline year", "tests / year", ("test", "year"), per_year(baseline_month),
                "The start of the waterfall.")
carried = Line("Growth to the first month", "tests / year", ("test", "year"),
               baseline * (demand.growth_carried - 1),
               "From the baseline year to the start of the months.")
demographic_rise_year = Line(
    "Population and ageing since the start, all months", "index / year", ("year",),
    per_year(demographic_rise),
    "The sum of the months.",
)
demographic = Line(
    "Population and ageing", "tests / year", ("test", "year"),
    (demand.additions_by_test + demand.other_baseline)
    * demand.growth_carried * demographic_rise_year * quantity(1, "month"),
    "The same demand in every month of the year, times its growth.",
)
non_demographic = Line("Other growth", "tests / year", ("test", "year"), per_year(non_demographic_month),
                       "All growth since the start of the months less that from population and ageing.")
season = Line("Season and working days, in tests", "tests / year", ("test", "year"), per_year(season_month),
              "Near nothing over a year.")
returned = Line("Tests not asked for in a shutdown", "tests / year", ("test", "year"),
                per_year(returned_month),
                "Referrals to the list, unscheduled and planned tests.")
avoided = Line("Requests avoided", "tests / year", ("test", "year"), per_year(avoided_month),
               "Vetting and decision support.")
induced = Line("Extra requests because access is easier", "tests / year", ("test", "year"),
               per_year(induced_month), "Induced demand of the centres open.")
demand_year = Line("Demand", "tests / year", ("test", "year"),
                   per_year(demand.referrals_by_test) + per_year(demand.other_by_test),
                   "The end of the waterfall, from the demand lines themselves.")
gap = Line(
    "Waterfall, what the steps leave unexplained", "tests / year", ("test", "year"),
    difference(
        demand_year,
        baseline + carried + demographic + non_demographic + season + returned + avoided + induced,
    ),
    "Nothing, in every year.",
)
