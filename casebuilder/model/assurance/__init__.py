"""What is tested, what is at stake where a test fails, and who must answer."""

from casebuilder.model.assurance import (
    award_checks,
    award_stakes,
    commitment_checks,
    delivery_checks,
    money_checks,
    offer_checks,
    operating_checks,
    owners,
    procurement_checks,
    share_checks,
    stakes,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (
    procurement_checks,
    commitment_checks,
    offer_checks,
    money_checks,
    award_checks,
    operating_checks,
    delivery_checks,
    share_checks,
    award_stakes,
    stakes,
    owners,
)
