"""The assumed values as they stand in the files, before they are matched to the model's inputs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.files.strays import chapter_files
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.schema import Assumed, OptionFile, check

NO_CHAPTERS = (
    "case.yaml", "sources.yaml", "expected.yaml", "decision.yaml", "members.yaml", "answers.yaml",
    "uncertainty.yaml",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """What one file gives for one input.

    Attributes
    ----------
    key
        The input's key: `equipment.unit_price`.
    place
        Where the key stands.
    node, given
        The block with its places, and as its model.
    root
        The folder that its tables lie in.
    lenient
        Whether members that the case has not are passed over: in the reference set.
    flawed
        Whether an unknown key stands in it, which may be what seems to be missing.
    """

    key: str
    place: Place
    node: Node
    given: Assumed
    root: Path
    lenient: bool
    flawed: bool

    @property
    def column(self) -> str:
        """The column of its table that holds the values: the input's own name where none is said."""
        return self.given.column or self.key.rpartition(".")[2]

    def at(self, key: str) -> Place:
        """Where one of its entries stands; the block itself where it has none."""
        return self.node.keys.get(key, self.place)


@dataclass
class Blocks:
    """The blocks of one layer, and the keys whose blocks could not be read.

    Attributes
    ----------
    by_key
        The blocks.
    broken
        The keys whose blocks could not be read.
    opens
        For an option, the inputs that it opens without giving a value, each with its place.
    """

    by_key: dict[str, Block] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    opens: dict[str, Place] = field(default_factory=dict)


def read_chapters(files: Files, folder: Path, *, lenient: bool) -> Blocks:
    """The blocks of every chapter file of a folder."""
    blocks = Blocks()
    paths = [path for path in chapter_files(folder) if path.name not in NO_CHAPTERS]
    loaded = [(path, files.load(path)) for path in paths]
    for path, node in loaded:
        # A file that others include is part of them, and no chapter of its own.
        if node is None or files.resolved(path) in files.included:
            continue
        for name, entry in node.mapping.items():
            key = name if "." in name else f"{path.stem}.{name}"
            add_block(blocks, key, node.key_place(name), entry, files, folder, lenient)
    return blocks


def read_options(files: Files, ids: Mapping[str, Place]) -> tuple[dict[str, OptionFile], dict[str, Blocks]]:
    """For each option its file, and the blocks of what differs in it.

    Parameters
    ----------
    files
        Reads the files.
    ids
        The options, each with the place in case.yaml that lists it.
    """
    told: dict[str, OptionFile] = {}
    found: dict[str, Blocks] = {}
    for id, place in ids.items():
        blocks = found[id] = Blocks()
        path = files.folder / "options" / f"{id}.yaml"
        if not path.is_file():
            files.failed = True
            near = _misnamed(id, path, ids)
            files.faults.append(place.fault(f"option '{id}' has no file options/{id}.yaml{near}"))
            continue
        node = files.load(path, depth=2)
        given = check(OptionFile, node, node.place, files.faults) if node else None
        if given is not None:
            told[id] = given
        inputs = node.get("inputs") if node else None
        for key, entry in (inputs.mapping if inputs else {}).items():
            at = inputs.key_place(key) if inputs else entry.place
            add_block(blocks, key, at, entry, files, files.folder, lenient=False)
        _read_opens(blocks, node, files)
    return told, found


def _misnamed(id: str, path: Path, ids: Collection[str]) -> str:
    """What to rename, where a file of no option has nearly the name of one without a file."""
    spare = [other.stem for other in path.parent.glob("*.yaml") if other.stem not in ids]
    near = next((name for name in spare if nearest(name, [id])), "")
    return f"; rename options/{near}.yaml options/{id}.yaml" if near else ""


def _read_opens(blocks: Blocks, node: Node | None, files: Files) -> None:
    """The inputs that an option opens; one that it names twice is a fault."""
    listed = node.get("opens") if node else None
    for item in listed.items if listed else []:
        key = item.text
        if key is None:
            continue  # told of by the schema
        if key in blocks.opens:
            files.faults.append(item.place.fault(f"{key} is opened twice"))
        blocks.opens.setdefault(key, item.place)


def add_block(
    blocks: Blocks, key: str, place: Place, entry: Node, files: Files, root: Path, lenient: bool
) -> None:
    """Read one block into a layer; a second one for the same key is a fault."""
    first = blocks.by_key.get(key)
    if first is not None:
        there = f"{files.short(first.place.file)}, line {first.place.line}"
        files.faults.append(place.fault(f"{key} is given twice: first in {there}"))
        return
    if not isinstance(entry.value, dict):
        message = f"{key} must be a mapping with unit, value or values, source and state"
        files.faults.append(entry.place.fault(message))
        blocks.broken.add(key)
        return
    before = len(files.faults)
    given = check(Assumed, entry, place, files.faults)
    flawed = len(files.faults) > before
    ways = [way for way in ("value", "values", "table") if entry.get(way) is not None]
    if len(ways) != 1 and not flawed:
        what = f"{ways[0]} and {ways[1]} are both given" if ways else "no value is given"
        at = entry.key_place(ways[1]) if ways else place
        files.faults.append(at.fault(f"{key}: {what}: write one of value, values and table"))
    if given is None or len(ways) != 1:
        blocks.broken.add(key)
    else:
        blocks.by_key[key] = Block(key, place, entry, given, root, lenient, flawed)
