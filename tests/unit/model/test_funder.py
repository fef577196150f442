"""What goes back to the funder of an award is taken out before a pool's saving is shared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from casebuilder.algebra.terms import Term
from casebuilder.model.pooling import pool as lines
from casebuilder.model.pooling import sharing
from tests.planted import misread, planted
from tests.unit.model.random_pools import TRUSTS, Pool, pools

QUICK, FULL = 40, 500

# Two trusts, a scanner each at a centre that national capital pays for, and two of A's own; five reach no
# tier, four do. Alone a unit is £1,000k; four together are 10 % off.
PLAIN = Pool(
    size=2,
    owner=(0, 1, 1),
    needed=((1, 0), (1, 0), (0, 0)),
    own=((2, 0), (0, 0)),
    award=(1.0, 1.0, 0.0),
    second=(1, 1, 1),
    price=(1000, 100),
    factors={"alone": (1.0, 1.0, 1.0), "framework": (1.0, 1.0, 1.0), "pool": (1.0, 0.9, 0.9)},
    rebate=0.0,
    fee=0.0,
    competition={"alone": 0, "framework": 0, "pool": 0},
    coordination=0,
    kept=0.0,
)


def conserved(of: Pool) -> None:
    """Members pay the bill and what the funder gets back, under every rule, and groups cost what they do."""
    found = of.shares()
    everyone = tuple(range(of.size))
    paid, back = of.together(everyone)
    value = found.purchase.values
    assert found.purchase.together == pytest.approx(paid, rel=1e-9)
    assert value("pool.to_funder") == pytest.approx(back, rel=1e-9, abs=1e-6)
    assert value("pool.bill") == pytest.approx(paid - back, rel=1e-9)
    alone = sum(of.apart(trust, kind)[0] for trust in everyone for kind in (0, 1) if of.joined(trust, kind))
    assert found.by_rule["volume"] == pytest.approx(of.one_price(everyone), rel=1e-9, abs=1e-6)
    assert len(found.by_rule) == 9
    for rule, shares in found.by_rule.items():
        # What the funder gets back comes out of what members pay: the rest is the bill.
        assert shares.sum() - back == pytest.approx(paid - back, rel=1e-9), rule
        assert found.saved(rule).sum() + back == pytest.approx(alone - (paid - back), rel=1e-7, abs=1e-6), (
            rule
        )
    game = found.game
    assert game is not None
    for size in range(1, of.size + 1):
        for group in combinations(everyone, size):
            place = sum(1 << trust for trust in group)
            assert game.cost[place] == pytest.approx(of.together(group)[0], rel=1e-9), group
            assert game.one_price is not None
            assert game.one_price[place] == pytest.approx(of.one_price(group), rel=1e-9, abs=1e-6), group
    without = [of.together(tuple(t for t in everyone if t != trust))[0] for trust in everyone]
    assert of.answer(["pool.without"])("pool.without") == pytest.approx(without, rel=1e-9)


def try_pools(count: int) -> None:
    """Hold some random pools to it: the same few, or many new ones."""

    @settings(max_examples=count, deadline=None, derandomize=count == QUICK)
    @given(pools())
    def run(of: Pool) -> None:
        conserved(of)

    run()


def test_what_members_pay_is_the_bill_and_what_the_funder_gets_back() -> None:
    """Some random pools; the next test tries five hundred."""
    try_pools(QUICK)


@pytest.mark.full
def test_conservation_over_500_random_pools() -> None:
    """Five hundred random pools against the same sums by loops."""
    try_pools(FULL)


@pytest.mark.parametrize(
    ("kept", "back", "saved"),
    [(0.0, 180.0, 180.0), (0.5, 90.0, 270.0), (1.0, 0.0, 360.0)],
)
def test_by_hand(kept: float, back: float, saved: float) -> None:
    """Four units save £100k each at a discount factor of 0.9: £360k, of which two units are the funder's."""
    found = replace(PLAIN, kept=kept).shares()
    assert found.purchase.values("pool.to_funder") == pytest.approx(back)
    assert found.saving == pytest.approx(saved)
    assert found.saved("equal_saving") == pytest.approx([saved / 2] * 2)


def test_what_members_keep_moves_every_share() -> None:
    """Under each of the nine rules, at nothing, a half and all kept."""
    found = [replace(PLAIN, kept=kept).shares() for kept in (0.0, 0.5, 1.0)]
    for rule in found[0].by_rule:
        sums = [float(shares.by_rule[rule].sum()) for shares in found]
        assert sums[0] > sums[1] > sums[2], rule
        assert not np.allclose(found[0].by_rule[rule], found[1].by_rule[rule]), rule
        assert not np.allclose(found[1].by_rule[rule], found[2].by_rule[rule]), rule


def test_nothing_is_shared_where_awards_pay_for_all() -> None:
    """Without kit of their own trusts save the funder money and themselves none: no rule offers any."""
    all_funded = replace(PLAIN, needed=((3, 0), (1, 0), (0, 0)), own=((0, 0), (0, 0)))
    found = all_funded.shares()
    for rule in found.by_rule:
        if rule != "equal_charge":  # which leaves aside what each would pay alone
            assert found.saved(rule) == pytest.approx([0, 0], abs=1e-9), rule


def test_an_award_does_not_grow_where_the_pool_is_dearer() -> None:
    """A pool that saves on competitions and costs more in price: nothing goes back, and nothing is added."""
    dearer = replace(
        PLAIN,
        factors=PLAIN.factors | {"pool": (1.02, 1.02, 1.02)},
        competition={"alone": 400, "framework": 400, "pool": 0},
    )
    found = dearer.shares()
    assert found.purchase.values("pool.to_funder") == 0
    assert found.saving == pytest.approx(800 - 0.02 * 4000 * 0.9)


@pytest.mark.parametrize("trusts", [3, 4])
def test_trusts_that_buy_apart_give_nothing_back(trusts: int) -> None:
    """A pool with dear coordination is bought by nobody, whatever it would have saved the funder."""
    shy = replace(
        PLAIN,
        size=trusts,
        own=((2, 0), (0, 1), (0, 1), (0, 1))[:trusts],
        coordination=200,
    )
    found = shy.shares()
    assert found.purchase.values("pool.to_funder") == 0
    assert found.purchase.together == pytest.approx(found.purchase.alone.sum())
    assert found.members == tuple(TRUSTS[:trusts])


FAULTS: dict[str, tuple[object, Callable[[Term], Term]]] = {
    "what goes back is paid by nobody": (
        lines.together_class,
        lambda right: misread(right, {lines.would_go_back: 0 * lines.would_go_back}),
    ),
    "what goes back without a member is left out": (
        lines.without_class,
        lambda right: misread(right, {lines.back_without: 0 * lines.back_without}),
    ),
    "a make of its own raises nobody's charge": (
        sharing.refusal_extra,
        lambda right: 0 * right,
    ),
    "all goes back, whatever members keep": (
        lines.would_go_back,
        lambda right: misread(right, {lines.kept_by_members: 0 * lines.kept_by_members}),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    """A pool that holds as the model stands does not once a line is wrong."""
    of = replace(PLAIN, size=3, own=((2, 0), (1, 0), (2, 0)), kept=0.5, refuses=((0, 0), (1, 0), (0, 0)))
    conserved(of)
    line, wrong = FAULTS[fault]
    with planted(line, wrong(line.definition)), pytest.raises(AssertionError):  # type: ignore[attr-defined,arg-type]
        conserved(of)
