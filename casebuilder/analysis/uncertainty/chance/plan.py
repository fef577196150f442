"""Which variables the inputs of a case are drawn by, and what goes together.

An input is drawn as a whole, by one variable: its values are wrong together. Its case may say that each
member is drawn for itself (`draw: each`), by a variable of its own that all its periods and options share;
or that it follows a driver, which several inputs share. An input whose rows add up to one is drawn member by
member, since all shares of one thing cannot be high together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from scipy.special import ndtri

from casebuilder.algebra.dimensions import without_time
from casebuilder.algebra.terms import Input
from casebuilder.analysis.uncertainty.chance.dependence import Together, together
from casebuilder.analysis.uncertainty.chance.placing import Placing, Sum, Variable, placing
from casebuilder.analysis.uncertainty.chance.scores import SOBOL, scores_of, words_of
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import Members

DRIVER = "driver:"


@dataclass(frozen=True)
class Sampling:
    """How scores are drawn.

    Attributes
    ----------
    seed
        What they begin from.
    kind
        `sobol` or `latin`.
    of
        How many draws there are in all: Latin needs it.
    """

    seed: int
    kind: str = SOBOL
    of: int = 0


@dataclass(frozen=True)
class Plan:
    """The variables of a case and what is drawn by them.

    Attributes
    ----------
    keys
        Of each variable: an input's, with its members where each is drawn for itself, or a driver's.
    mirrors
        For a variable that runs against another, that other.
    groups
        Variables that are correlated.
    placings
        How each input is drawn, by its key.
    """

    keys: tuple[str, ...]
    mirrors: Mapping[int, int]
    groups: tuple[Together, ...]
    placings: Mapping[str, Placing]

    def scores(
        self, variables: Iterable[int], draws: range, sampling: Sampling
    ) -> tuple[dict[int, Array], dict[int, Array]]:
        """The scores of some variables, and the same as normal scores, by variable."""
        wanted = tuple(dict.fromkeys(variables))
        own = {self.mirrors.get(variable, variable) for variable in wanted}
        bound = [group for group in self.groups if own.intersection(group.variables)]
        own.update(variable for group in bound for variable in group.variables)
        ordered = sorted(own)
        words = words_of(sampling.seed, [self.keys[variable] for variable in ordered])
        found = scores_of(words, draws, sampling.kind, sampling.of)
        scores = dict(zip(ordered, found, strict=True))
        normal = dict(zip(ordered, ndtri(found), strict=True))
        for group in bound:
            group.bind(scores, normal)
        for variable in wanted:
            if (of := self.mirrors.get(variable)) is not None:
                scores[variable], normal[variable] = 1 - scores[of], -normal[of]
        return scores, normal

    def samples(
        self,
        inputs: Sequence[Input],
        draws: range,
        sampling: Sampling,
        raised: MutableMapping[str, int] | None = None,
    ) -> dict[Input, Array]:
        """The values of some inputs; `raised` counts draws in which one was raised to that before it."""
        variables = [variable for item in inputs for variable in self.placings[item.key].variables]
        scores, normal = self.scores(variables, draws, sampling)
        return {item: self.placings[item.key].at(scores, normal, raised) for item in inputs}


def plan_of(problem: Problem, inputs: Sequence[Input], sums: Mapping[str, Sum]) -> Plan:
    """How some inputs are drawn.

    Parameters
    ----------
    problem
        The case.
    inputs
        What is drawn.
    sums
        What the rows of an input add up to.
    """
    said = problem.inputs.uncertainty
    keys: dict[str, int] = {}
    mirrors: dict[int, int] = {}

    def variable(key: str) -> int:
        return keys.setdefault(key, len(keys))

    placings = {}
    for item in inputs:
        named = _whole(item, said.drivers.get(item.key), variable, mirrors)
        if item.key in said.each or (item.key in sums and sums[item.key].exact):
            named = _each(item, variable)
        placings[item.key] = placing(problem, item, named, sums.get(item.key))
    pairs = {}
    for each in said.correlations:
        sides = [_side(name, keys, said.drivers) for name in (each.a, each.b)]
        (a, sign_a), (b, sign_b) = sides
        if a is not None and b is not None and a != b:
            pairs[a, b] = each.rank * sign_a * sign_b
    groups = together(len(keys), pairs, list(keys))
    return Plan(tuple(keys), mirrors, tuple(groups), placings)


def _whole(
    item: Input,
    driver: tuple[str, int] | None,
    variable: Callable[[str], int],
    mirrors: MutableMapping[int, int],
) -> Variable:
    """One variable for all values: the input's own, or its driver's."""
    if driver is None:
        own: list[int] = []

        def of_input(_: Members) -> int:
            if not own:
                own.append(variable(item.key))
            return own[0]

        return of_input
    name, sign = driver
    of = variable(f"{DRIVER}{name}")
    if sign > 0:
        return lambda _: of
    against = variable(f"{DRIVER}-{name}")
    mirrors[against] = of
    return lambda _: against


def _each(item: Input, variable: Callable[[str], int]) -> Variable:
    """A variable for each combination of members, which its periods share."""
    kept = len(without_time(item.over))

    def of_member(members: Members) -> int:
        return variable(f"{item.key}[{','.join(members[:kept])}]")

    return of_member


def _side(
    name: str, keys: Mapping[str, int], drivers: Mapping[str, tuple[str, int]]
) -> tuple[int | None, int]:
    """The variable that a correlation names, and whether it runs with it or against it."""
    if name in drivers:
        driver, sign = drivers[name]
        return keys.get(f"{DRIVER}{driver}"), sign
    return keys.get(f"{DRIVER}{name}", keys.get(name)), 1
