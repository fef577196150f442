"""Plant a fault in a line of the model for the length of a test, so that a test can show it bites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from casebuilder.algebra.terms import Call, Line, Named, Term


@contextmanager
def planted(line: Line, wrong: Term) -> Iterator[None]:
    """Give a line a wrong formula, and its own again at the end."""
    right = line.formula
    line.formula = wrong
    try:
        yield
    finally:
        line.formula = right


def misread(term: Term, instead: Mapping[Named, Term]) -> Term:
    """A formula in which some names are read as something else."""
    if isinstance(term, Named):
        return instead.get(term, term)
    if isinstance(term, Call):
        return Call(term.operator, *(misread(part, instead) for part in term.arguments), **term.settings)
    return term
