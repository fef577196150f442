"""Value edits put into the files of a case: only the lines edited or added differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from casebuilder.inputs.assumed.blocks import Block, Blocks, read_chapters, read_options
from casebuilder.inputs.edit.block import BlockEdit, RefusedError, Turned, served
from casebuilder.inputs.edit.fresh import fresh_block
from casebuilder.inputs.edit.group import Group, combinations, wrong_edit
from casebuilder.inputs.edit.rows import Reader, TableRows
from casebuilder.inputs.edit.text import Part
from casebuilder.inputs.edit.tree import TreeEdit
from casebuilder.inputs.edits import Amount, Edit
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import PACKED, Place
from casebuilder.inputs.values import CaseInputs, Members
from casebuilder.resources import resource

INPUTS = "inputs"
_BOM = "\ufeff"


@dataclass
class Put:
    """What edits make of a case's files.

    Attributes
    ----------
    files
        The files that change or are new, each as it is to be.
    notes
        What was done beyond the values: a range widened, a block added, a period restated.
    refused
        The edits that cannot be placed, each with why and what to do by hand.
    """

    files: dict[Path, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    refused: list[tuple[Edit, str]] = field(default_factory=list)


def put_edits(
    folder: Path, inputs: CaseInputs, edits: Sequence[Edit], *, reference: Path | None = None
) -> Put:
    """Put edits into the files of a case; nothing is written.

    The case then gives what it gave with the same edits as `--set`: an edit of the base leaves to an option
    what that gives itself. Of several edits of one value the last holds.

    Parameters
    ----------
    folder
        The case.
    inputs
        The case as it is read from there, without `--set`.
    edits
        What is to stand in it. Their sources are in a register, or are put into the case's own with them.
    reference
        The reference set; by default the shipped one. Its files stay as they are.
    """
    return _Writer(folder, inputs, reference or resource("assumptions/reference")).put(edits)


@dataclass
class _Text:
    """A file: its text without the mark of UTF-8 before it, and whether it has one."""

    text: str
    mark: str = ""

    @property
    def data(self) -> bytes:
        return f"{self.mark}{self.text}".encode()


class _Writer:
    """Puts one group of edits after another into the texts of the files."""

    def __init__(self, folder: Path, inputs: CaseInputs, reference: Path) -> None:
        self.folder = folder
        self.inputs = inputs
        self.reference = reference
        self.texts: dict[Path, _Text] = {}
        self.before: dict[Path, bytes] = {}
        self.made = Put()
        self.groups: dict[tuple[str | None, str], Group] = {}
        self.files = Files(folder, reference)
        self.case = read_chapters(self.files, folder, lenient=False)
        names = {option: Place(str(folder)) for option in inputs.frame.option_ids}
        _, self.options = read_options(self.files, names)
        self.shipped = read_chapters(self.files, reference, lenient=True)

    def put(self, edits: Sequence[Edit]) -> Put:
        """Everything that is to be written."""
        groups = self.groups
        for edit in edits:
            wrong = wrong_edit(edit, self.inputs, self.inputs.frame.option_ids)
            if wrong:
                self.made.refused.append((edit, wrong))
                continue
            given = self.inputs.values[edit.key]
            group = groups.setdefault((edit.option, edit.key), Group(edit.option, given, self.inputs.frame))
            for members in combinations(edit, given, self.inputs.frame):
                group.edits[members] = edit
        # The base case first: what an option gives again is as the base has it by then.
        for (option, key), group in sorted(groups.items(), key=lambda each: each[0][0] is not None):
            group.below = groups.get((None, key)) if option is not None else None
            group.leave_out_idle()
            if not group.edits:
                continue
            kept = {path: text.text for path, text in self.texts.items()}
            try:
                self.made.notes += self._put(group)
            except (RefusedError, yaml.YAMLError) as error:
                for path, text in self.texts.items():
                    text.text = kept.get(path, self._without_mark(self.before.get(path, b"")))
                why = str(error) if isinstance(error, RefusedError) else "its file cannot be read as YAML"
                whole = dict.fromkeys(group.edits.values())
                group.edits = {}
                self.made.refused += [(edit, why) for edit in whole]
        self.made.files = {
            path: text.data for path, text in self.texts.items() if text.data != self.before.get(path, b"")
        }
        return self.made

    def _put(self, group: Group) -> list[str]:
        """One group; gives what there is to say."""
        blocks = self.case if group.option is None else self.options[group.option]
        block = blocks.by_key.get(group.key)
        if block is not None and self._is_shipped(block):
            below = self.shipped.by_key.get(group.key)
            if below is None or below.place != block.place:
                raise RefusedError(
                    f"its block stands in {self.files.short(block.place.file)}, which is shipped: copy the "
                    f"block into the case's own {group.declared.chapter}.yaml, and change it there"
                )
            block = None
        if block is None:
            return self._add(group)
        if self._also_of(block, blocks):
            raise RefusedError(
                f"its block stands in {self.files.short(block.place.file)}, which other options include too: "
                f"copy the block into options/{group.option}.yaml, and change it there"
            )
        return self._change(group, block)

    def _change(self, group: Group, block: Block) -> list[str]:
        """Put a group into its block."""
        path = Path(block.place.file)
        keys = self._keys(group, path)
        self._part_alias(path, keys)
        edit = TreeEdit(self._text(path).text)
        part = self._descend(edit, keys)
        work = BlockEdit(group, block, self.inputs.sources)
        rows = self._rows(group, block) if block.given.table is not None else None
        found = served(block, work.over, self.inputs.frame) if rows is None else rows.served
        given = {work.turned.outward(members) for members in found}
        # A source or range is said of a value that is given in the same place.
        group.unplaced = {members for members in group.edits if members not in given}
        if rows is not None:
            rows = self._rows(group, block)
            self._text(_table(block)).text = rows.put()
        below = None if rows is None else [work.turned.outward(members) for members in rows.from_below]
        work.put(edit, part, given, below)
        self._text(path).text = edit.result
        if rows is None:
            return work.notes
        self._end_tables(rows)
        return [*work.notes, *rows.notes]

    def _rows(self, group: Group, block: Block) -> TableRows:
        """The table of a block, with all that read it; the block itself first."""
        path = _table(block)
        if path.suffix == PACKED:
            raise RefusedError(f"{block.given.table} is packed: unpack it, and name it without {PACKED}")
        layers: list[tuple[str | None, Blocks]] = [(None, self.case), *self.options.items()]
        readers = [
            self._reader(option, other)
            for option, blocks in layers
            for other in blocks.by_key.values()
            if other.given.table is not None and _table(other).resolve() == path.resolve()
        ]
        readers.sort(key=lambda reader: reader.name != group.name)
        return TableRows(self._text(path).text, str(block.given.table), self.inputs.frame, readers)

    def _reader(self, option: str | None, block: Block) -> Reader:
        """What reads a table, with the edits of it."""
        given = self.inputs.values[block.key]
        below = self.groups.get((None, block.key)) if option is not None else None
        group = self.groups.get((option, block.key))
        group = group or Group(option, given, self.inputs.frame, below=below)
        turned = Turned(tuple(block.given.over or given.input.over), given.input.over)
        wanted = {turned.inward(members): amount for members, amount in group.changes.items()}

        def now(members: Members) -> Amount:
            return group.now(turned.outward(members)).amount

        return Reader(group.name, given.input, block, now, wanted)

    def _end_tables(self, rows: TableRows) -> None:
        """Say anew which row of a table is the last, where a block says so."""
        for reader in rows.readers:
            last, block = rows.last_period(reader), reader.block
            if block.given.until in (None, last):
                continue
            path = Path(block.place.file)
            edit = TreeEdit(self._text(path).text)
            layers = self.options.items()
            option = next((one for one, each in layers if each.by_key.get(block.key) is block), None)
            group = Group(option, self.inputs.values[block.key], self.inputs.frame)
            edit.set_value(self._descend(edit, self._keys(group, path)), "until", last)
            self._text(path).text = edit.result

    def _add(self, group: Group) -> list[str]:
        """Add a block for a group."""
        entries, notes = fresh_block(group)
        if group.option is not None:
            path = self.folder / "options" / f"{group.option}.yaml"
            edit = TreeEdit(self._text(path).text)
            there = edit.root.get(INPUTS)
            if there is not None and there.keys:
                edit.touch(there)
                edit.put_below(there, edit.last_of(there), group.key, entries)
            elif there is not None and there.flow:
                edit.put_below(there, None, group.key, entries)
            elif there is not None:
                raise RefusedError(f"inputs: of options/{group.option}.yaml is no mapping: write one")
            else:
                edit.append_below(INPUTS, [(group.key, entries)])
        else:
            chapter = group.declared.chapter
            path = self.folder / f"{chapter}.yaml"
            part_of = path.resolve() in self.files.included
            edit = TreeEdit(self._text(path).text)
            if part_of and INPUTS in edit.root.keys:
                raise RefusedError(
                    f"{chapter}.yaml is part of an option: write {group.key} in a file of the case"
                )
            edit.append_below(group.key if part_of else group.declared.name, entries)
        self._text(path).text = edit.result
        return notes

    def _keys(self, group: Group, path: Path) -> tuple[str, ...]:
        """The way to a block of a file."""
        if group.option is not None:
            return INPUTS, group.key
        root = TreeEdit(self._text(path).text).root
        return (group.key if group.key in root.keys else group.declared.name,)

    def _part_alias(self, path: Path, keys: Sequence[str]) -> None:
        """Make a copy of a block that is an alias, so that it can be changed by itself."""
        edit = TreeEdit(self._text(path).text)
        holder = self._descend(edit, keys[:-1])
        key = keys[-1]
        if not edit.is_alias(holder, key):
            return
        part, (start, end) = holder.mapping[key], holder.spans[key]
        if holder.flow or part.flow:
            edit.replace((start, end), edit.copied(part))
        else:
            edit.replace((start - 1, end), edit.copied_below(part, holder.keys[key][0]))
        self._text(path).text = edit.result

    def _descend(self, edit: TreeEdit, keys: Sequence[str]) -> Part:
        """The node at the end of a way, every one on it said to be changed."""
        part = edit.root
        for key in keys:
            part = part.mapping[key]
            edit.touch(part)
        return part

    def _is_shipped(self, block: Block) -> bool:
        return Path(block.place.file).resolve().is_relative_to(self.reference.resolve())

    def _also_of(self, block: Block, own: Blocks) -> bool:
        """Whether another option reads the same block of an included file."""
        return any(
            other.place == block.place
            for blocks in (self.case, *self.options.values())
            if blocks is not own
            for other in blocks.by_key.values()
        )

    def _text(self, path: Path) -> _Text:
        """A file as it is by now; empty where there is none."""
        if path not in self.texts:
            data = path.read_bytes() if path.is_file() else b""
            if path.is_file():
                self.before[path] = data
            text = data.decode("utf-8")
            bare = text.lstrip(_BOM)
            self.texts[path] = _Text(bare, text[: len(text) - len(bare)])
        return self.texts[path]

    @staticmethod
    def _without_mark(data: bytes) -> str:
        return data.decode("utf-8").lstrip(_BOM)


def _table(block: Block) -> Path:
    """The table that a block names."""
    return block.root / str(block.given.table)
