"""Whose values are whose: the rows of a trust, and those of the sites that it hosts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casebuilder.evaluate.problem import Problem
from casebuilder.workbook.intake.rows import FormRow


def hosted_by(problem: Problem, trust: str, content: Mapping[str, Any]) -> frozenset[str]:
    """The sites of which a trust runs any part, in the base case or in an option.

    Parameters
    ----------
    problem
        The case.
    trust
        The id of a trust.
    content
        The content of `workbook/intake.yaml`.
    """
    given = problem.inputs.values.get(content["hosts"])
    if given is None:
        return frozenset()
    own, site = (given.input.over.index(content[name]) for name in ("owner", "hosted"))
    layers = (given.base, *given.options.values())
    return frozenset(
        members[site]
        for values in layers
        for members, value in values.items()
        if members[own] == trust and isinstance(value.amount, float) and value.amount > 0
    )


def owned(rows: Iterable[FormRow], problem: Problem, trust: str, content: Mapping[str, Any]) -> list[FormRow]:
    """The rows that a trust owns: its own, and of rows of a site alone those of the sites that it hosts.

    Parameters
    ----------
    rows
        Those of the case.
    problem, trust, content
        As for `hosted_by`.
    """
    owner, hosted, sites = content["owner"], content["hosted"], hosted_by(problem, trust, content)
    found: list[FormRow] = []
    for row in rows:
        whose = row.at(owner)
        if whose == trust or (whose is None and row.at(hosted) in sites):
            found.append(row)
    return found


def others(problem: Problem, trust: str, content: Mapping[str, Any]) -> Sequence[str]:
    """The names of the trusts whose values such a form does not show."""
    owner = content["owner"]
    return [problem.frame.label(owner, each) for each in problem.frame.ids(owner) if each != trust]
