"""Switching values kept between commands: what is read is what was found; what is spoilt is found anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.analysis.uncertainty import switching_kept as kept
from casebuilder.analysis.uncertainty.switching_kept import switching_kept
from casebuilder.analysis.uncertainty.why.switching import Switch, switching_values
from casebuilder.analysis.uncertainty.why.targets import Target, targets
from casebuilder.case import Case, load_case
from tests.cases.starter import starter
from tests.starter import starter_case

LIMIT = ("surplus_worst_year", -3_900_000.0, True)


class Counted:
    """Counts how often switching values are worked out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        monkeypatch.setattr(kept, "switching_values", self)

    def __call__(self, *asked: object) -> dict[Target, list[Switch]]:
        self.times += 1
        return switching_values(*asked)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEBUILDER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _asked(case: Case) -> tuple[list[Target], list[str]]:
    """Two figures, and forty inputs with a range."""
    wanted = targets(case.problem, "preferred", [LIMIT])
    keys = sorted(key for key, given in case.inputs.values.items() if any(v.low for v in given.base.values()))
    return wanted, keys[:60]


def _told(found: dict[Target, list[Switch]]) -> list[tuple[object, ...]]:
    """All of it in order; `repr` tells no value from itself."""
    return [
        (target, each.path.item.key, each.position, repr(each.gap), each.jumps, each.breaks, each.refused)
        for target, own in found.items()
        for each in own
    ]


def test_what_is_kept_is_what_was_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same from the file, and from a file that was spoilt; figures, places and what fails there."""
    case = starter_case()
    wanted, keys = _asked(case)
    counted = Counted(monkeypatch)
    first = switching_kept(case.results, wanted, keys)
    assert counted.times == 1 and sum(each.found for own in first.values() for each in own) >= 2
    again = switching_kept(load_case(str(starter())).results, wanted, keys)
    assert counted.times == 1 and _told(again) == _told(first)
    assert [each.told for own in again.values() for each in own] == [
        each.told for own in first.values() for each in own
    ]
    (file,) = folder.iterdir()
    for spoilt in ("", "{}", "[1]", "[[], []", '[[["no.such", 1, 1, false, [], false]], []]'):
        file.write_text(spoilt, encoding="utf-8")
        assert _told(switching_kept(case.results, wanted, keys)) == _told(first)
    assert counted.times == 6


def test_another_value_limit_or_input_is_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked is part of what is kept, and so is every value of the case."""
    case = starter_case()
    wanted, keys = _asked(case)
    counted = Counted(monkeypatch)
    switching_kept(case.results, wanted, keys[:2])
    switching_kept(case.results, wanted, keys[:3])
    switching_kept(case.results, wanted[:1], keys[:2])
    switching_kept(load_case(str(starter()), ["estate.opening_hours_per_day=9"]).results, wanted, keys[:2])
    assert counted.times == 4 and len(list(folder.iterdir())) == 4
