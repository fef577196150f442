"""Switching values: each, put back as an input, makes the headline what it promised."""

from __future__ import annotations

import math
from functools import cache

import pytest

from casebuilder.analysis.uncertainty.ends import LOW
from casebuilder.analysis.uncertainty.why.paths import path_of
from casebuilder.analysis.uncertainty.why.switching import Switch, switching_values
from casebuilder.analysis.uncertainty.why.targets import RANKING, Target, targets
from casebuilder.analysis.uncertainty.why.tornado import tornado
from casebuilder.case import Case, load_case
from tests.cases.starter import starter
from tests.starter import starter_case

LIMITS = (
    ("system_revenue_ask_steady_state", 2_000_000.0, False),
    ("surplus_worst_year", -3_900_000.0, True),
    ("capital_unfunded", 9_000_000.0, False),
    ("over_six_weeks_end", 0.03, False),
)


@cache
def _starting() -> dict[Target, list[Switch]]:
    case = starter_case()
    return switching_values(case.results, targets(case.problem, "preferred", LIMITS))


def _gap(case: Case, target: Target) -> float:
    """How far a case read anew is from the limit, reckoned from its headlines."""
    own = case.headlines[target.option].value(target.figure)
    assert own is not None
    if target.name != RANKING:
        return (own - target.limit) * (1 if target.more else -1)
    others = [of.value(target.figure) for option, of in case.headlines.items() if option != target.option]
    return own - max(value for value in others if value is not None)


def _put_back(name: str, before: Case, switch: Switch) -> None:
    """Read the case with the switching value under `--set`: the figure stands at its limit, or beyond."""
    now = _gap(before, switch.target)
    scale = max(abs(now), abs(switch.target.limit))
    there = _gap(load_case(name, switch.sets), switch.target)
    assert there == pytest.approx(switch.gap, abs=1e-6 * scale)
    if switch.jumps:
        assert (there >= 0) != (now >= 0), (switch.path.item.key, now, there)
    else:
        assert abs(there) <= 1e-6 * scale, (switch.path.item.key, now, there)


def test_put_back() -> None:
    """One switching value of each figure and limit, the nearest to the case."""
    case = starter_case()
    tried = 0
    for switches in _starting().values():
        for switch in [each for each in switches if each.found][:1]:
            _put_back(str(starter()), case, switch)
            tried += 1
    assert tried >= 4


@pytest.mark.full
def test_fifty_inputs_put_back() -> None:
    """Fifty inputs of the regional programme of digital diagnostics, over every limit that the case has."""
    name = "digital_diagnostics"
    case = load_case(name)
    option = case.problem.frame.option_ids[-1]
    limits = (
        ("system_revenue_ask_steady_state", 0.0, False),
        ("surplus_worst_year", 0.0, True),
        ("capital_unfunded", 0.0, False),
        ("over_six_weeks_end", 0.01, False),
    )
    found = switching_values(case.results, targets(case.problem, option, limits))
    tried: set[str] = set()
    for target, switches in found.items():
        for switch in switches:
            if switch.found and (switch.path.item.key not in tried or target.name == RANKING):
                _put_back(name, case, switch)
                tried.add(switch.path.item.key)
    assert len(tried) >= 50


def test_a_case_that_is_none_is_said() -> None:
    """A place at which a check fails that holds in the case, or that a case may not have, is no answer."""
    for switches in _starting().values():
        for switch in switches:
            if switch.position is not None and not switch.found:
                assert switch.breaks or switch.refused
                assert "fails" in switch.told or "refused" in switch.told
            assert switch.found == (switch.position is not None and not switch.breaks and not switch.refused)


def test_one_that_never_switches_is_said() -> None:
    """An input that moves the ratio and never to one within its bounds is listed as such, not left out."""
    ratio = next(switches for target, switches in _starting().items() if target.name == "bcr")
    none = [switch for switch in ratio if switch.position is None]
    assert none and all(switch.told == "none within its bounds" and not switch.sets for switch in none)
    keys = [switch.path.item.key for switch in ratio]
    assert len(keys) == len(set(keys)) and "benefits.qaly_value" in keys


def test_nothing_passes_its_bounds() -> None:
    """No value on any path lies beyond the bounds of its input, or is a part of what can only be whole."""
    problem = starter_case().problem
    looked = 0
    for item, given in problem.values.items():
        path = path_of(problem, given)
        if path is None:
            continue
        for place in (*path.ends, -0.37, 0.81):
            for value in path.at(place).base.values():
                amount = float(value.amount)
                assert item.low is None or amount >= item.low
                assert item.high is None or amount <= item.high
                assert not item.whole or amount == round(amount)
                looked += 1
    assert looked > 1_000


def test_the_tornado_is_that_of_its_sets() -> None:
    """The ends of a bar are the headline of the case read with the input at the end of its range."""
    case = starter_case()
    ((_, bars),) = tornado(case.results, [("do_minimum", "over_six_weeks_end")]).items()
    widths = [bar.width for bar in bars]
    assert widths == sorted(widths, reverse=True) and all(width > 0 for width in widths)
    bar = next(each for each in bars if each.varied.values == 1)
    _, low, _ = bar.varied.amounts
    read = load_case(str(starter()), [f"{bar.varied.item.key}={low!r}"])
    if all(not given for given in bar.varied.ends[LOW].options.values()):
        value = read.headlines["do_minimum"].headlines["over_six_weeks_end"]
        assert value == pytest.approx(bar.low, rel=1e-9)
    assert bar.base == case.headlines["do_minimum"].headlines["over_six_weeks_end"]
    assert not math.isclose(bar.low or 0.0, bar.high or 0.0)
