"""Route taken: what the centres' first units cost less than with each trust buying alone."""

from __future__ import annotations

from casebuilder.algebra.operators import at, difference, total
from casebuilder.algebra.terms import Line
from casebuilder.model.capital import procurement

price_saving = Line(
    "Saving on price", "GBP_real", ("equipment",),
    procurement.units_bought * difference(procurement.price_alone, procurement.price_paid),
    "First units of the centres, against each trust buying alone, after the framework's fee.",
)
process_saving = Line(
    "Saving on competing and coordinating", "GBP_real", ("equipment",),
    difference(at(procurement.process_cost, route="alone"), procurement.process_cost_taken),
    "Less than nothing where coordinating costs more than the competitions it saves.",
)
saving = Line(
    "Saving of the route taken", "GBP_real", (),
    total(price_saving + process_saving, over="equipment"),
    "Price and process together; first units of the centres only.",
)
