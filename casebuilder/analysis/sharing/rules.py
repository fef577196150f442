"""Rules for sharing the cost of pooling among the trusts that pool.

Every rule takes a cost game and gives one share a member; the shares add up to the cost of all together.
Sources: Moriarity (1975), Another approach to allocating joint costs; Young (1985), Cost Allocation, for the
separable cost methods of the Tennessee Valley Authority, ECA and ACA.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.sharing.games import ROUNDING, Floats, Game
from casebuilder.analysis.sharing.nucleolus import nucleolus, per_capita_nucleolus
from casebuilder.analysis.sharing.shapley import shapley
from casebuilder.errors import CaseError

Sharing = Callable[[Game], Floats]


def equal_charge(game: Game) -> Floats:
    """The cost of all together, split equally, shape (n,)."""
    return np.full(game.size, game.grand / game.size)


def equal_saving(game: Game) -> Floats:
    """The cost alone less an equal part of the saving, shape (n,)."""
    return game.standalone - game.saving / game.size


def by_volume(game: Game) -> Floats:
    """One price for all: the cost in proportion to what each buys, of each kind of kit, shape (n,).

    Raises
    ------
    CaseError
        The game has no volumes, one is below 0, or all are 0.
    """
    if game.one_price is not None:
        found: Floats = game.one_price[-1]
        return found
    volume = game.volume
    if volume is None:
        raise CaseError("sharing by volume needs what each member buys: the game has no volumes")
    if (volume < 0).any():
        below = [name for name, bought in zip(game.members, volume, strict=True) if bought < 0]
        raise CaseError(f"sharing by volume needs volumes of 0 or more: below 0 for {', '.join(below)}")
    if not volume.any():
        raise CaseError("sharing by volume needs volumes: all of them are 0")
    part: Floats = volume / volume.sum()
    return game.grand * part


def moriarity(game: Game) -> Floats:
    """The cost of all together in proportion to the cost alone, shape (n,).

    Split equally where the costs alone add up to 0: there is no proportion to go by.
    """
    total = float(game.standalone.sum())
    if abs(total) <= ROUNDING * game.scale:
        return equal_charge(game)
    return game.grand * (game.standalone / total)


def equal_rest(game: Game) -> Floats:
    """ECA: the cost a member adds to the others, and an equal part of the rest, shape (n,)."""
    rest = game.grand - float(game.separable.sum())
    return game.separable + rest / game.size


def avoided_rest(game: Game) -> Floats:
    """ACA: the cost a member adds to the others, and the rest by what it avoids, shape (n,).

    What it avoids is its cost alone less the cost it adds. Where these add up to 0 there is no
    proportion to go by: the rest is split equally, as ECA does.
    """
    rest = game.grand - float(game.separable.sum())
    avoided = game.standalone - game.separable
    total = float(avoided.sum())
    if abs(total) <= ROUNDING * game.scale:
        return equal_rest(game)
    return game.separable + rest * (avoided / total)


@dataclass(frozen=True)
class Rule:
    """A way to share: its key, its name, what it does in one sentence, and the function."""

    key: str
    name: str
    sentence: str
    shares: Sharing


RULES = (
    Rule(
        "equal_charge",
        "Equal charge",
        "Each trust pays the same, whatever it buys.",
        equal_charge,
    ),
    Rule(
        "equal_saving",
        "Equal saving",
        "Each trust pays what it would pay alone, less the same sum of money.",
        equal_saving,
    ),
    Rule(
        "volume",
        "One price",
        "Each trust pays the same price for the same kit; one that keeps its own make, what that costs more.",
        by_volume,
    ),
    Rule(
        "moriarity",
        "Same saving in per cent (Moriarity)",
        "Each trust pays what it would pay alone, less the same percentage.",
        moriarity,
    ),
    Rule(
        "eca",
        "Added cost, rest equally (ECA)",
        "Each trust pays what it adds to the cost of the others, and the rest is split equally.",
        equal_rest,
    ),
    Rule(
        "aca",
        "Added cost, rest by what is avoided (ACA)",
        "Each trust pays what it adds to the cost of the others, and more of the rest the more it saves "
        "by not buying alone.",
        avoided_rest,
    ),
    Rule(
        "shapley",
        "Average added cost (Shapley)",
        "Each trust pays the cost it adds, averaged over every order in which the trusts could have joined.",
        shapley,
    ),
    Rule(
        "nucleolus",
        "Best for the worst-treated group (nucleolus)",
        "The group of trusts with the most to complain of, set against buying by itself, has as little to "
        "complain of as can be; then the next group, and so on.",
        nucleolus,
    ),
    Rule(
        "per_capita_nucleolus",
        "Best for the worst-treated group, a head (per-capita nucleolus)",
        "As the nucleolus, but what a group has to complain of is divided by the number of trusts in it.",
        per_capita_nucleolus,
    ),
)
