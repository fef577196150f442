"""The tree behind one figure: the values its formula reads, down to the inputs and their sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from casebuilder.algebra.derive import unit_of
from casebuilder.algebra.dimensions import without_time
from casebuilder.algebra.member_rows import for_row
from casebuilder.algebra.order import references
from casebuilder.algebra.terms import Input, Line, Named, Term
from casebuilder.algebra.words import in_words
from casebuilder.analysis.explain.ask import Figure
from casebuilder.analysis.explain.readings import (
    Group,
    Opening,
    Part,
    Piece,
    Reference,
    Rest,
    pieces,
    unrepeated,
)
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import definition
from casebuilder.evaluate.place import Place, Values
from casebuilder.inputs.values import Origin, Override

SHOWN_ABOVE = "(shown above)"
LIKE_ABOVE = "(worked out as above)"
DEEPER = "…"


@dataclass(frozen=True)
class Given:
    """What vouches for an input's value.

    Attributes
    ----------
    low, high
        Its range, where it has one.
    origin, title
        Where it was given, and the title of its source.
    overrides
        The values it replaced, first to last.
    to_do
        What is still to be done about it; empty where nothing is.
    """

    low: float | None
    high: float | None
    origin: Origin
    title: str
    overrides: tuple[Override, ...] = ()
    to_do: str = ""


@dataclass
class Node:
    """One value in the tree.

    Attributes
    ----------
    kind
        `line`, `input`, `sum` (what a formula adds up), `part` (one term of such a sum),
        `opening` (the value before the first period) or `more` (parts not shown one by one).
    words
        The formula, as a sentence.
    definition
        Of a headline: what it counts and leaves out, its price base, of what year, against what.
    where
        The names of the members, as people read them.
    note
        Why nothing stands below it, where something could.
    """

    kind: str
    label: str
    unit: str
    value: float | str | None
    option: str
    members: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    words: str = ""
    basis: str = ""
    definition: str = ""
    where: str = ""
    note: str = ""
    given: Given | None = None
    children: list[Node] = field(default_factory=list)


def trace(results: Results, figure: Figure, depth: int) -> Node:
    """The tree behind a figure.

    A line is taken apart where it is first met; where it is met again only its value stands.

    Parameters
    ----------
    results
        The values of every line.
    figure
        What to explain.
    depth
        How many levels below the figure are shown.
    """
    return _Tracer(results, depth).named(figure.named, Place(figure.option, dict(figure.members)), 0)


class _Tracer:
    def __init__(self, results: Results, depth: int) -> None:
        self.problem = results.problem
        self.values = Values(results)
        self.depth = depth
        self.met: dict[Named, set[Place]] = {}

    def named(self, named: Named, place: Place, level: int) -> Node:
        """A line or an input at one place."""
        at = place.only(named.over)
        return self._input(named, at) if isinstance(named, Input) else self._line(named, at, level)

    def _line(self, named: Named, place: Place, level: int) -> Node:
        assert isinstance(named, Line)
        formula = for_row(named.definition, place.members)
        node = Node(
            "line",
            named.label,
            named.unit,
            self.values.at(named, place),
            place.option,
            place.members,
            named.key,
            in_words(formula, self.values.frame.title),
            named.basis,
            definition(named, self.problem.inputs.info.base_year),
            place.labels(self.values.frame),
        )
        if named in self.met:
            node.note = SHOWN_ABOVE if place in self.met[named] else LIKE_ABOVE
            self.met[named].add(place)
            return node
        if level >= self.depth:
            node.note = DEEPER if any(True for _ in references(named)) else ""
            return node
        self.met[named] = {place}
        # A line that only passes another on is no level of its own.
        below = level if isinstance(formula, Line) else level + 1
        node.children = self._below(formula, place, below, named.unit)
        return node

    def _below(self, term: Term, place: Place, level: int, unit: str) -> list[Node]:
        found = pieces(term, place, self.values)
        if len(found) == 1 and isinstance(found[0], Group) and found[0].term is term:
            found = found[0].parts
        return self._nodes(found, level, unit)

    def _nodes(self, found: list[Piece], level: int, unit: str) -> list[Node]:
        """The nodes of some pieces; what a formula names twice is shown once."""
        return [self._piece(piece, level, unit) for piece in unrepeated(found)]

    def _piece(self, piece: Piece, level: int, unit: str) -> Node:
        match piece:
            case Reference(named, at):
                return self.named(named, at, level)
            case Group(label, term, at, parts):
                node = Node("sum", label, _unit(term), self.values.at(term, at), at.option, at.members)
                return self._deeper(node, parts, level)
            case Part(label, term, at):
                node = Node("part", label, _unit(term), self.values.at(term, at), at.option, at.members)
                return self._deeper(node, pieces(term, at, self.values), level)
            case Opening(line, at):
                assert line.opening is not None
                at = at.only(without_time(line.over))
                node = Node(
                    "opening",
                    f"Opening value of {line.label}",
                    line.unit,
                    self.values.at(line.opening, at),
                    at.option,
                    at.members,
                    words=in_words(line.opening, self.values.frame.title),
                )
                return self._deeper(node, pieces(line.opening, at, self.values), level)
            case Rest(count, value, at):
                return Node("more", f"and {count:,} more", unit, value, at.option)

    def _deeper(self, node: Node, found: list[Piece], level: int) -> Node:
        node.children = self._nodes(found, level, node.unit)
        return node

    def _input(self, item: Input, place: Place) -> Node:
        given, inputs = self.problem.values[item], self.problem.inputs
        members = tuple(place.members[dimension] for dimension in item.over)
        value = given.options.get(place.option, {}).get(members) or given.base[members]
        origin = given.origin(place.option, members)
        title = inputs.sources[origin.source].title if origin.source in inputs.sources else ""
        overrides = tuple(
            override
            for override in inputs.overrides
            if override.key == item.key
            and override.members == members
            and override.option in (None, place.option)
        )
        prices = f"At {given.prices_of} prices. " if given.prices_of else ""
        return Node(
            "input",
            item.label,
            item.unit,
            value.amount,
            place.option,
            place.members,
            item.key,
            basis=f"{prices}{item.basis}",
            where=place.labels(self.values.frame),
            given=Given(value.low, value.high, replace(origin), title, overrides, value.to_do),
        )


def _unit(term: Term) -> str:
    unit = unit_of(term)
    return "" if unit is None else str(unit)
