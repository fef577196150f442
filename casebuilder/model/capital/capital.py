"""Capital: the cost form line by line, its VAT and inflation, and the spend by year.

The order is that of NHS cost forms OB1 to OB4. No total and no balance is an input.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import above, at, by_member, choose, inflate, total, where
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.capital import equipment, financed
from casebuilder.model.setting import bias, digital, estate, private_contracts, timeline, works

DIMENSIONS = (
    Dimension("fee", "Fee", rank=180),
    Dimension("non_work", "Non-works cost", rank=190),
    Dimension("vat_line", "Line of VAT", rank=200, needs=("works", "fees", "non_works", "equipment")),
    Dimension("capital_line", "Line of capital", rank=205, needs=(
        "works", "fees", "non_works", "enabling", "equipment", "contingency", "bias",
    )),
)

works_rate = Input(
    "Works rate that a cost adviser quotes", "GBP_real / m2", ("site",),
    "For gross internal area, at the reporting level; it wins over the rate of the kind. 0: there is none.",
    optional=0, high=20_000,
)
on_costs_share = Input(
    "On-costs that a cost adviser quotes", "factor", ("site",),
    "Share of departmental cost (form OB3); read where a works rate is quoted.",
    optional=0, high=3,
)
reporting_level = Input(
    "Reporting level of quoted works rates", "number", (),
    "Tender price index (PUBSEC or All-in TPI) that quoted rates are at.",
    low=1,
)
base_level = Input(
    "Tender price index of the base year", "number", (),
    "The same index in the base year.",
    low=1,
)
department_factor = Input(
    "Works rate of a department, to the site's rate", "factor", ("department",),
    "1 where a department costs as much a square metre as the site on average.",
    low=0.1, high=5,
)

location_adjustment_share = Input(
    "Location adjustment, share of works", "factor", (),
    "Against the area that the works rates are quoted for; negative where building is cheaper.",
    low=-0.5, high=1,
)
fees_share = Input(
    "Fee, share of the works sub-total", "share", ("fee",),
    "Designers, cost adviser, project manager, statutory fees (form OB4).",
)
non_works_share = Input(
    "Non-works cost, share of the works sub-total", "share", ("non_work",),
    "Surveys, planning, decanting, IT and commissioning (form OB4).",
)
contingency_share = Input(
    "Planning contingency, share of the works sub-total", "share", (),
    "For design risk within the scheme; apart from optimism bias.",
)
standard_share = Input(
    "Standard building, share of the works", "share", ("site",),
    "The rest is non-standard: shielding, strengthened slabs, conversion of an occupied building.",
)
bias_standard = Input(
    "Optimism bias upper bound, standard building", "share", (),
    "Capital cost; HM Treasury's Mott MacDonald review.",
)
bias_non_standard = Input(
    "Optimism bias upper bound, non-standard building", "share", (),
    "Capital cost; HM Treasury's Mott MacDonald review.",
)
bias_mitigated = Input(
    "Optimism bias mitigated", "share", ("site",),
    "The share of the upper bound that design, survey and contract have removed, where the method is by "
    "project mix.",
)
vat_rate = Input("VAT rate", "share", (), "Standard rate.")
recovery = Input(
    "VAT recovered", "share", ("vat_line",),
    "Under the contracted-out services rules; new work and purchased equipment recover nothing, "
    "refurbishment a part. Contingency and optimism bias follow works.",
)
follows_construction = Input(
    "Line follows construction prices", "share", ("capital_line",),
    "1 by the construction index, 0 by the GDP deflator; equipment has prices of its own.",
)
phasing = Input(
    "Phasing", "share / year", ("site", "year"),
    "The share of a site's capital spent in each financial year; sums to one.",
    high=1,
)
building_lifecycle_rate = Input(
    "Lifecycle replacement of buildings", "GBP_real / m2 / year", (),
    "Plant, roofs and finishes renewed as they wear out: capital, apart from running cost; before VAT.",
    high=200,
)
hospital_capital = Input(
    "Capital at hospitals", "GBP_real / year", ("year",),
    "Enabling works and kit at hospitals or a partner's site that belong to no centre; before VAT.",
)

recovery_works = Line(
    "VAT recovered on works", "share", (), at(recovery, vat_line="works"), "Of VAT charged."
)
recovery_fees = Line("VAT recovered on fees", "share", (), at(recovery, vat_line="fees"), "Of VAT charged.")
recovery_non_works = Line(
    "VAT recovered on non-works", "share", (), at(recovery, vat_line="non_works"), "Of VAT charged."
)
recovery_equipment = Line(
    "VAT recovered on equipment", "share", (), at(recovery, vat_line="equipment"), "Of VAT charged."
)

works_rate_base = Line(
    "Works rate in the base year", "GBP_real / m2", ("site",),
    where(
        above(works_rate, 0), works_rate * base_level / reporting_level,
        works.rate * base_level / works.kind_level,
    ),
    "As quoted, where it is, else by kind; from its level to the base year by the ratio of the index.",
)
on_costs_taken = Line(
    "On-costs taken, share of departmental cost", "factor", ("site",),
    where(above(works_rate, 0), on_costs_share, works.on_costs),
    "As quoted, where the rate is; else by kind.",
)
departmental_cost = Line(
    "Departmental cost", "GBP_real", ("site",),
    total(estate.department_area * department_factor, over="department") * works_rate_base,
    "Cost form line 1 (OB2): each department's area at the works rate.",
)
on_costs = Line(
    "On-costs", "GBP_real", ("site",),
    departmental_cost * on_costs_taken,
    "Cost form line 2 (OB3): a share of departmental cost.",
)
works_cost = Line(
    "Works cost", "GBP_real", ("site",),
    departmental_cost + on_costs,
    "Cost form line 3.",
)
location_adjustment = Line(
    "Location adjustment", "GBP_real", ("site",),
    works_cost * location_adjustment_share,
    "Cost form line 4: a share of works cost.",
)
sub_total = Line(
    "Works sub-total", "GBP_real", ("site",),
    works_cost + location_adjustment,
    "Cost form line 5; fees, non-works and contingency are shares of it.",
)
fees = Line(
    "Fees", "GBP_real", ("site",), sub_total * total(fees_share, over="fee"), "Cost form line 6: all fees."
)
non_works = Line(
    "Non-works", "GBP_real", ("site",),
    sub_total * total(non_works_share, over="non_work"),
    "Cost form line 7 (OB4): all non-works costs.",
)
equipment_enabling = Line(
    "Enabling works for equipment", "GBP_real", ("site",),
    total(equipment.units_needed * equipment.enabling_works, over="equipment"),
    "Turnkey works by unit.",
)
equipment_ancillary = Line(
    "Ancillary kit", "GBP_real", ("site",),
    total(equipment.units_needed * equipment.ancillary_kit, over="equipment"),
    "By unit.",
)
equipment_cost = Line(
    "Equipment", "GBP_real", ("site",),
    financed.site_purchase + equipment_enabling + equipment_ancillary,
    "Cost form line 8.",
)
contingency = Line(
    "Planning contingency", "GBP_real", ("site",),
    sub_total * contingency_share,
    "Cost form line 9: a share of the works sub-total.",
)
total_for_approval = Line(
    "Total for approval", "GBP_real", ("site",),
    sub_total + fees + non_works + equipment_cost + contingency,
    "Cost form line 10, before optimism bias, inflation and VAT.",
)
bias_base = Line(
    "Cost that optimism bias is on", "GBP_real", ("site",),
    sub_total + fees + non_works + equipment_enabling + contingency,
    "All lines but units and ancillary kit, which are priced by catalogue and tender.",
)
bias_upper_bound = Line(
    "Optimism bias upper bound", "share", ("site",),
    standard_share * bias_standard + (1 - standard_share) * bias_non_standard,
    "Weighted by the mix of project types.",
)
bias_rate = Line(
    "Optimism bias on capital", "share", ("site",),
    choose(bias.method, {
        "project_mix": bias_upper_bound * (1 - bias_mitigated),
        "contributory_factors": bias_upper_bound * bias.left_site,
        "own_record": bias.own_record,
    }),
    "By the method chosen: the upper bound less what is mitigated, or the organisation's own record.",
)
mitigation_follows_what_is_known = Check(
    "Mitigation of optimism bias follows what is known",
    above(bias_mitigated, 1 - bias.left_site + bias.let_pass)
    * choose(bias.method, {"project_mix": 1, "contributory_factors": 0, "own_record": 0})
    * estate.included,
    ("site",),
    "By project mix no more is mitigated than the factors are at this stage, with the rooms as known.",
    level="warn",
)
optimism_bias = Line(
    "Optimism bias, or uplift to the class", "GBP_real", ("site",),
    choose(bias.basis, {
        "optimism_bias": bias_base * bias_rate,
        "class_p50": total_for_approval * bias.class_uplift_p50,
        "class_p80": total_for_approval * bias.class_uplift_p80,
    }),
    "Cost form line 11, by the one basis that is declared.",
)
contingency_bias = Line(
    "Bias that stands on the planning contingency", "GBP_real", ("site",),
    choose(bias.basis, {
        "optimism_bias": contingency * bias_rate,
        "class_p50": contingency * bias.class_uplift_p50,
        "class_p80": contingency * bias.class_uplift_p80,
    }),
    "Leaves the economic case with it.",
)
total_real = Line(
    "Capital before inflation and VAT", "GBP_real", ("site",),
    total_for_approval + optimism_bias,
    "Cost form line 12.",
)
public_part = private_contracts.public_part
line_cost = Line(
    "Cost of the line before VAT", "GBP_real", ("site", "capital_line"),
    by_member(capital_line={
        "works": sub_total * public_part, "fees": fees * public_part, "non_works": non_works * public_part,
        "enabling": equipment_enabling, "equipment": financed.site_purchase + equipment_ancillary,
        "contingency": contingency * public_part, "bias": optimism_bias * public_part,
    }),
    "The form by what its prices follow, without a building that a private partner pays for.",
)
construction_cost = Line(
    "Cost that follows construction prices", "GBP_real", ("site",),
    total(line_cost * follows_construction, over="capital_line"),
    "As each line declares.",
)
other_cost = Line(
    "Cost that follows general prices", "GBP_real", ("site",),
    total(line_cost * (1 - follows_construction), over="capital_line"),
    "As each line declares.",
)
works_price_ratio = Line(
    "Construction prices over the phasing", "index", ("site",),
    total(phasing * timeline.construction_index, over="year"),
    "The construction index, weighted by the site's phasing.",
)
other_price_ratio = Line(
    "General prices over the phasing", "index", ("site",),
    total(phasing * timeline.gdp_index, over="year"),
    "The GDP deflator, weighted by the site's phasing.",
)
price_ratio = Line(
    "Prices of the line over the phasing", "index", ("site", "capital_line"),
    follows_construction * works_price_ratio + (1 - follows_construction) * other_price_ratio,
    "By the index that the line declares.",
)
line_outturn = Line(
    "Cost of the line in cash, before VAT", "GBP_nominal", ("site", "capital_line"),
    inflate(line_cost, price_ratio),
    "At its own index.",
)
inflation = Line(
    "Inflation to outturn", "GBP_nominal", ("site",),
    inflate(construction_cost, works_price_ratio - 1) + inflate(other_cost, other_price_ratio - 1),
    "Cost form line 13: each line by its own index.",
)
outturn_before_vat = Line(
    "Outturn before VAT", "GBP_nominal", ("site",),
    total(line_outturn, over="capital_line"),
    "Cost form line 14.",
)
recovered_share = Line(
    "VAT recovered on the line", "share", ("capital_line",),
    by_member(
        capital_line={
            "fees": recovery_fees, "non_works": recovery_non_works, "enabling": recovery_equipment,
            "equipment": recovery_equipment,
        },
        others=recovery_works,
    ),
    "Contingency and optimism bias as works, enabling works as the equipment they come with.",
)
vat_charged = Line(
    "VAT charged", "GBP_nominal", ("site",),
    vat_rate * outturn_before_vat,
    "On every line, before recovery.",
)
vat_recovered = Line(
    "VAT recovered", "GBP_nominal", ("site",),
    vat_rate * total(line_outturn * recovered_share, over="capital_line"),
    "Cost form line 15: the pounds of the approval that rest on recovery.",
)
outturn_site = Line(
    "Outturn with VAT", "GBP_nominal", ("site",),
    outturn_before_vat + vat_charged - vat_recovered,
    "Cost form line 16: what the scheme costs in cash.",
)

spend_real = Line(
    "Capital spend at base-year prices", "GBP_real / year", ("site", "year"),
    phasing * (construction_cost * timeline.real_construction_index + other_cost),
    "Before VAT; what follows construction prices keeps their real growth.",
)
works_outturn = Line(
    "What follows construction prices, in cash", "GBP_nominal / year", ("site", "year"),
    phasing * inflate(construction_cost, timeline.construction_index),
    "Before VAT.",
)
other_outturn = Line(
    "Other capital in cash", "GBP_nominal / year", ("site", "year"),
    phasing * inflate(other_cost, timeline.gdp_index),
    "Before VAT.",
)
recovered_construction = Line(
    "Cost that follows construction prices, VAT of which is recovered", "GBP_real", ("site",),
    total(line_cost * follows_construction * recovered_share, over="capital_line"),
    "Line by line, at each line's recovery share.",
)
recovered_other = Line(
    "Cost that follows general prices, VAT of which is recovered", "GBP_real", ("site",),
    total(line_cost * (1 - follows_construction) * recovered_share, over="capital_line"),
    "Line by line, at each line's recovery share.",
)
vat_outturn = Line(
    "VAT not recovered", "GBP_nominal / year", ("site", "year"),
    vat_rate
    * (works_outturn + other_outturn
       - phasing * inflate(recovered_construction, timeline.construction_index)
       - phasing * inflate(recovered_other, timeline.gdp_index)),
    "The VAT that stays with the scheme.",
)
outturn = Line(
    "Capital outturn of the site", "GBP_nominal / year", ("site", "year"),
    works_outturn + other_outturn + vat_outturn,
    "Cash, with VAT, by site and year.",
)
contingency_spend = Line(
    "Planning contingency and its bias at base-year prices", "GBP_real / year", ("site", "year"),
    phasing
    * public_part
    * (contingency
       * (1 + (at(follows_construction, capital_line="contingency"))
          * (timeline.real_construction_index - 1))
       + contingency_bias
       * (1 + at(follows_construction, capital_line="bias") * (timeline.real_construction_index - 1))),
    "As it is spent, before VAT.",
)
beside_sites = Line(
    "Capital beside the sites", "GBP_real / year", ("year",),
    hospital_capital + digital.capital_year,
    "At hospitals, and for digital systems; before VAT.",
)
hospital_outturn = Line(
    "Capital outturn beside the sites", "GBP_nominal / year", ("year",),
    inflate(beside_sites, timeline.gdp_index) * (1 + vat_rate * (1 - recovery_equipment)),
    "Cash, with VAT.",
)
outturn_year = Line(
    "Capital outturn of the option", "GBP_nominal / year", ("year",),
    total(outturn, over="site") + hospital_outturn,
    "All sites and hospitals; replacement comes later and is apart.",
)
outturn_total = Line(
    "Capital outturn of the option, all years", "GBP_nominal", (),
    total(outturn_year, over="year"),
    "The capital ask in cash, with VAT.",
)
equipment_cash = Line(
    "First equipment in cash", "GBP_nominal", ("site",),
    inflate(financed.site_purchase, at(price_ratio, capital_line="equipment"))
    * (1 + vat_rate * (1 - recovery_equipment)),
    "Purchase with VAT, without enabling works, which are depreciated with the building.",
)
buildings_cash = Line(
    "Buildings in cash", "GBP_nominal", ("site",),
    outturn_site - equipment_cash,
    "Works, fees, enabling works, contingency and optimism bias, with VAT.",
)
