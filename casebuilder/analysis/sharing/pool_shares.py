"""How the members of a case's pool may share its cost, who would leave, and what that does to the others.

The rules that a calculator can follow are lines of the model, live in the workbook; those that need the cost
of every group of trusts are worked out here, on a game whose costs are a line of the model too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.analysis.sharing.core import CoreTest, Departure, core_test, if_one_leaves, least_core
from casebuilder.analysis.sharing.games import MOST_MEMBERS, Floats, Game, tabulate_both
from casebuilder.analysis.sharing.pooled_purchase import PooledPurchase, pooled_purchase
from casebuilder.analysis.sharing.rules import RULES, Rule
from casebuilder.analysis.sharing.shapley import sampled_shapley
from casebuilder.evaluate.engine import Results

TAKEN, POOLS = "procurement.route_taken", "procurement.pools"
LINES = {
    "equal_saving": "sharing.share_equal",
    "volume": "sharing.share_volume",
    "moriarity": "sharing.share_moriarity",
    "eca": "sharing.share_eca",
    "aca": "sharing.share_aca",
}
_ORDERS = 400  # of joining, with as many reversed, where there are too many groups to cost them all
_SEED = 1


@dataclass(frozen=True, eq=False)
class PoolShares:
    """Shares of the pool's cost by every rule.

    Attributes
    ----------
    purchase
        The pool.
    rules
        The rules worked out, in order: key, name and a sentence each.
    by_rule
        Shares by the key of the rule, shape (n,) in the order of the members, GBP real at present value.
    error
        Standard error of the Shapley shares where they are sampled, shape (n,); None where they are exact.
    game
        The cost of every group; None for more than 15 members.
    cores
        By rule, whether a group would pay less by itself; empty without a game.
    least
        The least that the worst-treated group can be made to pay above its own cost, under any shares; None
        without a game. Above 0 the core is empty.
    """

    purchase: PooledPurchase
    rules: tuple[Rule, ...]
    by_rule: Mapping[str, Floats]
    error: Floats | None
    game: Game | None
    cores: Mapping[str, CoreTest]
    least: float | None

    @property
    def option(self) -> str:
        """The option whose pool it is."""
        return self.purchase.option

    @property
    def members(self) -> tuple[str, ...]:
        """The ids of the members."""
        return self.purchase.members

    @property
    def groups(self) -> int:
        """How many groups of trusts were costed."""
        return 2 ** len(self.members) - 1 if self.game else 2 * _ORDERS * len(self.members)

    @property
    def saving(self) -> float:
        """What all members save together."""
        return float(self.purchase.alone.sum()) - self.purchase.together

    @property
    def core_is_empty(self) -> bool | None:
        """Whether under every rule some group would pay less by itself; None where that is not known."""
        if self.least is None:
            return None
        return self.least > 1e-9 * max(abs(self.purchase.together), 1.0)

    def saved(self, rule: str) -> Floats:
        """What each member saves against going alone, shape (n,)."""
        return self.purchase.alone - self.by_rule[rule]

    def leavers(self, rule: str) -> tuple[str, ...]:
        """The single trusts that would pay less alone under a rule, by more than a penny."""
        saved = self.saved(rule)
        return tuple(m for m, gain in zip(self.members, saved, strict=True) if gain < -0.01)

    def departures(self, rule: Rule) -> tuple[Departure, ...]:
        """What each member's leaving costs it and each of the others; empty without a game."""
        return () if self.game is None else if_one_leaves(self.game, rule.shares)

    @property
    def in_words(self) -> str:
        """What the core says, for people who have not read game theory."""
        if self.least is None:
            return "There are too many trusts to cost every group of them."
        if self.core_is_empty:
            return (
                "However the cost is shared, some group of trusts would pay less by itself: "
                f"£{self.least:,.0f} is the least that the worst-treated group pays too much."
            )
        return (
            "There are shares under which no group of trusts would pay less by itself; under the best of "
            f"them every group saves £{max(0.0, -self.least):,.0f} or more by staying."
        )


def pool_shares(results: Results, option: str | None = None) -> PoolShares | None:
    """Share the cost of an option's pool; None where it has none.

    Parameters
    ----------
    results
        The values of every line.
    option
        By default the last option that takes a route that pools, or the last of all.

    Raises
    ------
    CaseError
        A trust joins that has nothing to buy.
    """
    purchase = pooled_purchase(results, option or pooling_option(results))
    if purchase is None:
        return None
    by_rule = {rule: purchase.by_member(key) for rule, key in LINES.items()}
    if len(purchase.members) > MOST_MEMBERS:
        sampled = sampled_shapley(purchase.members, purchase.cost_of, pairs=_ORDERS, seed=_SEED)
        by_rule["shapley"] = sampled.shares
        rules = tuple(rule for rule in RULES if rule.key in by_rule)
        return PoolShares(purchase, rules, by_rule, sampled.standard_error, None, {}, None)
    game = tabulate_both(purchase.members, purchase.costs_and_shares)
    by_rule |= {rule.key: rule.shares(game) for rule in RULES if rule.key not in by_rule}
    cores = {rule: core_test(game, shares) for rule, shares in by_rule.items()}
    return PoolShares(purchase, RULES, by_rule, None, game, cores, least_core(game).epsilon)


def pooling_option(results: Results) -> str:
    """The last option that takes a route that pools, for any class; the last of all where none does."""
    problem = results.problem
    given = problem.inputs_by_key
    options = problem.frame.option_ids
    if TAKEN not in given or POOLS not in given:
        return options[-1]
    taken, pools = problem.values[given[TAKEN]], problem.values[given[POOLS]]
    for option in reversed(options):
        if any(taken.amount(option, m) and pools.amount(option, (m[0],)) for m in taken.base):
            return option
    return options[-1]
