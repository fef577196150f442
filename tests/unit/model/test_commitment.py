"""Firm against hoped volume: by hand on a small pool, and on random pools against loops and the game."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.analysis.sharing.commitments import firm_saving
from casebuilder.analysis.sharing.pool_shares import pool_shares
from casebuilder.analysis.sharing.pooled_purchase import PooledPurchase
from casebuilder.evaluate.engine import evaluate
from casebuilder.model.pooling.commitment import STAGES, firm, firm_back, firm_buyers
from tests.planted import misread, planted
from tests.published.support import Answer
from tests.unit.model.proving import differing
from tests.unit.model.random_pools import CLASSES, ORDERS, STARTS, Pool, pools, tier

OFFERED, AGREED, SIGNED, ORDERED, DELIVERED, BOOKED = STAGES
LINES = [
    "commitment.firm_units", "commitment.firm_tier", "commitment.hoped_tier", "commitment.price_at_firm",
    "commitment.price_at_hoped", "commitment.firm_saving", "commitment.rests_on_unsigned",
    "commitment.firm_units_all", "commitment.hoped_units_all",
]  # fmt: skip
CHECKS = [
    "commitment_checks.stage_without_joining", "commitment_checks.signed_by_nobody",
    "commitment_checks.ordered_before_signed", "commitment_checks.letter_has_lapsed",
]  # fmt: skip

# Three trusts need two, two and five scanners at £1,000k in one order. Four or more are 10 % off in the pool,
# nine or more 20 %. Nobody saves anything alone, and nothing is discounted, funded or run but the price.
THREE = Pool(
    size=3,
    owner=(0, 1, 2),
    needed=((2, 0), (2, 0), (5, 0)),
    own=((0, 0), (0, 0), (0, 0)),
    award=(0.0, 0.0, 0.0),
    second=(0, 0, 0),
    price=(1000, 100),
    factors={"alone": (1.0, 1.0, 1.0), "framework": (1.0, 1.0, 1.0), "pool": (1.0, 0.9, 0.8)},
    rebate=0.0,
    fee=0.0,
    competition={"alone": 0, "framework": 0, "pool": 0},
    coordination=0,
    kept=0.0,
)


def letters(size: int, **changed: Any) -> dict[str, Any]:
    """What the lines read of letters: everything signed by the board in month 3, and no end, unless said."""
    given = {
        "stage": [SIGNED] * size * len(CLASSES),
        "signed_by": ["board"] * size,
        "signed_month": [3] * size,
        "stands_until": [0] * size,
        "ordered_month": [0] * len(CLASSES),
        "as_at": 6,
    }
    return {f"commitment.{name}": value for name, value in (given | changed).items()}


def worked(of: Pool, wanted: list[str] = LINES, **changed: Any) -> Answer:
    return of.answer(wanted, **letters(of.size, **changed))


def scanners(*stages: str) -> list[str]:
    """The stage of each trust for scanners; machines, of which nobody needs any, are offered."""
    return [each for stage in stages for each in (stage, OFFERED)]


def test_nobody_has_signed() -> None:
    """Nine scanners are hoped for at 20 % off; not one is firm, and all of £1,800k rests on no signature."""
    answer = worked(THREE, stage=scanners(OFFERED, AGREED, OFFERED))
    assert answer("commitment.firm_units_all") == 0
    assert answer("commitment.hoped_units_all") == 9
    assert answer("commitment.firm_tier") == [[0, 0], [0, 0]]
    assert answer("commitment.hoped_tier") == [[3, 0], [0, 0]]
    assert answer("commitment.price_at_firm")[0] == 1000
    assert answer("commitment.price_at_hoped")[0] == pytest.approx(800)
    assert answer("commitment.firm_saving") == 0
    assert answer("commitment.rests_on_unsigned") == pytest.approx(1800)


def test_two_have_signed() -> None:
    """A's and B's four scanners reach the second tier by themselves: £400k is firm, £1,400k is not."""
    answer = worked(THREE, stage=scanners(SIGNED, BOOKED, AGREED), ordered_month=[3, 0])
    assert answer("commitment.firm_units") == [[4, 0], [0, 0]]
    assert answer("commitment.firm_tier")[0] == [2, 0]
    assert answer("commitment.price_at_firm")[0] == pytest.approx(900)
    assert answer("commitment.firm_saving") == pytest.approx(400)
    assert answer("commitment.rests_on_unsigned") == pytest.approx(1400)


def test_one_letter_is_no_pool() -> None:
    """C's five scanners reach a tier, and C alone is no pool: it saves nothing."""
    answer = worked(THREE, stage=scanners(OFFERED, OFFERED, ORDERED))
    assert answer("commitment.firm_tier")[0] == [2, 0]
    assert answer("commitment.firm_saving") == 0


def test_all_have_signed() -> None:
    """Firm and hoped are one: nothing rests on volume without a signature."""
    answer = worked(THREE)
    assert answer("commitment.price_at_firm") == pytest.approx(answer("commitment.price_at_hoped"))
    assert answer("commitment.firm_saving") == pytest.approx(1800)
    assert answer("commitment.rests_on_unsigned") == 0


def test_a_letter_that_has_lapsed_is_firm_no_more() -> None:
    """C's letter stands to month 5 and the stages are looked at in month 6; ordered, it would be firm."""
    ended = {"stands_until": [0, 6, 5]}
    answer = worked(THREE, [*LINES, *CHECKS], **ended)
    assert answer("commitment.firm_units_all") == 4
    assert answer("commitment_checks.letter_has_lapsed") == [0, 0, 1]
    ordered = worked(
        THREE, [*LINES, *CHECKS], stage=scanners(SIGNED, SIGNED, ORDERED), ordered_month=[4, 0], **ended
    )
    assert ordered("commitment.firm_units_all") == 9
    assert ordered("commitment_checks.letter_has_lapsed") == [0, 0, 0]
    undated = worked(THREE, as_at=0, **ended)
    assert undated("commitment.firm_units_all") == 9


def test_a_stage_without_joining_is_a_fault() -> None:
    """B has agreed in principle to scanners and does not join for them."""
    shy = replace(THREE, joins=((1, 1), (0, 1), (1, 1)))
    answer = worked(shy, CHECKS, stage=scanners(OFFERED, AGREED, OFFERED))
    assert answer("commitment_checks.stage_without_joining") == [0, 1, 0]
    assert worked(shy, CHECKS, stage=scanners(SIGNED, OFFERED, SIGNED))(CHECKS[0]) == [0, 0, 0]


@pytest.mark.parametrize(
    ("by", "month", "wrong"),
    [
        ("nobody", 3, 1),
        ("board", 0, 1),
        ("nobody", 0, 1),
        ("chief_executive", -2, 0),
        ("procurement_lead", 1, 0),
    ],
)
def test_a_letter_is_signed_by_somebody_and_in_a_month(by: str, month: int, wrong: int) -> None:
    """A's letter without an office or a month is a fault; before it signs neither is asked for."""
    answer = worked(THREE, CHECKS, signed_by=[by, "board", "board"], signed_month=[month, 3, 3])
    assert answer("commitment_checks.signed_by_nobody") == [wrong, 0, 0]
    before = worked(THREE, CHECKS, stage=scanners(AGREED, SIGNED, SIGNED), signed_by=[by, "board", "board"])
    assert before("commitment_checks.signed_by_nobody") == [0, 0, 0]


@pytest.mark.parametrize(("ordered", "wrong"), [(0, 1), (2, 1), (3, 0), (4, 0)])
def test_ordered_before_signed_cannot_be(ordered: int, wrong: int) -> None:
    """All signed in month 3. An order in no month, or in month 2, cannot be; A alone has ordered."""
    answer = worked(THREE, CHECKS, stage=scanners(ORDERED, SIGNED, SIGNED), ordered_month=[ordered, 0])
    assert answer("commitment_checks.ordered_before_signed") == [wrong, 0]


def test_the_warning_of_unsigned_volume() -> None:
    """Where the route taken pools, and not where every trust buys by itself."""
    wanted = ["commitment_checks.rests_on_unsigned"]
    for route, warned in (([0, 0, 1], 1), ([1, 0, 0], 0)):
        taken = {"procurement.route_taken": [float(x) for x in route for _ in CLASSES]}
        unsigned = letters(3, stage=scanners(SIGNED, SIGNED, AGREED))
        assert THREE.answer(wanted, **taken, **unsigned)(wanted[0]) == warned
        assert THREE.answer(wanted, **taken, **letters(3))(wanted[0]) == 0


def game_of(of: Pool, stage: list[str]) -> PooledPurchase:
    """The pool as `procure` has it, with the lines of commitment."""
    values = letters(of.size, stage=stage)
    rules = [f"sharing.share_{rule}" for rule in ("equal", "volume", "moriarity", "eca", "aca")]
    wanted = ["pool.together", "pool.alone", "sharing.value_alone", *rules, *LINES]
    problem = of.answer(wanted, **values).results.problem
    found = pool_shares(evaluate(problem, problem.lines), "bau")
    assert found is not None
    return found.purchase


def firm_alone(of: Pool, stage: list[str]) -> tuple[Pool, float]:
    """The pool in which only who has signed joins, and what its members save there, by loops."""
    signed = [[STAGES.index(stage[trust * 2 + kind]) >= 2 for kind in (0, 1)] for trust in range(of.size)]
    left = replace(
        of,
        joins=tuple(
            tuple(int(of.joined(trust, kind) and signed[trust][kind]) for kind in (0, 1))
            for trust in range(of.size)
        ),
    )
    everyone = tuple(range(of.size))
    alone = sum(of.apart(trust, kind)[0] for trust in everyone for kind in (0, 1) if left.joined(trust, kind))
    return left, alone - left.together(everyone)[0]


def hold(of: Pool, stage: list[str]) -> None:
    """Lines, game and loops agree; firm is no more than hoped, and no cheaper where tiers fall."""
    answer = worked(of, stage=stage)
    left, saving = firm_alone(of, stage)
    found = firm_saving(game_of(of, stage))
    assert answer("commitment.firm_saving") == pytest.approx(saving, rel=1e-9, abs=1e-6)
    assert found.saving == pytest.approx(saving, rel=1e-9, abs=1e-6)
    assert found.rests_on_unsigned == pytest.approx(
        answer("commitment.rests_on_unsigned"), rel=1e-9, abs=1e-6
    )
    shares = left.one_price(tuple(range(of.size)))
    own = [sum(of.apart(t, k)[0] for k in (0, 1) if left.joined(t, k)) for t in range(of.size)]
    assert list(found.saved.values()) == pytest.approx(np.subtract(own, shares), rel=1e-9, abs=1e-6)
    units, tiers = np.array(answer("commitment.firm_units")), np.array(answer("commitment.firm_tier"))
    for kind in range(len(CLASSES)):
        for order in range(len(ORDERS)):
            joined = [t for t in range(of.size) if left.joined(t, kind)]
            alike = sum(of.units(t, kind, order) for t in joined if not of.own_make(t, kind))
            assert units[kind, order] == sum(of.units(t, kind, order) for t in joined)
            assert tiers[kind, order] == (tier(alike) + 1 if alike >= STARTS[0] else 0)
    assert (tiers <= np.array(answer("commitment.hoped_tier"))).all()
    assert answer("commitment.firm_units_all") <= answer("commitment.hoped_units_all")
    # Every tier is at or below the price alone and falls from tier to tier.
    firm_price, hoped_price = (
        np.array(answer(f"commitment.price_at_{which}")) for which in ("firm", "hoped")
    )
    assert (firm_price >= hoped_price * (1 - 1e-12)).all()


QUICK, FULL = 40, 500


def try_pools(count: int) -> None:
    """Hold some random pools to it: the same few, or many new ones."""

    @settings(max_examples=count, deadline=None, derandomize=count == QUICK)
    @given(pools(), st.data())
    def run(of: Pool, data: st.DataObject) -> None:
        stages = st.lists(st.sampled_from(STAGES), min_size=of.size * 2, max_size=of.size * 2)
        hold(of, data.draw(stages))

    run()


def test_random_pools() -> None:
    """Some random pools; the next test tries five hundred."""
    try_pools(QUICK)


@pytest.mark.full
def test_500_random_pools() -> None:
    """Five hundred random pools against the game and loops."""
    try_pools(FULL)


PART = replace(
    THREE, award=(1.0, 0.0, 0.5), rebate=0.03, fee=0.01, coordination=5, refuses=((0, 0), (1, 0), (0, 0)),
    maintenance=0.08, maintenance_saving=0.1, standard=0.02, kept=0.25,
)  # fmt: skip
FAULTS = {
    "whoever has not signed is firm": (firm, lambda right: 0 * right + 1),
    "nothing goes back to the funder": (firm_back, lambda right: 0 * right),
    "all members coordinate": (firm_buyers, lambda right: misread(right, {firm: 0 * firm + 1})),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    stage = scanners(AGREED, SIGNED, SIGNED)
    own = replace(PART, own=((0, 0), (0, 0), (0, 0)), needed=((3, 0), (2, 0), (6, 0)))
    four = replace(
        own, size=4, own=((0, 0), (0, 0), (0, 0), (4, 0)), refuses=((0, 0), (1, 0), (0, 0), (0, 0))
    )
    hold(four, [*stage, SIGNED, OFFERED])
    line, wrong = FAULTS[fault]
    with planted(line, wrong(line.definition)), pytest.raises(AssertionError):
        hold(four, [*stage, SIGNED, OFFERED])


def test_a_spreadsheet_agrees(tmp_path: Path) -> None:
    """Words by member, lapsed letters, orders and what firm members save, in cells."""
    stage = [SIGNED, OFFERED, BOOKED, AGREED, AGREED, ORDERED]
    answer = worked(PART, [*LINES, *CHECKS], stage=stage, stands_until=[5, 0, 9], ordered_month=[4, 2])
    assert differing(answer, tmp_path) == []


def test_a_price_last_paid_is_what_a_trust_pays_alone(tmp_path: Path) -> None:
    """A paid £900k for a scanner and C £1,100k, whatever their volume; B pays the class price.

    C does better on the framework, at £1,010k with its fee. Apart they pay 2 x 900 + 2 x 1,000 + 5 x 1,010 =
    £8,850k and in the pool, 20 % off £1,000k, £7,200k: £1,650k is saved, where £1,800k is at the class price.
    """
    keys = ["apart.cost", "pool.saving", "pool.alone", "procurement.price_alone"]
    of = replace(THREE, last=((900, 0), (0, 0), (1100, 0)))
    answer = of.answer(keys)
    assert [row[0] for row in answer("apart.cost")] == pytest.approx([1800, 2000, 5050])
    assert answer("pool.saving") == pytest.approx(1650)
    assert answer("procurement.price_alone")[0] == pytest.approx((2 * 900 + 2 * 1000 + 5 * 1100) / 9)
    assert THREE.answer(keys)("pool.saving") == pytest.approx(1800)
    assert differing(answer, tmp_path) == []


def test_a_price_last_paid_below_the_pools_keeps_a_class_apart() -> None:
    """Had all paid £750k, the pool at £800k would save nothing: they buy apart."""
    of = replace(THREE, last=((750, 0), (750, 0), (750, 0)))
    answer = of.answer(["pool.saving", "pool.together"])
    assert answer("pool.saving") == 0
    assert answer("pool.together") == pytest.approx(9 * 750)
