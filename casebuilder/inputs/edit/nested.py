"""Values put into a block's nested mapping, so that every combination but the edited ones keeps its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from casebuilder.algebra.dimensions import TIME
from casebuilder.inputs.edit.text import Part
from casebuilder.inputs.edit.tree import TreeEdit, in_brackets
from casebuilder.inputs.shape.spread import OTHERS
from casebuilder.inputs.values import Members

T = TypeVar("T")
Wanted = Mapping[Members, T]


@dataclass(frozen=True)
class Shape:
    """How a block nests: its dimensions, whether periods hold, and the members of each dimension in order."""

    over: tuple[str, ...]
    hold: bool
    ids: Mapping[str, Sequence[str]]

    def timed(self, depth: int) -> bool:
        """Whether what a level does not give is held from the period before."""
        return self.hold and self.over[depth] in TIME

    def place(self, depth: int, member: str) -> tuple[int, str]:
        """Where a member comes among those of its level; a period off the axis by its name."""
        dimension = self.over[depth]
        ids = list(self.ids[dimension])
        if dimension in TIME:
            return 0, member
        return (ids.index(member) if member in ids else len(ids)), member


@dataclass(frozen=True)
class _Below(Generic[T]):
    """What is below a key: the combinations that exist there, and those that are to have something else."""

    exists: tuple[Members, ...] = ()
    wanted: tuple[tuple[Members, T], ...] = ()

    @property
    def changes(self) -> dict[Members, T]:
        return dict(self.wanted)

    def covers(self) -> bool:
        """Whether every combination is to have something else."""
        return bool(self.wanted) and set(self.exists) <= {members for members, _ in self.wanted}

    @property
    def one(self) -> list[T]:
        """What all are to have, where it is one and the same."""
        first = self.wanted[0][1]
        return [first] if self.covers() and all(each == first for _, each in self.wanted) else []


@dataclass(frozen=True)
class _Plan(Generic[T]):
    """What becomes of a level: keys whose value is changed, and keys that are added, each from another."""

    inside: dict[str, _Below[T]]
    added: list[tuple[str, str | None, _Below[T]]]


class Nested(Generic[T]):
    """Puts contents of one kind (amounts or ranges) into a block of a file."""

    def __init__(
        self,
        edit: TreeEdit,
        shape: Shape,
        is_leaf: Callable[[Part], bool],
        spell: Callable[[T, str], str],
    ) -> None:
        """Keep what the block is read by; `spell` writes a content in the manner of a text."""
        self._edit = edit
        self._shape = shape
        self._is_leaf = is_leaf
        self._spell = spell

    def alter(self, holder: Part, key: str, exists: Iterable[Members], wanted: Wanted[T]) -> None:
        """Change what stands under a key of a block.

        Parameters
        ----------
        holder, key
            The block, and the key of its values or ranges.
        exists
            Every combination, in the block's order of dimensions.
        wanted
            Those that are to have something else.
        """
        self._alter(holder, key, 0, _Below(tuple(exists), tuple(wanted.items())))

    def made(self, exists: Iterable[Members], wanted: Wanted[T], part: Part | None = None) -> str:
        """What gives some combinations their contents, as YAML in one line, over what another node gives."""
        return self._made(part, 0, _Below(tuple(exists), tuple(wanted.items())), "")

    def _alter(self, holder: Part, key: str, depth: int, below: _Below[T]) -> None:
        part = holder.mapping[key]
        if self._edit.is_alias(holder, key) or self._leaf(part, depth):
            self._edit.set_value(holder, key, self._made(part, depth, below, ""))
            return
        self._edit.touch(part)
        plan = self._plan(list(part.mapping), depth, below)
        for name, inner in plan.inside.items():
            if inner.wanted:
                self._alter(part, name, depth + 1, inner)
        like = _first_text(part)
        for member, source, inner in plan.added:
            child = part.mapping[source] if source is not None else None
            text = self._made(child, depth + 1, inner, like)
            self._edit.put_entry(part, self._after(part, member, depth), member, text)

    def _leaf(self, part: Part, depth: int) -> bool:
        return depth == len(self._shape.over) or self._is_leaf(part)

    def _after(self, part: Part, member: str, depth: int) -> str | None:
        """The key that a new one stands after."""
        here = self._shape.place(depth, member)
        before = [key for key in part.keys if key != OTHERS and self._shape.place(depth, key) < here]
        if before:
            return max(before, key=lambda key: self._shape.place(depth, key))
        return OTHERS if next(iter(part.keys), None) == OTHERS else None

    def _made(self, part: Part | None, depth: int, below: _Below[T], like: str) -> str:
        """A node in one line, with what is to be otherwise below it."""
        edit = self._edit
        if not below.wanted:
            return edit.copied(part) if part is not None else "{}"
        leaf = part is not None and self._leaf(part, depth)
        like = (edit.copied(part) if leaf and part is not None else _first_text(part)) or like
        if below.one and (part is None or leaf):
            return self._spell(below.one[0], like)
        children: dict[str, Part] = {}
        if part is not None and not leaf:
            children = dict(part.mapping)
        elif part is not None and not below.covers():
            firsts = dict.fromkeys(members[0] for members in below.exists)
            all_named = set(firsts) == {members[0] for members, _ in below.wanted}
            children = dict.fromkeys(firsts if all_named else (OTHERS,), part)
        plan = self._plan(list(children), depth, below)
        texts = {
            key: self._made(child, depth + 1, plan.inside.get(key, _Below()), like)
            for key, child in children.items()
        }
        for member, source, inner in plan.added:
            child = children[source] if source is not None else None
            texts[member] = self._made(child, depth + 1, inner, like)
        order = sorted(texts, key=lambda key: self._shape.place(depth, key) if key != OTHERS else (-1, ""))
        typed = {key: edit.text[slice(*span)] for key, span in (part.keys if part else {}).items()}
        named = {key: in_brackets(typed.get(key, key), key) for key in order}
        return "{" + ", ".join(f"{named[key]}: {texts[key]}" for key in order) + "}"

    def _plan(self, keys: Sequence[str], depth: int, below: _Below[T]) -> _Plan[T]:
        shape = self._shape
        own: dict[str, _Below[T]] = {}
        rows: dict[str, list[Members]] = {}
        for members in below.exists:
            rows.setdefault(members[0], []).append(members[1:])
        changes: dict[str, list[tuple[Members, T]]] = {}
        for members, content in below.wanted:
            changes.setdefault(members[0], []).append((members[1:], content))
        axis = sorted(rows, key=lambda member: shape.place(depth, member))
        for member in axis:
            own[member] = _Below(tuple(rows[member]), tuple(changes.get(member, ())))
        given = [key for key in keys if key != OTHERS]
        timed = shape.timed(depth)
        source = {member: _source(member, given, OTHERS in keys, timed) for member in axis}
        inside: dict[str, _Below[T]] = {}
        for key in {name for name in source.values() if name is not None}:
            served = [member for member in axis if source[member] == key]
            inside[key] = own[key] if key in served else _shared([own[member] for member in served], timed)
        added: list[tuple[str, str | None, _Below[T]]] = []
        now: tuple[str | None, dict[Members, T]] | None = None
        for member in axis:
            name = source[member]
            wanted = name, own[member].changes
            held = (name, inside[name].changes if name is not None else {})
            if member in given:
                now = member, own[member].changes
                continue
            before = now if timed and now is not None else held
            if wanted != before:
                added.append((member, name, own[member]))
            now = wanted
        return _Plan({key: inside[key] for key in keys if key in inside}, added)


def _source(member: str, given: Sequence[str], others: bool, timed: bool) -> str | None:
    """The key that serves a member."""
    if member in given:
        return member
    held = max((key for key in given if key <= member), default=None) if timed else None
    return held if held is not None else OTHERS if others else None


def _shared(served: Sequence[_Below[T]], timed: bool) -> _Below[T]:
    """What is put into a node in its place that serves several members: what all of them are to have.

    Where it would serve none as it is, it serves the first; else it stays.
    """
    exists = tuple(dict.fromkeys(members for below in served for members in below.exists))
    same = all(below.changes == served[0].changes for below in served)
    spent = not timed and all(below.wanted for below in served)
    return _Below(exists, served[0].wanted if same or spent else ())


def _first_text(part: Part | None) -> str:
    """The first word of a node that is a number or a word."""
    if part is None:
        return ""
    if part.text is not None:
        return part.text
    children = [*part.items, *part.mapping.values()]
    return next(filter(None, (_first_text(child) for child in children)), "")
