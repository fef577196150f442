"""The tables that YAML names: inside the folder of the case or of the reference set."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.yaml import Node


def table_path(node: Node, root: Path, files: Files) -> Path | None:
    """The file that a `table:` entry means; None, with a fault, where there is none.

    Parameters
    ----------
    node
        The entry: a path from the root.
    root
        The case folder, or that of the reference set.
    files
        Takes what is wrong, and remembers the table.
    """
    name = node.text or ""
    path = root / name
    if not files.resolved(path).is_relative_to(files.resolved(root)):
        files.faults.append(node.place.fault(f"{name} lies outside {root.name}"))
    elif not path.is_file():
        files.faults.append(node.place.fault(f"there is no file {name} in {root.name}{_beside(path, root)}"))
    else:
        files.tables.add(files.resolved(path))
        return path
    return None


def _beside(path: Path, root: Path) -> str:
    """The file that was meant: one of that name elsewhere in the folder, or the nearest in its place."""
    name = path.name.replace("\\", "/").rpartition("/")[2]
    tables = [file for file in sorted(root.rglob("*")) if file.suffix.lower() in (".csv", ".tsv")]
    same = next((file for file in tables if file.name.lower() == name.lower()), None)
    if same is not None:
        return f"; write {same.relative_to(root).as_posix()}"
    if not path.parent.is_dir():
        return f": there is no folder {path.parent.name}"
    close = get_close_matches(name, [file.name for file in tables if file.parent == path.parent], 1, 0.75)
    meant = (path.parent / close[0]).relative_to(root).as_posix() if close else ""
    return f"; did you mean '{meant}'?" if close else ""
