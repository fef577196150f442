"""Make the worst-treated group of members as well off as can be: a linear programme, solved by parts.

Of the 2**n groups only a few bind. The programme starts with the single members and their complements,
and takes in whichever groups its answer treats worse than it says, until there are none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.sharing.games import ROUNDING, Floats, Game
from casebuilder.errors import CaseError

Groups = NDArray[np.int64]

_TOLERANCE = 1e-10  # the finest HiGHS takes
_VIOLATED = 1e-9
_TAKEN_IN = 4  # times the number of members, in a pass
_PRICED = 1e-6
_RANK = 1e-9  # singular values of 0/1 rows below this are 0
# A group lies in the span of others if nothing of its 0/1 row is left over. For 0/1 rows what is left is
# either nothing or, squared, a quotient of whole determinants: above 1e-10 for 15 members.
_SPANNED = 1e-14
_METHODS = ("highs-ds", "highs-ipm")


@dataclass(frozen=True, eq=False)
class Scaled:
    """A game less what each member pays if the saving is split equally, in units of its largest cost.

    Who is treated worse than whom does not change by this, and money of 1e7 becomes numbers near 1.

    Attributes
    ----------
    joined, heads
        As in `Game`.
    cost
        Shape (2**n,); that of all together is 0.
    start, unit
        Shares (n,) and money: `start + unit * x` are shares of the game given. The unit is 0 where
        every group costs what its members pay, but for rounding.
    """

    joined: Floats
    heads: Floats
    cost: Floats
    start: Floats
    unit: float


def scaled(game: Game) -> Scaled:
    """A game in numbers near 1; costs that differ by rounding alone become 0."""
    start = game.standalone - game.saving / game.size
    cost = game.cost - game.paid(start)
    cost[-1] = 0.0
    unit = float(np.abs(cost).max())
    if unit <= ROUNDING * game.scale:
        return Scaled(game.joined, game.heads, np.zeros_like(cost), start, 0.0)
    return Scaled(game.joined, game.heads, cost / unit, start, unit)


@dataclass(frozen=True, eq=False)
class LeastExcess:
    """A best point of one programme, and what holds it there.

    Attributes
    ----------
    point
        Shares, shape (n,).
    working
        The groups that were taken into the programme.
    pressed
        Those that have the greatest excess at every best point: their prices are above 0.
    bound
        Places of members that pay their cost alone at every best point.
    """

    point: Floats
    working: Groups
    pressed: Groups
    bound: Groups


class Held:
    """The groups held so far, each at the excess of its round, and shares that hold them all.

    Attributes
    ----------
    game, weights
        The game, and what the excess of a group is divided by, shape (2**n,).
    point
        Shares, shape (n,), that meet all that is held.
    directions
        Shape (n, d), orthonormal: where shares may move while all that is held stays.
    levels
        The greatest weighted excess of every round so far.
    working
        The groups that the last programme took in, to begin the next with.
    """

    def __init__(self, game: Scaled, weights: Floats) -> None:
        """Hold the cost of all together, and nothing else."""
        self.game, self.weights = game, weights
        self._rounds: list[Groups] = []
        self._bound: list[int] = []
        self.working: Groups = np.empty(0, dtype=np.int64)
        self._solve()

    def hold(self, found: LeastExcess) -> None:
        """Hold the groups of a round at one excess, and members at their cost alone."""
        self._rounds.append(found.pressed)
        self._bound += [1 << int(place) for place in found.bound]
        self.working = found.working
        self._solve()

    def _solve(self) -> None:
        """Shares and every round's excess at once, by least squares: equations outnumber unknowns."""
        from scipy.linalg import lstsq, null_space  # which every command would wait for, and few need

        game, size = self.game, self.game.joined.shape[1]
        exact = [len(game.cost) - 1, *self._bound]
        groups = np.concatenate([exact, *self._rounds]).astype(np.int64)
        table = np.zeros((len(groups), size + len(self._rounds)))
        table[:, :size] = game.joined[groups]
        row = len(exact)
        for column, held in enumerate(self._rounds, start=size):
            table[row : row + len(held), column] = -self.weights[held]
            row += len(held)
        found = lstsq(table, game.cost[groups], cond=_RANK)[0]
        self.point: Floats = found[:size]
        self.levels: Floats = found[size:]
        self.directions: Floats = null_space(table[:, :size], rcond=_RANK)


def least_excess(held: Held, *, limited: bool) -> LeastExcess:
    """Make the greatest weighted excess least among the groups whose share may still move.

    Parameters
    ----------
    held
        What must stay; at least one direction must be left.
    limited
        Whether no member may pay more than its cost alone.

    Raises
    ------
    CaseError
        The solver gives no answer.
    """
    game, weights = held.game, held.weights
    size = len(held.point)
    alone = 1 << np.arange(size)
    moves, excess = game.joined @ held.directions, game.joined @ held.point - game.cost
    may_move = (moves**2).sum(axis=1) > _SPANNED
    working = np.unique(np.concatenate([alone, len(may_move) - 1 - alone, held.working]))
    working = working[may_move[working]]
    free = alone[may_move[alone]] if limited else alone[:0]
    objective = np.append(np.zeros(moves.shape[1]), 1.0)
    while True:
        table = np.vstack(
            [
                np.column_stack([moves[working], -weights[working]]),
                np.column_stack([moves[free], np.zeros(len(free))]),
            ]
        )
        point, prices = _solved(objective, table, -np.concatenate([excess[working], excess[free]]))
        over = np.where(may_move, excess + moves @ point[:-1] - weights * point[-1], 0.0)
        over[working] = 0.0
        found = np.flatnonzero(over > _VIOLATED)
        if not len(found):
            break
        worst = found[np.argsort(-over[found], kind="stable")[: _TAKEN_IN * size]]
        working = np.union1d(working, worst)
    # The prices of groups times their weights add up to 1, so that one of them at least is well above 0.
    pressed = working[prices[: len(working)] * weights[working] > _PRICED]
    bound = np.flatnonzero(np.isin(alone, free[prices[len(working) :] > _PRICED]))
    return LeastExcess(held.point + held.directions @ point[:-1], working, pressed, bound)


def _solved(objective: Floats, table: Floats, room: Floats) -> tuple[Floats, Floats]:
    """The best point and the price of each row."""
    from scipy.optimize import linprog

    options = {"primal_feasibility_tolerance": _TOLERANCE, "dual_feasibility_tolerance": _TOLERANCE}
    for method in _METHODS:
        found = linprog(objective, table, room, bounds=(None, None), method=method, options=options)
        if found.status == 0:
            return found.x, -found.ineqlin.marginals
    raise CaseError(f"the solver found no fair shares of this cost game: {found.message}")
