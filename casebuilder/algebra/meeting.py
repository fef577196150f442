"""Which dimensions stand in one line together, so that a reader keeps them apart."""

from __future__ import annotations

from collections.abc import Iterable

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
    found = set()
    for each in named:
        here = set(each.over)
        terms = (each.definition, each.opening) if isinstance(each, Line) else ()
        for term in terms:
            for part in walk(term) if term is not None else ():
                here.update(_own(part))
        found.add(frozenset(here))
    return frozenset(found)


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
