"""The members that the chapters need, and what a case leaves out on purpose, set against the case."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from casebuilder.algebra.absence import Cause, Present, present
from casebuilder.algebra.chapters import Model
from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.member_rows import without_formula
from casebuilder.algebra.terms import Line
from casebuilder.errors import Fault
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import listed, nearest
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.renamed import renamed

HEADLINES = "headlines"


def names_of(line: Line) -> tuple[str, ...]:
    """What `leaves_out:` may call a line: its key, its chapter, and a headline's own name."""
    return (line.key, line.chapter, *([line.name] if line.chapter == HEADLINES else []))


@lru_cache(maxsize=8)
def _by_name(lines: tuple[Line, ...]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        for name in names_of(line):
            found.setdefault(name, []).append(line)
    return found


class Missing:
    """What a case lacks of what the model needs.

    Parameters
    ----------
    model
        The chapters, with the members they declare.
    frame
        The members of the case.
    node
        case.yaml.
    """

    def __init__(self, model: Model, frame: Frame, node: Node) -> None:
        """Find what is lost."""
        self._model, self._frame, self._node = model, frame, node
        self._found: Present = present(model.lines, frame, model.may_have_none)

    def faults(self) -> Iterable[Fault]:
        """A fault for each member that a chapter needs and the case has not."""
        for dimension in self._model.dimensions.values():
            known = self._frame.ids(dimension.name)
            if not known and dimension.may_have_none:
                continue
            for member in dimension.needs:
                if member not in known and (member or not known):
                    told = self._told(Cause(dimension.name, member), known)
                    yield self._place(dimension.name).fault(told)
        yield from self._unwritten()

    def _unwritten(self) -> Iterable[Fault]:
        """A fault for each member of the case that a line with a formula for each says nothing of."""
        lines: dict[tuple[str, str], list[Line]] = {}
        for line in self._found.lines.values():
            for row in without_formula(line, self._frame):
                lines.setdefault(row, []).append(line)
        for (dimension, member), silent in lines.items():
            given = (self._node.get("members") or self._node).get(dimension)
            place = given.key_place(member) if given else self._place(dimension)
            keys = listed([line.key for line in silent], 3)
            yield place.fault(f"{dimension} '{member}': the model says nothing of it ({keys}); leave it out")

    def _place(self, dimension: str) -> Place:
        """The dimension among the case's members, or the members as a whole."""
        members = self._node.get("members")
        if members is None:
            return self._node.place
        return members.key_place(dimension) if members.get(dimension) else self._node.key_place("members")

    def _told(self, cause: Cause, known: tuple[str, ...]) -> str:
        lost = [loss.line for loss in self._found.lost.values() if cause in loss.roots]
        if cause.member and not known:
            lost = [loss.line for loss in self._found.lost.values() if Cause(cause.dimension) in loss.roots]
        kind = self._frame.title(cause.dimension).lower()
        what = f"'{cause.member}' is missing" if cause.member else "there are no members"
        count = f"{len(lost):,} line{'s need' if len(lost) != 1 else ' needs'} it"
        heads = [line.name for line in lost if line.chapter == HEADLINES]
        gone = f", and these headlines would have no value: {listed(heads, 40)}" if heads else ""
        hint = nearest(cause.member, known) if cause.member else ""
        return f"{cause.dimension} ({kind}): {what}: {count} ({listed((x.key for x in lost), 3)}){gone}{hint}"

    def left_out(self, faults: list[Fault]) -> dict[str, str]:
        """What `leaves_out:` says, with each reason; a fault for what the model has not or is not lost."""
        entry = self._node.get("leaves_out")
        found: dict[str, str] = {}
        if entry is None or not entry.mapping:
            return found
        by_name = _by_name(self._model.lines)
        for name, child in entry.mapping.items():
            place = entry.key_place(name)
            reason = child.scalar
            lines = by_name.get(name)
            if lines is None:
                hint = nearest(name, by_name)
                message = str(renamed(name) or f"'{name}' is no line, chapter or headline{hint}")
                faults.append(place.fault(message))
                continue
            if not isinstance(reason, str) or not reason.strip():
                faults.append(child.place.fault(f"say why {name} is left out, in a few words"))
            there = [line for line in lines if line not in self._found.lost]
            if there:
                faults.append(place.fault(_not_lost(name, lines, there)))
            found[name] = str(reason)
        return found


def _not_lost(name: str, lines: list[Line], there: list[Line]) -> str:
    if len(there) == len(lines):
        return f"{name} is not lost: the case has what it needs; take it out of leaves_out"
    gone = [line.key for line in lines if line not in there]
    return (
        f"{name} is lost in part only, {len(gone)} of its {len(lines)} lines: name the lines that are left "
        f"out, among them {listed(gone, 3)}"
    )


def named_by_nothing(node: Node, frame: Frame, named: Collection[tuple[str, str]]) -> list[Fault]:
    """A warning for each member that case.yaml lists and no value, pair or table names.

    All that it has then comes from `others` or from one value for all.
    """
    entry = node.get("members")
    found = []
    for dimension, listing in (entry.mapping if entry else {}).items():
        for member in frame.ids(dimension) if dimension in frame.dimensions else ():
            if (dimension, member) in named or len(frame.ids(dimension)) == 1:
                continue
            place = _place_of(listing, member)
            kind = frame.title(dimension).lower()
            message = f"nothing names the {kind} ({dimension}) '{member}': it has what the others have"
            found += [place.fault(message)] if place else []
    return found


def _place_of(listing: Node, member: str) -> Place | None:
    """Where a member is listed: as a key, or in a list; None where it comes from a table."""
    if member in listing.mapping:
        return listing.key_place(member)
    return next((item.place for item in listing.items if item.text == member), None)
