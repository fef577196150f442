"""The files of a case while they are changed: read once, written all together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.assumed.blocks import NO_CHAPTERS
from casebuilder.inputs.assumed.scenarios import FOLDER as SCENARIOS
from casebuilder.inputs.edit.table import TableEdit
from casebuilder.inputs.edit.text import Part, YamlEdit
from casebuilder.inputs.files.strays import chapter_files

_MARK = "\ufeff"


@dataclass(frozen=True)
class Found:
    """The block of an input in one of the files.

    Attributes
    ----------
    key
        The input's.
    edit
        The file.
    block
        What stands under the key.
    """

    key: str
    edit: YamlEdit
    block: Part


@dataclass
class Documents:
    """The files of one case; a path is read when it is first asked for."""

    folder: Path
    yaml: dict[Path, YamlEdit] = field(default_factory=dict)
    tables: dict[Path, TableEdit] = field(default_factory=dict)
    new: dict[Path, str] = field(default_factory=dict)
    _marked: set[Path] = field(default_factory=set)

    def edit(self, path: Path) -> YamlEdit:
        """A YAML file."""
        path = path.resolve()
        if path not in self.yaml:
            self.yaml[path] = YamlEdit(self._text(path))
        return self.yaml[path]

    def table(self, name: str) -> TableEdit:
        """A table, by its path within the case.

        Raises
        ------
        InputError
            It is packed, so that it cannot be changed in its place.
        """
        path = (self.folder / name).resolve()
        if path not in self.tables:
            if path.suffix.lower() != ".csv":
                raise InputError(
                    [Fault(str(self.folder / name), 1, 1, "add changes .csv tables: unpack this one")]
                )
            self.tables[path] = TableEdit(self._text(path))
        return self.tables[path]

    def blocks(self) -> Iterator[Found]:
        """The block of every input in the chapters of the case, in its options and in its scenarios."""
        for path in chapter_files(self.folder):
            if path.name not in NO_CHAPTERS:
                yield from self._chapter(path, path.stem, ())
        for edit in self.options():
            for key, block in (edit.root.get("inputs") or Part((0, 0), {})).mapping.items():
                yield Found(key, edit, block)
        for edit in self.scenarios().values():
            own = edit.root.get("options")
            for layer in (edit.root.get("inputs"), *(own.mapping.values() if own else ())):
                for key, block in (layer or Part((0, 0), {})).mapping.items():
                    yield Found(key, edit, block)

    def options(self) -> Iterator[YamlEdit]:
        """The files of the case's options, with what they include."""
        paths = sorted((self.folder / "options").glob("*.yaml"))
        for path in paths:
            yield from self._with_included(path, ())

    def scenarios(self) -> dict[Path, YamlEdit]:
        """The files of the case's scenarios, with what they include, by their path."""
        for path in chapter_files(self.folder / SCENARIOS):
            list(self._with_included(path, ()))
        folder = (self.folder / SCENARIOS).resolve()
        return {path: edit for path, edit in self.yaml.items() if path.is_relative_to(folder)}

    def _chapter(self, path: Path, stem: str, trail: tuple[Path, ...]) -> Iterator[Found]:
        for edit in self._with_included(path, trail):
            for name, block in edit.root.mapping.items():
                if block.mapping:
                    yield Found(name if "." in name else f"{stem}.{name}", edit, block)

    def _with_included(self, path: Path, trail: tuple[Path, ...]) -> Iterator[YamlEdit]:
        """A file and those of the case that it includes."""
        edit = self.edit(path)
        yield edit
        for item in (edit.root.get("include") or Part((0, 0), [])).items:
            target = (path.parent / (item.text or "")).resolve()
            if target.is_relative_to(self.folder.resolve()) and target.is_file() and target not in trail:
                yield from self._with_included(target, (*trail, target))

    def results(self) -> dict[Path, bytes]:
        """The new bytes of each file that changes."""
        changed = {
            path: edit.result
            for path, edit in {**self.yaml, **self.tables}.items()
            if edit.result != edit.text
        }
        return {
            path: f"{_MARK if path in self._marked else ''}{text}".encode()
            for path, text in {**changed, **self.new}.items()
        }

    def _text(self, path: Path) -> str:
        if not path.is_file():
            return ""
        text = path.read_bytes().decode("utf-8")
        if text.startswith(_MARK):
            self._marked.add(path)
        return text.removeprefix(_MARK)
