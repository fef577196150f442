"""Procurement: the price paid when trusts buy alone or pool, and what pooling saves.

Reads equipment. Read by capital, revenue, economics and finance.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, quantity, share_of, total
from casebuilder.algebra.terms import Input, Line
from casebuilder.model import equipment

pooled = Input(
    "Trusts buy as one pool", "flag", (),
    "1 when the members place one order a class, 0 when each site buys by itself.",
    high=1, whole=True,
)  # fmt: skip
pooled_discount = Input(
    "Discount of the pooled purchase", "share", ("equipment",),
    "Against the price a trust pays alone on a framework, never against a list price.",
)  # fmt: skip
framework_fee = Input(
    "Framework fee, share of spend", "share", (),
    "Charged on what is bought through the pooled call-off.",
    high=0.1,
)  # fmt: skip
competition_cost = Input(
    "Cost of one competition", "GBP_real / contract", (),
    "Staff and advisers for one further competition, from specification to award.",
)  # fmt: skip

price_paid = Line(
    "Price paid", "GBP_real / item", ("equipment",),
    equipment.unit_price * (1 - pooled * pooled_discount) * (1 + pooled * framework_fee),
    "The price alone, less the discount of the pool, with the framework's fee.",
)  # fmt: skip
units_bought = Line(
    "Units bought", "items", ("equipment",),
    total(equipment.units_needed, over="site"),
    "First units of all sites.",
)  # fmt: skip
buys = Line(
    "Site buys the class", "flag", ("site", "equipment"),
    above(equipment.units_needed, 0),
    "1 where a site needs at least one unit.",
)  # fmt: skip
bought_at_all = Line(
    "Class is bought", "flag", ("equipment",),
    above(units_bought, 0),
    "1 where any site needs a unit.",
)  # fmt: skip
competitions_alone = Line(
    "Competitions if each site buys alone", "contracts", ("equipment",),
    total(buys, over="site") * quantity(1, "contract"),
    "One for each site and class.",
)  # fmt: skip
competitions = Line(
    "Competitions", "contracts", ("equipment",),
    pooled * bought_at_all * quantity(1, "contract") + (1 - pooled) * competitions_alone,
    "A pool runs one competition a class; alone, each site runs its own.",
)  # fmt: skip
competition_cost_total = Line(
    "Cost of competitions", "GBP_real", (),
    total(competitions, over="equipment") * competition_cost,
    "All competitions, at the cost of one.",
)  # fmt: skip
spend_by_year = Line(
    "Equipment installed", "GBP_real / year", ("year",),
    total(equipment.installed * price_paid, over=("site", "equipment")),
    "At the price paid, in the year the units come into use.",
)  # fmt: skip
competition_cost_year = Line(
    "Cost of competitions by year", "GBP_real / year", ("year",),
    competition_cost_total * share_of(spend_by_year, over="year") * quantity(1, "1 / year"),
    "In proportion to the equipment installed.",
)  # fmt: skip
price_saving = Line(
    "Saving on price", "GBP_real", ("equipment",),
    units_bought * (equipment.unit_price - price_paid),
    "Against each site buying alone, after the framework's fee.",
)  # fmt: skip
competition_saving = Line(
    "Saving on competitions", "GBP_real", (),
    total(competitions_alone - competitions, over="equipment") * competition_cost,
    "Competitions not run because the members buy as one.",
)  # fmt: skip
saving = Line(
    "Saving of pooled purchase", "GBP_real", (),
    total(price_saving, over="equipment") + competition_saving,
    "Price and process together; first units only.",
)  # fmt: skip
