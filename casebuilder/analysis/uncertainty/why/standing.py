"""Where an assumption stands among those of other cases, and capital among published centres."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.evaluate.engine import Results
from casebuilder.inputs.templates.read import template
from casebuilder.inputs.values import CaseInputs, InputValues, Members
from casebuilder.units import parse_unit

_REFERENCE = "reference/"
_CLASS = "reference_class"
_DECIMALS = 9
_TIMES = ("minute", "hour", "day", "week", "month", "year")


@dataclass(frozen=True)
class Standing:
    """An input beside what other cases give for it themselves, the reference set's values left out.

    A rate is set beside those of any site, trust or place; how much there is of something only beside what
    the same member has in other cases.

    Attributes
    ----------
    key, label, unit
        The input's.
    value
        The case's own: the middle one where there are many.
    percentile
        The share of others that lie below it, half of those equal to it counted; of many values the middle
        one. None where there are too few to compare with.
    others
        How many values of other cases it is set beside: the fewest of any value compared.
    lowest, highest
        Of the others.
    cases
        Those that give any.
    """

    key: str
    label: str
    unit: str
    value: float
    percentile: float | None
    others: int
    lowest: float | None
    highest: float | None
    cases: tuple[str, ...]


@dataclass(frozen=True)
class Published:
    """What the option's capital comes to by one measure, beside published centres.

    Attributes
    ----------
    basis, label
        The measure.
    value
        The option's cost of a unit, at prices of the base year.
    percentile
        The share of published centres that cost less; None where there are too few.
    centres
        How many there are.
    lowest, highest
        Of these.
    """

    basis: str
    label: str
    value: float
    percentile: float | None
    centres: int
    lowest: float | None
    highest: float | None


def least_to_compare() -> int:
    """How many values there must be for a percentile."""
    return int(template("challenge.yaml")["compared_with_at_least"])


def standings_of(case: CaseInputs, others: Mapping[str, CaseInputs], keys: Iterable[str]) -> list[Standing]:
    """Where some assumptions of a case stand among other cases.

    Parameters
    ----------
    case
        The case.
    others
        Other cases, by name.
    keys
        The inputs; those of words are passed over.
    """
    found = []
    for key in keys:
        given = case.values[key]
        own = {m: float(v.amount) for m, v in given.base.items() if not isinstance(v.amount, str)}
        if own:
            found.append(_standing(given, own, case, others))
    return found


def _standing(
    given: InputValues,
    own: Mapping[Members, float],
    case: CaseInputs,
    others: Mapping[str, CaseInputs],
) -> Standing:
    item = given.input
    theirs = {name: _own_values(other, item.key) for name, other in others.items()}
    rate = _is_rate(item.unit)
    percentiles: list[float] = []
    counts: list[int] = []
    seen: list[float] = []
    for members, amount in own.items():
        alike = [
            value
            for name, values in theirs.items()
            for other, value in values.items()
            if other == members or (rate and _alike(item.over, members, other, others[name]))
        ]
        if not alike:
            continue
        seen += alike
        counts.append(len(alike))
        below = sum(value < amount - 1e-12 for value in alike)
        same = sum(abs(value - amount) <= 1e-12 for value in alike)
        percentiles.append((below + same / 2) / len(alike))
    fewest = min(counts, default=0)
    enough = fewest >= least_to_compare()
    return Standing(
        item.key,
        item.label,
        item.unit,
        float(np.median(list(own.values()))),
        float(np.median(percentiles)) if enough else None,
        fewest,
        min(seen, default=None),
        max(seen, default=None),
        tuple(name for name, values in theirs.items() if values),
    )


def _own_values(case: CaseInputs, key: str) -> dict[Members, float]:
    """The numbers that a case gives itself, and not the reference set, a default or the calendar."""
    given = case.values.get(key)
    if given is None:
        return {}
    return {
        members: float(value.amount)
        for members, value in given.base.items()
        if not isinstance(value.amount, str)
        and (file := given.origin(None, members).file)
        and not file.startswith(_REFERENCE)
        and file != "case.yaml"
    }


def _is_rate(unit: str) -> bool:
    """Whether a unit is of a rate, a share or a time, and not of how much there is."""
    powers = [(atom, power) for atom, power in parse_unit(unit).powers if atom not in _TIMES]
    return not any(power > 0 for _, power in powers) or any(power < 0 for _, power in powers)


def _alike(over: Sequence[str], members: Members, other: Members, case: CaseInputs) -> bool:
    """Whether two values are of the same thing: members that both cases have must agree."""
    return all(
        one == two or one not in case.frame.positions.get(dimension, {})
        for dimension, one, two in zip(over, members, other, strict=True)
    )


def published(results: Results, option: str) -> list[Published]:
    """The option's capital among published centres, by each measure that it has."""
    problem = results.problem
    own, class_ = (problem.by_key.get(f"{_CLASS}.{name}") for name in ("option_unit_cost", "unit_cost"))
    if own is None or class_ is None:
        return []
    row = problem.frame.option_ids.index(option)
    values, costs = results.array(own)[0, row], results.array(class_)[0, row]
    labels = {member.id: member.label for member in problem.frame.members["class_basis"]}
    found = []
    for place, basis in enumerate(problem.frame.ids("class_basis")):
        value, of_class = float(values[place]), costs[place][costs[place] > 0]
        if not value > 0:
            continue
        count = len(of_class)
        below = float((np.round(of_class, _DECIMALS) < round(value, _DECIMALS)).sum())
        percentile = below / count if count >= least_to_compare() else None
        ends = (float(of_class.min()), float(of_class.max())) if count else (None, None)
        found.append(Published(basis, labels[basis], value, percentile, count, *ends))
    return found
