"""Tables that nothing of the argument reads: costs by line, role and host, and how they tie."""

from casebuilder.model.reports import (
    benchmark,
    cost_bridge,
    cost_by_line,
    cost_by_use,
    host_costs,
    reconcile,
    reference_class,
    spend,
    staff_cost,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (
    cost_by_line, cost_by_use, staff_cost, host_costs, benchmark, cost_bridge, reconcile,
    reference_class, spend)
