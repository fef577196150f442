"""The pooled purchase of a case as a cost game: what every group of its trusts would pay by itself.

The cost of a group is a line of the model, `pool.together`, worked out with the flags `procurement.joins`
left to the group alone; so are its members' shares at one price. No figure is reckoned in a second place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from casebuilder.algebra.terms import Input, Line, Named
from casebuilder.analysis.sharing.games import Floats
from casebuilder.errors import CaseError
from casebuilder.evaluate.axes import OPTION_AXIS, Array
from casebuilder.evaluate.engine import Results, evaluate
from casebuilder.evaluate.option_values import OptionValues
from casebuilder.evaluate.problem import Problem

JOINS, VOLUME = "procurement.joins", "procurement.volume_delivered"
REFUSES = "procurement.refuses_standard"
UNITS = "procurement.trust_units"
TOGETHER, ALONE, ONE_PRICE = "pool.together", "pool.alone", "sharing.share_volume"
VALUE = "sharing.value_alone"
CHARGE, SAVES = "offers.charge", "offers.saves"
Samples = Mapping[str, tuple[Floats, tuple[str, ...]]]
_CHUNK = 1024  # groups at a time: few enough for memory, many enough for numpy


@dataclass(frozen=True, eq=False)
class PooledPurchase:
    """The pool of one option of a case.

    Attributes
    ----------
    results
        The values of every line.
    option
        The option whose centres are bought for.
    members
        The ids of the trusts that join, in the case's order.
    """

    results: Results
    option: str
    members: tuple[str, ...]

    @property
    def problem(self) -> Problem:
        """The case."""
        return self.results.problem

    @cached_property
    def values(self) -> OptionValues:
        """Lines and inputs of the option."""
        return OptionValues(self.results, self.option)

    def bought_by(self, member: str) -> tuple[tuple[int, str], ...]:
        """The classes for which a member joins and has units, each with its place in the case's order."""
        place = self.problem.frame.positions["provider"][member]
        joins, units = self.values(JOINS)[place], self.values(UNITS)[place]
        classes = self.problem.frame.ids("equipment")
        return tuple((n, each) for n, each in enumerate(classes) if joins[n] and units[n] > 0)

    @property
    def volume(self) -> Floats:
        """What each member brings, in pounds at the price alone, shape (n,)."""
        return self.by_member(VALUE)

    @property
    def alone(self) -> Floats:
        """What each member would pay by itself, shape (n,), GBP real at present value."""
        return self.by_member(ALONE)

    @property
    def together(self) -> float:
        """What all members pay together, GBP real at present value."""
        return float(self.results.value(TOGETHER, self.option) or 0.0)

    def cost_of(self, joined: Floats) -> Floats:
        """What groups of members would pay by themselves.

        Parameters
        ----------
        joined
            Shape (k, n), 1 where a member belongs to the group, else 0.

        Returns
        -------
        Shape (k,), GBP real at present value.
        """
        return self._found(self._joining(joined), TOGETHER)[0]

    def costs_and_shares(self, joined: Floats) -> tuple[Floats, Floats]:
        """What groups would pay by themselves (k,), and their members at one price (k, n)."""
        cost, shares = self._found(self._joining(joined), TOGETHER, ONE_PRICE)
        return cost, shares[:, self._places]

    def if_joined(self, flags: Floats) -> tuple[Floats, Floats]:
        """What members would pay alone and at one price if each joined for some classes only.

        Parameters
        ----------
        flags
            Shape (providers, classes), 1 where a trust joins for a class, else 0.

        Returns
        -------
        Two of shape (n,), GBP real at present value; 0 for a member that joins for none.
        """
        samples = {JOINS: (flags[None], ("provider", "equipment"))}
        alone, shares = self._found(samples, ALONE, ONE_PRICE)
        return alone[0, self._places], shares[0, self._places]

    def saving_at(self, volumes: Floats) -> Floats:
        """The saving of all members if only a share of the planned volume is ordered.

        Parameters
        ----------
        volumes
            Shape (k,), shares above 0.

        Returns
        -------
        Shape (k,), GBP real at present value; below 0 never, for members may buy apart.
        """
        return float(self.alone.sum()) - self._found({VOLUME: (volumes, ())}, TOGETHER)[0]

    def saves_at(self, volumes: Floats) -> Floats:
        """What each member saves under the rule put forward if only a share of the volume is ordered.

        Parameters
        ----------
        volumes
            Shape (k,), shares above 0.

        Returns
        -------
        Shape (k, n), GBP real at present value.
        """
        return self._found({VOLUME: (volumes, ())}, SAVES)[0][:, self._places]

    def charges_with_turned(self, refusals: Sequence[tuple[int, int]]) -> Floats:
        """What each member pays under the rule put forward if one refusal of standard kit is turned.

        Parameters
        ----------
        refusals
            The places of a trust and of a class: one that refuses takes standard kit, else it refuses.

        Returns
        -------
        Shape (k, n), GBP real at present value.
        """
        given = self.values(REFUSES)
        flags = np.repeat(given[None], len(refusals), axis=0)
        for number, place in enumerate(refusals):
            flags[(number, *place)] = 1 - flags[(number, *place)]
        samples = {REFUSES: (flags, ("provider", "equipment"))}
        return self._found(samples, CHARGE)[0][:, self._places]

    @property
    def _places(self) -> list[int]:
        providers = self.problem.frame.positions["provider"]
        return [providers[member] for member in self.members]

    def _joining(self, joined: Floats) -> Samples:
        """The classes for which each member joins, left to the members of each group."""
        given = self.values(JOINS)
        flags = np.zeros((len(joined), *given.shape))
        flags[:, self._places] = joined[:, :, None] * given[self._places]
        return {JOINS: (flags, ("provider", "equipment"))}

    def _found(self, samples: Samples, *keys: str) -> list[Floats]:
        """Lines for the option alone, on draws of some inputs."""
        problem, axes = self.problem, self.problem.axes
        place = self.values.place
        inputs = problem.inputs_by_key
        drawn: dict[Input, Array] = {}
        for key, (values, over) in samples.items():
            shape = axes.shape(over)
            shape[0] = len(values)
            drawn[inputs[key]] = values.reshape(shape)
        lines = [problem.by_key[key] for key in keys]
        moved, read = _moved_by(problem, set(drawn))
        given = {
            named: _one_option(self.results.arrays[named], place) for named in read if isinstance(named, Line)
        }
        fixed = {
            item: _one_option(axes.input_array(problem.values[item]), place)
            for item in read
            if isinstance(item, Input) and item in problem.values
        }
        assert moved.issuperset(lines)
        found = evaluate(problem, lines, {**fixed, **drawn}, chunk=_CHUNK, given=given)
        return [np.asarray(found.array(line)[:, place]) for line in lines]

    def by_member(self, key: str) -> Floats:
        """A line over trusts, for the members in order, shape (n,)."""
        return self.values(key)[self._places]


def pooled_purchase(results: Results, option: str) -> PooledPurchase | None:
    """The pool of an option; None where the case has no pool or fewer than two trusts join.

    Raises
    ------
    CaseError
        A trust joins that has nothing to buy: every such trust is named.
    """
    problem = results.problem
    joins = problem.inputs_by_key.get(JOINS)
    if joins is None or TOGETHER not in problem.by_key or option not in problem.frame.option_ids:
        return None
    given = problem.values[joins]
    classes = problem.frame.ids("equipment")
    members = tuple(
        p for p in problem.frame.ids("provider") if any(given.amount(option, (p, c)) for c in classes)
    )
    found = PooledPurchase(results, option, members)
    empty = [member for member, value in zip(members, found.volume, strict=True) if not value > 0]
    if len(members) > len(empty) and empty:
        named = ", ".join(f"{problem.frame.label('provider', m)} ({m})" for m in empty)
        raise CaseError(
            f"in option {option} a member of the pool has no volume: {named}. Give it units "
            f"(procurement.own_units, or a centre that it owns), or set {JOINS}[{empty[0]}] to 0"
        )
    return found if len(members) > max(len(empty), 1) else None


def _moved_by(problem: Problem, inputs: set[Input]) -> tuple[set[Line], set[Named]]:
    """The lines that some inputs move, and what those lines read beside one another and these inputs."""
    moved: set[Named] = set(inputs)
    for step in problem.steps:
        for line in step.lines:
            if any(named in moved for named in problem.sources_of(line)):
                moved.add(line)
    lines = {named for named in moved if isinstance(named, Line)}
    read = {named for line in lines for named in problem.sources_of(line)} - moved
    return lines, read


def _one_option(x: Array, place: int) -> Array:
    """The values of one option; all options where they do not differ."""
    if x.shape[OPTION_AXIS] == 1:
        return x
    return x[(slice(None),) * OPTION_AXIS + (slice(place, place + 1),)]
