"""The Shapley value: each member pays what it adds, averaged over every order of joining.

Source: Shapley (1953), A value for n-person games. Exact where every group's cost is known; sampled
where there are too many members for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from casebuilder.analysis.sharing.games import CostOf, Floats, Game
from casebuilder.errors import CaseError

_BATCH = 4096
_LEAST_PAIRS = 2


def shapley(game: Game) -> Floats:
    """The exact Shapley value, shape (n,).

    Member i pays the sum over groups S without i of |S|! (n - |S| - 1)! / n! x (c(S and i) - c(S)).
    """
    size = game.size
    weights = np.array([factorial(s) * factorial(size - s - 1) / factorial(size) for s in range(size)])
    shares = np.empty(size)
    for place in range(size):
        # Bit `place` becomes an axis of its own: the groups without the member, and the same with it.
        cost = game.cost.reshape(-1, 2, 1 << place)
        others = game.heads.reshape(-1, 2, 1 << place)[:, 0].astype(np.int64)
        shares[place] = (weights[others] * (cost[:, 1] - cost[:, 0])).sum()
    return shares


@dataclass(frozen=True, eq=False)
class SampledShares:
    """An estimate of the Shapley value.

    Attributes
    ----------
    shares
        Shape (n,); they add up to the cost of all together.
    standard_error
        Shape (n,), of each share.
    pairs
        How many pairs of orders were drawn: an order of joining and its reverse.
    groups
        How many different groups were costed.
    """

    shares: Floats
    standard_error: Floats
    pairs: int
    groups: int


def sampled_shapley(
    members: Sequence[str], cost_of: CostOf, *, pairs: int = 1_000, seed: int = 1, batch: int = _BATCH
) -> SampledShares:
    """Estimate the Shapley value from random orders of joining, each taken with its reverse.

    An order and its reverse err in opposite directions, so a pair tells more than two orders drawn apart
    (antithetic sampling). A group that comes up again is costed once.

    Parameters
    ----------
    members
        Their names; as many as wanted.
    cost_of
        The costs (k,) of k groups, given who joined (k, n) as 0 and 1.
    pairs
        How many pairs of orders to draw, at least 2.
    seed
        The same seed draws the same orders.
    batch
        The most groups in a call of `cost_of`.

    Raises
    ------
    CaseError
        No member, or fewer than 2 pairs.
    """
    size = len(members)
    if not size:
        raise CaseError("there is nobody to share a cost among: name at least one member")
    if pairs < _LEAST_PAIRS:
        raise CaseError(f"a standard error needs at least {_LEAST_PAIRS} pairs of orders: {pairs} asked for")
    chance = np.random.default_rng(seed)
    forward = chance.permuted(np.tile(np.arange(size), (pairs, 1)), axis=1)
    orders = np.stack([forward, forward[:, ::-1]], axis=1).reshape(2 * pairs, size)
    turn = np.argsort(orders, axis=1)  # when each member joins
    places = np.arange(size)
    # In step k of an order, whoever joins in that step or earlier is in the group.
    packed = [np.packbits(turn <= step, axis=1) for step in places]
    different, which = np.unique(np.concatenate(packed), axis=0, return_inverse=True)
    costs = np.concatenate(
        [
            cost_of(np.unpackbits(different[start : start + batch], axis=1, count=size).astype(np.float64))
            for start in range(0, len(different), batch)
        ]
    )
    if costs.shape != (len(different),) or not np.isfinite(costs).all():
        raise CaseError("the costs of some groups are no numbers: the Shapley value needs them all")
    after = costs[which.reshape(size, 2 * pairs).T]  # (orders, steps)
    added = np.diff(after, axis=1, prepend=0.0)
    by_member = np.take_along_axis(added, turn, axis=1).reshape(pairs, 2, size).mean(axis=1)
    error = by_member.std(axis=0, ddof=1) / np.sqrt(pairs)
    return SampledShares(by_member.mean(axis=0), error, pairs, len(different))
