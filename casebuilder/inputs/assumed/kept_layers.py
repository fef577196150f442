"""Blocks that were read before: the same text against the same members gives the same values.

A case is read again with other values set, and another case lies on the same reference set. What is kept is
kept for a block by itself, of which nothing had to be said: faults and warnings are told anew each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.blocks import Block
from casebuilder.inputs.files.includes import Files

if TYPE_CHECKING:
    from casebuilder.inputs.assumed.layer import Layer

Named = set[tuple[str, str]]
_KEPT: OrderedDict[Hashable, tuple[Layer, frozenset[tuple[str, str]]]] = OrderedDict()
_AT_MOST = 8_000


class KeptLayers:
    """What blocks gave, for one case.

    Parameters
    ----------
    frame, base_year
        What they were read against.
    register
        The sources that there are.
    files
        Takes what is said, the members that a block names and the tables that are read.
    """

    def __init__(self, frame: Frame, base_year: str, register: Collection[str], files: Files) -> None:
        """Tell this case's shape from others."""
        self._against = (_shape_of(frame), base_year)
        self._register = register
        self._files = files

    def contents(self, block: Block) -> tuple[str, bytes] | None:
        """The name of a block's table and a hash of what is in it; None where there is none to be read."""
        entry = block.node.get("table")
        if entry is None or entry.text is None:
            return None
        path = block.root / entry.text
        resolved = self._files.resolved(path)
        if not resolved.is_relative_to(self._files.resolved(block.root)):
            return None
        try:
            contents = sha256(path.read_bytes()).digest()
        except OSError:
            return None
        self._files.tables.add(resolved)
        return self._files.shown(path), contents

    def get(
        self,
        block: Block,
        declared: Input,
        table: tuple[str, bytes],
        read: Callable[[Named], Layer | None],
    ) -> Layer | None:
        """What a block gives for an input; None where it cannot be read.

        Parameters
        ----------
        block, declared
            The block, which lies over nothing, and its input.
        table
            The name of its table and what tells its contents; empty where it has none.
        read
            Reads it; puts the members that it names into a set.
        """
        vouched = block.given.source in self._register
        where = (block.place, self._files.short(block.place.file), block.lenient, block.flawed)
        key = (block.node, declared, vouched, *table, *self._against, *where)
        if key not in _KEPT:
            named: Named = set()
            before = self._told()
            layer = read(named)
            if layer is None or self._told() != before:
                self._files.named |= named
                return layer
            _KEPT[key] = layer, frozenset(named)
            if len(_KEPT) > _AT_MOST:
                _KEPT.popitem(last=False)
        _KEPT.move_to_end(key)
        found, names = _KEPT[key]
        self._files.named |= names
        return found

    def _told(self) -> tuple[int, int, int]:
        """How much has been said so far."""
        return len(self._files.faults), len(self._files.warnings), len(self._files.gaps)


def _shape_of(frame: Frame) -> object:
    """The same thing for frames with the same members, pairs and periods."""
    members = tuple((name, frame.ids(name)) for name in frame.members)
    pairs = frozenset((names, frozenset(each)) for names, each in frame.pairs.items())
    return _same(members, pairs, frame.year_of_month, tuple(frame.dimensions.values()))


@lru_cache(maxsize=64)
def _same(*_shape: Hashable) -> object:
    return object()
