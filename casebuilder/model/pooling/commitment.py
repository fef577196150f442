"""Commitment: how firm the pool's volume is, and what it would save if only firm members bought.

The pool is priced on all units of the trusts that join, hoped or firm; here stands what those who have signed
would get by themselves. Months are numbers, the first month of the case being 1.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, at, choose, difference, maximum, quantity, total, where
from casebuilder.algebra.shapes import at_tiers
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import procurement, routes
from casebuilder.model.pooling import apart, funder, lateness, pool, whole_life

STAGES = ("offered", "agreed_in_principle", "letter_signed", "ordered", "delivered", "saving_booked")

stage = Input(
    "Stage of the trust's commitment", "choice", ("provider", "equipment"),
    "How far the trust has got with the class: offered, agreed in principle, letter signed, ordered, "
    "delivered, saving booked. Its volume is firm from the letter on.",
    choices=STAGES,
)
signed_by = Input(
    "Who has signed for the trust", "choice", ("provider",),
    "By office: nobody, the procurement lead, the director of finance, the chief executive or the board.",
    choices=("nobody", "procurement_lead", "director_of_finance", "chief_executive", "board"),
)
signed_month = Input(
    "Month in which the trust signed", "number", ("provider",),
    "Number of the month, the first month of the case being 1; 0 where it has not signed.",
    low=-60, high=600, whole=True,
)
stands_until = Input(
    "Last month in which the trust's letter stands", "number", ("provider",),
    "Number of the month; 0 where no end is named. What is ordered by then stays ordered.",
    high=600, whole=True,
)
ordered_month = Input(
    "Month in which the pool ordered the class", "number", ("equipment",),
    "Number of the month; 0 where it has not.",
    low=-60, high=600, whole=True,
)
as_at = Input(
    "Month in which the stages were looked at", "number", (),
    "Number of the month; letters that ended before it have lapsed. 0 where no month is named.",
    high=600, whole=True,
)

# Who is firm
stage_number = Line(
    "Stage of the trust's commitment, from 0", "number", ("provider", "equipment"),
    choose(stage, dict(zip(STAGES, range(len(STAGES)), strict=True))),
    "0 offered, 2 letter signed, 5 saving booked.",
)
lapsed = Line(
    "Letter has lapsed", "flag", ("provider",),
    above(stands_until, 0) * above(as_at, stands_until),
    "The stages were looked at after its last month.",
)
firm = Line(
    "Member's volume is firm", "flag", ("provider", "equipment"),
    procurement.joins * where(above(stage_number, 2), 1, above(stage_number, 1) * (1 - lapsed)),
    "It has signed and the letter stands, or the class is ordered.",
)

# Firm volume, and the tier it reaches
firm_units = Line(
    "Firm units of the pool", "items", ("equipment", "tranche"),
    total(firm * procurement.units, over="provider"),
    "Of the members whose volume is firm.",
)
firm_standard = Line(
    "Firm units of standard kit", "items", ("equipment", "tranche"),
    total(firm * procurement.takes_standard * procurement.units, over="provider"),
    "Set the tier where nobody else signs.",
)
firm_standard_all = Line(
    "Firm units of standard kit in all tranches", "items", ("equipment",),
    total(firm_standard, over="tranche"),
    "Set the rebate where nobody else signs.",
)
firm_units_all = Line(
    "Firm units in all classes", "items", (),
    total(firm_units, over=("equipment", "tranche")),
    "Of the members whose volume is firm.",
)
hoped_units_all = Line(
    "Hoped units in all classes", "items", (),
    total(procurement.joined_units_all, over="equipment"),
    "Of the trusts that join, whether they have signed or not.",
)
firm_tier = Line(
    "Tier that firm volume reaches", "number", ("equipment", "tranche"),
    total(
        1 - above(at(procurement.tier_start, route="pool"), firm_standard * procurement.volume_delivered),
        over="tier",
    ),
    "In the pool: 1 for the first tier, 0 for no unit.",
)
hoped_tier = Line(
    "Tier that hoped volume reaches", "number", ("equipment", "tranche"),
    total(
        1
        - above(at(procurement.tier_start, route="pool"), procurement.standard_ordered),
        over="tier",
    ),
    "In the pool, with every trust that joins: 1 for the first tier, 0 for no unit.",
)
firm_tier_units = Line(
    "Firm units of standard kit at the price alone", "items", ("equipment", "tranche"),
    at_tiers(
        firm_standard, pool.tier_from, pool.tier_from * at(procurement.by_parts, route="pool"), pool.tier_rise
    ),
    "What they cost in the pool by themselves, in units at the price alone.",
)
firm_factor = Line(
    "Price at firm volume, share of the price alone", "factor", ("equipment", "tranche"),
    where(above(firm_standard, 0), firm_tier_units / firm_standard, 1),
    "Of standard kit in the pool; the price alone where nobody is firm.",
)
firm_buyers = Line(
    "Firm members that buy the class", "contracts", ("equipment",),
    total(firm * procurement.buys, over="provider") * quantity(1, "contract"),
    "Two make a pool.",
)
firm_in_several = Line(
    "Class counts in firm members' order", "flag", ("equipment",),
    procurement.from_one_maker
    * above(firm_standard_all, 0)
    * above(firm_buyers / quantity(1, "contract"), 1),
    "Standard kit of two firm members or more.",
)
firm_several = Line(
    "Discount over several classes to firm members", "share", (),
    at(procurement.several_share, route="pool")
    * above(total(firm_in_several, over="equipment") + 1, at(procurement.several_from, route="pool")),
    "Where they buy enough of the classes that count.",
)
firm_rebate_unit = Line(
    "Rebate at firm volume, share of the price alone", "factor", ("equipment",),
    total(above(firm_standard_all, pool.rebate_from) * pool.rebate_rise, over="tier")
    + firm_several * firm_in_several,
    "At the tier that firm volume reaches over all tranches, and over several classes.",
)
price_at_firm = Line(
    "Price in the pool at firm volume", "GBP_real / item", ("equipment",),
    whole_life.pool_unit_price
    * where(
        above(procurement.standard_units_all, 0),
        total(procurement.standard_units * firm_factor, over="tranche") / procurement.standard_units_all
        - firm_rebate_unit,
        1,
    ),
    "What a unit of the pool would cost at the tiers that firm volume reaches; with fee, less rebate.",
)
price_at_hoped = Line(
    "Price in the pool at hoped volume", "GBP_real / item", ("equipment",),
    whole_life.pool_unit_price * pool.pool_factor,
    "At the tiers that all trusts that join reach; with the fee, less the rebate.",
)

# What firm members would save if nobody else bought
firm_rebate = Line(
    "Rebate to firm members", "GBP_real", ("equipment",),
    firm_rebate_unit
    * firm_standard_all
    * pool.last_price,
    "Present value.",
)
firm_whole_life = Line(
    "Cost of the pool to firm members", "GBP_real", ("equipment",),
    at(whole_life.cost_of_price, route="pool")
    * total(firm_tier_units * routes.delivery_discount, over="tranche")
    - firm_rebate
    + whole_life.pool_competition * above(firm_buyers, 0)
    + whole_life.pool_coordination * firm_buyers / quantity(1, "contract")
    + total(firm * whole_life.own_make_cost, over="provider")
    - whole_life.pool_saving_unit
    * total(firm * procurement.takes_standard * whole_life.units_present, over="provider")
    + at(lateness.delay_cost_unit, route="pool") * total(firm * whole_life.centre_units, over="provider"),
    "By themselves, at the tiers that they reach.",
)
firm_funded = Line(
    "Firm units of standard kit that an award pays for", "items", ("equipment", "tranche"),
    total(firm * procurement.takes_standard * funder.units, over="provider"),
    "Of the members whose volume is firm.",
)
firm_back = Line(
    "What would go back to the funder from firm members", "GBP_real", ("equipment",),
    pool.part_back
    * maximum(
        difference(
            total(firm * funder.price_apart, over="provider"),
            whole_life.pool_unit_price
            * (
                total(firm_funded * firm_factor * routes.delivery_discount, over="tranche")
                - firm_rebate_unit * routes.last_discount * total(firm_funded, over="tranche")
            )
            + total(firm * funder.own_make_price, over="provider"),
        ),
        0,
    ),
    "Of what they save on the price of the units that an award pays for.",
)
firm_saving_class = Line(
    "Saving of firm members by themselves, by class", "GBP_real", ("equipment",),
    where(
        above(apart.pool_open * firm_buyers / quantity(1, "contract"), 1),
        maximum(difference(total(firm * apart.cost, over="provider"), firm_whole_life + firm_back), 0),
        0 * firm_whole_life,
    ),
    "If two or more of them buy it, and nobody who has not signed; nothing where they would buy apart.",
)
firm_saving = Line(
    "Saving of firm members by themselves", "GBP_real", (),
    total(firm_saving_class, over="equipment"),
    "What is left of the saving if only those who have signed buy.",
)
rests_on_unsigned = Line(
    "Saving that rests on unsigned volume", "GBP_real", (),
    difference(pool.saving, firm_saving),
    "What members share at hoped volume, less what firm members save by themselves.",
)
