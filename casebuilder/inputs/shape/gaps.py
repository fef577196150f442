"""Pairs set against the members: who stands in none, and which pairs a table of values leaves out unsaid."""

from __future__ import annotations

from collections import Counter

from casebuilder.algebra.dimensions import Frame
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.paths import table_path
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import listed
from casebuilder.inputs.files.strangers import no_member
from casebuilder.inputs.files.tables import read_table
from casebuilder.inputs.files.yaml import Node

Pair = tuple[str, str]
_MOST_TOLD = 40


def known_member(dimension: str, member: str, place: Place, frame: Frame, files: Files) -> bool:
    """Whether a member is one of the case's; a fault where it is not."""
    if member in frame.ids(dimension):
        files.named.add((dimension, member))
        return True
    files.faults.append(place.fault(no_member(member, dimension, frame)))
    return False


class Gaps:
    """What the pairs of one entry leave out.

    A list of members, and a table of the two columns alone, say which pairs there are. A table that gives
    values too does not say that a row is missing on purpose: `without:` does.
    """

    def __init__(self, item: Node, over: Pair, found: set[Pair], frame: Frame, files: Files) -> None:
        """Read what the entry says it goes without."""
        self._item, self._over, self._found, self._frame, self._files = item, over, found, frame, files
        self._place = self._where()
        self._said = self._without()

    def tell(self) -> None:
        """Faults for members in no pair, and warnings for pairs that a table of values lacks."""
        idle = self._members_in_none()
        if self._item.get("table") is not None and not self._is_list() and not self._one_each():
            self._pairs_lacking(idle)

    def _where(self) -> Place:
        """Where a missing pair belongs: the members, or the start of the table."""
        name = self._item.get("table")
        if name is None:
            return self._item.key_place("members")
        return Place(self._files.shown(self._files.folder / str(name.text)))

    def _without(self) -> set[Pair]:
        """The pairs that the entry says it goes without; a fault for one that there is."""
        entry, said = self._item.get("without"), set()
        for first, others in (entry.mapping if entry else {}).items():
            place = entry.key_place(first) if entry else self._item.place
            if not known_member(self._over[0], first, place, self._frame, self._files):
                continue
            for other in others.items:
                second = other.text or ""
                if not known_member(self._over[1], second, other.place, self._frame, self._files):
                    continue
                said.add((first, second))
                if (first, second) in self._found:
                    message = f"the pair {first}, {second} is there: take it out of without"
                    self._files.faults.append(other.place.fault(message))
        return said

    def _members_in_none(self) -> set[tuple[int, str]]:
        """A fault for each member of either dimension that stands in no pair and is not said to.

        Gives those members, each with its side: the pairs that they lack are told by this.
        """
        idle: set[tuple[int, str]] = set()
        empty = self._item.get("members")
        said = {first for first, _ in self._said} | set(empty.mapping if empty else {})
        for side, dimension in enumerate(self._over):
            told = said if side == 0 else {second for _, second in self._said}
            there = {pair[side] for pair in self._found} | told
            gone = [member for member in self._frame.ids(dimension) if member not in there]
            if not gone or (side == 1 and not self._found):
                continue
            idle |= {(side, member) for member in gone}
            who = f"{self._frame.title(dimension).lower()} ({dimension}) {listed(gone, 12)}"
            many = "stands" if len(gone) == 1 else "stand"
            none = f"{many} in no pair of {' and '.join(self._over)}"
            self._files.faults.append(self._place.fault(f"{who} {none}: {self._cure(side, gone[0])}"))
        return idle

    def _cure(self, side: int, member: str) -> str:
        if side == 0 and self._item.get("members") is not None:
            return f"give it its pairs, or write {member}: [] if it has none"
        whole = ", ".join(self._frame.ids(self._over[1])[:4])
        one = f"{member}: [{whole}]" if side == 0 else f"{self._frame.ids(self._over[0])[0]}: [{member}]"
        rows = "give it its rows" if self._item.get("table") is not None else "give it its pairs"
        return f"{rows}, or write without: {{{one}}} beside the pairs if that is meant"

    def _is_list(self) -> bool:
        """Whether the table has the two columns alone, so that it says which pairs there are."""
        name = self._item.get("table")
        path = table_path(name, self._files.folder, self._files) if name else None
        table = read_table(path, self._place.file, self._over, []) if path else None
        return table is not None and len(table.header) == len(self._over)

    def _one_each(self) -> bool:
        """Whether each member of one dimension belongs to one of the other, as places do to districts."""
        counts = [Counter(pair[side] for pair in self._found) for side in (0, 1)]
        others = [len(self._frame.ids(dimension)) for dimension in self._over]
        return any(
            len(count) > 1 and max(count.values()) == 1 and others[1 - side] > 1
            for side, count in enumerate(counts)
        )

    def _pairs_lacking(self, idle: set[tuple[int, str]]) -> None:
        firsts, seconds = (self._frame.ids(dimension) for dimension in self._over)
        lacking = [
            (a, b)
            for a in firsts
            for b in seconds
            if (a, b) not in self._found
            and (a, b) not in self._said
            and (0, a) not in idle
            and (1, b) not in idle
        ]
        kinds = [self._frame.title(dimension).lower() for dimension in self._over]
        for first, second in lacking[:_MOST_TOLD]:
            label = self._frame.label(self._over[0], first)
            self._warn(
                f"no row for {first},{second}: {label} has no {kinds[1]} '{second}' in this case; "
                f"if that is meant, write without: {{{first}: [{second}]}} beside the pairs in case.yaml"
            )
        more = len(lacking) - _MOST_TOLD
        if more > 0:
            whole = len(firsts) * len(seconds)
            self._warn(
                f"no row for {more:,} more of the {whole:,} pairs of {' and '.join(self._over)}; if that is "
                "meant, give the pairs by a table of these two columns alone"
            )

    def _warn(self, message: str) -> None:
        warning = self._place.fault(message)
        self._files.warnings.append(warning)
        self._files.gaps.append(warning)
