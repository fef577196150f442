"""What a case says: parts in the order of the argument, one chapter a module, lines only."""

from casebuilder.model import (
    accounts,
    assurance,
    capital,
    neighbourhood,
    patients,
    pooling,
    reports,
    results,
    running,
    service,
    setting,
    value,
)

# Each part reads only those before it; what a part is about stands in its own first line.
PARTS = (
    setting, service, patients, capital, running, value, accounts, pooling, neighbourhood, results, reports,
    assurance,
)
# The order of the argument.
CHAPTERS = (
    *setting.CHAPTERS,
    *service.CHAPTERS,
    *patients.CHAPTERS,
    *capital.CHAPTERS,
    *running.CHAPTERS,
    *value.CHAPTERS,
    *accounts.CHAPTERS,
    *pooling.CHAPTERS,
    *neighbourhood.CHAPTERS,
    *results.CHAPTERS,
    *reports.CHAPTERS,
    *assurance.CHAPTERS,
)

__all__ = ["CHAPTERS", "PARTS"]
