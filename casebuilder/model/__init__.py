"""What a case says: one chapter a module, upstream first, lines only."""

from casebuilder.model import (
    benefits,
    capacity,
    capital,
    checks,
    demand,
    economics,
    equipment,
    estate,
    finance,
    funding,
    headlines,
    income,
    lists,
    procurement,
    programme,
    revenue,
    throughput,
    timeline,
    waits,
    waterfall,
    workforce,
)

# The order of the argument: each chapter reads only those before it.
CHAPTERS = (
    timeline,
    estate,
    throughput,
    programme,
    demand,
    waterfall,
    workforce,
    capacity,
    lists,
    waits,
    equipment,
    procurement,
    capital,
    funding,
    revenue,
    income,
    benefits,
    economics,
    finance,
    headlines,
    checks,
)

__all__ = ["CHAPTERS"]
