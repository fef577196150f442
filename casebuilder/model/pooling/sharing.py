"""Shares of the pool's cost: rules that a calculator can follow, and what hangs on each member."""

from __future__ import annotations

from casebuilder.algebra.operators import above, at, difference, largest, maximum, share_of, total, where
from casebuilder.algebra.terms import Line
from casebuilder.model.capital import equipment, procurement, routes
from casebuilder.model.pooling import apart, pool, whole_life

is_member = Line(
    "Trust is a member of the pool", "flag", ("provider",),
    largest(procurement.joins, over="equipment"),
    "It joins for a class or more.",
)
members = Line(
    "Members of the pool", "number", (),
    total(is_member, over="provider"),
    "Trusts that join for a class or more.",
)
separable = Line(
    "Cost that the trust adds", "GBP_real", ("provider",),
    difference(pool.together, pool.without),
    "What the others save if it stays out.",
)
not_separable = Line(
    "Cost that no one trust adds", "GBP_real", (),
    difference(pool.together, total(separable, over="provider")),
    "What is left to share by a rule.",
)
value_class = Line(
    "Units at the price alone, in pounds, by class", "GBP_real", ("provider", "equipment"),
    procurement.joins * procurement.trust_units * equipment.unit_price,
    "The volume that a trust brings to a class.",
)
value_alone = Line(
    "Units at the price alone, in pounds", "GBP_real", ("provider",),
    total(value_class, over="equipment"),
    "The volume that a trust brings.",
)
refusal_extra = Line(
    "What its own make costs above standard kit", "GBP_real", ("provider", "equipment"),
    pool.bought_together
    * (
        whole_life.own_make_cost
        - procurement.keeps_own_make
        * (
            at(whole_life.cost_of_price, route="pool") * pool.pool_factor
            - at(routes.standard_saving, route="pool") * equipment.unit_price
        )
        * whole_life.units_present
    ),
    "Price, maintenance, training and spares over its life, in a class that is bought together.",
)
refusal_extra_trust = Line(
    "What its own makes cost above standard kit, all classes", "GBP_real", ("provider",),
    total(refusal_extra, over="equipment"),
    "0 for a trust that takes standard kit.",
)
share_equal = Line(
    "Share: equal saving", "GBP_real", ("provider",),
    difference(pool.alone, is_member * pool.saving / maximum(members, 1)),
    "Every member saves the same pounds.",
)
one_price = Line(
    "One price for a pound of standard kit", "factor", ("equipment",),
    where(
        above(total(value_class, over="provider"), 0),
        (pool.together_class - total(refusal_extra, over="provider")) / total(value_class, over="provider"),
        0,
    ),
    "Whole-life cost of the class together, without what own makes cost more, for each pound of units at the "
    "price alone.",
)
share_volume = Line(
    "Share: one price", "GBP_real", ("provider",),
    total(
        where(
            above(pool.bought_together, 0),
            refusal_extra + one_price * value_class,
            procurement.joins * apart.cost,
        ),
        over="equipment",
    ),
    "In a class bought together every member pays the same for a pound of kit at the price alone, and who "
    "keeps its own make what that costs more; in a class bought apart, its own cost.",
)
share_moriarity = Line(
    "Share: by cost alone (Moriarity)", "GBP_real", ("provider",),
    pool.together * share_of(pool.alone, over="provider"),
    "Every member saves the same percentage of what it would pay alone.",
)
share_eca = Line(
    "Share: added cost, rest evenly (ECA)", "GBP_real", ("provider",),
    difference(separable, -is_member * not_separable / maximum(members, 1)),
    "Each pays what it adds, and the rest is split evenly.",
)
saved_equal = Line(
    "Saved: equal saving", "GBP_real", ("provider",),
    difference(pool.alone, share_equal),
    "Against going alone.",
)
saved_volume = Line(
    "Saved: by volume", "GBP_real", ("provider",),
    difference(pool.alone, share_volume),
    "Against going alone; less than nothing, and the trust would pay less by itself.",
)
saved_moriarity = Line(
    "Saved: by cost alone (Moriarity)", "GBP_real", ("provider",),
    difference(pool.alone, share_moriarity),
    "Against going alone.",
)
saved_eca = Line(
    "Saved: added cost, rest evenly (ECA)", "GBP_real", ("provider",),
    difference(pool.alone, share_eca),
    "Against going alone.",
)
could_save = Line(
    "Most that the trust could save", "GBP_real", ("provider",),
    difference(pool.alone, separable),
    "Its cost alone less what it adds to the others.",
)
share_aca = Line(
    "Share: added cost, rest by saving (ACA)", "GBP_real", ("provider",),
    difference(
        separable,
        -not_separable
        * where(
            above(total(could_save, over="provider"), 0) + above(0, total(could_save, over="provider")),
            share_of(could_save, over="provider"),
            is_member / maximum(members, 1),
        ),
    ),
    "Each pays what it adds, and the rest by what it could save at most; evenly where nobody could.",
)
saved_aca = Line(
    "Saved: added cost, rest by saving (ACA)", "GBP_real", ("provider",),
    difference(pool.alone, share_aca),
    "Against going alone.",
)
loss_to_others = Line(
    "Lost to the others if the trust leaves", "GBP_real", ("provider",),
    difference(pool.without, pool.together - pool.alone),
    "Were its share what it costs alone: the whole of the saving that hangs on it.",
)
