"""Queues: the published formulas and vectors of waiting lists, through the model's own lines and operators.

`queue.json` holds the vectors: NHSRwaitinglist's are those of its test suite; Erlang C, pooling and
Allen-Cunneen were worked out twice, by recursion and by direct sums, and are given to six digits.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import binom

from casebuilder.algebra.operators import binomial_at_least, erlang_c, normal_quantile, quantity
from casebuilder.algebra.terms import Input
from tests.published.support import example_line, work_out

VECTORS = json.loads((Path(__file__).parent / "queue.json").read_text(encoding="utf-8"))
WEEK = {"timeline.days_in_month": 28.0}  # four weeks, so that months become weeks without a remainder


@cache
def number(name: str) -> Input:
    made = Input(name, "number", (), "From the example.", low=None)
    made.chapter, made.name = "example", name
    return made


def solve(formula: Any, **values: float) -> float:
    """A formula of some numbers, worked out by the model's engine."""
    found = example_line("answer", "number", (), formula)
    return work_out([found], {f"example.{name}": value for name, value in values.items()})("example.answer")


def waiting(**values: float) -> float:
    """The probability of waiting: arrivals and service an hour, servers."""
    load = number("arrivals") / number("rate")
    return solve(erlang_c(load, number("servers")), **values)


@pytest.mark.parametrize("case", VECTORS["erlang_c"], ids=lambda c: f"{c['lam']}-{c['mu']}-{c['c']}")
def test_erlang_c(case: dict[str, float]) -> None:
    """Probability of waiting, mean wait C / (c mu - lambda), queue by Little's law, share over 15 minutes."""
    wait = waiting(arrivals=case["lam"], rate=case["mu"], servers=case["c"])
    spare = case["c"] * case["mu"] - case["lam"]
    assert wait == pytest.approx(case["P_wait"], abs=1e-6)
    assert wait / spare == pytest.approx(case["Wq"], abs=1e-6)
    assert wait / spare * case["lam"] == pytest.approx(case["Lq"], abs=1e-6)
    assert wait * math.exp(-spare / 4) == pytest.approx(case["P_Wq_gt_15min_if_hours"], abs=1e-6)


# demand.md 3.4: the rest of its table, and scanners pooled from one site to eight at 85 %, two an hour.
@pytest.mark.parametrize(
    ("arrivals", "rate", "servers", "probability"),
    [(15, 2, 10, 0.306611), (17, 2, 10, 0.529861), (9, 1, 10, 0.668732), (90, 1, 100, 0.216940)],
)
def test_erlang_c_of_many_servers(arrivals: float, rate: float, servers: float, probability: float) -> None:
    """Square-root staffing: 90 + 1 x root 90 is about 100 servers, 22 % wait at 90 % use."""
    assert waiting(arrivals=arrivals, rate=rate, servers=servers) == pytest.approx(probability, abs=1e-6)


@pytest.mark.parametrize(
    ("sites", "minutes"), [(1, 170.0), (2, 78.1), (3, 48.7), (4, 34.5), (6, 20.8), (8, 14.3)]
)
def test_pooling_of_one_scanner_sites(sites: int, minutes: float) -> None:
    """Mean wait at 85 % use, two patients an hour."""
    wait = waiting(arrivals=1.7 * sites, rate=2, servers=sites)
    assert wait / (2 * sites - 1.7 * sites) * 60 == pytest.approx(minutes, abs=0.05)


@pytest.mark.parametrize("case", VECTORS["pooling"], ids=lambda c: str(c["sites"]))
def test_pooling_vectors(case: dict[str, float]) -> None:
    """The same from the vectors, to their digits."""
    wait = waiting(arrivals=case["lam"], rate=case["mu"], servers=case["sites"])
    assert wait == pytest.approx(case["P_wait"], abs=1e-5)
    assert wait / (case["mu"] * case["sites"] - case["lam"]) * 60 == pytest.approx(case["Wq_min"], abs=0.01)


@pytest.mark.parametrize("case", VECTORS["allen_cunneen"], ids=lambda c: f"{c['lam']}-{c['c']}-{c['cs2']}")
def test_allen_cunneen(case: dict[str, float]) -> None:
    """The wait of M/M/c times half the sum of the squared variations; exact for one server, M/D/1 = 2."""
    load = number("arrivals") / number("rate")
    spare = number("servers") * number("rate") - number("arrivals")
    wait = erlang_c(load, number("servers")) / spare * (number("arrival") + number("service")) / 2
    found = solve(
        wait,
        arrivals=case["lam"],
        rate=case["mu"],
        servers=case["c"],
        arrival=case["ca2"],
        service=case["cs2"],
    )
    assert found == pytest.approx(case["Wq"], abs=1e-6)


def targets(key: str, **values: Any) -> Any:
    """A line of the chapter of targets in one month of four weeks."""
    return work_out([f"targets.{key}"], {f"{k.replace('__', '.')}": v for k, v in values.items()})(
        f"targets.{key}"
    )


def first(found: Any) -> float:
    return found[0] if isinstance(found, list) else found


def nhsr(function: str) -> list[tuple[list[float], float]]:
    return [(case["args"], case["expected"]) for case in VECTORS["nhsr"] if case["fn"] == function]


@pytest.mark.parametrize(("given", "expected"), [*nhsr("queue_load"), ([30, 25], 1.2), ([52, 42], 1.2380952)])
def test_queue_load(given: list[float], expected: float) -> None:
    """Referrals over tests."""
    found = targets("queue_load", targets__weekly_demand=given[0], targets__weekly_done=given[1])
    assert first(found) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize(
    ("given", "expected"), [*nhsr("target_mean_wait"), ([52, 4], 13), ([35, 4], 8.75), ([30, 4], 7.5)]
)
def test_target_mean_wait(given: list[float], expected: float) -> None:
    """The standard over the factor."""
    found = targets("target_mean_wait", waits__standard_weeks=given[0], targets__wait_factor=given[1])
    assert found == pytest.approx(expected, abs=1e-7)


def target_list(
    referrals: float, weeks: float, factor: float, share: float = 0.01, rule: str = "exponential"
) -> float:
    return first(
        targets(
            "target_list",
            targets__weekly_demand=referrals,
            waits__standard_weeks=weeks,
            targets__rule=rule,
            targets__wait_factor=factor,
            waits__standard_share=share,
            targets__observed_cover=3.0,
            lists__has_list=1.0,
        )
    )


@pytest.mark.parametrize(
    ("given", "expected"), [*nhsr("target_queue_size"), ([30, 50, 4], 375), ([30, 50, 6], 250)]
)
def test_target_list(given: list[float], expected: float) -> None:
    """Little's law: demand x standard / factor."""
    assert target_list(*given) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    "case", VECTORS["dm01_lists"], ids=lambda c: f"{c['target_weeks']}-{c['share_within']}"
)
def test_target_lists_of_the_standards(case: dict[str, float]) -> None:
    """Lists per hundred referrals a week, exponential and in turn; 18 weeks and 92 % give 712.67."""
    share = 1 - case["share_within"]
    factor = -math.log(share)
    assert factor == pytest.approx(case["exp_factor"], abs=1e-5)
    assert case["target_weeks"] / factor == pytest.approx(case["exp_mean_wait"], abs=1e-5)
    exponential = target_list(100, case["target_weeks"], factor, share)
    assert exponential == pytest.approx(case["exp_list_per_100_per_week"], abs=0.006)
    in_turn = target_list(100, case["target_weeks"], factor, share, "fifo")
    assert in_turn == pytest.approx(case["fifo_list_per_100_per_week"], abs=0.006)


@pytest.mark.parametrize(("given", "expected"), [*nhsr("relief_capacity"), ([35, 250, 100, 15], 45)])
def test_relief_capacity(given: list[float], expected: float) -> None:
    """Demand, and the list above target over the weeks to clear it; Fong's case gives 61.2 a week."""
    referrals, waiting_now, target, weeks = given
    found = targets(
        "relief_capacity",
        targets__weekly_demand=referrals,
        waits__list_by_test=waiting_now,
        targets__target_list=target,
        targets__clearance_weeks=weeks,
    )
    assert first(found) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("given", "expected"),
    [*nhsr("target_capacity"), ([30, 52, 3, 1.1, 1.4], 30.0914423), ([35, 50, 1, 1.3, 1.6], 35.0425)],
)
def test_target_capacity(given: list[float], expected: float) -> None:
    """Demand and half the squared variations times factor over standard."""
    referrals, weeks, factor, of_demand, of_capacity = given
    found = targets(
        "target_capacity",
        targets__weekly_demand=referrals,
        waits__standard_weeks=weeks,
        targets__wait_factor=factor,
        targets__demand_variation=of_demand,
        targets__capacity_variation=of_capacity,
    )
    assert first(found) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize(
    ("given", "expected"), [*nhsr("waiting_list_pressure"), ([42, 24], 3.5), ([55, 50], 2.2)]
)
def test_waiting_list_pressure(given: list[float], expected: float) -> None:
    """Twice the mean wait over the standard; the mean wait is the cover, by Little's law."""
    found = targets(
        "pressure",
        waits__list_by_test=given[0] * 10.0,
        targets__weekly_done=10.0,
        waits__standard_weeks=given[1],
    )
    assert first(found) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("case", VECTORS["percentile_capacity_normal"], ids=lambda c: str(c["percentile"]))
def test_percentile_capacity(case: dict[str, float]) -> None:
    """Mean and buffer of a stream that is all urgent, at deviations of 10 and 15 in a hundred."""
    for deviation, expected in ((case["sd"], case["capacity"]), (15, case["sd15"])):
        buffer = targets(
            "urgent_buffer",
            targets__weekly_demand=case["mean"],
            demand__urgent_share=1.0,
            targets__demand_variation=deviation / case["mean"],
            targets__urgent_percentile=case["percentile"],
        )
        assert case["mean"] + first(buffer) == pytest.approx(expected, abs=0.01)


def test_percentile_buffers_pool_by_the_root() -> None:
    """demand.md 3.4: four sites of Poisson(100) a week at the 85th percentile need 441.4, pooled 420.7."""
    quantile = solve(normal_quantile(number("share")), share=0.85)
    assert 4 * (100 + quantile * math.sqrt(100)) == pytest.approx(441.4, abs=0.1)
    assert 400 + quantile * math.sqrt(400) == pytest.approx(420.7, abs=0.1)


@pytest.mark.parametrize("case", VECTORS["wte"], ids=lambda c: f"{c['days']}x{c['hours']}")
def test_wte_a_post(case: dict[str, float]) -> None:
    """Hours over 37.5, divided by one less headroom, never multiplied by one and headroom."""
    found = work_out(
        ["workforce.wte_per_post"],
        {
            "estate.weekly_hours": case["days"] * case["hours"],
            "workforce.contract_hours": 37.5,
            "workforce.headroom": case["headroom"],
        },
    )
    assert found("workforce.wte_per_post") == pytest.approx(case["wte_divide"], abs=5e-5)
    assert found("workforce.wte_per_post") != pytest.approx(case["wte_multiply"], abs=5e-3)


@pytest.mark.parametrize(("needed", "size"), [(4, 7), (20, 30), (80, 112)])
def test_rota_size(needed: int, size: int) -> None:
    """demand.md 4.3: at 22 % headroom the smallest rota that has enough staff 95 % of the time."""
    there = binomial_at_least(number("needed"), number("size"), quantity(1, "1") - number("headroom"))
    enough, short = (solve(there, needed=needed, size=n, headroom=0.22) for n in (size, size - 1))
    assert enough >= 0.95 > short
    assert enough == pytest.approx(binom.sf(needed - 1, size, 0.78), rel=1e-12)
