"""Offers: what members pay adds up to the bill and what goes back, and leaving costs what the others lose."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from casebuilder.algebra.terms import Line
from casebuilder.analysis.sharing.leaving import if_group_leaves
from casebuilder.analysis.sharing.offered import Offered, offered
from casebuilder.analysis.sharing.offers import RULE_OF
from casebuilder.analysis.sharing.pool_shares import pool_shares
from casebuilder.analysis.sharing.rules import RULES
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import evaluate
from casebuilder.model.pooling import offers as lines
from tests.planted import planted
from tests.unit.model.random_pools import LATER, Pool, pools
from tests.unit.model.test_funder import PLAIN

QUICK, FULL = 25, 300
WANTED = tuple(
    f"offers.{name}"
    for name in (
        "is_made",
        "charge",
        "saves",
        "own_purchase",
        "to_funder",
        "side_payment",
        "cash_year",
        "capital_tranche",
        "recurrent",
        "competition",
        "staff_time",
        "lost_by_leaving",
        "leaving_before",
        "leaving_after",
        "tier_held_from",
        "units_to_spare",
        "months_to_order",
    )
)
SHARES = [f"sharing.share_{rule}" for rule in ("equal", "volume", "moriarity", "eca", "aca")]
TERMS = {
    "offers.expires": 3.0,
    "offers.cancellation_share": 0.25,
    "routes.delivery_year": [1, 2],
    "routes.is_lease": [0, 0, 0],
    "routes.vat_recovered_price": [0.0, 0.0, 0.0],
    "routes.vat_recovered_charge": [0.0, 0.0, 0.0],
    "capital.vat_rate": 0.2,
    "timeline.gdp_index": 1.0,
    "leases.discount_rate": 0.0,
}


def offers_of(of: Pool, rule: str = "one_price") -> Offered:
    """The offers of a random pool, worked out by the lines of the model."""
    wanted = [*WANTED, *SHARES, "pool.bill", "sharing.value_alone"]
    answer = of.answer(wanted, **TERMS, **{"offers.rule": rule})
    problem = answer.results.problem
    shares = pool_shares(evaluate(problem, problem.lines), "bau")
    assert shares is not None
    found = offered(shares)
    assert found is not None
    return found


def conserved(of: Pool, rule: str) -> None:
    """Charges, purchases, what goes back and side payments add up; each leaving costs what departures say."""
    found = offers_of(of, rule)
    everyone = tuple(range(of.size))
    paid, back = of.together(everyone)
    slack = {"rel": 1e-9, "abs": 1e-6 * max(1.0, abs(paid))}
    each = found.offers
    assert sum(o.charge for o in each) == pytest.approx(paid, **slack)
    assert sum(o.own_purchase for o in each) == pytest.approx(paid - back, **slack)
    assert sum(o.to_funder for o in each) == pytest.approx(back, **slack)
    assert sum(o.side_payment for o in each) == pytest.approx(0, **slack)
    for o, departure in zip(each, found.departures, strict=True):
        assert o.own_purchase + o.to_funder + o.side_payment == pytest.approx(o.charge, **slack)
        assert sum(kit.in_pool for kit in o.kit) == pytest.approx(o.own_purchase, **slack)
        # By the game, on the costs of every group, and by the pool's loops, without either.
        assert o.charge == pytest.approx(departure.share, **slack)
        assert o.saves == pytest.approx(departure.loss, **slack)
        lost = sum(other.loss for other in departure.others)
        place = found.shares.members.index(o.member)
        stay = tuple(trust for trust in everyone if trust != place)
        assert o.lost_by_leaving == pytest.approx(lost, **slack)
        assert o.lost_by_leaving == pytest.approx(of.together(stay)[0] - (paid - o.charge), **slack)
        assert o.leaving_before == pytest.approx(max(lost, 0), **slack)
        ordered = sum(sum(kit.order.values()) for kit in o.kit)
        assert o.leaving_after == pytest.approx(max(lost, 0) + 0.25 * ordered, **slack)


def try_pools(count: int) -> None:
    """Hold some random pools to it, under a rule each: the same few, or many new ones."""
    rules = list(RULE_OF)
    turn = iter(range(10**6))

    @settings(max_examples=count, deadline=None, derandomize=count == QUICK)
    @given(pools())
    def run(of: Pool) -> None:
        conserved(of, rules[next(turn) % len(rules)])

    run()


def test_offers_add_up_and_leaving_costs_what_others_lose() -> None:
    """Some random pools; the next test tries three hundred."""
    try_pools(QUICK)


@pytest.mark.full
def test_offers_of_300_random_pools() -> None:
    """Three hundred random pools against the same sums by loops and by the game."""
    try_pools(FULL)


# Two trusts, no competition and no award: A's three scanners at £1,000k in the second order, B's two in the
# first. Two alone cost the price alone; three in an order are 10 % off in the pool, two are not.
HAND = replace(
    PLAIN,
    owner=(1, 0, 0),
    needed=((2, 0), (0, 0), (0, 0)),
    own=((4, 0), (0, 0)),
    second=(0, 1, 1),
    award=(0.0, 0.0, 0.0),
    factors={"alone": (1.0, 1.0, 1.0), "framework": (1.0, 1.0, 1.0), "pool": (1.0, 0.9, 0.9)},
    maintenance=0.05,
)


def test_by_hand() -> None:
    """A orders four at £900k, B two at £1,000k; at 5 % maintenance over four years after the warranty.

    A pays 4 × 900 × 0.9 × 1.2 = 3,888 for its own and B 2 × 1,000 × 1.2 = 2,400, in all 6,288; at one price
    A pays 4/6 of it, 4,192, and B 2,096: B is paid 304 on the side. Alone A pays 4,320 and B 2,400.
    """
    found = offers_of(HAND)
    a, b = found.offers
    assert (a.own_purchase, b.own_purchase) == pytest.approx((3888, 2400))
    assert (a.charge, b.charge) == pytest.approx((4192, 2096))
    assert (a.side_payment, b.side_payment) == pytest.approx((304, -304))
    assert (a.saves, b.saves) == pytest.approx((128, 304))
    # Each by itself is no pool: A would pay 4,320 again, 128 more, and B 2,400, 304 more.
    assert (a.lost_by_leaving, b.lost_by_leaving) == pytest.approx((304, 128))
    assert (a.leaving_before, b.leaving_before) == pytest.approx((304, 128))
    assert (a.leaving_after, b.leaving_after) == pytest.approx((304 + 900, 128 + 500))
    # With VAT of a fifth; the year of delivery is under warranty. In the second year, of which a pound is
    # worth 0.9, A settles 304 with B.
    assert list(a.cash.values()) == pytest.approx([0, 4 * 900 * 1.2 + 304 / 0.9])
    assert list(b.cash.values()) == pytest.approx([2000 * 1.2, 100 * 1.2 - 304 / 0.9])
    assert (list(a.capital.values()), list(b.capital.values())) == ([0, 4320], [2400, 0])
    assert (a.recurrent, b.recurrent) == pytest.approx((4 * 900 * 0.05 * 1.2, 2000 * 0.05 * 1.2))
    scanner = a.kit[0]
    assert scanner.threshold == {"first": 1, "second": 4}
    assert scanner.to_spare == {"first": 1, "second": 0}


def test_what_stands_in_a_rule_of_words_is_what_the_rule_gives() -> None:
    """The charge of each word is the share of that rule; the other rules are on request."""
    for word, key in RULE_OF.items():
        found = offers_of(HAND, word)
        assert found.rule.key == key
        assert [o.charge for o in found.offers] == pytest.approx(list(found.shares.by_rule[key]))
    assert [rule.key for rule in found.rules()] == ["volume", "moriarity", "aca", "shapley"]
    assert found.rules(every=True) == RULES


def test_participation_of_the_hand_example() -> None:
    """A alone reaches the tier of the second order; without either there is no pool and no saving."""
    part = offers_of(HAND).participation
    (tier,) = part.tiers
    assert (tier.equipment, tier.tranche, tier.units, tier.threshold) == ("scanner", "second", 4, 4)
    assert tier.lost_without == tier.fewest == ("a",)
    assert part.fewest == part.nothing_without == ("a", "b")
    assert part.saves_least == pytest.approx(128 + 304)


def test_a_refusal_is_priced() -> None:
    """A's own make at its own four units has the pool's price too: nobody pays more, save for maintenance."""
    saving = replace(HAND, maintenance_saving=0.1)
    turned = {(each.member, each.equipment): each for each in offers_of(saving).refusals}
    now, then = offers_of(saving), offers_of(replace(saving, refuses=((1, 0), (0, 0))))
    refusal = turned["a", "scanner"]
    assert not refusal.refused
    assert refusal.to_itself == pytest.approx(then.offers[0].charge - now.offers[0].charge)
    assert refusal.in_all == pytest.approx(then.shares.purchase.together - now.shares.purchase.together)
    again = next(each for each in then.refusals if (each.member, each.equipment) == ("a", "scanner"))
    assert again.refused
    assert again.to_itself == pytest.approx(refusal.to_itself)
    assert again.to_others == pytest.approx(refusal.to_others)


@settings(max_examples=QUICK, deadline=None, derandomize=True)
@given(pools())
def test_any_group_gone(of: Pool) -> None:
    """Several leave at once: the rest pay what the group of the rest costs, and one alone is a departure."""
    shares = of.shares()
    game, rule = shares.game, RULES[3]
    assert game is not None
    for gone in range(1, len(game.cost) - 1):
        found = if_group_leaves(game, rule.shares, game.names(gone))
        rest = (len(game.cost) - 1) ^ gone
        stay = tuple(place for place in range(of.size) if rest >> place & 1)
        paid = of.together(stay)[0]
        assert sum(each.after for each in found.others) == pytest.approx(paid, rel=1e-9)
        # Of two sums that may be equal the difference is rounding: set what is paid beside what is paid.
        assert sum(each.before for each in found.leavers) + found.loss == pytest.approx(
            sum(each.after for each in found.leavers), rel=1e-12
        )
        assert found.as_group == pytest.approx(game.cost[gone])
    alone = if_group_leaves(game, rule.shares, ["a"])
    departure = shares.departures(rule)[0]
    assert alone.lost_by_others == pytest.approx(sum(other.loss for other in departure.others))
    with pytest.raises(CaseError, match="nobody would be left"):
        if_group_leaves(game, rule.shares, game.members)


def test_later_counts_less() -> None:
    """The charge is a present value, the order is not: four at £900k in the second order, at 0.9."""
    a, _ = offers_of(replace(HAND, maintenance=0.0)).offers
    assert sum(a.kit[0].order.values()) == pytest.approx(3600)
    assert a.own_purchase == pytest.approx(3600 * LATER)


@pytest.mark.parametrize("line", [lines.side_payment, lines.to_funder, lines.lost_by_leaving, lines.charge])
def test_a_planted_fault_is_caught(line: Line) -> None:
    """Offers that hold as the model stands do not once a line is half as much again."""
    of = replace(PLAIN, size=3, own=((2, 0), (1, 0), (2, 0)), kept=0.5, refuses=((0, 0), (1, 0), (0, 0)))
    conserved(of, "one_price")
    with planted(line, 1.5 * line.definition), pytest.raises(AssertionError):
        conserved(of, "one_price")
