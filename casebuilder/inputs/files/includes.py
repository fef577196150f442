"""The YAML files of a case and of the reference set, with what they include."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from casebuilder.errors import Fault
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.prose import prose_faults
from casebuilder.inputs.files.yaml import Node, read_yaml

INCLUDE = "include"
REFERENCE = "reference"


# A file that has not changed is the same tree (`files.yaml`).
@lru_cache(maxsize=512)
def _prose_faults(node: Node) -> tuple[list[Fault], list[Fault]]:
    return prose_faults(node)


class Files:
    """Reads each file once, puts what it includes under it, and knows how to name it.

    Attributes
    ----------
    faults, warnings
        All that was found so far.
    gaps
        Of the warnings, those of pairs that a table lacks.
    named
        The members that some value or pair of the case names, each with its dimension.
    tables
        The tables that were read.
    included
        The files that others include: they are no chapter of their own.
    failed
        Whether a file could not be read, so that what seems missing may stand in it.
    shapeless
        Whether a table that says which members or pairs there are could not be read: every value that is
        set against them would be at fault as well.
    """

    def __init__(self, folder: Path, reference: Path | None = None) -> None:
        """Keep the two folders that files may lie in."""
        self.folder = folder
        self.reference = reference
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.gaps: list[Fault] = []
        self.named: set[tuple[str, str]] = set()
        self.tables: set[Path] = set()
        self.included: set[Path] = set()
        self.failed = False
        self.shapeless = False
        self._roots = [(folder.resolve(), folder, "")]
        if reference is not None:
            self._roots.append((reference.resolve(), reference, REFERENCE))
        self._read: dict[Path, Node | None] = {}
        self._short: dict[str, str] = {}
        self._resolved: dict[Path, Path] = {}
        self._loops: set[frozenset[Path]] = set()
        self._places: dict[Path, tuple[Path, Path, str] | None] = {}

    def resolved(self, path: Path) -> Path:
        """A path without links, asked of the system once."""
        if path not in self._resolved:
            # A file is where its folder is unless it is a link: one question in place of one a folder.
            plain = path.name not in ("", "..") and not path.is_symlink()
            self._resolved[path] = self.resolved(path.parent) / path.name if plain else path.resolve()
        return self._resolved[path]

    def shown(self, path: Path) -> str:
        """A file's name in faults: the folder as the user gave it, then the path within."""
        found = self._within(path)
        return str(found[1] / found[0]) if found else str(path)

    def marked(self, fault: Fault) -> Fault:
        """A fault of the reference set says that it lies there, and what a case can do about it."""
        found = self._within(Path(fault.file)) if fault.file else None
        if found is None or found[2] != REFERENCE:
            return fault
        where = f"in the shipped reference set; give the value in the case's own {found[0].name}"
        return replace(fault, message=f"{fault.message} ({where})")

    @cached_property
    def texts(self) -> list[str]:
        """The text of every file of the case that was read, but for the register; asked for at the end."""
        paths = [path for path in self._read if (found := self._within(path)) and not found[2]]
        return [
            path.read_text(encoding="utf-8", errors="replace")
            for path in paths
            if path.name != "sources.yaml" and path.is_file()
        ]

    def short(self, shown: str) -> str:
        """A file's name in the results: within the case, or `reference/...`."""
        if shown not in self._short:
            found = self._within(Path(shown))
            self._short[shown] = (Path(found[2]) / found[0]).as_posix() if found else shown
        return self._short[shown]

    def whole(self, fault: Fault) -> Fault:
        """A fault of a value, whose file is named short, with the file's name as faults show it."""
        parts = Path(fault.file).parts
        for _, given, name in self._roots:
            within = given.joinpath(*parts[1 if name else 0 :])
            if (not name or parts[0] == name) and within.is_file():
                return replace(fault, file=str(within))
        return fault

    def load(self, path: Path, depth: int = 1) -> Node | None:
        """A file's mapping with what it includes under it; None where it cannot be read.

        Parameters
        ----------
        path
            The file.
        depth
            How many levels are merged: 1 replaces a whole key, 2 the keys within it too.
        """
        return self._load(self.resolved(path), (), depth)

    def _load(self, path: Path, trail: tuple[Path, ...], depth: int) -> Node | None:
        if path not in self._read:
            node = self._read[path] = read_yaml(path, self.shown(path), self.faults)
            self.failed = self.failed or node is None
            if node is not None:
                faults, warnings = _prose_faults(node)
                self.faults += faults
                self.warnings += warnings
        node = self._read[path]
        entry = node.get(INCLUDE) if node else None
        if node is None or entry is None:
            return node
        result = Node(node.place, {}, {})
        for item in self._entries(entry):
            target = self._target(path, item)
            if target is None:
                continue
            if target in (*trail, path):
                self._loop((*trail, path), target, item.place)
                continue
            self.included.add(target)
            lower = self._load(target, (*trail, path), depth)
            if lower is not None:
                result = _merge(result, lower, depth)
        own = Node(node.place, dict(node.mapping), dict(node.keys))
        own.mapping.pop(INCLUDE)
        own.keys.pop(INCLUDE)
        return _merge(result, own, depth)

    def _entries(self, entry: Node) -> list[Node]:
        """The paths to include: texts in a list."""
        good = [item for item in entry.items if item.text is not None]
        if not isinstance(entry.value, list) or len(good) < len(entry.items):
            self.faults.append(
                entry.place.fault("include: a list of paths is expected, as [shared/prices.yaml]")
            )
        return good

    def _target(self, path: Path, item: Node) -> Path | None:
        """The file that an entry means, inside the case folder or the reference set."""
        target = (path.parent / (item.text or "")).resolve()
        if self._within(target) is None:
            self.faults.append(item.place.fault(f"include: {item.text} lies outside the case folder"))
        elif not target.is_file():
            self.faults.append(item.place.fault(f"include: there is no file {item.text}"))
        else:
            return target
        self.failed = True
        return None

    def _loop(self, trail: tuple[Path, ...], target: Path, place: Place) -> None:
        loop = trail[trail.index(target) :]
        self.failed = True
        if frozenset(loop) not in self._loops:
            self._loops.add(frozenset(loop))
            names = " -> ".join(self.short(str(path)) for path in (*loop, target))
            self.faults.append(place.fault(f"include loop: {names}"))

    def _within(self, path: Path) -> tuple[Path, Path, str] | None:
        """The path within a root, the root as given and its short name; None outside both."""
        if path not in self._places:
            self._places[path] = self._placed(self.resolved(path))
        return self._places[path]

    def _placed(self, resolved: Path) -> tuple[Path, Path, str] | None:
        for root, given, name in self._roots:
            if resolved.is_relative_to(root):
                return resolved.relative_to(root), given, name
        return None


def _merge(lower: Node, upper: Node, depth: int) -> Node:
    """Two mappings as one; where both have a key the upper holds."""
    result = Node(upper.place, {**lower.mapping}, {**lower.keys, **upper.keys})
    for key, child in upper.mapping.items():
        below = result.mapping.get(key)
        both = below is not None and isinstance(below.value, dict) and isinstance(child.value, dict)
        result.mapping[key] = _merge(below, child, depth - 1) if depth > 1 and both and below else child
    return result
