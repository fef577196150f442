"""Estate options: refurbishment, extension, new building and others side by side, for a site of the pipeline.

Each is built up by the works rates, shares and optimism bias of the bid itself, so that the option chosen
comes to what the bid has for the same area and kind of building. Kit, staff and patients are the same in all
and left out.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    absolute,
    choose,
    discount,
    maximum,
    quantity,
    ratio,
    smallest,
    total,
    where,
)
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.capital import capital
from casebuilder.model.running import revenue
from casebuilder.model.setting import bias, estate, timeline, works

DIMENSIONS = (
    Dimension("estate_option", "Estate option", rank=208, may_have_none=True),
    Dimension("constraint", "Site constraint", rank=209, may_have_none=True),
)

chosen = Input(
    "Estate option is chosen", "flag", ("site", "estate_option"),
    "1 for the one that the bid builds.",
    high=1, whole=True,
)
measured_area = Input(
    "Gross internal area of the estate option", "m2", ("site", "estate_option"),
    "From a survey or a feasibility study; 0: what the site has by the bid's schedule of rooms.",
    optional=0, high=50_000,
)
kind = Input(
    "Kind of building of the estate option", "share", ("site", "estate_option", "building_kind"),
    "The share of its area that is new, modular, refurbished or converted; sums to one.",
)
standard_share = Input(
    "Standard building, share of the estate option's works", "share", ("site", "estate_option"),
    "Sets the upper bound of optimism bias, as for the site itself.",
)
quoted_rate = Input(
    "Works rate of the estate option that a cost adviser quotes", "GBP_real / m2", ("site", "estate_option"),
    "With on-costs, at base-year prices; it wins over the rates of the kinds. 0: there is none.",
    optional=0, high=40_000,
)
nhs_share = Input(
    "Capital of the estate option that the NHS pays", "share", ("site", "estate_option"),
    "0 where a partner builds and is paid by a charge.",
)
running_factor = Input(
    "Running cost a square metre, against the bid's", "factor", ("site", "estate_option"),
    "1 as the bid has it; more for an old building.",
    high=5,
)
rent_rate = Input(
    "Rent of the estate option", "GBP_real / m2 / year", ("site", "estate_option"),
    "Rent and service charge, from opening; 0 where a member owns it.",
)
charge = Input(
    "Yearly charge of the estate option", "GBP_real / year", ("site", "estate_option"),
    "Unitary charge of a partnership as quoted, from opening; 0 where there is none.",
)
charge_share = Input(
    "Yearly charge, share of the capital that a partner pays", "share / year", ("site", "estate_option"),
    "So that what a partner builds never comes free; 0 where the whole charge is stated.",
    high=0.5,
)
years_until_open = Input(
    "Years until the estate option opens", "number", ("site", "estate_option"),
    "Whole years counted from the base year, which is 0; capital is spent evenly before.",
    high=30, whole=True,
)
meets = Input(
    "Constraint is met", "flag", ("site", "estate_option", "constraint"),
    "1 where the option is free of the constraint, or what lifts it is agreed.",
    high=1, whole=True,
)

area = Line(
    "Area of the estate option", "m2", ("site", "estate_option"),
    where(
        above(measured_area, quantity(0, "m2")),
        measured_area * estate.included,
        estate.gross_internal_area,
    ),
    "As measured, else as the site has; 0 where the option of the case leaves the site out.",
)
works_rate = Line(
    "Works rate of the estate option", "GBP_real / m2", ("site", "estate_option"),
    where(
        above(quoted_rate, 0),
        quoted_rate,
        total(kind * works.kind_rate, over="building_kind")
        * (1 + total(kind * works.kind_on_costs, over="building_kind"))
        * capital.base_level / works.kind_level,
    ),
    "As quoted, where it is, else of its kinds of building; with on-costs, in the base year.",
)
department_mix = Line(
    "Works rate of the site's departments, to its kinds'", "factor", ("site", "estate_option"),
    where(
        above(capital.works_rate_base * estate.gross_internal_area, 0),
        capital.departmental_cost / (capital.works_rate_base * estate.gross_internal_area),
        1,
    )
    + 0 * chosen,
    "As the bid's own rooms cost more or less than the average; the same in every estate option.",
)
works_cost = Line(
    "Works of the estate option", "GBP_real", ("site", "estate_option"),
    area * works_rate * department_mix * (1 + capital.location_adjustment_share),
    "Area at the works rate, for the site's departments, adjusted for location.",
)
before_bias = Line(
    "Works, fees, non-works and contingency of the estate option", "GBP_real", ("site", "estate_option"),
    works_cost
    * (1 + total(capital.fees_share, over="fee") + total(capital.non_works_share, over="non_work")
       + capital.contingency_share),
    "By the bid's shares of works.",
)
bias_left = Line(
    "Optimism bias that is left, share of its upper bound", "share", ("site", "estate_option"),
    where(above(capital.bias_upper_bound, 0), capital.bias_rate / capital.bias_upper_bound, 0) + 0 * chosen,
    "What the bid has not mitigated at the site, taken for every estate option.",
)
bias_rate = Line(
    "Optimism bias of the estate option", "share", ("site", "estate_option"),
    choose(bias.basis, {
        "optimism_bias":
            (standard_share * capital.bias_standard + (1 - standard_share) * capital.bias_non_standard)
            * bias_left,
        "class_p50": bias.class_uplift_p50,
        "class_p80": bias.class_uplift_p80,
    }),
    "By the one basis that the case declares.",
)
built = Line(
    "Capital of the estate option", "GBP_real", ("site", "estate_option"),
    before_bias * (1 + bias_rate),
    "Building only, before VAT and inflation, whoever pays.",
)
paid = Line(
    "Capital that the NHS pays", "GBP_real", ("site", "estate_option"),
    built * nhs_share,
    "The rest comes back in the charge.",
)
running = Line(
    "Running cost of the estate option", "GBP_real / year", ("site", "estate_option"),
    area * revenue.running_rate * running_factor,
    "Of a full year, without rent, charge and business rates.",
)
rent = Line(
    "Rent and charge of the estate option", "GBP_real / year", ("site", "estate_option"),
    area * rent_rate + charge * estate.included + built * (1 - nhs_share) * charge_share,
    "Of a full year.",
)
building_years = Line(
    "Years of building", "number", ("site", "estate_option"),
    maximum(years_until_open, 1),
    "One at least.",
)
open_in_year = Line(
    "Estate option is open", "flag", ("site", "estate_option", "year"),
    above(YEAR_NUMBER, years_until_open),
    "From the year it opens to the end of the appraisal.",
)
cost_year = Line(
    "Cost of the estate option", "GBP_real / year", ("site", "estate_option", "year"),
    paid / quantity(1, "year") / building_years * above(building_years + 1, YEAR_NUMBER)
    + (running + rent) * open_in_year,
    "Capital while building, then running cost, rent and charge; before VAT.",
)
whole_life = Line(
    "Whole-life cost of the estate option", "GBP_real", ("site", "estate_option"),
    total(discount(cost_year, timeline.discount_factor), over="year"),
    "Discounted, over the years of the appraisal; no value is left at the end.",
)
years_of_use = Line(
    "Years of use, discounted", "number", ("site", "estate_option"),
    total(open_in_year * timeline.discount_factor * quantity(1, "1 / year"), over="year"),
    "An option that opens later is used for fewer.",
)
cost_a_year_of_use = Line(
    "Whole-life cost a year of use", "GBP_real", ("site", "estate_option"),
    ratio(whole_life, years_of_use),
    "So that opening late is no saving; empty where it never opens.",
)
above_least = Line(
    "Whole-life cost above the least", "GBP_real", ("site", "estate_option"),
    whole_life - smallest(whole_life, over="estate_option"),
    "Of the site's estate options; 0 for the one that costs least.",
)
constraints_open = Line(
    "Constraints not met", "number", ("site", "estate_option"),
    total(1 - meets, over="constraint"),
    "Of the site's constraints.",
)
chosen_all = Line(
    "Estate options chosen", "number", ("site", "estate_option"),
    total(chosen, over="estate_option") + 0 * chosen,
    "One at each site.",
)
kinds = Line(
    "Kinds of building of the estate option, all", "share", ("site", "estate_option"),
    total(kind, over="building_kind"),
    "One.",
)
one_is_chosen = Check(
    "One estate option is chosen",
    not_one(chosen_all) * estate.included,
    ("site", "estate_option"),
    "The bid builds one of those that it compares.",
)
kinds_sum_to_one = Check(
    "Kinds of building of an estate option sum to one",
    not_one(kinds),
    ("site", "estate_option"),
    "Every square metre is of one kind.",
)
chosen_is_what_is_built = Check(
    "The estate option chosen is what the bid builds",
    chosen * above(absolute(kind - works.kind_of_site), 0) * estate.included,
    ("site", "estate_option", "building_kind"),
    "Its kinds of building are those of the site, so that both are priced alike.",
    level="warn",
)
chosen_meets_constraints = Check(
    "The estate option chosen meets the site's constraints",
    chosen * above(constraints_open, 0) * estate.included,
    ("site", "estate_option"),
    "What is not met delays or stops the building.",
    level="warn",
)
