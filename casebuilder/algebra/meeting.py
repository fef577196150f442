"""Which dimensions stand in one line together, so that a reader keeps them apart."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from casebuilder.algebra.operator_table import OPERATORS
from casebuilder.algebra.terms import Call, Line, Named, PeriodNumber, Term, walk

Meeting = frozenset[str]


def meetings(named: Iterable[Named]) -> frozenset[Meeting]:
    """The sets of dimensions that meet: all that a line's formula, its parts and its rows vary by.

    Parameters
    ----------
    named
        Lines and inputs; an input's own dimensions meet.
    """
    return frozenset(
        _meeting(each.over, *((each.definition, each.opening) if isinstance(each, Line) else ()))
        for each in named
    )


@lru_cache(maxsize=20_000)
def _meeting(over: tuple[str, ...], *terms: Term | None) -> Meeting:
    parts = (part for term in terms if term is not None for part in walk(term))
    return frozenset((*over, *(dimension for part in parts for dimension in _own(part))))


def _own(term: Term) -> Iterable[str]:
    """What a term brings in itself, without its arguments."""
    if isinstance(term, Named):
        return term.over
    if isinstance(term, PeriodNumber):
        return (term.axis,)
    if not isinstance(term, Call):
        return ()
    operator = OPERATORS[term.operator]
    added = (term.settings[operator.adds],) if operator.adds else ()
    return (*(operator.axis or ()), *added)
