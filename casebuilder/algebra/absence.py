"""What a case has no members for: which lines are lost, why, and which sums are nought instead."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from casebuilder.algebra.dimensions import OPTION, Frame
from casebuilder.algebra.member_rows import BY_MEMBER, of_members
from casebuilder.algebra.operator_table import ALL, ANY, FIRST, OPERATORS, OVER
from casebuilder.algebra.terms import Call, Line, Named, Nought, Number, Term


@dataclass(frozen=True, order=True)
class Cause:
    """Why a line is lost: a dimension without members, or one member that is not among them.

    `kind` is the dimension as people read it.
    """

    dimension: str
    member: str = ""
    kind: str = field(default="", compare=False)

    def __str__(self) -> str:
        """The cause in words."""
        name = self.kind or self.dimension
        kind = name if name == self.dimension else f"{name} ({self.dimension})"
        return f"the case has no {kind} '{self.member}'" if self.member else f"the case has no {kind}"


@dataclass(frozen=True)
class Loss:
    """A line that a case does not have.

    Attributes
    ----------
    line
        The line.
    own
        What its own formula or dimensions lack.
    roots
        All causes at the root, those of lines upstream included.
    upstream
        The lost lines that it reads.
    rows_only
        Whether only its rows are missing: it runs over a dimension that may have no members, and what
        sums it up is nought.
    """

    line: Line
    own: frozenset[Cause]
    roots: frozenset[Cause]
    upstream: tuple[Line, ...]
    rows_only: bool


@dataclass(frozen=True)
class Present:
    """The lines that a case has, in their order, and those it has not."""

    lines: Mapping[Line, Line]
    lost: Mapping[Line, Loss]


@dataclass(frozen=True)
class _Shape:
    """All that is asked of a frame: its dimensions as people read them, with their members."""

    dimensions: tuple[tuple[str, str, tuple[str, ...]], ...]
    frame: Frame = field(compare=False)


def present(lines: Sequence[Line], frame: Frame, may_have_none: Collection[str]) -> Present:
    """Part lines into those a case has and those it has not.

    Parameters
    ----------
    lines
        All lines of the model.
    frame
        The members of the case.
    may_have_none
        Dimensions that may have no members: a sum over one is nought, and only what runs over it goes.

    Returns
    -------
    Present
        By each line of the model the line as this case reads it: the same, or a copy in which sums over
        nothing are nought; the same lines for the same members.
    """
    formulas = tuple((line.definition, line.opening) for line in lines)
    shape = _Shape(tuple((d, frame.title(d), frame.ids(d)) for d in frame.dimensions), frame)
    return _present(tuple(lines), formulas, shape, frozenset(may_have_none))


@lru_cache(maxsize=8)
def _present(
    lines: tuple[Line, ...],
    _formulas: tuple[tuple[Term, Term | None], ...],
    shape: _Shape,
    may_have_none: frozenset[str],
) -> Present:
    """What is worked out from lines with these formulas alone, once for cases with the same members."""
    frame = shape.frame
    empty = frozenset(d for d in frame.dimensions if not frame.ids(d))
    nothing = empty & may_have_none
    read = _read(lines, nothing, frame)
    own = {line: frozenset(_own(line, terms, frame, empty)) for line, terms in read.items()}
    named = {line: _named(terms) for line, terms in read.items()}
    roots = _spread(own, named)
    lost = {
        line: Loss(
            line,
            own[line],
            roots[line],
            tuple(part for part in named[line] if roots.get(part)),
            bool(nothing.intersection(line.over)),
        )
        for line in lines
        if roots[line]
    }
    return Present(_rewritten([line for line in lines if line not in lost], read, named), lost)


def _read(lines: Sequence[Line], nothing: frozenset[str], frame: Frame) -> dict[Line, list[Term]]:
    """The formula and the opening of each line, sums over nothing replaced, and only members of the case."""
    found: dict[Line, list[Term]] = {}
    nought: dict[Line, Nought] = {}
    for line in lines:
        terms = [line.definition] + ([line.opening] if line.opening is not None else [])
        terms = [_of_members(term, frame) for term in terms]
        found[line] = [_without(term, nothing, nought) for term in terms] if nothing else terms
        formula = found[line][0]
        if isinstance(formula, Nought) and line.opening is None:
            nought[line] = formula
    return found


def _of_members(term: Term, frame: Frame) -> Term:
    """A term in which a choice by member names no member that the case has not; the same where none does."""
    if not isinstance(term, Call):
        return term
    if term.operator == BY_MEMBER:
        term = of_members(term, frame)
    arguments = [_of_members(argument, frame) for argument in term.arguments]
    if all(a is b for a, b in zip(arguments, term.arguments, strict=True)):
        return term
    return Call(term.operator, *arguments, **term.settings)


def _without(term: Term, nothing: frozenset[str], nought: Mapping[Line, Nought]) -> Term:
    """A term in which each sum over a dimension without members is nought; the same where there is none."""
    if not isinstance(term, Call):
        return term
    operator = OPERATORS[term.operator]
    if operator.reduces and operator.removes:  # adding up, or an extreme, of nothing is 0 in every reading
        gone = nothing.intersection(term.settings[OVER])
        if gone:
            return Nought(min(gone))
    arguments = [_without(argument, nothing, nought) for argument in term.arguments]
    if all(a is b for a, b in zip(arguments, term.arguments, strict=True)):
        return _folded(term, nought)
    return _folded(Call(term.operator, *arguments, **term.settings), nought)


def _folded(call: Call, lines: Mapping[Line, Nought]) -> Term:
    """Nought where an operator makes nothing else of nought; what a condition that is nought leaves."""
    first = call.arguments[0]
    if call.operator == "where" or call.operator == "above":
        # A condition may ask about a line that is nought in itself.
        first = lines.get(first, first) if isinstance(first, Line) else first
        if not isinstance(first, Nought):
            return call
        if call.operator == "where":
            return call.arguments[2]
        limit = call.arguments[1]
        return first if isinstance(limit, Number) and limit.value >= 0 else call
    nought = [argument for argument in call.arguments if isinstance(argument, Nought)]
    if not nought:
        return call
    when = OPERATORS[call.operator].nought
    gone = (
        when == ANY
        or (when == FIRST and isinstance(first, Nought))
        or (when == ALL and all(_is_nought(argument) for argument in call.arguments))
    )
    return nought[0] if gone else call


def _is_nought(term: Term) -> bool:
    return isinstance(term, Number) and term.value == 0


def _own(line: Line, terms: Iterable[Term], frame: Frame, empty: frozenset[str]) -> Iterable[Cause]:
    """What a line lacks itself."""
    yield from (_cause(frame, dimension) for dimension in line.over if dimension in empty)
    for part in (part for term in terms for part in _parts(term)):
        if isinstance(part, Named):
            yield from (_cause(frame, dimension) for dimension in part.over if dimension in empty)
        if not isinstance(part, Call):
            continue
        if part.operator == BY_MEMBER and part.settings["dimension"] in empty:
            yield Cause(part.settings["dimension"])
        if part.operator == "divide" and isinstance(part.arguments[1], Nought):
            yield _cause(frame, part.arguments[1].dimension)
        if part.operator == "at" and part.settings["dimension"] != OPTION:
            dimension, member = part.settings["dimension"], part.settings["member"]
            if dimension in empty:
                yield _cause(frame, dimension)
            elif member not in frame.ids(dimension):
                yield _cause(frame, dimension, member)


def _cause(frame: Frame, dimension: str, member: str = "") -> Cause:
    return Cause(dimension, member, frame.title(dimension).lower())


def _parts(term: Term) -> Iterable[Term]:
    yield term
    if isinstance(term, Call):
        for argument in term.arguments:
            yield from _parts(argument)


def _named(terms: Iterable[Term]) -> tuple[Line, ...]:
    """The lines that some terms read, each once."""
    return tuple(dict.fromkeys(p for term in terms for p in _parts(term) if isinstance(p, Line)))


def _spread(
    own: Mapping[Line, frozenset[Cause]], named: Mapping[Line, tuple[Line, ...]]
) -> dict[Line, frozenset[Cause]]:
    """The causes of each line and of all upstream of it."""
    readers: dict[Line, list[Line]] = {}
    for line, parts in named.items():
        for part in parts:
            readers.setdefault(part, []).append(line)
    roots = dict(own)
    waiting = [line for line, causes in own.items() if causes]
    while waiting:
        line = waiting.pop()
        for reader in readers.get(line, ()):
            more = roots[reader] | roots[line]
            if more != roots[reader]:
                roots[reader] = more
                waiting.append(reader)
    return roots


def _rewritten(
    lines: Sequence[Line], read: Mapping[Line, Sequence[Term]], named: Mapping[Line, tuple[Line, ...]]
) -> dict[Line, Line]:
    """Lines by those they stand for: copies where a formula changed, or reads one that did."""
    changed = {
        line
        for line in lines
        if read[line][0] is not line.definition
        or (line.opening is not None and read[line][1] is not line.opening)
    }
    before = 0
    while len(changed) > before:
        before = len(changed)
        changed |= {line for line in lines if not changed.isdisjoint(named[line])}
    found = {line: copy.copy(line) if line in changed else line for line in lines}
    for line in changed:
        formula, *opening = (_with(term, found) for term in read[line])
        found[line].formula = formula
        found[line].opening = opening[0] if opening else None
    return found


def _with(term: Term, found: Mapping[Line, Line]) -> Term:
    """A term that names copies where lines have one."""
    if isinstance(term, Line):
        return found.get(term, term)
    if not isinstance(term, Call):
        return term
    return Call(term.operator, *(_with(argument, found) for argument in term.arguments), **term.settings)
