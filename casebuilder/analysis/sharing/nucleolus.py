"""The nucleolus: make the worst-treated group as well off as can be, then the next worst, and so on.

Source: Schmeidler (1969), The nucleolus of a characteristic function game. A group's excess is what it
pays above its own cost; the nucleolus makes the excesses, listed from the greatest, as small as can be
in that order, over shares at which no member pays more than alone. Where there are no such shares (all
together cost more than each alone) that bound is left out: the result is the prenucleolus.

Each round is one linear programme. A group whose price in it is above 0 has the same excess at every
best point, so it is held there; groups whose share follows from those held are left out. So each round
holds at least one group more, and n - 1 rounds are enough. What is held is solved anew as a linear
system after each round, so that rounding does not add up.
"""

from __future__ import annotations

import numpy as np

from casebuilder.analysis.sharing.games import ROUNDING, Floats, Game
from casebuilder.analysis.sharing.least_excess import Held, least_excess, scaled
from casebuilder.errors import CaseError


def nucleolus(game: Game) -> Floats:
    """The nucleolus, shape (n,); the prenucleolus where pooling costs more than staying apart.

    Raises
    ------
    CaseError
        The solver gives no answer, here and in the two functions below.
    """
    return _least_in_turn(game, np.ones(len(game.cost)), individually_rational(game))


def prenucleolus(game: Game) -> Floats:
    """The nucleolus over all shares, whether or not a member would pay more than alone, shape (n,)."""
    return _least_in_turn(game, np.ones(len(game.cost)), limited=False)


def per_capita_nucleolus(game: Game) -> Floats:
    """The nucleolus of excesses divided by the number in the group, shape (n,).

    Without a bound on each share where pooling costs more than staying apart, as for `nucleolus`.
    """
    return _least_in_turn(game, np.maximum(game.heads, 1.0), individually_rational(game))


def individually_rational(game: Game) -> bool:
    """Whether the cost can be shared so that nobody pays more than alone (there are imputations)."""
    return game.saving >= -ROUNDING * game.scale


def _least_in_turn(game: Game, weights: Floats, limited: bool) -> Floats:
    """Lexicographically least excess divided by weights."""
    of = scaled(game)
    if limited and game.saving <= ROUNDING * game.scale:
        return of.start  # nothing is saved: the only shares at which nobody pays more than alone
    held = Held(of, weights)
    if not of.unit:
        return of.start
    while left := held.directions.shape[1]:
        held.hold(least_excess(held, limited=limited))
        if held.directions.shape[1] >= left:
            raise CaseError("the solver's prices hold no further group: the costs are too uneven to share")
    return of.start + of.unit * held.point
