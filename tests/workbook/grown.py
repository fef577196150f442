"""Shipped cases made larger: members of a dimension are added as copies of those that the case has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import TypeVar

from casebuilder.algebra.dimensions import Frame, Member
from casebuilder.case import Case
from casebuilder.inputs.values import CaseInputs, InputValues

V = TypeVar("V")


def grown(case: Case, **counts: int) -> Case:
    """A case with so many members of some dimensions.

    The added members are `more_1`, `more_2` and so on, each with the pairs and all the values of one of the
    members there were, in turn. Figures are not those of any system; shapes and formulas are what is tried.
    """
    inputs = case.inputs
    for dimension, count in counts.items():
        inputs = _grown(inputs, dimension, count)
    return replace(case, inputs=inputs)


def with_two_options(case: Case) -> Case:
    """A case with its first and its last option and no claims: half of what it would write."""
    inputs = case.inputs
    kept = (inputs.frame.options[0], inputs.frame.options[-1])
    ids = {option.id for option in kept}
    values = {
        key: replace(
            of,
            options={option: given for option, given in of.options.items() if option in ids},
            option_origins={option: given for option, given in of.option_origins.items() if option in ids},
            opened=of.opened & ids,
        )
        for key, of in inputs.values.items()
    }
    frame = replace(inputs.frame, options=kept)
    return replace(case, inputs=replace(inputs, frame=frame, values=values, claims=()))


def _grown(inputs: CaseInputs, dimension: str, count: int) -> CaseInputs:
    frame = inputs.frame
    own = frame.ids(dimension)
    like = {f"more_{i}": own[i % len(own)] for i in range(1, count - len(own) + 1)}
    copies = {member: [member] for member in own}
    for new, old in like.items():
        copies[old].append(new)
    added = tuple(Member(new, f"{frame.label(dimension, old)} {new[5:]}") for new, old in like.items())
    pairs = {
        pair: frozenset(
            found
            for a, b in allowed
            for found in product(
                copies[a] if pair[0] == dimension else [a], copies[b] if pair[1] == dimension else [b]
            )
        )
        for pair, allowed in frame.pairs.items()
    }
    larger: Frame = replace(
        frame, members={**frame.members, dimension: (*frame.members[dimension], *added)}, pairs=pairs
    )
    values = {key: _copied(of, dimension, copies) for key, of in inputs.values.items()}
    return replace(inputs, frame=larger, values=values)


def _copied(of: InputValues, dimension: str, copies: Mapping[str, list[str]]) -> InputValues:
    if dimension not in of.input.over:
        return of
    place = of.input.over.index(dimension)

    def all_of(given: Mapping[tuple[str, ...], V]) -> dict[tuple[str, ...], V]:
        return {
            (*key[:place], member, *key[place + 1 :]): value
            for key, value in given.items()
            for member in copies[key[place]]
        }

    return replace(
        of,
        base=all_of(of.base),
        options={option: all_of(given) for option, given in of.options.items()},
        other_origins=all_of(of.other_origins),
    )
