"""A system of the portfolio england: what its case has of its own, and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebuilder.inputs.start.shipped import shipped
from casebuilder.tasks.new.bid import Bid
from casebuilder.tasks.new.blocks import Given
from casebuilder.tasks.new.rounding import as_typed

KIND, FILE, OPTIONS, REASONS = "system", "england.yaml", "options.yaml", "reasons.yaml"


def options_file(bid: Bid) -> Mapping[str, Any]:
    """The options of the bid's kind."""
    return shipped(FILE if bid.kind == KIND else OPTIONS)


def reasons_file(bid: Bid) -> Mapping[str, Any]:
    """What a decision of the bid's kind may rest on."""
    return shipped(FILE if bid.kind == KIND else REASONS)


def left_out(bid: Bid) -> dict[str, str]:
    """What a case of this kind leaves out beside what every new case does, and why."""
    if bid.kind != KIND:
        return {}
    given = shipped(FILE)["leaves_out"]
    return dict.fromkeys(given["lines"], given["why"])


def system_blocks(bid: Bid) -> Mapping[str, Any]:
    """The blocks that only this kind has, by chapter."""
    found: Mapping[str, Any] = shipped(FILE)["blocks"] if bid.kind == KIND else {}
    return found


def system(bid: Bid) -> dict[str, Given]:
    """The values of those blocks: the hours of each test's rooms."""
    if bid.kind != KIND:
        return {}
    own = {test: hours for test, hours in bid.own_hours.items() if test in bid.test_ids}
    both = [{test: as_typed(hours[which]) for test, hours in own.items()} for which in (0, 1)]
    per_day, per_week = (
        {site.id: {test: of[test] for test in of if site.rooms.get(test)} for site in bid.sites}
        for of in both
    )
    return {
        "throughput.own_hours_per_day": Given(per_day),
        "throughput.own_days_per_week": Given(per_week),
    }
