"""Checks of delivery: slip, walk-in waits and dated standards. All of them warn."""

from __future__ import annotations

from casebuilder.algebra.operators import above, maximum
from casebuilder.algebra.terms import Check
from casebuilder.model.patients import standards, walk_in
from casebuilder.model.results import checks
from casebuilder.model.running import slip

slip_puts_no_money_at_risk = Check(
    "Slip leaves no national money unspent",
    slip.slipped * above(slip.national_at_risk, checks.money_tolerance),
    ("site",),
    "National capital that slip takes past 31 March lapses unless it is carried forward.",
    level="warn",
)
walk_in_waits_are_short = Check(
    "Walk-in patients are seen in time",
    maximum(walk_in.unstable, above(walk_in.over_threshold, walk_in.share_too_long)),
    ("site", "test"),
    "The queue settles, and no more wait too long than may.",
    level="warn",
)
standards_met_when_due = Check(
    "Dated standards are met when due",
    standards.missed,
    ("standard",),
    "All tests together, in the month each is due.",
    level="warn",
)
