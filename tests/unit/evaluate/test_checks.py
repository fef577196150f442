"""The state of a check: whose breaches count."""

from __future__ import annotations

from casebuilder.evaluate.checks import CheckResult


def test_a_warning_that_only_others_than_the_bid_breach_is_a_note():
    """Business as usual that misses a standard is the case for change, no warning about the bid."""

    def state(level: str, bau: int, preferred: int) -> str:
        counts = {"bau": bau, "preferred": preferred}
        return CheckResult("checks.a", "A", level, counts, bid="preferred").state

    assert state("warn", 2, 0) == "note"
    assert state("warn", 2, 1) == "warn"
    assert state("warn", 0, 0) == "holds"
    assert state("fail", 2, 0) == "fail"
    assert CheckResult("a.b", "B", "warn", {"bau": 2, "preferred": 0}).state == "warn"
