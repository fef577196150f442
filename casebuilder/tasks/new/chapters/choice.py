"""The options of a new case, and a decision that nobody has made yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebuilder.inputs.start.shipped import cut_to
from casebuilder.inputs.values import DRAFT
from casebuilder.tasks.new.bid import Bid, Worked
from casebuilder.tasks.new.chapters.digital import with_measures
from casebuilder.tasks.new.chapters.system import options_file, reasons_file
from casebuilder.tasks.new.rounding import as_typed, two_figures

_LOW, _HIGH = "low", "high"


def options(bid: Bid, worked: Worked) -> dict[str, dict[str, Any]]:
    """The files of the options, by id."""
    given = options_file(bid)
    names = [site.name for site in bid.sites]
    what = f"a centre at {names[0]}" if len(names) == 1 else f"{len(names)} centres"
    found: dict[str, dict[str, Any]] = {}
    for option, spec in with_measures(bid, given["options"]).items():
        words = {"sites": what, "Sites": what[0].upper() + what[1:], "names": ", ".join(names)}
        inputs = {key: dict(value) for key, value in spec.get("inputs", {}).items()}
        if spec.get("rooms_times"):
            inputs = {**inputs, "estate.rooms": _rooms(bid, spec)}
        if len(bid.trusts) > 1 and spec.get("pooled"):
            inputs = {"lists.pooling": dict(given["pooling"]), **inputs}
        if spec.get("bought"):
            inputs = {"capacity.bought_tests": _bought(bid, worked, given["bought_tests"]), **inputs}
        found[option] = {
            "label": str(spec["label"]).format(**words),
            "description": str(spec["description"]).format(**words),
            "inputs": inputs,
        }
    return found


def _rooms(bid: Bid, spec: dict[str, Any]) -> dict[str, Any]:
    """So many times the rooms of each site."""
    times = int(spec["rooms_times"])
    rooms = {
        site.id: {test: times * as_typed(count) for test, count in site.rooms.items()} for site in bid.sites
    }
    return {"values": rooms, **spec["rooms"]}


def _bought(bid: Bid, worked: Worked, spec: dict[str, Any]) -> dict[str, Any]:
    """As many tests a month as the sites would do."""
    tests = {test: two_figures(worked.tests.get(test, 0)) for test in bid.test_ids}
    span = {test: [two_figures(n * spec[_LOW]), two_figures(n * spec[_HIGH])] for test, n in tests.items()}
    words = {part: spec[part] for part in ("source", "state", "note")}
    return cut_to({"values": tests, "range": span, **words}, bid.members)


def decision(bid: Bid, worked: Worked) -> dict[str, Any]:
    """decision.yaml: only what the case's lines bear out is a reason."""
    spec = reasons_file(bid)
    found = {**spec["decision"], "criteria": list(spec["criteria"])}
    if worked.ahead:
        behind = ", ".join(worked.ahead)
        found["to_do"] = (
            f"{spec['decision']['to_do']}, though it is worth less than {behind}; or put another forward"
        )
    if worked.reasons:
        found["reasons"] = [_reason(reason, spec.get("to_do_of_a_reason", "")) for reason in worked.reasons]
    return found


def _reason(reason: Mapping[str, str], to_do: str) -> dict[str, str]:
    """A reason as a draft that nobody has made theirs; as it is in a kind of bid that nobody decides on."""
    if not to_do:
        return dict(reason)
    bare = reason["text"].removeprefix(DRAFT)
    bare = bare[0].lower() + bare[1:]
    return {**reason, "text": f"{DRAFT}{bare}", "to_do": to_do.format(reason=bare)}
