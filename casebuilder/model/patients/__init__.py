"""How long people wait, for the test and its report, how far they travel, and what that does to them."""

from casebuilder.model.patients import (
    access,
    health,
    lists,
    performance,
    reporting,
    standards,
    targets,
    waits,
    walk_in,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (lists, waits, standards, walk_in, targets, performance, reporting, health, access)
