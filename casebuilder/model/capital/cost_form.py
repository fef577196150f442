"""Cost form: departments (OB2), on-costs (OB3), fees and non-works (OB4), inflation and VAT line by line."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    above,
    absolute,
    at,
    by_member,
    choose,
    difference,
    inflate,
    maximum,
    minimum,
    quantity,
    step,
    total,
    where,
)
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.capital import capital
from casebuilder.model.setting import bias, estate, programme, risks, timeline, works

DIMENSIONS = (
    Dimension("on_cost", "On-cost", rank=160),
)

on_costs_mix = Input(
    "On-cost, share of all on-costs", "share", ("on_cost",),
    "How on-costs fall on the items of form OB3; sums to one.",
)
vat_heading = Input(
    "Contracted-out services heading", "number", ("vat_line",),
    "The heading that VAT is recovered under; 0 for none.",
    high=99, whole=True,
)
vat_advised = Input(
    "VAT recovery advised in writing", "flag", ("vat_line",),
    "1 where a VAT adviser's opinion stands behind the recovery.",
    high=1, whole=True,
)
days_a_month = quantity(30.4375, "days / month")

department_cost = Line(
    "Department", "GBP_real", ("site", "department"),
    estate.department_area * capital.department_factor * capital.works_rate_base,
    "Form OB2: area at the works rate.",
)
department_total = Line(
    "Department, all sites", "GBP_real", ("department",), total(department_cost, over="site"), "Form OB2."
)
on_cost = Line("On-cost", "GBP_real", ("site", "on_cost"), capital.on_costs * on_costs_mix, "Form OB3.")
on_cost_total = Line("On-cost, all sites", "GBP_real", ("on_cost",), total(on_cost, over="site"), "Form OB3.")
fee = Line("Fee", "GBP_real", ("site", "fee"), capital.sub_total * capital.fees_share, "Form OB4.")
fee_total = Line("Fee, all sites", "GBP_real", ("fee",), total(fee, over="site"), "Form OB4.")
non_works_cost = Line(
    "Non-works cost", "GBP_real", ("site", "non_work"),
    capital.sub_total * capital.non_works_share,
    "Form OB4.",
)
non_works_total = Line(
    "Non-works cost, all sites", "GBP_real", ("non_work",), total(non_works_cost, over="site"), "Form OB4."
)
works_at_reporting_level = Line(
    "Works cost at the reporting level", "GBP_real", ("site",),
    capital.works_cost
    * where(above(capital.works_rate, 0), capital.reporting_level, works.kind_level)
    / capital.base_level,
    "At the level that its rates are quoted at; in the base year it is line 3.",
)

# From the base year to tender, and from tender to the middle of the spend
tender_day = Line(
    "Day of tender", "days", ("site",),
    minimum(
        maximum(programme.build_start * days_a_month, quantity(0, "days")),
        timeline.days_in_all - quantity(1, "day"),
    ),
    "Start on site, in days of the case.",
)
tender_year = Line(
    "Year of tender", "flag / year", ("site", "year"),
    (above(timeline.days_so_far, tender_day)
     - above(timeline.days_so_far - step(timeline.days_in_year), tender_day))
    * quantity(1, "1 / year"),
    "1 in the financial year in which building starts.",
)
index_at_tender = Line(
    "Construction index at tender", "index", ("site",),
    total(tender_year * timeline.construction_index, over="year"),
    "Of the year in which building starts.",
)
inflation_to_tender = Line(
    "Inflation from the base year to tender", "GBP_nominal", ("site",),
    inflate(capital.construction_cost, index_at_tender - 1),
    "Cost form line 13a: what follows construction prices, by the construction index.",
)
inflation_from_tender = Line(
    "Inflation from tender to the middle of the spend", "GBP_nominal", ("site",),
    inflate(capital.construction_cost, capital.works_price_ratio - index_at_tender),
    "Cost form line 13b; below nothing where money is spent before building starts.",
)
inflation_beside_works = Line(
    "Inflation of the other lines", "GBP_nominal", ("site",),
    inflate(capital.other_cost, capital.other_price_ratio - 1),
    "Cost form line 13c: equipment, and what else declares general prices.",
)

# VAT line by line
vat_works = Line(
    "VAT on works", "GBP_nominal", ("site",),
    capital.vat_rate * at(capital.line_outturn, capital_line="works"),
    "Charged.",
)
vat_fees = Line(
    "VAT on fees", "GBP_nominal", ("site",),
    capital.vat_rate * at(capital.line_outturn, capital_line="fees"),
    "Charged.",
)
vat_non_works = Line(
    "VAT on non-works", "GBP_nominal", ("site",),
    capital.vat_rate * at(capital.line_outturn, capital_line="non_works"),
    "Charged.",
)
vat_equipment = Line(
    "VAT on equipment", "GBP_nominal", ("site",),
    capital.vat_rate
    * (at(capital.line_outturn, capital_line="equipment")
       + at(capital.line_outturn, capital_line="enabling")),
    "Charged; with enabling works.",
)
vat_contingency = Line(
    "VAT on contingency", "GBP_nominal", ("site",),
    capital.vat_rate * at(capital.line_outturn, capital_line="contingency"),
    "Charged.",
)
vat_bias = Line(
    "VAT on optimism bias", "GBP_nominal", ("site",),
    capital.vat_rate * at(capital.line_outturn, capital_line="bias"),
    "Charged.",
)
recovered = Line(
    "VAT recovered by line", "GBP_nominal", ("site", "vat_line"),
    by_member(
        vat_line={
            "works": vat_works + vat_contingency + vat_bias, "fees": vat_fees, "non_works": vat_non_works,
            "equipment": vat_equipment,
        },
    )
    * capital.recovery,
    "Under its heading; contingency and optimism bias with works.",
)
unadvised = Line(
    "Recovery that nobody has advised on", "GBP_nominal", ("site",),
    total(recovered * (1 - vat_advised), over="vat_line"),
    "Pounds of the approval that rest on it.",
)
unadvised_total = Line(
    "Recovery that nobody has advised on, all sites", "GBP_nominal", (),
    total(unadvised, over="site"),
    "What the capital ask would rise by if it failed.",
)

# The forms add up
department_items = Line(
    "OB2, all departments", "GBP_real", ("site",), total(department_cost, over="department"), "Of the site."
)
on_cost_items = Line(
    "OB3, all on-costs", "GBP_real", ("site",), total(on_cost, over="on_cost"), "Of the site."
)
fee_items = Line("OB4, all fees", "GBP_real", ("site",), total(fee, over="fee"), "Of the site.")
non_work_items = Line(
    "OB4, all non-works", "GBP_real", ("site",), total(non_works_cost, over="non_work"), "Of the site."
)
items_gap = Line(
    "Items of OB2 to OB4 less the lines of OB1", "GBP_real", ("site",),
    difference(
        department_items + on_cost_items + fee_items + non_work_items,
        capital.works_cost + capital.fees + capital.non_works,
    ),
    "Nothing.",
)
vat_gap = Line(
    "VAT line by line less VAT recovered", "GBP_nominal", ("site",),
    difference(total(recovered, over="vat_line"), capital.vat_recovered),
    "Nothing.",
)
area_gap = Line(
    "Area of departments less gross internal area", "m2", ("site",),
    difference(total(estate.department_area, over="department"), estate.gross_internal_area),
    "Nothing.",
)
money_tolerance = quantity(1, "GBP_real")
one_basis = Check(
    "One basis of contingency, not two",
    choose(bias.basis, {"optimism_bias": 0, "class_p50": 1, "class_p80": 1})
    * maximum(above(capital.contingency_share, 0), above(risks.for_contingency, 0)),
    (),
    "An uplift to the class holds what planning contingency and construction risks are for: set the share of "
    "contingency to 0, and mark those risks as covered.",
)
items_add_up = Check(
    "Departments, on-costs, fees and non-works add up to the cost form",
    above(absolute(items_gap), money_tolerance),
    ("site",),
    "Shares of on-costs sum to one, and every test has a department.",
)
vat_adds_up = Check(
    "VAT line by line adds up to the cost form",
    above(absolute(vat_gap), quantity(1, "GBP_nominal")),
    ("site",),
    "Recovery by line is the recovery of the form.",
)
areas_add_up = Check(
    "Every square metre has a department",
    above(absolute(area_gap), quantity(1, "m2")),
    ("site",),
    "Each test belongs to one department and support space is shared in full.",
)
recovery_has_a_heading = Check(
    "VAT recovery has a heading",
    above(capital.recovery, 0) * above(1, vat_heading),
    ("vat_line",),
    "VAT is recovered only under a heading of the contracted-out services rules.",
)
recovery_is_advised = Check(
    "VAT recovery rests on written advice",
    above(unadvised_total, quantity(1, "GBP_nominal")),
    (),
    "Without it the approval may be short by this sum.",
    level="warn",
)
