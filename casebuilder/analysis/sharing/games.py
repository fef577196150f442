"""A cost game: what every group of trusts would pay if it pooled by itself.

A group of members is a whole number whose bit i says whether member i is in it, so the costs of all
groups are one array: `cost[0]` is nobody, `cost[-1]` is everybody together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from casebuilder.errors import CaseError

Floats = NDArray[np.float64]
CostOf = Callable[[Floats], Floats]  # (k, n) of 0 and 1, who joined -> (k,) costs
CostsAndShares = Callable[[Floats], tuple[Floats, Floats]]  # the same, and (k, n) shares at one price

MOST_MEMBERS = 15
ROUNDING = 1e-12  # of the largest cost: a difference below this is rounding, not money
_BATCH = 4096


@dataclass(frozen=True, eq=False)
class Game:
    """The cost of every group of members, kept as given and never changed.

    Parameters
    ----------
    members
        Their names, each once; at most 15.
    cost
        Shape (2**n,), in one unit of money; `cost[0]` is 0.
    volume
        Shape (n,), what each buys; needed only to share by volume.
    one_price
        Shape (2**n, n), what each member of a group pays where the group shares at one price for each kind of
        kit; 0 for who is not in it. None where there is one kind, so that volumes tell.

    Raises
    ------
    CaseError
        A wrong number of costs or volumes, a name given twice, or a value that is no number.
    """

    members: tuple[str, ...]
    cost: Floats
    volume: Floats | None = None
    one_price: Floats | None = None

    def __post_init__(self) -> None:
        """Keep copies that cannot be written to."""
        check_number(self.members)
        object.__setattr__(self, "cost", _kept("cost", self.cost, 2 ** len(self.members)))
        if self.cost[0] != 0:
            raise CaseError(f"the cost of nobody is {self.cost[0]:g}: it must be 0")
        if self.volume is not None:
            object.__setattr__(self, "volume", _kept("volume", self.volume, len(self.members)))
        if self.one_price is not None and self.one_price.shape != (len(self.cost), len(self.members)):
            raise CaseError(f"one price: an array of shape {self.one_price.shape} where every group is due")

    @property
    def size(self) -> int:
        """How many members there are, n."""
        return len(self.members)

    @property
    def grand(self) -> float:
        """The cost of all together, which every rule shares out."""
        return float(self.cost[-1])

    @cached_property
    def standalone(self) -> Floats:
        """What each member pays alone, shape (n,)."""
        found: Floats = self.cost[1 << np.arange(self.size)]
        return found

    @property
    def saving(self) -> float:
        """What all together save against each alone; below 0 where pooling costs more."""
        return float(self.standalone.sum()) - self.grand

    @cached_property
    def separable(self) -> Floats:
        """What each member adds to the cost of all the others, shape (n,): its separable cost."""
        others: Floats = self.cost[(len(self.cost) - 1) ^ (1 << np.arange(self.size))]
        return self.grand - others

    @property
    def scale(self) -> float:
        """The largest cost, without its sign: what rounding is measured by."""
        return float(np.abs(self.cost).max())

    @cached_property
    def joined(self) -> Floats:
        """Who is in each group, shape (2**n, n) of 0 and 1."""
        return everyone(self.size)

    @cached_property
    def heads(self) -> Floats:
        """How many members each group has, shape (2**n,)."""
        found: Floats = self.joined.sum(axis=1)
        return found

    def paid(self, shares: Floats) -> Floats:
        """What each group pays under some shares, shape (2**n,)."""
        total = np.zeros(1)
        for share in self.checked(shares):
            total = np.concatenate([total, total + share])
        return total

    def checked(self, shares: Floats | Sequence[float]) -> Floats:
        """Shares as an array, one number a member.

        Raises
        ------
        CaseError
            Not one number for each member.
        """
        return _kept("share", shares, self.size)

    def names(self, group: int) -> tuple[str, ...]:
        """The members of a group."""
        return tuple(name for place, name in enumerate(self.members) if group >> place & 1)

    def group(self, names: Iterable[str]) -> int:
        """The number of a group of members.

        Raises
        ------
        CaseError
            A name that is no member.
        """
        wanted = set(names)
        if unknown := sorted(wanted - set(self.members)):
            raise CaseError(f"no member is named {', '.join(unknown)}: they are {', '.join(self.members)}")
        return sum(1 << place for place, name in enumerate(self.members) if name in wanted)

    def among(self, names: Iterable[str]) -> Game:
        """The same game among some of the members only, in the same order."""
        places = [place for place in range(self.size) if self.group(names) >> place & 1]
        groups = np.zeros(1, dtype=np.int64)
        for place in places:
            groups = np.concatenate([groups, groups | (1 << place)])
        volume = None if self.volume is None else self.volume[places]
        one_price = None if self.one_price is None else self.one_price[groups][:, places]
        return Game(tuple(self.members[place] for place in places), self.cost[groups], volume, one_price)

    def without(self, name: str) -> Game:
        """The same game once a member has left; there must be another."""
        left = self.group([name])
        return self.among(self.names((len(self.cost) - 1) ^ left))


def tabulate(
    members: Sequence[str], cost_of: CostOf, *, volume: Floats | None = None, batch: int = _BATCH
) -> Game:
    """Work out the cost of every group of members.

    Parameters
    ----------
    members
        Their names, each once; at most 15.
    cost_of
        The costs (k,) of k groups, given who joined (k, n) as 0 and 1. It is called for up to `batch`
        groups at a time, and never for nobody, which costs 0.
    volume
        Shape (n,), what each buys; needed only to share by volume.
    batch
        The most groups in a call.

    Raises
    ------
    CaseError
        Too many members, or costs that are no numbers.
    """
    names = tuple(members)
    check_number(names)
    groups = everyone(len(names))[1:]
    parts = [cost_of(groups[start : start + batch]) for start in range(0, len(groups), batch)]
    return Game(names, np.concatenate([[0.0], *parts]), volume)


def tabulate_both(members: Sequence[str], costs_and_shares: CostsAndShares, *, batch: int = _BATCH) -> Game:
    """Work out the cost of every group of members, and what each pays in it at one price.

    Parameters
    ----------
    members
        Their names, each once; at most 15.
    costs_and_shares
        The costs (k,) of k groups and their members' shares (k, n) at one price, given who joined (k, n).
    batch
        The most groups in a call.

    Raises
    ------
    CaseError
        Too many members, or costs that are no numbers.
    """
    names = tuple(members)
    check_number(names)
    groups = everyone(len(names))[1:]
    parts = [costs_and_shares(groups[start : start + batch]) for start in range(0, len(groups), batch)]
    cost = np.concatenate([[0.0], *(costs for costs, _ in parts)])
    one_price = np.concatenate([np.zeros((1, len(names))), *(shares for _, shares in parts)])
    return Game(names, cost, None, one_price)


def everyone(size: int) -> Floats:
    """Who is in each group of a number of members, shape (2**n, n) of 0 and 1."""
    return (np.arange(2**size)[:, None] >> np.arange(size) & 1).astype(np.float64)


def check_number(members: Sequence[str]) -> None:
    """Refuse members whose groups cannot be listed.

    Raises
    ------
    CaseError
        No member, more than 15, or a name given twice.
    """
    if not members:
        raise CaseError("there is nobody to share a cost among: name at least one member")
    if len(members) > MOST_MEMBERS:
        raise CaseError(
            f"{len(members)} members form {2 ** len(members):,} groups, too many to work out one by one: "
            f"name at most {MOST_MEMBERS}, or take the sampled Shapley value"
        )
    if twice := sorted({name for name in members if members.count(name) > 1}):
        raise CaseError(f"a member is named twice: {', '.join(twice)}")


def _kept(what: str, values: Floats | Sequence[float], number: int) -> Floats:
    """A copy that cannot be written to, of the length it must have."""
    found = np.array(values, dtype=np.float64)
    if found.shape != (number,):
        raise CaseError(f"{what}: an array of shape {found.shape} where {number} numbers are due")
    if not np.isfinite(found).all():
        raise CaseError(f"{what}: every one must be a number, and {int((~np.isfinite(found)).sum())} are not")
    found.flags.writeable = False
    return found
