"""The rates of return and of leases: reckoned by hand, by numpy-financial, and empty where none is right."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
import numpy_financial as npf
import pytest

from casebuilder.algebra.operators import cumulative, internal_rate, lease_rate
from casebuilder.evaluate.engine import evaluate
from tests.workbook.mini import Mini, frame


def rate_of(*flow: float) -> float:
    """The internal rate of return of a flow, a year apart."""
    m = Mini(frame(years=len(flow)))
    given = m.input("flow", "GBP_real / year", ("year",), [float(x) for x in flow])
    so_far = m.line("so_far", "GBP_real", ("year",), cumulative(given))
    line = m.line("answer", "share", (), internal_rate(so_far))
    return float(m.solve().array(line)[0, 0].item())


def lease(
    periods: float, payment: float, value: float, residual: float = 0.0, in_advance: float = 0.0
) -> float:
    """The rate implicit in a lease."""
    m = Mini(frame())
    terms = [
        m.input(name, unit, (), x)
        for name, unit, x in (
            ("periods", "number", periods),
            ("payment", "GBP_real", payment),
            ("value", "GBP_real", value),
            ("residual", "GBP_real", residual),
            ("in_advance", "flag", in_advance),
        )
    ]
    line = m.line("answer", "share", (), lease_rate(*terms))
    return float(m.solve().array(line)[0, 0].item())


def worth(flow: Sequence[float], rate: float) -> float:
    """What a flow is worth at a rate."""
    return sum(x / (1 + rate) ** year for year, x in enumerate(flow))


RETURNS = [
    # 110 a year later for 100: 10 %.
    ((-100, 110), 0.1),
    # Nothing for a year, then 100 spent and 121 back after two more: 10 %.
    ((0, -100, 0, 121), 0.1),
    # 60 back in a year and 72 in two: 100 = 60 / 1.2 + 72 / 1.44.
    ((-100, 60, 72), 0.2),
    # £1.0m repaid by £150,000 a year for ten years: the annuity of ten years at 8.1442 % is 6.6667.
    ((-1e6, *[150e3] * 10), 0.081442),
    # Perpetuity for 30 years: 100 at 3.5 % and the 100 back.
    ((-100, *[3.5] * 29, 103.5), 0.035),
    # A late replacement of 40: 100 = 64 + 51.2 - 20.48 + 5.28.
    ((-100, 80, 80, -40, 12.890625), 0.25),
]


@pytest.mark.parametrize(("flow", "rate"), RETURNS)
def test_an_internal_rate_reckoned_by_hand(flow: tuple[float, ...], rate: float) -> None:
    """The rate at which the flow is worth nothing, to six decimals."""
    assert worth(flow, rate) == pytest.approx(0, abs=2e-6 * max(abs(x) for x in flow) * len(flow))
    assert rate_of(*flow) == pytest.approx(rate, abs=6e-7)


NO_RATE = {
    "nothing spent or gained": (0, 0, 0, 0),
    "only cost": (-5, -1, -1),
    "only gain": (5, 1, 1),
    "gains first": (5, -10, 20),
    "never repaid": (-100, 30, 30),
    "repaid and no more": (-100, 50, 50),
    "repaid, then in debt again, then repaid": (-100, 150, -60, 40),
    "repaid, and in debt at the end": (-100, 150, -60),
    "doubled in a year": (-100, 200),
    "a last cost that makes it worth more at a higher rate": (-10, 90, 0, -75),
}


@pytest.mark.parametrize("what", NO_RATE)
def test_an_internal_rate_is_empty_where_no_one_rate_is_right(what: str) -> None:
    """Programs would differ, or give a rate below nothing."""
    assert math.isnan(rate_of(*NO_RATE[what]))


def test_the_rates_left_out_are_those_of_which_there_are_two() -> None:
    """(-100, 250, -154) is worth nothing at 10 % and at 40 %, so it has no one rate."""
    flow = (-100, 250, -154)
    assert worth(flow, 0.1) == pytest.approx(0, abs=1e-9) == worth(flow, 0.4)
    assert math.isnan(rate_of(*flow))


def test_internal_rates_agree_with_numpy_financial() -> None:
    """A hundred random flows that turn once, dips among them."""
    dice, compared = random.Random(1), 0
    while compared < 100:
        years = dice.choice((5, 10, 30, 60))
        flow = [-dice.uniform(1, 50), *(dice.uniform(-2, 10) for _ in range(years - 1))]
        so_far = list(accumulate(flow))
        if so_far[-1] <= 0 or any(a > 0 >= b for a, b in pairwise(so_far)):
            continue
        found, other = rate_of(*flow), npf.irr(flow)
        if math.isnan(found) or other < 0:
            assert other < 0 or other > 0.999 or so_far[-1] < sum(so_far) / years
            continue
        assert found == pytest.approx(other, abs=6e-7)
        compared += 1


def test_draws_have_each_their_own_rate() -> None:
    """A payment drawn ten times gives ten rates, empty where it does not repay."""
    m = Mini(frame(years=11))
    saving = m.input("saving", "GBP_real / year", (), 150e3)
    spend = m.input("spend", "GBP_real / year", ("year",), [-1e6, *[0.0] * 10])
    later = m.input("later", "flag", ("year",), [0.0, *[1.0] * 10])
    net = m.line("net", "GBP_real / year", ("year",), spend + saving * later)
    so_far = m.line("so_far", "GBP_real", ("year",), cumulative(net))
    line = m.line("answer", "share", (), internal_rate(so_far))
    drawn = np.linspace(90e3, 180e3, 10)
    problem = m.problem()
    item = next(i for i in problem.values if i.name == "saving")
    found = evaluate(problem, [line], {item: drawn.reshape([10] + [1] * (problem.axes.rank - 1))}).array(line)
    rates = found.reshape(10, -1)[:, 0]
    assert np.isnan(rates[:2]).all()
    expected = [npf.irr([-1e6, *[x] * 10]) for x in drawn[2:]]
    assert rates[2:] == pytest.approx(expected, abs=6e-7)


LEASES = [
    # economics.md 4.3: £100,000 a year for ten years.
    ((10, 100e3, 949_675.79), 0.0095),
    ((10, 100e3, 831_241.50), 0.0351),
    ((10, 100e3, 782_781.85), 0.0472),
    ((10, 100e3, 779_348.18), 0.0481),
    ((10, 100e3, 760_313.27), 0.0532),
    ((10, 100e3, 816_834.83, 0, 1), 0.0481),
    # costs.md 3.5: £150,000 a year for seven years.
    ((7, 150e3, 873_964.2223575851), 0.0481),
    ((7, 150e3, 857_979.4914), 0.0532),
    # £10 a year on £100 that is there at the end: 10 %.
    ((5, 10, 100, 100), 0.1),
    # In advance: 100 now and 110 a year later are worth 200.
    ((2, 105, 205, 0, 1), 0.05),
    # One payment a year later.
    ((1, 105, 100), 0.05),
    # Part of a year counts as one: two payments of 60 for 100 solve 100 = 60 / x + 60 / x².
    ((1.5, 60, 100), (0.6 + math.sqrt(0.36 + 2.4)) / 2 - 1),
]


@pytest.mark.parametrize(("terms", "rate"), LEASES)
def test_a_lease_rate_from_published_liabilities(terms: tuple[float, ...], rate: float) -> None:
    """The liability at a rate gives the rate back."""
    assert lease(*terms) == pytest.approx(rate, abs=6e-7)


NO_LEASE = {
    "payments add up to the value": (10, 100, 1000),
    "payments add up to less": (10, 100, 1200),
    "a rate of less than a hundredth of a per cent": (10, 100, 999.9),
    "a rate beyond what every program finds": (10, 100, 300),
    "nothing is paid": (10, 0, 1000, 2000),
    "nothing is worth anything": (10, 100, 0),
    "no term": (0, 100, 900),
    "all paid on the first day": (1, 100, 100, 0, 1),
}


@pytest.mark.parametrize("what", NO_LEASE)
def test_a_lease_rate_is_empty_where_there_is_none(what: str) -> None:
    """No rate stands there, and no error."""
    assert math.isnan(lease(*NO_LEASE[what]))


@pytest.mark.parametrize("periods", [1, 3, 10, 25, 60])
def test_a_lease_rate_up_to_the_edge(periods: int) -> None:
    """Just below 10 % + 120 % ÷ periods there is a rate, just above it none."""
    edge = 0.1 + 1.2 / periods
    for by, empty in ((-0.0002, False), (0.0002, True)):
        rate = edge + by
        value = 1000 * (1 - (1 + rate) ** -periods) / rate
        found = lease(periods, 1000, value)
        assert math.isnan(found) if empty else found == pytest.approx(rate, abs=6e-7)
