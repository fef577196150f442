"""Whether a game of costs is concave, tested on every pair of members and every group."""

from __future__ import annotations

from casebuilder.analysis.sharing.games import Game


def is_concave(game: Game) -> bool:
    """Whether a member adds less cost the more have joined (the cost is submodular).

    Then the core is not empty, and the Shapley value is in it. Tested as c(S, i) + c(S, j) >= c(S, i, j) +
    c(S) for every group S and two members outside it. Source: Shapley (1971), Cores of convex games.
    """
    slack = 1e-9 * (abs(game.grand) or game.scale)
    for i in range(game.size):
        for j in range(i + 1, game.size):
            cost = game.cost.reshape(-1, 2, 1 << (j - i - 1), 2, 1 << i)
            with_j, with_i = cost[:, 1, :, 0], cost[:, 0, :, 1]
            if (cost[:, 1, :, 1] + cost[:, 0, :, 0] - with_j - with_i > slack).any():
                return False
    return True
