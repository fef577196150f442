"""Works: what a square metre of gross internal area costs, by the kind of building."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import total
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.setting import estate

DIMENSIONS = (
    Dimension("building_kind", "Kind of building", rank=207),
)

kind_of_site = Input(
    "Kind of building", "share", ("site", "building_kind"),
    "The share of a site's gross area that is new, modular, refurbished or converted; sums to one.",
)
kind_rate = Input(
    "Works rate of the kind", "GBP_real / m2", ("building_kind",),
    "Departmental works for a square metre of gross internal area; without on-costs, fees, kit and VAT.",
    high=20_000,
)
kind_on_costs = Input(
    "On-costs of the kind, share of departmental cost", "factor", ("building_kind",),
    "External works, drainage, services and abnormals (form OB3).",
    high=3,
)
kind_level = Input(
    "Level of rates by kind", "number", (),
    "Tender price index that rates by kind, and the published class, are quoted at: 2025/26, where the base "
    "year has its own level.",
    low=1,
)
rate = Line(
    "Works rate by kind", "GBP_real / m2", ("site",),
    total(kind_of_site * kind_rate, over="building_kind"),
    "The mix of the site, at the level of the rates.",
)
on_costs = Line(
    "On-costs by kind, share of departmental cost", "factor", ("site",),
    total(kind_of_site * kind_on_costs, over="building_kind"),
    "The mix of the site.",
)
kinds_of_site = Line(
    "Kinds of building, all", "share", ("site",),
    total(kind_of_site, over="building_kind"),
    "One.",
)
kinds_sum_to_one = Check(
    "Kinds of building sum to one",
    not_one(kinds_of_site) * estate.included,
    ("site",),
    "Every square metre of a site is of one kind.",
)
