"""How long people wait, for the test and its report, how far they travel, and what that does to them."""

from casebuilder.model.patients import (
    access,
    activity,
    bands,
    freed,
    health,
    list_years,
    lists,
    performance,
    relief,
    reporting,
    standards,
    targets,
    waits,
    walk_in,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (
    relief, lists, list_years, waits, activity, freed, standards, walk_in, targets, performance, bands,
    reporting, health, access,
)
