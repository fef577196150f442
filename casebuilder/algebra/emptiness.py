"""What may have no value: reports stand empty, and no line computes with one that may."""

from __future__ import annotations

from typing import cast

from casebuilder.algebra.operator_table import OPERATORS
from casebuilder.algebra.terms import Call, Line, Term, walk


def may_be_empty(line: Line) -> bool:
    """Whether a line can have no value: a ratio, a first period, a rate; a link to such a line or a gap."""
    formula = line.definition
    if empty_before_a_gap(formula) is not None:
        return True
    if isinstance(formula, Call) and formula.operator == "at":
        formula = formula.arguments[0]
    if isinstance(formula, Line):
        return may_be_empty(formula)
    return isinstance(formula, Call) and OPERATORS[formula.operator].may_be_empty


def empty_before_a_gap(term: Term) -> Line | None:
    """Of `a - b`, the line a where it may be empty: a report beside another, which is empty where a is."""
    if not (isinstance(term, Call) and term.operator == "subtract"):
        return None
    first, second = term.arguments
    alone = isinstance(first, Line) and first not in walk(second)
    return cast(Line, first) if alone and may_be_empty(cast(Line, first)) else None


def check_emptiness(line: Line, term: Term) -> list[str]:
    """What a term of a line computes with that may be empty, which only a report may show."""
    if isinstance(term, Line):
        return []
    bare = term.arguments[0] if isinstance(term, Call) and term.operator == "at" else empty_before_a_gap(term)
    faults = []
    for part in walk(term):
        inside = isinstance(part, Call) and OPERATORS[part.operator].may_be_empty and part is not term
        empty = isinstance(part, Line) and part is not bare and may_be_empty(part)
        if inside or empty:
            name = part.key if isinstance(part, Line) else cast(Call, part).operator
            faults.append(f"{line.key} computes with {name}, which may be empty")
    return faults
