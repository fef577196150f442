"""Whether shares are the nucleolus, by Kohlberg's criterion: checked without working a nucleolus out.

Source: Kohlberg (1971), On the nucleolus of a characteristic function game. Shares are the prenucleolus
just when, for every level, the groups whose excess is at or above it are balanced: with a weight above 0
for each, they cover every member equally. For the nucleolus, members that pay their cost alone may help,
with a weight of 0 or more.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from casebuilder.analysis.sharing.games import Floats, Game


def meets_criterion(game: Game, shares: Floats, *, limited: bool, a_head: bool = False) -> bool:
    """Whether shares are the nucleolus (limited to what each pays alone) or the prenucleolus."""
    rounding = 1e-9 * max(game.scale, 1.0)
    if abs(sum(shares) - game.grand) > rounding:
        return False
    if limited and (shares > game.standalone + rounding).any():
        return False
    groups = np.arange(1, len(game.cost) - 1)
    joined = (groups[:, None] >> np.arange(game.size) & 1).astype(float)
    excess = joined @ shares - game.cost[groups]
    if a_head:
        excess = excess / joined.sum(axis=1)
    order = np.argsort(-excess, kind="stable")
    joined, excess = joined[order], excess[order]
    ends = [*np.flatnonzero(np.diff(excess) < -rounding) + 1, len(excess)]
    helpers = np.eye(game.size)[shares >= game.standalone - rounding] if limited else np.empty((0, game.size))
    for end in ends:
        if not balanced(joined[:end], helpers):
            return False
        if np.linalg.matrix_rank(joined[:end]) == game.size:
            return True  # whatever lies lower is balanced with them
    return True


def balanced(groups: Floats, helpers: Floats) -> bool:
    """Whether some weights, 1 or more on every group and 0 or more on helpers, cover all equally."""
    size = groups.shape[1]
    table = np.column_stack([groups.T, helpers.T, -np.ones(size)])
    least = [(1, None)] * len(groups) + [(0, None)] * (len(helpers) + 1)
    found = linprog(np.ones(table.shape[1]), A_eq=table, b_eq=np.zeros(size), bounds=least)
    assert found.status in (0, 2), found.message
    return bool(found.status == 0)
