"""The order of evaluation: what needs what, which lines go together, and loops refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casebuilder.algebra.operator_table import OPERATORS, SAME, WHOLE
from casebuilder.algebra.terms import Call, Line, Named, Term
from casebuilder.errors import LoopError


@dataclass(frozen=True)
class Step:
    """Lines evaluated at once; more than one where they need each other through `previous`."""

    lines: tuple[Line, ...]
    together: bool


def references(line: Line) -> tuple[tuple[Named, str], ...]:
    """The lines and inputs that a line's formula and opening name, and how each is read."""
    return _read_by(line.definition, line.opening)


# Terms do not change, so that what one names is looked for once.
@lru_cache(maxsize=20_000)
def _read_by(formula: Term, opening: Term | None) -> tuple[tuple[Named, str], ...]:
    first = () if opening is None else tuple((named, WHOLE) for named, _ in _references(opening, SAME))
    return (*_references(formula, SAME), *first)


def _references(term: Term, how: str) -> Iterator[tuple[Named, str]]:
    if isinstance(term, Named):
        yield term, how
    if not isinstance(term, Call):
        return
    reads = OPERATORS[term.operator].reads
    inner = how if reads == SAME else reads
    if {"month", "year"} & set(term.settings.get("over", ())):
        inner = WHOLE
    for argument in term.arguments:
        yield from _references(argument, inner)


def needed(wanted: Iterable[Line], given: Collection[Line] = ()) -> set[Line]:
    """Some lines and every line they need, directly or not; what is given needs none and is left out."""
    found: set[Line] = set()
    stack = list(wanted)
    while stack:
        line = stack.pop()
        if line not in found and line not in given:
            found.add(line)
            stack += [named for named, _ in references(line) if isinstance(named, Line)]
    return found


def order(lines: Iterable[Line]) -> tuple[Step, ...]:
    """Steps in which each line comes after what it needs.

    Parameters
    ----------
    lines
        A closed set of lines: what they need is among them. Where order is free it is kept.

    Raises
    ------
    LoopError
        Lines that need each other other than through `previous`; the loop is printed.
    """
    listed = tuple(dict.fromkeys(lines))
    return _order(listed, tuple((line.definition, line.opening) for line in listed))


@lru_cache(maxsize=8)
def _order(listed: tuple[Line, ...], _formulas: tuple[tuple[Term, Term | None], ...]) -> tuple[Step, ...]:
    """The steps of some lines with these formulas; many cases have the same."""
    place = {line: i for i, line in enumerate(listed)}
    edges: dict[Line, dict[Line, set[str]]] = {line: {} for line in listed}
    for line in listed:
        for named, how in references(line):
            if isinstance(named, Line) and named in place:
                edges[line].setdefault(named, set()).add(how)
    return tuple(_step(component, edges, place) for component in _components(listed, edges))


def _step(component: list[Line], edges: dict[Line, dict[Line, set[str]]], place: dict[Line, int]) -> Step:
    inside = set(component)
    if len(component) == 1 and component[0] not in edges[component[0]]:
        return Step((component[0],), together=False)
    for line in component:
        for other, hows in edges[line].items():
            if other in inside and WHOLE in hows:
                raise LoopError(f"a loop: {_loop(line, other, inside, edges)}")
    same = {
        line: [other for other, hows in edges[line].items() if other in inside and SAME in hows]
        for line in component
    }
    ordered: list[Line] = []
    state: dict[Line, int] = {}

    def visit(line: Line, path: list[Line]) -> None:
        if state.get(line) == 2:
            return
        if state.get(line) == 1:
            loop = [*path[path.index(line) :], line]
            raise LoopError("a loop: " + " needs ".join(item.key for item in loop))
        state[line] = 1
        for other in sorted(same[line], key=place.__getitem__):
            visit(other, [*path, line])
        state[line] = 2
        ordered.append(line)

    for line in sorted(component, key=place.__getitem__):
        visit(line, [])
    return Step(tuple(ordered), together=True)


def _loop(start: Line, then: Line, inside: set[Line], edges: dict[Line, dict[Line, set[str]]]) -> str:
    """A path from `start` over `then` back to `start`, in words."""
    paths, seen = [[start, then]], {then}
    while paths:
        path = paths.pop(0)
        if path[-1] is start:
            return " needs ".join(line.key for line in path)
        for other in edges[path[-1]]:
            if other in inside and (other is start or other not in seen):
                seen.add(other)
                paths.append([*path, other])
    return f"{start.key} needs {then.key}"


def _components(lines: Sequence[Line], edges: dict[Line, dict[Line, set[str]]]) -> Iterator[list[Line]]:
    """Strongly connected components, each after those it needs (Tarjan, without recursion)."""
    index: dict[Line, int] = {}
    low: dict[Line, int] = {}
    on_stack: set[Line] = set()
    stack: list[Line] = []
    for root in lines:
        if root in index:
            continue
        work: list[tuple[Line, Iterator[Line]]] = []

        def enter(line: Line) -> None:
            index[line] = low[line] = len(index)
            stack.append(line)
            on_stack.add(line)
            work.append((line, iter(edges[line])))  # noqa: B023 - used within this pass only

        enter(root)
        while work:
            line, others = work[-1]
            following = next(others, None)
            if following is not None:
                if following not in index:
                    enter(following)
                elif following in on_stack:
                    low[line] = min(low[line], index[following])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[line])
            if low[line] == index[line]:
                component = []
                while True:
                    top = stack.pop()
                    on_stack.discard(top)
                    component.append(top)
                    if top is line:
                        break
                yield component
