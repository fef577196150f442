"""The pool: what buying together saves against each trust going its own way, and simple rules to share it.

Members may always buy a class apart where that is cheaper.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    at,
    difference,
    maximum,
    minimum,
    quantity,
    ratio,
    rise,
    total,
    where,
)
from casebuilder.algebra.shapes import at_tiers
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import procurement, routes
from casebuilder.model.pooling import apart, funder, lateness, whole_life

kept_by_members = Input(
    "Capital saving that members keep", "share", (),
    "Of what is saved on the price of the units that an award pays for; the rest goes back to its funder.",
)

part_back = Line(
    "Part of the saving on an award that goes back", "share", (),
    (1 - kept_by_members) * at(1 - routes.is_financed, route="pool"),
    "Nothing where the pool leases.",
)

# Together and apart
would_go_back = Line(
    "What goes back to the funder if the class is pooled", "GBP_real", ("equipment",),
    funder.saved_in_pool * (1 - kept_by_members),
    "Under the award's terms, of what is saved on the price of the units that it pays for.",
)
bought_together = Line(
    "Class is bought together", "flag", ("equipment",),
    apart.may_pool
    * above(difference(apart.members_cost, at(whole_life.whole_life, route="pool") + would_go_back), 0),
    "1 where the pool may buy it and its members pay less than apart, with what goes back to the funder.",
)
together_class = Line(
    "Cost to members together, by class", "GBP_real", ("equipment",),
    where(
        above(bought_together, 0),
        at(whole_life.whole_life, route="pool") + would_go_back,
        apart.members_cost,
    ),
    "In a pool of two or more, with what goes back to the funder; or apart where that is cheaper for them.",
)
together = Line(
    "Cost to members together", "GBP_real", (),
    total(together_class, over="equipment"),
    "The bill, and what goes back to the funder: what members have to pay. Present value over the "
    "equipment's life, without VAT.",
)
to_funder_class = Line(
    "Saving that goes back to the funder, by class", "GBP_real", ("equipment",),
    bought_together * would_go_back,
    "Where the members buy the class together.",
)
to_funder = Line(
    "Saving that goes back to the funder", "GBP_real", (),
    total(to_funder_class, over="equipment"),
    "On the price of the units that its award pays for; taken out before the members share.",
)
bill_class = Line(
    "Bill of the pool, by class", "GBP_real", ("equipment",),
    difference(together_class, to_funder_class),
    "What suppliers and the purchase itself cost, whoever pays.",
)
bill = Line(
    "Bill of the pool", "GBP_real", (),
    total(bill_class, over="equipment"),
    "Present value over the equipment's life, without VAT; what members pay, less what goes back.",
)
alone = Line(
    "Cost of going alone", "GBP_real", ("provider",),
    total(procurement.joins * apart.cost, over="equipment"),
    "Of the classes for which it joins; 0 for a trust that joins for none.",
)
saving_class = Line(
    "Saving that members share, by class", "GBP_real", ("equipment",),
    difference(apart.members_cost, together_class),
    "Against each member's cheapest route by itself, after the funder's part.",
)
saving = Line(
    "Saving that members share", "GBP_real", (),
    total(saving_class, over="equipment"),
    "What there is to share, after the funder's part.",
)
saving_in_all = Line(
    "Saving of the pool, before the funder's part", "GBP_real", (),
    saving + to_funder,
    "What members share, and what goes back to the funder.",
)

# Where the saving comes from, against every trust buying alone
price_saving = Line(
    "Saving on price and charges", "GBP_real", ("equipment",),
    difference(
        at(whole_life.purchase_part + whole_life.charge_part, route="alone"),
        at(whole_life.purchase_part + whole_life.charge_part, route="pool"),
    ),
    "Tiers and rebate, less the fee.",
)
process_saving = Line(
    "Saving on process", "GBP_real", ("equipment",),
    difference(
        at(procurement.members_process_cost, route="alone"),
        at(procurement.members_process_cost, route="pool"),
    ),
    "Competitions not run, less coordination.",
)
standard_saving = Line(
    "Saving on standard kit", "GBP_real", ("equipment",),
    difference(
        at(whole_life.maintenance_part + whole_life.standard_part, route="alone"),
        at(whole_life.maintenance_part + whole_life.standard_part, route="pool"),
    ),
    "Maintenance, training and spares, less the rise at renewal.",
)
timing_saving = Line(
    "Saving on timing", "GBP_real", ("equipment",),
    difference(at(whole_life.delay_part, route="alone"), at(whole_life.delay_part, route="pool")),
    "Less than nothing where the pool delivers later.",
)
open_to_all = Line(
    "Less what members save by themselves", "GBP_real", ("equipment",),
    difference(apart.members_cost, at(whole_life.whole_life, route="alone")),
    "On a framework or by another route that needs no pool; less than nothing.",
)
not_pooled = Line(
    "Not bought together after all", "GBP_real", ("equipment",),
    difference(at(whole_life.whole_life, route="pool"), bill_class),
    "Classes that the members buy apart, because that is cheaper for them or the pool is not admissible.",
)
gap_in_parts = Line(
    "Gap between the parts and the saving", "GBP_real", (),
    difference(
        total(
            price_saving + process_saving + standard_saving + timing_saving + open_to_all + not_pooled,
            over="equipment",
        )
        + bill,
        total(apart.members_cost, over="equipment"),
    ),
    "0: the parts add up to the saving before the funder's part.",
)
break_even_factor = Line(
    "Price at which the pool breaks even, share of the price alone", "factor", ("equipment",),
    ratio(
        apart.members_cost
        - at(
            procurement.members_process_cost + whole_life.standard_part + whole_life.delay_part,
            route="pool",
        )
        + at(whole_life.rebate, route="pool") * routes.last_discount
        - total(whole_life.own_make_cost, over="provider"),
        at(whole_life.cost_of_price, route="pool") * whole_life.standard_present,
    ),
    "Of standard kit, the same in every tranche, before rebate, fee and the funder's part; empty where none "
    "is bought.",
)
pool_factor = Line(
    "Price in the pool, share of the price alone", "factor", ("equipment",),
    where(
        above(procurement.standard_units_all, 0),
        (
            total(at(procurement.tier_units, route="pool"), over="tranche")
            - at(procurement.rebate_units, route="pool")
        )
        / procurement.standard_units_all,
        1,
    ),
    "Of standard kit, mean over tranches, after the rebate and before the fee.",
)

# Without one member
other_buyers = Line(
    "Other members that buy the class", "number", ("provider", "equipment"),
    procurement.joined_buyers / quantity(1, "contract")
    - procurement.joins * procurement.buys,
    "Without the trust.",
)
tier_from = Line(
    "Planned units above which the pool's tier counts", "items", ("equipment", "tier"),
    at(procurement.tier_from, route="pool") / procurement.volume_delivered,
    "Of which so many are ordered that the tier's price counts.",
)
tier_rise = Line(
    "Rise of the price at the pool's tier, share of the price alone", "factor", ("equipment", "tier"),
    at(procurement.tier_rise, route="pool"),
    "Against the tier before.",
)
rebate_from = Line(
    "Planned units above which the pool's rebate counts", "items", ("equipment", "tier"),
    at(
        (procurement.tier_start - quantity(1e-9, "items"))
        * above(procurement.tier_start, quantity(1, "item"))
        / procurement.volume_delivered,
        route="pool",
    ),
    "Nearly the first unit of its tier; in the first tier any.",
)
rebate_rise = Line(
    "Rise of the rebate at the pool's tier, share of the price alone", "share", ("tier",),
    at(rise(procurement.rebate_share, along="tier"), route="pool"),
    "Against the tier before; a tier reached pays its rebate on every unit.",
)
last_price = Line(
    "Price alone with the last tranche, present value", "GBP_real / item", ("equipment",),
    whole_life.pool_unit_price * routes.last_discount,
    "With the fee of the pool: what a rebate is a share of.",
)
units_without = Line(
    "Units at the price alone without the trust", "items", ("provider", "equipment", "tranche"),
    at_tiers(
        procurement.standard_units - procurement.takes_standard * procurement.units,
        tier_from, tier_from * at(procurement.by_parts, route="pool"), tier_rise,
    ),
    "What the other members' units of standard kit cost in the pool.",
)
units_all_without = Line(
    "Units of the pool without the trust, in all tranches", "items", ("provider", "equipment"),
    difference(procurement.standard_units_all, procurement.takes_standard * procurement.trust_units),
    "Of standard kit; sets the rebate of the others.",
)
several_without = Line(
    "Discount over several classes without the trust", "share", ("provider",),
    at(
        procurement.several_share
        * above(
            total(
                procurement.from_one_maker * above(units_all_without, 0) * above(other_buyers, 1),
                over="equipment",
            )
            + 1,
            procurement.several_from,
        ),
        route="pool",
    ),
    "Where the others buy enough of the classes that count.",
)
rebate_without = Line(
    "Rebate of the pool without the trust", "GBP_real", ("provider", "equipment"),
    units_all_without
    * (
        total(above(units_all_without, rebate_from) * rebate_rise, over="tier")
        + procurement.from_one_maker * above(other_buyers, 1) * several_without
    )
    * last_price,
    "At the tier that the others reach over all tranches; present value.",
)
funded_without = Line(
    "Price in the pool of the others' units that an award pays for", "GBP_real", ("provider", "equipment"),
    whole_life.pool_unit_price
    * total(
        difference(funder.standard_units, procurement.takes_standard * funder.units)
        * where(
            above(procurement.standard_units - procurement.takes_standard * procurement.units, 0),
            units_without / (procurement.standard_units - procurement.takes_standard * procurement.units),
            1,
        )
        * routes.delivery_discount,
        over="tranche",
    )
    - where(
        above(units_all_without, 0),
        rebate_without
        * total(difference(funder.standard_units, procurement.takes_standard * funder.units), over="tranche")
        / units_all_without,
        0 * rebate_without,
    )
    + difference(total(funder.own_make_price, over="provider"), funder.own_make_price),
    "At the tiers that they reach, less the rebate.",
)
back_without = Line(
    "What would go back to the funder without the trust", "GBP_real", ("provider", "equipment"),
    part_back
    * maximum(difference(funder.members_price - procurement.joins * funder.price_apart, funded_without), 0),
    "Of the others.",
)
pool_in_time_without = Line(
    "Cost of the pool without the trust, in time", "GBP_real", ("provider", "equipment"),
    whole_life.pool_cost_of_price * total(units_without * routes.delivery_discount, over="tranche")
    - rebate_without
    + whole_life.pool_competition * minimum(other_buyers, 1)
    + whole_life.pool_coordination * other_buyers
    + whole_life.own_makes_less_saving
    - whole_life.own_make_cost
    + whole_life.pool_saving_unit * procurement.takes_standard * whole_life.units_present,
    "The others, at the tiers that they reach, without tests not done for delay.",
)
pool_without = Line(
    "Cost of the pool without the trust", "GBP_real", ("provider", "equipment"),
    pool_in_time_without
    + at(whole_life.delay_part, route="pool")
    - at(lateness.delay_cost_unit, route="pool") * procurement.joins * whole_life.centre_units,
    "The others, at the tiers that they reach.",
)
without_class = Line(
    "Cost to the others without the trust, by class", "GBP_real", ("provider", "equipment"),
    where(
        above(apart.pool_open * other_buyers, 1),
        minimum(pool_without + back_without, apart.members_cost - procurement.joins * apart.cost),
        apart.members_cost - procurement.joins * apart.cost,
    ),
    "In a pool of two or more of the others, with what goes back; or apart where that is cheaper.",
)
without = Line(
    "Cost to the others without the trust", "GBP_real", ("provider",),
    total(without_class, over="equipment"),
    "All classes.",
)
