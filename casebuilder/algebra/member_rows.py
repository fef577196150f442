"""Lines whose rows each have their member's own formula: the formula of a row, and members that have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.operator_table import ANY, OPERATORS, OVER, PICKED
from casebuilder.algebra.terms import Call, Line, Number, Term, walk

BY_MEMBER = "by_member"


def case_of(call: Call, member: str) -> Term | None:
    """What `by_member` says of a member: its own term, that of all others, or None where it says nothing."""
    members: tuple[str, ...] = call.settings["members"]
    if member in members:
        return call.arguments[members.index(member)]
    return call.arguments[-1] if call.settings["others"] else None


def for_row(term: Term, members: Mapping[str, str]) -> Term:
    """The formula of a row: each choice by member is the one of the row's own member.

    What a sum goes over, or `at` picks, is chosen within it, not by the row.
    """
    if not isinstance(term, Call):
        return term
    operator = OPERATORS[term.operator]
    inside = members
    if operator.reduces or operator.removes == OVER:
        inside = {d: m for d, m in members.items() if d not in term.settings[OVER]}
    elif operator.removes == PICKED:
        inside = {d: m for d, m in members.items() if d != term.settings[PICKED]}
    if term.operator == BY_MEMBER and term.settings["dimension"] in inside:
        chosen = case_of(term, inside[term.settings["dimension"]])
        return term if chosen is None else for_row(chosen, inside)
    arguments = [for_row(argument, inside) for argument in term.arguments]
    if all(new is old for new, old in zip(arguments, term.arguments, strict=True)):
        return term
    nothing = next((part for part in arguments if _is_nought(part)), None)
    if operator.nought == ANY and nothing is not None:  # so many times what the member has none of
        return nothing
    return Call(term.operator, *arguments, **term.settings)


def _is_nought(term: Term) -> bool:
    return isinstance(term, Number) and term.value == 0


def dimension_of_rows(line: Line) -> str:
    """The dimension by whose members a line's rows have formulas of their own; empty where they are alike."""
    return next((dimension for dimension in _chosen_by(line.definition) if dimension in line.over), "")


@lru_cache(maxsize=20_000)
def _chosen_by(term: Term) -> tuple[str, ...]:
    """The dimensions by whose members a term chooses, in the order in which it names them."""
    calls = (part for part in walk(term) if isinstance(part, Call) and part.operator == BY_MEMBER)
    return tuple(dict.fromkeys(str(call.settings["dimension"]) for call in calls))


def formulas(line: Line, frame: Frame) -> dict[str, Term]:
    """The formula of each member of `dimension_of_rows`; one under "" where all rows are alike."""
    dimension = dimension_of_rows(line)
    if not dimension:
        return {"": line.definition}
    return {member: _of_member(line.definition, dimension, member) for member in frame.ids(dimension)}


@lru_cache(maxsize=20_000)
def _of_member(term: Term, dimension: str, member: str) -> Term:
    """The formula of a member's row, the same term each time."""
    return for_row(term, {dimension: member})


def is_nought(line: Line, members: Mapping[str, str]) -> bool:
    """Whether a row's formula is 0 and nothing else: such a row need not stand in a workbook."""
    return bool(dimension_of_rows(line)) and _is_nought(for_row(line.definition, members))


def written(line: Line) -> Iterator[Term]:
    """Each formula that a line's rows may have, whatever members a case has."""
    dimension = dimension_of_rows(line)
    calls = [p for p in walk(line.definition) if isinstance(p, Call) and p.operator == BY_MEMBER]
    named = [m for call in calls if call.settings["dimension"] == dimension for m in call.settings["members"]]
    for member in dict.fromkeys([*named, ""]):  # no member is called nothing: it stands for all others
        yield for_row(line.definition, {dimension: member} if dimension else {})


def without_formula(line: Line, frame: Frame) -> Iterator[tuple[str, str]]:
    """The dimension and the member of each row that a case has and the line says nothing of."""
    for dimension in _chosen_by(line.definition):
        for member in frame.ids(dimension):
            row = for_row(line.definition, {dimension: member} if dimension in line.over else {})
            if any(_silent(part, dimension, member) for part in walk(row)):
                yield dimension, member


def _silent(part: Term, dimension: str, member: str) -> bool:
    return (
        isinstance(part, Call)
        and part.operator == BY_MEMBER
        and part.settings["dimension"] == dimension
        and case_of(part, member) is None
    )


def of_members(call: Call, frame: Frame) -> Call:
    """A choice by member without the members that a case does not have; as it is where none would be left."""
    dimension, members = call.settings["dimension"], call.settings["members"]
    known = set(frame.ids(dimension))
    if known.issuperset(members) or not (known.intersection(members) or call.settings["others"]):
        return call
    kept = {m: term for m, term in zip(members, call.arguments, strict=False) if m in known}
    rest = call.arguments[len(members) :]
    return Call(BY_MEMBER, *kept.values(), *rest, **{**call.settings, "members": tuple(kept)})
