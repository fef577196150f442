"""Renewal: equipment replaced and buildings renewed as they wear out, outside the award."""

from __future__ import annotations

from casebuilder.algebra.operators import above, inflate, lagged, quantity, total
from casebuilder.algebra.terms import Line
from casebuilder.model.capital import capital, equipment, financed, private_finance
from casebuilder.model.setting import estate, timeline

# A year after a site's first, its units in the first year of their life replace others.
replaced = above(2, equipment.age) * financed.price_bought * equipment.units_needed * quantity(1, "1 / year")

replacement_real = Line(
    "Equipment replacement at base-year prices", "GBP_real / year", ("year",),
    total(lagged(equipment.is_open, 1) * replaced, over=("site", "equipment")),
    "All that is bought but first units, at the price paid outright; before VAT.",
)
with_vat = Line(
    "Equipment bought, with VAT, for a pound before it", "factor", (),
    1 + capital.vat_rate * (1 - capital.recovery_equipment),
    "With what is not recovered.",
)
lifecycle_real = Line(
    "Lifecycle of buildings at base-year prices", "GBP_real / year", ("site", "year"),
    estate.gross_internal_area * capital.building_lifecycle_rate * lagged(equipment.is_open, 1)
    * (1 - private_finance.in_term_of_site),
    "From the year after the opening year; before VAT. A private partner renews its building itself.",
)
lifecycle_outturn = Line(
    "Lifecycle of buildings in cash", "GBP_nominal / year", ("site", "year"),
    inflate(lifecycle_real, timeline.construction_index)
    * (1 + capital.vat_rate * (1 - capital.recovery_works)),
    "With VAT.",
)
replacement_site = Line(
    "Replacement at the site in cash", "GBP_nominal / year", ("site", "year"),
    inflate(lagged(equipment.is_open, 1) * total(replaced, over="equipment"), timeline.gdp_index)
    * with_vat
    + lifecycle_outturn,
    "Equipment and lifecycle of the building, with VAT.",
)
replacement_outturn = Line(
    "Replacement in cash", "GBP_nominal / year", ("year",),
    total(replacement_site, over="site"),
    "Outside the award: a call on the members' own capital envelope.",
)
replacement_vat = Line(
    "VAT on replacement", "GBP_nominal / year", ("year",),
    inflate(replacement_real, timeline.gdp_index) * capital.vat_rate * (1 - capital.recovery_equipment)
    + inflate(total(lifecycle_real, over="site"), timeline.construction_index)
    * capital.vat_rate * (1 - capital.recovery_works),
    "What is not recovered.",
)
