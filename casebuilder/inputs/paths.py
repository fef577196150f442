"""The tables that YAML names: inside the folder of the case or of the reference set."""

from __future__ import annotations

from pathlib import Path

from casebuilder.inputs.includes import Files
from casebuilder.inputs.scalars import nearest
from casebuilder.inputs.yaml import Node


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
    if not path.resolve().is_relative_to(root.resolve()):
        files.faults.append(node.place.fault(f"{name} lies outside {root.name}"))
    elif not path.is_file():
        files.faults.append(node.place.fault(f"there is no file {name} in {root.name}{_beside(path)}"))
    else:
        files.tables.add(path.resolve())
        return path
    return None


def _beside(path: Path) -> str:
    """The nearest of the files that lie where one was looked for."""
    if not path.parent.is_dir():
        return f": there is no folder {path.parent.name}"
    return nearest(path.name, [file.name for file in path.parent.iterdir() if file.is_file()])
